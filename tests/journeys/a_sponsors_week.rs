//! What needs a sponsor, the longest unanswered first, and otherwise thanks; and no more asked of them than they chose.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::count_offers;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(the_longest_unanswered_stands_first, nobody_is_asked_more_often_in_a_week_than_they_chose,);

async fn the_longest_unanswered_stands_first(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await.says("You said yes.");
    app.turn("+1 h").await;
    let sam = Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    ray.says_yes(&app, None).await.says("You said yes.");
    ray.signs_in(&app).await;
    ray.browser.visit("/mine").await.says("Nothing needs you. Thank you for being here.");

    sam.writes(&app, "Thank you, Ray.").await;
    app.turn("+1 day").await;
    jo.writes(&app, "Hello, Ray.").await;
    ray.signs_in(&app).await;
    let page = ray.browser.visit("/mine").await.text();
    let place = |name: &str| page.find(&format!("{name} wrote last.")).unwrap_or_else(|| panic!("no {name} in {page}"));
    assert!(place("Sam") < place("Jo"), "Sam waits longer, though Jo came first: {page}");
    assert!(!page.contains("Nothing needs you."));

    ray.writes(&app, "Good to hear from you.").await; // to the newest, who is Jo
    let page = ray.browser.visit("/mine").await.text();
    assert!(page.contains("Sam wrote last.") && page.contains("You wrote to Jo last."), "{page}");
}

async fn nobody_is_asked_more_often_in_a_week_than_they_chose(engine: Engine) {
    const RAY: &str = "ray@post.example";
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 9)); // four times a week
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    for (name, address) in [("Ana", "ana@mail.example"), ("Bo", "bo@mail.example"), ("Cy", "cy@mail.example")] {
        Newcomer::asks(&app, name, address).await;
        ray.says_not_now(&app).await;
    }
    app.turn("+1 day").await;
    Newcomer::asks(&app, "Di", "di@mail.example").await;
    ray.says_not_now(&app).await;
    Newcomer::asks(&app, "Eva", "eva@mail.example").await;
    assert_eq!(count_offers(&app, RAY), 4);
    app.turn("+5 days").await;
    app.turn("+23 h").await;
    assert_eq!(count_offers(&app, RAY), 4, "a week after the first it is the fourth still");
    app.turn("+2 h").await;
    assert_eq!(count_offers(&app, RAY), 5);
}
