//! A hand that goes down, pauses, comes back or changes what it offers.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Draft, Event, Hand, State};
use super::raise::from_draft;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::members::Member;
use crate::requests;
use crate::sponsorships;
use crate::store::ids::MemberId;
use crate::store::schema::hands;
use crate::store::{Conn, Tx};

pub fn find_hand(conn: &mut Conn, member: MemberId) -> Result<Option<Hand>, Error> {
    Ok(hands::table.find(member).select(Hand::as_select()).first(conn).optional()?)
}

pub fn list_hands(conn: &mut Conn) -> Result<Vec<Hand>, Error> {
    Ok(hands::table.select(Hand::as_select()).load(conn)?)
}

/// Hands that are up now, for the band on the landing page and nothing else.
pub fn count_up(conn: &mut Conn) -> Result<i64, Error> {
    Ok(hands::table.filter(hands::state.eq(State::Up)).count().get_result(conn)?)
}

pub fn lower(ground: &Ground, member: MemberId) -> Result<bool, Error> {
    ground.store.write_tx(|tx| put_down(tx, ground, member))
}

/// The same within another use case.
pub fn put_down(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    move_hand(tx, ground, member, Event::Lower, None)
}

/// A break of the hand. Contacts that rest already, since their sponsor stepped back, rest until the same day.
pub fn pause(ground: &Ground, member: MemberId, until: Timestamp) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        sponsorships::move_return(tx, ground, member, until)?;
        move_hand(tx, ground, member, Event::Pause, Some(until))
    })
}

/// Steps back until then: the hand takes a break, what it was asked goes on to others, and each newcomer of this sponsor is
/// asked alone what would help. A hand that is down stays down.
pub fn step_back(ground: &Ground, member: MemberId, until: Timestamp) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        move_hand(tx, ground, member, Event::Pause, Some(until))?;
        Ok(sponsorships::step_back(tx, ground, member, until)?)
    })
}

/// One press back, with a new lease, to everybody too. A hand that is up already keeps its state and gets the new lease.
pub fn resume(ground: &Ground, member: MemberId) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        renew_lease(tx, ground, member)?;
        sponsorships::come_back(tx, ground, member)?;
        move_hand(tx, ground, member, Event::Return, None)
    })
}

/// New answers from the member's own page; state and word given stay. Open offers that no longer fit stay open: the sponsor
/// sees them and may still say no.
pub fn change(ground: &Ground, member: &Member, draft: &Draft) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(old) = find_hand(tx.conn(), member.id)? else { return Ok(false) };
        let new = from_draft(ground, member, draft);
        diesel::update(hands::table.find(member.id))
            .set((
                hands::capacity.eq(new.capacity),
                hands::weekly_limit.eq(new.weekly_limit),
                hands::rhythm.eq(new.rhythm),
                hands::ask_at_night.eq(new.ask_at_night),
                hands::writes_for_now.eq(new.writes_for_now),
                hands::walked_with.eq(new.walked_with),
                hands::shows_walked_with.eq(new.shows_walked_with),
                hands::ok_with_medicine.eq(new.ok_with_medicine),
                hands::languages.eq(new.languages),
                hands::describes.eq(new.describes),
                hands::accepts.eq(new.accepts),
                hands::parts.eq(new.parts),
                hands::hours.eq(new.hours),
                hands::lease_ends_at.eq(new.lease_ends_at.max(old.lease_ends_at)),
                hands::reminders.eq(0),
            ))
            .execute(tx.conn())?;
        requests::look_at_all_soon(tx, ground)?;
        Ok(true)
    })
}

pub(super) fn renew_lease(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    diesel::update(hands::table.find(member))
        .set((hands::lease_ends_at.eq(ground.now().plus(ground.policy.hands.lease)), hands::reminders.eq(0)))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves a hand if its state allows it; what it was asked goes on to others when it is not up any more. False: no change.
pub(super) fn move_hand(
    tx: &mut Tx<'_>,
    ground: &Ground,
    member: MemberId,
    event: Event,
    paused_until: Option<Timestamp>,
) -> Result<bool, Error> {
    let Some(hand) = find_hand(tx.conn(), member)? else { return Ok(false) };
    let Some(next) = hand.state.next(event, hand.vouched_on.is_some()) else { return Ok(false) };
    diesel::update(hands::table.find(member))
        .set((hands::state.eq(next), hands::paused_until.eq(paused_until)))
        .execute(tx.conn())?;
    if next == State::Up {
        requests::look_at_all_soon(tx, ground)?;
    } else {
        requests::withdraw_offers_of(tx, ground, member)?;
    }
    Ok(true)
}
