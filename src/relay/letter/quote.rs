//! Parts what a member wrote from what their mail program added: quotes one deep stay, deeper ones go; attributions and
//! header blocks become one neutral line; signatures and our own words from an earlier letter go. It never looks at
//! addresses. Pure; called by scrub.

use super::LetterWords;
use super::blocks::{announced_block, header_block};
use super::headings::{attribution, is_sent_from, is_torn_tail};
use super::normal::fold;

/// A line of dashes with more text than this behind it divides a letter rather than begins a signature.
const LOOSE_SIGNATURE_LINES: usize = 8;
/// Under another mark than "--", which people draw between the parts of a letter too, so many short lines.
const DRAWN_SIGNATURE_LINES: usize = 4;
const SHORT_LINE: usize = 50;
/// Lines straight under "Sent from my phone" that are a part of it.
const PHONE_LINES: usize = 2;
/// Letters of a sentence of ours that are enough to know it again.
const OWN_SENTENCE_LEAST: usize = 14;

pub(super) struct Cut {
    /// The letter with its quotes marked by `> `.
    pub text: String,
    /// The part the writer typed this time.
    pub new_text: String,
    pub signature: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Heading,
    Gone,
}

struct Line<'a> {
    depth: usize,
    text: &'a str,
    kind: Kind,
}

pub(super) fn cut(text: &str, words: &LetterWords) -> Cut {
    let text = without_armour(text);
    let mut lines: Vec<Line> = text.split('\n').map(marked).collect();
    for at in 1..lines.len() {
        if lines[at].depth == lines[at - 1].depth + 1 && is_torn_tail(lines[at - 1].text, lines[at].text) {
            lines[at].depth -= 1;
        }
    }
    drop_own_words(&mut lines, words);
    find_headings(&mut lines);
    let signature = drop_signatures(&mut lines);
    render(&lines, words, signature)
}

/// PGP's frame around signed text, and keys in the text (RFC 9580 6.2, 7).
fn without_armour(text: &str) -> String {
    if !text.contains("-----BEGIN PGP ") {
        return text.to_owned();
    }
    let (mut kept, mut inside, mut heading) = (Vec::new(), false, false);
    for line in text.split('\n') {
        let bare = line.trim_start_matches(['>', ' ']).trim_end();
        if bare == "-----BEGIN PGP SIGNED MESSAGE-----" {
            heading = true;
        } else if bare.starts_with("-----BEGIN PGP ") {
            inside = true;
        } else if bare.starts_with("-----END PGP ") {
            inside = false;
        } else if heading {
            heading = bare.starts_with("Hash:");
        } else if !inside {
            kept.push(line);
        }
    }
    kept.join("\n")
}

fn marked(line: &str) -> Line<'_> {
    let line = line.trim_end_matches('\r');
    let (mut depth, mut text) = (0, line);
    // RFC 3676 4.5, and the looser "> > " of other programs
    while let Some(rest) = text.strip_prefix('>').or_else(|| text.strip_prefix(" >").filter(|_| depth > 0)) {
        depth += 1;
        text = rest;
    }
    if depth > 0 {
        text = text.strip_prefix(' ').unwrap_or(text);
    }
    Line { depth, text, kind: Kind::Text }
}

/// Blanks every line that holds nothing but sentences of our lead and footer, however it was wrapped since.
fn drop_own_words(lines: &mut [Line], words: &LetterWords) {
    let mut flat = String::new();
    let mut spans = Vec::with_capacity(lines.len());
    for line in &*lines {
        let start = flat.len();
        push_letters(&mut flat, line.text);
        spans.push(start..flat.len());
    }
    let ours = words.all_leads.iter().chain([&words.lead, &words.footer]);
    let mut sentences: Vec<&str> = ours.flat_map(|lead| lead.split(['.', '!', '?', '\n', '。'])).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let mut own = vec![false; flat.len()];
    let mut sentence = String::new();
    for said in sentences {
        sentence.clear();
        push_letters(&mut sentence, said);
        if sentence.len() < OWN_SENTENCE_LEAST {
            continue;
        }
        for at in memchr::memmem::find_iter(flat.as_bytes(), &sentence) {
            own[at..at + sentence.len()].fill(true);
        }
    }
    for (line, span) in lines.iter_mut().zip(spans) {
        let length = span.len();
        let covered = own[span].iter().filter(|o| **o).count();
        // A few letters between two sentences ("write above", a name) go with them.
        if covered > 0 && length - covered <= 12.min(covered) {
            line.kind = Kind::Gone;
        }
    }
}

