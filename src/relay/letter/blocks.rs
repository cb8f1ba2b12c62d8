//! Knows the block of headers that a mail program writes above what is answered or forwarded ("From: Jo, Sent: Monday"),
//! and the separator above it. Pure; called by quote.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::headings::{visible, words};
use super::languages::{FROM, OTHERS, SEPARATORS};

/// Lines of a header block with all its recipients.
const BLOCK_LINES: usize = 16;

/// Number of lines from `lines[0]` on that are a quoted header block, with the separator above it.
pub(super) fn header_block(lines: &[&str]) -> Option<usize> {
    let separated = is_separator(lines.first()?);
    let first =
        if separated { 1 + lines[1..].iter().take(3).take_while(|line| line.trim().is_empty()).count() } else { 0 };
    let block = Block::read(&lines[first..]);
    if block.is_one(separated) {
        return Some(first + block.len);
    }
    (separated && !is_rule(lines[0])).then_some(1)
}

/// As [`header_block`], where something before it already says that a quote comes.
pub(super) fn announced_block(lines: &[&str]) -> Option<usize> {
    let block = Block::read(lines);
    block.is_one(true).then_some(block.len).or_else(|| header_block(lines))
}

#[derive(Default)]
struct Block {
    len: usize,
    named: usize,
    writers: usize,
    /// An address, or a date with its year or time: a list such as "Date: Monday, To: the park" has neither.
    has_proof: bool,
    /// The first line is "Whatever: Jo Smith <jo@x.example>", in a language we do not know.
    begins_with_mailbox: bool,
}

impl Block {
    fn read(lines: &[&str]) -> Self {
        let mut block = Self::default();
        let is_header = |at: usize| lines.get(at).is_some_and(|line| header_name(line).is_some());
        block.begins_with_mailbox = lines.len() > 1 && is_labelled_mailbox(lines[0]) && is_labelled_date(lines[1]);
        for (at, line) in lines.iter().enumerate().take(BLOCK_LINES) {
            let is_blank = line.trim().is_empty();
            let unknown = block.begins_with_mailbox && label(line).is_some();
            if let Some(is_writer) = header_name(line) {
                block.named += 1;
                block.writers += usize::from(is_writer);
                block.has_proof |= line.contains('@') || line.chars().filter(char::is_ascii_digit).count() >= 5;
                block.len = at + 1;
            } else if unknown
                // A wrapped list of addresses.
                || (block.named > 0 && !is_blank && (line.contains('@') || line.starts_with([' ', '\t'])))
            {
                block.len = at + 1;
            } else if !(block.named > 0 && (is_blank || is_short(line)) && is_header(at + 1)) {
                // Between two headers: an empty line of HTML, a name we do not know, or the rest of a wrapped one.
                break;
            }
        }
        block
    }

    fn is_one(&self, announced: bool) -> bool {
        match (self.named, self.writers) {
            (4.., 1..) => true,
            (2.., 1..) | (3.., _) => announced || self.has_proof,
            (1.., _) => announced || (self.writers == 1 && self.has_proof && self.begins_with_mailbox),
            _ => self.begins_with_mailbox,
        }
    }
}

/// The label of a line such as `*Von:* Jo`, lower case; at most three words.
fn label(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches(['*', '_', '|', ' ', '\u{FEFF}']);
    let (name, _) = line.split_once([':', '：'])?;
    let name = visible(name).trim_matches(['*', '_', ' ', '\u{A0}']).to_lowercase();
    let is_label = !name.is_empty() && name.chars().count() <= 24 && name.split_whitespace().count() <= 3;
    is_label.then_some(name)
}

fn is_labelled_mailbox(line: &str) -> bool {
    label(line).is_some() && line.trim_end().ends_with('>') && line.contains('<') && line.contains('@')
}

fn is_labelled_date(line: &str) -> bool {
    label(line).is_some() && line.chars().filter(char::is_ascii_digit).count() >= 5
}

/// `Some(true)` for a line such as `*Von:* Jo`, `Some(false)` for `Subject: x`.
fn header_name(line: &str) -> Option<bool> {
    static NAMES: LazyLock<[HashSet<&str>; 2]> = LazyLock::new(|| [words(FROM).collect(), words(OTHERS).collect()]);
    let name = label(line)?;
    let [from, others] = &*NAMES;
    if from.contains(name.as_str()) {
        return Some(true);
    }
    others.contains(name.as_str()).then_some(false)
}

fn is_short(line: &str) -> bool {
    !line.trim().is_empty() && line.chars().count() <= 120
}

fn is_separator(line: &str) -> bool {
    if is_rule(line) {
        return true;
    }
    let line = line.trim();
    let is_marked = line.starts_with(['-', '_', '=', '*', '—']) || line.ends_with(':');
    if !is_marked {
        return false;
    }
    let bare = line.trim_matches(['-', '_', '=', '*', '>', ' ', ':', '～', '—', '–']).to_lowercase();
    words(SEPARATORS).any(|s| bare.strip_prefix(s).is_some_and(|rest| rest.is_empty() || rest.starts_with(" from ")))
}

/// The long line that Outlook draws.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && (line.chars().all(|c| c == '_') || line.chars().all(|c| c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_no_header_block() {
        for text in [
            "From: the heart\nand more",
            "To: everybody\nand more",
            "_____\nand more",
            "Date: Monday\nTo: the park\nFrom: my house\nand back",
            "Monday: 10:30\nTuesday: 11:30\nWednesday: 12:30",
        ] {
            assert_eq!(header_block(&text.lines().collect::<Vec<_>>()), None, "{text}");
        }
    }

    #[test]
    fn header_blocks_are_known_with_what_stands_above() {
        for (text, lines) in [
            ("From: Jo Smith\nSent: Monday\nTo: a@b.example;\n c@d.example\nSubject: x\n\nhello", 5),
            (
                "________________________________\nVon: Jo Smith <jo@x.example>\nGesendet: Montag\nAn: Al\nBetreff: x\n\nhello",
                5,
            ),
            ("-----Mensaje original-----\nDe: Jo\nEnviado el: lunes\nPara: Al\nAsunto: x\nhola", 5),
            ("*De :* Jo\n*Envoyé :* lundi\n*À :* Al\n*Objet :* x\n", 4),
            ("-----Original Message-----\nhello", 1),
            ("Qwert: Jo Smith <jo@x.example>\nAsdfg: 5 2026 10:30\nYxcv: Al\n\nhello", 3),
            ("Begin forwarded message:\n\nFrom: Jo\nSubject: x\nhello", 4),
        ] {
            let all: Vec<&str> = text.lines().collect();
            assert_eq!(header_block(&all), Some(lines), "{text}");
        }
    }
}
