//! What the desk did, as a chain: each row's keyed hash holds the one before it, so an edit, a deletion or another order
//! shows, and the newest hash, sent with the coordinators' mails, shows a cut end. It only grows, and names nobody but by
//! random id. Rooms record in the transaction of the act itself.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::store::ids::MemberId;
use crate::store::schema::audit;
use crate::store::types::Digest;
use crate::store::{Conn, Error, Tx};
use crate::vault::{Purpose, Vault};
use crate::word_enum;

/// Seconds: finer is nobody's business.
const MINUTE: i64 = 60;
/// Rows read at once by [`verify`].
const BATCH: i64 = 1_000;

word_enum! {
    /// What was done. The word is stored: add, never change.
    Act {
        Invited = "invited",
        JoinedDesk = "joined-desk",
        SignedInAtDesk = "signed-in-at-desk",
        EndedTerm = "ended-term",
        TookDuty = "took-duty",
        Suggested = "suggested",
        Vouched = "vouched",
        DidNotVouch = "did-not-vouch",
        Reported = "reported",
        Assigned = "assigned",
        OpenedEvidence = "opened-evidence",
        Decided = "decided",
        Suspended = "suspended",
        LiftedSuspension = "lifted-suspension",
        ProposedBan = "proposed-ban",
        Banned = "banned",
        ErasedMember = "erased-member",
    }
}

/// One act. `actor`: who did it, none for the operator or a rule. `subject`: the id of what it was done to.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub act: Act,
    pub actor: Option<MemberId>,
    pub subject: Option<&'a [u8; 16]>,
}

/// The newest link, for whoever keeps it elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    pub number: i64,
    pub mac: Digest,
}

/// The first row that does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Broken {
    /// A row is missing before this number.
    Gap { before: i64 },
    /// This row, or one before it, is not as it was written.
    Changed { number: i64 },
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit)]
struct Row {
    number: i64,
    at: Timestamp,
    what: Act,
    actor: Option<Vec<u8>>,
    subject: Option<Vec<u8>>,
    mac: Digest,
}

/// Adds a link.
pub fn record(tx: &mut Tx<'_>, vault: &Vault, now: Timestamp, entry: Entry<'_>) -> Result<(), Error> {
    let last = head(tx.conn())?;
    let mut row = Row {
        number: last.map_or(0, |head| head.number) + 1,
        at: Timestamp(now.0 - now.0.rem_euclid(MINUTE)),
        what: entry.act,
        actor: entry.actor.map(|actor| actor.bytes().to_vec()),
        subject: entry.subject.map(|subject| subject.to_vec()),
        mac: Digest([0; 32]),
    };
    row.mac = mac_of(vault, last.map(|head| head.mac), &row);
    diesel::insert_into(audit::table).values(&row).execute(tx.conn())?;
    Ok(())
}

pub fn head(conn: &mut Conn) -> Result<Option<Head>, Error> {
    let last: Option<(i64, Digest)> =
        audit::table.order(audit::number.desc()).select((audit::number, audit::mac)).first(conn).optional()?;
    Ok(last.map(|(number, mac)| Head { number, mac }))
}

/// Reads the whole chain. A cut end is seen by comparing the head with one that was kept elsewhere.
pub fn verify(conn: &mut Conn, vault: &Vault) -> Result<Result<Option<Head>, Broken>, Error> {
    let mut last: Option<Head> = None;
    loop {
        let after = last.map_or(0, |head| head.number);
        let rows: Vec<Row> = audit::table
            .filter(audit::number.gt(after))
            .order(audit::number)
            .limit(BATCH)
            .select(Row::as_select())
            .load(conn)?;
        if rows.is_empty() {
            return Ok(Ok(last));
        }
        for row in rows {
            if row.number != last.map_or(0, |head| head.number) + 1 {
                return Ok(Err(Broken::Gap { before: row.number }));
            }
            if mac_of(vault, last.map(|head| head.mac), &row) != row.mac {
                return Ok(Err(Broken::Changed { number: row.number }));
            }
            last = Some(Head { number: row.number, mac: row.mac });
        }
    }
}

fn mac_of(vault: &Vault, before: Option<Digest>, row: &Row) -> Digest {
    let before = before.map(|mac| mac.0).unwrap_or_default();
    let (number, at) = (row.number.to_be_bytes(), row.at.0.to_be_bytes());
    let [actor, subject] = [&row.actor, &row.subject].map(|id| id.as_deref().unwrap_or_default());
    vault.mac(Purpose::Audit, &[&before, &number, &at, row.what.word().as_bytes(), actor, subject])
}
