//! The promises of asking, over invented requests and hands.

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::clock::Timestamp;
use crate::policy::Policy;

pub(super) const NOON: Timestamp = Timestamp(1_767_268_800); // Thursday 2026-01-01 12:00 UTC

pub(super) fn policy() -> Policy {
    Policy::defaults().unwrap()
}

pub(super) fn women() -> Descriptions {
    Descriptions::NONE.with(0)
}

fn men() -> Descriptions {
    Descriptions::NONE.with(1)
}

pub(super) fn wish() -> Wish {
    Wish {
        languages: Languages::NONE.with(0),
        first_language: Languages::NONE,
        hours: Hours::ALL,
        who: Descriptions::ANYONE,
        who_must: false,
        describes: Descriptions::UNSTATED,
        walked_with: Experience::NONE,
        ok_with_medicine: false,
    }
}

pub(super) fn hand() -> HandFacts {
    HandFacts {
        id: [7; 16],
        languages: Languages::NONE.with(0),
        hours: Hours::ALL,
        describes: Descriptions::UNSTATED,
        accepts: Descriptions::ANYONE,
        walked_with: Experience::NONE,
        shows_walked_with: false,
        ok_with_medicine: false,
        capacity: 1,
        sponsorships: 0,
        open_offers: 0,
        weekly_limit: 4,
        offers_last_week: 0,
        last_asked_at: None,
        goes_first: false,
        tie: 0,
        utc_offset_min: 0,
        ask_at_night: false,
        up: true,
        paused_until: None,
        lease_ends_at: NOON.plus(TimeDelta::days(30)),
        barred: false,
        was_asked: false,
    }
}

fn asked(change: impl FnOnce(&mut Wish, &mut HandFacts)) -> Result<(), NotNow> {
    let (mut wish, mut hand) = (wish(), hand());
    change(&mut wish, &mut hand);
    can_ask(&wish, &hand, NOON, &policy().quiet_hours)
}

#[test]
fn each_constraint_alone_keeps_a_hand_from_being_asked() {
    type Change = fn(&mut Wish, &mut HandFacts);
    let table: [(Change, NotNow); 16] = [
        (|_, hand| hand.up = false, NotNow::NotUp),
        (|_, hand| hand.lease_ends_at = NOON, NotNow::LeaseOver),
        (|_, hand| hand.paused_until = Some(Timestamp(NOON.0 + 1)), NotNow::Paused),
        (|_, hand| hand.barred = true, NotNow::Barred),
        (|_, hand| hand.was_asked = true, NotNow::Barred),
        (|_, hand| hand.languages = Languages::NONE.with(1), NotNow::NoCommonLanguage),
        (|_, hand| hand.languages = Languages::NONE, NotNow::NoCommonLanguage),
        (|_, hand| hand.hours = Hours::NONE, NotNow::NoCommonHours),
        (|wish, hand| (wish.who, wish.who_must, hand.describes) = (women(), true, men()), NotNow::NotWhoWasAskedFor),
        (|wish, _| (wish.who, wish.who_must) = (women(), true), NotNow::NotWhoWasAskedFor),
        (|_, hand| hand.accepts = women(), NotNow::HandDoesNotSponsor),
        (|wish, _| wish.ok_with_medicine = true, NotNow::NotOkWithMedicine),
        (|_, hand| hand.sponsorships = 1, NotNow::NoPlace),
        (|_, hand| hand.open_offers = 1, NotNow::NoPlace),
        (|_, hand| hand.offers_last_week = 4, NotNow::WeeklyLimit),
        (|_, hand| hand.utc_offset_min = 9 * 60, NotNow::QuietHours(NOON.plus(TimeDelta::hours(11)))),
    ];
    assert_eq!(asked(|_, _| {}), Ok(()));
    for (place, (change, reason)) in table.into_iter().enumerate() {
        assert_eq!(asked(change), Err(reason), "row {place}");
    }
}

#[test]
fn what_does_not_exclude_lets_the_hand_be_asked() {
    assert_eq!(asked(|_, hand| hand.paused_until = Some(NOON)), Ok(()), "the pause is over");
    assert_eq!(asked(|wish, hand| (wish.who, hand.describes) = (women(), men())), Ok(()), "nice, not must");
    assert_eq!(asked(|wish, _| wish.who_must = true), Ok(()), "anyone includes who says nothing");
    assert_eq!(asked(|wish, hand| (wish.describes, hand.accepts) = (women(), women())), Ok(()));
    assert_eq!(asked(|_, hand| (hand.utc_offset_min, hand.ask_at_night) = (9 * 60, true)), Ok(()));
    assert_eq!(asked(|wish, _| wish.first_language = Languages::NONE.with(5)), Ok(()), "it ranks only");
    assert_eq!(asked(|wish, _| wish.walked_with = Experience::NONE.with(0)), Ok(()), "it ranks only");
    assert_eq!(asked(|wish, hand| (wish.ok_with_medicine, hand.ok_with_medicine) = (true, true)), Ok(()));
}

