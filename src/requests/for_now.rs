//! Somebody to write with for now: while a request for a sponsor waits some hours, or while the sponsor stepped back.

use super::error::Error;
use super::model::{Offer, Request, State};
use super::place::close;
use super::queries::find_request;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, ForNowSoFar, Kind};
use crate::sponsorships::{self, Sponsorship};
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::requests;
use crate::store::{Conn, Tx};
use diesel::prelude::*;

/// When somebody may next be asked to write for now. `None`: not while it stands like this.
/// `offers`: all of the request, the oldest first.
pub(super) fn due_at(
    conn: &mut Conn,
    ground: &Ground,
    request: &Request,
    offers: &[Offer],
) -> Result<Option<Timestamp>, Error> {
    let offers: Vec<&Offer> = offers.iter().filter(|offer| offer.kind == Kind::ForNow).collect();
    let so_far = ForNowSoFar {
        from: match request.kind {
            Kind::Sponsor => request.waiting_since.plus(ground.policy.requests.for_now_after),
            Kind::ForNow => request.placed_at,
        },
        is_taken: offers.iter().any(|offer| offer.is_open()),
        offers: u32::try_from(offers.len()).unwrap_or(u32::MAX),
        last_offer_at: offers.last().map(|offer| offer.made_at),
    };
    let due_at = matching::for_now_due_at(&so_far, &ground.policy.for_now);
    // Whether somebody writes already is read once it matters.
    let is_due = due_at.is_some_and(|at| at <= ground.now());
    Ok(if is_due && is_written_with(conn, request.member)? { None } else { due_at })
}

/// Somebody writes with this newcomer for now.
pub(super) fn is_written_with(conn: &mut Conn, newcomer: MemberId) -> Result<bool, Error> {
    Ok(sponsorships::list_active_of_sponsee(conn, newcomer)?.iter().any(Sponsorship::is_for_now))
}

/// A request for somebody for now ends with what it was made for: the pause of the sponsor. And a contact that lasted until
/// a new yes ends with it, or goes on if its newcomer stopped looking.
pub(super) fn end_what_is_over(ground: &Ground) -> Result<(), Error> {
    let (waiting, handovers) = ground.store.read(|conn| {
        let for_now = requests::table
            .filter(requests::state.eq(State::Waiting).and(requests::kind.eq(Kind::ForNow)))
            .select((requests::id, requests::member));
        let waiting: Vec<(RequestId, MemberId)> = for_now.load(conn)?;
        Ok::<_, Error>((waiting, sponsorships::list_handovers(conn)?))
    })?;
    for (id, member) in waiting {
        let is_over = |conn: &mut Conn| {
            let pairs = sponsorships::list_active_of_sponsee(conn, member)?;
            Ok::<_, Error>(!pairs.iter().any(|pair| !pair.is_for_now() && pair.is_paused()))
        };
        if ground.store.read(is_over)? {
            ground.store.write_tx(|tx| close(tx, ground, id, State::Withdrawn))?;
        }
    }
    for pair in handovers {
        if ground.store.read(|conn| next_of(conn, &pair))? != Handover::Waits {
            ground.store.write_tx(|tx| hand_over(tx, ground, &pair))?;
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Handover {
    Waits,
    Done,
    GivenUp,
}

fn next_of(conn: &mut Conn, pair: &Sponsorship) -> Result<Handover, Error> {
    let Some(id) = pair.until_request else { return Ok(Handover::GivenUp) };
    let request = find_request(conn, id)?;
    Ok(match request.map(|request| request.state) {
        Some(State::Waiting) => Handover::Waits,
        Some(State::Matched) => Handover::Done,
        Some(State::Withdrawn) | None => Handover::GivenUp,
    })
}

fn hand_over(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    match next_of(tx.conn(), pair)? {
        Handover::Waits => {}
        Handover::Done => {
            sponsorships::end(tx, ground, pair, sponsorships::Side::Sponsee)?;
        }
        Handover::GivenUp => sponsorships::set_handover(tx, pair.id, None)?,
    }
    Ok(())
}
