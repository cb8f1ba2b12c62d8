//! A yes without a word: the sponsor is reminded, the newcomer may go on without a reason and keeps the place, the desk sees
//! it, and the two never meet again.

use diesel::prelude::*;
use show_of_hands::clock::Timestamp;
use show_of_hands::store::Error;
use show_of_hands::store::schema::requests;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_offers, newest};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(he_is_reminded_and_sam_goes_on_with_the_old_place, nobody_wrote_and_nobody_chose_and_it_ends_softly,);

const RAY: &str = "ray@post.example";
const SAM: &str = "sam@mail.example";

async fn he_is_reminded_and_sam_goes_on_with_the_old_place(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.turn("+3 days").await; // Friday 14:00
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@lantern.example").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    let mut sam = Newcomer::asks(&app, "Sam", SAM).await;
    app.turn("+5 h").await;
    ray.says_yes(&app, Some("")).await.says("You have not written yet.");

    app.turn("+23 h").await; // Saturday 18:00
    assert!(!has(&app, RAY, "a hello is due"));
    app.turn("+1 h").await;
    assert!(newest(&app, RAY, "a hello is due").text.contains("Sam waits for a first line from you."));
    app.turn("+23 h").await;
    assert!(!has(&app, SAM, "a choice for you"));
    assert!(!kim.opens_desk(&app).await.text().contains("no letter"));
    app.turn("+1 h").await; // Sunday 19:00
    let question = newest(&app, SAM, "a choice for you");
    let desk = kim.opens_desk(&app).await.text();
    assert!(desk.contains("Sam: no letter for 2 days") && !desk.contains("Ray"), "{desk}");

    let mut browser = app.browser();
    browser.visit(&question.link()).await.says("It is not about you.");
    browser.page.does_not_say("why");
    browser.press("Find me someone else", &[]).await.says("You keep your place.");
    app.settle().await;
    let told = newest(&app, RAY, "a change");
    assert!(told.text.contains("Your contact with Sam has ended, with thanks."), "{}", told.text);

    // He waited five hours before the yes; the new request stands where that one stood.
    let rows: Vec<(Timestamp, Timestamp)> = app
        .ground()
        .store
        .read(|conn| {
            let all = requests::table.order(requests::placed_at).select((requests::placed_at, requests::waiting_since));
            Ok::<_, Error>(all.load(conn)?)
        })
        .expect("requests");
    assert_eq!(rows[1].0.since(rows[1].1).num_hours(), 5);
    app.seed(|tx, ground| seed::request(tx, ground, "Lea", "lea@mail.example"));
    for _ in 0..4 {
        app.turn("+1 day").await;
    }
    assert_eq!(count_offers(&app, RAY), 2, "Ray is asked for Lea, and never again for Sam");
    sam.opens(&app, "/mine").await.says("You keep your place.");
}

async fn nobody_wrote_and_nobody_chose_and_it_ends_softly(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    Newcomer::asks(&app, "Sam", SAM).await;
    ray.says_yes(&app, Some("")).await;
    for _ in 0..27 {
        app.turn("+1 day").await;
    }
    assert!(!has(&app, SAM, "a change"));
    app.turn("+1 day").await;
    assert!(newest(&app, SAM, "a change").text.contains("You keep your place."));
    assert!(has(&app, RAY, "a change"), "the place is somebody else's");
}

fn has(app: &TestApp, address: &str, subject: &str) -> bool {
    app.mails_to(address).iter().any(|mail| mail.subject.ends_with(subject))
}
