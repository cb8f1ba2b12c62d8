//! A town small enough to try everything in it. Who asks and what is answered is invented; who may be asked, in what order
//! and how many at once the rules say, as `requests` has them say it over rows.

use chrono::TimeDelta;

use super::super::tests::{NOON, hand, wish};
use super::super::{
    ForNowSoFar, HandFacts, Hours, Kind, Languages, OfferEvent, OfferState, Round, Wish, for_now_due_at, lapses_at,
    look, offers_wanted, was_asked,
};
use crate::clock::Timestamp;
use crate::policy::Policy;

/// Who fits whom: one row a request, one column a hand.
pub type Edges = Vec<Vec<bool>>;

/// What keeps two apart that do not fit.
#[derive(Clone, Copy, Debug)]
pub enum By {
    Languages,
    Hours,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    NotYet,
    Waiting,
    Matched,
    Withdrawn,
}

#[derive(Clone, Debug)]
pub struct Request {
    /// Its row among the edges.
    pub number: usize,
    pub wish: Wish,
    pub state: State,
    pub since: Timestamp,
}

#[derive(Clone, Debug)]
pub struct Hand {
    /// What it carries is counted from the offers.
    pub facts: HandFacts,
    pub writes_for_now: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Place among the requests.
    pub request: usize,
    pub hand: [u8; 16],
    pub kind: Kind,
    pub state: OfferState,
    pub made_at: Timestamp,
}

#[derive(Clone)]
pub struct Town<'a> {
    pub policy: &'a Policy,
    pub now: Timestamp,
    /// In the order of their arrival.
    pub requests: Vec<Request>,
    pub hands: Vec<Hand>,
    pub offers: Vec<Offer>,
}

impl<'a> Town<'a> {
    /// Nobody has arrived yet. Each request has a language or a block of the week of its own, and each hand those of the
    /// requests it fits.
    pub fn new(policy: &'a Policy, edges: &[Vec<bool>], capacities: &[u32], by: By) -> Self {
        let requests = (0..edges.len()).map(|number| {
            let own = 1 << number;
            let wish = match by {
                By::Languages => Wish { languages: Languages::from_bits(own), ..wish() },
                By::Hours => Wish { hours: Hours::from_bits(own), ..wish() },
            };
            Request { number, wish, state: State::NotYet, since: NOON }
        });
        let hands = capacities.iter().enumerate().map(|(number, capacity)| {
            let of_all = edges.iter().enumerate().filter(|(_, row)| row[number]);
            let bits = of_all.fold(0, |bits, (request, _)| bits | 1 << request);
            let unlike = match by {
                By::Languages => HandFacts { languages: Languages::from_bits(bits), ..hand() },
                By::Hours => HandFacts { hours: Hours::from_bits(bits), ..hand() },
            };
            let number = u8::try_from(number).unwrap();
            let own = HandFacts { id: [number; 16], tie: number.into(), capacity: *capacity, ..unlike };
            let facts = HandFacts { ask_at_night: true, lease_ends_at: Timestamp(i64::MAX), ..own };
            Hand { facts, writes_for_now: false }
        });
        let (requests, hands) = (requests.collect(), hands.collect());
        Self { policy, now: NOON, requests, hands, offers: Vec::new() }
    }

    /// The requests arrive in this order of their numbers, and each is looked at when it comes.
    pub fn arrive(&mut self, order: &[usize]) {
        self.requests.sort_by_key(|request| order.iter().position(|number| *number == request.number));
        while self.next_arrives() {}
    }

    /// False: all are there.
    pub fn next_arrives(&mut self) -> bool {
        let next = self.requests.iter().position(|request| request.state == State::NotYet);
        if let Some(place) = next {
            self.requests[place].state = State::Waiting;
            self.requests[place].since = self.now;
            self.look_at(place, Round::Full);
        }
        next.is_some()
    }

    /// What lapsed, then everybody who waits, the longest first.
    pub fn tick(&mut self) {
        for at in 0..self.offers.len() {
            if lapses_at(self.offers[at].made_at, self.offers[at].kind, self.policy) <= self.now {
                self.moves(at, OfferEvent::Silence);
            }
        }
        for round in [Round::First, Round::Full] {
            for place in 0..self.requests.len() {
                self.look_at(place, round);
            }
        }
    }

    fn look_at(&mut self, place: usize, round: Round) {
        let kinds: &[Kind] = if round == Round::First { &[Kind::Sponsor] } else { Kind::ALL };
        for kind in kinds.iter().copied() {
            let request = &self.requests[place];
            let wanted = if request.state == State::Waiting { self.wanted(place, kind, round) } else { 0 };
            let found = look(&request.wish, self.facts(place, kind), self.now, &self.policy.quiet_hours);
            let asked = found.ranked.iter().take(wanted).map(|facts| Offer {
                request: place,
                hand: facts.id,
                kind,
                state: OfferState::Open,
                made_at: self.now,
            });
            self.offers.extend(asked);
        }
    }

