//! The tables are the same on both engines and as the code sees them; a write is whole or not there; a value comes back as
//! it went in.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not there")]

#[path = "support/crowd.rs"]
mod crowd;
#[path = "support/engine.rs"]
mod engine;
#[path = "support/people.rs"]
#[expect(dead_code, reason = "each file of tests uses some of it")]
mod people;
#[path = "support/skip.rs"]
mod skip;
#[path = "support/tables.rs"]
mod tables;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use engine::Engine;
use people::People;
use show_of_hands::clock::Timestamp;
use show_of_hands::matching::Kind;
use show_of_hands::requests::{self, Offer, OfferState, State};
use show_of_hands::store::ids::{MemberId, OfferId};
use show_of_hands::store::schema::{members, meta, offers, requests as request_rows};
use show_of_hands::store::types::Digest;
use show_of_hands::store::{Conn, Error, Store, Tx};
use show_of_hands::vault::Sealed;
use tables::{Direct, Shapes};

on_both_engines!(
    the_migrations_make_what_the_code_sees,
    the_migrations_can_be_taken_back,
    increments_at_once_lose_nothing,
    what_fails_leaves_nothing,
    values_come_back_as_they_went_in,
    an_unknown_word_is_an_error,
    an_id_of_another_length_is_an_error,
    whom_to_ask_is_found_through_an_index,
);

/// A table as `src/store/schema.rs` writes it.
struct Seen {
    primary_key: Vec<String>,
    /// Name, type, nullable.
    columns: Vec<(String, String, bool)>,
}

/// Reads the macros as text: what diesel makes of them cannot be listed.
fn seen() -> BTreeMap<String, Seen> {
    let text = include_str!("../src/store/schema.rs");
    let mut seen = BTreeMap::new();
    for table in text.split("diesel::table! {").skip(1) {
        let (head, body) = table.split_once('{').expect("a body");
        let (name, key) = head.trim().trim_end_matches(')').split_once(" (").expect("a primary key");
        let columns = body.lines().filter_map(|line| {
            let (column, kind) = line.trim().trim_end_matches(',').split_once(" -> ")?;
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            Some((column.to_owned(), inner.unwrap_or(kind).to_owned(), inner.is_some()))
        });
        let primary_key = key.split(", ").map(str::to_owned).collect();
        seen.insert(name.to_owned(), Seen { primary_key, columns: columns.collect() });
    }
    seen
}

fn kind_on(engine: Engine, kind: &str) -> &'static str {
    match (engine, kind) {
        (Engine::Sqlite, "Binary") => "BLOB",
        (Engine::Sqlite, "Text") => "TEXT",
        (Engine::Sqlite, "BigInt" | "Bool") => "INTEGER",
        (Engine::Sqlite, "Integer") => "INT",
        (Engine::Postgres, "Binary") => "bytea",
        (Engine::Postgres, "Text") => "text",
        (Engine::Postgres, "BigInt") => "bigint",
        (Engine::Postgres, "Bool") => "boolean",
        (Engine::Postgres, "Integer") => "integer",
        _ => panic!("no such type in the house: {kind}"),
    }
}

async fn the_migrations_make_what_the_code_sees(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let shapes = Direct::to(people.database.url()).shapes();
    let seen = seen();
    assert_eq!(shapes.keys().collect::<Vec<_>>(), seen.keys().collect::<Vec<_>>());
    for (table, seen) in &seen {
        let made = &shapes[table];
        assert_eq!(made.primary_key, seen.primary_key, "{table}");
        let made: Vec<_> = made.columns.iter().map(|c| (c.name.as_str(), c.kind.as_str(), c.nullable)).collect();
        let wanted: Vec<_> =
            seen.columns.iter().map(|(name, kind, null)| (name.as_str(), kind_on(engine, kind), *null)).collect();
        assert_eq!(made, wanted, "{table}");
    }
}

#[actix_web::test]
async fn both_engines_have_the_same_indexes_and_foreign_keys() {
    let (Some(one), Some(other)) = (People::new(Engine::Sqlite), People::new(Engine::Postgres)) else { return };
    let (sqlite, postgres) = (shapes_of(&one), shapes_of(&other));
    let keys = sqlite.values().map(|shape| shape.keys.len()).sum::<usize>();
    let indexes = sqlite.values().map(|shape| shape.indexes.len()).sum::<usize>();
    assert!(keys > 20 && indexes > 15, "{keys} foreign keys and {indexes} indexes were found");
    for (table, shape) in &sqlite {
        assert_eq!(shape.indexes, postgres[table].indexes, "{table}");
        assert_eq!(shape.keys, postgres[table].keys, "{table}");
    }
}

