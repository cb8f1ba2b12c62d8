//! How a test says that it could not run.

use std::io::Write;

/// Prints what was skipped and why, and tells `tests/run`, which counts it as skipped and not as passed.
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "tests/run tells the tests by variables")]
pub fn skip(what: &str, why: &str) {
    println!("skipped: {what}: {why}");
    if let Ok(path) = std::env::var("TEST_SKIPS") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).expect("the file of skips");
        // One write of one short line: tests append at the same time.
        file.write_all(format!("{what}: {why}\n").as_bytes()).expect("the file of skips");
    }
}
