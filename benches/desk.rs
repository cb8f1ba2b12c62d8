//! What the desk's pages read with ten thousand members and two hundred people waiting, of whom half have nobody who fits, on
//! both engines, beside one fsync of the same disk: `cargo bench --bench desk`. PostgreSQL where `TEST_POSTGRES` names a
//! cluster. The bytes of the page of two hundred are a test's (`tests/journeys/desk.rs`).
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

use std::io::Write;
use std::time::{Duration, Instant};

use show_of_hands::ground::Ground;
use show_of_hands::members::CodeDoor;
use show_of_hands::outbox::transport::Health;
use show_of_hands::store::ids::MemberId;
use show_of_hands::{desk, requests, tick};

use engine::Engine;
use people::People;

/// What the program runs with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const HANDS: u32 = 10_000;
const WAITING: usize = 200;
const RUNS: usize = 21;
/// Of a language that no hand of the crowd speaks.
const RARE: i64 = 4;

type Read<'a> = &'a dyn Fn(&Ground);

fn main() {
    let fsync = middle((0..RUNS).map(|_| fsync()).collect());
    println!("{HANDS} hands, {WAITING} people waiting, middle of {RUNS}; one fsync of this disk: {}\n", shown(fsync));
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(people) = People::new(engine) else { continue };
        crowd::fill(&people, engine, HANDS);
        (0..WAITING).for_each(|number| waits(&people, number));
        tick::pass(&people.ground);
        let reader = MemberId::from_bytes([0; 16]);
        let pages: [(&str, Read<'_>); 3] = [
            ("the queue", &|ground| {
                let all = desk::overview(ground, &Health::default(), reader).expect("the queue");
                assert_eq!(all.waiting.len(), WAITING);
            }),
            ("all hands", &|ground| assert!(!desk::list_hands(ground).expect("the hands").up.is_empty())),
            ("the numbers", &|ground| assert!(desk::numbers(ground).expect("numbers").waiting.is_some())),
        ];
        for (name, read) in pages {
            let took = middle((0..RUNS).map(|_| timed(|| read(&people.ground))).collect());
            println!("{:>10} {name:>12} {:>10} {:>8.0} fsyncs", format!("{engine:?}"), shown(took), ratio(took, fsync));
        }
    }
}

fn waits(people: &People, number: usize) {
    let address = format!("jo{number}@mail.example");
    let draft = requests::Draft {
        first_name: people::first_name("Jo"),
        languages: if number.is_multiple_of(2) { RARE } else { 1 },
        first_language: 1,
        accepts: 0,
        accepts_must: false,
        describes: 1,
        parts: vec![],
        note: String::new(),
        walked_with: 0,
        ok_with_medicine: false,
    };
    let draft = serde_json::to_vec(&draft).expect("a draft");
    let code = people.code(CodeDoor::Ask, &address, Some(&draft));
    requests::place(&people.ground, address.as_bytes(), &code).expect("placed");
}

fn fsync() -> Duration {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(&[b'x'; 4096]).expect("written");
    timed(|| file.sync_data().expect("on the disk"))
}

fn timed(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn middle(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

fn ratio(took: Duration, of: Duration) -> f64 {
    took.as_secs_f64() / of.as_secs_f64()
}

fn shown(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1000.0)
}
