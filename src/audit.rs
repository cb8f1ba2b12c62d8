//! What the desk did, as a chain: each row's keyed hash holds the one before it, so an edit, a deletion or another order
//! shows, and the newest hash, sent with the coordinators' mails, shows a cut end. It only grows, and names nobody but by
//! random id. Rooms record in the transaction of the act itself.

use std::fmt;
use std::str::FromStr;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
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
/// Bytes of a hash that a mail shows.
const SHOWN: usize = 8;

word_enum! {
    /// What was done. The word is stored: add, never change.
    Act {
        Invited = "invited",
        JoinedDesk = "joined-desk",
        SignedInAtDesk = "signed-in-at-desk",
        EndedTerm = "ended-term",
        TookDuty = "took-duty",
        Suggested = "suggested",
        TookBack = "took-back",
        Postponed = "postponed",
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

impl Head {
    /// As a mail shows it: the number and enough of the hash that no other chain has it.
    pub fn short(&self) -> String {
        format!("{}:{}", self.number, HEXLOWER.encode(&self.mac.0[..SHOWN]))
    }
}

/// Number and whole hash, `12:9f86d0…`.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, HEXLOWER.encode(&self.mac.0))
    }
}

/// A head that was kept elsewhere, whole or as a mail showed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptHead {
    number: i64,
    /// The first bytes of the hash.
    mac: Vec<u8>,
}

impl KeptHead {
    pub fn number(&self) -> i64 {
        self.number
    }
}

impl FromStr for KeptHead {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "a head is NUMBER:HEX, with 16 to 64 digits of HEX";
        let (number, hex) = text.trim().split_once(':').ok_or(WANTED)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or(WANTED)?;
        let mac = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).map_err(|_| WANTED)?;
        if (SHOWN..=32).contains(&mac.len()) { Ok(Self { number, mac }) } else { Err(WANTED) }
    }
}

/// The first row that does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Broken {
    #[error("a row is missing before row {before}")]
    Gap { before: i64 },
    #[error("row {number}, or one before it, is not as it was written")]
    Changed { number: i64 },
    /// Against a head that was kept elsewhere.
    #[error("the end was cut: row {number} was written and is not there")]
    Cut { number: i64 },
    /// Against a head that was kept elsewhere: another chain, whole in itself.
    #[error("row {number} is not the one whose head was kept")]
    Another { number: i64 },
}

/// What was done, as the desk's history shows it.
pub struct Done {
    pub act: Act,
    pub at: Timestamp,
    pub actor: Option<MemberId>,
    pub subject: Option<[u8; 16]>,
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

/// What was done last, the newest first.
pub fn list_newest(conn: &mut Conn, at_most: i64) -> Result<Vec<Done>, Error> {
    let rows: Vec<Row> = audit::table.order(audit::number.desc()).limit(at_most).select(Row::as_select()).load(conn)?;
    let id = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let done = |row: Row| Done {
        act: row.what,
        at: row.at,
        actor: id(row.actor).map(MemberId::from_bytes),
        subject: id(row.subject),
    };
    Ok(rows.into_iter().map(done).collect())
}

/// The same as [`verify`], and that the chain has the row of a head that was kept elsewhere: a cut end shows.
pub fn verify_against(conn: &mut Conn, vault: &Vault, kept: &KeptHead) -> Result<Result<Option<Head>, Broken>, Error> {
    let head = match verify(conn, vault)? {
        Err(broken) => return Ok(Err(broken)),
        Ok(head) => head,
    };
    let number = kept.number;
    let there: Option<Digest> = audit::table.find(number).select(audit::mac).first(conn).optional()?;
    Ok(match there {
        None => Err(Broken::Cut { number }),
        Some(mac) if !mac.0.starts_with(&kept.mac) => Err(Broken::Another { number }),
        Some(_) => Ok(head),
    })
}

/// Reads the whole chain. A cut end is seen by [`verify_against`] alone.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_kept_whole_or_as_a_mail_shows_it() {
        let head = Head { number: 12, mac: Digest([0xab; 32]) };
        assert_eq!(head.short(), "12:abababababababab");
        for text in [head.short(), head.to_string(), head.short().to_uppercase()] {
            let kept: KeptHead = text.parse().unwrap();
            assert!(kept.number() == 12 && head.mac.0.starts_with(&kept.mac), "{text}");
        }
        let long = format!("{head}ab");
        for text in ["", "12", "12:", "12:abab", "0:abababababababab", "x:abababababababab", "1:zz", &long] {
            assert!(text.parse::<KeptHead>().is_err(), "{text}");
        }
    }
}
