//! Whatever is answered, and in whatever order: nobody is over their places or their week, nobody who answered is asked again,
//! nobody who waits is passed over, and neither ids nor the order of reading decide.

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::tests::policy;
use super::super::{Kind, OfferEvent, OfferState};
use super::town::{By, Edges, Offer, State, Town};
use super::{any_town, number_of};
use crate::clock::Timestamp;
use crate::policy::Policy;

const EVENTS: [OfferEvent; 4] = [OfferEvent::Yes, OfferEvent::NotNow, OfferEvent::Silence, OfferEvent::Withdrawal];

/// A town in which things happen, with what its people will remember.
#[derive(Clone)]
struct Run<'a> {
    town: Town<'a>,
    edges: &'a Edges,
    answered: Vec<(Offer, OfferEvent)>,
}

/// What happens, and to which offer, request or hour.
type Step = (usize, usize);

const ANSWERS: usize = EVENTS.len();
const ARRIVES: usize = ANSWERS;
const STOPS_LOOKING: usize = ANSWERS + 1;
const TIME_PASSES: usize = ANSWERS + 2;
const TICKS: usize = ANSWERS + 3;

impl<'a> Run<'a> {
    fn new(town: Town<'a>, edges: &'a Edges) -> Self {
        Self { town, edges, answered: Vec::new() }
    }

    fn step(&mut self, (what, which): Step) {
        let before = self.town.offers.len();
        match what {
            0..ANSWERS if before > 0 => self.answers(which % before, EVENTS[what]),
            ARRIVES => drop(self.town.next_arrives()),
            STOPS_LOOKING => self.town.closes(which % self.town.requests.len(), State::Withdrawn),
            TIME_PASSES => self.town.now = self.town.now.plus(TimeDelta::hours([1, 4, 9, 30][which % 4])),
            _ => self.ticks(),
        }
        self.nobody_is_over();
        for at in before..self.town.offers.len() {
            self.was_rightly_made(at);
        }
    }

    fn answers(&mut self, at: usize, event: OfferEvent) {
        let offer = self.town.offers[at];
        let counts = if event == OfferEvent::Yes { self.town.says_yes(at) } else { self.town.moves(at, event) };
        if counts && event != OfferEvent::Withdrawal {
            self.answered.push((offer, event));
        } else if counts {
            // Who was silent and then was not waited for any more may be asked once more.
            let is_this =
                |other: &Offer| (other.request, other.hand, other.kind) == (offer.request, offer.hand, offer.kind);
            self.answered.retain(|(other, _)| !is_this(other));
        }
    }

    fn ticks(&mut self) {
        let before = self.town.offers.clone();
        self.town.tick();
        let pairs = before.iter().zip(&self.town.offers);
        let lapsed = pairs.filter(|(before, after)| before.state != after.state && after.state == OfferState::Lapsed);
        self.answered.extend(lapsed.map(|(before, _)| (*before, OfferEvent::Silence)));
        self.nobody_is_passed_over(before.len());
    }

    // P1
    fn nobody_is_over(&self) {
        for hand in &self.town.hands {
            for kind in [Kind::Sponsor, Kind::ForNow] {
                let (held, places) = (self.town.held(hand.facts.id, kind), self.town.places(hand.facts.id, kind));
                assert!(held <= places, "{held} of {places} places are held, {kind:?}");
            }
        }
        for place in 0..self.town.requests.len() {
            let yeses = |kind| {
                let is_so = |offer: &&Offer| offer.kind == kind && offer.state == OfferState::Accepted;
                self.town.of_request(place).filter(is_so).count()
            };
            let is_matched = self.town.requests[place].state == State::Matched;
            assert_eq!(yeses(Kind::Sponsor), usize::from(is_matched), "the first yes wins, and no second");
            assert!(yeses(Kind::ForNow) <= 1);
        }
    }