fn shapes_of(people: &People) -> Shapes {
    Direct::to(people.database.url()).shapes()
}

async fn the_migrations_can_be_taken_back(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    people.newcomer("Jo", "jo@example.org", "");
    let before = shapes_of(&people);
    people.ground.store.migrate_down_and_up().expect("down and up");
    assert_eq!(shapes_of(&people), before);
    let rows: usize = Direct::to(people.database.url()).values().values().map(Vec::len).sum();
    assert_eq!(rows, 0, "a table was not taken back");
}

const COUNTER: &str = "counter";

fn count(conn: &mut Conn) -> Result<u32, Error> {
    let value: Vec<u8> = meta::table.find(COUNTER).select(meta::value).first(conn)?;
    Ok(u32::from_be_bytes(value.try_into().expect("four octets")))
}

fn set(tx: &mut Tx<'_>, n: u32) -> Result<(), Error> {
    let row = meta::table.find(COUNTER);
    diesel::update(row).set(meta::value.eq(n.to_be_bytes().to_vec())).execute(tx.conn())?;
    Ok(())
}

fn start_counter(store: &Store) {
    let row = (meta::name.eq(COUNTER), meta::value.eq(0_u32.to_be_bytes().to_vec()));
    store
        .write_tx(|tx| Ok::<_, Error>(diesel::insert_into(meta::table).values(&row).execute(tx.conn())?))
        .expect("a counter");
}

async fn increments_at_once_lose_nothing(engine: Engine) {
    const THREADS: u32 = 8;
    const EACH: u32 = 200;
    let Some(people) = People::new(engine) else { return };
    let store = &people.ground.store;
    start_counter(store);
    std::thread::scope(|threads| {
        for _ in 0..THREADS {
            threads.spawn(|| {
                for _ in 0..EACH {
                    let done = store.write_tx(|tx| {
                        let n = count(tx.conn())?;
                        set(tx, n + 1)
                    });
                    done.expect("every increment is tried until it counts");
                }
            });
        }
    });
    assert_eq!(store.read(count).expect("the count"), THREADS * EACH);
}

#[actix_web::test]
async fn a_transaction_that_met_another_program_runs_again() {
    let Some(people) = People::new(Engine::Postgres) else { return };
    let store = &people.ground.store;
    let jo = people.newcomer("Jo", "jo@example.org", "");
    let version = || members::table.find(jo.id).select(members::terms_version);
    let agree = |conn: &mut Conn, to: i32| {
        diesel::update(members::table.find(jo.id)).set(members::terms_version.eq(to)).execute(conn)
    };
    let runs = AtomicU32::new(0);
    let seen = store
        .write_tx(|tx| {
            let n: i32 = version().first(tx.conn())?;
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                // It writes without asking for the lock that ours take.
                store.read(|other| Ok::<_, Error>(agree(other, 10)?))?;
            }
            agree(tx.conn(), n + 1)?;
            Ok::<_, Error>(n)
        })
        .expect("the second run counts");
    assert_eq!((seen, runs.load(Ordering::SeqCst)), (10, 2));
    assert_eq!(store.read(|conn| Ok::<_, Error>(version().first::<i32>(conn)?)).expect("the version"), 11);
}

async fn what_fails_leaves_nothing(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let store = &people.ground.store;
    start_counter(store);
    let failed: Result<(), Error> = store.write_tx(|tx| {
        set(tx, 5)?;
        Err(Error::Bug("half way"))
    });
    assert!(matches!(failed, Err(Error::Bug("half way"))));
    assert_eq!(store.read(count).expect("the count"), 0);
}

