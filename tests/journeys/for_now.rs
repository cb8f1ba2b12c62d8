//! Somebody to write with while a sponsor is looked for.

use diesel::prelude::*;
use show_of_hands::hands::State;
use show_of_hands::matching::Descriptions;
use show_of_hands::store::schema::hands;
use show_of_hands::store::{self, Conn};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_offers, newest};
use crate::support::smtp::MailProgram;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    after_two_hours_people_for_now_are_asked_one_at_a_time,
    who_does_not_answer_in_four_hours_holds_up_nobody,
    four_hours_without_an_answer_are_no_silence_yet,
    somebody_writes_for_now_and_the_request_waits_on,
    who_wrote_for_now_rests_when_the_sponsor_wrote,
    it_ends_by_itself_after_two_weeks,
    a_yes_without_a_letter_makes_room_for_the_next,
    an_end_of_it_asks_for_nobody_new,
    a_newcomer_who_writes_first_is_not_left_with_silence,
    who_could_not_write_for_now_may_still_sponsor,
    the_note_is_for_the_sponsor_alone,
);

const JO: &str = "jo@mail.example";
const MIA: &str = "mia@post.example";
const RAY: &str = "ray@post.example";

/// Mia sponsors nobody like Jo, but can write for now.
fn mia(app: &TestApp) -> Sponsor {
    app.seed(|tx, ground| {
        let mia = seed::hand(tx, ground, "Mia", MIA, 0);
        seed::writes_for_now(tx, mia);
    });
    Sponsor::of(app, "Mia Lund", MIA)
}

async fn hours(app: &TestApp, number: u32) {
    for _ in 0..number {
        app.turn("+1 h").await;
    }
}

async fn after_two_hours_people_for_now_are_asked_one_at_a_time(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    app.seed(|tx, ground| {
        let kai = seed::hand(tx, ground, "Kai", "kai@post.example", 0);
        seed::writes_for_now(tx, kai);
        // Lou did not offer it: a hand without room is not asked.
        seed::hand(tx, ground, "Lou", "lou@post.example", 0);
    });
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    let asked = |app: &TestApp| count_offers(app, MIA) + count_offers(app, "kai@post.example");
    app.turn("+119 min").await;
    assert_eq!(asked(&app), 0);
    app.turn("+1 min").await; // 16:00
    assert_eq!(asked(&app), 1);
    let (first, second) =
        if count_offers(&app, MIA) == 1 { (MIA, "kai@post.example") } else { ("kai@post.example", MIA) };
    jo.opens(&app, "/mine").await.says("We also asked people who can write with you for now.");
    let offer = newest(&app, first, "can you help this week?");
    assert!(offer.text.contains("would be glad to write with a person for now"), "{}", offer.text);
    assert!(!offer.text.contains("Jo"));

    mia.program.address = first.to_owned();
    mia.opens_offer(&app).await.says("Can you write with them, for 14 days at most?");
    assert!(!mia.browser.page.text().contains("room"), "it takes no place: {}", mia.browser.page.text());
    mia.says_not_now(&app).await;
    hours(&app, 2).await;
    assert_eq!(asked(&app), 1, "four hours apart");
    app.turn("+1 day").await; // the night and the day
    assert_eq!((count_offers(&app, first), count_offers(&app, second)), (1, 1));
    assert_eq!(count_offers(&app, "lou@post.example"), 0);
}

async fn who_does_not_answer_in_four_hours_holds_up_nobody(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    app.seed(|tx, ground| {
        let kai = seed::hand(tx, ground, "Kai", "kai@post.example", 0);
        seed::writes_for_now(tx, kai);
    });
    let jo = Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 2).await; // 16:00
    let (first, second) =
        if count_offers(&app, MIA) == 1 { (MIA, "kai@post.example") } else { ("kai@post.example", MIA) };
    hours(&app, 3).await;
    assert_eq!((count_offers(&app, first), count_offers(&app, second)), (1, 0));
    app.turn("+1 h").await; // 20:00
    assert_eq!((count_offers(&app, first), count_offers(&app, second)), (1, 1));
    // A late yes counts as any.
    mia.program.address = first.to_owned();
    mia.says_yes(&app, Some("Here I am, a bit late.")).await.says("You write with Jo for now.");
    assert!(jo.newest_letter(&app).text.contains("a bit late"));
}