    // P2, P13, P15
    fn was_rightly_made(&self, at: usize) {
        let (made, earlier) = (self.town.offers[at], &self.town.offers[..at]);
        assert!(self.edges[self.town.requests[made.request].number][number_of(made.hand)], "asked, and does not fit");
        let is_pair = |offer: &Offer| offer.request == made.request && offer.hand == made.hand;
        for (offer, event) in self.answered.iter().filter(|(offer, _)| is_pair(offer)) {
            let may_be_asked = match event {
                OfferEvent::NotNow => offer.kind == Kind::ForNow && made.kind == Kind::Sponsor,
                OfferEvent::Silence => offer.kind != made.kind,
                OfferEvent::Yes | OfferEvent::Withdrawal => false,
            };
            assert!(may_be_asked, "{made:?} after {event:?} to {offer:?}");
        }
        let before: Vec<&Offer> = earlier.iter().filter(|offer| is_pair(offer)).collect();
        assert!(before.iter().all(|offer| offer.state != OfferState::Open), "asked while asked");
        assert!(before.iter().filter(|offer| offer.kind == made.kind).count() < 2, "asked a third time");
        let week_ago = made.made_at.minus(TimeDelta::days(7));
        let is_of_week = |offer: &&Offer| offer.hand == made.hand && offer.made_at > week_ago;
        let asked = u32::try_from(earlier.iter().filter(is_of_week).count()).unwrap();
        let limit = self.town.hands.iter().find(|hand| hand.facts.id == made.hand).unwrap().facts.weekly_limit;
        assert!(asked < limit, "asked {asked} times this week already");
        assert!(made.kind == Kind::Sponsor || asked < self.town.policy.for_now.weekly_most, "and for now");
        let is_open = |offer: &&Offer| offer.kind == made.kind && offer.state == OfferState::Open;
        let at_most = if made.kind == Kind::Sponsor { self.town.policy.offers.at_once_later } else { 1 };
        assert!(self.town.of_request(made.request).filter(is_open).count() <= at_most as usize, "too many at once");
    }

    /// Who waits and is asked for by nobody has no hand that fits, has time and was never asked for them; and none such was
    /// asked for who came later.
    fn nobody_is_passed_over(&self, asked_before: usize) {
        let town = &self.town;
        let waits = |place: &usize| town.requests[*place].state == State::Waiting && !town.has_open(*place);
        for place in (0..town.requests.len()).filter(waits) {
            let row = &self.edges[town.requests[place].number];
            let is_new = |id| row[number_of(id)] && town.of_request(place).all(|offer| offer.hand != id);
            for hand in town.hands.iter().map(|hand| &hand.facts).filter(|hand| is_new(hand.id)) {
                let week_ago = town.now.minus(TimeDelta::days(7));
                let is_of_week = |offer: &&Offer| offer.hand == hand.id && offer.made_at > week_ago;
                let has_time = town.offers.iter().filter(is_of_week).count() < hand.weekly_limit as usize;
                assert!(town.is_full(hand.id) || !has_time, "request {place} waits, and a hand that fits has room");
                let mut asked = town.offers[asked_before..].iter().filter(|offer| offer.kind == Kind::Sponsor);
                assert!(
                    asked.all(|offer| offer.hand != hand.id || offer.request < place),
                    "request {place}: passed over"
                );
            }
        }
    }

    /// What was asked, and what came of it, without ids: the random number of a hand stands for it.
    fn told(&self) -> Vec<(usize, i64, Kind, OfferState, Timestamp)> {
        let tie = |id| self.town.hands.iter().find(|hand| hand.facts.id == id).unwrap().facts.tie;
        let told = |offer: &Offer| (offer.request, tie(offer.hand), offer.kind, offer.state, offer.made_at);
        self.town.offers.iter().map(told).collect()
    }
}

/// How a hand of a run is: its week, its random number, and whether it writes for now.
type Habit = (u32, i64, bool);

fn begin<'a>(policy: &'a Policy, (edges, capacities): &'a (Edges, Vec<u32>), habits: &[Habit]) -> Run<'a> {
    let mut town = Town::new(policy, edges, capacities, By::Languages);
    for (hand, (weekly_limit, tie, writes_for_now)) in town.hands.iter_mut().zip(habits) {
        (hand.facts.weekly_limit, hand.facts.tie) = (*weekly_limit, *tie);
        hand.writes_for_now = *writes_for_now;
    }
    Run::new(town, edges)
}

