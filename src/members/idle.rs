//! Members who did nothing for a year. Only the month of the last activity is known: a code typed, an offer or a question
//! answered, a letter written. Reading a page is none, so that reading writes nothing.

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::error::Error;
use super::questions::{QuestionKind, answer_question, ask_question, find_question};
use super::timer::{may_get_timer_mail, push_timer_mail};
use crate::clock::{Month, Timestamp};
use crate::ground::Ground;
use crate::notices::Notice;
use crate::outbox::About;
use crate::store::ids::MemberId;
use crate::store::schema::{members, outbox, questions};
use crate::store::{Conn, Tx};
use crate::vault::Token;

/// Of the mail that asks, in the outbox.
pub const CLEAR_REASON: &str = "we-will-clear";

/// This member is here this month, as is mostly known already: to ask costs less than to write nothing.
pub fn note_active(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    let month = ground.now().month();
    let earlier = members::table.filter(members::id.eq(member).and(members::active_month.lt(month)));
    if diesel::select(exists(earlier)).get_result(tx.conn())? {
        diesel::update(members::table.find(member)).set(members::active_month.eq(month)).execute(tx.conn())?;
    }
    Ok(())
}

/// The last month of whose members all did nothing for the whole time.
fn idle_before(ground: &Ground) -> Month {
    ground.now().minus(ground.policy.members.asked_after_idle).month()
}

/// Asks those who did nothing for a year whether to keep what is here, once each year of silence.
pub fn ask_idle(ground: &Ground) -> Result<(), Error> {
    for (member, asked_at) in list_idle(ground)? {
        if asked_at.is_some() || !ground.store.read(|conn| may_get_timer_mail(conn, ground, member))? {
            continue;
        }
        ground.store.write_tx(|tx| {
            if !is_idle(tx.conn(), ground, member)? {
                return Ok(());
            }
            push_timer_mail(tx, ground, member, About::default(), |tx| {
                let until = ground.now().plus(ground.policy.members.cleared_after_asked);
                let token = ask_question(tx, ground, member, None, QuestionKind::Clear)?.text();
                Ok::<_, Error>(Notice::WeWillClear { until, token })
            })?;
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}

/// Those who were asked long enough ago, in a mail that left, and did nothing since.
pub fn list_to_clear(ground: &Ground) -> Result<Vec<MemberId>, Error> {
    let asked_by = ground.now().minus(ground.policy.members.cleared_after_asked);
    let unsent: Vec<Option<MemberId>> = ground.store.read(|conn| {
        let waiting = outbox::table.filter(outbox::reason.eq(CLEAR_REASON));
        waiting.select(outbox::member).load(conn).map_err(Error::from)
    })?;
    let is_due = |(member, asked_at): &(MemberId, Option<Timestamp>)| {
        asked_at.is_some_and(|at| at <= asked_by) && !unsent.contains(&Some(*member))
    };
    Ok(list_idle(ground)?.into_iter().filter(is_due).map(|(member, _)| member).collect())
}

/// Whether this member did nothing for the whole time, and is still here.
pub fn is_idle(conn: &mut Conn, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let idle = members::table.filter(members::id.eq(member).and(members::active_month.lt(idle_before(ground))));
    Ok(diesel::select(exists(idle)).get_result(conn)?)
}

/// Idle members, and when each was asked; a question of an earlier silence was answered, or it is older than any wait for
/// its answer.
fn list_idle(ground: &Ground) -> Result<Vec<(MemberId, Option<Timestamp>)>, Error> {
    let wait = ground.policy.members.cleared_after_asked + TimeDelta::days(60);
    let since = ground.now().minus(wait);
    ground.store.read(|conn| {
        let idle: Vec<MemberId> = members::table
            .filter(members::active_month.lt(idle_before(ground)))
            .order(members::id)
            .select(members::id)
            .load(conn)?;
        let asked: Vec<(MemberId, Timestamp)> = questions::table
            .filter(questions::kind.eq(QuestionKind::Clear).and(questions::made_at.gt(since)))
            .filter(questions::answered_at.is_null())
            .order(questions::made_at)
            .select((questions::member, questions::made_at))
            .load(conn)?;
        let asked_at = |member| asked.iter().find(|(asked, _)| *asked == member).map(|(_, at)| *at);
        Ok(idle.into_iter().map(|member| (member, asked_at(member))).collect())
    })
}

/// The mail that asked was given up: nobody was asked, and they are asked again.
pub fn unask_clear(ground: &Ground, member: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let unheard = questions::table
            .filter(questions::member.eq(member).and(questions::kind.eq(QuestionKind::Clear)))
            .filter(questions::answered_at.is_null());
        diesel::delete(unheard).execute(tx.conn())?;
        Ok(())
    })
}

/// "Keep it". False if there is no such question, or it was answered.
pub fn keep_all(ground: &Ground, token: &Token) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let found = find_question(tx.conn(), token)?.filter(|question| question.kind == QuestionKind::Clear);
        if found.is_none() {
            return Ok(false);
        }
        answer_question(tx, ground, token)
    })
}
