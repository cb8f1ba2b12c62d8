//! Writes a mail of one plain-text part, byte for byte: the same input gives the same bytes on every host.
//! It never asks for a time, a host name or chance, never copies a byte of another mail, and lets no value break out
//! of its header line. Called by `relay::letter` for letters and by the mailer for notices.

use data_encoding::BASE64;

use crate::clock::Timestamp;

/// RFC 5322 2.1.1: a line should have at most 78 characters.
const HEADER_COLUMNS: usize = 76;
/// RFC 2045 6.7: an encoded line has at most 76 characters, the last is kept for the soft break.
const BODY_COLUMNS: usize = 75;
/// RFC 2047 2: an encoded word has at most 75 characters; 45 bytes become 60 characters, and 12 frame them.
const ENCODED_WORD_BYTES: usize = 45;

/// The headers in the given order, then `MIME-Version`, `Content-Type` and `Content-Transfer-Encoding`, then `text`
/// (lines ended by LF) as quoted-printable UTF-8. Values come from [`mailbox`], [`encoded_words`] and [`date`], or are
/// plain ASCII; line breaks are made here alone, so a control character in a value becomes a space.
pub fn write_mail(headers: &[(&str, String)], text: &str) -> Vec<u8> {
    let mut mail = String::with_capacity(512 + text.len() * 5 / 4);
    for (name, value) in headers {
        push_header(&mut mail, name, value);
    }
    push_header(&mut mail, "MIME-Version", "1.0");
    push_header(&mut mail, "Content-Type", "text/plain; charset=utf-8");
    push_header(&mut mail, "Content-Transfer-Encoding", "quoted-printable");
    mail.push_str("\r\n");
    for line in text.trim_end_matches('\n').split('\n') {
        push_quoted_printable(&mut mail, line);
    }
    mail.into_bytes()
}

/// Text for a header without structure, such as `Subject`: as it is, or RFC 2047 words where it is not plain ASCII.
pub fn encoded_words(text: &str) -> String {
    let text = one_line(text);
    // RFC 2047 5: plain text that looks like an encoded word would be decoded by the reader.
    if text.is_ascii() && !text.contains("=?") {
        return text;
    }
    let mut words = Vec::new();
    let mut chunk = String::new();
    for c in text.chars() {
        if chunk.len() + c.len_utf8() > ENCODED_WORD_BYTES {
            words.push(encoded_word(&chunk));
            chunk.clear();
        }
        chunk.push(c);
    }
    words.push(encoded_word(&chunk));
    words.join(" ")
}

/// `"name" <address>` (RFC 5322 3.4), safe for any name. `address` is one of ours or a parsed one.
pub fn mailbox(name: &str, address: &str) -> String {
    let name = one_line(name);
    if name.is_empty() {
        return format!("<{address}>");
    }
    if !name.is_ascii() || name.contains("=?") {
        return format!("{} <{address}>", encoded_words(&name));
    }
    let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{quoted}\" <{address}>")
}

/// RFC 5322 3.3 in UTC. The seconds are always 00: finer than a minute is nobody's business.
pub fn date(at: Timestamp) -> String {
    at.utc().format("%a, %d %b %Y %H:%M:00 +0000").to_string()
}

fn encoded_word(text: &str) -> String {
    format!("=?utf-8?B?{}?=", BASE64.encode(text.as_bytes()))
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folds at spaces only (RFC 5322 2.2.3).
fn push_header(mail: &mut String, name: &str, value: &str) {
    mail.push_str(name);
    mail.push(':');
    let mut column = name.len() + 1;
    for (index, word) in one_line(value).split(' ').enumerate() {
        if index > 0 && column + 1 + word.len() > HEADER_COLUMNS {
            mail.push_str("\r\n");
            column = 0;
        }
        mail.push(' ');
        mail.push_str(word);
        column += 1 + word.len();
    }
    mail.push_str("\r\n");
}

/// RFC 2045 6.7. A character is never torn between two lines.
fn push_quoted_printable(mail: &mut String, line: &str) {
    let mut column = 0;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let is_plain = match c {
            ' ' | '\t' => rest.peek().is_some(),
            // "From " and "." at the start of a line are changed by some mail servers on the way.
            'F' | '.' => column > 0,
            '=' => false,
            _ => matches!(c, ' '..='~'),
        };
        let columns = if is_plain { 1 } else { 3 * c.len_utf8() };
        if column + columns > BODY_COLUMNS {
            mail.push_str("=\r\n");
            column = 0;
        }
        if is_plain {
            mail.push(c);
        } else {
            push_hex(mail, c);
        }
        column += columns;
    }
    mail.push_str("\r\n");
}

fn push_hex(mail: &mut String, c: char) {
    use std::fmt::Write;
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(mail, "={byte:02X}"); // writing to a String cannot fail
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(name: &str, subject: &str, text: &str) -> Vec<u8> {
        let headers = [
            ("From", mailbox(name, "a@relay.example")),
            ("Subject", encoded_words(subject)),
            ("Date", date(Timestamp(1_798_761_599))),
        ];
        write_mail(&headers, text)
    }

    #[test]
    fn the_bytes_are_exactly_these() {
        let mail =
            String::from_utf8(written("O'Brien \"Bo\" \\", "river: nuevo mensaje", "Hé = \n.\nFrom me")).unwrap();
        let expected = "From: \"O'Brien \\\"Bo\\\" \\\\\" <a@relay.example>\r\nSubject: river: nuevo mensaje\r\n\
            Date: Thu, 31 Dec 2026 23:59:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nH=C3=A9 =3D=20\r\n=2E\r\n=46rom me\r\n";
        assert_eq!(mail, expected);
    }

    #[test]
    fn a_line_break_in_a_value_starts_no_header() {
        let mail = String::from_utf8(written("Jo\r\nBcc: x@y.example", "a\nX-Evil: 1", "t")).unwrap();
        assert!(!mail.contains("\r\nBcc") && !mail.contains("\r\nX-Evil"));
    }

    proptest! {
        #[test]
        fn both_parsers_read_back_what_was_written(name in "\\PC{0,40}", subject in "\\PC{0,120}", text in "([ -~é\\t\u{1F642}\u{634}]{0,100}\n){0,4}x") {
            let mail = written(&name, &subject, &text);
            prop_assert!(mail.split(|b| *b == b'\n').all(|line| line.len() <= 400));
            let first = mail_parser::MessageParser::default().parse(&mail).unwrap();
            prop_assert_eq!(first.body_text(0).unwrap().replace("\r\n", "\n"), format!("{text}\n"));
            let from = first.from().unwrap().first().unwrap();
            prop_assert_eq!(from.address().unwrap(), "a@relay.example");
            let second = mailparse::parse_mail(&mail).unwrap();
            prop_assert_eq!(second.get_body().unwrap().replace("\r\n", "\n"), format!("{text}\n"));
            let read = second.headers.iter().find(|h| h.get_key() == "Subject").unwrap().get_value();
            prop_assert_eq!(read, one_line(&subject));
            prop_assert_eq!(first.headers().len(), 6);
        }
    }
}
