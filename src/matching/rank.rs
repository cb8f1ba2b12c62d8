//! In what order fitting hands are asked: least recently asked, then wishes met, then common hours, then the stored
//! random number. Never by id, never by anything one side could learn of the other.

use std::cmp::Reverse;

use super::model::{HandFacts, Wish};
use super::sets::Descriptions;
use crate::clock::Timestamp;

type Key = (Reverse<bool>, Option<Timestamp>, Reverse<u32>, Reverse<u32>, i64);

/// Sorts the hands, the first to be asked first. Whether they fit is not looked at.
pub fn rank(wish: &Wish, hands: &mut [HandFacts]) {
    hands.sort_by_key(|hand| key(wish, hand));
}

fn key(wish: &Wish, hand: &HandFacts) -> Key {
    // `None`, never asked, sorts before every time: a new hand enters at the front.
    let common_hours = wish.hours.common(hand.hours).count();
    (Reverse(hand.goes_first), hand.last_asked_at, Reverse(wishes_met(wish, hand)), Reverse(common_hours), hand.tie)
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
