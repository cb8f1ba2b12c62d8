//! Where hands are missing: people wait, and no hand with room speaks with them when they have time. Whom somebody would feel
//! OK with is left out, since that tells more of a person than a coordinator needs to invite sponsors.

use super::hours::{DayPart, DayParts, Hours};
use super::sets::Languages;

/// Somebody who waits, as far as supply goes.
#[derive(Clone, Copy, Debug)]
pub struct Seeker {
    pub languages: Languages,
    /// None ticked is any time.
    pub parts: DayParts,
    pub hours: Hours,
}

/// A language, by its position in the policy's list, and a part of the day for which nobody is free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    pub language: u32,
    /// `None`: those who have time at any hour.
    pub part: Option<DayPart>,
    /// People who wait there, at least one. Somebody with two languages or two parts of the day counts in each.
    pub waiting: usize,
}

/// By language, then by part of the day. `free`: languages and hours of the hands with room.
pub fn gaps(waiting: &[Seeker], free: &[(Languages, Hours)]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for seeker in waiting.iter().filter(|seeker| !is_anybody_free(seeker, free)) {
        let parts: Vec<Option<DayPart>> =
            if seeker.parts.is_empty() { vec![None] } else { seeker.parts.parts().map(Some).collect() };
        for language in seeker.languages.positions() {
            for part in &parts {
                match gaps.iter_mut().find(|gap| (gap.language, gap.part) == (language, *part)) {
                    Some(gap) => gap.waiting += 1,
                    None => gaps.push(Gap { language, part: *part, waiting: 1 }),
                }
            }
        }
    }
    let place = |part: Option<DayPart>| DayPart::ALL.iter().position(|one| Some(*one) == part);
    gaps.sort_by_key(|gap| (gap.language, place(gap.part)));
    gaps
}

/// Whether a hand with room speaks with them when they have time. If none does, none fits.
pub fn is_anybody_free(seeker: &Seeker, free: &[(Languages, Hours)]) -> bool {
    free.iter().any(|hand| is_for(seeker, *hand))
}

fn is_for(seeker: &Seeker, (languages, hours): (Languages, Hours)) -> bool {
    seeker.languages.meets(languages) && !seeker.hours.common(hours).is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn seeker(languages: i64, parts: &[DayPart]) -> Seeker {
        let parts = DayParts::of(parts.iter().copied());
        Seeker { languages: Languages::from_bits(languages), parts, hours: Hours::wished(parts, 0) }
    }

    #[test]
    fn a_gap_is_where_people_wait_and_nobody_is_free() {
        let evenings = Hours::of(DayParts::of([DayPart::Evenings]), 0);
        let waiting = [
            seeker(0b10, &[DayPart::Evenings]),
            seeker(0b10, &[DayPart::Evenings, DayPart::Nights]),
            seeker(0b100, &[]),
            seeker(0b11, &[DayPart::Evenings]), // somebody free speaks the first language
        ];
        let free = [(Languages::from_bits(1), evenings), (Languages::from_bits(0b10), Hours::NONE)];
        let gap = |language, part, waiting| Gap { language, part, waiting };
        assert_eq!(
            gaps(&waiting, &free),
            [gap(1, Some(DayPart::Evenings), 2), gap(1, Some(DayPart::Nights), 1), gap(2, None, 1)]
        );
        assert_eq!(gaps(&[], &free), []);
        assert_eq!(gaps(&waiting, &[(Languages::from_bits(0b111), Hours::ALL)]), []);
    }

    proptest! {
        #[test]
        fn whoever_nobody_is_free_for_stands_in_a_gap_and_nobody_else(
            waiting in vec((1_i64..8, 0_i32..32), 0..12), free in vec((0_i64..8, 0_i64..1 << 42), 0..6),
        ) {
            let ticked = |bits: i32| DayPart::ALL.iter().copied().filter(move |part| {
                DayPart::ALL.iter().position(|one| one == part).is_some_and(|place| bits >> place & 1 == 1)
            });
            let waiting: Vec<Seeker> = waiting
                .into_iter()
                .map(|(languages, bits)| seeker(languages, &ticked(bits).collect::<Vec<_>>()))
                .collect();
            let free: Vec<_> =
                free.into_iter().map(|(bits, hours)| (Languages::from_bits(bits), Hours::from_bits(hours))).collect();
            let told = gaps(&waiting, &free);
            let alone = |seeker: &&Seeker| {
                free.iter().all(|(languages, hours)| {
                    seeker.languages.bits() & languages.bits() == 0 || seeker.hours.bits() & hours.bits() == 0
                })
            };
            let cells = |seeker: &Seeker| seeker.languages.bits().count_ones() as usize * seeker.parts.parts().count().max(1);
            let expected: usize = waiting.iter().filter(alone).map(cells).sum();
            prop_assert_eq!(told.iter().map(|gap| gap.waiting).sum::<usize>(), expected);
            prop_assert!(told.is_sorted_by_key(|gap| gap.language));
        }
    }
}
