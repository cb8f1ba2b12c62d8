//! The town: hands, requests and offers as they stand, and what happens to them. It asks `matching` as the service does: who
//! fits, in what order, how many, when to look again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::TimeDelta;

use super::answers::{Answer, answer};
use super::draw::{Draw, What};
use super::world::{self, LASTS, Newcomer, START, Sponsor, days};
use super::{Options, Who};
use crate::clock::Timestamp;
use crate::matching::{self, Kind, OfferEvent, OfferState};
use crate::policy::Policy;

/// An offer makes some go quiet for some days, and a yes that came too late more of them for longer (assumption).
const FATIGUE: (f64, f64) = (0.06, 10.0);
const LOST_YES: (f64, f64) = (0.20, 21.0);
/// Days until somebody whose hand was lowered kindly presses "I am back" (assumption).
const BACK_AFTER: f64 = 5.0;

pub(super) struct Hand {
    pub person: Sponsor,
    /// Sponsorships, and people written with for now.
    pub held: [u32; 2],
    pub asked_at: Vec<Timestamp>,
    pub matches: u32,
    /// Offers without an answer, the oldest first.
    open: Vec<usize>,
    silent_in_a_row: u32,
    pub is_down: bool,
    quiet_until: Timestamp,
}

pub(super) struct Request {
    pub person: Newcomer,
    pub offers: Vec<usize>,
    pub first_yes: Option<Timestamp>,
    pub matched: Option<Timestamp>,
    has_left: bool,
    next_look: Timestamp,
    /// Whose hand writes with them for now, and until when.
    pub for_now: Option<(usize, Timestamp)>,
}

pub(super) struct Offer {
    pub request: usize,
    pub hand: usize,
    pub kind: Kind,
    pub state: OfferState,
    pub made_at: Timestamp,
    answer: Answer,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Asks,
    Look(usize),
    Answered(usize),
    Lapses(usize),
    /// Whoever was asked did not answer, for as long as anybody has.
    Silence(usize),
    GivesUp(usize),
    Ends(usize),
    EndsForNow(usize),
    Back(usize),
    /// A coordinator's evening.
    Evening,
}

/// What must never happen, counted where it would.
#[derive(Default)]
pub(super) struct Broken {
    pub over_capacity: usize,
    pub constraints: usize,
    pub asked_again: usize,
}

pub(super) struct Town<'a> {
    pub hands: Vec<Hand>,
    pub requests: Vec<Request>,
    pub offers: Vec<Offer>,
    pub broken: Broken,
    draw: Draw,
    who: Who,
    pub policy: &'a Policy,
    events: BinaryHeap<Reverse<(Timestamp, u64, Event)>>,
    count: u64,
    pub now: Timestamp,
    /// Mean hours between two requests.
    apart: f64,
    pub until: Timestamp,
}

impl<'a> Town<'a> {
    pub(super) fn new(options: &Options, seed: u64, who: Who, policy: &'a Policy) -> Self {
        let draw = Draw(seed);
        let people = (0..u64::from(options.sponsors)).map(|number| world::sponsor(draw, number));
        let hands: Vec<Hand> = people.map(Hand::new).collect();
        let places: u32 =
            hands.iter().map(|hand| &hand.person).filter(|hand| !hand.is_dead).map(|hand| hand.capacity).sum();
        let a_day = options.load * f64::from(places) / LASTS;
        let a_day = options.requests_per_week.map_or(a_day, |number| number / 7.0);
        let mut town = Self {
            hands,
            requests: Vec::new(),
            offers: Vec::new(),
            broken: Broken::default(),
            draw,
            who,
            policy,
            events: BinaryHeap::new(),
            count: 0,
            now: START,
            apart: 24.0 / a_day.max(1.0e-6),
            until: START.plus(world::WARM_UP).plus(TimeDelta::days(i64::from(options.days))),
        };
        for hand in 0..town.hands.len() {
            for place in 0..town.hands[hand].held[0] {
                town.begins(hand, u64::from(place) + 1_000_000);
            }
        }
        town.next_asks();
        town.later(START.plus(TimeDelta::hours(18)), Event::Evening);
        town
    }

