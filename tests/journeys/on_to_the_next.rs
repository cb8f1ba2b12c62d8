//! A no, a silence, a yes without a word: each moves on by itself, and nobody is refused in the open.

use diesel::dsl::count_star;
use diesel::prelude::*;
use show_of_hands::store;
use show_of_hands::store::schema::{members, offers, requests};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_offers, newest};
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_no_moves_on_to_the_next,
    silence_moves_on_and_a_late_yes_counts,
    a_silent_yes_is_reminded_and_then_the_newcomer_chooses,
    a_sponsor_is_asked_no_oftener_than_they_said,
    who_waits_together_is_asked_for_once_before_anybody_is_asked_for_more,
);

/// As many hands as there are offers at once, and one more.
fn five_hands(app: &TestApp) -> Vec<Sponsor> {
    app.seed(|tx, ground| {
        for n in 1..=5 {
            seed::hand(tx, ground, "Ray", &format!("ray{n}@post.example"), 1);
        }
    });
    (1..=5).map(|n| Sponsor::of(app, "Ray Oyelaran", &format!("ray{n}@post.example"))).collect()
}

fn asked(app: &TestApp, hands: &[Sponsor]) -> Vec<usize> {
    let is_asked = |hand: &Sponsor| count_offers(app, &hand.program.address) == 1;
    hands.iter().enumerate().filter(|(_, hand)| is_asked(hand)).map(|(n, _)| n).collect()
}

async fn a_no_moves_on_to_the_next(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut hands = five_hands(&app);
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let first = asked(&app, &hands);
    assert_eq!(first.len(), 4);
    let mails = app.mails_to("jo@mail.example").len();

    let hand = &mut hands[first[0]];
    hand.says_not_now(&app).await.says("Nobody is told.");

    assert_eq!(asked(&app, &hands).len(), 5, "the fifth is asked in the place of the first");
    assert_eq!(app.mails_to("jo@mail.example").len(), mails, "a no is seen by nobody");
    jo.browser.visit("/mine").await.says("We asked sponsors who have time.");
    // Pressing yes after all is too late by the sponsor's own word.
    hands[first[0]].opens_offer(&app).await.says("Thank you for looking.");
}

async fn silence_moves_on_and_a_late_yes_counts(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut hands = five_hands(&app);
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let first = asked(&app, &hands);

    app.turn("+15 h").await;
    assert_eq!(asked(&app, &hands), first, "sixteen hours are not over, and it is night");
    app.turn("+3 h").await; // Wednesday 08:00
    assert_eq!(asked(&app, &hands).len(), 5);

    let late = &mut hands[first[0]];
    late.opens_offer(&app).await.says("We asked on. You can still say yes.");
    late.says_yes(&app, None).await.says("You said yes.");
    assert!(newest(&app, "jo@mail.example", "new message").text.contains("I am Ray."));
    let other = &mut hands[first[1]];
    other.opens_offer(&app).await.says("Someone already said yes, thank you.");
}

async fn a_silent_yes_is_reminded_and_then_the_newcomer_chooses(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, Some("")).await.says("You have not written yet.");
    jo.browser.visit("/mine").await.says("Ray said yes, and writes first.");

    app.turn("+1 day").await;
    newest(&app, "ray@post.example", "a hello is due");
    let before = app.mails_to("jo@mail.example").len();
    app.turn("+1 day").await;
    assert_eq!(app.mails_to("jo@mail.example").len(), before + 1, "one question, once");
    let question = newest(&app, "jo@mail.example", "a choice for you");
    app.turn("+1 h").await;
    assert_eq!(app.mails_to("jo@mail.example").len(), before + 1);

    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", "kim@post.example", 1));
    let mut browser = app.browser();
    browser.visit(&question.link()).await.says("Ray said yes and has not written yet.");
    browser.press("Find me someone else", &[]).await.says("You keep your place.");
    app.settle().await;
    newest(&app, "kim@post.example", "can you help this week?");
    newest(&app, "ray@post.example", "a change");
    // The question is answered, and says so from now on.
    browser.visit(&question.link()).await.says("This is settled. Nothing to do.");
}

async fn a_sponsor_is_asked_no_oftener_than_they_said(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 5));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    for n in 1..=5 {
        app.seed(|tx, ground| seed::request(tx, ground, "Jo", &format!("jo{n}@mail.example")));
        app.settle().await;
        if n < 5 {
            ray.says_not_now(&app).await;
        }
    }
    assert_eq!(count_offers(&app, "ray@post.example"), 4, "four a week");
    app.turn("+6 days").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 4);
    app.turn("+2 days").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 5, "a week later there is room again");
}

async fn who_waits_together_is_asked_for_once_before_anybody_is_asked_for_more(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    for name in ["Ana", "Bo", "Cy"] {
        Newcomer::asks(&app, name, &format!("{}@mail.example", name.to_lowercase())).await;
        app.turn("+1 min").await;
    }
    five_hands(&app);
    app.turn("+1 h").await;
    let asked_for: Vec<(String, i64)> = app
        .ground()
        .store
        .read(|conn| {
            let by_name = offers::table
                .inner_join(requests::table.on(requests::id.eq(offers::request)))
                .inner_join(members::table.on(members::id.eq(requests::member)))
                .group_by(members::first_name)
                .select((members::first_name, count_star()));
            Ok::<_, store::Error>(by_name.order(members::first_name).load(conn)?)
        })
        .expect("offers");
    let asked_for: Vec<(&str, i64)> = asked_for.iter().map(|(name, number)| (name.as_str(), *number)).collect();
    assert_eq!(asked_for, [("Ana", 3), ("Bo", 1), ("Cy", 1)], "five hands, and Ana waits longest");
}
