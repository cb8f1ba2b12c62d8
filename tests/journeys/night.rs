//! At night nobody is woken, and the newcomer reads what is true.

use diesel::prelude::*;
use show_of_hands::store::schema::members;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::count_offers;
use crate::support::{Newcomer, TestApp, seed};

on_both_engines!(a_request_at_night_asks_first_thing, many_who_sleep_do_not_hide_the_one_who_is_awake);

async fn a_request_at_night_asks_first_thing(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    app.turn("+8 h").await; // Tuesday 22:00

    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 0);
    jo.browser.visit("/mine").await.says("We ask first thing, from 08:00.");

    app.turn("+9 h").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 0, "07:00 is night");
    app.turn("+1 h").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
    // She signs in again on another device, by the numbers from the mail.
    jo.browser = app.browser();
    jo.signs_in(&app).await;
    jo.browser.page.says("today 08:00 We asked sponsors who have time.");
}

async fn many_who_sleep_do_not_hide_the_one_who_is_awake(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    // It is 14:00 in the town, and night where these live; all of them have waited longest to be asked.
    app.seed(|tx, ground| {
        for number in 0..100 {
            let id = seed::hand(tx, ground, "Ray", &format!("ray{number}@post.example"), 1);
            diesel::update(members::table.find(id))
                .set(members::utc_offset_min.eq(9 * 60))
                .execute(tx.conn())
                .expect("set");
        }
        seed::hand(tx, ground, "Eve", "eve@post.example", 1);
    });
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    assert_eq!(count_offers(&app, "eve@post.example"), 1);
    app.settle().await;
}
