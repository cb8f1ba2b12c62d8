//! Reads what mail servers send back: reports of delivery (RFC 3464) and of complaints (ARF, RFC 5965). Pure: bytes in, a
//! kind and the marks of our own mail out; nothing else of a report is looked at or kept. Parts are found by their type,
//! never by their place, and no mail server has rules of its own here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::letter::is_within_bounds;

/// A report that nests deeper than this is none.
const DEPTH_MOST: usize = 8;
/// More marks than this no report needs; each costs a look into the database.
const MARKS_MOST: usize = 20;
/// Bytes of a local part (RFC 5321 4.5.3.1.1).
const LOCAL_MOST: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Action `failed` with a status of class 5: the mailbox takes no mail.
    Permanent,
    /// Delayed, or a failure of another class, or one that does not say.
    Temporary,
    /// It got there, or went on.
    Delivered,
    /// Somebody pressed "this is spam".
    Complaint,
}

pub struct Report {
    pub kind: Kind,
    /// Local parts at our domain that stand anywhere in it, in lower case: envelope senders and Message-IDs of our mail.
    pub marks: Vec<String>,
}

/// `None` for what is no report.
pub fn read(raw: &[u8], domain: &str) -> Option<Report> {
    let look = || {
        // Before the parser, which nests and frees as deep as the message says.
        if !is_within_bounds(raw) {
            return None;
        }
        let message = MessageParser::default().parse(raw)?;
        let kind = kind_of(&message)?;
        let mut marks = Vec::new();
        find_marks(raw, domain, &mut marks);
        collect_marks(&message, domain, 0, &mut marks);
        Some(Report { kind, marks })
    };
    // The parser has panicked on broken attachments before.
    catch_unwind(AssertUnwindSafe(look)).ok().flatten()
}

fn kind_of(message: &Message) -> Option<Kind> {
    let parts = || message.parts.iter();
    if parts().any(|part| is_type(part, "message", "feedback-report")) {
        return Some(Kind::Complaint);
    }
    if let Some(status) = parts().find(|part| is_delivery_status(part)) {
        return Some(of_status(&text_of(status)));
    }
    // A report that says nothing a machine can read.
    message.parts.first().filter(|root| is_type(root, "multipart", "report")).map(|_| Kind::Temporary)
}

fn is_delivery_status(part: &MessagePart) -> bool {
    // RFC 6533 3: the same for addresses beyond ASCII.
    is_type(part, "message", "delivery-status") || is_type(part, "message", "global-delivery-status")
}

fn is_type(part: &MessagePart, main: &str, sub: &str) -> bool {
    part.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case(main) && kind.subtype().is_some_and(|is| is.eq_ignore_ascii_case(sub))
    })
}

fn text_of(part: &MessagePart) -> String {
    String::from_utf8_lossy(part.contents()).into_owned()
}

/// RFC 3464 2.1: fields of the message, an empty line, fields of each recipient. Each mail of ours has one recipient, so
/// the worst that is said is about them.
fn of_status(fields: &str) -> Kind {
    let field = |line: &str, name: &str| {
        let (is, value) = line.split_once(':')?;
        is.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_ascii_lowercase())
    };
    let (mut has_failed, mut is_permanent, mut is_delivered) = (false, false, false);
    for line in fields.lines() {
        if let Some(action) = field(line, "action") {
            has_failed |= action.starts_with("failed");
            is_delivered |= ["delivered", "relayed", "expanded"].iter().any(|good| action.starts_with(good));
        }
        if let Some(status) = field(line, "status") {
            is_permanent |= status.starts_with("5.");
        }
    }
    match (has_failed, is_permanent) {
        (true, true) => Kind::Permanent,
        (false, _) if is_delivered => Kind::Delivered,
        _ => Kind::Temporary,
    }
}

/// What the raw bytes do not show: parts that are encoded.
fn collect_marks(message: &Message, domain: &str, depth: usize, marks: &mut Vec<String>) {
    if depth >= DEPTH_MOST {
        return;
    }
    for part in &message.parts {
        match &part.body {
            PartType::Message(inner) => collect_marks(inner, domain, depth + 1, marks),
            PartType::Multipart(_) => {}
            _ => find_marks(part.contents(), domain, marks),
        }
    }
}

