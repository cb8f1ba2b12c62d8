//! How the three policies ask: the service by its own rules, one step for one of `requests::ask`, on what is in memory.

use chrono::TimeDelta;

use super::answers::Answer;
use super::town::{Town, slot};
use crate::clock::Timestamp;
use crate::matching::{self, ForNowSoFar, HandFacts, Kind, Look, OfferState, Round};

const WEEK: TimeDelta = TimeDelta::days(7);

impl Town<'_> {
    /// The steps of `requests::ask`, on what is in memory.
    pub(super) fn look_as_the_service(&mut self, request: usize) -> Timestamp {
        let offers = &self.policy.offers;
        let sponsors = self.find(request, Kind::Sponsor);
        self.ask_sponsors(request, Round::Full, &sponsors);
        let due_at = matching::for_now_due_at(&self.for_now_so_far(request), &self.policy.for_now);
        let mut due: Vec<Timestamp> = due_at.into_iter().collect();
        if due_at.is_some_and(|at| at <= self.now) {
            let for_now = self.find(request, Kind::ForNow);
            if let Some(hand) = for_now.ranked.first() {
                self.offer(request, number_of(hand), Kind::ForNow);
            }
            due.extend(for_now.quiet_ends_at);
        }
        let lapses = self.requests[request].offers.iter().map(|offer| &self.offers[*offer]);
        let lapses = lapses.filter(|offer| offer.state == OfferState::Open);
        due.extend(lapses.map(|offer| matching::lapses_at(offer.made_at, offer.kind, self.policy)));
        matching::next_look(self.now, &due, &sponsors, offers)
    }

    /// Where several are due together.
    pub(super) fn ask_first(&mut self, request: usize) {
        let sponsors = self.find(request, Kind::Sponsor);
        self.ask_sponsors(request, Round::First, &sponsors);
    }

    fn ask_sponsors(&mut self, request: usize, round: Round, sponsors: &Look) {
        let waited = self.now.since(self.requests[request].person.at);
        let open = self.open(request, Kind::Sponsor).count();
        for hand in sponsors.ranked.iter().take(matching::offers_wanted(open, waited, round, &self.policy.offers)) {
            self.offer(request, number_of(hand), Kind::Sponsor);
        }
    }

    fn find(&self, request: usize, kind: Kind) -> Look {
        let facts = (0..self.hands.len()).map(|hand| self.facts(request, hand, kind)).collect();
        matching::look(&self.requests[request].person.wish, facts, self.now, &self.policy.quiet_hours)
    }

    /// Knows who says yes, and asks whoever does soonest.
    pub(super) fn look_clairvoyant(&mut self, request: usize) -> Timestamp {
        if self.open(request, Kind::Sponsor).next().is_none() {
            let found = self.find(request, Kind::Sponsor);
            let says_yes = |hand: &HandFacts| match self.answer(request, number_of(hand), Kind::Sponsor) {
                Answer::Yes(at) => Some((at, number_of(hand))),
                Answer::No(_) | Answer::Silent => None,
            };
            if let Some((_, hand)) = found.ranked.iter().filter_map(says_yes).min() {
                self.offer(request, hand, Kind::Sponsor);
            }
        }
        self.now.plus(TimeDelta::hours(1))
    }

    /// Once a day the careful coordinator asks one sponsor for each who waits: who has room, was asked longest ago, and was
    /// not silent lately. Each has three days to answer.
    pub(super) fn evening(&mut self) {
        for request in 0..self.requests.len() {
            if !self.requests[request].waits() || self.open(request, Kind::Sponsor).next().is_some() {
                continue;
            }
            let found = self.find(request, Kind::Sponsor);
            if let Some(hand) = found.ranked.first() {
                self.offer(request, number_of(hand), Kind::Sponsor);
            }
        }
    }

    fn for_now_so_far(&self, request: usize) -> ForNowSoFar {
        let this = &self.requests[request];
        let of_kind = this.offers.iter().map(|offer| &self.offers[*offer]).filter(|offer| offer.kind == Kind::ForNow);
        ForNowSoFar {
            from: this.person.at.plus(self.policy.requests.for_now_after),
            is_taken: this.for_now.is_some() || self.open(request, Kind::ForNow).next().is_some(),
            offers: u32::try_from(of_kind.clone().count()).unwrap_or(u32::MAX),
            last_offer_at: of_kind.map(|offer| offer.made_at).max(),
        }
    }

    pub(super) fn facts(&self, request: usize, number: usize, kind: Kind) -> HandFacts {
        let hand = &self.hands[number];
        let person = &hand.person;
        let open = |kind| u32::try_from(self.open_of(number, kind).count()).unwrap_or(u32::MAX);
        let since = self.now.minus(WEEK);
        let recent = hand.asked_at.iter().rev().take_while(|at| **at > since).count();
        let weekly = self.policy.offers.weekly_default;
        HandFacts {
            id: u128::try_from(number).unwrap_or(0).to_be_bytes(),
            languages: person.languages,
            hours: person.hours,
            describes: person.describes,
            accepts: person.accepts,
            walked_with: person.walked_with,
            shows_walked_with: true,
            ok_with_medicine: false,
            capacity: hand.places(kind),
            sponsorships: hand.held[slot(kind)],
            open_offers: open(kind),
            weekly_limit: if kind == Kind::ForNow { weekly.min(self.policy.for_now.weekly_most) } else { weekly },
            offers_last_week: u32::try_from(recent).unwrap_or(u32::MAX),
            last_asked_at: hand.asked_at.last().copied(),
            goes_first: kind == Kind::ForNow && hand.held[0] + open(Kind::Sponsor) >= person.capacity,
            tie: person.tie,
            utc_offset_min: person.offset_min,
            ask_at_night: false,
            up: !hand.is_down && (kind == Kind::Sponsor || person.writes_for_now),
            paused_until: None,
            lease_ends_at: self.until.plus(TimeDelta::days(1)),
            barred: false,
            was_asked: matching::was_asked(&self.before(request, number), kind),
        }
    }

    /// What this hand was asked for this request.
    pub(super) fn before(&self, request: usize, hand: usize) -> Vec<(Kind, OfferState)> {
        let of_this = self.requests[request].offers.iter().map(|offer| &self.offers[*offer]);
        of_this.filter(|offer| offer.hand == hand).map(|offer| (offer.kind, offer.state)).collect()
    }
}

fn number_of(hand: &HandFacts) -> usize {
    usize::try_from(u128::from_be_bytes(hand.id)).unwrap_or(0)
}
