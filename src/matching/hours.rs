//! When people have time: 42 blocks of four hours, a week in UTC, made from the parts of the day a person ticked.
//!
//! Block 0 begins on Monday 00:00 UTC, block `n` four hours times `n` later. A block belongs to the part of the local day
//! in which its middle lies: so every block belongs to exactly one of morning, day, evening and night, two parts never
//! share one, and each part holds at least one a day. Daylight saving moves less than a block and is ignored.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::{BigInt, Integer};

use crate::{number_column, word_enum};

const BLOCKS: u32 = 42;
const BLOCK_MINUTES: i64 = 4 * 60;
const DAY_MINUTES: i64 = 24 * 60;
const WEEK_MINUTES: i64 = 7 * DAY_MINUTES;

word_enum! {
    /// A box on a form.
    DayPart {
        /// 08:00–12:00 local, every day; so with the next two.
        Mornings = "mornings",
        /// 12:00–17:00
        Days = "days",
        /// 17:00–21:00
        Evenings = "evenings",
        /// 21:00–08:00
        Nights = "nights",
        /// Saturday and Sunday, 08:00–21:00.
        Weekend = "weekend",
    }
}

/// The boxes a person ticked, kept so that a form can show them again. One bit per `DayPart`, in its order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct DayParts(i32);

/// A set of the week's 42 blocks in UTC, bit `n` for block `n`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Hours(i64);

number_column!(DayParts, Integer, i32);
number_column!(Hours, BigInt, i64);

/// Whether `minutes` is an offset from UTC a place on earth can have: -12:00 to +14:00, in quarter hours.
pub fn is_utc_offset(minutes: i32) -> bool {
    (-12 * 60..=14 * 60).contains(&minutes) && minutes % 15 == 0
}

impl DayParts {
    pub const NONE: Self = Self(0);

    pub fn of(parts: impl IntoIterator<Item = DayPart>) -> Self {
        parts.into_iter().fold(Self::NONE, |set, part| Self(set.0 | bit(part)))
    }

    pub fn has(self, part: DayPart) -> bool {
        self.0 & bit(part) != 0
    }

    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// In the order of the form.
    pub fn parts(self) -> impl Iterator<Item = DayPart> {
        DayPart::ALL.iter().copied().filter(move |part| self.has(*part))
    }

    /// Their words, in the order of the form.
    pub fn words(self) -> Vec<&'static str> {
        self.parts().map(DayPart::word).collect()
    }

    /// What to call these hours where the clock is `offset_min` minutes ahead of UTC: "evenings, weekend". The weekend is
    /// named only for what the parts of a weekday leave over.
    pub fn shown(hours: Hours, offset_min: i32) -> Self {
        let weekend = Hours::of(Self::of([DayPart::Weekend]), offset_min);
        let of_the_day = DayPart::ALL.iter().copied().filter(|part| *part != DayPart::Weekend);
        let named = Self::of(of_the_day.filter(|part| {
            let on_weekdays = Hours::of(Self::of([*part]), offset_min).without(weekend);
            !hours.common(on_weekdays).is_empty()
        }));
        if hours.without(Hours::of(named, offset_min)).is_empty() {
            named
        } else {
            Self(named.0 | bit(DayPart::Weekend))
        }
    }
}

fn bit(part: DayPart) -> i32 {
    match part {
        DayPart::Mornings => 1,
        DayPart::Days => 2,
        DayPart::Evenings => 4,
        DayPart::Nights => 8,
        DayPart::Weekend => 16,
    }
}

impl Hours {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self((1 << BLOCKS) - 1);

    /// Bits outside the week are dropped.
    pub fn from_bits(bits: i64) -> Self {
        Self(bits & Self::ALL.0)
    }

    pub fn bits(self) -> i64 {
        self.0
    }

    /// The blocks of the ticked parts where the clock is `offset_min` minutes ahead of UTC.
    pub fn of(parts: DayParts, offset_min: i32) -> Self {
        let blocks = (0..BLOCKS).filter(|block| {
            let middle = i64::from(*block) * BLOCK_MINUTES + BLOCK_MINUTES / 2 + i64::from(offset_min);
            covers(parts, middle.rem_euclid(WEEK_MINUTES))
        });
        Self(blocks.fold(0, |bits, block| bits | 1 << block))
    }

