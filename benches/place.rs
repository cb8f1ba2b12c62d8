//! What placing a request costs with more and more hands, four in five of them full: from the code typed to the offers and
//! their mails in the outbox, on both engines, beside one fsync of the same disk: `cargo bench --bench place`, with a million
//! hands too after `-- --long`. PostgreSQL where `TEST_POSTGRES` names a cluster: `tests/support/postgres start --durable`
//! makes one whose commits wait for the disk, and of another no fsync is taken off. A core that sleeps between two trips to
//! PostgreSQL takes longer to wake than the trip; `taskset -c 0` before both commands keeps all on one, as on a small host.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench speaks to the terminal and stops at what it cannot do"
)]
#![expect(clippy::disallowed_methods, reason = "it measures time")]
#![expect(dead_code, reason = "what tests stand on knows more than a bench needs")]

#[path = "../tests/support/crowd.rs"]
mod crowd;
#[path = "../tests/support/engine.rs"]
mod engine;
#[path = "../tests/support/people.rs"]
mod people;
#[path = "../tests/support/skip.rs"]
mod skip;
#[path = "../tests/support/tables.rs"]
mod tables;

use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use show_of_hands::members::CodeDoor;
use show_of_hands::requests::{self, Placed};

use engine::Engine;
use people::People;
use tables::Direct;

/// What the program runs with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REQUESTS: usize = 200;
/// Of the first ones, which find cold pages and plans: not counted.
const WARM_UP: usize = 20;
const HANDS: [u32; 3] = [1_000, 10_000, 100_000];
const A_MILLION: u32 = 1_000_000;

fn main() {
    let long = std::env::args().any(|argument| argument == "--long");
    let hands: Vec<u32> = HANDS.into_iter().chain(long.then_some(A_MILLION)).collect();
    let fsync = middle(&mut (0..REQUESTS).map(|_| fsync()).collect::<Vec<_>>());
    println!("{REQUESTS} requests, one after the other; one fsync of this disk: {}\n", milliseconds(fsync));
    println!("{:>10} {:>10} {:>10} {:>10} {:>16}", "engine", "hands", "p50", "p95", "p50 above fsync");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for count in &hands {
            let Some((mut took, syncs)) = place_all(engine, *count) else { break };
            let fsync = if syncs { fsync } else { Duration::ZERO };
            let p50 = middle(&mut took);
            let p95 = took.get(took.len() * 95 / 100).copied().unwrap_or_default();
            let above = milliseconds(p50.saturating_sub(fsync));
            println!(
                "{:>10} {count:>10} {:>10} {:>10} {above:>16}",
                format!("{engine:?}"),
                milliseconds(p50),
                milliseconds(p95)
            );
        }
    }
}

/// How long each took, and whether a commit waited for the disk. `None` where the engine is not to be had.
fn place_all(engine: Engine, hands: u32) -> Option<(Vec<Duration>, bool)> {
    let people = People::new(engine)?;
    let syncs = engine == Engine::Sqlite
        || Direct::to(people.database.url()).lines("SELECT current_setting('fsync') AS line") == ["on"];
    crowd::fill(&people, engine, hands);
    requests::tick(&people.ground).expect("a tick"); // what a new process does first
    let took = (0..WARM_UP + REQUESTS).map(|number| place(&people, number)).collect::<Vec<_>>();
    Some((took.into_iter().skip(WARM_UP).collect(), syncs))
}

fn place(people: &People, number: usize) -> Duration {
    let address = format!("jo{number}@mail.example");
    let draft = requests::Draft {
        first_name: people::first_name("Jo"),
        languages: if number.is_multiple_of(10) { 2 } else { 1 },
        first_language: 1,
        accepts: i64::from(number.is_multiple_of(4)),
        accepts_must: number.is_multiple_of(4),
        describes: 1,
        parts: vec![],
        note: String::new(),
        walked_with: 0,
        ok_with_medicine: false,
    };
    let draft = serde_json::to_vec(&draft).expect("a draft");
    let code = people.code(CodeDoor::Ask, &address, Some(&draft));
    let begin = Instant::now();
    let placed = requests::place(&people.ground, address.as_bytes(), &code).expect("an answer");
    let took = begin.elapsed();
    assert!(matches!(placed, Placed::In(_)), "the code is right");
    // Whoever was asked has room again: each request meets the town as the first did.
    let waiting = people.ground.store.read(requests::list_waiting).expect("the waiting");
    assert_eq!(waiting.len(), 1);
    for request in waiting {
        let offers = people.ground.store.read(|conn| requests::list_offers(conn, request.id)).expect("offers");
        assert_eq!(offers.len(), 4, "request {number}: as many as are asked at once");
        requests::withdraw(&people.ground, request.member).expect("withdrawn");
    }
    requests::tick(&people.ground).expect("a tick"); // as after every commit
    people.ground.clock.turn(TimeDelta::seconds(1));
    took
}

fn fsync() -> Duration {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(&[b'x'; 4096]).expect("written");
    let begin = Instant::now();
    File::sync_data(&file).expect("on the disk");
    begin.elapsed()
}

fn middle(took: &mut [Duration]) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1000.0)
}
