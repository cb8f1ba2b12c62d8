//! Second step: takes out of a letter what would tell who or where its writer is. What goes leaves a visible mark, so
//! that nobody is misled. It never decides whether a letter may go: gate does.

use std::ops::Range;

use super::normal::fold;
use super::quote;
use super::secrets::{Secret, Secrets};
use super::{Incoming, LetterWords, Origin};

/// What stands in a subject line beyond this is cut (characters).
const SUBJECT_MOST: usize = 200;

/// What may be read by the other side.
pub struct Scrubbed {
    pub subject: String,
    pub text: String,
    /// Something was replaced by the mark that its writer may be told of, once.
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

/// `first_name`: what stands in the place of the full name. `rounds`: how often it looks again at what it replaced.
pub fn scrub(
    incoming: &Incoming,
    secrets: &Secrets,
    (first_name, words): (&str, &LetterWords),
    rounds: usize,
) -> Scrubbed {
    let cut = quote::cut(&incoming.text, words);
    let clean = |text: &str| clean(text, secrets, (first_name, &words.left_out), rounds);
    let (whole, in_whole) = clean(&subject(&incoming.subject, words));
    // Where it is cut, what was part of something longer may look like a number.
    let (subject, in_rest) = match whole.char_indices().nth(SUBJECT_MOST) {
        None => (whole, false),
        Some((end, _)) => clean(whole.get(..end).unwrap_or_default()),
    };
    let (text, in_text) = clean(&cut.text);
    Scrubbed {
        subject,
        text,
        left_out: in_whole || in_rest || in_text,
        signature_cut: cut.signature || incoming.signature_cut,
        reply_word: said(&cut.new_text, incoming, words),
    }
}

/// Empty when it is our own subject, come back.
fn subject(subject: &str, words: &LetterWords) -> String {
    let tails = words.all_new_message.iter().chain([&words.new_message]);
    let folded = fold(subject);
    let is_ours = tails.map(|tail| fold(tail)).any(|tail| !tail.is_empty() && folded.trim().ends_with(&tail));
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

/// The text with every secret replaced, and whether its writer may be told.
fn clean(text: &str, secrets: &Secrets, (first_name, mark): (&str, &str), rounds: usize) -> (String, bool) {
    let mut text = text.to_owned();
    let mut left_out = false;
    for _ in 0..rounds {
        let found = secrets.find(&text);
        if found.is_empty() {
            break;
        }
        left_out |= found.iter().any(|(_, secret)| *secret != Secret::Name) && secrets.holds_for_writer(&text);
        text = replace(&text, found, first_name, mark);
    }
    let doubled = format!("{mark}{mark}");
    while !mark.is_empty() && text.contains(&doubled) {
        text = text.replace(&doubled, mark);
    }
    (text.trim().to_owned(), left_out)
}

/// Hits that overlap become one, which is more than a name if one of them is.
fn replace(text: &str, mut found: Vec<(Range<usize>, Secret)>, first_name: &str, mark: &str) -> String {
    found.sort_by_key(|(range, _)| range.start);
    let mut merged: Vec<(Range<usize>, bool)> = Vec::new();
    for (range, secret) in found {
        let is_name = secret == Secret::Name;
        match merged.last_mut() {
            Some((last, names)) if range.start < last.end => {
                last.end = last.end.max(range.end);
                *names &= is_name;
            }
            _ => merged.push((range, is_name)),
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, is_name) in merged {
        out.push_str(&text[at..range.start]);
        out.push_str(if is_name { first_name } else { mark });
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
