//! Cases as the one coordinator sees them who is assigned: first names, a category, dates. What was written opens by a press
//! of its own, which is on record.

use diesel::prelude::*;

use super::assign::{may_see, record};
use super::error::Error;
use super::model::{Category, Report};
use super::report::{count_reporters, open};
use crate::audit::Act;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::hands;
use crate::members;
use crate::store::Conn;
use crate::store::ids::MemberId;
use crate::store::schema::reports;

/// A line of the list.
pub struct Row {
    pub short: String,
    pub category: Category,
    pub made_at: Timestamp,
}

pub struct Case {
    pub short: String,
    pub category: Category,
    pub made_at: Timestamp,
    /// None once they left.
    pub reporter: Option<String>,
    pub accused: Option<String>,
    /// The hand of the accused, if there is one.
    pub hand: Option<hands::State>,
    /// Members who reported the same person, this one counted.
    pub reporters: usize,
}

/// What the reporter chose to say. No Debug.
pub struct Evidence {
    pub words: String,
    pub pasted: String,
}

/// Open cases of this coordinator, the oldest first.
pub fn list_cases(ground: &Ground, coordinator: MemberId) -> Result<Vec<Row>, Error> {
    let rows: Vec<(String, Category, Timestamp)> = ground.store.read(|conn| {
        reports::table
            .filter(reports::assigned.eq(coordinator).and(reports::closed_at.is_null()))
            .order((reports::made_at, reports::id))
            .select((reports::short, reports::category, reports::made_at))
            .load(conn)
            .map_err(Error::from)
    })?;
    Ok(rows.into_iter().map(|(short, category, made_at)| Row { short, category, made_at }).collect())
}

/// A case of somebody else, and one that is closed, are like one that does not exist.
pub(super) fn find_own(conn: &mut Conn, coordinator: MemberId, short: &str) -> Result<Option<Report>, Error> {
    let found: Option<Report> = reports::table
        .filter(reports::short.eq(short).and(reports::assigned.eq(coordinator)).and(reports::closed_at.is_null()))
        .select(Report::as_select())
        .first(conn)
        .optional()?;
    // A pair made since then closes the case to this coordinator too.
    match found {
        Some(report) if may_see(conn, &report, coordinator)? => Ok(Some(report)),
        _ => Ok(None),
    }
}

pub fn find_case(ground: &Ground, coordinator: MemberId, short: &str) -> Result<Option<Case>, Error> {
    ground.store.read(|conn| {
        let Some(report) = find_own(conn, coordinator, short)? else { return Ok(None) };
        let hand = match report.accused {
            Some(accused) => hands::find_hand(conn, accused)?.map(|hand| hand.state),
            None => None,
        };
        Ok(Some(Case {
            reporter: name_of(conn, report.reporter)?,
            accused: name_of(conn, report.accused)?,
            hand,
            reporters: count_reporters(conn, &report.accused_hash)?,
            short: report.short,
            category: report.category,
            made_at: report.made_at,
        }))
    })
}

fn name_of(conn: &mut Conn, member: Option<MemberId>) -> Result<Option<String>, Error> {
    let Some(member) = member else { return Ok(None) };
    Ok(members::find_member(conn, member)?.map(|member| member.first_name.as_str().to_owned()))
}

/// Opens what was written, and puts that on record first.
pub fn open_evidence(ground: &Ground, coordinator: MemberId, short: &str) -> Result<Option<Evidence>, Error> {
    let report = ground.store.write_tx(|tx| {
        let found = find_own(tx.conn(), coordinator, short)?;
        if let Some(report) = &found {
            record(tx, ground, Act::OpenedEvidence, Some(coordinator), &report.id)?;
        }
        Ok::<_, Error>(found)
    })?;
    let Some(report) = report else { return Ok(None) };
    let sentences = open(ground, &report)?.unwrap_or_default();
    Ok(Some(Evidence { words: sentences.words, pasted: sentences.pasted }))
}
