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