/// The letters and digits of `text`, folded: how a sentence is known again however it was wrapped.
fn push_letters(out: &mut String, text: &str) {
    if text.is_ascii() && !text.contains(['&', '%', '=', '\\']) {
        out.extend(text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    } else {
        out.extend(fold(text).chars().filter(|c| c.is_alphanumeric()));
    }
}

/// Marks attributions and header blocks. Where the quote after one is not marked with `>`, everything after it is one
/// deeper, until the quote marks around it end.
fn find_headings(lines: &mut [Line]) {
    let texts: Vec<&str> = lines.iter().map(|l| if l.kind == Kind::Text { l.text } else { "" }).collect();
    let depths: Vec<usize> = lines.iter().map(|l| l.depth).collect();
    let mut raised: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        while raised.last().is_some_and(|depth| depths[at] < *depth) {
            raised.pop();
        }
        let depth = depths[at];
        lines[at].depth = depth + raised.len();
        let run = depths[at..].iter().take(24).take_while(|d| **d == depth).count();
        let next_text = |from: usize| (from..lines.len()).find(|i| !texts[*i].trim().is_empty());
        let quote_follows = |from: usize| next_text(from).is_some_and(|i| depths[i] > depth);
        let before = (0..at).rev().take(64).find(|i| !texts[*i].trim().is_empty() && lines[*i].kind == Kind::Text);
        let begins_quote = depth > 0 && before.is_none_or(|i| depths[i] < depth);
        let block = if begins_quote { announced_block } else { header_block };
        let found = block(&texts[at..at + run])
            .map(|len| (len, false))
            .or_else(|| attribution(&texts[at..at + run], |len| quote_follows(at + len)).map(|len| (len, true)));
        let Some((mut len, is_attribution)) = found else {
            at += 1;
            continue;
        };
        // An attribution and a header block announce the same quote.
        let blank = texts[at + len..at + run].iter().take_while(|text| text.trim().is_empty()).count();
        len += announced_block(&texts[at + len + blank..at + run]).map_or(0, |block| blank + block);
        let follows = quote_follows(at + len);
        let level = depth + raised.len();
        for line in &mut lines[at..at + len] {
            line.kind = Kind::Gone;
            line.depth = level;
        }
        lines[at].kind = Kind::Heading;
        // A header block that begins a marked quote is that quote's own.
        if !begins_quote && !(follows && (is_attribution || depth == 0)) {
            raised.push(depth);
        }
        at += len;
    }
}

/// Within one depth, a signature reaches from its mark to the next quote or heading.
fn drop_signatures(lines: &mut [Line]) -> bool {
    let mut any = false;
    let mut at = 0;
    while at < lines.len() {
        let depth = lines[at].depth;
        let len = if lines[at].kind == Kind::Text { signature_at(lines, at) } else { 0 };
        lines[at..at + len].iter_mut().for_each(|l| l.kind = Kind::Gone);
        any |= len > 0 && depth == 0;
        at += len.max(1);
    }
    any
}

/// Number of lines from `at` on that are a signature with its mark.
fn signature_at(lines: &[Line], at: usize) -> usize {
    let (depth, text) = (lines[at].depth, lines[at].text.trim_end());
    let own = || {
        let len = lines[at + 1..].iter().take_while(|l| l.depth == depth && l.kind != Kind::Heading).count();
        &lines[at + 1..=at + len]
    };
    let is_signature = match text {
        // RFC 3676 4.3: "-- " alone; the space is often lost, and other lines of dashes are used like it
        "--" => lines[at].text == "-- " || (is_light(own()) && !is_divider(lines, at)),
        "—" | "---" | "__" | "___" | "-----" | "––" | "*--*" => {
            is_slight(own()) && !is_one_of_several(lines, at) && !is_divider(lines, at)
        }
        _ if is_sent_from(text) => return 1 + under_phone(own()),
        _ => false,
    };
    if is_signature { 1 + own().len() } else { 0 }
}

