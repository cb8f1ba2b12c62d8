//! Places for sponsorships of a hand: what its owner chose, and less while the word for it is young.

use chrono::TimeDelta;

use crate::clock::Day;
use crate::policy::Hands;

/// What counts of the chosen `capacity` today. `vouched_on`: the day somebody's word put the hand up, none before.
pub fn places_of_hand(capacity: i32, vouched_on: Option<Day>, today: Day, policy: &Hands) -> i32 {
    let at_first = i32::try_from(policy.capacity_at_first).unwrap_or(i32::MAX);
    if is_at_first(vouched_on, today, policy) { capacity.min(at_first) } else { capacity }
}

/// Whether the hand still has the places of a beginning.
pub fn is_at_first(vouched_on: Option<Day>, today: Day, policy: &Hands) -> bool {
    !is_older(vouched_on, policy.at_first_lasts, today)
}

/// Whether a word given that day is as old as this. A word nobody gave is not.
pub fn is_older(vouched_on: Option<Day>, than: TimeDelta, today: Day) -> bool {
    vouched_on.is_some_and(|day| today.start().since(day.start()) >= than)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn there_is_one_place_until_the_90th_day_and_then_what_was_chosen() {
        let policy = Policy::defaults().unwrap().hands;
        let places =
            |capacity, vouched_on: Option<i32>| places_of_hand(capacity, vouched_on.map(Day), Day(20_000), &policy);
        for (vouched_on, of_three) in [
            (None, 1),
            (Some(20_001), 1),
            (Some(20_000), 1),
            (Some(20_000 - 89), 1),
            (Some(20_000 - 90), 3),
            (Some(0), 3),
        ] {
            assert_eq!(places(3, vouched_on), of_three, "{vouched_on:?}");
            assert_eq!((places(0, vouched_on), places(1, vouched_on)), (0, 1), "never more than was chosen");
        }
    }
}
