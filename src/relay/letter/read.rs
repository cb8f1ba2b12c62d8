//! First step: turns the bytes of a message into decoded text and a few facts. It survives any bytes, keeps no part
//! but text, and remembers attachments by kind and number only. The raw message is the caller's and is not kept here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::auto::{Machine, is_auto};
use super::html;
use super::{Dropped, Incoming, Origin};

const PARTS_MOST: usize = 50;
const DEPTH_MOST: usize = 10;
/// Bytes.
const HEADER_MOST: usize = 256 * 1024;
/// Bytes, decoded.
const TEXT_MOST: usize = 256 * 1024;
/// Bytes of HTML source: style sheets and tables make it several times as long as its text.
const HTML_MOST: usize = 1024 * 1024;
/// A letter passes 3 to 10 servers; one that passed more than this goes round.
const RECEIVED_MOST: usize = 30;
/// More of these lines than this is no letter; the parser nests and frees as deep as they go.
const CONTENT_TYPES_MOST: usize = 200;

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
        check_outline(raw).ok()?;
        let message = MessageParser::default().parse_headers(raw)?;
        let subject = without_reply_marks(message.subject().unwrap_or_default());
        if is_auto(&message, &subject) {
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

/// Bounds that must hold before the parser sees the bytes.
fn check_outline(raw: &[u8]) -> Result<(), Unreadable> {
    let header_end = [&b"\n\r\n"[..], b"\n\n"].iter().filter_map(|end| find(raw, end)).min().unwrap_or(raw.len());
    if header_end > HEADER_MOST {
        return Err(Unreadable::TooLarge);
    }
    let is_content_type = |line: &&[u8]| line.get(..12).is_some_and(|name| name.eq_ignore_ascii_case(b"content-type"));
    if raw.split(|b| matches!(b, b'\n' | b'\r')).filter(is_content_type).count() > CONTENT_TYPES_MOST {
        return Err(Unreadable::TooManyParts);
    }
    Ok(())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn read_checked(raw: &[u8]) -> Result<Incoming, Unreadable> {
    let message = MessageParser::default().parse(raw).ok_or(Unreadable::Malformed)?;
    if message.headers().is_empty() {
        return Err(Unreadable::Malformed);
    }
    if message.parts.len() > PARTS_MOST || depth(&message, 0, 0) > DEPTH_MOST {
        return Err(Unreadable::TooManyParts);
    }
    if message.parts.iter().any(is_encrypted) {
        return Err(Unreadable::Encrypted);
    }
    let (text, signature_cut) = body(&message)?;
    if text.contains("-----BEGIN PGP MESSAGE-----") {
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
        dropped: dropped(&message),
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
/// `smime-type=signed-data` is readable, and not by us.
fn is_encrypted(part: &MessagePart) -> bool {
    kind(part).is_some_and(|(main, sub)| match main.as_str() {
        "multipart" => sub == "encrypted",
        "application" => matches!(sub.as_str(), "pkcs7-mime" | "x-pkcs7-mime" | "pgp-encrypted"),
        _ => false,
    })
}

pub(super) fn kind(part: &MessagePart) -> Option<(String, String)> {
    let content_type = part.content_type()?;
    Some((content_type.ctype().to_lowercase(), content_type.subtype().unwrap_or_default().to_lowercase()))
}

fn is_attachment(part: &MessagePart) -> bool {
    part.content_disposition().is_some_and(|d| !d.is_inline()) || part.attachment_name().is_some()
}

/// The text to read, and whether an HTML signature was left out of it.
fn body(message: &Message) -> Result<(String, bool), Unreadable> {
    let mut plain = String::new();
    for part in message.parts.iter().filter(|p| is_plain_text(p)) {
        push_text(&mut plain, &unflowed(part))?;
    }
    if plain.chars().any(is_visible) {
        return Ok((plain_lines(&plain), false));
    }
    let mut text = String::new();
    let mut signature_cut = false;
    for part in &message.parts {
        if let PartType::Html(source) = &part.body
            && !is_attachment(part)
        {
            if source.len() > HTML_MOST {
                return Err(Unreadable::TooLarge);
            }
            let page = html::to_text(source).ok_or(Unreadable::Malformed)?;
            signature_cut |= page.signature_cut;
            push_text(&mut text, &page.text)?;
        }
    }
    Ok((plain_lines(&text), signature_cut))
}

fn is_plain_text(part: &MessagePart) -> bool {
    matches!(part.body, PartType::Text(_))
        && !is_attachment(part)
        && kind(part).is_none_or(|(main, sub)| main == "text" && sub == "plain" || main == "multipart")
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{34F}')
}

fn push_text(all: &mut String, text: &str) -> Result<(), Unreadable> {
    if all.len() + text.len() > TEXT_MOST {
        return Err(Unreadable::TooLarge);
    }
    if !all.is_empty() && !text.is_empty() {
        all.push('\n');
    }
    all.push_str(text);
    Ok(())
}

/// RFC 3676 4: a line that ends in a space goes on in the next of the same quote depth; with `DelSp` the space is no
/// part of the text.
fn unflowed(part: &MessagePart) -> String {
    let text = part.text_contents().unwrap_or_default();
    let parameter = |name: &str| part.content_type().and_then(|c| c.attribute(name)).unwrap_or_default();
    if !parameter("format").eq_ignore_ascii_case("flowed") {
        return text.to_owned();
    }
    let delete_space = parameter("delsp").eq_ignore_ascii_case("yes");
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let content = line.trim_start_matches('>');
        let quotes = line.len() - content.len();
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_signature = content == "-- ";
        if open == Some(quotes) && !is_signature {
            out.push_str(content);
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&">".repeat(quotes));
            out.push_str(if quotes > 0 { " " } else { "" });
            out.push_str(content);
        }
        open = (content.ends_with(' ') && !is_signature).then_some(quotes);
        if open.is_some() && delete_space {
            out.pop();
        }
    }
    out
}

/// LF line ends, no control characters.
fn plain_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.map(|c| if matches!(c, '\u{2028}' | '\u{2029}') { '\n' } else { c }).collect::<String>().trim_end().to_owned()
}

fn mailboxes(message: &Message, names: &[&str]) -> Vec<String> {
    let headers = message.headers().iter().filter(|h| names.iter().any(|n| h.name().eq_ignore_ascii_case(n)));
    let addresses = headers.filter_map(|header| match &header.value {
        HeaderValue::Address(address) => Some(address),
        _ => None,
    });
    addresses.flat_map(Address::iter).filter_map(|a| Some(a.address()?.trim().to_owned())).collect()
}

/// RFC 5322 3.6.4: In-Reply-To, then References from the newest on.
fn answers(message: &Message) -> Vec<String> {
    let ids = |value: &HeaderValue| -> Vec<String> {
        value.as_text_list().unwrap_or_default().iter().map(ToString::to_string).collect()
    };
    let mut all = ids(message.in_reply_to());
    all.extend(ids(message.references()).into_iter().rev());
    all
}

fn from_name(message: &Message) -> Option<String> {
    let name = plain_lines(message.from()?.first()?.name()?);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// What mail programs put before a subject that they answer or forward, lower case.
const REPLY_MARKS: &[&str] = &[
    "re", "fwd", "fw", "aw", "wg", "sv", "vs", "antw", "vb", "rv", "res", "enc", "tr", "réf", "ref", "rif", "r", "i",
    "odp", "pd", "ynt", "ilt", "回复", "答复", "转发", "回覆", "轉寄", "답장", "전달",
];

/// Decoded, in one line, without any number of `Re:` or `AW[2]:` before it.
fn without_reply_marks(subject: &str) -> String {
    let line: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let joined = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = joined.as_str();
    while let Some((mark, after)) = rest.split_once([':', '：']) {
        let bare = mark
            .trim()
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')'))
            .to_lowercase();
        if !REPLY_MARKS.contains(&bare.as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}

/// Signatures and keys are no loss and are not counted.
fn dropped(message: &Message) -> Dropped {
    let mut dropped = Dropped::default();
    for part in &message.parts {
        let (main, sub) = kind(part).unwrap_or_default();
        let count = match (&part.body, main.as_str(), sub.as_str()) {
            (PartType::Multipart(_), ..) => continue,
            (PartType::Html(_), ..) if !is_attachment(part) => continue,
            _ if is_plain_text(part) => continue,
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