/// What stands before `@domain`, wherever that is.
fn find_marks(bytes: &[u8], domain: &str, marks: &mut Vec<String>) {
    let at_domain = format!("@{domain}").to_ascii_lowercase();
    let lower = bytes.to_ascii_lowercase();
    let mut from = 0;
    while marks.len() < MARKS_MOST
        && let Some(found) = find(lower.get(from..).unwrap_or_default(), at_domain.as_bytes())
    {
        let at = from + found;
        let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let length = lower.get(..at).unwrap_or_default().iter().rev().take(LOCAL_MOST).take_while(is_local).count();
        let mark = String::from_utf8_lossy(lower.get(at - length..at).unwrap_or_default()).into_owned();
        if !mark.is_empty() && !marks.contains(&mark) {
            marks.push(mark);
        }
        from = at + at_domain.len();
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::relay::corpus;

    fn report(parts: &str) -> String {
        format!(
            "From: d@mx.example\r\nTo: v-x@relay.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nStatus: 5.0.0\r\n{parts}--b--\r\n"
        )
    }

    fn status(fields: &str) -> String {
        report(&format!(
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n{fields}\r\n"
        ))
    }

    fn kind(raw: &str) -> Option<Kind> {
        read(raw.as_bytes(), "relay.example").map(|report| report.kind)
    }

    #[test]
    fn the_class_of_the_status_decides() {
        for (fields, is) in [
            ("Action: failed\r\nStatus: 5.1.1", Kind::Permanent),
            ("Status: 5.1.1 (bad destination)\r\nACTION: Failed", Kind::Permanent),
            ("Action: failed\r\nStatus: 4.2.2", Kind::Temporary),
            ("Action: delayed\r\nStatus: 5.1.1", Kind::Temporary),
            ("Action: failed", Kind::Temporary),
            ("Action: failed\r\nStatus: 55.1", Kind::Temporary),
            ("Action: delivered\r\nStatus: 2.0.0", Kind::Delivered),
            ("Action: relayed\r\nStatus: 2.0.0", Kind::Delivered),
            ("", Kind::Temporary),
        ] {
            assert_eq!(kind(&status(fields)), Some(is), "{fields}");
        }
        assert_eq!(kind(&report("")), Some(Kind::Temporary), "the words of the text are not read");
        let spam = report("--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n");
        assert_eq!(kind(&spam), Some(Kind::Complaint));
        let bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(300_000);
        assert_eq!(kind(&format!("From: a@b.example\r\n{bomb}x")), None);
        assert_eq!(kind("From: a@b.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"), None);
    }

    #[test]
    fn marks_of_ours_are_found_in_any_part_and_encoding() {
        let inner = data_encoding::BASE64_MIME.encode(b"Return-Path: <V-abc@Relay.example>\r\n");
        let raw = report(&format!(
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nX: 1\r\n\r\nAction: failed\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\n{inner}\r\n\
             --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <m1@relay.example>\r\n\r\nx@other.example\r\n"
        ));
        let marks = read(raw.as_bytes(), "relay.example").map(|report| report.marks).unwrap_or_default();
        for mark in ["v-abc", "m1", "v-x"] {
            assert!(marks.iter().any(|is| is == mark), "{mark} in {marks:?}");
        }
        assert!(!marks.iter().any(|mark| mark == "x"));
    }

    #[test]
    fn real_reports_are_read_without_a_rule_for_any_server() {
        let Some(files) = corpus::files("sisimai-bounces") else { return };
        let read = |file| read(&std::fs::read(file).unwrap(), "relay.example").map(|report| report.kind);
        let kinds: Vec<Option<Kind>> = files.iter().map(read).collect();
        let count = |kind| kinds.iter().filter(|is| **is == kind).count();
        let (permanent, temporary, none) = (count(Some(Kind::Permanent)), count(Some(Kind::Temporary)), count(None));
        println!("{} files: {permanent} permanent, {temporary} temporary, {none} not by RFC 3464", files.len());
        assert!(permanent > files.len() / 4 && temporary > 0 && count(Some(Kind::Complaint)) > 0);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(raw in proptest::collection::vec(any::<u8>(), 0..400), fields in "([A-Za-z:. 0-9\r\n-]{0,60}){0,4}") {
            let _ = read(&raw, "relay.example");
            prop_assert!(kind(&status(&fields)).is_some());
        }
    }
}
