//! Cases that lost their coordinator, and what has had its time.

use diesel::prelude::*;

use super::assign::{assign, list_coordinators, may_see};
use super::ban;
use super::decide::close;
use super::error::Error;
use super::model::{Category, Decision, Report};
use crate::ground::Ground;
use crate::members;
use crate::store::Conn;
use crate::store::ids::ReportId;
use crate::store::schema::reports;

/// One pass: an open case whose coordinator left, came to the end of a term, or may not see it any more goes to another.
pub fn tick(ground: &Ground) -> Result<(), Error> {
    let open: Vec<Report> = ground.store.read(|conn| {
        let open = reports::table.filter(reports::closed_at.is_null());
        open.select(Report::as_select()).load(conn).map_err(Error::from)
    })?;
    for report in open {
        let is_kept = ground.store.read(|conn| is_in_hands(conn, ground, &report))?;
        if is_kept || (report.assigned.is_none() && !is_there_another(ground, &report)?) {
            continue;
        }
        ground.store.write_tx(|tx| assign(tx, ground, &report))?;
    }
    Ok(())
}

fn is_in_hands(conn: &mut Conn, ground: &Ground, report: &Report) -> Result<bool, Error> {
    let Some(coordinator) = report.assigned else { return Ok(false) };
    Ok(members::is_coordinator(conn, coordinator, ground.now())? && may_see(conn, report, coordinator)?)
}

/// Without this a case that nobody may see would be told of again with every pass.
fn is_there_another(ground: &Ground, report: &Report) -> Result<bool, Error> {
    let all = list_coordinators(ground)?;
    ground.store.read(|conn| {
        for coordinator in all {
            if may_see(conn, report, coordinator.member)? {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

/// Closed cases after their time; what is said of somebody young sooner, decided or not.
pub fn forget(ground: &Ground) -> Result<(), Error> {
    let safety = &ground.policy.safety;
    let closed_before = ground.now().minus(safety.kept_after_closed);
    let young_before = ground.now().minus(safety.kept_of_the_young);
    let young = reports::category.eq(Category::Young).and(reports::made_at.lt(young_before));
    let undecided: Vec<Report> = ground.store.read(|conn| {
        let open = reports::table.filter(young.and(reports::closed_at.is_null()));
        open.select(Report::as_select()).load(conn).map_err(Error::from)
    })?;
    for report in undecided {
        ground.store.write_tx(|tx| close(tx, ground, &report, Decision::Ended))?;
    }
    let over = reports::closed_at.lt(closed_before).assume_not_null();
    ground.store.sweep(|tx| {
        let gone: Vec<ReportId> = reports::table.filter(over.or(young)).select(reports::id).load(tx.conn())?;
        Ok::<_, Error>(diesel::delete(reports::table.filter(reports::id.eq_any(gone))).execute(tx.conn())?)
    })?;
    ban::forget(ground)
}