async fn four_hours_without_an_answer_are_no_silence_yet(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    mia(&app);
    let state = |app: &TestApp| -> State {
        let read = |conn: &mut Conn| Ok::<_, store::Error>(hands::table.select(hands::state).first(conn)?);
        app.ground().store.read(read).expect("her hand")
    };
    Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 3).await;
    Newcomer::asks(&app, "Bo", "bo@mail.example").await; // 17:00
    hours(&app, 3).await;
    assert_eq!(count_offers(&app, MIA), 2, "at 16:00 for Jo, and at 20:00, when that had lapsed, for Bo");
    app.turn("+14 h").await; // 10:00
    assert_eq!(state(&app), State::Up, "both have lapsed, but the second is fourteen hours old");
    hours(&app, 3).await;
    assert_eq!(state(&app), State::Lapsed, "two silences of sixteen hours: a rest");
}

async fn somebody_writes_for_now_and_the_request_waits_on(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_yes(&app, Some("I am Mia. How is your day?")).await.says("You write with Jo for now.");
    let hello = jo.newest_letter(&app);
    assert!(hello.text.contains("How is your day?"));
    assert!(!hello.everything().contains("mia@"));
    assert!(jo.writes(&app, "Long. Thank you.").await.starts_with("250"));
    assert!(mia.newest_letter(&app).text.contains("Long. Thank you."));

    jo.opens(&app, "/mine").await.says("Mia writes with you for now. We keep looking.");
    jo.browser.page.says("Stop looking");
    assert!(!jo.browser.page.text().contains("Find me someone else"));
    mia.opens(&app, "/mine").await.says("For now: Jo wrote last.");

    // A sponsor comes; both write.
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    hours(&app, 1).await;
    ray.says_yes(&app, None).await.says("You said yes.");
    jo.opens(&app, "/mine").await.says("Ray said yes.");
    let page = jo.browser.page.text();
    assert!(page.contains("Mia writes with you for now.") && !page.contains("Stop looking"), "{page}");
}

async fn who_wrote_for_now_rests_when_the_sponsor_wrote(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    let jo = Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_yes(&app, None).await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    hours(&app, 1).await;
    ray.says_yes(&app, Some("")).await;
    app.turn("+20 h").await; // 15:00
    ray.signs_in(&app).await;
    ray.browser.follow("Jo waits for a first line from you.").await;
    ray.browser.fill_and_press(&[("text", "Here I am.")]).await;
    app.turn("+2 days").await;
    assert!(!subjects(&app, JO).iter().any(|subject| subject.ends_with("a change")));
    app.turn("+1 day").await;
    let told = newest(&app, JO, "a change");
    assert!(told.text.contains("Your contact with Mia has ended. It is not about you."), "{}", told.text);
    assert!(newest(&app, MIA, "a change").text.contains("with thanks"));
    assert!(jo.writes(&app, "Good evening, Ray.").await.starts_with("250"));
    assert!(newest(&app, RAY, "new message").text.contains("Good evening, Ray."), "the sponsor goes on");
}

async fn it_ends_by_itself_after_two_weeks(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_yes(&app, None).await;
    for day in 1..=14 {
        assert!(!subjects(&app, JO).iter().any(|subject| subject.ends_with("a change")), "day {day}");
        app.turn("+1 day").await;
    }
    let told = newest(&app, JO, "a change");
    assert!(told.text.contains("It was for now."), "{}", told.text);
    assert_eq!(subjects(&app, JO).iter().filter(|subject| subject.ends_with("still there?")).count(), 0);
    app.turn("+1 day").await;
    assert_eq!(count_offers(&app, MIA), 1, "two who were a pair are not put together again");
}

