//! Envelope senders: random, one for each mail, so that what comes back names no mailbox and links no two mails. The row
//! is written in the transaction that makes the bytes, before any send, so that a fast bounce finds it.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::Error;
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::bounces;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{Chance, Purpose, Token, Vault};

const PREFIX: &str = "v-";
/// A mail server gives up after 5 days.
const KEPT: TimeDelta = TimeDelta::days(7);

/// A new envelope sender at `domain`.
pub fn draw_sender(chance: &Chance, domain: &str) -> String {
    format!("{PREFIX}{}@{domain}", Token::draw(chance).text())
}

pub(super) fn insert(tx: &mut Tx<'_>, ground: &Ground, sender: &str, member: Option<MemberId>) -> Result<(), Error> {
    let local_part = sender.split('@').next().unwrap_or_default();
    diesel::insert_into(bounces::table)
        .values((
            bounces::token.eq(hash(&ground.vault, local_part)),
            bounces::member.eq(member),
            bounces::made_at.eq(ground.now()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether a mail of ours had this envelope sender.
pub fn is_bounce_address(conn: &mut Conn, vault: &Vault, local_part: &str) -> Result<bool, Error> {
    let lower = local_part.to_ascii_lowercase();
    if lower.strip_prefix(PREFIX).and_then(Token::parse).is_none() {
        return Ok(false);
    }
    let count: i64 = bounces::table.find(hash(vault, &lower)).count().get_result(conn)?;
    Ok(count == 1)
}

pub fn forget_bounces(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(KEPT);
    ground.store.write_tx(|tx| {
        diesel::delete(bounces::table.filter(bounces::made_at.lt(before))).execute(tx.conn())?;
        Ok(())
    })
}

fn hash(vault: &Vault, local_part: &str) -> Digest {
    vault.mac(Purpose::Bounce, &[local_part.to_ascii_lowercase().as_bytes()])
}
