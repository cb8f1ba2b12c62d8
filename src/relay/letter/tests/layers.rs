//! Reads a finished letter as a patient reader would, by other means than the code under test.

use std::fmt::Write;

use data_encoding::{BASE64_NOPAD, HEXLOWER_PERMISSIVE};
use mail_parser::MessageParser;
use unicode_normalization::UnicodeNormalization;

use super::super::rebuild::HEADERS;
use super::*;

/// Everything two independent parsers read, without the two Aliases; they must read the same.
pub(super) fn layers(bytes: &[u8]) -> String {
    let first = MessageParser::default().parse(bytes).unwrap();
    let second = mailparse::parse_mail(bytes).unwrap();
    assert_eq!(first.headers().iter().map(mail_parser::Header::name).collect::<Vec<_>>(), HEADERS);
    assert_eq!(second.headers.iter().map(mailparse::MailHeader::get_key).collect::<Vec<_>>(), HEADERS);
    assert_eq!((first.parts.len(), second.subparts.len()), (1, 0));
    let text = first.body_text(0).unwrap();
    assert_eq!(text.replace("\r\n", "\n"), second.get_body().unwrap().replace("\r\n", "\n"));
    let mut all = format!("{}\n{text}\n", String::from_utf8_lossy(bytes));
    for (name, header) in HEADERS.iter().zip(&second.headers) {
        let value = header.get_value();
        assert_eq!(value_of(&first, name), value, "{name}");
        writeln!(all, "{value}").unwrap();
    }
    undone(&all).replace(&envelope().from_alias, "").replace(&envelope().to_alias, "")
}

/// As the first parser reads it, in the form of the second.
fn value_of(message: &mail_parser::Message, name: &str) -> String {
    let mailbox = |address: Option<&mail_parser::Address>| {
        let mailbox = address.unwrap().first().unwrap();
        match mailbox.name() {
            Some(name) => format!("\"{name}\" <{}>", mailbox.address().unwrap()),
            None => format!("<{}>", mailbox.address().unwrap()),
        }
    };
    match name {
        "From" => mailbox(message.from()),
        "To" => mailbox(message.to()),
        "Subject" => message.subject().unwrap().to_owned(),
        _ => message.header_raw(name).unwrap().replace("\r\n", "").trim().to_owned(),
    }
}

/// The text of a finished letter, decoded.
pub(super) fn text_of(bytes: &[u8]) -> String {
    mailparse::parse_mail(bytes).unwrap().get_body().unwrap().replace("\r\n", "\n")
}

/// A text with everything beside it that can be read into it: escapes, base64, wrapped lines, spoken signs.
pub(super) fn undone(text: &str) -> String {
    let mut all = text.to_owned();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/')) {
        for skip in 0..4.min(word.len()) {
            let whole = &word.as_bytes()[skip..];
            let whole = &whole[..whole.len() / 4 * 4];
            let bytes = BASE64_NOPAD.decode(whole).unwrap_or_default();
            writeln!(all, "\n{}", String::from_utf8_lossy(&bytes).replace('\0', "")).unwrap();
        }
        let bytes = HEXLOWER_PERMISSIVE.decode(word.as_bytes()).unwrap_or_default();
        writeln!(all, "\n{}", String::from_utf8_lossy(&bytes)).unwrap();
    }
    let mut plain: String = all.nfkc().filter(|c| !INVISIBLE.contains(c)).collect::<String>().to_lowercase();
    for _ in 0..4 {
        for (escape, sign) in ESCAPES {
            plain = plain.replace(escape, sign);
        }
    }
    let close = plain.replace("\n> ", "").replace(['\n', ' ', '\r', '\t'], "");
    format!("{plain}\n{close}")
}

const INVISIBLE: [char; 6] = ['\u{200B}', '\u{AD}', '\u{2060}', '\u{FEFF}', '\u{34F}', '\u{202E}'];
const ESCAPES: [(&str, &str); 14] = [
    ("=\r\n", ""),
    ("&#64;", "@"),
    ("&#x40;", "@"),
    ("&commat;", "@"),
    ("&period;", "."),
    ("&amp;", "&"),
    ("%40", "@"),
    ("%25", "%"),
    ("%2e", "."),
    ("=40", "@"),
    ("(dot)", "."),
    ("(at)", "@"),
    (" at ", "@"),
    (" dot ", "."),
];
