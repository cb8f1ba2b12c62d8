//! What a clock does: silence, reviews, waiting, leases, a rest. Each timer once, by day, and never two in one day.

use std::collections::BTreeSet;

use chrono::{DateTime, Timelike};
use show_of_hands::tick;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{newest, sign_in};
use crate::support::smtp::MailProgram;
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_sponsor_who_owes_a_letter_is_nudged_and_then_the_desk_sees_it,
    a_newcomer_who_falls_silent_is_nudged_and_then_it_ends_softly,
    a_letter_begins_the_waiting_anew,
    each_of_a_pair_is_asked_alone_how_it_goes,
    at_day_ninety_each_may_go_on_or_stop,
    wishes_live_thirty_days_after_the_end,
    a_newcomer_who_waits_hears_how_it_stands,
    a_lease_is_renewed_by_one_press_or_ends,
    two_silent_offers_are_a_rest_and_one_press_comes_back,
    a_long_sleep_and_a_clock_set_back_say_nothing_twice,
    who_sleeps_through_weeks_still_has_time_to_answer,
    who_means_to_go_on_is_left_alone,
    who_writes_and_writes_does_not_wait_longer_for_it,
    a_pass_with_nothing_to_say_rests,
);

const JO: &str = "jo@mail.example";
const RAY: &str = "ray@post.example";

/// Jo asked, Ray said yes with a hello.
async fn a_pair(engine: Engine) -> Option<(TestApp, Newcomer, Sponsor)> {
    let app = TestApp::start(engine).await?;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    let jo = Newcomer::asks(&app, "Jo", JO).await;
    ray.says_yes(&app, None).await.says("You said yes.");
    Some((app, jo, ray))
}

fn count(app: &TestApp, address: &str, subject: &str) -> usize {
    app.mails_to(address).iter().filter(|mail| mail.subject.ends_with(subject)).count()
}

async fn days(app: &TestApp, number: u32) {
    for _ in 0..number {
        app.turn("+1 day").await;
    }
}

