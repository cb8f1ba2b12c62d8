//! A coordinator postpones a request: nobody is asked before a day. It keeps its place, who was asked may still say yes, and
//! its newcomer, who is told the day by mail, may have us ask at once all the same.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use super::model::PostponeReason;
use super::queries::{find_waiting, find_waiting_of};
use crate::audit::{self, Act, Entry};
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::matching::Kind;
use crate::members;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::requests;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Postponed {
    Done,
    /// The day is over, begins now, or is too far off.
    NotThatDay,
    /// The request does not wait any more.
    Settled,
}

/// Until the day begins where the newcomer is. `by`: the coordinator who does.
pub fn postpone(
    ground: &Ground,
    by: MemberId,
    request: RequestId,
    (day, reason): (Day, PostponeReason),
) -> Result<Postponed, Error> {
    ground.store.write_tx(|tx| {
        let Some(request) = find_waiting(tx.conn(), request)? else { return Ok(Postponed::Settled) };
        let Some(newcomer) = members::find_member(tx.conn(), request.member)? else { return Ok(Postponed::Settled) };
        let now = ground.now();
        let until = day.start().minus(TimeDelta::minutes(i64::from(newcomer.utc_offset_min)));
        let latest = now.plus(ground.policy.requests.postponed_at_most);
        // Somebody for now is wanted now.
        if until <= now || until > latest || request.kind == Kind::ForNow {
            return Ok(Postponed::NotThatDay);
        }
        set(tx, request.id, Some((until, reason)), now)?;
        outbox::push_notice(
            tx,
            ground,
            Reader::Member(newcomer.id),
            About::default(),
            &Notice::AskedFrom { from: until },
        )?;
        record(tx, ground, by, request.id)?;
        Ok(Postponed::Done)
    })
}

/// The coordinator takes it back. False: it does not wait any more.
pub fn ask_on(ground: &Ground, by: MemberId, request: RequestId) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(request) = find_waiting(tx.conn(), request)? else { return Ok(false) };
        set(tx, request.id, None, ground.now())?;
        record(tx, ground, by, request.id)?;
        Ok(true)
    })
}

/// The newcomer would rather not wait until then.
pub fn ask_now(ground: &Ground, newcomer: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| match find_waiting_of(tx.conn(), newcomer)? {
        Some(request) => set(tx, request.id, None, ground.now()),
        None => Ok(()),
    })
}

/// The next tick looks at it: it finds out until when nothing is to be done.
fn set(
    tx: &mut Tx<'_>,
    request: RequestId,
    until: Option<(Timestamp, PostponeReason)>,
    now: Timestamp,
) -> Result<(), Error> {
    let (not_before, reason) = until.unzip();
    diesel::update(requests::table.find(request))
        .set((
            requests::not_before.eq(not_before),
            requests::postpone_reason.eq(reason),
            requests::next_look_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

fn record(tx: &mut Tx<'_>, ground: &Ground, by: MemberId, request: RequestId) -> Result<(), Error> {
    let entry = Entry { act: Act::Postponed, actor: Some(by), subject: Some(request.bytes()) };
    audit::record(tx, &ground.vault, ground.now(), entry)?;
    Ok(())
}
