//! A member changes what they are called and their word, signs out of a browser they left open, takes a copy along.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::smtp::MailProgram;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_new_name_and_a_new_word_are_in_the_next_mails,
    signing_out_everywhere_closes_the_other_browser,
    a_copy_holds_what_is_kept_and_nothing_of_the_others_address,
    another_mailbox_takes_the_place_of_the_first,
    an_own_device_stays_signed_in_and_no_other,
    clocks_that_changed_are_asked_about,
);

const JO: &str = "jo@mail.example";
const RAY: &str = "ray.oyelaran@post.example";

async fn pair(app: &TestApp) -> (Newcomer, Sponsor) {
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(app, "Ray Oyelaran", RAY);
    let jo = Newcomer::asks(app, "Jo", JO).await;
    ray.says_yes(app, None).await;
    (jo, ray)
}

async fn a_new_name_and_a_new_word_are_in_the_next_mails(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, ray) = pair(&app).await;
    jo.browser.visit("/mine/me").await.says("Your email is not shown, not even here.");
    assert_eq!(jo.browser.page.value("name").as_deref(), Some("Jo"));
    jo.browser.press("Save", &[("name", "joy@mail.example")]).await;
    assert!(jo.browser.page.said_at("name").contains("This looks like an email"), "{}", jo.browser.page.text());
    jo.browser.press("Save", &[("name", "Joy")]).await.says("It is saved.");
    let old_word = word_of(&jo.newest_mail(&app).subject);
    jo.browser.press("Give me a new word", &[]).await.says("You have a new word.");
    let new_word = jo.browser.page.inside("main .word");
    assert_ne!(old_word, new_word);

    assert!(jo.writes(&app, "It is me, under a new name.").await.starts_with("250 "));
    let letter = ray.newest_letter(&app);
    let raw = String::from_utf8_lossy(&letter.raw).into_owned();
    let from = raw.lines().find(|line| line.starts_with("From:")).expect("a From");
    assert!(from.contains("Joy"), "{from}");
    assert!(ray.writes(&app, "Hello, Joy.").await.starts_with("250 "));
    assert_eq!(word_of(&jo.newest_letter(&app).subject), new_word);

    // In Spanish from the next mail on.
    jo.browser.visit("/mine/me").await;
    jo.browser.press("Save", &[("lang", "es")]).await.says("Está guardado.");
    assert_eq!(jo.browser.page.path, "/es/mine/me");
    assert!(ray.writes(&app, "And once more.").await.starts_with("250 "));
    assert!(jo.newest_mail(&app).subject.ends_with("mensaje nuevo"), "{}", jo.newest_mail(&app).subject);
}

fn word_of(subject: &str) -> String {
    subject.split_once(": ").expect("a word first").0.to_owned()
}

async fn signing_out_everywhere_closes_the_other_browser(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    let mut phone = Newcomer { browser: app.browser(), program: jo.program.clone() };
    phone.signs_in(&app).await;
    assert_eq!(phone.browser.visit("/mine").await.path, "/mine");
    jo.browser.visit("/mine/me").await;
    assert_eq!(jo.browser.press("Sign out everywhere", &[]).await.path, "/");
    assert_eq!(jo.browser.visit("/mine").await.path, "/in");
    assert_eq!(phone.browser.visit("/mine").await.path, "/in", "the other browser is signed out too");
    assert_eq!(phone.browser.visit("/mine/me/copy").await.path, "/in");
    app.turn("+60 min").await;
    phone.signs_in(&app).await;
    phone.browser.page.says("Jo");
}

async fn a_copy_holds_what_is_kept_and_nothing_of_the_others_address(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, ray) = pair(&app).await;
    assert!(jo.writes(&app, "words of a letter").await.starts_with("250 "));
    assert!(ray.writes(&app, "words of an answer").await.starts_with("250 "));
    jo.browser.visit("/mine/me/kept").await.says("Your contacts: Ray.");
    let copy = jo.browser.visit("/mine/me/copy").await.clone();
    assert_eq!(copy.status, 200);
    let header = |name: &str| copy.headers.get(name).map(|value| value.to_str().expect("text").to_owned());
    assert_eq!(header("content-disposition").as_deref(), Some("attachment; filename=\"copy.json\""));
    assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    let told: serde_json::Value = serde_json::from_str(&copy.html).expect("JSON");
    assert_eq!(told["kept"]["members"]["first_name"], "Jo");
    assert_eq!(told["kept"]["sponsorships"][0]["first_name_of_the_other"], "Ray");
    assert_eq!(told["kept"]["sponsorships"][0]["state"], "live");
    assert_eq!(told["kept"]["requests"][0]["state"], "matched");
    let text = copy.html.to_lowercase();
    for not in [RAY, JO, "post.example", "mail.example", "oyelaran", "kowalczyk", "words of"] {
        assert!(!text.contains(not), "{not}: {text}");
    }
}