    fn wanted(&self, place: usize, kind: Kind, round: Round) -> usize {
        let since = self.requests[place].since;
        let of_kind: Vec<&Offer> = self.of_request(place).filter(|offer| offer.kind == kind).collect();
        let open = of_kind.iter().filter(|offer| offer.state == OfferState::Open).count();
        if kind == Kind::Sponsor {
            return offers_wanted(open, self.now.since(since), round, &self.policy.offers);
        }
        let so_far = ForNowSoFar {
            from: since.plus(self.policy.requests.for_now_after),
            is_taken: open > 0 || of_kind.iter().any(|offer| offer.state == OfferState::Accepted),
            offers: u32::try_from(of_kind.len()).unwrap(),
            last_offer_at: of_kind.last().map(|offer| offer.made_at),
        };
        usize::from(for_now_due_at(&so_far, &self.policy.for_now).is_some_and(|at| at <= self.now))
    }

    fn facts(&self, place: usize, kind: Kind) -> Vec<HandFacts> {
        let of_hand = |hand: &Hand| {
            let facts = &hand.facts;
            let asked = || self.offers.iter().filter(|offer| offer.hand == facts.id);
            let for_this = asked().filter(|offer| offer.request == place);
            let before: Vec<(Kind, OfferState)> = for_this.map(|offer| (offer.kind, offer.state)).collect();
            let week_ago = self.now.minus(TimeDelta::days(7));
            let weekly = match kind {
                Kind::Sponsor => facts.weekly_limit,
                Kind::ForNow => facts.weekly_limit.min(self.policy.for_now.weekly_most),
            };
            HandFacts {
                up: kind == Kind::Sponsor || hand.writes_for_now,
                capacity: self.places(facts.id, kind),
                sponsorships: self.count(facts.id, kind, OfferState::Accepted),
                open_offers: self.count(facts.id, kind, OfferState::Open),
                weekly_limit: weekly,
                offers_last_week: u32::try_from(asked().filter(|offer| offer.made_at > week_ago).count()).unwrap(),
                last_asked_at: asked().map(|offer| offer.made_at).max(),
                goes_first: kind == Kind::ForNow && self.is_full(facts.id),
                was_asked: was_asked(&before, kind),
                ..facts.clone()
            }
        };
        self.hands.iter().map(of_hand).collect()
    }

    pub fn of_request(&self, place: usize) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(move |offer| offer.request == place)
    }

    pub fn has_open(&self, place: usize) -> bool {
        self.of_request(place).any(|offer| offer.state == OfferState::Open && offer.kind == Kind::Sponsor)
    }

    pub fn places(&self, hand: [u8; 16], kind: Kind) -> u32 {
        let found = self.hands.iter().find(|one| one.facts.id == hand).unwrap();
        u32::try_from(kind.places(i32::try_from(found.facts.capacity).unwrap())).unwrap()
    }

    pub fn count(&self, hand: [u8; 16], kind: Kind, state: OfferState) -> u32 {
        let is_so = |offer: &&Offer| offer.hand == hand && offer.kind == kind && offer.state == state;
        u32::try_from(self.offers.iter().filter(is_so).count()).unwrap()
    }

    /// Places that a yes or an open offer holds.
    pub fn held(&self, hand: [u8; 16], kind: Kind) -> u32 {
        self.count(hand, kind, OfferState::Accepted) + self.count(hand, kind, OfferState::Open)
    }

    pub fn is_full(&self, hand: [u8; 16]) -> bool {
        self.held(hand, Kind::Sponsor) >= self.places(hand, Kind::Sponsor)
    }

    /// True: the state of the offer let it happen.
    pub fn moves(&mut self, at: usize, event: OfferEvent) -> bool {
        let next = self.offers[at].state.next(event);
        self.offers[at].state = next.unwrap_or(self.offers[at].state);
        next.is_some()
    }

    /// A yes counts while the request waits and the hand has a place; what is asked beyond its places is withdrawn with it.
    pub fn says_yes(&mut self, at: usize) -> bool {
        let Offer { request, hand, kind, .. } = self.offers[at];
        let is_written_with =
            || self.of_request(request).any(|offer| offer.kind == Kind::ForNow && offer.state == OfferState::Accepted);
        let has_place = self.count(hand, kind, OfferState::Accepted) < self.places(hand, kind);
        let is_late = self.requests[request].state != State::Waiting || (kind == Kind::ForNow && is_written_with());
        if is_late || !has_place || !self.moves(at, OfferEvent::Yes) {
            return false;
        }
        match kind {
            Kind::Sponsor => self.closes(request, State::Matched),
            Kind::ForNow => {
                let is_open = |offer: &Offer| offer.kind == kind && offer.state == OfferState::Open;
                self.withdraw(|offer| offer.request == request && is_open(offer));
            }
        }
        while self.held(hand, kind) > self.places(hand, kind) {
            let is_beyond = |offer: &Offer| offer.hand == hand && offer.kind == kind && offer.state == OfferState::Open;
            let newest = self.offers.iter().rposition(is_beyond).unwrap();
            self.moves(newest, OfferEvent::Withdrawal);
        }
        true
    }

    pub fn closes(&mut self, request: usize, state: State) {
        if self.requests[request].state == State::Waiting {
            self.requests[request].state = state;
            self.withdraw(|offer| offer.request == request);
        }
    }

    fn withdraw(&mut self, which: impl Fn(&Offer) -> bool) {
        for at in 0..self.offers.len() {
            if which(&self.offers[at]) {
                self.moves(at, OfferEvent::Withdrawal);
            }
        }
    }
}
