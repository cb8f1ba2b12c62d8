//! How a test says that it could not run.

use std::io::Write;

/// Says on standard error which test was skipped and why, past the runner's capture, so that plain `cargo test`
/// shows it too; and tells `tests/run`, which counts it as skipped and not as passed.
#[expect(clippy::disallowed_methods, reason = "tests/run tells the tests by variables")]
pub fn skip(why: &str) {
    // The runner names each test's thread after the test.
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    writeln!(std::io::stderr(), "skipped {test}: {why}").expect("standard error");
    if let Ok(path) = std::env::var("TEST_SKIPS") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).expect("the file of skips");
        // One write of one short line: tests append at the same time.
        file.write_all(format!("{why}\n").as_bytes()).expect("the file of skips");
    }
}
