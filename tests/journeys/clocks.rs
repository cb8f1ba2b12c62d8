//! Whatever the clock does, everything due happens once and in its order: hour by hour, set back and forward again, two days
//! at one leap, a process that slept for three days, the night on which the clocks of a country change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Timelike};
use diesel::prelude::*;
use show_of_hands::requests::{self, Reply};
use show_of_hands::store::Error;
use show_of_hands::store::schema::{hands, members, offers, requests as request_rows, sponsorships};
use show_of_hands::vault::Token;
use show_of_hands::{hands as hand_room, relay, sponsorships as pairs, tick};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::{TestApp, seed};

on_both_engines!(
    a_clock_set_back_says_nothing_twice,
    a_leap_of_two_days_says_the_last_of_each,
    a_sleep_of_three_days_says_the_last_of_each,
    a_night_on_which_clocks_change_is_a_night_like_any,
    a_clock_that_was_far_off_for_a_moment_loses_no_request,
);

const DAYS: i64 = 15;
/// 2027-03-28 01:00 UTC, from which everybody here is an hour ahead.
const CHANGE_OF_2027: i64 = 1_806_195_600;
/// What a clock sends, by its neutral subject.
const TIMERS: [&str; 7] = [
    "a short update",
    "a choice for you",
    "still there?",
    "a hello is due",
    "a note is waiting",
    "we gave you a rest",
    "still up for this?",
];

/// What came of it: each mail by reader and subject in its order, and how everything stands at the end.
struct Story {
    mails: BTreeMap<String, Vec<String>>,
    states: Vec<String>,
}

/// The same people each time; `clock` lets the days pass.
async fn story(engine: Engine, begins_after: i64, clock: impl AsyncFn(&TestApp)) -> Option<Story> {
    let app = TestApp::start(engine).await?;
    app.turn(&format!("+{begins_after} days")).await;
    people(&app).await;
    clock(&app).await;
    timer_mails_kept_their_bounds(&app);
    let mut mails: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in app.sink.mails() {
        let (_, subject) = mail.subject.split_once(": ").expect("a word first");
        mails.entry(mail.to).or_default().push(subject.to_owned());
    }
    Some(Story { mails, states: states(&app) })
}

/// One of everything that a clock moves.
async fn people(app: &TestApp) {
    for (name, hello) in [("owes", Some("Hello.")), ("owed", Some("Hello.")), ("mute", None), ("away", Some("Hello."))]
    {
        let ray = format!("ray.{name}@post.example");
        app.seed(|tx, ground| seed::hand(tx, ground, "Ray", &ray, 1));
        app.seed(|tx, ground| seed::request(tx, ground, "Jo", &format!("jo.{name}@mail.example")));
        app.settle().await;
        let link = app.newest_mail_to(&ray).link();
        let (_, token) = link.rsplit_once("/o/").expect("an offer");
        let reply = Reply::Yes { hello: hello.unwrap_or_default().to_owned() };
        requests::answer(app.ground(), &Token::parse(token).expect("a token"), &reply).expect("an answer");
    }
    let newest = |name: &str| {
        let address = format!("{name}@mail.example");
        let member = member_of(app, &address);
        app.ground().store.read(|conn| pairs::list_active_of_sponsee(conn, member)).expect("pairs").remove(0)
    };
    let pair = newest("jo.owes"); // the newcomer wrote last: the sponsor owes
    relay::write(app.ground(), pair.sponsee, &pair.reference, ("Hello, Ray.", relay::Say::Nothing))
        .expect("the store")
        .expect("it goes");
    let back_at = app.ground().now().plus(TimeDelta::days(3));
    hand_room::step_back(app.ground(), newest("jo.away").sponsor, back_at).expect("a step back");
    // Nobody fits Sam; Kai is asked for Lea and is silent; Mo's lease runs out; Nia rests for two days.
    app.seed(|tx, ground| {
        let request = seed::request(tx, ground, "Sam", "sam@mail.example");
        let nothing = show_of_hands::matching::Languages::NONE;
        diesel::update(request_rows::table.find(request))
            .set(request_rows::languages.eq(nothing))
            .execute(tx.conn())
            .expect("set");
        seed::hand(tx, ground, "Kai", "kai@post.example", 2);
        seed::request(tx, ground, "Lea", "lea@mail.example");
    });
    app.settle().await;
    app.seed(|tx, ground| {
        let mo = seed::hand(tx, ground, "Mo", "mo@post.example", 0);
        let lease = ground.now().plus(TimeDelta::days(8));
        diesel::update(hands::table.find(mo)).set(hands::lease_ends_at.eq(lease)).execute(tx.conn()).expect("set");
    });
    let nia = app.seed(|tx, ground| seed::hand(tx, ground, "Nia", "nia@post.example", 0));
    hand_room::pause(app.ground(), nia, app.ground().now().plus(TimeDelta::days(2))).expect("a break");
    app.settle().await;
}

