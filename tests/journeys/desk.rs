//! A coordinator comes by invitation, sees who waits in one sentence, and suggests a sponsor. Trouble with mail is said.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::count_offers;
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(the_desk_helps_whoever_waits, the_desk_says_that_mail_does_not_leave);

async fn the_desk_helps_whoever_waits(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    kim.browser.page.says("Nobody is waiting.");

    // Ana waits longer, and somebody is being asked for her; for Jo there is nobody.
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
    app.turn("+1 h").await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let desk = kim.opens_desk(&app).await;
    desk.says("2 people are waiting. 1 needs you.");
    let text = desk.text();
    let place = |name: &str| text.find(&format!("{name} ")).unwrap_or_else(|| panic!("no {name}: {text}"));
    assert!(place("Jo") < place("Ana"), "late requests first: {text}");

    // The first link of the list is hers.
    let case = desk.links().into_iter().find(|link| link.contains("/desk/r/")).expect("a request");
    kim.browser.visit(&case).await.says("Jo has been waiting for");
    kim.browser.page.says("No hand that is up fits and has room.");
    app.seed(|tx, ground| seed::hand(tx, ground, "Lee", "lee@post.example", 1));
    kim.browser.visit(&case).await.does_not_say("lee@post.example");
    kim.browser.press("Ask Lee", &[]).await.says("Sent. It is a question like any other");
    kim.browser.page.says("Asked Lee, at the desk's wish");
    app.settle().await;
    assert_eq!(count_offers(&app, "lee@post.example"), 1, "an offer like any other, once");

    let mut lee = Sponsor::of(&app, "Lee Adeyemi", "lee@post.example");
    lee.says_yes(&app, None).await.says("You write with Jo now.");
    kim.opens_desk(&app).await.says("1 person is waiting.");
    kim.browser.page.does_not_say("needs you");
    // Nobody without a session of the desk sees a name.
    let mut stranger = app.browser();
    stranger.visit("/desk").await.does_not_say("Ana");
    stranger.visit(&case).await.does_not_say("Jo");
}

async fn the_desk_says_that_mail_does_not_leave(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    kim.browser.page.does_not_say("mail server");

    app.sink.close().await;
    app.seed(|tx, ground| {
        seed::hand(tx, ground, "Ray", "ray@post.example", 1);
        seed::request(tx, ground, "Jo", "jo@mail.example")
    });
    app.settle().await;
    kim.opens_desk(&app).await.says("The mail server does not answer. Tell whoever runs this service.");
    kim.browser.page.says("Nothing is lost. We try again by ourselves.");
    kim.browser.page.does_not_say("The oldest mail has been waiting");
    app.turn("+20 min").await;
    kim.opens_desk(&app).await.says("The oldest mail has been waiting for 20 min.");

    app.sink.reopen().await;
    app.turn("+2 h").await;
    kim.opens_desk(&app).await.does_not_say("mail server");
    kim.browser.page.does_not_say("The oldest mail has been waiting");
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
}
