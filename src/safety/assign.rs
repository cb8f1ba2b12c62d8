//! Which coordinator gets a case: one on duty before others, then who has the fewest open ones, and never somebody who is
//! named, who vouched for the accused, or who was ever a pair with one of the two.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::error::Error;
use super::model::Report;
use crate::audit::{self, Act, Entry};
use crate::clock::Day;
use crate::ground::Ground;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::sponsorships;
use crate::store::ids::{MemberId, ReportId};
use crate::store::schema::{coordinators, hands, members, reports, rota, vouches};
use crate::store::{Conn, Tx};

const WEEK_DAYS: i32 = 7;
/// Day 0 of the clock was a Thursday.
const MONDAY_BEFORE_DAY_ZERO: i32 = 3;

/// A coordinator as a reporter may name one.
pub struct CoordinatorName {
    pub id: MemberId,
    pub first_name: String,
}

/// A coordinator who could be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Candidate {
    id: MemberId,
    on_duty: bool,
    open_cases: i64,
}

/// Coordinators in their term, by name.
pub fn list_coordinators(ground: &Ground) -> Result<Vec<CoordinatorName>, Error> {
    let today = ground.now().day();
    let found: Vec<(MemberId, String)> = ground.store.read(|conn| {
        coordinators::table
            .inner_join(members::table.on(members::id.eq(coordinators::member)))
            .filter(coordinators::term_ends_on.is_null().or(coordinators::term_ends_on.ge(today)))
            .order(members::first_name)
            .select((coordinators::member, members::first_name))
            .load(conn)
            .map_err(Error::from)
    })?;
    Ok(found.into_iter().map(|(id, first_name)| CoordinatorName { id, first_name }).collect())
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

/// Gives the case to somebody and tells them. Nobody may be left; then the log asks the operator to invite one.
pub(super) fn assign(tx: &mut Tx<'_>, ground: &Ground, report: &Report) -> Result<Option<MemberId>, Error> {
    let today = ground.now().day();
    let barred = barred_from(tx.conn(), report)?;
    let free = candidates(tx.conn(), today)?.into_iter().filter(|candidate| !barred.contains(&candidate.id));
    let chosen = pick(free);
    diesel::update(reports::table.find(report.id)).set(reports::assigned.eq(chosen)).execute(tx.conn())?;
    record(tx, ground, Act::Assigned, chosen, &report.id)?;
    match chosen {
        Some(coordinator) => {
            let notice = Notice::PleaseLook { count: 1 };
            outbox::push_notice(tx, ground, Reader::Member(coordinator), About::default(), &notice)?;
        }
        None => tracing::error!("a report has no coordinator who may see it: invite one"),
    }
    Ok(chosen)
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

fn candidates(conn: &mut Conn, today: Day) -> Result<Vec<Candidate>, Error> {
    let in_term: Vec<MemberId> = coordinators::table
        .filter(coordinators::term_ends_on.is_null().or(coordinators::term_ends_on.ge(today)))
        .order(coordinators::member)
        .select(coordinators::member)
        .load(conn)?;
    let on_duty: Option<MemberId> = rota::table.find(monday_of(today)).select(rota::member).first(conn).optional()?;
    let open: Vec<(Option<MemberId>, i64)> = reports::table
        .filter(reports::closed_at.is_null())
        .group_by(reports::assigned)
        .select((reports::assigned, diesel::dsl::count_star()))
        .load(conn)?;
    let open: HashMap<MemberId, i64> = open.into_iter().filter_map(|(id, count)| Some((id?, count))).collect();
    let candidate =
        |id| Candidate { id, on_duty: on_duty == Some(id), open_cases: open.get(&id).copied().unwrap_or(0) };
    Ok(in_term.into_iter().map(candidate).collect())
}

/// The Monday of the week.
fn monday_of(day: Day) -> Day {
    Day(day.0 - (day.0 + MONDAY_BEFORE_DAY_ZERO).rem_euclid(WEEK_DAYS))
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

    #[test]
    fn a_week_begins_on_monday() {
        // 1970-01-05 was a Monday.
        for (day, monday) in [(4, 4), (5, 4), (10, 4), (11, 11), (0, -3), (-3, -3)] {
            assert_eq!(monday_of(Day(day)), Day(monday), "{day}");
        }
    }
}
