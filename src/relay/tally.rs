//! Counts without saying whose: keyed hashes in `letters_seen` remember for a week which message came, and how often a
//! turn was taken. In the database, so that several processes count together and a limit holds in the transaction that it
//! guards.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::on_each;
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
    let row = (letters_seen::hash.eq(hash), letters_seen::seen_at.eq(now));
    let insert = diesel::insert_into(letters_seen::table).values(row).on_conflict_do_nothing();
    Ok(on_each!(tx.conn(), c => insert.execute(c))? == 1)
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
    let mut turns = Turns { conn: tx.conn(), vault: &ground.vault, what };
    let taken = turns.count(today)?;
    for (window, most) in limits {
        let since = now.minus(*window);
        let oldest = turns.newest_but(*most, (today, taken), since)?;
        if *most == 0 || oldest.is_some_and(|at| at > since) {
            return Ok(false);
        }
    }
    note_seen(tx, &turn_hash(&ground.vault, what, today, taken), now)
}

/// The turns of one thing, each found by its day and number.
struct Turns<'a> {
    conn: &'a mut Conn,
    vault: &'a Vault,
    what: &'a [&'a [u8]],
}

impl Turns<'_> {
    fn at(&mut self, day: Day, number: usize) -> Result<Option<Timestamp>, Error> {
        seen_at(self.conn, &turn_hash(self.vault, self.what, day, number))
    }

    /// How many a day has. They have no gaps, so it is enough to look where they end.
    fn count(&mut self, day: Day) -> Result<usize, Error> {
        let mut beyond = 1;
        while self.at(day, beyond - 1)?.is_some() {
            beyond *= 2;
        }
        let (mut taken, mut free) = (beyond / 2, beyond - 1);
        while taken < free {
            let middle = usize::midpoint(taken, free);
            match self.at(day, middle)? {
                Some(_) => taken = middle + 1,
                None => free = middle,
            }
        }
        Ok(taken)
    }

    /// When the turn before the newest `count` - 1 ones was taken, today or the day before; none where it was before `since`
    /// for sure.
    fn newest_but(
        &mut self,
        count: u32,
        (today, taken): (Day, usize),
        since: Timestamp,
    ) -> Result<Option<Timestamp>, Error> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if let Some(number) = taken.checked_sub(count) {
            return self.at(today, number);
        }
        if since >= today.start() {
            return Ok(None);
        }
        let yesterday = Day(today.0 - 1);
        match self.count(yesterday)?.checked_sub(count - taken) {
            Some(number) => self.at(yesterday, number),
            None => Ok(None),
        }
    }
}

/// Turns of a day are numbered: whoever reads the table sees hashes that have nothing in common.
fn turn_hash(vault: &Vault, what: &[&[u8]], day: Day, number: usize) -> Digest {
    let (day, number) = (day.0.to_be_bytes(), number.to_be_bytes());
    vault.mac(Purpose::Limit, &[&[b"turn".as_slice(), &day, &number], what].concat())
}

fn seen_at(conn: &mut Conn, hash: &Digest) -> Result<Option<Timestamp>, Error> {
    Ok(on_each!(conn, c => letters_seen::table.find(hash).select(letters_seen::seen_at).first(c)).optional()?)
}

/// What was seen a week ago is forgotten.
pub fn forget(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(KEPT);
    ground.store.write_tx(|tx| {
        diesel::delete(letters_seen::table.filter(letters_seen::seen_at.lt(before))).execute(tx.conn())?;
        Ok(())
    })
}
