//! In what order fitting hands are asked: least recently asked, then wishes met, then common hours, then the stored
//! random number; among the few whose turn is next, whoever speaks no other language goes before, then wishes met go before
//! turn. Never by id, never by anything one side could learn of the other.

use std::cmp::Reverse;

use super::model::{HandFacts, Wish};
use super::sets::Descriptions;
use crate::clock::Timestamp;

/// Whose turn is next: of these, whoever could help fewer others and meets more of the wishes is asked before the rest, and each
/// has a turn soon all the same. Two hands are hardly ever asked in the same second, so without this no wish that only ranks
/// would ever count; with many more, hands that meet wishes often would be asked often (docs/matching.md).
const NEXT: usize = 8;

type Key = (Reverse<bool>, Option<Timestamp>, Reverse<u32>, Reverse<u32>, i64);

/// Sorts the hands, the first to be asked first. Whether they fit is not looked at.
pub fn rank(wish: &Wish, hands: &mut [HandFacts]) {
    hands.sort_by_key(|hand| key(wish, hand));
    let next = hands.len().min(NEXT);
    if let Some(next) = hands.get_mut(..next) {
        next.sort_by_key(|hand| {
            (Reverse(hand.goes_first), speaks_another(wish, hand), Reverse(wishes_met(wish, hand)))
        });
    }
}

fn key(wish: &Wish, hand: &HandFacts) -> Key {
    // `None`, never asked, sorts before every time: a new hand enters at the front.
    let common_hours = wish.hours.common(hand.hours).count();
    (Reverse(hand.goes_first), hand.last_asked_at, Reverse(wishes_met(wish, hand)), Reverse(common_hours), hand.tie)
}

/// A language that the newcomer does not speak: somebody else may have nobody but this hand.
fn speaks_another(wish: &Wish, hand: &HandFacts) -> bool {
    hand.languages.common(wish.languages) != hand.languages
}

/// Wishes that were made and that this hand meets.
fn wishes_met(wish: &Wish, hand: &HandFacts) -> u32 {
    let walked_with = wish.walked_with.common(hand.walked_with).count();
    u32::from(is_whom_asked_for(wish, hand)) + u32::from(has_first_language(wish, hand)) + walked_with
}

pub(super) fn is_whom_asked_for(wish: &Wish, hand: &HandFacts) -> bool {
    wish.who != Descriptions::ANYONE && wish.who.accept(hand.describes)
}

pub(super) fn has_first_language(wish: &Wish, hand: &HandFacts) -> bool {
    wish.first_language.meets(hand.languages)
}