fn member_of(app: &TestApp, address: &str) -> show_of_hands::store::ids::MemberId {
    let address = show_of_hands::vault::Address::parse(address).expect("an address");
    let index = app.ground().vault.index(&address);
    app.ground()
        .store
        .read(|conn| show_of_hands::members::find_by_index(conn, &index))
        .expect("read")
        .expect("a member")
        .id
}

/// Everything with a state, without ids.
fn states(app: &TestApp) -> Vec<String> {
    app.ground()
        .store
        .read(|conn| {
            let mut all: Vec<String> = Vec::new();
            let requests: Vec<String> = request_rows::table.select(request_rows::state).load(conn)?;
            let offers: Vec<String> = offers::table.select(offers::state).load(conn)?;
            let hands: Vec<(String, bool)> =
                hands::table.select((hands::state, hands::paused_until.is_null())).load(conn)?;
            let pairs: Vec<(String, bool, i32)> = sponsorships::table
                .select((sponsorships::state, sponsorships::paused_until.is_null(), sponsorships::nudges))
                .load(conn)?;
            all.extend(requests.iter().map(|state| format!("request {state}")));
            all.extend(offers.iter().map(|state| format!("offer {state}")));
            all.extend(hands.iter().map(|hand| format!("hand {hand:?}")));
            all.extend(pairs.iter().map(|pair| format!("pair {pair:?}")));
            all.sort();
            Ok::<_, Error>(all)
        })
        .expect("states")
}

fn timer_mails_kept_their_bounds(app: &TestApp) {
    let mut days = BTreeSet::new();
    for mail in app.sink.mails().iter().filter(|mail| TIMERS.iter().any(|subject| mail.subject.ends_with(subject))) {
        let utc = DateTime::parse_from_rfc2822(&mail.header("Date")).expect("a date").to_utc();
        let at = utc + TimeDelta::hours(i64::from(utc.timestamp() >= CHANGE_OF_2027));
        assert!((8..21).contains(&at.hour()), "{} to {} at {at}", mail.subject, mail.to);
        assert!(days.insert((mail.to.clone(), at.date_naive())), "two to {} on {at}", mail.to);
    }
}

/// In steps of three, which is often enough for what is due by the day.
async fn hours(app: &TestApp, number: i64) {
    let mut left = number;
    while left > 0 {
        let step = left.min(3);
        app.turn(&format!("+{step} h")).await;
        left -= step;
    }
}

async fn steady(app: &TestApp) {
    hours(app, DAYS * 24).await;
    tick::clear_away(app.ground());
}

/// Nothing twice, nothing left out but what the last of its kind makes up for, nothing in another order; the same end.
fn told_alike(odd: &Story, steady: &Story) {
    for (to, mails) in &odd.mails {
        let expected = steady.mails.get(to).unwrap_or_else(|| panic!("{to} reads nothing in a steady time: {mails:?}"));
        let mut rest = expected.iter();
        for mail in mails {
            assert!(rest.any(|wanted| wanted == mail), "{to} reads {mails:?}, and in a steady time {expected:?}");
        }
        let kinds = |mails: &[String]| mails.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(kinds(mails), kinds(expected), "{to}");
    }
    assert_eq!(odd.mails.keys().collect::<Vec<_>>(), steady.mails.keys().collect::<Vec<_>>());
    assert_eq!(odd.states, steady.states);
}

