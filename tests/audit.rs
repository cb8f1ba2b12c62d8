//! The record of what the desk did: acts are in it, what is done to its rows behind its back shows, on both engines; and the
//! commands that tell who hosts this.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not there")]

#[path = "support/engine.rs"]
mod engine;
#[path = "support/people.rs"]
#[expect(dead_code, reason = "each file of tests uses some of it")]
mod people;
#[path = "support/skip.rs"]
mod skip;
#[path = "support/tables.rs"]
#[expect(dead_code, reason = "each file of tests uses some of it")]
mod tables;

use std::process::{Command, Output};

use diesel::connection::SimpleConnection;
use engine::Engine;
use people::People;
use show_of_hands::audit::{self, Act, Broken, Done, Entry, Head, KeptHead};
use show_of_hands::members::{self, CodeDoor, InvitationKind};
use show_of_hands::privacy::{self, Erased};
use show_of_hands::store::Error;
use show_of_hands::store::ids::MemberId;
use tables::Direct;

on_both_engines!(
    an_untouched_chain_holds,
    an_edit_shows,
    a_deletion_in_the_middle_shows,
    another_order_shows,
    a_cut_end_shows_against_a_head_that_was_kept,
    rows_are_neither_changed_nor_deleted,
    who_invites_and_who_leaves_is_recorded,
    the_command_says_what_holds_and_what_does_not,
    the_doctor_says_what_needs_the_host,
);

fn record(people: &People, act: Act, actor: u8) {
    let ground = &people.ground;
    let entry = Entry { act, actor: Some(MemberId::from_bytes([actor; 16])), subject: None };
    ground.store.write_tx(|tx| audit::record(tx, &ground.vault, ground.now(), entry)).expect("recorded");
}

/// Six acts of two people.
fn with_six(engine: Engine) -> Option<People> {
    let people = People::new(engine)?;
    for n in 0..6 {
        record(&people, if n % 2 == 0 { Act::SignedInAtDesk } else { Act::Invited }, n % 2);
    }
    Some(people)
}

fn verify(people: &People) -> Result<Option<Head>, Broken> {
    people.ground.store.read(|conn| audit::verify(conn, &people.ground.vault)).expect("an answer")
}

fn against(people: &People, kept: &str) -> Result<Option<Head>, Broken> {
    let kept: KeptHead = kept.parse().expect("a head");
    people.ground.store.read(|conn| audit::verify_against(conn, &people.ground.vault, &kept)).expect("an answer")
}

fn head(people: &People) -> Head {
    people.ground.store.read(audit::head).expect("an answer").expect("a head")
}

/// Somebody with a way past the guards of the table.
fn tamper(people: &People, sql: &str) {
    let mut direct = Direct::to(people.database.url());
    match &direct {
        Direct::Sqlite(_) => direct.run("DROP TRIGGER audit_stays; DROP TRIGGER audit_keeps"),
        Direct::Postgres(_) => direct.run("ALTER TABLE audit DISABLE TRIGGER USER"),
    }
    direct.run(sql);
}

async fn an_untouched_chain_holds(engine: Engine) {
    let Some(empty) = People::new(engine) else { return };
    assert_eq!(verify(&empty), Ok(None));
    assert_eq!(against(&empty, "1:0000000000000000"), Err(Broken::Cut { number: 1 }));
    let Some(people) = with_six(engine) else { return };
    let all = head(&people);
    assert_eq!((verify(&people), all.number), (Ok(Some(all)), 6));
    assert_eq!(against(&people, &all.short()), Ok(Some(all)));
    record(&people, Act::Suggested, 1);
    assert_eq!(against(&people, &all.to_string()), Ok(Some(head(&people))), "it has grown since");
}

async fn an_edit_shows(engine: Engine) {
    for edit in ["what = 'invited'", "at = at + 60", "actor = subject", "subject = mac"] {
        let Some(people) = with_six(engine) else { return };
        tamper(&people, &format!("UPDATE audit SET {edit} WHERE number = 3"));
        assert_eq!(verify(&people), Err(Broken::Changed { number: 3 }), "{edit}");
    }
}

async fn a_deletion_in_the_middle_shows(engine: Engine) {
    let Some(people) = with_six(engine) else { return };
    tamper(&people, "DELETE FROM audit WHERE number = 3");
    assert_eq!(verify(&people), Err(Broken::Gap { before: 4 }));
    // Closing the gap does not help.
    let close = [4, 5, 6].map(|number| format!("UPDATE audit SET number = {number} - 1 WHERE number = {number}"));
    Direct::to(people.database.url()).run(&close.join(";"));
    assert_eq!(verify(&people), Err(Broken::Changed { number: 3 }));
}

async fn another_order_shows(engine: Engine) {
    let Some(people) = with_six(engine) else { return };
    let swap = ["number = 100 WHERE number = 2", "number = 2 WHERE number = 3", "number = 3 WHERE number = 100"];
    tamper(&people, &swap.map(|set| format!("UPDATE audit SET {set}")).join(";"));
    assert_eq!(verify(&people), Err(Broken::Changed { number: 2 }));
}

async fn a_cut_end_shows_against_a_head_that_was_kept(engine: Engine) {
    let Some(people) = with_six(engine) else { return };
    let kept = head(&people).short();
    tamper(&people, "DELETE FROM audit WHERE number > 4");
    assert!(verify(&people).is_ok(), "what is left is whole in itself");
    assert_eq!(against(&people, &kept), Err(Broken::Cut { number: 6 }));
    record(&people, Act::TookDuty, 1);
    record(&people, Act::TookDuty, 1);
    assert!(verify(&people).is_ok());
    assert_eq!(against(&people, &kept), Err(Broken::Another { number: 6 }), "grown again, otherwise");
}

