//! How a request stands, for its owner: moments and one next step, read from the rows. It never tells who was asked, who
//! did not answer or how many wait.

use super::error::Error;
use super::facts;
use super::model::{Request, State};
use super::queries::{find_waiting_of, latest_of, list_offers};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, Kind, More, Widening};
use crate::store::ids::MemberId;

pub struct Progress {
    pub request: Request,
    /// When the first sponsor was asked.
    pub asked_at: Option<Timestamp>,
    /// When the first of those who can write for now was asked, while a sponsor is looked for.
    pub for_now_asked_at: Option<Timestamp>,
    /// When a coordinator steps in, or did.
    pub desk_at: Timestamp,
    pub next: Next,
    /// Nobody who has time meets the wishes, and these would open more people.
    pub scarce: Vec<(Widening, More)>,
}

/// What happens next, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Sponsors are being asked, or are about to be.
    Asking,
    /// Whoever fits sleeps now.
    AskingFrom(Timestamp),
    /// A coordinator postponed it until then.
    Postponed(Timestamp),
    /// Nobody who could be asked fits, or it has waited its time: the desk looks.
    Desk,
    /// Nothing: it does not wait any more.
    Closed,
}

/// The open request of a member, else the newest; `None` if there never was one.
pub fn progress_of(ground: &Ground, member: MemberId) -> Result<Option<Progress>, Error> {
    ground.store.read(|conn| {
        let waiting = find_waiting_of(conn, member)?;
        let Some(request) = waiting.map_or_else(|| latest_of(conn, member), |found| Ok(Some(found)))? else {
            return Ok(None);
        };
        let offers = list_offers(conn, request.id)?;
        let desk_at = request.asks_since().plus(ground.policy.requests.desk_after);
        let is_asked = offers.iter().any(|offer| offer.is_open() && offer.kind == request.kind);
        let (mut next, mut scarce) = (Next::Asking, Vec::new());
        let postponed_until = request.postponed_until(ground.now());
        if request.state != State::Waiting {
            next = Next::Closed;
        } else if let Some(until) = postponed_until {
            next = Next::Postponed(until);
        } else if !is_asked {
            let hands = facts::load(conn, ground, (&request, request.kind), None)?;
            let (wish, quiet) = (request.wish(), &ground.policy.quiet_hours);
            scarce = matching::scarcity(&wish, &hands, ground.now(), quiet);
            next = next_of(&matching::look(&wish, hands, ground.now(), quiet));
        }
        if next != Next::Closed && postponed_until.is_none() && desk_at <= ground.now() {
            next = Next::Desk;
        }
        let first = |kind| offers.iter().find(|offer| offer.kind == kind).map(|offer| offer.made_at);
        let (asked_at, for_now_asked_at) = (first(Kind::Sponsor), first(Kind::ForNow));
        Ok(Some(Progress { request, asked_at, for_now_asked_at, desk_at, next, scarce }))
    })
}

/// What would open more people to this request, for the desk.
pub fn scarcity_of(ground: &Ground, request: &Request) -> Result<Vec<(Widening, More)>, Error> {
    ground.store.read(|conn| {
        let hands = facts::load(conn, ground, (request, request.kind), None)?;
        Ok(matching::scarcity(&request.wish(), &hands, ground.now(), &ground.policy.quiet_hours))
    })
}

fn next_of(look: &matching::Look) -> Next {
    match look.quiet_ends_at {
        _ if look.nobody_fits() => Next::Desk,
        Some(ends) if look.ranked.is_empty() => Next::AskingFrom(ends),
        _ => Next::Asking,
    }
}
