//! Reads what mail servers send back: reports of delivery (RFC 3464) and of complaints (ARF, RFC 5965). Pure: bytes in, a
//! kind and the marks of our own mail out; nothing else of a report is looked at or kept. Parts are found by their type,
//! never by their place, and no mail server has rules of its own here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

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
        let message = MessageParser::default().parse(raw)?;
        let kind = kind_of(&message, 0)?;
        let mut marks = Vec::new();
        collect_marks(&message, domain, 0, &mut marks);
        Some(Report { kind, marks })
    };
    // The parser has panicked on broken attachments before.
    catch_unwind(AssertUnwindSafe(look)).ok().flatten()
}

fn kind_of(message: &Message, depth: usize) -> Option<Kind> {
    let parts = || message.parts.iter().filter(|part| depth < DEPTH_MOST && part.content_type().is_some());
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

fn collect_marks(message: &Message, domain: &str, depth: usize, marks: &mut Vec<String>) {
    if depth >= DEPTH_MOST {
        return;
    }
    find_marks(&message.raw_message, domain, marks);
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
    while let Some(found) = find(lower.get(from..).unwrap_or_default(), at_domain.as_bytes()) {
        let at = from + found;
        let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let length = lower.get(..at).unwrap_or_default().iter().rev().take(LOCAL_MOST).take_while(is_local).count();
        let mark = String::from_utf8_lossy(lower.get(at - length..at).unwrap_or_default()).into_owned();
        if !mark.is_empty() && !marks.contains(&mark) && marks.len() < MARKS_MOST {
            marks.push(mark);
        }
        from = at + at_domain.len();
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
