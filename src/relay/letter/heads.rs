//! What read takes from the headers of a message: who it is to, what its writer is called, the subject. Pure.

use mail_parser::{Address, HeaderValue, Message};

use super::body::plain_lines;

pub(super) fn mailboxes(message: &Message, names: &[&str]) -> Vec<String> {
    let headers = message.headers().iter().filter(|h| names.iter().any(|n| h.name().eq_ignore_ascii_case(n)));
    let addresses = headers.filter_map(|header| match &header.value {
        HeaderValue::Address(address) => Some(address),
        _ => None,
    });
    addresses.flat_map(Address::iter).filter_map(|a| Some(a.address()?.trim().to_owned())).collect()
}

/// RFC 5322 3.6.4: In-Reply-To, then References from the newest on.
pub(super) fn answers(message: &Message) -> Vec<String> {
    let ids = |value: &HeaderValue| -> Vec<String> {
        value.as_text_list().unwrap_or_default().iter().map(ToString::to_string).collect()
    };
    let mut all = ids(message.in_reply_to());
    all.extend(ids(message.references()).into_iter().rev());
    all
}

pub(super) fn from_name(message: &Message) -> Option<String> {
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
pub(super) fn without_reply_marks(subject: &str) -> String {
    // A control character that is no space stands between letters nobody meant to part.
    let line: String = subject.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
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
