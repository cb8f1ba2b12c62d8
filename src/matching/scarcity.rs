//! Honest scarcity: nobody who has time meets a wish as it stands. Which part of it, widened, would open more people? It only
//! ever tells; widening is the newcomer's own press.

use super::fit::{NotNow, can_ask};
use super::hours::Hours;
use super::model::{HandFacts, Wish};
use crate::clock::Timestamp;
use crate::policy::QuietHours;
use crate::word_enum;

word_enum! {
    /// A part of a wish that is the newcomer's to give up.
    Widening {
        /// Whom they would feel OK with becomes what is liked best.
        Who = "who",
        /// Any time.
        Times = "times",
        /// Neither alone opens anybody.
        Both = "both",
    }
}

word_enum! {
    /// How many more could be asked. Never a number: the fewer they are, the more a number says of them.
    More { AFew = "a-few", FiveOrMore = "five-or-more" }
}

impl Widening {
    /// The wish without this part, or `None` where it does not ask for it.
    pub fn apply(self, wish: &Wish) -> Option<Wish> {
        let asks = |part: Self| match part {
            Self::Who => wish.who_must,
            Self::Times => wish.hours != Hours::ALL,
            Self::Both => wish.who_must && wish.hours != Hours::ALL,
        };
        if !asks(self) {
            return None;
        }
        Some(Wish {
            who_must: wish.who_must && self == Self::Times,
            hours: if self == Self::Who { wish.hours } else { Hours::ALL },
            ..*wish
        })
    }
}

/// What would open more people, with how many; empty when somebody could be asked as it is, or when nothing would help. It is
/// empty too where those who meet the wish were asked already: that is no scarcity, and a newcomer is not told of a no.
/// Hands that only sleep count as they will tomorrow morning.
pub fn scarcity(wish: &Wish, hands: &[HandFacts], now: Timestamp, quiet: &QuietHours) -> Vec<(Widening, More)> {
    let may_ask =
        |wish: &Wish, hand: &HandFacts| matches!(can_ask(wish, hand, now, quiet), Ok(()) | Err(NotNow::QuietHours(_)));
    let open = |wish: &Wish| hands.iter().filter(|hand| may_ask(wish, hand)).count();
    let not_asked = |hand: &HandFacts| HandFacts { was_asked: false, ..hand.clone() };
    if hands.iter().any(|hand| may_ask(wish, &not_asked(hand))) {
        return Vec::new();
    }
    let more = |widening: Widening| match open(&widening.apply(wish)?) {
        0 => None,
        1..5 => Some((widening, More::AFew)),
        _ => Some((widening, More::FiveOrMore)),
    };
    let alone: Vec<_> = [Widening::Who, Widening::Times].into_iter().filter_map(more).collect();
    if alone.is_empty() { more(Widening::Both).into_iter().collect() } else { alone }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOON, any_hand, any_wish, hand, policy, wish, women};
    use super::*;
    use crate::matching::look;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn told(wish: &Wish, hands: &[HandFacts]) -> Vec<(Widening, More)> {
        scarcity(wish, hands, NOON, &policy().quiet_hours)
    }

    #[test]
    fn the_part_that_opens_somebody_is_named_and_counted_in_bands() {
        let mornings = Hours::from_bits(0b1000);
        let evenings = Hours::from_bits(0b10_0000);
        let asks = Wish { who: women(), who_must: true, hours: evenings, ..wish() };
        let someone = HandFacts { hours: evenings, ..hand() };
        let woman_at_noon = HandFacts { describes: women(), hours: mornings, ..hand() };
        let other_at_noon = HandFacts { hours: mornings, ..hand() };
        assert_eq!(told(&asks, &vec![someone.clone(); 4]), [(Widening::Who, More::AFew)]);
        assert_eq!(told(&asks, &vec![someone.clone(); 5]), [(Widening::Who, More::FiveOrMore)]);
        assert_eq!(told(&asks, std::slice::from_ref(&woman_at_noon)), [(Widening::Times, More::AFew)]);
        assert_eq!(told(&asks, std::slice::from_ref(&other_at_noon)), [(Widening::Both, More::AFew)]);
        let all = [someone.clone(), woman_at_noon, other_at_noon];
        assert_eq!(told(&asks, &all), [(Widening::Who, More::AFew), (Widening::Times, More::AFew)]);
        let fits = HandFacts { describes: women(), ..someone };
        assert_eq!(told(&asks, &[fits]), [], "somebody fits as it is");
        assert_eq!(told(&wish(), &[HandFacts { up: false, ..hand() }]), [], "nothing to widen helps");
    }

    proptest! {
        #[test]
        fn what_is_told_is_so(asked in any_wish(), hands in vec(any_hand(), 0..12)) {
            let quiet = policy().quiet_hours;
            let fits = |wish: &Wish| !look(wish, hands.clone(), NOON, &quiet).nobody_fits();
            let forgotten = hands.iter().map(|hand| HandFacts { was_asked: false, ..hand.clone() }).collect();
            let is_met = !look(&asked, forgotten, NOON, &quiet).nobody_fits();
            let told = told(&asked, &hands);
            prop_assert!(told.is_empty() || !is_met);
            for widening in Widening::ALL {
                let helps = widening.apply(&asked).is_some_and(|wider| fits(&wider));
                let is_told = told.iter().any(|(told, _)| told == widening);
                if *widening == Widening::Both {
                    prop_assert!(!is_told || (helps && told.len() == 1));
                } else {
                    prop_assert_eq!(is_told, helps && !is_met);
                }
            }
        }
    }
}