#[test]
fn of_those_whose_turn_is_next_who_meets_wishes_is_first_then_turn_then_hours_then_chance() {
    let walked_with = Experience::from_bits(0b11);
    let wish = Wish { who: women(), first_language: Languages::NONE.with(1), walked_with, ..wish() };
    let numbered = |number: u8, change: fn(&mut HandFacts)| {
        let mut hand = HandFacts { id: [9 - number; 16], last_asked_at: Some(NOON), describes: women(), ..hand() };
        change(&mut hand);
        hand
    };
    let mut hands = [
        numbered(6, |hand| (hand.describes, hand.tie) = (men(), i64::MIN)),
        numbered(5, |hand| hand.hours = Hours::from_bits(1)),
        numbered(4, |hand| hand.tie = 9),
        numbered(3, |hand| hand.tie = -9),
        numbered(2, |hand| hand.walked_with = Experience::from_bits(0b10)),
        numbered(1, |hand| (hand.last_asked_at, hand.describes) = (Some(Timestamp(NOON.0 - 1)), men())),
        numbered(0, |hand| (hand.last_asked_at, hand.describes) = (None, men())),
    ];
    rank(&wish, &mut hands);
    assert_eq!(hands.map(|hand| 9 - hand.id[0]), [2, 3, 4, 5, 0, 1, 6]);
}

#[test]
fn of_those_whose_turn_is_next_who_speaks_another_language_is_kept_for_those_who_need_it() {
    let (one, two) = (Languages::NONE.with(0), Languages::NONE.with(0).with(1));
    let asked = |ago: i64| Some(NOON.minus(TimeDelta::days(ago)));
    let of_two = HandFacts { id: [2; 16], languages: two, describes: women(), last_asked_at: asked(9), ..hand() };
    let of_one = HandFacts { id: [1; 16], languages: one, last_asked_at: asked(1), ..hand() };
    let first = |wish: Wish| {
        let mut hands = [of_two.clone(), of_one.clone()];
        rank(&wish, &mut hands);
        hands[0].id[0]
    };
    assert_eq!(first(wish()), 1);
    assert_eq!(first(Wish { who: women(), ..wish() }), 1, "whatever they would like");
    assert_eq!(first(Wish { languages: two, ..wish() }), 2, "who speaks both is asked in turn");
}

#[test]
fn a_wish_brings_nobody_before_eight_who_were_asked_longer_ago() {
    let wish = Wish { who: women(), ..wish() };
    let asked = |ago: i64| Some(NOON.minus(TimeDelta::days(ago)));
    let mut hands: Vec<HandFacts> = (1..=8).map(|ago| HandFacts { last_asked_at: asked(ago), ..hand() }).collect();
    hands.push(HandFacts { id: [1; 16], describes: women(), last_asked_at: asked(0), ..hand() });
    rank(&wish, &mut hands);
    assert_eq!(hands[8].id, [1; 16]);
    hands.remove(0);
    rank(&wish, &mut hands);
    assert_eq!(hands[0].id, [1; 16], "her turn is near");
}

#[test]
fn four_are_asked_at_once_and_five_after_a_day() {
    let offers = policy().offers;
    let day = TimeDelta::hours(24);
    let table = [
        (0, TimeDelta::zero(), 4),
        (3, TimeDelta::zero(), 1),
        (4, day - TimeDelta::seconds(1), 0),
        (4, day, 1),
        (5, day, 0),
        (9, day, 0),
    ];
    for (open, waited, wanted) in table {
        assert_eq!(offers_wanted(open, waited, Round::Full, &offers), wanted, "{open} open after {waited}");
        let first = usize::from(open == 0);
        assert_eq!(offers_wanted(open, waited, Round::First, &offers), first, "{open} open after {waited}");
    }
}

#[test]
fn an_offer_lapses_after_plain_hours() {
    assert_eq!(lapses_at(NOON, Kind::Sponsor, &policy()), Timestamp(NOON.0 + 16 * 3600));
    assert_eq!(lapses_at(NOON, Kind::ForNow, &policy()), Timestamp(NOON.0 + 4 * 3600));
    assert_eq!(silence_after(&policy()), TimeDelta::hours(16), "nobody is called silent sooner for writing for now");
}