async fn a_clock_set_back_says_nothing_twice(engine: Engine) {
    let Some(expected) = story(engine, 0, steady).await else { return };
    let timers: BTreeSet<&String> =
        expected.mails.values().flatten().filter(|mail| TIMERS.contains(&mail.as_str())).collect();
    assert_eq!(timers.len(), TIMERS.len() - 1, "all but a rest are in this story: {timers:?}");
    let back_and_forth = async |app: &TestApp| {
        for step in 0..DAYS * 8 {
            app.turn("+3 h").await;
            if step % 3 == 0 {
                app.turn("+-1 h").await;
                app.turn("+1 h").await;
            }
        }
        tick::clear_away(app.ground());
    };
    let odd = story(engine, 0, back_and_forth).await.expect("the same engine");
    assert_eq!(odd.mails, expected.mails, "to the letter");
    told_alike(&odd, &expected);
}

async fn a_leap_of_two_days_says_the_last_of_each(engine: Engine) {
    let Some(expected) = story(engine, 0, steady).await else { return };
    let leaps = async |app: &TestApp| {
        hours(app, 20).await;
        app.turn("+2 days").await;
        hours(app, (DAYS - 2) * 24 - 20).await;
        tick::clear_away(app.ground());
    };
    told_alike(&story(engine, 0, leaps).await.expect("the same engine"), &expected);
}

async fn a_sleep_of_three_days_says_the_last_of_each(engine: Engine) {
    let Some(expected) = story(engine, 0, steady).await else { return };
    let sleeps = async |app: &TestApp| {
        hours(app, 2 * 24).await;
        // The process is not there: the clock runs, and nothing looks at it.
        app.ground().clock.turn(TimeDelta::days(3));
        app.settle().await;
        hours(app, (DAYS - 5) * 24).await;
        tick::clear_away(app.ground());
    };
    told_alike(&story(engine, 0, sleeps).await.expect("the same engine"), &expected);
}

async fn a_night_on_which_clocks_change_is_a_night_like_any(engine: Engine) {
    let Some(expected) = story(engine, 0, steady).await else { return };
    // Fifteen days that begin on 2027-03-23; on the 28th everybody in Berlin says that their clock is an hour ahead.
    let changes = async |app: &TestApp| {
        hours(app, 4 * 24 + 11).await;
        assert_eq!(app.ground().now().0, CHANGE_OF_2027);
        app.seed(|tx, _| {
            diesel::update(members::table)
                .set(members::utc_offset_min.eq(60))
                .execute(tx.conn())
                .expect("an hour ahead");
        });
        hours(app, (DAYS - 4) * 24 - 11).await;
        tick::clear_away(app.ground());
    };
    let odd = story(engine, 119, changes).await.expect("the same engine");
    assert_eq!(odd.mails, expected.mails);
    told_alike(&odd, &expected);
}

async fn a_clock_that_was_far_off_for_a_moment_loses_no_request(engine: Engine) {
    for off in [TimeDelta::days(-36_500), TimeDelta::days(3), TimeDelta::days(36_500), TimeDelta::MIN, TimeDelta::MAX] {
        let Some(app) = TestApp::start(engine).await else { return };
        app.seed(|tx, ground| seed::request(tx, ground, "Sam", "sam@mail.example"));
        app.settle().await;
        app.ground().clock.turn(off);
        // The one thing that cannot be done so far off is a mail: its day has no key yet.
        if let Err(error) = requests::tick(app.ground()) {
            assert!(format!("{error:?}").contains("NoDayKey"), "{off}: {error:?}");
        }
        app.ground().clock.turn(-off);
        app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
        app.turn("+1 h").await;
        assert_eq!(app.mails_to("ray@post.example").len(), 1, "{off}: the hand is found within the hour");
    }
}
