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

impl Timestamp {
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_add(delta.num_seconds()))
    }

    #[must_use]
    pub fn minus(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_sub(delta.num_seconds()))
    }

    /// Time passed since `earlier`, negative if `earlier` is later.
    pub fn since(self, earlier: Self) -> TimeDelta {
        TimeDelta::seconds(self.0.saturating_sub(earlier.0))
    }

    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(SECONDS_A_DAY)).unwrap_or(i32::MAX))
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
}

impl Day {
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0) * SECONDS_A_DAY)
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
    fn days_and_months_are_counted_in_utc() {
        let eve = Timestamp(1_798_761_599); // 2026-12-31 23:59:59
        assert_eq!(eve.month(), Month(2026 * 12 + 11));
        assert_eq!(eve.plus(TimeDelta::seconds(1)).day().0, eve.day().0 + 1);
    }
}