/// Short lines such as a name and a trade; a sentence is the letter's.
fn is_slight(own: &[Line]) -> bool {
    let is_short = |l: &&Line| l.text.chars().count() <= SHORT_LINE && !ends_sentence(l.text);
    let filled = || own.iter().filter(|l| l.kind == Kind::Text && !l.text.trim().is_empty());
    filled().count() <= DRAWN_SIGNATURE_LINES && filled().all(|l| is_short(&l))
}

/// A letter with several drawn lines is divided by them.
fn is_one_of_several(lines: &[Line], at: usize) -> bool {
    let is_drawn =
        |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '_' | '—' | '–' | '*' | '='));
    let same = lines.iter().enumerate().filter(|(i, l)| *i != at && l.depth == lines[at].depth);
    same.filter(|(_, l)| l.text != "-- ").any(|(_, l)| is_drawn(l.text.trim()))
}

/// What goes with a phone's line: the little that stands straight under it, where the letter ends there.
fn under_phone(own: &[Line]) -> usize {
    let is_said = |l: &Line| l.kind == Kind::Text && !l.text.trim().is_empty();
    let block = own.iter().take_while(|l| is_said(l)).count();
    let is_last = !own[block..].iter().any(is_said);
    if is_last && block <= PHONE_LINES && is_slight(&own[..block]) { block } else { 0 }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// A line of dashes in front of everything, or with an empty line behind it, divides.
fn is_divider(lines: &[Line], at: usize) -> bool {
    let above = lines[..at].iter().any(|l| l.depth == lines[at].depth && !l.text.trim().is_empty());
    let below = lines.get(at + 1).is_some_and(|l| !l.text.trim().is_empty());
    !above || (lines[at].text.trim_end() != "--" && !below)
}

fn is_light(own: &[Line]) -> bool {
    let filled = own.iter().filter(|l| l.kind == Kind::Text && !l.text.trim().is_empty());
    filled.take(LOOSE_SIGNATURE_LINES + 1).count() <= LOOSE_SIGNATURE_LINES
}

fn render(lines: &[Line], words: &LetterWords, signature: bool) -> Cut {
    let mut out: Vec<String> = Vec::new();
    let mut new_text: Vec<&str> = Vec::new();
    let mut owed = false;
    for line in lines {
        match line {
            Line { kind: Kind::Heading, depth: 0, .. } => owed = true,
            Line { kind: Kind::Text, depth: depth @ (0 | 1), text } => {
                let text = text.trim_end();
                let line = if *depth == 0 { text.to_owned() } else { format!("> {text}").trim_end().to_owned() };
                if owed && text.is_empty() {
                    continue;
                }
                // "Earlier:" stands only where something earlier is left.
                if owed && text != words.earlier {
                    out.extend([String::new(), words.earlier.clone()]);
                }
                owed = false;
                if *depth == 0 {
                    new_text.push(text);
                }
                out.push(line);
            }
            _ => {}
        }
    }
    Cut { text: tidy(&out), new_text: new_text.join("\n").trim().to_owned(), signature }
}

/// No empty lines at the ends, at most one between two lines, and none that is quoted at the edge of a quote.
fn tidy(lines: &[String]) -> String {
    let is_empty = |line: &str| line.trim_matches(['>', ' ', '\t', '\u{A0}', '\u{FEFF}', '\u{200B}']).is_empty();
    let mut kept: Vec<&str> = Vec::new();
    let mut gap = false;
    for line in lines {
        if is_empty(line) {
            gap = true;
            continue;
        }
        if let Some(last) = kept.last().filter(|_| gap) {
            let inside = last.starts_with('>') && line.starts_with('>');
            kept.push(if inside { ">" } else { "" });
        }
        gap = false;
        kept.push(line);
    }
    kept.join("\n")
}
