//! The one source of time. Everything that needs a time is handed a `Clock` or a `Timestamp`; nothing else asks the system.
//! Tests and the demo turn the same handle.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::{BigInt, Integer};

/// Whole seconds since 1970-01-01 00:00 UTC. Whole, because the two engines keep fractions to different precision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Timestamp(pub i64);

/// Days since 1970-01-01, for what needs no finer date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct Day(pub i32);

/// Months since year 0 (year × 12 + month from 0), for what is kept to the month only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct Month(pub i32);

const SECONDS_A_DAY: i64 = 86_400;
/// A quarter of what chrono holds, so that what is added to a span does not leave it.
const LONGEST_SPAN: i64 = i64::MAX / 4_000;

impl Timestamp {
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_add(delta.num_seconds()))
    }

    #[must_use]
    pub fn minus(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_sub(delta.num_seconds()))
    }

    /// Time passed since `earlier`, negative if `earlier` is later. Ages beyond those of the stars are all as long.
    pub fn since(self, earlier: Self) -> TimeDelta {
        TimeDelta::seconds(self.0.saturating_sub(earlier.0).clamp(-LONGEST_SPAN, LONGEST_SPAN))
    }

    pub fn day(self) -> Day {
        let day = i32::try_from(self.0.div_euclid(SECONDS_A_DAY));
        Day(day.unwrap_or(if self.0 < 0 { i32::MIN } else { i32::MAX }))
    }

    pub fn month(self) -> Month {
        let date = self.utc();
        Month(date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0))
    }

    /// The same moment as chrono writes it. Out of range becomes the epoch, which no stored time reaches.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }

    /// Wall-clock time where the UTC offset is `offset_min` minutes.
    pub fn local(self, offset_min: i32) -> DateTime<Utc> {
        self.plus(TimeDelta::minutes(i64::from(offset_min))).utc()
    }

    /// The day it is where the clock is `offset_min` minutes ahead of UTC.
    pub fn local_day(self, offset_min: i32) -> Day {
        self.plus(TimeDelta::minutes(i64::from(offset_min))).day()
    }
}

impl Day {
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0) * SECONDS_A_DAY)
    }

    /// The Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        // 1970-01-01 was a Thursday.
        Self(self.0 - (self.0 + 3).rem_euclid(7))
    }
}

/// Tells the time: the system's, or one that stands still; either can be turned forward or back.
#[derive(Clone, Debug)]
pub struct Clock {
    stands_at: Option<Timestamp>,
    turned_seconds: Arc<AtomicI64>,
}

impl Clock {
    pub fn system() -> Self {
        Self { stands_at: None, turned_seconds: Arc::default() }
    }

    /// Stands still until turned.
    pub fn standing_at(start: Timestamp) -> Self {
        Self { stands_at: Some(start), turned_seconds: Arc::default() }
    }

    pub fn now(&self) -> Timestamp {
        let base = self.stands_at.unwrap_or_else(system_now);
        Timestamp(base.0.saturating_add(self.turned_seconds.load(Ordering::SeqCst)))
    }

    pub fn turn(&self, by: TimeDelta) {
        self.turned_seconds.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
fn system_now() -> Timestamp {
    Timestamp(Utc::now().timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_clock_moves_for_every_holder() {
        let clock = Clock::standing_at(Timestamp(1_000));
        let other = clock.clone();
        clock.turn(TimeDelta::days(1));
        assert_eq!(other.now(), Timestamp(1_000 + SECONDS_A_DAY));
    }

    #[test]
    fn moments_at_the_two_ends_of_time_have_a_span_a_day_and_a_month() {
        let ends = [i64::MIN, i64::MIN / 1_000, 0, i64::MAX / 1_000, i64::MAX].map(Timestamp);
        for moment in ends {
            for other in ends {
                let span = moment.since(other);
                assert_eq!(span.cmp(&TimeDelta::zero()), moment.cmp(&other), "{moment:?} since {other:?}");
                assert!(span.checked_add(&span).is_some(), "there is room to count with it");
            }
        }
        assert_eq!((ends[0].day(), ends[4].day()), (Day(i32::MIN), Day(i32::MAX)));
        assert_eq!(ends.map(Timestamp::month), [Month(1970 * 12); 5]);
    }

    #[test]
    fn days_and_months_are_counted_in_utc() {
        let eve = Timestamp(1_798_761_599); // 2026-12-31 23:59:59
        assert_eq!(eve.month(), Month(2026 * 12 + 11));
        assert_eq!(eve.plus(TimeDelta::seconds(1)).day().0, eve.day().0 + 1);
    }
}
