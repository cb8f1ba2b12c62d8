//! STOP and HELP by mail: one word alone, whatever the mail program adds to it, does what it says and is answered once.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::mail::Mail;
use crate::support::people::{count_mails, jo_and_ray, newest};
use crate::support::smtp::MailProgram;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    stop_to_a_letter_ends_the_contact,
    stop_to_a_notice_ends_what_it_was_about,
    stop_to_nothing_says_how_to_stop,
    help_is_passed_on_and_answered,
    other_mail_to_the_notice_address_is_answered_once_a_day,
);

async fn stop_to_a_letter_ends_the_contact(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, ray) = jo_and_ray(&app).await;
    jo.writes(&app, "Hello Ray").await;
    let letters = count_mails(&app, "ray@post.example", "new message");

    assert!(jo.writes(&app, "stop.").await.starts_with("250 "));

    let told = newest(&app, "jo@mail.example", "it is stopped");
    assert!(told.text.contains("Your contact with Ray has ended"), "{}", told.text);
    assert_eq!(count_mails(&app, "ray@post.example", "new message"), letters, "the word itself is not passed on");
    assert!(newest(&app, "ray@post.example", "a change").text.contains("Your contact with Jo has ended"));
    jo.opens(&app, "/mine").await.says("Find me someone else");

    // What is on its way to her meanwhile does not arrive, and its writer reads why.
    assert!(ray.writes(&app, "How are you?").await.starts_with("250 "));
    assert!(newest(&app, "ray@post.example", "your note did not go").text.contains("This contact has ended"));
    assert_eq!(count_mails(&app, "jo@mail.example", "new message"), 1);
}

async fn stop_to_a_notice_ends_what_it_was_about(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let ray = MailProgram::new("Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;

    // A sponsor's offer: the hand comes down, and nobody asks.
    let offer = newest(&app, "ray@post.example", "can you help this week?");
    assert!(ray.reply(&app, &offer, "STOP").await.starts_with("250 "));
    app.settle().await;
    assert!(newest(&app, "ray@post.example", "it is stopped").text.contains("Your hand is down"));

    // A newcomer's notice: nobody is looked for. Once more there is nothing left to stop.
    let all_set = newest(&app, "jo@mail.example", "all set");
    for done in ["We stopped looking", "That was over already"] {
        assert!(jo.program.reply(&app, &all_set, "Stop").await.starts_with("250 "));
        app.settle().await;
        assert!(newest(&app, "jo@mail.example", "it is stopped").text.contains(done));
    }
    jo.opens(&app, "/mine").await.says("You are not looking for anyone right now");

    // A notice of a contact: that contact.
    let mut ann = Newcomer::asks(&app, "Ann", "ann@mail.example").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", "kim@post.example", 1));
    app.turn("+2 h").await;
    let mut kim = Sponsor::of(&app, "Kim Osei", "kim@post.example");
    kim.opens_offer(&app).await;
    kim.browser.press("Yes, and say hello", &[("hello", "")]).await;
    app.settle().await;
    app.turn("+26 h").await;
    let due = newest(&app, "kim@post.example", "a hello is due");
    assert!(kim.program.reply(&app, &due, "stop").await.starts_with("250 "));
    app.settle().await;
    assert!(newest(&app, "kim@post.example", "it is stopped").text.contains("Your contact with Ann has ended"));
    ann.opens(&app, "/mine").await.says("Find me someone else");
}

async fn stop_to_nothing_says_how_to_stop(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, _) = jo_and_ray(&app).await;
    let note = newest(&app, "jo@mail.example", "all set").sender_address();
    let raw = jo.program.letter("jo@mail.example", &note, "STOP", "STOP");
    assert!(jo.program.send(&app, "jo@mail.example", &note, &raw).await.starts_with("250 "));
    app.settle().await;
    assert!(newest(&app, "jo@mail.example", "one question").text.contains("Nothing is stopped yet"));
    jo.opens(&app, "/mine").await.says("Ray");

    // A stranger, and her name without proof: nothing happens, and nobody gets a mail.
    let mails = app.sink.mails().len();
    let raw = jo.program.letter("eve@evil.example", &note, "STOP", "STOP");
    assert!(jo.program.send(&app, "eve@evil.example", &note, &raw).await.starts_with("250 "));
    app.dns.add_txt("mail.example", "v=spf1 ip4:192.0.2.1 -all");
    let all_set = newest(&app, "jo@mail.example", "all set");
    assert!(jo.program.reply(&app, &all_set, "STOP").await.starts_with("250 "));
    app.settle().await;
    assert_eq!(app.sink.mails().len(), mails);
}

async fn help_is_passed_on_and_answered(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    assert!(jo.writes(&app, "Help").await.starts_with("250 "));
    assert!(ray.newest_letter(&app).text.contains("\nHelp\r\n"), "{}", ray.newest_letter(&app).text);
    let numbers = newest(&app, "jo@mail.example", "numbers");
    assert!(numbers.text.contains("988") && numbers.text.contains("116 123"), "{}", numbers.text);
    let all_set = newest(&app, "jo@mail.example", "all set");
    jo.program.reply(&app, &all_set, "AYUDA").await;
    app.settle().await;
    assert_eq!(count_mails(&app, "jo@mail.example", "numbers"), 2);

    // It is answered where the letter itself cannot go.
    jo.writes(&app, "stop").await;
    jo.writes(&app, "help").await;
    assert_eq!(count_mails(&app, "jo@mail.example", "numbers"), 3);
}

async fn other_mail_to_the_notice_address_is_answered_once_a_day(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    let all_set: Mail = newest(&app, "jo@mail.example", "all set");
    for words in ["Thank you!", "Are you there?", "Hello?"] {
        jo.program.reply(&app, &all_set, words).await;
    }
    app.settle().await;
    assert_eq!(count_mails(&app, "jo@mail.example", "your note did not go"), 1);
    app.turn("+1 day").await;
    jo.program.reply(&app, &all_set, "Hello again").await;
    app.settle().await;
    assert_eq!(count_mails(&app, "jo@mail.example", "your note did not go"), 2);
    assert!(app.sink.mails().iter().all(|mail| !mail.text.contains("Are you there?")), "nobody reads it");
    drop(ray);
}
