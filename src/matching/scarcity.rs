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
    Part {
        /// Whom they would feel OK with becomes what is liked best.
        Who = "who",
        /// Any time.
        Times = "times",
        /// Whoever did not say that prescribed medicine is OK may be asked too.
        Medicine = "medicine",
    }
}

/// Parts given up together, in the order of [`Part::ALL`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Widening(Vec<Part>);

word_enum! {
    /// How many more could be asked. Never a number: the fewer they are, the more a number says of them.
    More { AFew = "a-few", FiveOrMore = "five-or-more" }
}

impl Part {
    fn is_asked_for(self, wish: &Wish) -> bool {
        match self {
            Self::Who => wish.who_must,
            Self::Times => wish.hours != Hours::ALL,
            Self::Medicine => wish.ok_with_medicine,
        }
    }
}

impl Widening {
    const BETWEEN: &str = "+";

    /// As it stands in a form.
    pub fn word(&self) -> String {
        self.0.iter().map(|part| part.word()).collect::<Vec<_>>().join(Self::BETWEEN)
    }

    /// `None` for words that are no parts.
    pub fn from_word(word: &str) -> Option<Self> {
        word.split(Self::BETWEEN).map(Part::from_word).collect::<Option<Vec<_>>>().map(Self)
    }

    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    fn has(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    /// Every choice of so many of these parts.
    fn choices(of: &[Part], many: usize) -> Vec<Self> {
        match (many, of) {
            (0, _) => vec![Self(Vec::new())],
            (_, []) => Vec::new(),
            (_, [first, rest @ ..]) => {
                let with_first = Self::choices(rest, many - 1).into_iter().map(|Self(mut parts)| {
                    parts.insert(0, *first);
                    Self(parts)
                });
                with_first.chain(Self::choices(rest, many)).collect()
            }
        }
    }

    /// The wish without these parts, or `None` where it does not ask for one of them.
    pub fn apply(&self, wish: &Wish) -> Option<Wish> {
        self.0.iter().all(|part| part.is_asked_for(wish)).then(|| Wish {
            who_must: wish.who_must && !self.has(Part::Who),
            hours: if self.has(Part::Times) { Hours::ALL } else { wish.hours },
            ok_with_medicine: wish.ok_with_medicine && !self.has(Part::Medicine),
            ..*wish
        })
    }
}

/// What would open more people, with how many, where fewer parts given up do not; empty when somebody could be asked as it is,
/// or when nothing would help. It is empty too where those who meet the wish were asked already: that is no scarcity, and a newcomer is not told of a no.
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
    let parts: Vec<Part> = Part::ALL.iter().copied().filter(|part| part.is_asked_for(wish)).collect();
    (1..=parts.len())
        .map(|many| Widening::choices(&parts, many).into_iter().filter_map(more).collect::<Vec<_>>())
        .find(|opened| !opened.is_empty())
        .unwrap_or_default()
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
        let [who, times, both] = ["who", "times", "who+times"].map(|word| Widening::from_word(word).unwrap());
        assert_eq!(told(&asks, &vec![someone.clone(); 4]), [(who.clone(), More::AFew)]);
        assert_eq!(told(&asks, &vec![someone.clone(); 5]), [(who.clone(), More::FiveOrMore)]);
        assert_eq!(told(&asks, std::slice::from_ref(&woman_at_noon)), [(times.clone(), More::AFew)]);
        assert_eq!(told(&asks, std::slice::from_ref(&other_at_noon)), [(both, More::AFew)]);
        let all = [someone.clone(), woman_at_noon, other_at_noon];
        assert_eq!(told(&asks, &all), [(who, More::AFew), (times, More::AFew)]);
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
            // Of all choices those are told that open somebody, where no smaller one does.
            let opens: Vec<Widening> = (1..=Part::ALL.len())
                .flat_map(|many| Widening::choices(Part::ALL, many))
                .filter(|widening| widening.apply(&asked).is_some_and(|wider| fits(&wider)))
                .collect();
            let fewest = opens.iter().map(|widening| widening.parts().len()).min();
            let expected: Vec<_> = opens.iter().filter(|one| !is_met && Some(one.parts().len()) == fewest).collect();
            prop_assert_eq!(told.iter().map(|(widening, _)| widening).collect::<Vec<_>>(), expected);
            for (widening, _) in &told {
                prop_assert_eq!(Widening::from_word(&widening.word()), Some(widening.clone()));
            }
        }
    }
}
