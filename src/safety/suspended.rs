//! Hands that are down by the desk's word, and what another coordinator may say of one: up again, or down until somebody
//! lifts it. Never whoever may not see its cases, or took it down alone.

use diesel::prelude::*;

use super::assign::{may_see, record};
use super::error::Error;
use super::model::{Decision, Report};
use crate::audit::Act;
use crate::clock::Day;
use crate::ground::Ground;
use crate::hands;
use crate::store::Conn;
use crate::store::ids::MemberId;
use crate::store::schema::{bans, hands as hand_rows, members, reports};
use crate::store::types::Digest;
use crate::word_enum;

/// A line of the list: no case, no reason.
pub struct Suspended {
    pub member: MemberId,
    pub first_name: String,
    /// None: until somebody lifts it.
    pub until: Option<Day>,
}

word_enum! {
    /// What is said of a hand that is down.
    Second {
        Lift = "lift",
        /// The day on which it would end by itself does not count any more.
        Keep = "keep",
    }
}

/// Those that this coordinator may decide about, by first name.
pub fn list_suspended(ground: &Ground, coordinator: MemberId) -> Result<Vec<Suspended>, Error> {
    ground.store.read(|conn| {
        let rows: Vec<(MemberId, String, Option<Day>)> = hand_rows::table
            .inner_join(members::table.on(members::id.eq(hand_rows::member)))
            .filter(hand_rows::state.eq(hands::State::Suspended))
            .order((members::first_name, members::id))
            .select((members::id, members::first_name, hand_rows::suspended_until))
            .load(conn)?;
        let mut theirs = Vec::new();
        for (member, first_name, until) in rows {
            if newest_case(conn, coordinator, member)?.is_some() {
                theirs.push(Suspended { member, first_name, until });
            }
        }
        Ok(theirs)
    })
}

/// False for what is not theirs to say, or has been said.
pub fn say_of_suspended(
    ground: &Ground,
    coordinator: MemberId,
    member: MemberId,
    second: Second,
) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let is_down = hands::find_hand(tx.conn(), member)?.is_some_and(|hand| hand.state == hands::State::Suspended);
        let Some(report) = newest_case(tx.conn(), coordinator, member)?.filter(|_| is_down) else { return Ok(false) };
        let act = match second {
            Second::Lift => {
                hands::lift(tx, ground, member)?;
                Act::LiftedSuspension
            }
            Second::Keep => {
                hands::suspend(tx, ground, member, None)?;
                Act::Suspended
            }
        };
        record(tx, ground, act, Some(coordinator), &report.id)?;
        Ok(true)
    })
}

/// The newest case about this hand, if this coordinator may decide what follows from all of them: each is closed and may be
/// seen by them, they did not take the hand down themselves, and no ban stands or is proposed.
fn newest_case(conn: &mut Conn, coordinator: MemberId, member: MemberId) -> Result<Option<Report>, Error> {
    let hash: Digest = members::table.find(member).select(members::memory_hash).first(conn)?;
    let banned: i64 = bans::table.find(hash).count().get_result(conn)?;
    let mut cases: Vec<Report> = reports::table
        .filter(reports::accused_hash.eq(hash))
        .order((reports::made_at, reports::id))
        .select(Report::as_select())
        .load(conn)?;
    for case in &cases {
        let is_own = case.assigned == Some(coordinator) && case.decision == Some(Decision::Rested);
        if banned > 0 || is_own || case.closed_at.is_none() || !may_see(conn, case, coordinator)? {
            return Ok(None);
        }
    }
    Ok(cases.pop())
}
