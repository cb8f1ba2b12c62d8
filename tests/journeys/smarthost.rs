//! The way out is down, or does not let us in: nothing is lost, nothing is sent twice, and it is said.

use serde_json::Value;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::smarthost::{Mood, Smarthost};
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_smarthost_that_is_down_loses_nothing,
    a_wrong_password_is_said,
    a_mail_taken_without_an_answer_comes_again_as_it_was,
);

async fn ready(app: &TestApp) -> (u16, Value) {
    let mut monitor = app.browser();
    let page = monitor.visit("/readyz").await;
    (page.status, serde_json::from_str(&page.html).expect("JSON"))
}

async fn a_smarthost_that_is_down_loses_nothing(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    assert_eq!(ready(&app).await.0, 200);

    app.sink.close().await;
    assert!(jo.writes(&app, "Is anybody there?").await.starts_with("250 "), "taken in and kept");
    let (status, said) = ready(&app).await;
    assert_eq!((status, &said["smarthost_answers"]), (503, &Value::Bool(false)));
    app.turn("+30 min").await;
    assert_eq!(ready(&app).await.1["oldest_mail_waiting_seconds"], 1800);

    app.sink.reopen().await;
    app.turn("+2 h").await;
    assert_eq!(ready(&app).await.0, 200);
    let arrived: Vec<_> =
        app.mails_to("ray@post.example").into_iter().filter(|mail| mail.text.contains("Is anybody there?")).collect();
    assert_eq!(arrived.len(), 1, "once, and the same message however often it was tried");
    app.turn("+2 h").await;
    assert_eq!(app.count_mail_waiting(), 0);
}

async fn a_wrong_password_is_said(engine: Engine) {
    let smarthost = Smarthost::open(Some("the-password")).await;
    let address = smarthost.address;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("password");
    std::fs::write(&file, "not-the-password\n").expect("a file");
    let app = TestApp::start_with(engine, |settings| {
        settings.smarthost = format!("smtp://{address}").parse().expect("a URL");
        settings.smarthost_login = Some(("hands".to_owned(), file));
    });
    let Some(mut app) = app.await else { return };
    app.may_leave_mail();

    let mut browser = app.browser();
    browser.visit("/in").await;
    browser.fill_and_press(&[("email", "jo@mail.example")]).await;
    app.settle().await;

    let (status, said) = ready(&app).await;
    assert_eq!((status, &said["smarthost_lets_us_in"]), (503, &Value::Bool(false)));
    assert_eq!(said["smarthost_answers"], Value::Bool(true));
    assert_eq!(app.count_mail_waiting(), 1, "it waits for the right password");
}

async fn a_mail_taken_without_an_answer_comes_again_as_it_was(engine: Engine) {
    let smarthost = Smarthost::open(None).await;
    smarthost.set_mood(Mood::HangsUp);
    let address = smarthost.address;
    let app = TestApp::start_with(engine, |settings| {
        settings.smarthost = format!("smtp://{address}").parse().expect("a URL");
    });
    let Some(app) = app.await else { return };
    app.seed(|tx, ground| {
        seed::hand(tx, ground, "Ray", "ray@post.example", 1);
        seed::request(tx, ground, "Jo", "jo@mail.example")
    });
    app.settle().await;
    assert_eq!(smarthost.mails().len(), 1, "the offer was read to its final dot");
    assert_eq!(ready(&app).await.0, 503);
    assert_eq!(app.count_mail_waiting(), 1);

    app.turn("+2 min").await;
    smarthost.set_mood(Mood::Takes);
    app.turn("+2 h").await;
    assert_eq!(ready(&app).await.0, 200);
    assert_eq!(app.count_mail_waiting(), 0);
    app.turn("+2 h").await;
    let tries = smarthost.mails();
    let moods: Vec<Mood> = tries.iter().map(|mail| mail.mood).collect();
    assert_eq!(moods, [Mood::HangsUp, Mood::HangsUp, Mood::Takes], "tried until it was taken, and no more");
    let ids: Vec<Vec<&str>> =
        tries.iter().map(|mail| mail.raw.lines().filter(|line| line.starts_with("Message-ID:")).collect()).collect();
    assert!(ids[0].len() == 1 && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert!(tries.iter().all(|mail| mail.raw == tries[0].raw && mail.to == "ray@post.example"), "byte for byte");
}
