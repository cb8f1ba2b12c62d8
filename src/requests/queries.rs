//! Reading requests and offers.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Offer, Request, State, note_place};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, OfferState};
use crate::store::Conn;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::{offers, requests};
use crate::store::types::Digest;

pub fn find_request(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, Error> {
    Ok(requests::table.find(id).select(Request::as_select()).first(conn).optional()?)
}

/// The request, if it still waits.
pub(super) fn find_waiting(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, Error> {
    Ok(find_request(conn, id)?.filter(|request| request.state == State::Waiting))
}

/// The one open request of a member.
pub fn find_waiting_of(conn: &mut Conn, member: MemberId) -> Result<Option<Request>, Error> {
    Ok(requests::table
        .filter(requests::member.eq(member).and(requests::state.eq(State::Waiting)))
        .select(Request::as_select())
        .first(conn)
        .optional()?)
}

/// The request a member placed last, whatever became of it.
pub fn latest_of(conn: &mut Conn, member: MemberId) -> Result<Option<Request>, Error> {
    Ok(requests::table
        .filter(requests::member.eq(member))
        .order(requests::placed_at.desc())
        .select(Request::as_select())
        .first(conn)
        .optional()?)
}

/// The waiting request that the desk calls by this short name; the one waiting longest, should two have it.
pub fn find_waiting_by_short(conn: &mut Conn, short: &str) -> Result<Option<Request>, Error> {
    Ok(requests::table
        .filter(requests::short.eq(short).and(requests::state.eq(State::Waiting)))
        .order((requests::waiting_since, requests::id))
        .select(Request::as_select())
        .first(conn)
        .optional()?)
}

/// Everybody who waits, longest first.
pub fn list_waiting(conn: &mut Conn) -> Result<Vec<Request>, Error> {
    Ok(requests::table
        .filter(requests::state.eq(State::Waiting))
        .order((requests::waiting_since, requests::id))
        .select(Request::as_select())
        .load(conn)?)
}

/// All offers of a request, the oldest first.
pub fn list_offers(conn: &mut Conn, request: RequestId) -> Result<Vec<Offer>, Error> {
    Ok(offers::table
        .filter(offers::request.eq(request))
        .order((offers::made_at, offers::id))
        .select(Offer::as_select())
        .load(conn)?)
}

/// The note of a request, for the sponsor who said yes to it and nobody else.
pub fn note_of(ground: &Ground, request: &Request) -> Result<Option<String>, Error> {
    let Some(sealed) = &request.note else { return Ok(None) };
    let opened = ground.vault.open(note_place(&request.id), sealed).map_err(crate::sponsorships::Error::from)?;
    Ok(String::from_utf8(opened.expose().clone()).ok())
}

/// How many open offers wait for an answer of this hand.
pub fn count_open_of(conn: &mut Conn, hand: MemberId) -> Result<i64, Error> {
    Ok(offers::table.filter(offers::hand.eq(hand).and(offers::state.eq(OfferState::Open))).count().get_result(conn)?)
}

pub(super) fn find_by_token(conn: &mut Conn, token: &Digest) -> Result<Option<Offer>, Error> {
    Ok(offers::table.filter(offers::token.eq(token)).select(Offer::as_select()).first(conn).optional()?)
}

/// Open offers of a hand, the newest first.
pub(super) fn list_open_of(conn: &mut Conn, hand: MemberId) -> Result<Vec<Offer>, Error> {
    Ok(offers::table
        .filter(offers::hand.eq(hand).and(offers::state.eq(OfferState::Open)))
        .order((offers::made_at.desc(), offers::id.desc()))
        .select(Offer::as_select())
        .load(conn)?)
}

/// How the offers to a hand ended that it could answer, the last to end first; what was withdrawn does not count, and what
/// lapsed only once it is a silence.
pub fn list_settled_of(
    conn: &mut Conn,
    ground: &Ground,
    (hand, since): (MemberId, Timestamp),
    at_most: usize,
) -> Result<Vec<OfferState>, Error> {
    let silent_if_made_by = ground.now().minus(matching::silence_after(&ground.policy));
    Ok(offers::table
        .filter(offers::hand.eq(hand).and(offers::made_at.ge(since)))
        .filter(offers::state.ne(OfferState::Lapsed).or(offers::made_at.le(silent_if_made_by)))
        .filter(offers::state.eq_any([OfferState::Accepted, OfferState::Declined, OfferState::Lapsed]))
        .order((offers::answered_at.desc(), offers::id))
        .limit(i64::try_from(at_most).unwrap_or(i64::MAX))
        .select(offers::state)
        .load(conn)?)
}
