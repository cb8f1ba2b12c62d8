//! Which coordinator gets a case: one on duty before others, then who has the fewest open ones, and never somebody who is
//! named, who vouched for the accused, or who was ever a pair with one of the two.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::error::Error;
use super::model::Report;
use crate::audit::{self, Act, Entry};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::members::{self, Coordinator, Look};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::sponsorships;
use crate::store::ids::{MemberId, ReportId};
use crate::store::schema::{hands, reports, vouches};
use crate::store::{Conn, Tx};

/// A coordinator who could be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Candidate {
    id: MemberId,
    on_duty: bool,
    open_cases: i64,
}

/// Coordinators whose term runs, as a reporter may name one.
pub fn list_coordinators(ground: &Ground) -> Result<Vec<Coordinator>, Error> {
    ground.store.read(|conn| Ok(members::find_duty(conn, ground.now())?.in_term))
}

/// Whose each open case is, and since when there is one.
pub fn list_assigned(conn: &mut Conn) -> Result<Vec<(MemberId, Timestamp)>, Error> {
    Ok(reports::table
        .filter(reports::closed_at.is_null().and(reports::assigned.is_not_null()))
        .select((reports::assigned.assume_not_null(), reports::made_at))
        .load(conn)?)
}

/// Open cases that no coordinator may see.
pub fn count_unassigned(conn: &mut Conn) -> Result<i64, Error> {
    let nobodys = reports::table.filter(reports::closed_at.is_null().and(reports::assigned.is_null()));
    Ok(nobodys.count().get_result(conn)?)
}

/// Whether this coordinator may see the case.
pub(super) fn may_see(conn: &mut Conn, report: &Report, coordinator: MemberId) -> Result<bool, Error> {
    Ok(!barred_from(conn, report)?.contains(&coordinator))
}

fn barred_from(conn: &mut Conn, report: &Report) -> Result<HashSet<MemberId>, Error> {
    let mut barred: HashSet<MemberId> = [report.named, report.reporter, report.accused].into_iter().flatten().collect();
    for side in [report.reporter, report.accused].into_iter().flatten() {
        barred.extend(sponsorships::list_met(conn, side)?);
    }
    if let Some(accused) = report.accused {
        barred
            .extend(vouches::table.filter(vouches::hand.eq(accused)).select(vouches::voucher).load::<MemberId>(conn)?);
        let by: Option<Option<MemberId>> =
            hands::table.find(accused).select(hands::vouched_by).first(conn).optional()?;
        barred.extend(by.flatten());
    }
    Ok(barred)
}

/// Gives the case to somebody and tells them. Nobody may be left; then the operator is asked to invite one.
pub(super) fn assign(tx: &mut Tx<'_>, ground: &Ground, report: &Report) -> Result<(), Error> {
    let barred = barred_from(tx.conn(), report)?;
    let free = candidates(tx.conn(), ground.now())?.into_iter().filter(|candidate| !barred.contains(&candidate.id));
    let chosen = pick(free);
    diesel::update(reports::table.find(report.id)).set(reports::assigned.eq(chosen)).execute(tx.conn())?;
    record(tx, ground, Act::Assigned, chosen, &report.id)?;
    if let Some(coordinator) = chosen {
        members::tell_coordinator(tx, ground, coordinator, (Look::Report, 1))?;
    } else {
        tracing::error!("a report has no coordinator who may see it: invite one");
        outbox::push_notice(tx, ground, Reader::Operator, About::default(), &Notice::NobodyMaySee)?;
    }
    Ok(())
}

pub(super) fn record(
    tx: &mut Tx<'_>,
    ground: &Ground,
    act: Act,
    actor: Option<MemberId>,
    report: &ReportId,
) -> Result<(), Error> {
    let entry = Entry { act, actor, subject: Some(report.bytes()) };
    Ok(audit::record(tx, &ground.vault, ground.now(), entry)?)
}

fn candidates(conn: &mut Conn, now: Timestamp) -> Result<Vec<Candidate>, Error> {
    let duty = members::find_duty(conn, now)?;
    let open: Vec<(Option<MemberId>, i64)> = reports::table
        .filter(reports::closed_at.is_null())
        .group_by(reports::assigned)
        .select((reports::assigned, diesel::dsl::count_star()))
        .load(conn)?;
    let open: HashMap<MemberId, i64> = open.into_iter().filter_map(|(id, count)| Some((id?, count))).collect();
    let candidate =
        |id| Candidate { id, on_duty: duty.this_week == Some(id), open_cases: open.get(&id).copied().unwrap_or(0) };
    Ok(duty.in_term.iter().map(|coordinator| candidate(coordinator.member)).collect())
}

fn pick(free: impl Iterator<Item = Candidate>) -> Option<MemberId> {
    free.min_by_key(|candidate| (!candidate.on_duty, candidate.open_cases, candidate.id)).map(|candidate| candidate.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: u8, on_duty: bool, open_cases: i64) -> Candidate {
        Candidate { id: MemberId::from_bytes([id; 16]), on_duty, open_cases }
    }

    #[test]
    fn who_is_on_duty_comes_first_then_who_has_the_fewest() {
        let all = [candidate(1, false, 0), candidate(2, true, 5), candidate(3, false, 1)];
        assert_eq!(pick(all.into_iter()), Some(all[1].id));
        assert_eq!(pick([all[0], all[2]].into_iter()), Some(all[0].id));
        assert_eq!(pick(std::iter::empty()), None);
    }
}
