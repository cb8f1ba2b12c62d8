//! Counts without saying whose: keyed hashes in `letters_seen` remember for a week which message came, and how often a
//! turn was taken. In the database, so that several processes count together and a limit holds in the transaction that it
//! guards.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::store::ids::SponsorshipId;
use crate::store::schema::letters_seen;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{Purpose, Vault};

/// A mail server tries again for 5 days.
const KEPT: TimeDelta = TimeDelta::days(7);

const HOUR: TimeDelta = TimeDelta::hours(1);
pub(super) const DAY: TimeDelta = TimeDelta::days(1);

pub(super) fn was_seen(conn: &mut Conn, hash: &Digest) -> Result<bool, Error> {
    Ok(seen_at(conn, hash)?.is_some())
}

/// Notes a message; false if it came before.
pub(super) fn note_seen(tx: &mut Tx<'_>, hash: &Digest, now: Timestamp) -> Result<bool, Error> {
    if was_seen(tx.conn(), hash)? {
        return Ok(false);
    }
    diesel::insert_into(letters_seen::table)
        .values((letters_seen::hash.eq(hash), letters_seen::seen_at.eq(now)))
        .execute(tx.conn())?;
    Ok(true)
}

/// A letter of a pair, both directions together.
pub(super) fn take_pair_turn(tx: &mut Tx<'_>, ground: &Ground, pair: SponsorshipId) -> Result<bool, Error> {
    let letters = &ground.policy.letters;
    let limits = [(HOUR, letters.pair_an_hour), (DAY, letters.pair_a_day)];
    take_turn(tx, ground, &[b"letter", pair.bytes()], &limits)
}

/// Takes a turn of `what`, if each of `limits` (a window of a day at most, turns in it) has one left.
pub(super) fn take_turn(
    tx: &mut Tx<'_>,
    ground: &Ground,
    what: &[&[u8]],
    limits: &[(TimeDelta, u32)],
) -> Result<bool, Error> {
    let now = ground.now();
    let today = now.day();
    let mut taken = turns_of(tx.conn(), &ground.vault, what, today)?;
    let next = turn_hash(&ground.vault, what, today, taken.len());
    taken.extend(turns_of(tx.conn(), &ground.vault, what, Day(today.0 - 1))?);
    let is_used_up = |(window, most): &(TimeDelta, u32)| {
        let since = now.minus(*window);
        taken.iter().filter(|at| **at > since).count() >= usize::try_from(*most).unwrap_or(usize::MAX)
    };
    if limits.iter().any(is_used_up) {
        return Ok(false);
    }
    note_seen(tx, &next, now)
}

fn turns_of(conn: &mut Conn, vault: &Vault, what: &[&[u8]], day: Day) -> Result<Vec<Timestamp>, Error> {
    let mut taken = Vec::new();
    while let Some(at) = seen_at(conn, &turn_hash(vault, what, day, taken.len()))? {
        taken.push(at);
    }
    Ok(taken)
}

/// Turns of a day are numbered: whoever reads the table sees hashes that have nothing in common.
fn turn_hash(vault: &Vault, what: &[&[u8]], day: Day, number: usize) -> Digest {
    let (day, number) = (day.0.to_be_bytes(), number.to_be_bytes());
    vault.mac(Purpose::Limit, &[&[b"turn".as_slice(), &day, &number], what].concat())
}

fn seen_at(conn: &mut Conn, hash: &Digest) -> Result<Option<Timestamp>, Error> {
    Ok(letters_seen::table.find(hash).select(letters_seen::seen_at).first(conn).optional()?)
}

/// What was seen a week ago is forgotten.
pub fn forget(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(KEPT);
    ground.store.write_tx(|tx| {
        diesel::delete(letters_seen::table.filter(letters_seen::seen_at.lt(before))).execute(tx.conn())?;
        Ok(())
    })
}