fn end<'a>(mut run: Run<'a>, script: &[Step]) -> Run<'a> {
    for step in script.iter().chain(&[(TICKS, 0)]) {
        run.step(*step);
    }
    run
}

/// Every step that could be next, and after each every step after it.
fn explore(run: &Run<'_>, steps_left: usize) {
    if steps_left == 0 {
        return;
    }
    let answers = (0..ANSWERS).flat_map(|what| (0..run.town.offers.len()).map(move |which| (what, which)));
    let others = [(STOPS_LOOKING, 0), (STOPS_LOOKING, 1), (TIME_PASSES, 1), (TICKS, 0)];
    for step in answers.chain(others) {
        let mut further = run.clone();
        further.step(step);
        explore(&further, steps_left - 1);
    }
}

#[test]
fn every_order_of_answers_in_a_town_of_two_keeps_the_promises() {
    let policy = policy();
    let town = (vec![vec![true; 2]; 2], vec![1, 1]);
    let mut begun = begin(&policy, &town, &[(4, 0, true), (4, 1, false)]);
    begun.step((ARRIVES, 0));
    begun.step((ARRIVES, 0));
    assert_eq!(begun.town.offers.len(), 2, "the first asks both");
    explore(&begun, 5);
}

proptest! {
    // P1, P2, P13, P14, P15
    #[test]
    fn whatever_is_answered_the_promises_hold_and_a_second_run_is_the_same(
        town in any_town(), habits in vec((1_u32..5, any::<i64>(), any::<bool>()), 7),
        script in vec((0..=TICKS, 0_usize..64), 0..60),
    ) {
        let policy = policy();
        let once = end(begin(&policy, &town, &habits), &script);
        let twice = end(begin(&policy, &town, &habits), &script);
        prop_assert_eq!(once.town.offers, twice.town.offers);
    }

    // P11
    #[test]
    fn other_ids_and_another_order_of_reading_change_no_run(
        town in any_town(), habits in vec((1_u32..5, any::<bool>()), 7),
        ties in Just((0_i64..7).collect::<Vec<_>>()).prop_shuffle(), turned in 0_usize..7,
        script in vec((0..=TICKS, 0_usize..64), 0..40),
    ) {
        let policy = policy();
        let habit = |((limit, for_now), tie): (&(u32, bool), &i64)| (*limit, *tie, *for_now);
        let habits: Vec<Habit> = habits.iter().zip(&ties).map(habit).collect();
        let as_read = end(begin(&policy, &town, &habits), &script);
        // The same hands under other numbers, read from another one on and backwards.
        let many = town.1.len();
        let other = |number: usize| many - 1 - (number + turned) % many;
        let edges = town.0.iter().map(|row| (0..many).map(|number| row[other(number)]).collect()).collect();
        let capacities = (0..many).map(|number| town.1[other(number)]).collect();
        let renamed = (edges, capacities);
        let habits: Vec<Habit> = (0..many).map(|number| habits[other(number)]).collect();
        let otherwise = end(begin(&policy, &renamed, &habits), &script);
        prop_assert_eq!(as_read.told(), otherwise.told());
    }
}

#[test]
fn up_to_seven_events_make_of_one_offer_what_its_first_answer_says() {
    for length in 0..=7 {
        for number in 0..4_usize.pow(length) {
            let events: Vec<OfferEvent> = (0..length).map(|at| EVENTS[number / 4_usize.pow(at) % 4]).collect();
            let (mut state, mut yeses) = (OfferState::Open, 0);
            for event in &events {
                let next = state.next(*event);
                yeses += u32::from(next == Some(OfferState::Accepted));
                state = next.unwrap_or(state);
            }
            let expected = match events.iter().find(|event| **event != OfferEvent::Silence) {
                Some(OfferEvent::Yes) => OfferState::Accepted,
                Some(OfferEvent::NotNow) => OfferState::Declined,
                Some(_) => OfferState::Withdrawn,
                None if events.is_empty() => OfferState::Open,
                None => OfferState::Lapsed,
            };
            assert_eq!((state, yeses), (expected, u32::from(expected == OfferState::Accepted)), "{events:?}");
        }
    }
}
