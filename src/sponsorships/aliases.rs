//! Relay addresses. The local part is 26 characters of base32, 128 random bits; a keyed hash finds it, the sealed form
//! lets the mailer write it, and no page shows it. It is an address, not a right: who may write is decided by `relay`.

use diesel::prelude::*;

use super::error::Error;
use super::model::Sponsorship;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::on_each;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::schema::aliases;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{Place, Purpose, SealedToMailer, Token, Vault};

#[derive(Queryable, Selectable)]
#[diesel(table_name = aliases)]
pub struct Alias {
    pub hash: Digest,
    /// None once a side is erased.
    pub sponsorship: Option<SponsorshipId>,
    /// Who may write to it.
    pub writer: Option<MemberId>,
    /// Whom it reaches.
    pub reader: Option<MemberId>,
    pub sealed: Option<SealedToMailer>,
    pub ended_at: Option<Timestamp>,
    /// The writer has read that this contact has ended.
    pub told_ended: bool,
}

/// Letter case and dots at the end do not matter to mail programs, so they do not here.
pub fn alias_hash(vault: &Vault, local_part: &str) -> Digest {
    vault.mac(Purpose::Alias, &[local_part.to_ascii_lowercase().as_bytes()])
}

pub fn alias_place(hash: &Digest) -> Place<'_> {
    Place { table: "aliases", column: "sealed", row: &hash.0 }
}

/// Both of a pair.
pub(super) fn insert_aliases(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let (sponsor, sponsee) = (pair.sponsor, pair.sponsee);
    let token = Token::draw(&ground.chance);
    insert(tx, ground, pair.id, (sponsor, sponsee), &token.text())?;
    insert(tx, ground, pair.id, (sponsee, sponsor), &token.masked(&mask(&ground.vault, pair.id)).text())
}

/// The local part of the other address of a pair, from the one a letter came to: under a mask that this install alone
/// knows each is the other. So the mailer's key is not needed for it. The hash tells whether it is right.
pub fn other_local_part(vault: &Vault, sponsorship: SponsorshipId, local_part: &str) -> Option<String> {
    Some(Token::parse(local_part)?.masked(&mask(vault, sponsorship)).text())
}

fn mask(vault: &Vault, sponsorship: SponsorshipId) -> Digest {
    vault.mac(Purpose::Alias, &[b"other", sponsorship.bytes()])
}

fn insert(
    tx: &mut Tx<'_>,
    ground: &Ground,
    sponsorship: SponsorshipId,
    (writer, reader): (MemberId, MemberId),
    local_part: &str,
) -> Result<(), Error> {
    let hash = alias_hash(&ground.vault, local_part);
    let sealed = ground.vault.seal_bytes_to_mailer(alias_place(&hash), local_part.as_bytes(), &ground.chance)?;
    diesel::insert_into(aliases::table)
        .values((
            aliases::hash.eq(hash),
            aliases::sponsorship.eq(sponsorship),
            aliases::writer.eq(writer),
            aliases::reader.eq(reader),
            aliases::sealed.eq(sealed),
            aliases::told_ended.eq(false),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn find_alias(conn: &mut Conn, hash: &Digest) -> Result<Option<Alias>, Error> {
    Ok(on_each!(conn, c => aliases::table.find(hash).select(Alias::as_select()).first(c)).optional()?)
}

/// The sealed local part of the relay address by which `writer` reaches the other of the pair, and the hash it is bound
/// to. None once it died.
pub fn find_sealed_local_part(
    conn: &mut Conn,
    sponsorship: SponsorshipId,
    writer: MemberId,
) -> Result<Option<(Digest, SealedToMailer)>, Error> {
    let found: Option<(Digest, Option<SealedToMailer>)> = aliases::table
        .filter(aliases::sponsorship.eq(sponsorship).and(aliases::writer.eq(writer)))
        .select((aliases::hash, aliases::sealed))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(hash, sealed)| sealed.map(|sealed| (hash, sealed))))
}

/// The same of both of a pair, each by who may write to it.
pub fn list_sealed_local_parts(
    conn: &mut Conn,
    sponsorship: SponsorshipId,
) -> Result<Vec<(MemberId, Digest, SealedToMailer)>, Error> {
    let whole = aliases::writer.is_not_null().and(aliases::sealed.is_not_null());
    let found = aliases::table.filter(aliases::sponsorship.eq(sponsorship).and(whole)).select((
        aliases::writer.assume_not_null(),
        aliases::hash,
        aliases::sealed.assume_not_null(),
    ));
    Ok(on_each!(conn, c => found.load(c))?)
}

/// What the writer is told once per contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    Ended,
    /// Something in a letter was left out.
    LeftOut,
    /// Others in To or Cc got a letter directly.
    Others,
}

/// Notes that the writer was told; false if they were already.
pub fn mark_told(tx: &mut Tx<'_>, hash: &Digest, what: Told) -> Result<bool, Error> {
    let own = aliases::table.filter(aliases::hash.eq(hash));
    let marked = match what {
        Told::Ended => diesel::update(own.filter(aliases::told_ended.eq(false)))
            .set(aliases::told_ended.eq(true))
            .execute(tx.conn())?,
        Told::LeftOut => diesel::update(own.filter(aliases::told_left_out.eq(false)))
            .set(aliases::told_left_out.eq(true))
            .execute(tx.conn())?,
        Told::Others => diesel::update(own.filter(aliases::told_others.eq(false)))
            .set(aliases::told_others.eq(true))
            .execute(tx.conn())?,
    };
    Ok(marked == 1)
}

/// Notes that a letter came from another mailbox; false if one did today already.
pub fn note_other_mailbox(tx: &mut Tx<'_>, hash: &Digest, today: Day) -> Result<bool, Error> {
    let not_today = aliases::other_mailbox_on.is_null().or(aliases::other_mailbox_on.lt(today));
    Ok(diesel::update(aliases::table.filter(aliases::hash.eq(hash).and(not_today)))
        .set(aliases::other_mailbox_on.eq(today))
        .execute(tx.conn())?
        == 1)
}

pub(super) fn end_aliases(tx: &mut Tx<'_>, sponsorship: SponsorshipId, now: Timestamp) -> Result<(), Error> {
    diesel::update(aliases::table.filter(aliases::sponsorship.eq(sponsorship)))
        .set(aliases::ended_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// After an erasure the address passes nothing any more: the sealed form goes, the hash answers kindly like after any end.
pub(super) fn empty_aliases(tx: &mut Tx<'_>, sponsorship: SponsorshipId) -> Result<(), Error> {
    diesel::update(aliases::table.filter(aliases::sponsorship.eq(sponsorship)))
        .set(aliases::sealed.eq(None::<SealedToMailer>))
        .execute(tx.conn())?;
    Ok(())
}

/// Thirty days after the end an address is as if it never was.
pub fn forget_aliases(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(ground.policy.sponsorships.alias_kind_after_end);
    ground.store.sweep(|tx| Ok(diesel::delete(aliases::table.filter(aliases::ended_at.lt(before))).execute(tx.conn())?))
}
