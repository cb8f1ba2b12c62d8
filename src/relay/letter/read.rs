//! First step: turns the bytes of a message into decoded text and a few facts. It survives any bytes, keeps no part
//! but text, and remembers attachments by kind and number only. The raw message is the caller's and is not kept here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::auto::{Machine, is_auto};
use super::body::{Body, body, is_attachment, is_plain_text, plain_lines};
use super::charsets::with_known_names;
use super::heads::{answers, from_name, mailboxes, without_reply_marks};
use super::{Dropped, Incoming, Origin};

/// Bytes; the door takes 10 MiB, and servers on the way add a little.
const MESSAGE_MOST: usize = 11 * 1024 * 1024;
const PARTS_MOST: usize = 50;
const DEPTH_MOST: usize = 10;
/// Bytes.
const HEADER_MOST: usize = 256 * 1024;
/// RFC 9580 6.2.1
const PGP_MESSAGE: &str = "-----BEGIN PGP MESSAGE-----";
/// A letter passes 3 to 10 servers; one that passed more than this goes round.
const RECEIVED_MOST: usize = 30;
/// More of these lines than this is no letter; the parser nests and frees as deep as they go.
const CONTENT_TYPES_MOST: usize = 200;
/// Lines that may begin a part; each that does costs memory before parts can be counted.
const DASHED_MOST: usize = 4_000;

/// Why a message cannot be passed on. Each is something its writer can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("encrypted, so it cannot be checked")]
    Encrypted,
    #[error("too many parts, or parts too deep in each other")]
    TooManyParts,
    #[error("header or text too long")]
    TooLarge,
    #[error("not a mail message")]
    Malformed,
}

pub fn read(raw: &[u8]) -> Result<Incoming, Unreadable> {
    check_outline(raw)?;
    // The parser has panicked on broken attachments before; a letter must not end the process.
    catch_unwind(AssertUnwindSafe(|| read_checked(raw))).unwrap_or(Err(Unreadable::Malformed))
}

/// Whether a machine wrote it or it goes round, by the headers alone, so that it is known of what cannot be read too. An
/// empty MAIL FROM is the same sign, seen by the caller.
pub fn machine_mail(raw: &[u8]) -> Option<Machine> {
    let look = || {
        check_header(raw).ok()?;
        let message = MessageParser::default().parse_headers(raw)?;
        if is_auto(&message, message.subject().unwrap_or_default()) {
            return Some(Machine::Auto);
        }
        (received_count(&message) > RECEIVED_MOST).then_some(Machine::Loop)
    };
    catch_unwind(AssertUnwindSafe(look)).ok().flatten()
}

fn received_count(message: &Message) -> usize {
    message.headers().iter().filter(|h| h.name().eq_ignore_ascii_case("received")).count()
}

/// For text written on a page: it has no headers, and its writer is known from the session.
pub fn from_page(text: &str, numbers_pass: bool) -> Incoming {
    Incoming {
        from_name: None,
        answers: Vec::new(),
        recipients: Vec::new(),
        subject: String::new(),
        text: plain_lines(text),
        dropped: Dropped::default(),
        signature_cut: false,
        origin: Origin::Page { numbers_pass },
    }
}

/// Whether the parser may see these bytes: it nests and frees as deep as they go.
pub fn is_within_bounds(raw: &[u8]) -> bool {
    check_outline(raw).is_ok()
}

fn check_header(raw: &[u8]) -> Result<(), Unreadable> {
    let is_end = |at: &usize| matches!(raw[*at + 1..], [b'\n', ..] | [b'\r', b'\n', ..]);
    let end = memchr::memchr_iter(b'\n', raw).find(is_end).unwrap_or(raw.len());
    if end > HEADER_MOST { Err(Unreadable::TooLarge) } else { Ok(()) }
}

/// Bounds that must hold before the parser sees the bytes.
fn check_outline(raw: &[u8]) -> Result<(), Unreadable> {
    if raw.len() > MESSAGE_MOST {
        return Err(Unreadable::TooLarge);
    }
    check_header(raw)?;
    let is_content_type = |rest: &[u8]| rest.get(..12).is_some_and(|name| name.eq_ignore_ascii_case(b"content-type"));
    let is_dashed = |rest: &[u8]| matches!(rest, [b'-', b'-', next, ..] if !matches!(next, b'\n' | b'\r'));
    let (mut types, mut dashes) = (0, 0);
    for start in std::iter::once(0).chain(memchr::memchr2_iter(b'\n', b'\r', raw).map(|at| at + 1)) {
        types += usize::from(is_content_type(&raw[start..]));
        dashes += usize::from(is_dashed(&raw[start..]));
    }
    if types > CONTENT_TYPES_MOST || dashes > DASHED_MOST { Err(Unreadable::TooManyParts) } else { Ok(()) }
}

