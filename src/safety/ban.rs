//! A lasting ban takes two coordinators: who proposes it, and another who is neither named nor vouched. It is a keyed hash of
//! the canonical address, so that another spelling, leaving and joining again change nothing.

use diesel::prelude::*;

use super::assign::{may_see, record};
use super::error::Error;
use super::model::{Category, Report};
use crate::audit::Act;
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::{bans, members, reports};
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::{hands, members as people, requests, sponsorships};

/// A proposal as another coordinator sees it.
pub struct Proposed {
    pub short: String,
    pub category: Category,
    /// Who proposed it.
    pub by: Option<String>,
}

pub(super) fn propose(tx: &mut Tx<'_>, ground: &Ground, report: &Report, by: MemberId) -> Result<(), Error> {
    let there: i64 = bans::table.find(report.accused_hash).count().get_result(tx.conn())?;
    if there == 0 {
        let now = ground.now();
        diesel::insert_into(bans::table)
            .values((
                bans::hash.eq(report.accused_hash),
                bans::report.eq(report.id),
                bans::proposed_by.eq(by),
                bans::made_month.eq(now.month()),
                bans::ends_on.eq(now.plus(ground.policy.safety.ban_lasts).day()),
            ))
            .execute(tx.conn())?;
        record(tx, ground, Act::ProposedBan, Some(by), &report.id)?;
    }
    Ok(())
}

/// Proposals that this coordinator may decide.
pub fn list_proposed(ground: &Ground, coordinator: MemberId) -> Result<Vec<Proposed>, Error> {
    ground.store.read(|conn| {
        let mut all = Vec::new();
        for (report, by) in open_proposals(conn, coordinator)? {
            if may_see(conn, &report, coordinator)? {
                all.push(Proposed { short: report.short, category: report.category, by });
            }
        }
        Ok(all)
    })
}

fn open_proposals(conn: &mut Conn, coordinator: MemberId) -> Result<Vec<(Report, Option<String>)>, Error> {
    Ok(reports::table
        .inner_join(bans::table.on(bans::report.eq(reports::id.nullable())))
        .left_join(members::table.on(bans::proposed_by.eq(members::id.nullable())))
        .filter(bans::confirmed_month.is_null())
        .filter(bans::proposed_by.is_null().or(bans::proposed_by.ne(coordinator)))
        .order(reports::made_at)
        .select((Report::as_select(), members::first_name.nullable()))
        .load(conn)?)
}

fn find_proposal(conn: &mut Conn, coordinator: MemberId, short: &str) -> Result<Option<Report>, Error> {
    let found = open_proposals(conn, coordinator)?.into_iter().map(|(report, _)| report);
    match found.into_iter().find(|report| report.short == short) {
        Some(report) if may_see(conn, &report, coordinator)? => Ok(Some(report)),
        _ => Ok(None),
    }
}

/// The second yes: whoever has this address is out. False for what is not theirs to confirm.
pub fn confirm(ground: &Ground, coordinator: MemberId, short: &str) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(report) = find_proposal(tx.conn(), coordinator, short)? else { return Ok(false) };
        diesel::update(bans::table.find(report.accused_hash))
            .set((bans::confirmed_by.eq(coordinator), bans::confirmed_month.eq(ground.now().month())))
            .execute(tx.conn())?;
        record(tx, ground, Act::Banned, Some(coordinator), &report.id)?;
        put_out(tx, ground, &report.accused_hash)?;
        Ok(true)
    })
}

/// The second no: nothing follows from the proposal.
pub fn turn_down(ground: &Ground, coordinator: MemberId, short: &str) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(report) = find_proposal(tx.conn(), coordinator, short)? else { return Ok(false) };
        let open = bans::table.filter(bans::hash.eq(report.accused_hash).and(bans::confirmed_month.is_null()));
        diesel::delete(open).execute(tx.conn())?;
        record(tx, ground, Act::Decided, Some(coordinator), &report.id)?;
        Ok(true)
    })
}

/// Whoever is here under this address: out of every contact, signed out, hand down, nobody asked for them.
fn put_out(tx: &mut Tx<'_>, ground: &Ground, hash: &Digest) -> Result<(), Error> {
    let found: Option<MemberId> =
        members::table.filter(members::memory_hash.eq(hash)).select(members::id).first(tx.conn()).optional()?;
    let Some(member) = found else { return Ok(()) };
    hands::suspend(tx, ground, member, None)?;
    requests::withdraw_all_of(tx, ground, member)?;
    for pair in sponsorships::list_of_member(tx.conn(), member)? {
        sponsorships::end_softly(tx, ground, &pair)?;
    }
    people::end_sessions_of(tx, member)?;
    Ok(())
}

/// Bans whose time is over, and proposals that nobody confirmed for as long.
pub(super) fn forget(ground: &Ground) -> Result<(), Error> {
    let today = ground.now().day();
    ground.store.sweep(|tx| Ok(diesel::delete(bans::table.filter(bans::ends_on.le(today))).execute(tx.conn())?))
}