#[test]
fn the_next_look_is_the_first_of_lapse_morning_and_hour() {
    let offers = policy().offers;
    let minutes = |minutes| NOON.plus(TimeDelta::minutes(minutes));
    let table = [
        (None, None, 60),
        (Some(20), None, 20),
        (Some(20), Some(10), 10),
        (Some(90), Some(300), 60),
        (Some(0), None, 60),
        (Some(-5), Some(15), 15),
    ];
    for (lapse, morning, expected) in table {
        let found = Look { ranked: vec![], quiet_ends_at: morning.map(minutes) };
        assert_eq!(
            next_look(NOON, lapse.map(minutes).as_slice(), &found, &offers),
            minutes(expected),
            "{lapse:?} {morning:?}"
        );
    }
}

#[test]
fn a_hand_that_sleeps_is_not_nobody() {
    let quiet = policy().quiet_hours;
    let asleep = |hours: i32| HandFacts { utc_offset_min: hours * 60, ..hand() };
    let found = look(&wish(), vec![asleep(9), asleep(12)], NOON, &quiet);
    assert!(found.ranked.is_empty() && !found.nobody_fits());
    assert_eq!(found.quiet_ends_at, Some(NOON.plus(TimeDelta::hours(8))), "the first to wake");
    assert!(look(&wish(), vec![HandFacts { up: false, ..asleep(9) }], NOON, &quiet).nobody_fits());
}

#[test]
fn a_reason_needs_a_wish_and_a_fact() {
    assert_eq!(reasons(&wish(), &hand()), []);
    let asked =
        Wish { hours: Hours::from_bits(0b111), first_language: Languages::NONE.with(0), who: women(), ..wish() };
    assert_eq!(reasons(&asked, &hand()), [Reason::SharedTimes, Reason::FirstLanguage]);
    let woman = HandFacts { describes: women(), hours: Hours::from_bits(0b1000), ..hand() };
    assert_eq!(reasons(&asked, &woman), [Reason::AskedFor, Reason::FirstLanguage]);
    let asked = Wish { walked_with: Experience::from_bits(0b11), ..asked };
    let parent = HandFacts { walked_with: Experience::from_bits(0b110), describes: women(), ..hand() };
    assert_eq!(reasons(&asked, &parent), [Reason::AskedFor, Reason::SharedTimes, Reason::FirstLanguage], "not told");
    let told = HandFacts { shows_walked_with: true, ..parent };
    assert_eq!(reasons(&asked, &told), [Reason::WalkedWith, Reason::AskedFor, Reason::SharedTimes], "three, no more");
}

prop_compose! {
    pub(super) fn any_wish()(
        languages in 1_i64..8, first in 0_i64..8, hours in prop_oneof![Just(-1_i64), 0_i64..16],
        who in prop_oneof![Just(Descriptions::ANYONE), (1_i64..16).prop_map(Descriptions::from_bits)],
        who_must: bool, describes in 0_i64..16, walked_with in 0_i64..8, ok_with_medicine in prop::bool::weighted(0.3),
    ) -> Wish {
        Wish {
            languages: Languages::from_bits(languages),
            first_language: Languages::from_bits(first),
            hours: Hours::from_bits(hours),
            who,
            who_must,
            describes: Descriptions::from_bits(describes),
            walked_with: Experience::from_bits(walked_with),
            ok_with_medicine,
        }
    }
}

prop_compose! {
    fn people()(
        languages in 0_i64..8, hours in prop_oneof![3 => Just(-1_i64), 1 => 0_i64..16], describes in 0_i64..16,
        accepts in prop_oneof![3 => Just(Descriptions::ANYONE), 1 => (0_i64..16).prop_map(Descriptions::from_bits)],
        utc_offset_min in (-48_i32..=56).prop_map(|quarter| quarter * 15),
        (walked_with, shows_walked_with, ok_with_medicine) in (0_i64..8, any::<bool>(), any::<bool>()),
    ) -> HandFacts {
        HandFacts {
            walked_with: Experience::from_bits(walked_with),
            shows_walked_with,
            ok_with_medicine,
            languages: Languages::from_bits(languages),
            hours: Hours::from_bits(hours),
            describes: Descriptions::from_bits(describes),
            accepts,
            utc_offset_min,
            ..hand()
        }
    }
}

