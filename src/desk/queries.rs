//! Reading what the desk shows, from the tables of the rooms below.

use std::collections::HashMap;

use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::error::Error;
use crate::clock::{Day, Timestamp};
use crate::matching::{self, DayParts, Hours, Kind, Languages};
use crate::policy;
use crate::requests::{OfferState, Request, State};
use crate::sponsorships::{Side, Sponsorship, State as PairState};
use crate::store::Conn;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::{hands, members, offers, requests, sponsorships};

/// How often a request was put to somebody.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct OfferCounts {
    pub asked: i64,
    pub open: i64,
}

/// Everybody who waits with their first name, longest first. Who asked for somebody for now and has somebody needs nobody.
pub(super) fn list_waiting(conn: &mut Conn) -> Result<Vec<(Request, String)>, Error> {
    let written_with = sponsorships::table
        .filter(sponsorships::kind.eq(Kind::ForNow).and(sponsorships::state.ne(PairState::Ended)))
        .select(sponsorships::sponsee);
    Ok(requests::table
        .inner_join(members::table.on(members::id.eq(requests::member)))
        .filter(requests::state.eq(State::Waiting))
        .filter(requests::kind.eq(Kind::Sponsor).or(requests::member.ne_all(written_with)))
        .order((requests::waiting_since, requests::id))
        .select((Request::as_select(), members::first_name))
        .load(conn)?)
}

/// The offers of everybody who waits.
pub(super) fn count_offers(conn: &mut Conn) -> Result<HashMap<RequestId, OfferCounts>, Error> {
    let rows: Vec<(RequestId, OfferState, i64)> = offers::table
        .inner_join(requests::table.on(requests::id.eq(offers::request)))
        .filter(requests::state.eq(State::Waiting).and(offers::kind.eq(requests::kind)))
        .group_by((offers::request, offers::state))
        .select((offers::request, offers::state, count_star()))
        .load(conn)?;
    let mut counts: HashMap<RequestId, OfferCounts> = HashMap::new();
    for (request, state, number) in rows {
        let count = counts.entry(request).or_default();
        count.asked += number;
        count.open += if state == OfferState::Open { number } else { 0 };
    }
    Ok(counts)
}

/// A hand that is up and has free places.
pub(super) struct Room {
    pub languages: Languages,
    pub hours: Hours,
    pub parts: DayParts,
    pub places: i64,
}

pub(super) fn list_room(conn: &mut Conn, now: Timestamp, policy: &policy::Hands) -> Result<Vec<Room>, Error> {
    type Up = (MemberId, i32, Option<Day>, Languages, Hours, DayParts);
    let up: Vec<Up> = hands::table
        .filter(hands::state.eq(crate::hands::State::Up).and(hands::lease_ends_at.gt(now)))
        .filter(hands::paused_until.is_null().or(hands::paused_until.le(now)))
        .select((hands::member, hands::capacity, hands::vouched_on, hands::languages, hands::hours, hands::parts))
        .load(conn)?;
    let held: Vec<(MemberId, i64)> = sponsorships::table
        .filter(sponsorships::state.ne(PairState::Ended).and(sponsorships::kind.eq(Kind::Sponsor)))
        .group_by(sponsorships::sponsor)
        .select((sponsorships::sponsor, count_star()))
        .load(conn)?;
    let open: Vec<(MemberId, i64)> = offers::table
        .filter(offers::state.eq(OfferState::Open).and(offers::kind.eq(Kind::Sponsor)))
        .group_by(offers::hand)
        .select((offers::hand, count_star()))
        .load(conn)?;
    let mut taken: HashMap<MemberId, i64> = HashMap::new();
    for (hand, number) in held.into_iter().chain(open) {
        *taken.entry(hand).or_default() += number;
    }
    let room = |(hand, capacity, vouched_on, languages, hours, parts)| {
        let places = matching::places_of_hand(capacity, vouched_on, now.day(), policy);
        Room { languages, hours, parts, places: i64::from(places) - taken.get(&hand).copied().unwrap_or(0) }
    };
    Ok(up.into_iter().map(room).filter(|room| room.places > 0).collect())
}

/// Newcomers whose sponsor owes a letter for too long, with the moment it began, the longest first: nothing since a yes
/// before `yes_before`, or no answer to a letter of or before `letter_by`. Never both of a pair: one name is enough to act.
pub(super) fn list_left_waiting(
    conn: &mut Conn,
    yes_before: Timestamp,
    letter_by: Day,
) -> Result<Vec<(String, Timestamp)>, Error> {
    // After a rest the first letter is owed from the sponsor's return.
    let is_old = sponsorships::back_at.is_null().or(sponsorships::back_at.le(yes_before));
    let no_hello = sponsorships::state
        .eq(PairState::Introduced)
        .and(sponsorships::introduced_at.le(yes_before))
        .and(is_old.assume_not_null());
    let no_answer = sponsorships::state
        .eq(PairState::Live)
        .and(sponsorships::last_writer.eq(Side::Sponsee))
        .and(sponsorships::last_letter_on.le(letter_by));
    let mut pairs: Vec<Sponsorship> = sponsorships::table
        .filter(no_hello.or(no_answer.assume_not_null()))
        .filter(sponsorships::kind.eq(Kind::Sponsor).and(sponsorships::paused_until.is_null()))
        .select(Sponsorship::as_select())
        .load(conn)?;
    pairs.sort_by_key(Sponsorship::owed_since);
    let names = names_of(conn, pairs.iter().map(|pair| pair.sponsee))?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    Ok(pairs.iter().map(|pair| (name(pair.sponsee), pair.owed_since())).collect())
}

/// From when the first letter is owed, of pairs whose sponsor owes it since `yes_before` or longer.
pub(super) fn list_without_hello(conn: &mut Conn, yes_before: Timestamp) -> Result<Vec<Timestamp>, Error> {
    let pairs: Vec<Sponsorship> = sponsorships::table
        .filter(sponsorships::state.eq(PairState::Introduced).and(sponsorships::introduced_at.le(yes_before)))
        .filter(sponsorships::kind.eq(Kind::Sponsor).and(sponsorships::paused_until.is_null()))
        .select(Sponsorship::as_select())
        .load(conn)?;
    Ok(pairs.iter().map(Sponsorship::begun_at).filter(|at| *at <= yes_before).collect())
}

pub(super) fn last_introduced_at(conn: &mut Conn) -> Result<Option<Timestamp>, Error> {
    Ok(sponsorships::table.select(max(sponsorships::introduced_at)).first(conn)?)
}

/// First names by member.
pub(super) fn names_of(
    conn: &mut Conn,
    who: impl Iterator<Item = MemberId>,
) -> Result<HashMap<MemberId, String>, Error> {
    let ids: Vec<MemberId> = who.collect();
    let rows: Vec<(MemberId, String)> =
        members::table.filter(members::id.eq_any(&ids)).select((members::id, members::first_name)).load(conn)?;
    Ok(rows.into_iter().collect())
}
