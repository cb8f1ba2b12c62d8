//! What ends with its time, and a member who leaves for good.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::address::former_mark;
use super::error::Error;
use crate::audit::{self, Act, Entry};
use crate::ground::Ground;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::{invitations, joins, members, questions};
use crate::store::types::Digest;

/// A used or expired invitation still says so for this long; then it is like one that never was.
const INVITATIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// The link of a mailed question answers for this long.
const QUESTIONS_KEPT: TimeDelta = TimeDelta::days(90);

/// Deletes a member, by foreign keys whatever names the row, the codes that were mailed to the address, and
/// a mailbox of before that is still to be told.
pub fn forget_member(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    let index: Option<Digest> =
        members::table.find(member).select(members::address_index).first(tx.conn()).optional()?;
    let Some(index) = index else { return Ok(()) };
    let theirs = joins::address_index.eq(index).or(joins::browser.eq(former_mark(ground, member)));
    diesel::delete(joins::table.filter(theirs)).execute(tx.conn())?;
    diesel::delete(members::table.find(member)).execute(tx.conn())?;
    let entry = Entry { act: Act::ErasedMember, actor: None, subject: Some(member.bytes()) };
    audit::record(tx, &ground.vault, ground.now(), entry)?;
    Ok(())
}

pub fn forget_invitations(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(INVITATIONS_KEPT);
    ground.store.sweep(|tx| {
        Ok(diesel::delete(invitations::table.filter(invitations::expires_at.lt(before))).execute(tx.conn())?)
    })
}

pub fn forget_questions(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(QUESTIONS_KEPT);
    ground
        .store
        .sweep(|tx| Ok(diesel::delete(questions::table.filter(questions::made_at.lt(before))).execute(tx.conn())?))
}
