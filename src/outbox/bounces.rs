//! Envelope senders: random, one for each mail, so that what comes back names no mailbox and links no two mails. The row
//! is written in the transaction that makes the bytes, before any send, so that a fast bounce finds it. It says what the
//! mail was, so that a report about it, or an answer to it, is understood.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{Error, Finished};
use crate::ground::Ground;
use crate::on_each;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::schema::bounces;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{Chance, Purpose, Token, Vault};

const PREFIX: &str = "v-";
/// A mail server gives up after 5 days. Counted from the beginning of a day: when a mail went is not kept.
const KEPT: TimeDelta = TimeDelta::days(8);

/// The reason of a row that carries what a member wrote; every other is the name of a notice.
pub const LETTER: &str = "letter";

/// A mail of ours that left.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = bounces)]
pub struct SentMail {
    token: Digest,
    /// Who reads it. None for a code to an address that is nobody's yet.
    pub member: Option<MemberId>,
    /// The name of a notice, or [`LETTER`].
    pub reason: String,
    pub sponsorship: Option<SponsorshipId>,
}

/// What is written down of one when its bytes are made.
pub(super) struct SentRow<'a> {
    pub member: Option<MemberId>,
    pub reason: &'a str,
    pub sponsorship: Option<SponsorshipId>,
}

/// A new envelope sender at `domain`.
pub fn draw_sender(chance: &Chance, domain: &str) -> String {
    format!("{PREFIX}{}@{domain}", Token::draw(chance).text())
}

pub(super) fn insert(tx: &mut Tx<'_>, ground: &Ground, finished: &Finished, row: &SentRow<'_>) -> Result<(), Error> {
    let local_part = finished.sender.split('@').next().unwrap_or_default();
    let values = (
        bounces::token.eq(sender_hash(&ground.vault, local_part)),
        bounces::member.eq(row.member),
        bounces::made_at.eq(ground.now().day().start()),
        bounces::reason.eq(row.reason),
        bounces::sponsorship.eq(row.sponsorship),
        bounces::message.eq(finished.message_id().map(|id| message_hash(&ground.vault, id))),
    );
    on_each!(tx.conn(), c => diesel::insert_into(bounces::table).values(values).execute(c))?;
    Ok(())
}

/// The mail of ours that had this envelope sender.
pub fn find_by_sender(conn: &mut Conn, vault: &Vault, local_part: &str) -> Result<Option<SentMail>, Error> {
    let lower = local_part.to_ascii_lowercase();
    if lower.strip_prefix(PREFIX).and_then(Token::parse).is_none() {
        return Ok(None);
    }
    let row = bounces::table.find(sender_hash(vault, &lower));
    Ok(row.select(SentMail::as_select()).first(conn).optional()?)
}

/// The mail of ours that had this Message-ID, given by its local part.
pub fn find_by_message_id(conn: &mut Conn, vault: &Vault, local_part: &str) -> Result<Option<SentMail>, Error> {
    let rows = bounces::table.filter(bounces::message.eq(message_hash(vault, local_part)));
    Ok(rows.select(SentMail::as_select()).first(conn).optional()?)
}

/// Notes that a mail came back for good; false if that was known. One mail is one failure, however often it is told.
pub fn mark_reported(tx: &mut Tx<'_>, mail: &SentMail) -> Result<bool, Error> {
    let new = bounces::table.filter(bounces::token.eq(mail.token).and(bounces::reported.eq(false)));
    Ok(diesel::update(new).set(bounces::reported.eq(true)).execute(tx.conn())? == 1)
}

pub fn forget_bounces(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(KEPT);
    ground.store.write_tx(|tx| {
        diesel::delete(bounces::table.filter(bounces::made_at.lt(before))).execute(tx.conn())?;
        Ok(())
    })
}

fn sender_hash(vault: &Vault, local_part: &str) -> Digest {
    vault.mac(Purpose::Bounce, &[local_part.to_ascii_lowercase().as_bytes()])
}

fn message_hash(vault: &Vault, local_part: &str) -> Digest {
    vault.mac(Purpose::Bounce, &[b"message", local_part.to_ascii_lowercase().as_bytes()])
}
