//! What does not add up: who asks and has a hand up, hands without a place or an hour, wishes that nobody can meet, a crowd in
//! one moment. Nobody is asked wrongly, nothing stops, and whoever waits is seen.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_query;
use show_of_hands::clock::Timestamp;
use show_of_hands::matching::{Descriptions, Hours, Languages, OfferState};
use show_of_hands::requests::{self, Next};
use show_of_hands::sponsorships;
use show_of_hands::store::ids::{MemberId, OfferId, RequestId};
use show_of_hands::store::schema::{hands, offers, requests as request_rows, sponsorships as pair_rows};
use show_of_hands::store::{Conn, Error};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::count_offers;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    who_asks_is_never_asked_themselves,
    a_hand_without_places_or_hours_is_never_asked,
    with_more_people_than_places_a_hand_is_asked_when_enough_have_ended,
    wishes_that_nobody_can_meet_are_at_the_desk_at_once,
    a_crowd_in_one_moment_is_asked_for_in_waiting_order,
);

const RAY: &str = "ray@post.example";
const KIM: &str = "kim@post.example";

async fn who_asks_is_never_asked_themselves(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| {
        let ray = seed::hand(tx, ground, "Ray", RAY, 3);
        seed::writes_for_now(tx, ray);
    });
    let mut ray = Newcomer::asks(&app, "Ray", RAY).await;
    ray.opens(&app, "/mine").await.says("A coordinator is looking for you now.");
    app.turn("+5 h").await;
    assert_eq!(count_offers(&app, RAY), 0, "alone in town, nobody is asked, for now neither");

    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", KIM, 3));
    app.turn("+1 h").await;
    assert_eq!((count_offers(&app, RAY), count_offers(&app, KIM)), (0, 1), "only the other hand");

    // For others Ray's hand is up as before.
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    assert_eq!((count_offers(&app, RAY), count_offers(&app, KIM)), (1, 2));
}

async fn a_hand_without_places_or_hours_is_never_asked(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| {
        seed::hand(tx, ground, "Nil", "nil@post.example", 0);
        seed::hand(tx, ground, "Neg", "neg@post.example", -2);
        let never = seed::hand(tx, ground, "Nev", "nev@post.example", 2);
        let is_never = hands::hours.eq(Hours::NONE);
        diesel::update(hands::table.find(never)).set(is_never).execute(tx.conn()).expect("no hour");
        seed::request(tx, ground, "Jo", "jo@mail.example");
    });
    app.settle().await;
    app.turn("+1 day").await;
    assert_eq!(read(&app, |conn| offers::table.count().get_result::<i64>(conn)), 0);
    let progress = requests::progress_of(app.ground(), waiting(&app)[0].1).expect("an answer").expect("a request");
    assert_eq!((progress.next, progress.scarce), (Next::Desk, vec![]), "no wish of hers would help");
}

async fn with_more_people_than_places_a_hand_is_asked_when_enough_have_ended(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    for name in ["Ana", "Bo"] {
        Newcomer::asks(&app, name, &format!("{name}@mail.example").to_lowercase()).await;
        ray.says_yes(&app, None).await;
    }
    app.seed(|tx, _| {
        diesel::update(hands::table).set(hands::capacity.eq(1)).execute(tx.conn()).expect("one place");
    });
    Newcomer::asks(&app, "Cy", "cy@mail.example").await;
    assert_eq!(count_offers(&app, RAY), 2, "two people and one place");
    let cy = waiting(&app)[0].0;
    let request = app.ground().store.read(|conn| requests::find_request(conn, cy)).expect("read").expect("a request");
    assert!(requests::find_fitting(app.ground(), &request, 1).expect("a look").nobody_fits());

    let pairs: Vec<(MemberId, String)> =
        read(&app, |conn| pair_rows::table.select((pair_rows::sponsee, pair_rows::reference)).load(conn));
    for ((sponsee, reference), asked) in pairs.iter().zip([2, 3]) {
        assert!(sponsorships::end_of(app.ground(), *sponsee, reference).expect("an end"));
        app.turn("+1 h").await;
        assert_eq!(count_offers(&app, RAY), asked);
    }
}

/// What no form sends stands in the rows.
async fn wishes_that_nobody_can_meet_are_at_the_desk_at_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| {
        seed::hand(tx, ground, "Ray", RAY, 5);
        let mute = seed::request(tx, ground, "Mu", "mu@mail.example");
        let no_language = request_rows::languages.eq(Languages::NONE);
        diesel::update(request_rows::table.find(mute)).set(no_language).execute(tx.conn()).expect("no language");
        let lone = seed::request(tx, ground, "Lo", "lo@mail.example");
        let nobody = (request_rows::accepts.eq(Descriptions::NONE), request_rows::accepts_must.eq(true));
        diesel::update(request_rows::table.find(lone)).set(nobody).execute(tx.conn()).expect("nobody");
    });
    app.settle().await;
    assert_eq!(count_offers(&app, RAY), 0);
    let mut widen: Vec<Vec<String>> = waiting(&app)
        .into_iter()
        .map(|(_, member)| {
            let progress = requests::progress_of(app.ground(), member).expect("an answer").expect("a request");
            assert_eq!(progress.next, Next::Desk);
            progress.scarce.iter().map(|(widening, _)| widening.word()).collect()
        })
        .collect();
    widen.sort();
    assert_eq!(widen, [vec![], vec!["who".to_owned()]], "a language is nobody's to give up");
}

