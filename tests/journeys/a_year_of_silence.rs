//! Nobody came for a year: asked once, by day; then everything is cleared, unless one press keeps it.

use show_of_hands::tick;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::newest;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(who_does_not_answer_is_cleared, one_press_keeps_everything, who_writes_by_mail_is_here);

const JO: &str = "jo@mail.example";
const RAY: &str = "ray@post.example";

/// Days without anybody at a page, and what is cleared each day.
async fn days(app: &TestApp, number: u32) {
    for _ in 0..number {
        app.turn("+1 day").await;
        tick::clear_away(app.ground());
        app.settle().await;
    }
}

fn count(app: &TestApp, address: &str) -> usize {
    app.mails_to(address).iter().filter(|mail| mail.subject.ends_with("we will clear this")).count()
}

/// Jo asked, stopped looking, and does not come again.
async fn jo_was_here(app: &TestApp) -> Newcomer {
    let mut jo = Newcomer::asks(app, "Jo", JO).await;
    jo.browser.visit("/mine/stop").await;
    jo.browser.press("Stop looking", &[]).await;
    app.settle().await;
    jo
}

async fn who_does_not_answer_is_cleared(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    jo_was_here(&app).await;
    app.turn("+364 days").await;
    days(&app, 1).await; // 2027-11-24: the whole month may have been hers
    assert_eq!(count(&app, JO), 0);
    days(&app, 7).await; // 2027-12-01
    assert_eq!(count(&app, JO), 1);
    let question = newest(&app, JO, "we will clear this");
    assert!(question.text.contains("On 15 December we clear what we keep about you"), "{}", question.text);
    let mut browser = app.browser();
    browser.visit(&question.link()).await.says("We have not seen you for a year.");
    browser.press("Let it go", &[]).await.says("Until then you can still change your mind here.");
    days(&app, 13).await;
    assert_eq!(count(&app, JO), 1, "asked once");
    browser.visit(&question.link()).await.says("We have not seen you for a year.");
    days(&app, 1).await;
    assert_eq!(browser.visit(&question.link()).await.status, 404, "it is gone");
    let mails = app.mails_to(JO).len();
    days(&app, 40).await;
    assert_eq!(app.mails_to(JO).len(), mails, "no mail about it, and none after it");
    browser.visit("/in").await;
    browser.fill_and_press(&[("email", JO)]).await;
    app.settle().await;
    let code = app.newest_mail_to(JO).code();
    browser.fill_and_press(&[("code", &code)]).await.says("We do not know this address yet.");
}

async fn one_press_keeps_everything(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut jo = jo_was_here(&app).await;
    app.turn("+366 days").await;
    days(&app, 7).await;
    let mut browser = app.browser();
    browser.visit(&newest(&app, JO, "we will clear this").link()).await;
    browser.press("Keep it", &[]).await.says("It stays.");
    days(&app, 30).await;
    assert_eq!(count(&app, JO), 1);
    jo.opens(&app, "/mine").await.says("Hello, Jo");
    app.turn("+366 days").await;
    days(&app, 40).await;
    assert_eq!(count(&app, JO), 2, "asked again after another year");
}

async fn who_writes_by_mail_is_here(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    let jo = Newcomer::asks(&app, "Jo", JO).await;
    ray.says_yes(&app, None).await;
    for _ in 0..56 {
        app.turn("+7 days").await;
        tick::clear_away(app.ground());
        jo.writes(&app, "Good morning.").await;
        ray.writes(&app, "Good evening.").await;
    }
    assert_eq!((count(&app, JO), count(&app, RAY)), (0, 0), "thirteen months of letters, and no visit");
}
