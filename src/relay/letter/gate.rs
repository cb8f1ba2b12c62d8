//! Last step: reads the finished bytes again, with a reader that knows our own format only, and refuses them if a secret
//! stands in any layer: an address other than the two Aliases, the writer's full name, a number. It trusts none of the steps before it and changes nothing;
//! a refusal in the wild is a fault of ours to mend.

use data_encoding::BASE64;

use super::rebuild::HEADERS;
use super::secrets::{Secret, Secrets};
use crate::clock::Timestamp;
use crate::outbox::mime::date;

/// More than may tear one address, so that nothing is read over the end of a header.
const APART: &str = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n";

/// Headers of one value.
const CONSTANT: [(&str, &str); 3] = [
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "quoted-printable"),
];

/// Why a letter may not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Leak {
    #[error("the bytes are not of our own format")]
    Format,
    #[error("a header holds what must not be read")]
    Header,
    #[error("the text holds an address")]
    Address,
    #[error("the text holds the writer's full name")]
    Name,
    #[error("the text holds a number")]
    Number,
    #[error("a fault of ours on the way here")]
    Fault,
}

/// `allowed`: the two Aliases of this Sponsorship, the only addresses that may stand anywhere, and only in `From`
/// and `To`.
pub fn gate(finished: &[u8], secrets: &Secrets, relay_domain: &str, allowed: &[&str]) -> Result<(), Leak> {
    let letter = Letter::read(finished).ok_or(Leak::Format)?;
    let mut outside = String::new();
    for (name, value) in letter.headers.iter().filter(|(name, value)| !is_constant(name) && !is_date(name, value)) {
        let rest = without_own_address(name, value, relay_domain, allowed).ok_or(Leak::Header)?;
        let decoded = decode_words(rest).ok_or(Leak::Format)?;
        for text in [rest, &decoded] {
            outside.push_str(text);
            outside.push_str(APART);
        }
    }
    // A number as the bytes write it is not asked for: `=C3=A9` holds digits that nobody dials, and so does a date.
    if secrets.find(&outside).iter().any(|(_, secret)| *secret != Secret::Number) {
        return Err(Leak::Header);
    }
    match secrets.find(&letter.text).first() {
        Some((_, Secret::Address)) => return Err(Leak::Address),
        Some((_, Secret::Name)) => return Err(Leak::Name),
        Some((_, Secret::Number)) => return Err(Leak::Number),
        None => {}
    }
    // Without a sign and without an escape the bytes tell no more than the text.
    let may_show = letter.raw_text.contains(['@', '%', '&', '\\']) || letter.raw_text.contains("=4");
    // The line breaks are the rebuild's own, and the decoded text has none of them.
    let unbroken = || letter.raw_text.replace("=\r\n", "");
    if may_show && secrets.shows_address(&unbroken()) { Err(Leak::Address) } else { Ok(()) }
}

/// Compared with the only value it may have. Not searched: somebody may be called like a part of it.
fn is_constant(name: &str) -> bool {
    CONSTANT.iter().any(|(constant, _)| *constant == name)
}

/// To the minute, as [`date`] writes it, and nothing else: somebody may be called like a month.
fn is_date(name: &str, value: &str) -> bool {
    let read = || chrono::DateTime::parse_from_rfc2822(value).ok();
    name == "Date" && read().is_some_and(|at| date(Timestamp(at.timestamp())) == value)
}

/// The value without the one address that belongs there; `None` if it is missing or another.
fn without_own_address<'a>(name: &str, value: &'a str, relay_domain: &str, allowed: &[&str]) -> Option<&'a str> {
    let in_brackets = || {
        let (rest, address) = value.strip_suffix('>')?.rsplit_once('<')?;
        Some((rest, address))
    };
    match name {
        "From" | "To" => in_brackets().filter(|(_, address)| allowed.contains(address)).map(|(rest, _)| rest),
        "Message-ID" | "In-Reply-To" | "References" => {
            let (rest, id) = in_brackets()?;
            let (local, domain) = id.split_once('@')?;
            let is_ours = domain == relay_domain
                && !local.is_empty()
                && local.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            (is_ours && rest.is_empty()).then_some(rest)
        }
        _ => Some(value),
    }
}

struct Letter<'a> {
    headers: Vec<(&'a str, String)>,
    raw_text: &'a str,
    text: String,
}

impl<'a> Letter<'a> {
    /// Our own format and no other: ten headers in their order, CRLF, one part, quoted-printable in ASCII.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mail = std::str::from_utf8(bytes).ok().filter(|mail| mail.is_ascii())?;
        let breaks = mail.matches("\r\n").count();
        if mail.matches('\r').count() != breaks || mail.matches('\n').count() != breaks || mail.contains('\0') {
            return None;
        }
        let (head, raw_text) = mail.split_once("\r\n\r\n")?;
        let mut headers: Vec<(&str, String)> = Vec::new();
        for line in head.split("\r\n") {
            if let Some(folded) = line.strip_prefix(' ') {
                let last = headers.last_mut()?;
                last.1.push(' ');
                last.1.push_str(folded);
            } else {
                let (name, value) = line.split_once(": ")?;
                headers.push((name, value.to_owned()));
            }
        }
        let value = |name: &str| headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
        let is_ours = headers.iter().map(|(name, _)| *name).eq(HEADERS)
            && CONSTANT.iter().all(|(name, only)| value(name) == Some(*only));
        let text = decode_quoted_printable(raw_text).filter(|_| is_ours)?;
        Some(Self { headers, raw_text, text })
    }
}

fn decode_quoted_printable(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        match (rest.next()?, rest.next()?) {
            (b'\r', b'\n') => {}
            (high, low) => {
                let digit = |b: u8| char::from(b).to_digit(16);
                bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// RFC 2047 words as `encoded_words` writes them; what stands between two of them is dropped (6.2).
fn decode_words(value: &str) -> Option<String> {
    let mut out = String::new();
    let mut after_word = false;
    for part in value.split(' ') {
        if let Some(word) = part.strip_prefix("=?utf-8?B?").and_then(|word| word.strip_suffix("?=")) {
            if !after_word && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&String::from_utf8(BASE64.decode(word.as_bytes()).ok()?).ok()?);
            after_word = true;
        } else {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
            after_word = false;
        }
    }
    Some(out)
}
