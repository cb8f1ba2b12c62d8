//! The text of a message: which parts of it are meant to be read, and their text as one. Called by read.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::html;
use super::read::{Unreadable, kind};

/// Bytes, decoded.
const TEXT_MOST: usize = 256 * 1024;
/// Bytes of HTML source: style sheets and tables make it several times as long as its text.
const HTML_MOST: usize = 1024 * 1024;
/// Each costs half a kilobyte while the page is read.
const TAGS_MOST: usize = 80_000;
/// Signs between U+0080 and U+00BF ("¿", "«", "°"); the library that hands out the text of a page reads on to its end
/// for each of them.
const SLOW_MOST: usize = 15_000;
/// One character in so many may be lost; more is no text.
const LOST_MOST: usize = 4;

/// What there is to read in a message.
pub(super) struct Body {
    pub text: String,
    /// An HTML signature was left out of it.
    pub signature_cut: bool,
    /// Files that stood in the text itself.
    pub files: u16,
}

pub(super) fn body(message: &Message) -> Result<Body, Unreadable> {
    let mut plain = String::new();
    let mut signature_cut = false;
    for (at, part) in message.parts.iter().enumerate() {
        if is_plain_text(part, at == 0) {
            push_text(&mut plain, &unflowed(part))?;
        } else if let Some(source) = html_of(part).filter(|_| is_text_of_its_own(message, at)) {
            push_text(&mut plain, &page_text(source, &mut signature_cut)?)?;
        }
    }
    if plain.chars().any(is_visible) {
        let (text, files) = without_uuencoded(&plain_lines(&plain));
        return readable(Body { text, signature_cut, files });
    }
    let mut text = String::new();
    for source in message.parts.iter().filter_map(html_of) {
        push_text(&mut text, &page_text(source, &mut signature_cut)?)?;
    }
    readable(Body { text: plain_lines(&text), signature_cut, files: 0 })
}

fn html_of<'a>(part: &'a MessagePart<'_>) -> Option<&'a str> {
    match &part.body {
        PartType::Html(source) if !is_attachment(part, false) => Some(source),
        _ => None,
    }
}

/// A page that stands for itself, and not beside a plain text that says the same (RFC 2046 5.1.4): a scanner's plain line
/// below it does not stand for it. The parser keeps such a page in its list of texts (RFC 8621 4.1.4).
fn is_text_of_its_own(message: &Message, part: usize) -> bool {
    u32::try_from(part).is_ok_and(|part| message.text_body.contains(&part))
}

fn page_text(source: &str, signature_cut: &mut bool) -> Result<String, Unreadable> {
    if source.len() > HTML_MOST || source.matches('<').count() > TAGS_MOST || slow(source) > SLOW_MOST {
        return Err(Unreadable::TooLarge);
    }
    let page = html::to_text(source).ok_or(Unreadable::Malformed)?;
    *signature_cut |= page.signature_cut;
    Ok(page.text)
}

fn slow(source: &str) -> usize {
    source.matches(|c| matches!(c, '\u{80}'..='\u{BF}') && !html::REPLACED.contains(&c)).count()
}

/// A character set that nobody knows leaves replacement characters; a letter of these is not passed on as if it were one.
fn readable(body: Body) -> Result<Body, Unreadable> {
    let visible = body.text.chars().filter(|c| is_visible(*c)).count();
    let lost = body.text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if lost * LOST_MOST > visible { Err(Unreadable::Malformed) } else { Ok(body) }
}

/// `is_root`: the message has no other part, so a name makes no attachment of it.
pub(super) fn is_plain_text(part: &MessagePart, is_root: bool) -> bool {
    let is_text = |(main, sub): (String, String)| match main.as_str() {
        "text" => matches!(sub.as_str(), "plain" | "" | "markdown" | "x-markdown"),
        other => other == "multipart",
    };
    matches!(part.body, PartType::Text(_)) && !is_attachment(part, is_root) && kind(part).is_none_or(is_text)
}

pub(super) fn is_attachment(part: &MessagePart, is_root: bool) -> bool {
    part.content_disposition().is_some_and(|d| !d.is_inline()) || (!is_root && part.attachment_name().is_some())
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
pub(super) fn plain_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.map(|c| if matches!(c, '\u{2028}' | '\u{2029}') { '\n' } else { c }).collect::<String>().trim_end().to_owned()
}

/// Without files that old mail programs write into the text (POSIX uuencode: "begin 644 name", lines that each begin with
/// their length, "end"), and the number of these.
fn without_uuencoded(text: &str) -> (String, u16) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kept = Vec::with_capacity(lines.len());
    let mut files = 0_u16;
    let mut at = 0;
    while at < lines.len() {
        if let Some(len) = uuencoded(&lines[at..]) {
            files = files.saturating_add(1);
            at += len;
        } else {
            kept.push(lines[at]);
            at += 1;
        }
    }
    (kept.join("\n"), files)
}

fn uuencoded(lines: &[&str]) -> Option<usize> {
    let mode = lines.first()?.strip_prefix("begin ")?.split(' ').next()?;
    if !(3..=4).contains(&mode.len()) || !mode.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let is_data = |line: &&&str| {
        let length = usize::from(line.bytes().next().unwrap_or(b' ').wrapping_sub(b' ') & 63);
        let least = if length == 0 { 0 } else { length.div_ceil(3) * 4 };
        // Spaces at the end are zeros, and often lost.
        line.is_ascii() && (least.saturating_sub(3)..=least + 3).contains(&line.len().saturating_sub(1))
    };
    let data = lines[1..].iter().take_while(is_data).count();
    (data > 0 && lines.get(1 + data).map(|line| line.trim()) == Some("end")).then_some(data + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_the_text_goes_and_prose_stays() {
        let text = "hello\n\nbegin 644 secret.txt\n786QI8V4N;&ED9&5L;$!G;6%I;\"YC;VT\n`\nend\n\nbye";
        assert_eq!(without_uuencoded(text), ("hello\n\n\nbye".into(), 1));
        for prose in ["begin 644 times\nand go on\nend", "begin again\nend", "begin 644 x"] {
            assert_eq!(without_uuencoded(prose), (prose.into(), 0));
        }
    }
}
