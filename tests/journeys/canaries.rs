//! Strings that nobody else has, sent through a whole journey with the log at its loudest: they are in no log line and in
//! no byte of the database file.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use show_of_hands::telemetry;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::skip::skip;
use crate::support::smtp::MailProgram;
use crate::support::{Newcomer, Sponsor, TestApp};

on_both_engines!(nothing_personal_is_logged_or_left_in_the_file);

/// Never logged, never in the file.
const NOWHERE: [&str; 8] = [
    "canary.jo@birdmail.example",
    "canary.ray@birdpost.example",
    "Finchsurname",
    "Wrensurname",
    "canarybody-of-jo",
    "canaryhello-of-ray",
    "canarynote-of-jo",
    "212-555-0199",
];
/// Stored, or said by a browser; never logged.
const NOT_IN_LOGS: [&str; 5] = ["Jocanary", "Raycanary", "CanaryBrowser/1.0", "203.0.113.77", "canarysubject"];

async fn nothing_personal_is_logged_or_left_in_the_file(engine: Engine) {
    let log = Log::default();
    let lines =
        fmt::layer().with_writer(log.clone()).with_ansi(false).with_filter(telemetry::filter(LevelFilter::TRACE));
    if tracing_subscriber::registry().with(lines).try_init().is_err() {
        // Under plain `cargo test` the tests of one binary share a process, and its one subscriber is another's.
        skip("another test of this process listens to the log");
        return;
    }
    let Some(app) = TestApp::start(engine).await else { return };
    tracing::info!(target: "show_of_hands", "positive-control");

    let mut ray_program = MailProgram::new("Raycanary Wrensurname", "canary.ray@birdpost.example");
    let mut jo_program = MailProgram::new("Jocanary Finchsurname", "canary.jo@birdmail.example");
    for program in [&mut ray_program, &mut jo_program] {
        program.signature.push_str("\nHome: 212-555-0199");
    }
    let mut ray = Sponsor::raises_as(&app, "Raycanary", ray_program).await;
    let mut jo = Newcomer { browser: app.browser(), program: jo_program };
    for (header, value) in [("user-agent", "CanaryBrowser/1.0"), ("x-forwarded-for", "203.0.113.77")] {
        jo.browser.says(header, value);
    }
    jo.sends_request(&app, "Jocanary", &[("note", "canarynote-of-jo")]).await;
    jo.types_code(&app).await.says("Your request is in, Jocanary");
    app.settle().await;
    ray.says_yes(&app, Some("canaryhello-of-ray")).await.says("canarynote-of-jo");
    jo.writes(&app, "canarybody-of-jo").await;
    let alias = jo.newest_letter(&app).sender_address();
    let raw = jo.program.letter(&jo.program.address, &alias, "canarysubject", "canarybody-of-jo once more");
    jo.program.send(&app, &jo.program.address, &alias, &raw).await;
    // Trouble speaks the loudest: a stranger, a name server that fails, pages that are not there, forms that are wrong.
    jo.program.send(&app, "canary.jo@birdmail.example.invalid", &alias, &raw).await;
    app.dns.set_failing(true);
    jo.program.send(&app, &jo.program.address, &alias, &raw).await;
    app.dns.set_failing(false);
    jo.browser.visit("/canarybody-of-jo/Finchsurname?canarynote-of-jo").await;
    jo.browser.visit("/ask/name").await;
    jo.browser.fill_and_press(&[("name", "Finchsurname\r\ncanarybody-of-jo")]).await;
    jo.signs_in(&app).await;
    app.settle().await;
    assert!(ray.newest_letter(&app).text.contains("canarysubject"), "the journey itself went through");

    let log = log.text();
    assert!(log.contains("positive-control") && log.contains("answered"), "the log itself is empty");
    for canary in NOWHERE.into_iter().chain(NOT_IN_LOGS) {
        assert!(!log.to_lowercase().contains(&canary.to_lowercase()), "{canary} is in the log");
    }
    for code in app.sink.mails().iter().filter(|mail| mail.subject.ends_with("is your code")) {
        assert!(!log.contains(&code.code()), "a code is in the log");
    }
    if let Some(path) = app.database_url().strip_prefix("sqlite:") {
        let files = ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{path}{end}")));
        let bytes: Vec<u8> = files.iter().filter_map(|file| std::fs::read(file).ok()).flatten().collect();
        assert!(holds(&bytes, "Jocanary"), "the check itself finds nothing");
        for canary in NOWHERE {
            assert!(!holds(&bytes, canary), "{canary} is in the database file");
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