prop_compose! {
    /// A hand of which most things are often right, so that both answers are common.
    pub(super) fn any_hand()(
        person in people(), (capacity, sponsorships, open_offers) in (1_u32..6, 0_u32..3, 0_u32..3),
        (weekly_limit, offers_last_week) in (1_u32..8, 0_u32..4),
        last_asked in prop_oneof![Just(None), (-3_i64..3).prop_map(Some)], tie: i64,
        (ask_at_night, up) in (any::<bool>(), prop::bool::weighted(0.9)),
        (barred, was_asked) in (prop::bool::weighted(0.1), prop::bool::weighted(0.1)),
        pause in prop_oneof![4 => Just(None), 1 => (-2_i64..3).prop_map(Some)], lease in -1_i64..19,
    ) -> HandFacts {
        let at = |hours| Timestamp(NOON.0 + hours * 3600);
        HandFacts {
            capacity, sponsorships, open_offers, weekly_limit, offers_last_week, tie, ask_at_night, up, barred, was_asked,
            last_asked_at: last_asked.map(at),
            paused_until: pause.map(at),
            lease_ends_at: at(lease),
            ..person
        }
    }
}

/// Every hard constraint once more, written from the rules and not from the code: bit by bit, local time by the clock.
fn oracle(wish: &Wish, hand: &HandFacts, now: Timestamp) -> bool {
    let both = |one: i64, other: i64| (0..64).any(|bit| one >> bit & 1 == 1 && other >> bit & 1 == 1);
    let said = |person: Descriptions| if person.bits() == 0 { 1 << 16 } else { person.bits() };
    let local = now.local(hand.utc_offset_min).format("%H:%M").to_string();
    let is_night = local.as_str() >= "21:00" || local.as_str() < "08:00";
    let mut met = vec![both(wish.languages.bits(), hand.languages.bits()), both(wish.hours.bits(), hand.hours.bits())];
    met.push(both(hand.accepts.bits(), said(wish.describes)));
    if wish.who_must {
        met.push(both(wish.who.bits(), said(hand.describes)));
    }
    if wish.ok_with_medicine {
        met.push(hand.ok_with_medicine);
    }
    met.extend([hand.up, !hand.barred, !hand.was_asked, hand.lease_ends_at > now]);
    met.push(hand.paused_until.is_none_or(|until| until <= now));
    met.push(hand.sponsorships + hand.open_offers < hand.capacity);
    met.push(hand.offers_last_week < hand.weekly_limit);
    met.push(!is_night || hand.ask_at_night);
    met.into_iter().all(|met| met)
}

/// Numbers the hands in the order given, so that a result can be told.
fn numbered(hands: Vec<HandFacts>) -> Vec<HandFacts> {
    let number = |(place, hand): (usize, HandFacts)| HandFacts { id: (place as u128).to_be_bytes(), ..hand };
    hands.into_iter().enumerate().map(number).collect()
}

fn ids(hands: &[HandFacts]) -> Vec<[u8; 16]> {
    hands.iter().map(|hand| hand.id).collect()
}

