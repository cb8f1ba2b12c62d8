//! What no form lets through and no clock should say: the rules have an answer to it all the same, and it is written here.

use chrono::TimeDelta;

use super::tests::{NOON, hand, policy, wish, women};
use super::*;
use crate::clock::{Day, Timestamp};

/// Clocks that stand anywhere.
const CLOCKS: [Timestamp; 9] = [
    Timestamp(i64::MIN),
    Timestamp(i64::MIN + 1),
    Timestamp(i64::MIN / 1_000),
    Timestamp(-1),
    Timestamp(0),
    NOON,
    Timestamp(i64::MAX / 1_000),
    Timestamp(i64::MAX - 1),
    Timestamp(i64::MAX),
];

fn asked(wish: &Wish, hand: &HandFacts) -> Result<(), NotNow> {
    can_ask(wish, hand, NOON, &policy().quiet_hours)
}

/// What a newcomer would be told to widen.
fn told(wish: &Wish, hand: &HandFacts) -> Vec<String> {
    let told = scarcity(wish, std::slice::from_ref(hand), NOON, &policy().quiet_hours);
    told.iter().map(|(widening, _)| widening.word()).collect()
}

#[test]
fn a_hand_without_a_place_is_never_asked_however_many_it_carries() {
    let most = u32::MAX;
    for (capacity, sponsorships, open_offers) in
        [(0, 0, 0), (0, 1, 1), (1, 3, 0), (1, 0, 3), (2, 1, 1), (most, most, most), (most, most, 0), (0, most, most)]
    {
        let full = HandFacts { capacity, sponsorships, open_offers, ..hand() };
        assert_eq!(full.room(), 0, "{full:?}");
        assert_eq!(asked(&wish(), &full), Err(NotNow::NoPlace), "{full:?}");
        assert_eq!(told(&wish(), &full), [""; 0], "no wish of theirs would make a place");
    }
    let vast = HandFacts { capacity: most, sponsorships: 1, open_offers: most - 2, ..hand() };
    assert_eq!((vast.room(), asked(&wish(), &vast)), (1, Ok(())));
}

#[test]
fn a_number_of_places_below_zero_stays_below_and_writing_for_now_is_one() {
    let hands = policy().hands;
    for capacity in [i32::MIN, -1, 0] {
        for vouched_on in [None, Some(Day(i32::MIN)), Some(Day(i32::MAX))] {
            for today in [Day(i32::MIN), Day(0), Day(i32::MAX)] {
                assert_eq!(places_of_hand(capacity, vouched_on, today, &hands), capacity);
            }
        }
        assert_eq!((Kind::Sponsor.places(capacity), Kind::ForNow.places(capacity)), (capacity.into(), 1));
    }
}

#[test]
fn a_hand_that_wants_no_offers_in_a_week_is_never_asked() {
    for (weekly_limit, offers_last_week) in [(0, 0), (0, u32::MAX), (u32::MAX, u32::MAX)] {
        let tired = HandFacts { weekly_limit, offers_last_week, ..hand() };
        assert_eq!(asked(&wish(), &tired), Err(NotNow::WeeklyLimit));
    }
}

#[test]
fn without_hours_in_common_times_are_told_and_of_a_hand_without_hours_nothing() {
    let (morning, evening) = (Hours::from_bits(0b100), Hours::from_bits(0b1_0000));
    let asks = Wish { hours: evening, ..wish() };
    for hours in [morning, Hours::NONE] {
        assert_eq!(asked(&asks, &HandFacts { hours, ..hand() }), Err(NotNow::NoCommonHours));
    }
    assert_eq!(told(&asks, &HandFacts { hours: morning, ..hand() }), ["times"]);
    let never = HandFacts { hours: Hours::NONE, ..hand() };
    assert_eq!(told(&asks, &never), [""; 0]);
    assert_eq!(asked(&wish(), &never), Err(NotNow::NoCommonHours), "not at any time either");
    let at_no_time = Wish { hours: Hours::NONE, ..wish() };
    assert_eq!(asked(&at_no_time, &hand()), Err(NotNow::NoCommonHours));
    assert_eq!(told(&at_no_time, &hand()), ["times"], "a time that no week has is the newcomer's to give up");
}