const HANDS: usize = 12;
const PLACES: usize = 2;

/// A hundred thousand on `SQLite` with `TEST_LONG` set.
async fn a_crowd_in_one_moment_is_asked_for_in_waiting_order(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let many = match (engine, std::env::var_os("TEST_LONG").is_some()) {
        (Engine::Sqlite, true) => 100_000,
        (Engine::Sqlite, false) => 2_000,
        (Engine::Postgres, _) => 500,
    };
    app.seed(|tx, ground| {
        for n in 0..HANDS {
            seed::hand(tx, ground, "Ray", &format!("ray{n}@post.example"), i32::try_from(PLACES).expect("few"));
        }
    });
    crowd(&app, engine, many);
    requests::tick(app.ground()).expect("a tick");

    let (asked, looked_at) = (all_offers(&app), next_looks(&app));
    assert_eq!(asked.len(), HANDS * PLACES, "every place is asked for");
    assert!(asked.iter().all(|(.., state)| *state == OfferState::Open));
    let of_hand = |hand: MemberId| asked.iter().filter(|(_, _, of, _)| *of == hand).count();
    assert!(asked.iter().all(|(_, _, hand, _)| of_hand(*hand) == PLACES), "and none beyond");
    let first: HashSet<RequestId> = waiting(&app).into_iter().map(|(id, _)| id).take(HANDS * PLACES).collect();
    let asked_for: HashSet<RequestId> = asked.iter().map(|(_, request, ..)| *request).collect();
    assert_eq!(asked_for, first, "one for each of those who waited longest");
    assert!(looked_at.iter().all(|at| *at > app.ground().now()), "everybody was looked at");
    assert_eq!(looked_at.len(), many);

    requests::tick(app.ground()).expect("a tick");
    assert_eq!((all_offers(&app), next_looks(&app)), (asked, looked_at), "a second pass changes nothing");
    app.settle().await;
}

/// So many requests like any, who began to wait within the last hour, in no order of their ids.
fn crowd(app: &TestApp, engine: Engine, many: usize) {
    let now = app.ground().now();
    let (numbers, id, digest, no) = match engine {
        Engine::Sqlite => (
            format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})"),
            "CAST(printf('%016d', i) AS BLOB)",
            "CAST(printf('%032d', i) AS BLOB)",
            "0",
        ),
        Engine::Postgres => (
            format!("WITH n (i) AS (SELECT generate_series(1, {many}))"),
            "convert_to(lpad(i::text, 16, '0'), 'UTF8')",
            "convert_to(lpad(i::text, 32, '0'), 'UTF8')",
            "FALSE",
        ),
    };
    let (month, hours) = (now.month().0, Hours::ALL.bits());
    let (anyone, unstated) = (Descriptions::ANYONE.bits(), Descriptions::UNSTATED.bits());
    // Address and memory are never opened: nobody writes to them here.
    let members = format!(
        "INSERT INTO members (id, first_name, address, address_index, memory_hash, check_word, language, utc_offset_min,
             made_month, active_month, terms_version, terms_month)
         {numbers} SELECT {id}, 'Jo', {digest}, {digest}, {digest}, 'maple', 'en', 0, {month}, {month}, 1, {month} FROM n"
    );
    let requests = format!(
        "INSERT INTO requests (id, member, state, short, placed_at, waiting_since, languages, first_language, accepts,
             accepts_must, describes, parts, hours, next_look_at, kind)
         {numbers} SELECT {id}, {id}, 'waiting', '7K2', {now}, {now} - i * 7919 % 3600, 1, 1, {anyone}, {no}, {unstated}, 0,
             {hours}, {now}, 'sponsor' FROM n",
        now = now.0
    );
    app.seed(|tx, _| {
        for sql in [&members, &requests] {
            sql_query(sql.as_str()).execute(tx.conn()).expect("a crowd");
        }
    });
}

fn all_offers(app: &TestApp) -> Vec<(OfferId, RequestId, MemberId, OfferState)> {
    let all = (offers::id, offers::request, offers::hand, offers::state);
    read(app, |conn| offers::table.order(offers::id).select(all).load(conn))
}

fn next_looks(app: &TestApp) -> Vec<Timestamp> {
    read(app, |conn| request_rows::table.order(request_rows::id).select(request_rows::next_look_at).load(conn))
}

/// Who waits, the longest first.
fn waiting(app: &TestApp) -> Vec<(RequestId, MemberId)> {
    let waiting = app.ground().store.read(requests::list_waiting).expect("a list");
    waiting.into_iter().map(|request| (request.id, request.member)).collect()
}

fn read<T>(app: &TestApp, query: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    app.ground().store.read(|conn| query(conn).map_err(Error::from)).expect("read")
}
