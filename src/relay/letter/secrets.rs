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
    /// The first so many are the writer's own.
    own: usize,
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
        let spellings = |addresses: &[String]| addresses.iter().filter_map(|one| Spelling::of(one)).collect::<Vec<_>>();
        let (writers, readers) = known.addresses.split_at(known.own.min(known.addresses.len()));
        let (writers, readers) = (spellings(writers), spellings(readers));
        let full = [incoming.from_name.as_deref(), known.full_name.as_deref()];
        let ours =
            [&words.lead, &words.footer, &words.new_message, &words.not_passed_on, &words.left_out, &words.earlier];
        let passes = incoming.origin == Origin::Page { numbers_pass: true };
        Self {
            own: writers.len(),
            known: writers.into_iter().chain(readers).chain([Spelling::at(&known.relay_domain)]).collect(),
            names: Names::of(full.into_iter().flatten(), &known.first_name, &ours.map(String::as_str)),
            numbers: (!passes).then_some(words.emergency_numbers.as_slice()),
        }
    }

    /// Whether an address can be read in the bytes as they are, or by undoing escapes and torn lines.
    pub(super) fn shows_address(&self, raw: &str) -> bool {
        let view = View::of(raw);
        !any(&view).is_empty() || !known(&view, &self.known).is_empty()
    }

    /// Whether there is something in it that its writer may be told of: what anybody would see, and their own addresses. A
    /// word about the reader's would confirm a guess.
    pub(super) fn holds_for_writer(&self, text: &str) -> bool {
        let view = View::of(text);
        let own = self.known.get(..self.own).unwrap_or_default();
        !addresses(text, &view, own).is_empty()
            || self.numbers.is_some_and(|allowed| !phones(&view, allowed).is_empty())
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
