//! The desk's numbers: what happened is counted once, whoever it happened to is nowhere in it.

use reqwest::header::HeaderValue;
use show_of_hands::clock::Day;
use show_of_hands::counts::{self, What};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::jo_and_ray;
use crate::support::{Coordinator, TestApp};

on_both_engines!(a_first_letter_is_counted_once, numbers_show_after_five);

async fn a_first_letter_is_counted_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await; // Ray's hello came with the yes
    let counted = |what| app.ground().store.read(|conn| counts::list(conn, what, Day(0))).expect("counts");
    let people = |what| counted(what).iter().map(|count| count.people).sum::<i64>();
    assert_eq!((people(What::Placed), people(What::Matched), people(What::FirstLetter)), (1, 1, 1));
    jo.writes(&app, "Thank you.").await;
    ray.writes(&app, "One more thing.").await;
    app.settle().await;
    assert_eq!(people(What::FirstLetter), 1, "the first alone");
    assert_eq!(counted(What::FirstLetter)[0].of, 1, "within an hour");
}

async fn numbers_show_after_five(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    kim.browser.visit("/desk/numbers").await.says("Numbers show after 5 people had a first letter.");
    kim.browser.page.says("Shows once 5 people found a sponsor in one week.");
    let count = |what, of, people: usize| {
        app.seed(|tx, ground| (0..people).try_for_each(|_| counts::add(tx, ground.now(), what, of)).expect("counted"));
    };
    count(What::Matched, 0, 7);
    count(What::Placed, 0, 9);
    count(What::FirstLetter, 5, 8);
    count(What::FirstLetter, 12, 8);
    kim.browser.visit("/desk/numbers").await.does_not_say("7");
    app.turn("+7 days").await;
    kim.opens_desk(&app).await;
    let page = kim.browser.visit("/desk/numbers").await;
    page.says("Of those who heard back, half did within 5 hours.");
    page.says("9 in 10 of them did within 12 hours.");
    page.says("The most in one week were 7");
    page.says("In every other language, fewer than 5");
    kim.browser.visit("/desk/numbers?more=3").await.says("This needs 5 hands");
    kim.browser
        .visit("/es/desk/numbers")
        .await
        .says("De quienes recibieron respuesta, la mitad la tuvo en 5 horas o menos.");
    let answer = kim.browser.visit("/desk/numbers.csv").await;
    assert_eq!(answer.headers.get("cache-control").map(HeaderValue::as_bytes), Some(b"no-store".as_slice()));
    let file = answer.html.clone();
    assert!(file.starts_with("what,of,value\r\n") && file.contains(",7\r\n"), "{file}");
    assert!(file.contains("waiting,\"today\",fewer than 5\r\n"), "{file}");
}