async fn values_come_back_as_they_went_in(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let ground = &people.ground;
    let newcomer = people.newcomer("Zoë 😀 <b>", "jo@example.org", "a note of theirs");
    assert!(newcomer.first_name == people::first_name("Zoë 😀 <b>"));
    let request = ground.store.read(|conn| requests::find_waiting_of(conn, newcomer.id)).expect("read").expect("there");
    let note = requests::note_of(ground, &request).expect("it opens");
    assert_eq!(note.as_deref(), Some("a note of theirs"), "a sealed value");
    assert_eq!((request.placed_at, request.closed_at, request.state), (ground.now(), None, State::Waiting));

    let sponsor = people.sponsor("Jo", "sam@example.org", None);
    for (n, state) in (1_u8..).zip(OfferState::ALL) {
        let offer = Offer {
            id: OfferId::from_bytes([n; 16]),
            request: request.id,
            hand: sponsor.id,
            state: *state,
            token: Digest([n.wrapping_mul(0x55); 32]),
            made_at: Timestamp(i64::MIN),
            lapses_at: Timestamp(i64::MAX),
            answered_at: Some(Timestamp(-1)),
            suggested: n % 2 == 0,
            kind: if n % 2 == 0 { Kind::ForNow } else { Kind::Sponsor },
        };
        let write = |tx: &mut Tx<'_>| {
            diesel::delete(offers::table).execute(tx.conn())?;
            diesel::insert_into(offers::table).values(&offer).execute(tx.conn())?;
            Ok::<_, Error>(offers::table.select(Offer::as_select()).first(tx.conn())?)
        };
        let back: Offer = ground.store.write_tx(write).expect("an offer");
        assert_eq!((back.id, back.request, back.hand), (offer.id, offer.request, offer.hand));
        assert_eq!(
            (back.state, back.token, back.suggested, back.kind),
            (offer.state, offer.token, offer.suggested, offer.kind)
        );
        assert_eq!(
            (back.made_at, back.lapses_at, back.answered_at),
            (offer.made_at, offer.lapses_at, offer.answered_at)
        );
    }
}

async fn an_unknown_word_is_an_error(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let newcomer = people.newcomer("Jo", "jo@example.org", "");
    Direct::to(people.database.url()).run("UPDATE requests SET state = 'rejected'");
    let read = people.ground.store.read(|conn| requests::latest_of(conn, newcomer.id));
    assert!(read.is_err(), "an unknown word was taken for a state");
}

async fn an_id_of_another_length_is_an_error(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    people.newcomer("Jo", "jo@example.org", "a note");
    let read = people.ground.store.read(|conn| {
        let too_long: Result<Digest, _> = request_rows::table.select(request_rows::id).first(conn);
        let too_short: Result<MemberId, _> =
            request_rows::table.select(request_rows::note.assume_not_null()).first(conn);
        let as_it_is: Result<Option<Sealed>, _> = request_rows::table.select(request_rows::note).first(conn);
        Ok::<_, Error>((too_long.is_err(), too_short.is_err(), as_it_is.is_ok()))
    });
    assert_eq!(read.expect("an answer"), (true, true, true));
}

/// However many hands are full: no step of the plan looks at a whole table.
async fn whom_to_ask_is_found_through_an_index(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let newcomer = people.newcomer("Jo", "jo@example.org", "");
    let request = people.ground.store.read(|conn| requests::find_waiting_of(conn, newcomer.id)).expect("read");
    let wish = request.expect("there").wish();
    crowd::fill(&people, engine, 20_000);
    for (kind, index) in [(Kind::Sponsor, "places_with_room"), (Kind::ForNow, "places_with_room_for_now")] {
        let plan = people.ground.store.read(|conn| requests::plan_of_candidates(conn, &wish, kind));
        let plan = plan.expect("a plan").join("\n");
        assert!(plan.contains(&format!("{index} ")), "{kind:?}: {plan}");
        let whole = ["SCAN", "Seq Scan", "TEMP B-TREE", "Sort"];
        assert!(!whole.iter().any(|step| plan.contains(step)), "{kind:?}: {plan}");
    }
}

/// A statement kept with its plan is planned once for all requests; planned each time it takes longer than it runs.
#[test]
fn postgres_keeps_the_plan_that_finds_whom_to_ask() {
    let Some(people) = People::new(Engine::Postgres) else { return };
    let newcomer = people.newcomer("Jo", "jo@example.org", "");
    crowd::fill(&people, Engine::Postgres, 20_000);
    let request = people.ground.store.read(|conn| requests::find_waiting_of(conn, newcomer.id)).expect("read");
    let request = request.expect("there");
    let kept = "EXISTS (SELECT FROM pg_prepared_statements
                        WHERE generic_plans > 0 AND statement LIKE '%\"places\".\"turn\"%')";
    // PostgreSQL tries five times what a plan with the values costs. The pool may give another connection meanwhile.
    let is_kept = (0..10).any(|_| {
        for _ in 0..8 {
            requests::find_fitting(&people.ground, &request, 1).expect("hands");
        }
        let kept = diesel::select(sql::<Bool>(kept));
        people.ground.store.read(|conn| kept.get_result(conn).map_err(Error::from)).expect("an answer")
    });
    assert!(is_kept);
}
