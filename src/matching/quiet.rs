//! Quiet hours: the local night, in which nobody is asked or nudged unless their hand says otherwise.

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::policy::{QuietHours, TimeOfDay};

const DAY_SECONDS: i64 = 86_400;

/// Whether it is quiet where the clock is `offset_min` minutes ahead of UTC. The first minute is quiet, the last is not.
pub fn is_quiet(now: Timestamp, offset_min: i32, quiet: &QuietHours) -> bool {
    let second = local_second(now, offset_min);
    let (from, until) = (seconds(quiet.from), seconds(quiet.until));
    if from <= until { (from..until).contains(&second) } else { second >= from || second < until }
}

/// The moment the present quiet hours end; `now` if it is not quiet.
pub fn quiet_ends_at(now: Timestamp, offset_min: i32, quiet: &QuietHours) -> Timestamp {
    if !is_quiet(now, offset_min, quiet) {
        return now;
    }
    let left = (seconds(quiet.until) - local_second(now, offset_min)).rem_euclid(DAY_SECONDS);
    now.plus(TimeDelta::seconds(left))
}

fn local_second(now: Timestamp, offset_min: i32) -> i64 {
    now.plus(TimeDelta::minutes(i64::from(offset_min))).0.rem_euclid(DAY_SECONDS)
}

fn seconds(time: TimeOfDay) -> i64 {
    time.minutes() * 60
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MIDNIGHT: Timestamp = Timestamp(1_767_225_600); // 2026-01-01 00:00 UTC

    fn hours(from: &str, until: &str) -> QuietHours {
        QuietHours { from: TimeOfDay::parse(from).unwrap(), until: TimeOfDay::parse(until).unwrap() }
    }

    fn utc(hour: i64, minute: i64) -> Timestamp {
        MIDNIGHT.plus(TimeDelta::minutes(hour * 60 + minute))
    }

    #[test]
    fn quiet_hours_span_midnight_in_local_time() {
        let night = hours("21:00", "08:00");
        // UTC time, offset in minutes, the UTC time the quiet ends
        let table = [
            (utc(20, 59), 0, None),
            (utc(21, 0), 0, Some(utc(32, 0))),
            (utc(23, 59), 0, Some(utc(32, 0))),
            (utc(24, 0), 0, Some(utc(32, 0))),
            (utc(7, 59), 0, Some(utc(8, 0))),
            (utc(8, 0), 0, None),
            (utc(23, 59), -180, None),
            (utc(24, 0), -180, Some(utc(35, 0))),
            (utc(15, 29), 330, None),
            (utc(15, 30), 330, Some(utc(26, 30))),
            (utc(15, 15), 345, Some(utc(26, 15))),
            (utc(2, 14), 345, Some(utc(2, 15))),
            (utc(2, 15), 345, None),
            (utc(7, 0), 840, Some(utc(18, 0))),
            (utc(9, 0), -720, Some(utc(20, 0))),
        ];
        for (now, offset, ends) in table {
            assert_eq!(is_quiet(now, offset, &night), ends.is_some(), "{now:?} {offset}");
            assert_eq!(quiet_ends_at(now, offset, &night), ends.unwrap_or(now), "{now:?} {offset}");
        }
    }

    #[test]
    fn quiet_hours_may_lie_within_one_day_or_not_be_at_all() {
        let siesta = hours("13:00", "15:00");
        assert!(!is_quiet(utc(12, 59), 0, &siesta) && is_quiet(utc(13, 0), 0, &siesta));
        assert_eq!(quiet_ends_at(utc(14, 0), 0, &siesta), utc(15, 0));
        assert!((0..48).all(|half| !is_quiet(utc(0, half * 30), 0, &hours("09:00", "09:00"))));
    }

    proptest! {
        #[test]
        fn quiet_ends_where_it_says_and_not_before(
            now in 0_i64..4_000_000_000, quarter in -48_i32..=56, from in 0_u16..24, until in 0_u16..24,
        ) {
            let quiet = hours(&format!("{from:02}:00"), &format!("{until:02}:30"));
            let (now, offset) = (Timestamp(now), quarter * 15);
            let ends = quiet_ends_at(now, offset, &quiet);
            prop_assert!(!is_quiet(ends, offset, &quiet));
            prop_assert!(ends.since(now) < TimeDelta::days(1));
            if ends != now {
                prop_assert!(is_quiet(ends.minus(TimeDelta::seconds(1)), offset, &quiet));
            }
        }
    }
}
