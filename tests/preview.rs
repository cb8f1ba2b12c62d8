//! `relay preview` as an operator runs it: the binary, its exit codes, its files.
#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn preview(more: &[&str], message: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_show-of-hands"))
        .args(["relay", "preview", "--domain", "relay.example"])
        .args(["--from", "Alice=alice@a.example", "--to", "Bob=bob@b.example"])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(message.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

const LETTER: &str = "From: Alice Liddell <alice@a.example>\r\nTo: bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example\r\n\
    Subject: tea\r\n\r\nMine is alice@a.example, it was al@old.example, yours is bob@b.example. Alice Liddell\r\n";

#[test]
fn a_letter_is_shown_with_its_envelope_and_twice_the_same() {
    let flags = ["--alias-from", "first", "--alias-to", "second", "--former-from", "al@old.example"];
    let first = preview(&flags, LETTER);
    assert_eq!(said(&first), (Some(0), String::new()));
    let text = String::from_utf8(first.stdout.clone()).unwrap();
    let mut lines = text.split("\r\n");
    assert!(lines.next().unwrap().starts_with("MAIL FROM:<v-"));
    assert_eq!(lines.next(), Some("RCPT TO:<bob@b.example>"));
    assert_eq!(lines.next(), Some(""));
    assert_eq!(lines.next(), Some("From: \"Alice\" <first@relay.example>"));
    assert_eq!(lines.next(), Some("To: <second@relay.example>"));
    assert_eq!(lines.next(), Some("Subject: river: new message"));
    let text = text.replace("=\r\n", "");
    assert!(text.contains("Mine is [left out], it was [left out], yours is [left out]. Alice\r\n"), "{text}");
    let message = text.split_once("\r\n\r\n").unwrap().1;
    for token in ["alice@", "bob@", "old.example", "Liddell"] {
        assert!(!message.contains(token), "{token}");
    }
    assert_eq!(preview(&flags, LETTER).stdout, first.stdout);
}

#[test]
fn what_does_not_go_has_a_code_on_standard_error() {
    let with = |header: &str| format!("{header}\r\n{LETTER}");
    for (message, code, said_is) in [
        (with("Auto-Submitted: auto-replied"), 4, "kept: auto"),
        (with("Received: from x\r\n".repeat(31).trim_end()), 4, "kept: loop"),
        ("From: alice@a.example\r\n\r\nstop\r\n".to_owned(), 4, "kept: stop"),
        (with("Content-Type: application/pkcs7-mime"), 3, "refused: encrypted"),
        ("From: alice@a.example\r\n\r\n".to_owned(), 3, "refused: empty"),
        (String::new(), 3, "refused: malformed"),
    ] {
        assert_eq!(said(&preview(&[], &message)), (Some(code), said_is.to_owned()), "{message}");
    }
    assert_eq!(said(&preview(&["--mail-from", ""], LETTER)), (Some(4), "kept: bounce".to_owned()));
    assert_eq!(preview(&["--from", "nobody"], LETTER).status.code(), Some(2));
}

#[test]
fn with_a_verdict_the_rule_of_the_door_holds() {
    let two_from = format!("From: bob@b.example\r\n{LETTER}");
    let from_bob = LETTER.replace("From: Alice Liddell <alice@a.example>", "From: bob@b.example");
    let refused = (Some(3), "refused: not-the-writer".to_owned());
    for (flags, message, expected) in [
        (vec!["--auth", "pass"], LETTER, (Some(0), String::new())),
        (vec!["--auth", "pass", "--mail-from", "prvs=1=Alice@A.example"], LETTER, (Some(0), String::new())),
        (vec!["--auth", "pass", "--mail-from", "eve@e.example"], LETTER, refused.clone()),
        (vec!["--auth", "pass", "--client-ip", "192.0.2.1", "--helo", "h.example"], two_from.as_str(), refused.clone()),
        (
            vec!["--auth", "pass", "--mail-from", "bob@b.example"],
            from_bob.as_str(),
            (Some(4), "kept: own-copy".to_owned()),
        ),
        (vec!["--auth", "fail"], LETTER, refused.clone()),
        (vec!["--auth", "none"], LETTER, refused.clone()),
    ] {
        assert_eq!(said(&preview(&flags, message)), expected, "{flags:?}");
    }
}

#[test]
fn a_folder_of_messages_becomes_a_folder_of_results() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir_all(from.join("deep")).unwrap();
    fs::write(from.join("a.eml"), LETTER).unwrap();
    fs::write(from.join("deep/b"), "From: alice@a.example\r\n\r\n").unwrap();
    fs::write(from.join("deep/c.eml"), format!("Precedence: bulk\r\n{LETTER}")).unwrap();
    let done = preview(&["--each", from.to_str().unwrap(), "--out", to.to_str().unwrap()], "");
    assert_eq!(said(&done), (Some(0), String::new()));
    let last = String::from_utf8(done.stdout).unwrap();
    assert!(last.starts_with("3 files, 1 sent, 1 refused, 1 kept, "), "{last}");
    assert!(fs::read_to_string(to.join("a.eml.out")).unwrap().starts_with("MAIL FROM:<v-"));
    assert_eq!(fs::read_to_string(to.join("deep/b.refused")).unwrap(), "refused: empty\n");
    assert_eq!(fs::read_to_string(to.join("deep/c.eml.kept")).unwrap(), "kept: auto\n");
}
