//! Second step: takes out of a letter what would tell who or where its writer is. What goes leaves a visible mark, so
//! that nobody is misled. It never decides whether a letter may go: gate does.

use std::ops::Range;

use super::normal::{View, fold};
use super::numbers::phones;
use super::quote;
use super::tokens::{self, Spelling};
use super::{Incoming, Known, LetterWords, Origin};

/// What stands in a subject line beyond this is cut (characters).
const SUBJECT_MOST: usize = 200;
/// A replacement may bring two halves together; more rounds than this only a hostile text needs, and gate refuses it.
const ROUNDS: usize = 4;

/// What may be read by the other side.
pub struct Scrubbed {
    pub subject: String,
    pub text: String,
    /// Something was replaced by the mark; the writer is told once.
    pub left_out: bool,
    pub signature_cut: bool,
    /// What is asked of us, where the new text is one word.
    pub reply_word: Option<ReplyWord>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplyWord {
    Stop,
    Help,
}

impl Scrubbed {
    /// Nothing to read, neither in the subject nor in the text.
    pub fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.text.is_empty()
    }
}

pub fn scrub(incoming: &Incoming, known: &Known, words: &LetterWords) -> Scrubbed {
    let cut = quote::cut(&incoming.text, words);
    let cleaner = Cleaner::of(incoming, known, words);
    let (subject, in_subject) = cleaner.clean(&subject(&incoming.subject, words));
    let (text, in_text) = cleaner.clean(&cut.text);
    Scrubbed {
        subject: subject.chars().take(SUBJECT_MOST).collect(),
        text,
        left_out: in_subject || in_text,
        signature_cut: cut.signature || incoming.signature_cut,
        reply_word: said(&cut.new_text, incoming, words),
    }
}

/// Empty when it is our own subject, come back.
fn subject(subject: &str, words: &LetterWords) -> String {
    let tails = words.all_new_message.iter().chain([&words.new_message]);
    let is_ours = tails.map(|tail| fold(tail)).any(|tail| !tail.is_empty() && fold(subject).trim().ends_with(&tail));
    if is_ours { String::new() } else { subject.to_owned() }
}

/// What is asked of us by a letter of one new word.
pub fn reply_word(incoming: &Incoming, words: &LetterWords) -> Option<ReplyWord> {
    said(&quote::cut(&incoming.text, words).new_text, incoming, words)
}

/// Where there is no text, people mean the subject.
fn said(new_text: &str, incoming: &Incoming, words: &LetterWords) -> Option<ReplyWord> {
    let text = if new_text.trim().is_empty() { &incoming.subject } else { new_text };
    sole_word(text, words).filter(|_| incoming.origin == Origin::Mail)
}

fn sole_word(text: &str, words: &LetterWords) -> Option<ReplyWord> {
    let mut parts = text.split_whitespace();
    let word = parts.next().filter(|_| parts.next().is_none())?;
    let word = fold(word).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_one_of = |list: &[String]| list.iter().any(|one| fold(one) == word);
    if is_one_of(&words.stop_words) {
        return Some(ReplyWord::Stop);
    }
    is_one_of(&words.help_words).then_some(ReplyWord::Help)
}

struct Cleaner<'a> {
    known: Vec<Spelling>,
    /// Full names in normal form, as words.
    names: Vec<Vec<String>>,
    first_name: &'a str,
    numbers_pass: bool,
    words: &'a LetterWords,
}

impl<'a> Cleaner<'a> {
    fn of(incoming: &Incoming, known: &'a Known, words: &'a LetterWords) -> Self {
        let full_names = [incoming.from_name.as_deref(), known.full_name.as_deref()];
        let mut names: Vec<Vec<String>> = Vec::new();
        for name in full_names.into_iter().flatten() {
            let folded = fold(name);
            let parts: Vec<String> = folded
                .split(|c: char| c.is_whitespace() || c == ',')
                .filter(|p| !p.is_empty())
                .map(str::to_owned)
                .collect();
            if parts.len() >= 2 && !folded.contains('@') {
                let mut turned = parts.clone();
                turned.rotate_right(1); // "Smith, Jo"
                names.extend([parts.clone(), turned]);
                if let [first, .., last] = parts.as_slice()
                    && parts.len() > 2
                {
                    names.push(vec![first.clone(), last.clone()]);
                }
            }
        }
        let numbers_pass = incoming.origin == Origin::Page { numbers_pass: true };
        let known_addresses = tokens::spellings(&known.addresses);
        Self { known: known_addresses, names, first_name: &known.first_name, numbers_pass, words }
    }

    fn clean(&self, text: &str) -> (String, bool) {
        let mut text = text.to_owned();
        let mut left_out = false;
        for _ in 0..ROUNDS {
            let hits = self.hits(&text);
            if hits.is_empty() {
                break;
            }
            left_out |= hits.iter().any(|(_, with)| *with == self.words.left_out);
            text = replace(&text, hits);
        }
        let doubled = format!("{0}{0}", self.words.left_out);
        while !self.words.left_out.is_empty() && text.contains(&doubled) {
            text = text.replace(&doubled, &self.words.left_out);
        }
        (text.trim().to_owned(), left_out)
    }

    fn hits(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let view = View::of(text);
        let mark = self.words.left_out.as_str();
        let addresses = tokens::known(&view, &self.known).into_iter().chain(tokens::any(&view));
        let framed = addresses.map(|range| with_frame(&view, range));
        let numbers = if self.numbers_pass { Vec::new() } else { phones(&view, &self.words.emergency_numbers) };
        let mut hits: Vec<(Range<usize>, &str)> =
            framed.chain(numbers).map(|range| (view.bytes(&range), mark)).collect();
        hits.extend(tokens::in_base64(text, &self.known).into_iter().map(|range| (range, mark)));
        for name in &self.names {
            let found = named(&view.chars, name).into_iter().map(|range| (view.bytes(&range), self.first_name));
            hits.extend(found);
        }
        hits
    }
}

/// With `mailto:` and the angle brackets around an address.
fn with_frame(view: &View, range: Range<usize>) -> Range<usize> {
    let chars = &view.chars;
    let (mut start, mut end) = (range.start, range.end);
    if chars[..start].ends_with(&['m', 'a', 'i', 'l', 't', 'o', ':']) {
        start -= 7;
    }
    if start > 0 && chars[start - 1] == '<' && chars.get(end) == Some(&'>') {
        (start, end) = (start - 1, end + 1);
    }
    start..end
}

/// Where the words of a name stand one after the other, over line breaks and quote marks too.
fn named(chars: &[char], name: &[String]) -> Vec<Range<usize>> {
    let is_word = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphanumeric());
    let mut found = Vec::new();
    for start in 0..chars.len() {
        if is_word(start.checked_sub(1)) {
            continue;
        }
        let mut at = start;
        let fits = name.iter().enumerate().all(|(index, word)| {
            if index > 0 {
                let gap =
                    chars[at..].iter().take_while(|c| c.is_whitespace() || matches!(c, ',' | '>' | '.' | '_')).count();
                if gap == 0 {
                    return false;
                }
                at += gap;
            }
            let fits = word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
            at += word.chars().count();
            fits
        });
        if fits && !is_word(Some(at)) {
            found.push(start..at);
        }
    }
    found
}

/// Overlapping hits become one, replaced as the first of them is.
fn replace(text: &str, mut hits: Vec<(Range<usize>, &str)>) -> String {
    hits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, with) in hits {
        if range.start >= at && !range.is_empty() {
            out.push_str(&text[at..range.start]);
            out.push_str(with);
        }
        at = at.max(range.end);
    }
    out.push_str(&text[at..]);
    out
}