    pub(super) fn run(mut self) -> Self {
        while let Some(Reverse((at, _, event))) = self.events.pop() {
            if at > self.until {
                break;
            }
            self.now = at;
            self.happens(event);
        }
        self
    }

    fn later(&mut self, at: Timestamp, event: Event) {
        self.count += 1;
        self.events.push(Reverse((at, self.count, event)));
    }

    fn next_asks(&mut self) {
        let number = self.requests.len() as u64;
        let wait = world::hours_of(self.draw.exponential(self.apart, What::Arrival, number, 0));
        self.later(self.now.plus(wait), Event::Asks);
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Asks => self.asks(),
            Event::Look(request) => self.look_at_due(request),
            Event::Answered(offer) => self.answered(offer),
            Event::Lapses(offer) => self.lapses(offer),
            Event::Silence(offer) => self.is_silent(offer),
            Event::GivesUp(request) => self.gives_up(request),
            Event::Ends(hand) => {
                self.hands[hand].held[0] -= 1;
                self.look_at_all();
            }
            Event::EndsForNow(request) => self.end_for_now(request),
            Event::Back(hand) => {
                self.hands[hand].is_down = false;
                self.look_at_all();
            }
            Event::Evening => {
                if self.who == Who::CarefulCoordinator {
                    self.evening();
                }
                self.later(self.now.plus(TimeDelta::days(1)), Event::Evening);
            }
        }
    }

    fn asks(&mut self) {
        let number = self.requests.len();
        let person = world::newcomer(self.draw, number as u64, self.now);
        self.later(self.now.plus(person.patience), Event::GivesUp(number));
        self.requests.push(Request {
            person,
            offers: Vec::new(),
            first_yes: None,
            matched: None,
            has_left: false,
            next_look: self.now,
            for_now: None,
        });
        self.next_asks();
        self.look(number);
    }

    /// This request and all others whose look is due now, the longest waiting first.
    fn look_at_due(&mut self, request: usize) {
        let mut due = vec![request];
        while let Some(Reverse((at, _, Event::Look(other)))) = self.events.peek().copied()
            && at == self.now
        {
            self.events.pop();
            due.push(other);
        }
        due.sort_unstable(); // they are numbered as they asked
        due.dedup();
        due.retain(|request| self.requests[*request].waits() && self.requests[*request].next_look == self.now);
        if self.who == Who::Live && due.len() > 1 {
            for request in &due {
                self.ask_first(*request);
            }
        }
        for request in due {
            self.look(request);
        }
    }

    fn look(&mut self, request: usize) {
        if !self.requests[request].waits() {
            return;
        }
        let next = match self.who {
            Who::Live => self.look_as_the_service(request),
            Who::Clairvoyant => self.look_clairvoyant(request),
            Who::CarefulCoordinator => return,
        };
        self.requests[request].next_look = next;
        self.later(next, Event::Look(request));
    }

    pub(super) fn offer(&mut self, request: usize, hand: usize, kind: Kind) {
        let facts = self.facts(request, hand, kind);
        let wish = &self.requests[request].person.wish;
        self.broken.constraints += usize::from(matching::fits(wish, &facts).is_err());
        let is_no = |(of_kind, state): &(Kind, OfferState)| {
            *state == OfferState::Declined && (*of_kind == kind || *of_kind == Kind::Sponsor)
        };
        self.broken.asked_again += usize::from(self.before(request, hand).iter().any(is_no));
        let answer = self.answer(request, hand, kind);
        let number = self.offers.len();
        let lapses_at = match self.who {
            Who::Live => matching::lapses_at(self.now, kind, self.policy),
            Who::CarefulCoordinator | Who::Clairvoyant => self.now.plus(TimeDelta::hours(72)),
        };
        self.later(lapses_at, Event::Lapses(number));
        if let Answer::Yes(at) | Answer::No(at) = answer {
            self.later(at, Event::Answered(number));
        }
        self.offers.push(Offer { request, hand, kind, state: OfferState::Open, made_at: self.now, answer });
        self.requests[request].offers.push(number);
        self.hands[hand].asked_at.push(self.now);
        self.hands[hand].open.push(number);
        self.tire(hand, FATIGUE, (What::Fatigue, number));
    }

    pub(super) fn answer(&self, request: usize, hand: usize, kind: Kind) -> Answer {
        let (newcomer, sponsor) = (&self.requests[request].person, &self.hands[hand]);
        if self.now < sponsor.quiet_until {
            return Answer::Silent;
        }
        let who = (request as u64, hand as u64);
        answer(self.draw, who, kind, (&newcomer.wish, &sponsor.person), self.now)
    }

    /// Some go quiet for a while.
    fn tire(&mut self, hand: usize, (share, mean): (f64, f64), (what, number): (What, usize)) {
        if self.draw.is(share, what, number as u64, 0) {
            let until = self.now.plus(days(self.draw.exponential(mean, what, number as u64, 1)));
            self.hands[hand].quiet_until = self.hands[hand].quiet_until.max(until);
        }
    }

    fn answered(&mut self, number: usize) {
        let offer = &self.offers[number];
        let (request, hand, kind, state) = (offer.request, offer.hand, offer.kind, offer.state);
        self.hands[hand].silent_in_a_row = 0;
        let is_yes = matches!(offer.answer, Answer::Yes(_));
        if !is_yes {
            if self.moves(number, OfferEvent::NotNow) {
                self.look_soon(request);
            }
            return;
        }
        let can = matches!(state, OfferState::Open | OfferState::Lapsed)
            && self.requests[request].waits()
            && self.hands[hand].held[slot(kind)] < self.hands[hand].places(kind)
            && !(kind == Kind::ForNow && self.requests[request].for_now.is_some());
        if can {
            self.accept(number);
        } else {
            self.tire(hand, LOST_YES, (What::LostYes, number));
        }
    }

    fn accept(&mut self, number: usize) {
        let (request, hand, kind) = (self.offers[number].request, self.offers[number].hand, self.offers[number].kind);
        self.moves(number, OfferEvent::Yes);
        let held = &mut self.hands[hand].held[slot(kind)];
        *held += 1;
        self.broken.over_capacity += usize::from(*held > self.hands[hand].places(kind));
        self.requests[request].first_yes.get_or_insert(self.now);
        if kind == Kind::ForNow {
            let until = self.now.plus(self.policy.for_now.lasts);
            self.requests[request].for_now = Some((hand, until));
            self.withdraw_of_request(request, Some(Kind::ForNow));
            self.later(until, Event::EndsForNow(request));
            return;
        }
        self.requests[request].matched = Some(self.now);
        self.hands[hand].matches += 1;
        self.withdraw_of_request(request, None);
        self.end_for_now_by(request, self.now.plus(self.policy.for_now.after_first_letter));
        self.begins(hand, request as u64);
        self.withdraw_beyond(hand);
    }

    fn begins(&mut self, hand: usize, number: u64) {
        let lasts = days(self.draw.exponential(LASTS, What::Lasts, hand as u64, number));
        self.later(self.now.plus(lasts), Event::Ends(hand));
    }

    fn withdraw_of_request(&mut self, request: usize, only: Option<Kind>) {
        for number in self.requests[request].offers.clone() {
            if only.is_none_or(|kind| kind == self.offers[number].kind) {
                self.moves(number, OfferEvent::Withdrawal);
            }
        }
    }

    /// What a hand was asked beyond its places goes on to others, the newest first.
    fn withdraw_beyond(&mut self, hand: usize) {
        let free = self.hands[hand].places(Kind::Sponsor).saturating_sub(self.hands[hand].held[0]) as usize;
        let open: Vec<usize> = self.open_of(hand, Kind::Sponsor).collect();
        for number in open.iter().rev().take(open.len().saturating_sub(free)) {
            self.moves(*number, OfferEvent::Withdrawal);
            self.look_soon(self.offers[*number].request);
        }
    }

    /// False where nothing changes.
    fn moves(&mut self, number: usize, event: OfferEvent) -> bool {
        let Some(next) = self.offers[number].state.next(event) else { return false };
        let hand = self.offers[number].hand;
        self.hands[hand].open.retain(|open| *open != number);
        self.offers[number].state = next;
        true
    }

    fn lapses(&mut self, number: usize) {
        if !self.moves(number, OfferEvent::Silence) {
            return;
        }
        self.look_soon(self.offers[number].request);
        let from = match self.who {
            Who::Live => self.offers[number].made_at.plus(matching::silence_after(self.policy)),
            Who::CarefulCoordinator | Who::Clairvoyant => self.now,
        };
        self.later(from.max(self.now), Event::Silence(number));
    }

    fn is_silent(&mut self, number: usize) {
        if self.offers[number].state != OfferState::Lapsed {
            return;
        }
        let hand = self.offers[number].hand;
        self.hands[hand].silent_in_a_row += 1;
        let most = match self.who {
            Who::CarefulCoordinator => 1,
            Who::Live | Who::Clairvoyant => self.policy.hands.silent_offers_until_rest,
        };
        if self.hands[hand].silent_in_a_row < most || self.hands[hand].is_down {
            return;
        }
        self.hands[hand].is_down = true;
        self.hands[hand].silent_in_a_row = 0;
        for kind in [Kind::Sponsor, Kind::ForNow] {
            for other in self.open_of(hand, kind).collect::<Vec<_>>() {
                self.moves(other, OfferEvent::Withdrawal);
                self.look_soon(self.offers[other].request);
            }
        }
        if !self.hands[hand].person.is_dead {
            let wait = days(self.draw.exponential(BACK_AFTER, What::Back, hand as u64, number as u64));
            self.later(self.now.max(self.hands[hand].quiet_until).plus(wait), Event::Back(hand));
        }
    }

    fn gives_up(&mut self, request: usize) {
        if self.requests[request].waits() {
            self.requests[request].has_left = true;
            self.withdraw_of_request(request, None);
            self.end_for_now_by(request, self.now);
        }
    }

    fn end_for_now(&mut self, request: usize) {
        if let Some((hand, _)) = self.requests[request].for_now.filter(|(_, until)| *until <= self.now) {
            self.requests[request].for_now = None;
            self.hands[hand].held[1] -= 1;
        }
    }

    fn end_for_now_by(&mut self, request: usize, at: Timestamp) {
        if let Some((_, until)) = &mut self.requests[request].for_now {
            *until = at.min(*until);
            self.later(at, Event::EndsForNow(request));
        }
    }

    fn look_soon(&mut self, request: usize) {
        if self.requests[request].waits() && self.who != Who::CarefulCoordinator {
            self.requests[request].next_look = self.now;
            self.later(self.now, Event::Look(request));
        }
    }

    /// Somebody has room again: everybody who waits is looked at, the longest waiting first.
    fn look_at_all(&mut self) {
        for request in 0..self.requests.len() {
            self.look_soon(request);
        }
    }

    pub(super) fn open(&self, request: usize, kind: Kind) -> impl Iterator<Item = usize> {
        let of_request = self.requests[request].offers.iter().copied();
        of_request
            .filter(move |offer| self.offers[*offer].state == OfferState::Open && self.offers[*offer].kind == kind)
    }

    pub(super) fn open_of(&self, hand: usize, kind: Kind) -> impl Iterator<Item = usize> {
        self.hands[hand].open.iter().copied().filter(move |number| self.offers[*number].kind == kind)
    }

    /// Whether somebody who is there could ever be the one.
    pub(super) fn has_a_chance(&self, request: usize) -> bool {
        let wish = &self.requests[request].person.wish;
        let living = (0..self.hands.len()).filter(|hand| !self.hands[*hand].person.is_dead);
        living.into_iter().any(|hand| matching::fits(wish, &self.facts(request, hand, Kind::Sponsor)).is_ok())
    }
}

impl Hand {
    fn new(person: Sponsor) -> Self {
        let held = [person.held_at_start, 0];
        Self {
            person,
            held,
            asked_at: Vec::new(),
            matches: 0,
            open: Vec::new(),
            silent_in_a_row: 0,
            is_down: false,
            quiet_until: START,
        }
    }

    pub(super) fn places(&self, kind: Kind) -> u32 {
        let capacity = i32::try_from(self.person.capacity).unwrap_or(i32::MAX);
        u32::try_from(kind.places(capacity)).unwrap_or(0)
    }
}

impl Request {
    pub(super) fn waits(&self) -> bool {
        self.matched.is_none() && !self.has_left
    }
}

pub(super) fn slot(kind: Kind) -> usize {
    usize::from(kind == Kind::ForNow)
}
