//! Why these two: at most three codes, read by the sponsor in the offer and by both after the yes. Each stands on a wish
//! that was made and a fact that meets it. They say nothing of how many others were asked or fit less well.

use super::hours::Hours;
use super::model::{HandFacts, Wish};
use super::rank::{has_first_language, is_whom_asked_for};
use crate::word_enum;

word_enum! {
    /// True of the two together, so both may read it.
    Reason {
        SharedTimes = "shared-times",
        FirstLanguage = "first-language",
        /// The sponsor is whom the newcomer asked for.
        AskedFor = "asked-for",
        /// The sponsor has walked with people the newcomer named, and lets it be told.
        WalkedWith = "walked-with",
    }
}

const AT_MOST: usize = 3;

/// The most telling first.
pub fn reasons(wish: &Wish, hand: &HandFacts) -> Vec<Reason> {
    let has_times = wish.hours != Hours::ALL;
    let facts = [
        (hand.shows_walked_with && wish.walked_with.meets(hand.walked_with), Reason::WalkedWith),
        (is_whom_asked_for(wish, hand), Reason::AskedFor),
        (has_times && !wish.hours.common(hand.hours).is_empty(), Reason::SharedTimes),
        (has_first_language(wish, hand), Reason::FirstLanguage),
    ];
    facts.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).take(AT_MOST).collect()
}