async fn a_yes_without_a_letter_makes_room_for_the_next(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_yes(&app, Some("")).await;
    app.turn("+23 h").await; // 17:00 of the next day
    app.turn("+1 h").await;
    assert!(subjects(&app, MIA).iter().any(|subject| subject.ends_with("a hello is due")));
    app.seed(|tx, ground| {
        let kai = seed::hand(tx, ground, "Kai", "kai@post.example", 0);
        seed::writes_for_now(tx, kai);
    });
    app.turn("+1 day").await;
    assert!(newest(&app, MIA, "a change").text.contains("with thanks"));
    app.turn("+1 h").await;
    assert_eq!(count_offers(&app, "kai@post.example"), 1);
}

async fn an_end_of_it_asks_for_nobody_new(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_yes(&app, None).await;
    jo.opens(&app, "/mine").await;
    jo.browser.follow("Write to Mia").await.says("Mia writes with you for now.");
    jo.browser.follow("This is not a fit, or I want to stop").await;
    assert!(!jo.browser.page.text().contains("Find me someone else"), "{}", jo.browser.page.text());
    jo.browser.press("End the contact", &[]).await.says("Stop looking");
    app.settle().await;
    assert_eq!(subjects(&app, JO).iter().filter(|subject| subject.ends_with("all set")).count(), 1);
    assert!(newest(&app, MIA, "a change").text.contains("with thanks"));
    // Whoever is a woman may be asked next; what is unset is no yes, for this kind too.
    jo.opens(&app, "/mine/change").await;
    jo.browser.press("Save", &[("who", "woman"), ("must", "must")]).await;
    app.seed(|tx, ground| {
        for (name, address, is_woman) in [("Kai", "kai@post.example", false), ("Ana", "ana@post.example", true)] {
            let hand = seed::hand(tx, ground, name, address, 0);
            seed::writes_for_now(tx, hand);
            let woman = Descriptions::from_codes(["woman"], &ground.policy.lists).expect("in the list");
            if is_woman {
                diesel::update(hands::table.find(hand))
                    .set(hands::describes.eq(woman))
                    .execute(tx.conn())
                    .expect("set");
            }
        }
    });
    app.turn("+1 day").await;
    assert_eq!((count_offers(&app, "kai@post.example"), count_offers(&app, "ana@post.example")), (0, 1));
}

fn subjects(app: &TestApp, address: &str) -> Vec<String> {
    app.mails_to(address).into_iter().map(|mail| mail.subject).collect()
}

async fn a_newcomer_who_writes_first_is_not_left_with_silence(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    let mut jo = Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_yes(&app, Some("")).await;
    jo.opens(&app, "/mine").await;
    jo.browser.follow("Write to Mia").await;
    jo.browser.fill_and_press(&[("text", "Are you there?")]).await.says("On its way to Mia.");
    app.turn("+1 day").await;
    assert!(subjects(&app, MIA).iter().any(|subject| subject.ends_with("a hello is due")));
    app.turn("+1 day").await;
    assert!(newest(&app, JO, "a change").text.contains("Your contact with Mia has ended."));
    jo.opens(&app, "/mine").await.says("Stop looking");
}

async fn who_could_not_write_for_now_may_still_sponsor(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    Newcomer::asks(&app, "Jo", JO).await;
    hours(&app, 4).await;
    mia.says_not_now(&app).await;
    app.seed(|tx, _| diesel::update(hands::table).set(hands::capacity.eq(1)).execute(tx.conn()).expect("a place"));
    hours(&app, 1).await;
    assert_eq!(count_offers(&app, MIA), 2, "a place became free, and Jo still waits");
    mia.opens_offer(&app).await.says("You have room for 1");
    mia.says_not_now(&app).await;
    app.turn("+1 day").await;
    app.turn("+1 day").await;
    assert_eq!(count_offers(&app, MIA), 2, "who said no to that is left alone");
}

async fn the_note_is_for_the_sponsor_alone(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut mia = mia(&app);
    let mut jo = Newcomer { browser: app.browser(), program: MailProgram::new("Jo Kowalczyk", JO) };
    jo.sends_request(&app, "Jo", &[("note", "I like to walk.")]).await;
    jo.types_code(&app).await.says("Your request is in");
    app.settle().await;
    hours(&app, 4).await;
    mia.says_yes(&app, None).await.does_not_say("I like to walk.");
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    hours(&app, 1).await;
    ray.says_yes(&app, None).await.says("I like to walk.");
}
