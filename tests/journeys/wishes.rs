//! A newcomer thinks again while they wait: other wishes, the same place.

use diesel::prelude::*;
use show_of_hands::clock::Timestamp;
use show_of_hands::matching::Descriptions;
use show_of_hands::store::Error;
use show_of_hands::store::schema::{hands, requests};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::count_offers;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    other_wishes_keep_the_place_and_take_back_what_no_longer_fits,
    nothing_is_changed_once_somebody_said_yes,
    a_late_yes_does_not_get_round_new_wishes,
);

async fn other_wishes_keep_the_place_and_take_back_what_no_longer_fits(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
    let placed_at = waiting_since(&app);

    app.turn("+10 min").await;
    // Kim says of herself that she is a woman; Ray says nothing, which is never a yes.
    app.seed(|tx, ground| {
        let kim = seed::hand(tx, ground, "Kim", "kim@post.example", 1);
        let woman = Descriptions::from_codes(["woman"], &ground.policy.lists).expect("in the list");
        diesel::update(hands::table.find(kim)).set(hands::describes.eq(woman)).execute(tx.conn()).expect("described");
    });
    jo.browser.visit("/mine/change").await.says("You keep your place.");
    jo.browser.press("Save", &[("who", "woman"), ("must", "must"), ("note", "I like to walk.")]).await;
    assert_eq!(jo.browser.page.path, "/mine", "{}", jo.browser.page.text());
    app.settle().await;

    assert_eq!(waiting_since(&app), placed_at);
    ray.opens_offer(&app).await.says("This one moved on. You did nothing wrong.");
    assert_eq!(count_offers(&app, "kim@post.example"), 1, "who fits now is asked now");
    jo.browser.visit("/mine/change").await.says("I like to walk.");
    let holds = jo.browser.page.fill(Some("Save"), &[]).fields;
    for wish in [("who", "woman"), ("must", "must")] {
        assert!(holds.contains(&(wish.0.to_owned(), wish.1.to_owned())), "the page shows what holds: {wish:?}");
    }
}

async fn a_late_yes_does_not_get_round_new_wishes(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    app.turn("+18 h").await;
    ray.opens_offer(&app).await.says("We asked on. You can still say yes.");
    jo.signs_in(&app).await;
    jo.browser.visit("/mine/change").await;
    jo.browser.press("Save", &[("who", "woman"), ("must", "must")]).await;
    ray.opens_offer(&app).await.says("This one moved on.");
}

async fn nothing_is_changed_once_somebody_said_yes(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    jo.browser.visit("/mine/change").await;
    ray.says_yes(&app, None).await.says("You said yes.");
    jo.browser.press("Save", &[("who", "woman"), ("must", "must")]).await.says("You write to each other.");
    assert_eq!(jo.browser.visit("/mine/change").await.path, "/mine");
}

fn waiting_since(app: &TestApp) -> Timestamp {
    let read = |conn: &mut _| Ok::<_, Error>(requests::table.select(requests::waiting_since).first(conn)?);
    app.ground().store.read(read).expect("a request")
}