async fn another_mailbox_takes_the_place_of_the_first(engine: Engine) {
    const NEW: &str = "quiet.harbor@new.example";
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, ray) = pair(&app).await;
    assert!(jo.writes(&app, "From my first mailbox.").await.starts_with("250 "));
    jo.browser.visit("/mine/me/address").await;
    jo.browser.fill_and_press(&[("email", NEW)]).await.says("Type the 8 numbers");
    app.settle().await;
    let code = app.newest_mail_to(NEW).code();
    jo.browser.press("Continue", &[("code", &code)]).await.says("Your new email works.");
    app.settle().await;
    let note = jo.newest_mail(&app);
    assert!(note.subject.ends_with(": a change"), "{}", note.subject);
    assert!(note.text.contains("go to another address"), "{}", note.text);
    assert!(!String::from_utf8_lossy(&note.raw).to_lowercase().contains("harbor"), "the old mailbox reads no address");
    let mails = app.mails_to(JO).len();

    assert!(ray.writes(&app, "Where are you now?").await.starts_with("250 "));
    assert_eq!(app.mails_to(JO).len(), mails, "nothing more goes to the old mailbox");
    let jo = Newcomer { browser: app.browser(), program: MailProgram::new("Jo Kowalczyk", NEW) };
    assert!(jo.newest_letter(&app).text.contains("Where are you now?"));
    assert!(jo.writes(&app, "Here I am.").await.starts_with("250 "));
    assert!(ray.newest_letter(&app).text.contains("Here I am."));
    app.turn("+60 min").await;
    let mut stranger = app.browser();
    stranger.visit("/in").await;
    stranger.fill_and_press(&[("email", JO)]).await;
    app.settle().await;
    let code = app.newest_mail_to(JO).code();
    stranger.fill_and_press(&[("code", &code)]).await.says("We do not know this address yet.");
}

async fn an_own_device_stays_signed_in_and_no_other(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, _ray) = pair(&app).await;
    let mut phone = Newcomer { browser: app.browser(), program: MailProgram::new("Jo Kowalczyk", JO) };
    phone.signs_in(&app).await;
    phone.browser.visit("/mine/me").await.says("we sign you out after 30 minutes");
    phone.browser.press("Stay signed in here", &[]).await.says("You stay signed in here for now.");
    phone.browser.page.does_not_say("Is this your own device?");
    app.turn("+31 min").await;
    assert_eq!(jo.browser.visit("/mine").await.path, "/in", "the other browser was never said to be her own");
    app.turn("+13 days").await;
    phone.browser.visit("/mine").await.says("Jo");
    app.turn("+13 days").await;
    phone.browser.visit("/mine").await.says("Jo");
    app.turn("+4 days").await;
    assert_eq!(phone.browser.visit("/mine").await.path, "/in", "30 days at most");

    phone.signs_in(&app).await;
    phone.browser.visit("/mine/me").await;
    phone.browser.press("Stay signed in here", &[]).await;
    app.turn("+14 days").await;
    app.turn("+1 min").await;
    assert_eq!(phone.browser.visit("/mine").await.path, "/in", "14 days without a visit");
    phone.signs_in(&app).await;
    phone.browser.visit("/mine/me").await;
    phone.browser.press("Stay signed in here", &[]).await;
    jo.signs_in(&app).await;
    jo.browser.visit("/mine/me").await;
    jo.browser.press("Sign out everywhere", &[]).await;
    assert_eq!(phone.browser.visit("/mine").await.path, "/in", "signed out with all others");
}

async fn clocks_that_changed_are_asked_about(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    jo.browser.visit("/mine").await.does_not_say("Clocks changed here.");
    // As at the next start, with another `utc-offset`.
    app.ground().store.note_clock(60, app.ground().now()).expect("noted");
    jo.browser.visit("/mine").await.says("Clocks changed here. Is it 14:00 for you?");
    jo.browser.follow("No, set my clock").await;
    jo.browser.press("Save", &[("offset", "60")]).await.says("It is saved.");
    jo.browser.visit("/mine").await.does_not_say("Clocks changed here.");
    let mut sam = Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    sam.browser.visit("/mine").await.says("Clocks changed here.");
    app.turn("+30 days").await;
    sam.opens(&app, "/mine").await.does_not_say("Clocks changed here.");
}
