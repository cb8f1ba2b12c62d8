//! How an invented sponsor answers an offer, and when.

use chrono::{TimeDelta, Timelike};

use super::draw::{Draw, What};
use super::world::{Sponsor, hours_of, is_awake};
use crate::clock::Timestamp;
use crate::matching::{Kind, Wish};

/// Yes, before reliability and fit (first responders: 38 % accept; Airbnb: 42 % refuse).
const YES: f64 = 0.42;
/// No answer, for the least reliable twice that.
const SILENT: f64 = 0.33;
/// Median waking hours, and sigma, of the delay (e-mail replies are heavy-tailed, Kooti et al.; slowed for a commitment).
const DELAY: (f64, f64) = (6.0, 1.5);
/// Writing for now is a smaller thing.
const FOR_NOW_YES: f64 = 1.3;
const FOR_NOW_DELAY: f64 = 0.6;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes(Timestamp),
    No(Timestamp),
    Silent,
}

/// The same for the two who meet, whatever the policy. `pair`: a number of the request and of the hand.
pub(super) fn answer(
    draw: Draw,
    (request, hand): (u64, u64),
    kind: Kind,
    (wish, sponsor): (&Wish, &Sponsor),
    asked_at: Timestamp,
) -> Answer {
    if sponsor.is_dead {
        return Answer::Silent;
    }
    let number = 2 * hand + u64::from(kind == Kind::ForNow);
    let fit = 0.75 + 0.5 * score(wish, sponsor) / 1000.0;
    let eager = if kind == Kind::ForNow { FOR_NOW_YES } else { 1.0 };
    let yes = (YES * sponsor.reliability * fit * eager).min(1.0);
    let silent = (SILENT * (2.0 - sponsor.reliability)).min(1.0 - yes);
    let slow = if kind == Kind::ForNow { FOR_NOW_DELAY } else { 1.0 };
    let delay = slow * draw.lognormal(DELAY, What::Delay, request, number);
    let at = after_waking(asked_at, sponsor.offset_min, hours_of(delay));
    match draw.one_of(&[yes, silent, 1.0 - yes - silent], What::Answer, request, number) {
        0 => Answer::Yes(at),
        1 => Answer::Silent,
        _ => Answer::No(at),
    }
}

/// 0..1000, the harmonic mean of what the two get of it. Wishes that were not made count as met.
fn score(wish: &Wish, sponsor: &Sponsor) -> f64 {
    let blocks = f64::from(wish.hours.common(sponsor.hours).count().min(5));
    let both = 50.0 * blocks + if wish.first_language.meets(sponsor.languages) { 130.0 } else { 0.0 };
    let of_newcomer = 1000.0 * (470.0 + both) / 850.0;
    let of_sponsor = 1000.0 * (150.0 + both) / 530.0;
    2.0 * of_newcomer * of_sponsor / (of_newcomer + of_sponsor)
}

/// So much later, of the time somebody is awake.
pub(super) fn after_waking(from: Timestamp, offset_min: i32, mut left: TimeDelta) -> Timestamp {
    let mut at = from;
    loop {
        let local = at.local(offset_min);
        let second = i64::from(local.num_seconds_from_midnight());
        let until = |hour: i64| TimeDelta::seconds((hour * 3600 - second).rem_euclid(86_400));
        if !is_awake(at, offset_min) {
            at = at.plus(until(8));
            continue;
        }
        let awake = until(23);
        if left <= awake {
            return at.plus(left);
        }
        left -= awake;
        at = at.plus(awake);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::world::START;

    #[test]
    fn a_night_does_not_count() {
        let evening = START.plus(TimeDelta::hours(22));
        assert_eq!(after_waking(evening, 0, TimeDelta::hours(2)), START.plus(TimeDelta::hours(24 + 9)));
        assert_eq!(after_waking(START, 0, TimeDelta::minutes(1)), START.plus(TimeDelta::minutes(8 * 60 + 1)));
        let days = after_waking(START.plus(TimeDelta::hours(8)), 0, TimeDelta::hours(31));
        assert_eq!(days, START.plus(TimeDelta::hours(24 + 24 + 9)));
    }
}
