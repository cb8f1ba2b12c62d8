//! A coordinator closes a case. The contact ends each time, and both read of it only that it has ended.

use diesel::prelude::*;

use super::assign::record;
use super::ban::propose;
use super::cases::find_own;
use super::error::Error;
use super::model::{Decision, Report};
use crate::audit::Act;
use crate::ground::Ground;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::reports;
use crate::{hands, requests, sponsorships};

/// False for a case that is not theirs, or was closed before.
pub fn decide(ground: &Ground, coordinator: MemberId, short: &str, decision: Decision) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(report) = find_own(tx.conn(), coordinator, short)? else { return Ok(false) };
        close(tx, ground, &report, decision)?;
        record(tx, ground, Act::Decided, Some(coordinator), &report.id)?;
        let safety = &ground.policy.safety;
        if let (Decision::Rested | Decision::BanProposed, Some(accused)) = (decision, report.accused) {
            hands::suspend(tx, ground, accused, Some(ground.now().plus(safety.suspension_lasts).day()))?;
            record(tx, ground, Act::Suspended, Some(coordinator), &report.id)?;
        }
        if decision == Decision::BanProposed {
            propose(tx, ground, &report, coordinator)?;
        }
        Ok(true)
    })
}

pub(super) fn close(tx: &mut Tx<'_>, ground: &Ground, report: &Report, decision: Decision) -> Result<(), Error> {
    diesel::update(reports::table.find(report.id))
        .set((reports::closed_at.eq(ground.now()), reports::decision.eq(decision)))
        .execute(tx.conn())?;
    if let Some(id) = report.sponsorship
        && let Some(pair) = sponsorships::find_sponsorship(tx.conn(), id)?
    {
        sponsorships::end_softly(tx, ground, &pair)?;
    }
    requests::look_at_all_soon(tx, ground)?;
    Ok(())
}