async fn rows_are_neither_changed_nor_deleted(engine: Engine) {
    let Some(people) = with_six(engine) else { return };
    for sql in ["UPDATE audit SET at = 0", "UPDATE audit SET mac = mac WHERE number = 6", "DELETE FROM audit"] {
        let refused = match Direct::to(people.database.url()) {
            Direct::Sqlite(mut c) => c.batch_execute(sql),
            Direct::Postgres(mut c) => c.batch_execute(sql),
        };
        let said = refused.expect_err("it only grows").to_string();
        assert!(said.contains("the audit only grows"), "{sql}: {said}");
    }
    assert_eq!(verify(&people), Ok(Some(head(&people))));
}

async fn who_invites_and_who_leaves_is_recorded(engine: Engine) {
    const JO: &str = "jo@example.org";
    let Some(people) = People::new(engine) else { return };
    let ground = &people.ground;
    let jo = people.newcomer("Jo", JO, "");
    members::invite(ground, InvitationKind::Sponsor, Some(jo.id)).expect("an invitation");
    members::invite(ground, InvitationKind::Coordinator, None).expect("an invitation");
    let code = people.code(CodeDoor::Leave, JO, None);
    let erased = privacy::erase(ground, jo.id, JO.as_bytes(), &code).expect("an answer");
    assert_eq!(erased, Erased::Gone);

    let mut done = ground.store.read(|conn| audit::list_newest(conn, 10)).expect("the newest");
    done.reverse();
    let said: Vec<_> = done.iter().map(|Done { act, actor, subject, .. }| (*act, *actor, *subject)).collect();
    let expected = [
        (Act::Invited, Some(jo.id), None),
        (Act::Invited, None, None),
        (Act::ErasedMember, None, Some(*jo.id.bytes())),
    ];
    assert_eq!(said, expected);
    assert!(done.iter().all(|done| done.at.0 % 60 == 0), "to the minute");
    assert_eq!(verify(&people), Ok(Some(head(&people))));
    let failed: Result<(), Error> = ground.store.write_tx(|tx| {
        let entry = Entry { act: Act::Invited, actor: None, subject: None };
        audit::record(tx, &ground.vault, ground.now(), entry)?;
        Err(Error::Bug("the act itself failed"))
    });
    assert!(failed.is_err() && head(&people).number == 3, "what was not done is not recorded");
}

async fn the_command_says_what_holds_and_what_does_not(engine: Engine) {
    let Some(people) = with_six(engine) else { return };
    let kept = head(&people);
    assert_eq!(said(&command(&people, &[])), (Some(0), format!("Rows: 6. Every one holds.\nHead: {kept}")));
    assert_eq!(said(&command(&people, &["--head", &kept.short()])).0, Some(0));
    let (code, text) = said(&command(&people, &["--head", "7:0000000000000000"]));
    assert_eq!(
        (code, text.as_str()),
        (Some(1), "The record does not hold: the end was cut: row 7 was written and is not there.")
    );
    assert_eq!(command(&people, &["--head", "six"]).status.code(), Some(2));
    tamper(&people, "UPDATE audit SET at = 0 WHERE number = 2");
    let (code, text) = said(&command(&people, &[]));
    assert_eq!(code, Some(1));
    assert_eq!(text, "The record does not hold: row 2, or one before it, is not as it was written.");
}

async fn the_doctor_says_what_needs_the_host(engine: Engine) {
    let Some(people) = with_six(engine) else { return };
    let (code, text) = said(&run(&people, &["doctor"], &[]));
    assert_eq!(code, Some(1));
    for line in [
        "fine   Settings, keys and tables fit each other.",
        "needs  Mail leaves unsigned, and many will refuse it: run `show-of-hands keys dkim`.",
        "needs  Nobody is mailed when something needs you: set `operator` to your address.",
        "fine   No mail is stuck.",
        "needs  Nobody is at the desk: run `show-of-hands invite coordinator`.",
        "fine   Every open case has a coordinator.",
        "fine   The record of the desk holds.",
    ] {
        assert!(text.lines().any(|said| said == line), "{line} in {text}");
    }
    assert!(text.contains("The numbers to call were "));
    tamper(&people, "UPDATE audit SET at = 0 WHERE number = 2");
    let (_, text) = said(&run(&people, &["doctor"], &["--operator", "host@n.example"]));
    assert!(text.contains("fine   You are mailed when something needs you."), "{text}");
    assert!(text.contains("needs  The record of the desk does not hold"), "{text}");
    assert!(!text.contains("host@n.example"), "no address on a screen");
}

fn command(people: &People, more: &[&str]) -> Output {
    run(people, &["audit", "verify"], more)
}

fn run(people: &People, command: &[&str], more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_show-of-hands"))
        .args(command)
        .args(["--database", people.database.url(), "--keys"])
        .arg(people.keys())
        .args([
            "--public-url",
            "http://127.0.0.1:1",
            "--mail-domain",
            "hands.example",
            "--smarthost",
            "smtp://127.0.0.1:1",
        ])
        .args(more)
        .output()
        .expect("the command runs")
}

fn said(output: &Output) -> (Option<i32>, String) {
    let told = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    assert!(!told.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), told)
}
