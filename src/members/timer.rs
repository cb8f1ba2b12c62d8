//! Timer mails: what a clock sends, not a person. At most one a day to anybody, none in their quiet hours (design section 5).
//! Offers, codes, letters and answers to one's own act are no timer mails.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use super::queries::find_member;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::is_quiet;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::store::ids::MemberId;
use crate::store::schema::members;
use crate::store::{Conn, Tx};

/// Writes the mail down that `make` says, if one may go to this member now; `make` is not called otherwise. False: it is
/// night there, or one went today. The caller's next tick asks again.
pub fn push_timer_mail<E: From<Error>>(
    tx: &mut Tx<'_>,
    ground: &Ground,
    to: MemberId,
    about: About,
    make: impl FnOnce(&mut Tx<'_>) -> Result<Notice, E>,
) -> Result<bool, E> {
    if !may_get_timer_mail(tx.conn(), ground, to)? {
        return Ok(false);
    }
    let notice = make(tx)?;
    outbox::push_notice(tx, ground, Reader::Member(to), about, &notice).map_err(Error::from)?;
    diesel::update(members::table.find(to))
        .set(members::last_timer_at.eq(ground.now()))
        .execute(tx.conn())
        .map_err(Error::from)?;
    Ok(true)
}

/// To be asked before a transaction is opened: one that writes nothing would wake the tick that opened it.
pub fn may_get_timer_mail(conn: &mut Conn, ground: &Ground, to: MemberId) -> Result<bool, Error> {
    let Some(member) = find_member(conn, to)? else { return Ok(false) };
    let last: Option<Timestamp> = members::table.find(to).select(members::last_timer_at).first(conn)?;
    let local = |at: Timestamp| at.local_day(member.utc_offset_min);
    // A clock that was set back must not open the same day twice.
    let had_one_today = last.is_some_and(|last| local(ground.now()) <= local(last));
    Ok(!had_one_today && !is_quiet(ground.now(), member.utc_offset_min, &ground.policy.quiet_hours))
}

/// How many steps of a schedule are behind an age: after a long sleep the last one is said, not each of them in a row.
pub fn steps_behind(schedule: &[TimeDelta], age: TimeDelta) -> i32 {
    i32::try_from(schedule.iter().filter(|step| age >= **step).count()).unwrap_or(i32::MAX)
}