    /// As a request is stored: no part ticked means any time. A hand ticks at least one instead.
    pub fn wished(parts: DayParts, offset_min: i32) -> Self {
        if parts.is_empty() { Self::ALL } else { Self::of(parts, offset_min) }
    }

    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    #[must_use]
    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Whether a minute of the local week, Monday 00:00 = 0, lies in a ticked part.
fn covers(parts: DayParts, minute: i64) -> bool {
    let is_weekend = minute >= 5 * DAY_MINUTES;
    let part = match minute % DAY_MINUTES / 60 {
        8..12 => DayPart::Mornings,
        12..17 => DayPart::Days,
        17..21 => DayPart::Evenings,
        _ => DayPart::Nights,
    };
    parts.has(part) || (is_weekend && part != DayPart::Nights && parts.has(DayPart::Weekend))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MONDAY: u32 = 0;
    const SATURDAY: u32 = 5;
    const SUNDAY: u32 = 6;

    /// The block of a weekday that begins at this hour UTC.
    fn block(day: u32, hour: u32) -> Hours {
        Hours(1 << (day * 6 + hour / 4))
    }

    fn daily(hours: &[u32]) -> Hours {
        union((0..7).flat_map(|day| hours.iter().map(move |hour| block(day, *hour))))
    }

    fn union(blocks: impl IntoIterator<Item = Hours>) -> Hours {
        Hours(blocks.into_iter().fold(0, |bits, hours| bits | hours.0))
    }

    fn of(parts: &[DayPart], offset_min: i32) -> Hours {
        Hours::of(DayParts::of(parts.iter().copied()), offset_min)
    }

    #[test]
    fn a_part_of_the_day_lies_where_it_is_in_utc() {
        use DayPart::{Days, Evenings, Mornings, Nights};
        let table: [(DayPart, i32, &[u32]); 13] = [
            (Mornings, 0, &[8]),
            (Days, 0, &[12]),
            (Evenings, 0, &[16]),
            (Nights, 0, &[20, 0, 4]),
            // UTC-3: the morning is 11–15 UTC, the evening 20–24
            (Mornings, -180, &[12]),
            (Evenings, -180, &[20]),
            // UTC+5:30: the morning is 2:30–6:30 UTC, the day 6:30–11:30
            (Mornings, 330, &[4]),
            (Days, 330, &[8]),
            (Evenings, 330, &[12]),
            // UTC+5:45: the middle of 0–4 UTC is 7:45 local, still night
            (Mornings, 345, &[4]),
            (Nights, 345, &[16, 20, 0]),
            (Evenings, 840, &[4]),
            (Mornings, -720, &[20]),
        ];
        for (part, offset, hours) in table {
            assert_eq!(of(&[part], offset), daily(hours), "{part:?} at {offset}");
        }
    }

    #[test]
    fn a_weekend_wraps_around_the_week() {
        assert_eq!(
            of(&[DayPart::Weekend], 0),
            union([5, 6].map(|day| union([8, 12, 16].map(|hour| block(day, hour)))))
        );
        // UTC-8: Sunday evening, 17–21 local, is Monday 01–05 UTC, the first block of the week.
        let west = of(&[DayPart::Weekend], -480);
        assert!(!west.common(block(MONDAY, 0)).is_empty() && west.common(block(SATURDAY, 12)).is_empty());
        // UTC+14: Saturday 08–12 local is Friday 18–22 UTC; Sunday evening ends at 07 UTC.
        let east = of(&[DayPart::Weekend], 840);
        assert!(!east.common(block(4, 20)).is_empty() && east.common(block(SUNDAY, 8)).is_empty());
    }

    #[test]
    fn no_part_ticked_is_any_time_for_a_wish_only() {
        assert_eq!(Hours::wished(DayParts::NONE, 60), Hours::ALL);
        assert_eq!(Hours::of(DayParts::NONE, 60), Hours::NONE);
        assert_eq!(Hours::ALL.count(), 42);
        assert_eq!(Hours::from_bits(-1), Hours::ALL);
    }

    #[test]
    fn offsets_are_quarter_hours_on_this_earth() {
        let good = [-720, -180, 0, 330, 345, 840];
        let bad = [-735, 855, 7, i32::MIN, i32::MAX];
        assert!(good.into_iter().all(is_utc_offset) && !bad.into_iter().any(is_utc_offset));
    }

    #[test]
    fn common_hours_are_named_as_a_person_would() {
        use DayPart::{Evenings, Mornings, Nights, Weekend};
        let shown = |hours, offset| DayParts::shown(hours, offset).parts().collect::<Vec<_>>();
        for offset in [-180, 0, 330, 345] {
            assert_eq!(shown(of(&[Evenings], offset), offset), [Evenings]);
            assert_eq!(shown(of(&[Weekend], offset), offset), [Weekend]);
            assert_eq!(shown(of(&[Evenings, Weekend], offset), offset), [Evenings, Weekend]);
            assert_eq!(shown(of(&[Mornings, Nights], offset), offset), [Mornings, Nights]);
            assert_eq!(shown(Hours::NONE, offset), []);
        }
        assert_eq!(shown(block(SUNDAY, 8), 0), [Weekend]);
    }

    proptest! {
        #[test]
        fn every_block_belongs_to_exactly_one_part_of_the_day(quarter in -48_i32..=56) {
            let offset = quarter * 15;
            let parts = [DayPart::Mornings, DayPart::Days, DayPart::Evenings, DayPart::Nights];
            let each = parts.map(|part| of(&[part], offset));
            prop_assert_eq!(union(each), Hours::ALL);
            prop_assert_eq!(each.iter().map(|hours| hours.count()).sum::<u32>(), 42);
            prop_assert!(each.iter().all(|hours| hours.count() >= 7));
        }

        #[test]
        fn ticking_more_never_takes_time_away(bits in 0_i32..32, more in 0_i32..32, quarter in -48_i32..=56) {
            let (few, many) = (Hours::of(DayParts(bits), quarter * 15), Hours::of(DayParts(bits | more), quarter * 15));
            prop_assert_eq!(few.common(many), few);
        }

        #[test]
        fn what_was_ticked_can_be_shown_again(bits in 0_i32..32) {
            let ticked = DayParts(bits);
            prop_assert_eq!(DayParts::of(ticked.parts()), ticked);
        }
    }
}
