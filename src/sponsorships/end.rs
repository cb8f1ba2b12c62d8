//! Ending a contact: either side, any time, no reason. What the other reads is one text, whatever the cause.

use diesel::prelude::*;

use super::aliases::{empty_aliases, end_aliases};
use super::error::Error;
use super::memory::remember_pair;
use super::model::{Event, Side, Sponsorship, State};
use super::names::partner_name;
use super::queries::{find_sponsorship_of, list_of_member};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::members::{self, QuestionKind};
use crate::notices::{DidNotGo, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::sponsorships;

/// Ends the pair at once, letters still waiting included; the other side is told. False if it had ended before.
pub fn end(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, by: Side) -> Result<bool, Error> {
    let ended = close(tx, ground, pair, Some(by))?;
    if ended {
        tell(tx, ground, pair, by.other())?;
    }
    Ok(ended)
}

/// Neither of them ended it: it fell silent, or the desk decided. Both are told.
pub fn end_softly(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    if close(tx, ground, pair, None)? {
        tell(tx, ground, pair, Side::Sponsor)?;
        tell(tx, ground, pair, Side::Sponsee)?;
    }
    Ok(())
}

fn close(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, by: Option<Side>) -> Result<bool, Error> {
    let active = sponsorships::table.filter(sponsorships::id.eq(pair.id).and(sponsorships::state.ne(State::Ended)));
    let Some(next) = pair.state.next(Event::End) else { return Ok(false) };
    let ended = diesel::update(active)
        .set((
            sponsorships::state.eq(next),
            sponsorships::ended_at.eq(ground.now()),
            sponsorships::ended_by.eq(by),
            sponsorships::paused_until.eq(None::<Timestamp>),
            sponsorships::until_request.eq(None::<RequestId>),
        ))
        .execute(tx.conn())?;
    if ended == 0 {
        return Ok(false);
    }
    end_aliases(tx, pair.id, ground.now())?;
    take_back_letters(tx, ground, pair, DidNotGo::Ended)?;
    Ok(true)
}

/// Stops mail in both directions at once, letters still waiting included. False if it was held or had ended before.
pub fn hold(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<bool, Error> {
    let Some(next) = pair.state.next(Event::Hold) else { return Ok(false) };
    let as_read = sponsorships::table.filter(sponsorships::id.eq(pair.id).and(sponsorships::state.eq(pair.state)));
    let held = diesel::update(as_read)
        .set((sponsorships::state.eq(next), sponsorships::paused_until.eq(None::<Timestamp>)))
        .execute(tx.conn())?;
    if held == 1 {
        take_back_letters(tx, ground, pair, DidNotGo::OnHold)?;
    }
    Ok(held == 1)
}

/// What has not left does not leave any more, and its writers are told.
fn take_back_letters(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, why: DidNotGo) -> Result<(), Error> {
    for writer in outbox::withdraw_sponsorship(tx, pair.id)? {
        let Some(side) = pair.side_of(writer) else { continue };
        let first_name = name_of_partner(tx, pair, side)?;
        let notice = Notice::NoteDidNotGo { why, first_name: Some(first_name) };
        outbox::push_notice(tx, ground, Reader::Member(writer), About::default(), &notice)?;
    }
    Ok(())
}

/// From the pair's page: ends it if it has not ended. False if the pair is not this member's.
pub fn end_of(ground: &Ground, member: MemberId, reference: &str) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some((pair, side)) = find_sponsorship_of(tx.conn(), member, reference)? else { return Ok(false) };
        end(tx, ground, &pair, side)?;
        Ok(true)
    })
}

/// Ends it for good: remembered by hash from now on, so that it outlasts a change of address and an erasure on either side.
/// To the other it reads like any end. False if the pair is not this member's.
pub fn block(ground: &Ground, member: MemberId, reference: &str) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some((pair, side)) = find_sponsorship_of(tx.conn(), member, reference)? else { return Ok(false) };
        end(tx, ground, &pair, side)?;
        remember_pair(tx, ground, &pair)?;
        Ok(true)
    })
}

/// Tells the side that did not end it. Nobody learns whether it was an end or an erasure.
fn tell(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, reader: Side) -> Result<(), Error> {
    let member = pair.member(reader);
    let first_name = name_of_partner(tx, pair, reader)?;
    let notice = match reader {
        Side::Sponsor => Notice::ContactEndedSponsor { first_name, for_now: pair.is_for_now() },
        // Somebody for now leaves nothing to look for: the request waits, or there is a sponsor.
        Side::Sponsee if pair.is_for_now() => Notice::ContactEnded { first_name, token: None, for_now: true },
        Side::Sponsee => {
            let token = members::ask_question(tx, ground, member, Some(pair.id), QuestionKind::Ended)?.text();
            Notice::ContactEnded { first_name, token: Some(token), for_now: false }
        }
    };
    outbox::push_notice(tx, ground, Reader::Member(member), About::default(), &notice)?;
    Ok(())
}

pub(super) fn name_of_partner(tx: &mut Tx<'_>, pair: &Sponsorship, reader: Side) -> Result<String, Error> {
    let name = partner_name(tx.conn(), pair, reader)?;
    Ok(name.map(|name| name.as_str().to_owned()).unwrap_or_default())
}

/// For an erasure: every contact of this member ends, is remembered by hash alone, and its relay addresses pass nothing.
pub fn end_all_of(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    for pair in list_of_member(tx.conn(), member)? {
        let Some(side) = pair.side_of(member) else { continue };
        end(tx, ground, &pair, side)?;
        remember_pair(tx, ground, &pair)?;
        empty_aliases(tx, pair.id)?;
    }
    Ok(())
}
