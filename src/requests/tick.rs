//! What is due for requests: offers that lapse, requests to be looked at, requests for now and handovers that are over.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::ask;
use super::error::Error;
use super::model::{Offer, State};
use super::queries::list_open_of;
use super::{for_now, updates};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{OfferEvent, OfferState, Round};
use crate::on_each;
use crate::outbox;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::{offers, requests};
use crate::store::{Conn, Tx};

/// A look that failed is tried again after this, and the others go on.
const AFTER_TROUBLE: TimeDelta = TimeDelta::minutes(1);

/// One pass: first what lapsed, then every request that is due, the longest waiting first.
pub fn tick(ground: &Ground) -> Result<(), Error> {
    let now = ground.now();
    let due = ground.store.read(|conn| {
        offers::table
            .filter(offers::state.eq(OfferState::Open).and(offers::lapses_at.le(now)))
            .select(Offer::as_select())
            .load(conn)
            .map_err(Error::from)
    })?;
    for offer in due {
        ground.store.write_tx(|tx| {
            move_offer(tx, ground, &offer, OfferEvent::Silence)?;
            look_again_soon(tx, ground, &[offer.request])
        })?;
    }
    for_now::end_what_is_over(ground)?;
    let mut trouble = Ok(());
    let mut due = ground.store.read(|conn| list_due(conn, ground))?;
    let rounds: &[Round] = if due.len() > 1 { &[Round::First, Round::Full] } else { &[Round::Full] };
    for round in rounds {
        due.retain(|request| match ask::look_at(ground, *request, *round) {
            Ok(()) => true,
            Err(error) => {
                trouble = put_off(ground, *request, ground.now().plus(AFTER_TROUBLE)).and(Err(error));
                false
            }
        });
    }
    updates::tell_those_who_wait(ground)?;
    trouble
}

/// The requests whose look is due, the longest waiting first. A look further off than any was set by a clock that has been
/// put back since, and would not come for as long as it was ahead.
pub(super) fn list_due(conn: &mut Conn, ground: &Ground) -> Result<Vec<RequestId>, Error> {
    let now = ground.now();
    let at_the_latest = now.plus(ground.policy.offers.look_again);
    let due = requests::table
        .filter(requests::state.eq(State::Waiting))
        .filter(requests::next_look_at.le(now).or(requests::next_look_at.gt(at_the_latest)))
        .order((requests::waiting_since, requests::id))
        .select(requests::id);
    Ok(on_each!(conn, c => due.load(c))?)
}

fn put_off(ground: &Ground, which: RequestId, until: Timestamp) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        diesel::update(requests::table.find(which)).set(requests::next_look_at.eq(until)).execute(tx.conn())?;
        Ok(())
    })
}

/// Moves an offer if its state allows it, and takes back its mail if nobody should read that any more. False: no change.
pub(super) fn move_offer(tx: &mut Tx<'_>, ground: &Ground, offer: &Offer, event: OfferEvent) -> Result<bool, Error> {
    let Some(next) = offer.state.next(event) else { return Ok(false) };
    let as_read = offers::table.filter(offers::id.eq(offer.id).and(offers::state.eq(offer.state)));
    let moved = diesel::update(as_read)
        .set((offers::state.eq(next), offers::answered_at.eq(ground.now())))
        .execute(tx.conn())?;
    if moved == 1 && event != OfferEvent::Silence {
        outbox::withdraw_offer(tx, offer.id)?;
    }
    Ok(moved == 1)
}

/// These requests are looked at with the next tick, which the commit wakes.
pub fn look_again_soon(tx: &mut Tx<'_>, ground: &Ground, which: &[RequestId]) -> Result<(), Error> {
    diesel::update(requests::table.filter(requests::id.eq_any(which).and(requests::state.eq(State::Waiting))))
        .set(requests::next_look_at.eq(ground.now()))
        .execute(tx.conn())?;
    Ok(())
}

/// A hand goes up, or has more room: everybody who waits is looked at again.
pub fn look_at_all_soon(tx: &mut Tx<'_>, ground: &Ground) -> Result<(), Error> {
    diesel::update(requests::table.filter(requests::state.eq(State::Waiting)))
        .set(requests::next_look_at.eq(ground.now()))
        .execute(tx.conn())?;
    Ok(())
}

/// A hand goes down: what it was asked goes on to others.
pub fn withdraw_offers_of(tx: &mut Tx<'_>, ground: &Ground, hand: MemberId) -> Result<(), Error> {
    for offer in list_open_of(tx.conn(), hand)? {
        move_offer(tx, ground, &offer, OfferEvent::Withdrawal)?;
        look_again_soon(tx, ground, &[offer.request])?;
    }
    Ok(())
}
