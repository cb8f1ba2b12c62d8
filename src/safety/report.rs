//! "Something is not right": contact stops with the press, before anybody has read a word.

use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::assign::{assign, record};
use super::error::Error;
use super::model::{Category, Report, words_place};
use crate::audit::Act;
use crate::ground::Ground;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::sponsorships::{self, Side, Sponsorship};
use crate::store::ids::{MemberId, ReportId};
use crate::store::schema::reports;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::{hands, members, requests};

const A_DAY: TimeDelta = TimeDelta::days(1);

/// What the reporter chose to say. Holds what a person wrote: no Debug.
pub struct Said<'a> {
    pub category: Category,
    pub words: &'a str,
    /// Pasted from letters.
    pub pasted: &'a str,
    /// A coordinator who is involved.
    pub named: Option<MemberId>,
}

/// Sealed in the row. What is said in a second report of the same contact is put below the first.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Sentences {
    pub words: String,
    pub pasted: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reported {
    /// Contact has stopped.
    Taken,
    /// It has, and the words have to wait until tomorrow.
    TooMany,
    /// No such pair of this member.
    NotHere,
}

pub fn report(ground: &Ground, member: MemberId, reference: &str, said: &Said<'_>) -> Result<Reported, Error> {
    ground.store.write_tx(|tx| {
        let Some((pair, side)) = sponsorships::find_sponsorship_of(tx.conn(), member, reference)? else {
            return Ok(Reported::NotHere);
        };
        let open = find_open(tx, member, &pair)?;
        // Contact stops all the same, and somebody looks: only the words have to wait.
        let is_much = said_today(tx, ground, member)? >= i64::from(ground.policy.safety.reports_a_day);
        let said = if is_much { &Said { words: "", pasted: "", ..*said } } else { said };
        let answer = if is_much { Reported::TooMany } else { Reported::Taken };
        if let Some(open) = open {
            add_words(tx, ground, &open, said)?;
            return Ok(answer);
        }
        hold(tx, ground, &pair, side)?;
        let report = insert(tx, ground, (&pair, side), said)?;
        record(tx, ground, Act::Reported, None, &report.id)?;
        requests::stop_asking_about(tx, ground, pair.member(side.other()))?;
        if count_reporters(tx.conn(), &report.accused_hash)? >= ground.policy.safety.reports_until_suspended as usize {
            hands::suspend(tx, ground, pair.member(side.other()), None)?;
            record(tx, ground, Act::Suspended, None, &report.id)?;
        }
        assign(tx, ground, &report)?;
        Ok(answer)
    })
}

/// The other reads that contact is on hold, and nothing else; where it had ended they read nothing.
fn hold(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, by: Side) -> Result<(), Error> {
    if sponsorships::hold(tx, ground, pair)? {
        let name = sponsorships::partner_name(tx.conn(), pair, by.other())?;
        let first_name = name.map(|name| name.as_str().to_owned()).unwrap_or_default();
        let reader = Reader::Member(pair.member(by.other()));
        outbox::push_notice(tx, ground, reader, About::default(), &Notice::OnHold { first_name })?;
    }
    Ok(())
}

fn insert(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (pair, side): (&Sponsorship, Side),
    said: &Said<'_>,
) -> Result<Report, Error> {
    let (reporter, accused) = (pair.member(side), pair.member(side.other()));
    let hash = |tx: &mut Tx<'_>, member| -> Result<Digest, Error> {
        members::find_memory_hash(tx.conn(), member)?.ok_or(Error::Bug("a pair of somebody who is not here"))
    };
    let id = ReportId::random(&ground.chance);
    let report = Report {
        short: BASE32_NOPAD.encode(&ground.chance.bytes::<10>()).to_ascii_lowercase(),
        sponsorship: Some(pair.id),
        reporter: Some(reporter),
        accused: Some(accused),
        reporter_hash: hash(tx, reporter)?,
        accused_hash: hash(tx, accused)?,
        category: said.category,
        words: Some(seal(ground, &id, &Sentences { words: said.words.into(), pasted: said.pasted.into() })?),
        named: said.named,
        assigned: None,
        made_at: ground.now(),
        closed_at: None,
        decision: None,
        id,
    };
    diesel::insert_into(reports::table).values(&report).execute(tx.conn())?;
    Ok(report)
}

fn seal(ground: &Ground, id: &ReportId, sentences: &Sentences) -> Result<crate::vault::Sealed, Error> {
    let bytes = serde_json::to_vec(sentences).map_err(|_| Error::Bug("words that are no JSON"))?;
    Ok(ground.vault.seal(words_place(id), &bytes, &ground.chance)?)
}

/// None once the words have had their time.
pub(super) fn open(ground: &Ground, report: &Report) -> Result<Option<Sentences>, Error> {
    let Some(sealed) = &report.words else { return Ok(None) };
    let bytes = ground.vault.open(words_place(&report.id), sealed)?;
    serde_json::from_slice(bytes.expose()).map(Some).map_err(|_| Error::Bug("words that are no JSON"))
}

fn find_open(tx: &mut Tx<'_>, reporter: MemberId, pair: &Sponsorship) -> Result<Option<Report>, Error> {
    let theirs = reports::table.filter(reports::reporter.eq(reporter).and(reports::sponsorship.eq(pair.id)));
    Ok(theirs.filter(reports::closed_at.is_null()).select(Report::as_select()).first(tx.conn()).optional()?)
}

/// A second press brings the same words again, and a second thought brings more.
fn add_words(tx: &mut Tx<'_>, ground: &Ground, report: &Report, said: &Said<'_>) -> Result<(), Error> {
    let mut all = open(ground, report)?.unwrap_or_default();
    for (old, new) in [(&mut all.words, said.words), (&mut all.pasted, said.pasted)] {
        if !new.is_empty() && !old.contains(new) {
            format!("{old}\n\n{new}").trim().clone_into(old);
        }
    }
    diesel::update(reports::table.find(report.id))
        .set(reports::words.eq(seal(ground, &report.id, &all)?))
        .execute(tx.conn())?;
    Ok(())
}

fn said_today(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<i64, Error> {
    let since = ground.now().minus(A_DAY);
    let theirs = reports::table.filter(reports::reporter.eq(member).and(reports::made_at.gt(since)));
    Ok(theirs.count().get_result(tx.conn())?)
}

/// Members who reported the same address, each counted once, whatever became of it.
pub(super) fn count_reporters(conn: &mut Conn, accused: &Digest) -> Result<usize, Error> {
    let hashes = reports::table.filter(reports::accused_hash.eq(accused)).select(reports::reporter_hash).distinct();
    Ok(hashes.load::<Digest>(conn)?.len())
}
