//! What must not be readable in one letter: addresses, the writer's full name, phone numbers. Scrub and gate both ask
//! here, so what the one leaves standing the other does not find. Pure.

use std::ops::Range;

use super::known::{Spelling, known};
use super::names::Names;
use super::normal::View;
use super::numbers::phones;
use super::tokens::{addresses, any};
use super::{Incoming, Known, LetterWords, Origin};

pub struct Secrets<'a> {
    known: Vec<Spelling>,
    names: Names,
    /// Emergency numbers, which stay; `None` where all may pass.
    numbers: Option<&'a [String]>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Secret {
    Address,
    Name,
    Number,
}

impl<'a> Secrets<'a> {
    pub fn of(incoming: &Incoming, known: &Known, words: &'a LetterWords) -> Self {
        let addresses = known.addresses.iter().filter_map(|address| Spelling::of(address));
        let full = [incoming.from_name.as_deref(), known.full_name.as_deref()];
        let ours =
            [&words.lead, &words.footer, &words.new_message, &words.not_passed_on, &words.left_out, &words.earlier];
        let passes = incoming.origin == Origin::Page { numbers_pass: true };
        Self {
            known: addresses.chain([Spelling::at(&known.relay_domain)]).collect(),
            names: Names::of(full.into_iter().flatten(), &known.first_name, &ours.map(String::as_str)),
            numbers: (!passes).then_some(words.emergency_numbers.as_slice()),
        }
    }

    /// Whether an address can be read in the bytes as they are, or by undoing escapes and torn lines.
    pub(super) fn shows_address(&self, raw: &str) -> bool {
        let view = View::of(raw);
        !any(&view).is_empty() || !known(&view, &self.known).is_empty()
    }

    /// All of them, in bytes of `text`.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, Secret)> {
        let view = View::of(text);
        let addresses = addresses(text, &view, &self.known).into_iter().map(|range| (range, Secret::Address));
        let numbers = self.numbers.map(|allowed| phones(&view, allowed)).unwrap_or_default().into_iter();
        let names = self.names.find(&view).into_iter();
        let found = numbers.map(|r| (r, Secret::Number)).chain(names.map(|r| (r, Secret::Name)));
        addresses.chain(found.map(|(range, secret)| (view.bytes(&range), secret))).collect()
    }
}