#[test]
fn wishes_that_nobody_can_meet_ask_nobody_and_name_what_is_the_newcomers_to_give_up() {
    let nobody = Descriptions::NONE;
    let of_no_list = Descriptions::NONE.with(15);
    let woman = HandFacts { describes: women(), ..hand() };
    for (wishes, reason, parts) in [
        (Wish { languages: Languages::NONE, ..wish() }, NotNow::NoCommonLanguage, vec![]),
        (Wish { who: nobody, who_must: true, ..wish() }, NotNow::NotWhoWasAskedFor, vec!["who"]),
        (Wish { who: of_no_list, who_must: true, ..wish() }, NotNow::NotWhoWasAskedFor, vec!["who"]),
        (Wish { who: Descriptions::UNSTATED, who_must: true, ..wish() }, NotNow::NotWhoWasAskedFor, vec!["who"]),
        (
            Wish { who: nobody, who_must: true, ok_with_medicine: true, hours: Hours::NONE, ..wish() },
            NotNow::NoCommonHours,
            vec!["who+times+medicine"],
        ),
        (Wish { languages: Languages::NONE, who: nobody, who_must: true, ..wish() }, NotNow::NoCommonLanguage, vec![]),
    ] {
        assert_eq!(asked(&wishes, &woman), Err(reason), "{wishes:?}");
        assert_eq!(told(&wishes, &woman), parts, "{wishes:?}");
        assert_eq!(reasons(&wishes, &woman).len(), 0, "{wishes:?}");
    }
    let nobody_rather = Wish { who: nobody, ..wish() };
    assert_eq!(asked(&nobody_rather, &woman), Ok(()), "what is only liked best excludes nobody");
    let sponsors_nobody = HandFacts { accepts: nobody, ..hand() };
    assert_eq!(asked(&wish(), &sponsors_nobody), Err(NotNow::HandDoesNotSponsor));
    assert_eq!(told(&wish(), &sponsors_nobody), [""; 0], "whom a hand sponsors is not the newcomer's to give up");
}

#[test]
fn the_own_hand_of_who_asks_is_never_asked_and_no_scarcity_is_told_of_it() {
    let own = HandFacts { barred: true, ..hand() };
    let asks = Wish { who: women(), who_must: true, ..wish() };
    for wishes in [wish(), asks] {
        assert_eq!(asked(&wishes, &own), Err(NotNow::Barred));
        assert_eq!(told(&wishes, &own), [""; 0]);
    }
    let both = look(&wish(), vec![own, HandFacts { id: [8; 16], ..hand() }], NOON, &policy().quiet_hours);
    assert_eq!(both.ranked.iter().map(|hand| hand.id).collect::<Vec<_>>(), [[8; 16]]);
}

#[test]
fn a_hundred_thousand_at_once_are_asked_for_while_there_is_a_place() {
    let policy = policy();
    let numbered = |number: u8| HandFacts { id: [number; 16], tie: number.into(), capacity: 3, ..hand() };
    let mut hands: Vec<HandFacts> = (0..64).map(numbered).collect();
    let mut served = Vec::new();
    for request in 0..100_000 {
        let wanted = offers_wanted(0, TimeDelta::zero(), Round::Full, &policy.offers);
        let found = look(&wish(), hands.clone(), NOON, &policy.quiet_hours);
        for chosen in found.ranked.iter().take(wanted) {
            let hand = &mut hands[usize::from(chosen.id[0])];
            hand.open_offers += 1;
            hand.offers_last_week += 1;
            hand.last_asked_at = Some(NOON);
            served.push(request);
        }
    }
    assert!(hands.iter().all(|hand| hand.open_offers == 3 && hand.room() == 0));
    let expected: Vec<i32> = (0..48).flat_map(|request| [request; 4]).collect();
    assert_eq!(served, expected, "the first to come, four hands each, until 192 places are held");
}

