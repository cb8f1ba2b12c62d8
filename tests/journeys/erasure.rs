//! A newcomer who writes with a sponsor leaves for good. From that moment nothing here tells that she ever was.

use crate::codes::{assert_alike, without_word};
use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::mail::Mail;
use crate::support::people::newest;
use crate::support::smtp::MailProgram;
use crate::support::{Browser, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(she_leaves_for_good_and_was_never_here, rae_who_waits_again_disappears_from_a_shared_phone);

const JO: &str = "jo@mail.example";
const NOBODY: &str = "xx@mail.example";

async fn she_leaves_for_good_and_was_never_here(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    ray.says_yes(&app, None).await;
    assert!(jo.writes(&app, "Thank you, Ray.").await.starts_with("250 "));
    let from_ray = jo.newest_letter(&app);

    erases_herself(&app, &mut jo).await;
    let rays = app.mails_to("ray@post.example").len();
    let told = newest(&app, "ray@post.example", "a change");
    assert!(told.text.contains("Your contact with Jo has ended, with thanks."), "{}", told.text);
    assert_eq!(told.raw, ray.newest_mail(&app).raw, "and nothing after it");
    let mails = app.mails_to(JO).len();

    // What Ray still writes is answered kindly, once.
    assert!(ray.writes(&app, "Are you well?").await.starts_with("250 "));
    assert_eq!(app.mails_to("ray@post.example").len(), rays + 1);
    assert!(newest(&app, "ray@post.example", "your note did not go").text.contains("This contact has ended"));
    assert!(ray.writes(&app, "Hello?").await.starts_with("250 "));
    assert_eq!(app.mails_to("ray@post.example").len(), rays + 1, "then silently");
    // So is what she sends to the address she wrote to, but she is nobody here: no mail of ours.
    jo.program.reply(&app, &from_ray, "I changed my mind").await;
    app.settle().await;
    assert_eq!(app.mails_to("ray@post.example").len(), rays + 1);
    assert_eq!(app.mails_to(JO).len(), mails);

    app.turn("+1 day").await;
    answers_as_for_a_stranger(&app).await;
    // Coming back is a fresh start, and never again the same pair.
    app.turn("+1 day").await;
    let jo = Newcomer::asks(&app, "Jo", JO).await;
    jo.browser.page.says("Your request is in, Jo");
    assert_eq!(crate::support::people::count_offers(&app, "ray@post.example"), 1);
}

/// Once matched, waiting again, somebody writes with her for now: all of it goes with one code, and nobody waits for her.
async fn rae_who_waits_again_disappears_from_a_shared_phone(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut rae = Newcomer::asks(&app, "Rae", JO).await;
    ray.says_yes(&app, None).await;
    rae.writes(&app, "Hello, Ray.").await;
    rae.opens(&app, "/mine").await;
    rae.browser.follow("Write to Ray").await;
    rae.browser.follow("This is not a fit, or I want to stop").await;
    rae.browser.press("Stop contact for good", &[]).await;
    rae.browser.visit("/mine").await;
    rae.browser.press("Find me someone else", &[]).await.says("Your request is in");
    app.seed(|tx, ground| {
        let mia = seed::hand(tx, ground, "Mia", "mia@post.example", 0);
        seed::writes_for_now(tx, mia);
    });
    app.turn("+4 h").await;
    let mut mia = Sponsor::of(&app, "Mia Lund", "mia@post.example");
    mia.says_yes(&app, None).await.says("You write with Rae for now.");

    let mut phone = Newcomer { browser: app.browser(), program: MailProgram::new("Rae Kowalczyk", JO) };
    erases_herself(&app, &mut phone).await;
    assert!(
        newest(&app, "mia@post.example", "a change").text.contains("Your contact with Rae has ended, with thanks.")
    );
    assert_eq!(rae.browser.visit("/mine").await.path, "/in", "her own browser is signed out too");
    let rows = crate::support::dump::dump(&app).to_lowercase();
    for gone in ["rae", JO, "hello, ray"] {
        assert!(!rows.contains(gone), "{gone} is in the database");
    }
    let mails = app.sink.mails().len();
    app.turn("+29 days").await;
    assert!(
        ray.program.reply(&app, &newest(&app, "ray@post.example", "new message"), "Rae?").await.starts_with("250 ")
    );
    app.turn("+2 days").await;
    let answer = ray.program.reply(&app, &newest(&app, "ray@post.example", "new message"), "Rae?").await;
    assert!(answer.starts_with("550 "), "as if it never was: {answer}");
    app.settle().await;
    assert!(app.sink.mails().iter().skip(mails).all(|mail| mail.to != JO), "not a word to her");

    // A fresh start, but for the memory of whom she met.
    app.turn("+1 day").await;
    Newcomer::asks(&app, "Rae", JO).await;
    app.turn("+5 h").await;
    assert_eq!(crate::support::people::count_offers(&app, "ray@post.example"), 1);
    assert_eq!(crate::support::people::count_offers(&app, "mia@post.example"), 1);
}

async fn erases_herself(app: &TestApp, jo: &mut Newcomer) {
    jo.signs_in(app).await;
    jo.browser.visit("/mine/delete").await.says("Delete everything?");
    jo.browser.press("Continue", &[]).await.says("numbers");
    app.settle().await;
    let code = jo.newest_mail(app).code();
    jo.browser.press("Delete it all", &[("code", &code)]).await.says("It is gone");
    app.settle().await;
    assert_ne!(jo.browser.visit("/mine").await.path, "/mine", "the session is gone too");
}

/// Pages and mails of signing in and of asking, next to those of an address that never was here.
async fn answers_as_for_a_stranger(app: &TestApp) {
    let before = app.mails_to(JO).len();
    let mut pages = Vec::new();
    for address in [JO, NOBODY] {
        let mut browser = app.browser();
        browser.visit("/in").await;
        let asked = browser.fill_and_press(&[("email", address)]).await.clone();
        app.settle().await;
        let code = app.newest_mail_to(address).code();
        pages.push((asked, browser.fill_and_press(&[("code", &code)]).await.clone()));
    }
    assert_alike(&pages[0].0, &pages[1].0);
    assert_alike(&pages[0].1, &pages[1].1);
    pages[0].1.says("We do not know this address yet.");

    let mut browsers: Vec<Browser> = Vec::new();
    for address in [JO, NOBODY] {
        let mut someone = Newcomer { browser: app.browser(), program: MailProgram::new("Jo", address) };
        someone.sends_request(app, "Jo", &[]).await;
        browsers.push(someone.browser);
    }
    assert_alike(&without_word(&browsers[0]), &without_word(&browsers[1]));

    let read = |address: &str, from: usize| app.mails_to(address)[from..].iter().map(masked).collect::<Vec<_>>();
    assert_eq!(read(JO, before), read(NOBODY, 0));
}

/// A mail as it is read, without its word and its numbers, which are drawn for each.
fn masked(mail: &Mail) -> String {
    let (word, rest) = mail.subject.split_once(": ").expect("a word first");
    let text = format!("{rest}\n{}", mail.text).replace(word, "WORD");
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}
