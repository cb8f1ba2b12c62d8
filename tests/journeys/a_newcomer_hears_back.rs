//! A newcomer asks, a sponsor says yes, the two write each other, it ends, and somebody new is asked. Neither learns who
//! the other is.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::mail::Mail;
use crate::support::people::{count_offers, newest};
use crate::support::smtp::MailProgram;
use crate::support::{Newcomer, Sponsor, TestApp};

on_both_engines!(ask_yes_hello_letters_end_someone_new, a_newcomer_stops_looking, the_request_counts_after_the_code);

async fn ask_yes_hello_letters_end_someone_new(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut ray = Sponsor::raises(&app, "Ray", "ray.oyelaran@post.example").await;
    let mut jo = Newcomer::asks(&app, "Jo", "jo.kowalczyk@mail.example").await;
    assert!(jo.newest_mail(&app).subject.ends_with(": all set"));

    let offer = ray.opens_offer(&app).await;
    offer.says("Someone asked for a person to talk to.");
    offer.does_not_say("Jo");
    ray.says_yes(&app, Some("I am Ray. When is a good time to write?")).await.says("You said yes.");
    ray.browser.page.says("You write with Jo now.");

    let hello = jo.newest_letter(&app);
    assert!(hello.text.contains("Hi Jo,") && hello.text.contains("When is a good time to write?"), "{}", hello.text);
    assert!(hello.header("From").contains("Ray") && hello.sender_address().ends_with("@hands.example"));
    assert!(hello.header("To").ends_with("@hands.example>"), "her own mailbox is in no heading");

    // Three letters, each above the quoted last one.
    for (from_jo, words) in
        [(true, "Evenings are good, after eight."), (false, "Then tonight."), (true, "Yes, tonight.")]
    {
        let answer = if from_jo { jo.writes(&app, words).await } else { ray.writes(&app, words).await };
        assert!(answer.starts_with("250 "), "{answer}");
        let arrived = if from_jo { ray.newest_letter(&app) } else { jo.newest_letter(&app) };
        assert!(arrived.text.contains(words), "{}", arrived.text);
    }
    jo.signs_in(&app).await;

    // It ends, and the way on is on the same page.
    let kim = Sponsor::raises(&app, "Kim", "kim@post.example").await;
    let pair = jo.browser.page.pair_path();
    jo.browser.visit(&format!("{pair}/end")).await.says("You keep your place.");
    jo.browser.press("Find me someone else", &[]).await;
    app.settle().await;
    assert!(ray.newest_mail(&app).text.contains("has ended, with thanks"));
    assert_eq!(count_offers(&app, &ray.program.address), 1, "never again the same pair");
    newest(&app, &kim.program.address, "can you help this week?");

    // What comes late is answered kindly and goes nowhere.
    let letters = app.mails_to(&jo.program.address).len();
    assert!(ray.writes(&app, "One more thing").await.starts_with("250 "));
    assert_eq!(app.mails_to(&jo.program.address).len(), letters);
    newest(&app, &ray.program.address, "your note did not go");
    assert_nobody_is_exposed(&app, &jo.program, &ray.program, "Ray");
    assert_nobody_is_exposed(&app, &ray.program, &jo.program, "Jo");
}

/// Nothing in the mails of one shows who the other is. The first name, which is meant to be read, is found.
fn assert_nobody_is_exposed(app: &TestApp, reader: &MailProgram, other: &MailProgram, first_name: &str) {
    let all: Vec<String> = app.mails_to(&reader.address).iter().map(Mail::everything).collect();
    let all = all.join("\n").to_lowercase();
    let surname = other.display_name.split(' ').next_back().expect("a surname");
    let local_part = other.address.split('@').next().expect("a local part");
    for token in
        [other.address.as_str(), surname, local_part, "555-0147", "5550147", "198.51.100.23", "homemail", "laptop.home"]
    {
        assert!(!all.contains(&token.to_lowercase()), "{} reads {token}", reader.address);
    }
    assert!(all.contains(&first_name.to_lowercase()), "the check itself finds nothing");
}

async fn a_newcomer_stops_looking(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut ray = Sponsor::raises(&app, "Ray", "ray@post.example").await;
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    newest(&app, "ray@post.example", "can you help this week?");

    jo.browser.visit("/mine").await;
    jo.browser.visit("/mine/stop").await.says("You do not have to say why.");
    jo.browser.press("Stop looking", &[]).await;
    app.settle().await;
    jo.browser.visit("/mine").await.does_not_say("We are asking sponsors");

    ray.opens_offer(&app).await.says("This one moved on. You did nothing wrong.");
    app.turn("+1 day").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
}

async fn the_request_counts_after_the_code(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Sponsor::raises(&app, "Ray", "ray@post.example").await;
    let mut jo = Newcomer { browser: app.browser(), program: MailProgram::new("Jo", "jo@mail.example") };
    jo.sends_request(&app, "Jo", &[]).await;
    assert_eq!(count_offers(&app, "ray@post.example"), 0, "nobody is asked for an address that is not proven");

    // The tab is closed, the numbers are typed later in the same browser.
    app.turn("+30 min").await;
    jo.browser.visit("/ask/code").await;
    jo.types_code(&app).await.says("Your request is in, Jo");
    app.settle().await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
}