#[test]
fn whatever_the_clock_says_the_next_look_comes_after_it_and_within_the_hour() {
    let policy = policy();
    let again = policy.offers.look_again;
    for now in CLOCKS {
        for due in CLOCKS {
            let asleep = Look { ranked: vec![], quiet_ends_at: Some(due) };
            for found in [Look::default(), asleep] {
                let next = next_look(now, &[due, Timestamp(i64::MIN)], &found, &policy.offers);
                assert!(next > now || now.0 == i64::MAX, "{now:?} {due:?}: {next:?}");
                assert!(next <= now.plus(again), "{now:?} {due:?}: {next:?}");
            }
        }
    }
    // The clock went back: what was due by the old time is not waited for.
    let before = NOON.minus(TimeDelta::days(400));
    assert_eq!(next_look(before, &[NOON], &Look::default(), &policy.offers), before.plus(again));
}

#[test]
fn whatever_the_clock_says_an_offer_lapses_after_it_was_made() {
    let policy = policy();
    for now in CLOCKS {
        for kind in [Kind::Sponsor, Kind::ForNow] {
            let lapses = lapses_at(now, kind, &policy);
            assert!(lapses > now || now.0 == i64::MAX, "{now:?}: {lapses:?}");
        }
        for last_offer_at in CLOCKS {
            let so_far = ForNowSoFar { from: now, is_taken: false, offers: 1, last_offer_at: Some(last_offer_at) };
            let due = for_now_due_at(&so_far, &policy.for_now).unwrap();
            assert!(due >= now && due >= last_offer_at, "{so_far:?}");
        }
    }
}

#[test]
fn whatever_the_clock_and_the_offset_a_night_ends_within_a_day() {
    let quiet = policy().quiet_hours;
    for now in CLOCKS {
        for offset in [i32::MIN, -720, 0, 345, 840, i32::MAX] {
            let ends = quiet_ends_at(now, offset, &quiet);
            assert!(ends >= now && ends <= now.plus(TimeDelta::days(1)), "{now:?} {offset}: {ends:?}");
            let asleep = HandFacts { utc_offset_min: offset, lease_ends_at: Timestamp(i64::MAX), ..hand() };
            let found = look(&wish(), vec![asleep], now, &quiet);
            assert!(now.0 == i64::MAX || !found.nobody_fits(), "{now:?} {offset}: asked, or asleep");
        }
    }
}

#[test]
fn a_wait_that_is_negative_or_endless_asks_no_more_than_the_policy_says() {
    let offers = policy().offers;
    for waited in [TimeDelta::MIN, TimeDelta::seconds(-1), TimeDelta::zero()] {
        assert_eq!(offers_wanted(0, waited, Round::Full, &offers), 4, "{waited}");
        assert_eq!(offers_wanted(usize::MAX, waited, Round::Full, &offers), 0, "{waited}");
    }
    assert_eq!(offers_wanted(0, TimeDelta::MAX, Round::Full, &offers), 5);
    for now in CLOCKS {
        for since in CLOCKS {
            let wanted = offers_wanted(0, now.since(since), Round::Full, &offers);
            let is_later = i128::from(now.0) - i128::from(since.0) >= 24 * 3600;
            assert_eq!(wanted, if is_later { 5 } else { 4 }, "{since:?} to {now:?}");
        }
    }
}

#[test]
fn a_clock_that_goes_back_between_two_looks_loses_nobody() {
    let quiet = policy().quiet_hours;
    let asked_tomorrow = HandFacts { id: [1; 16], last_asked_at: Some(NOON.plus(TimeDelta::days(1))), ..hand() };
    let never_asked = HandFacts { id: [2; 16], ..hand() };
    let lease_began_tomorrow = HandFacts { id: [3; 16], lease_ends_at: Timestamp(i64::MAX), ..asked_tomorrow.clone() };
    for now in [NOON, NOON.minus(TimeDelta::days(400)), NOON.minus(TimeDelta::days(100_000))] {
        let hands = vec![asked_tomorrow.clone(), never_asked.clone(), lease_began_tomorrow.clone()];
        let ranked: Vec<u8> = look(&wish(), hands, now, &quiet).ranked.iter().map(|hand| hand.id[0]).collect();
        assert_eq!(ranked, [2, 1, 3], "{now:?}: who was asked tomorrow was asked last");
    }
}