async fn a_sponsor_who_owes_a_letter_is_nudged_and_then_the_desk_sees_it(engine: Engine) {
    let Some((app, jo, _ray)) = a_pair(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@lantern.example").await;
    jo.writes(&app, "Thank you, Ray.").await;

    days(&app, 2).await;
    assert_eq!(count(&app, RAY, "a note is waiting"), 0);
    for (day, nudges) in [(3, 1), (4, 1), (6, 1), (7, 2), (9, 2)] {
        days(&app, if day == 3 || day == 4 || day == 7 { 1 } else { 2 }).await;
        assert_eq!(count(&app, RAY, "a note is waiting"), nudges, "day {day}");
        let desk = kim.opens_desk(&app).await.text();
        assert!(!desk.contains("wait for a letter"), "day {day}");
    }
    days(&app, 1).await;
    let desk = kim.opens_desk(&app).await.text();
    assert!(desk.contains("Jo: no letter for 10 days"), "{desk}");
    assert!(!desk.contains("Ray"), "never both of a pair: {desk}");
    assert_eq!(count(&app, JO, "still there?"), 0, "who waits is not asked to write");
}

async fn a_newcomer_who_falls_silent_is_nudged_and_then_it_ends_softly(engine: Engine) {
    let Some((app, _jo, _ray)) = a_pair(engine).await else { return };
    for (until, nudges) in [(6, 0), (7, 1), (13, 1), (14, 2), (27, 2)] {
        while app.ground().now().day().0 < start_day() + until {
            days(&app, 1).await;
        }
        assert_eq!(count(&app, JO, "still there?"), nudges, "day {until}");
    }
    assert_eq!(count(&app, RAY, "a note is waiting"), 0);
    assert_eq!(count(&app, JO, "a change"), 0);
    days(&app, 1).await;
    let told = newest(&app, JO, "a change");
    assert!(told.text.contains("Your contact with Ray has ended. It is not about you."));
    assert!(newest(&app, RAY, "a change").text.contains("ended, with thanks"));
    let mut browser = app.browser();
    browser.visit(&told.link()).await;
    browser.press("Find me someone else", &[]).await.says("You keep your place.");
    days(&app, 3).await;
    assert_eq!((count(&app, JO, "a change"), count(&app, RAY, "a change")), (1, 1), "once");
}

async fn a_letter_begins_the_waiting_anew(engine: Engine) {
    let Some((app, jo, _ray)) = a_pair(engine).await else { return };
    days(&app, 7).await;
    let question = newest(&app, JO, "still there?");
    jo.writes(&app, "Here I am.").await;
    days(&app, 2).await;
    assert_eq!(count(&app, RAY, "a note is waiting"), 0, "counted from the letter");
    days(&app, 1).await;
    assert_eq!(count(&app, RAY, "a note is waiting"), 1);
    // The older question still works, in two presses, and ends it without a reason.
    let mut browser = app.browser();
    browser.visit(&question.link()).await.says("You owe nobody anything.");
    browser.press("Just stop", &[]).await.says("This contact has ended.");
    app.settle().await;
    assert!(newest(&app, RAY, "a change").text.contains("ended, with thanks"));
    assert_eq!(count(&app, JO, "all set"), 1, "nothing new was asked for");
}

async fn each_of_a_pair_is_asked_alone_how_it_goes(engine: Engine) {
    let Some((app, jo, ray)) = a_pair(engine).await else { return };
    for _ in 0..15 {
        jo.writes(&app, "Good morning.").await;
        app.turn("+1 day").await;
        ray.writes(&app, "Good evening.").await;
        app.turn("+1 day").await;
    }
    assert_eq!((count(&app, JO, "one question"), count(&app, RAY, "one question")), (1, 1));
    let (to_jo, to_ray) = (newest(&app, JO, "one question"), newest(&app, RAY, "one question"));
    let mut browser = app.browser();
    browser.visit(&to_ray.link()).await.says("Is it going OK with Jo?");
    assert!(!browser.page.text().contains("Find me someone else"), "a sponsor looks for nobody");
    browser.press("Go on", &[]).await.says("We leave it as it is.");
    browser.visit(&to_jo.link()).await.says("Is it going OK with Ray?");
    browser.press("Find me someone else", &[]).await.says("You keep your place.");
    app.settle().await;
    assert!(newest(&app, RAY, "a change").text.contains("ended, with thanks"), "Ray learns no more than of any end");
    days(&app, 2).await;
    assert_eq!((count(&app, JO, "one question"), count(&app, RAY, "one question")), (1, 1));
}

async fn at_day_ninety_each_may_go_on_or_stop(engine: Engine) {
    let Some((app, jo, ray)) = a_pair(engine).await else { return };
    for _ in 0..46 {
        jo.writes(&app, "Good morning.").await;
        app.turn("+1 day").await;
        ray.writes(&app, "Good evening.").await;
        app.turn("+1 day").await;
    }
    assert_eq!((count(&app, JO, "one question"), count(&app, RAY, "one question")), (2, 2), "day 30 and day 90");
    let (to_jo, to_ray) = (newest(&app, JO, "one question"), newest(&app, RAY, "one question"));
    let mut browser = app.browser();
    browser.visit(&to_jo.link()).await.says("Do you want to go on?");
    for button in ["Go on", "Find me someone else", "Just stop"] {
        browser.page.says(button);
    }
    browser.press("Go on", &[]).await.says("We leave it as it is.");
    assert!(ray.program.reply(&app, &ray.newest_letter(&app), "And you?").await.starts_with("250"), "it goes on");
    app.settle().await;
    browser.visit(&to_ray.link()).await.says("Do you want to go on?");
    browser.press("End this contact", &[]).await.says("This contact has ended.");
    app.settle().await;
    assert!(newest(&app, JO, "a change").text.contains("It is not about you."));
}

async fn wishes_live_thirty_days_after_the_end(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    let mut all = Vec::new();
    for (name, address) in [("Jo", JO), ("Sam", "sam@mail.example")] {
        let program = MailProgram::new(name, address);
        let mut newcomer = Newcomer { browser: app.browser(), program };
        newcomer.sends_request(&app, name, &[("times", "evenings")]).await;
        newcomer.types_code(&app).await.says("Your request is in");
        app.settle().await;
        ray.says_yes(&app, None).await;
        newcomer.opens(&app, "/mine").await;
        newcomer.browser.follow("Write to Ray").await;
        newcomer.browser.follow("This is not a fit, or I want to stop").await;
        newcomer.browser.press("Just stop", &[]).await;
        all.push(newcomer);
    }
    for (newcomer, (wait, is_kept)) in all.iter_mut().zip([(29, true), (2, false)]) {
        for _ in 0..wait {
            app.turn("+1 day").await;
            tick::clear_away(app.ground());
        }
        newcomer.opens(&app, "/mine").await;
        if !is_kept {
            newcomer.browser.page.does_not_say("Find me someone else");
            newcomer.browser.follow("Ask for a sponsor").await;
            assert_eq!(newcomer.browser.page.path, "/ask/name", "asked anew, with nothing preset");
            continue;
        }
        newcomer.browser.press("Find me someone else", &[]).await.says("Your request is in");
        newcomer.browser.visit("/mine/change").await;
        let holds = newcomer.browser.page.fill(Some("Save"), &[]).fields;
        assert!(holds.contains(&("times".to_owned(), "evenings".to_owned())), "{holds:?}");
        app.settle().await;
    }
}

async fn a_newcomer_who_waits_hears_how_it_stands(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Newcomer::asks(&app, "Jo", JO).await;
    let mut told = Vec::new();
    for day in 1..=22 {
        days(&app, 1).await;
        told.push((day, count(&app, JO, "a short update")));
    }
    let on: Vec<i32> = told.windows(2).filter(|w| w[1].1 > w[0].1).map(|w| w[1].0).collect();
    assert_eq!((told[0], on), ((1, 1), vec![3, 7, 14, 21]));
    assert!(newest(&app, JO, "a short update").text.contains("A coordinator is looking too."));

    let mut browser = app.browser();
    sign_in(&app, &mut browser, JO).await;
    browser.visit("/mine/stop").await;
    browser.fill_and_press(&[]).await;
    days(&app, 10).await;
    assert_eq!(count(&app, JO, "a short update"), 5, "who stopped looking hears nothing more");
}

async fn a_lease_is_renewed_by_one_press_or_ends(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let subject = "still up for this?";
    days(&app, 22).await;
    assert_eq!(count(&app, RAY, subject), 0);
    days(&app, 1).await;
    let first = newest(&app, RAY, subject);
    assert!(first.text.contains("Your hand comes down by itself on 24 December."), "{}", first.text);
    days(&app, 6).await;
    assert_eq!(count(&app, RAY, subject), 2);

    let mut browser = app.browser();
    browser.visit(&first.link()).await.says("Are you still up for this?");
    browser.press("Yes, keep it up", &[]).await.says("Thank you for being here.");
    days(&app, 22).await;
    assert_eq!(count(&app, RAY, subject), 2, "a whole lease");
    days(&app, 9).await;
    assert_eq!(count(&app, RAY, subject), 4);
    let mut ray = app.browser();
    sign_in(&app, &mut ray, RAY).await;
    ray.visit("/mine/hand").await;
    assert!(!ray.page.text().contains("Your hand is up until"), "it came down by itself: {}", ray.page.text());
}

async fn two_silent_offers_are_a_rest_and_one_press_comes_back(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    Newcomer::asks(&app, "Jo", JO).await;
    days(&app, 1).await;
    assert_eq!(count(&app, RAY, "we gave you a rest"), 0, "one silence is nothing");
    Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    assert_eq!(count(&app, RAY, "can you help this week?"), 2);
    days(&app, 1).await;
    let rest = newest(&app, RAY, "we gave you a rest");
    assert!(rest.text.contains("That is fine."));
    Newcomer::asks(&app, "Mo", "mo@mail.example").await;
    assert_eq!(count(&app, RAY, "can you help this week?"), 2, "a hand that rests is not asked");

    let mut browser = app.browser();
    browser.visit(&rest.link()).await.says("We took your hand down for now");
    browser.press("I am back", &[]).await.says("Your hand is up.");
    app.settle().await;
    assert_eq!(count(&app, RAY, "can you help this week?"), 3, "and is asked again");
    days(&app, 1).await;
    assert_eq!(count(&app, RAY, "we gave you a rest"), 1, "old silences are forgotten");
}

async fn a_long_sleep_and_a_clock_set_back_say_nothing_twice(engine: Engine) {
    let Some((app, jo, _ray)) = a_pair(engine).await else { return };
    app.seed(|tx, ground| seed::request(tx, ground, "Sam", "sam@mail.example"));
    jo.writes(&app, "Thank you, Ray.").await;
    app.turn("+8 days").await; // 14:00: the process slept through two nudges and three updates
    let once = |app: &TestApp| (count(app, RAY, "a note is waiting"), count(app, "sam@mail.example", "a short update"));
    assert_eq!(once(&app), (1, 1), "the last of them is said, not each in a row");
    app.turn("+-1 h").await;
    app.turn("+1 h").await;
    app.turn("+-1 day").await;
    app.turn("+2 h").await;
    assert_eq!(once(&app), (1, 1));
    app.turn("+9 h").await; // night
    app.turn("+3 days").await;
    let mut seen = BTreeSet::new();
    for mail in app
        .sink
        .mails()
        .iter()
        .filter(|mail| mail.subject.ends_with("note is waiting") || mail.subject.ends_with("update"))
    {
        let at = DateTime::parse_from_rfc2822(&mail.header("Date")).expect("a date");
        assert!((8..21).contains(&at.hour()), "{} at {at}", mail.subject);
        assert!(seen.insert((mail.to.clone(), mail.subject.clone(), at.date_naive())), "twice: {}", mail.subject);
    }
}

async fn who_sleeps_through_weeks_still_has_time_to_answer(engine: Engine) {
    let Some((app, _jo, _ray)) = a_pair(engine).await else { return };
    app.turn("+30 days").await;
    assert_eq!((count(&app, JO, "still there?"), count(&app, JO, "a change")), (1, 0), "asked, and not ended at once");
    days(&app, 13).await;
    assert_eq!(count(&app, JO, "a change"), 0);
    days(&app, 1).await;
    assert_eq!(count(&app, JO, "a change"), 1);
}

async fn who_means_to_go_on_is_left_alone(engine: Engine) {
    let Some((app, _jo, _ray)) = a_pair(engine).await else { return };
    days(&app, 14).await;
    let mut browser = app.browser();
    browser.visit(&newest(&app, JO, "still there?").link()).await;
    browser.press("Go on", &[]).await.says("We leave it as it is.");
    days(&app, 20).await;
    assert_eq!(count(&app, JO, "a change"), 0, "counted from that day on");
}

async fn who_writes_and_writes_does_not_wait_longer_for_it(engine: Engine) {
    let Some((app, jo, _ray)) = a_pair(engine).await else { return };
    for _ in 0..4 {
        jo.writes(&app, "Are you there?").await;
        days(&app, 1).await;
    }
    assert_eq!(count(&app, RAY, "a note is waiting"), 1, "three days after the first letter, not the last");
}

/// A pass that may say nothing now writes nothing, so that it does not wake the next one.
async fn a_pass_with_nothing_to_say_rests(engine: Engine) {
    let Some((app, jo, _ray)) = a_pair(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", "kim@post.example", 1));
    jo.writes(&app, "Thank you, Ray.").await;
    app.turn("+31 days").await;
    app.turn("+1 h").await;
    for length in ["+1 min", "+8 h"] {
        app.turn(length).await; // by day one mail went already; at night none may
        let commits = app.ground().store.commits();
        tick::pass(app.ground());
        assert!(!commits.has_changed().expect("the store"), "a commit after {length}");
    }
}

fn start_day() -> i32 {
    20_781 // 2026-11-24, in days since 1970
}