fn read_checked(raw: &[u8]) -> Result<Incoming, Unreadable> {
    let raw = with_known_names(raw);
    let message = MessageParser::default().parse(raw.as_ref()).ok_or(Unreadable::Malformed)?;
    if message.headers().is_empty() {
        return Err(Unreadable::Malformed);
    }
    if message.parts.len() > PARTS_MOST || depth(&message, 0, 0) > DEPTH_MOST {
        return Err(Unreadable::TooManyParts);
    }
    if message.parts.iter().any(is_encrypted) {
        return Err(Unreadable::Encrypted);
    }
    let Body { text, signature_cut, files } = body(&message)?;
    let has_armour = text.lines().any(|line| line.trim_start_matches(['>', ' ']).starts_with(PGP_MESSAGE));
    if has_armour || (text.is_empty() && message.parts.iter().any(|p| p.contents().starts_with(PGP_MESSAGE.as_bytes())))
    {
        return Err(Unreadable::Encrypted);
    }
    let subject = without_reply_marks(message.subject().unwrap_or_default());
    let from_name = from_name(&message);
    Ok(Incoming {
        from_name,
        answers: answers(&message),
        recipients: mailboxes(&message, &["to", "cc"]),
        subject,
        text,
        dropped: dropped(&message, files),
        signature_cut,
        origin: Origin::Mail,
    })
}

/// How deep parts stand in each other, counting from `part`; stops early where it is too deep anyway.
fn depth(message: &Message, part: usize, above: usize) -> usize {
    if above > DEPTH_MOST {
        return above;
    }
    match message.parts.get(part).map(|p| &p.body) {
        Some(PartType::Multipart(inner)) => {
            let ids = inner.iter().map(|id| usize::try_from(*id).unwrap_or(0)).filter(|id| *id > part);
            ids.map(|id| depth(message, id, above + 1)).max().unwrap_or(above + 1)
        }
        Some(PartType::Message(inner)) => depth(inner, 0, above + 1),
        _ => above,
    }
}

/// RFC 1847 2.2, RFC 8551 3.3: without the key nothing in it can be checked. Only the inside of
/// `smime-type=signed-data` is readable, and not by us. Some programs say no more than the file's name (RFC 8551 3.2.1).
fn is_encrypted(part: &MessagePart) -> bool {
    let is_named = part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(".p7m"));
    is_named
        || kind(part).is_some_and(|(main, sub)| match main.as_str() {
            "multipart" => sub == "encrypted",
            "application" => matches!(sub.as_str(), "pkcs7-mime" | "x-pkcs7-mime" | "pgp-encrypted"),
            _ => false,
        })
}

pub(super) fn kind(part: &MessagePart) -> Option<(String, String)> {
    let content_type = part.content_type()?;
    Some((content_type.ctype().to_lowercase(), content_type.subtype().unwrap_or_default().to_lowercase()))
}

/// Signatures and keys are no loss and are not counted.
fn dropped(message: &Message, files: u16) -> Dropped {
    let mut dropped = Dropped { others: files, ..Dropped::default() };
    for (at, part) in message.parts.iter().enumerate() {
        let (main, sub) = kind(part).unwrap_or_default();
        let count = match (&part.body, main.as_str(), sub.as_str()) {
            (PartType::Multipart(_), ..) => continue,
            (PartType::Html(_), ..) if !is_attachment(part, false) => continue,
            _ if is_plain_text(part, at == 0) => continue,
            (_, "application", "pkcs7-signature" | "x-pkcs7-signature" | "pgp-signature" | "pgp-keys") => continue,
            (_, "image", _) => &mut dropped.pictures,
            (_, "text", _) => &mut dropped.documents,
            (_, "application", sub) if sub != "octet-stream" && sub != "ms-tnef" => &mut dropped.documents,
            _ => &mut dropped.others,
        };
        *count = count.saturating_add(1);
    }
    dropped
}