proptest! {
    // P2
    #[test]
    fn who_is_chosen_meets_every_constraint_and_who_meets_them_is_chosen(
        wish in any_wish(), hands in vec(any_hand(), 0..20), hours in 0_i64..24,
    ) {
        let now = NOON.plus(TimeDelta::hours(hours) - TimeDelta::hours(12));
        let hands = numbered(hands);
        let expected: Vec<_> = hands.iter().filter(|hand| oracle(&wish, hand, now)).map(|hand| hand.id).collect();
        let mut chosen = ids(&look(&wish, hands, now, &policy().quiet_hours).ranked);
        chosen.sort_unstable();
        prop_assert_eq!(chosen, expected);
    }

    // P1, P15
    #[test]
    fn asking_the_chosen_never_exceeds_room_budget_or_number(
        wishes in vec((any_wish(), 0_i64..48), 1..12), hands in vec(any_hand(), 0..12),
    ) {
        let policy = policy();
        let mut hands = numbered(hands);
        for (wish, waited) in wishes {
            let wanted = offers_wanted(0, TimeDelta::hours(waited), Round::Full, &policy.offers);
            let found = look(&wish, hands.clone(), NOON, &policy.quiet_hours);
            prop_assert!(wanted <= 5);
            for chosen in ids(&found.ranked).into_iter().take(wanted) {
                let hand = hands.iter_mut().find(|hand| hand.id == chosen).unwrap();
                hand.open_offers += 1;
                hand.offers_last_week += 1;
                hand.last_asked_at = Some(NOON);
                prop_assert!(hand.sponsorships + hand.open_offers <= hand.capacity);
                prop_assert!(hand.offers_last_week <= hand.weekly_limit);
            }
        }
    }

    // P10
    #[test]
    fn a_hand_that_improves_in_one_part_never_falls_behind(
        wish in any_wish(), hands in vec(any_hand(), 1..10), at in any::<prop::sample::Index>(), part in 0..5,
    ) {
        let mut hands = numbered(hands);
        let at = at.index(hands.len());
        let id = hands[at].id;
        let place = |mut hands: Vec<HandFacts>| {
            rank(&wish, &mut hands);
            hands.iter().position(|hand| hand.id == id)
        };
        let before = place(hands.clone());
        match part {
            0 => hands[at].last_asked_at = None,
            1 => hands[at].languages = Languages::from_bits(hands[at].languages.bits() | wish.languages.bits()),
            2 => hands[at].languages = hands[at].languages.common(wish.languages),
            3 => hands[at].hours = Hours::ALL,
            _ => hands[at].tie = i64::MIN,
        }
        prop_assert!(place(hands) <= before);
    }

    // P10
    #[test]
    fn a_reason_has_its_fact_and_its_wish(wish in any_wish(), hand in any_hand()) {
        let given = reasons(&wish, &hand);
        let common = |one: i64, other: i64| one & other != 0;
        let holds = |reason: &Reason| match reason {
            Reason::SharedTimes => common(wish.hours.bits(), hand.hours.bits()) && wish.hours.count() < 42,
            Reason::FirstLanguage => common(wish.first_language.bits(), hand.languages.bits()),
            Reason::AskedFor => {
                common(wish.who.bits(), hand.describes.bits()) && wish.who != Descriptions::ANYONE
            }
            Reason::WalkedWith => {
                hand.shows_walked_with && common(wish.walked_with.bits(), hand.walked_with.bits())
            }
        };
        prop_assert!(given.iter().all(holds));
        let all = Reason::ALL.iter().filter(|reason| holds(reason)).count();
        prop_assert_eq!(given.len(), all.min(3));
    }

    // P11, P14: the same people give the same order, whatever their ids and in whatever order they were read.
    #[test]
    fn neither_ids_nor_the_order_of_reading_decide(
        wish in any_wish(), hands in vec(any_hand(), 0..12), shuffled in any::<prop::sample::Index>(), mask: u8,
    ) {
        let quiet = policy().quiet_hours;
        let hands = numbered(hands);
        let chosen = |hands: Vec<HandFacts>| look(&wish, hands, NOON, &quiet);
        let order = |hands: &[HandFacts]| {
            let mut hands = hands.to_vec();
            rank(&wish, &mut hands);
            hands
        };
        let once = chosen(hands.clone());
        prop_assert_eq!(&chosen(hands.clone()), &once);

        let rename = |id: [u8; 16]| id.map(|byte| byte ^ mask);
        let renamed: Vec<_> = hands.iter().map(|hand| HandFacts { id: rename(hand.id), ..hand.clone() }).collect();
        let expected: Vec<_> = ids(&once.ranked).into_iter().map(rename).collect();
        let ranked: Vec<_> = ids(&order(&hands)).into_iter().map(rename).collect();
        prop_assert_eq!(ids(&order(&renamed)), ranked);
        prop_assert_eq!(ids(&chosen(renamed).ranked), expected);

        let mut turned = hands;
        let middle = if turned.is_empty() { 0 } else { shuffled.index(turned.len()) };
        turned.rotate_left(middle);
        turned.reverse();
        prop_assert_eq!(chosen(turned), once);
    }
}

#[test]
fn for_now_is_one_at_a_time_some_hours_apart_and_not_without_end() {
    let for_now = policy().for_now;
    let hours = |hours| NOON.plus(TimeDelta::hours(hours));
    let start = ForNowSoFar { from: hours(4), is_taken: false, offers: 0, last_offer_at: None };
    let table = [
        (start, Some(hours(4))),
        (ForNowSoFar { is_taken: true, ..start }, None),
        (ForNowSoFar { offers: 1, last_offer_at: Some(hours(4)), ..start }, Some(hours(8))),
        (ForNowSoFar { offers: 7, last_offer_at: Some(hours(-9)), ..start }, Some(hours(4))),
        (ForNowSoFar { offers: 8, last_offer_at: Some(hours(40)), ..start }, None),
    ];
    for (so_far, due) in table {
        assert_eq!(for_now_due_at(&so_far, &for_now), due, "{so_far:?}");
    }
}

#[test]
fn who_goes_first_goes_before_who_was_never_asked() {
    let never = HandFacts { id: [1; 16], ..hand() };
    let full = HandFacts { id: [2; 16], last_asked_at: Some(NOON), goes_first: true, ..hand() };
    let mut hands = [never, full];
    rank(&wish(), &mut hands);
    assert_eq!(hands[0].id, [2; 16]);
}
