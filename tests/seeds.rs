//! What the fuzzer found or was given, as ordinary tests: `fuzz/seeds/TARGET/`, one file each.
#![expect(clippy::expect_used, reason = "a test stops at the first thing that is not so")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

fn each_seed(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the folder of seeds") {
        run(&fs::read(entry.expect("an entry").path()).expect("a seed"));
        count += 1;
    }
    assert!(count > 0, "no seeds of {target}");
}

#[test]
fn messages_are_read() {
    each_seed("read", targets::read);
}

#[test]
fn texts_are_scrubbed() {
    each_seed("scrub", targets::scrub);
}

#[test]
fn reports_are_read() {
    each_seed("bounces", targets::bounces);
}

#[test]
fn peers_are_answered() {
    each_seed("listener", targets::listener);
}
