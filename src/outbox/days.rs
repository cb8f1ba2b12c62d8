//! The keys of the days: the mailer makes the pairs, the table carries the public halves to the web role, and a destroyed
//! private half makes a day's bodies unreadable wherever a copy lies (D10).

use diesel::prelude::*;

use super::Error;
use crate::clock::Day;
use crate::ground::Ground;
use crate::on_each;
use crate::store::schema::day_keys;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{DayKey, Vault};

/// Days ahead for which keys are made, so that the web role goes on while the mailer is away.
const AHEAD: i32 = 7;

/// The public half to seal under on `today`. A row that this install did not make is refused.
pub fn key_for(conn: &mut Conn, vault: &Vault, today: Day) -> Result<DayKey, Error> {
    let row: Option<(Vec<u8>, Digest)> =
        on_each!(conn, c => day_keys::table.find(today).select((day_keys::public, day_keys::mac)).first(c))
            .optional()?;
    let (public, mac) = row.ok_or(Error::NoDayKey)?;
    let key = DayKey { day: today, public, mac };
    if vault.check_day_key(&key) { Ok(key) } else { Err(Error::NoDayKey) }
}

/// Today and the days ahead that have no key yet.
pub fn days_without_key(ground: &Ground) -> Result<Vec<Day>, Error> {
    let today = ground.now().day();
    let there: Vec<Day> = ground.store.read(|conn| {
        day_keys::table.filter(day_keys::day.ge(today)).select(day_keys::day).load(conn).map_err(Error::from)
    })?;
    Ok((today.0..=today.0 + AHEAD).map(Day).filter(|day| !there.contains(day)).collect())
}

/// Lays the public halves down; a day that has one keeps it.
pub fn put_day_keys(ground: &Ground, keys: &[DayKey]) -> Result<(), Error> {
    ground.store.write_tx(|tx| keys.iter().try_for_each(|key| insert(tx, key)))
}

fn insert(tx: &mut Tx<'_>, key: &DayKey) -> Result<(), Error> {
    let there: i64 = day_keys::table.find(key.day).count().get_result(tx.conn())?;
    if there == 0 {
        diesel::insert_into(day_keys::table)
            .values((day_keys::day.eq(key.day), day_keys::public.eq(&key.public), day_keys::mac.eq(key.mac)))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The first day whose key is kept: bodies of the days before are all gone by policy.
pub fn first_day_kept(ground: &Ground) -> Day {
    let kept = i32::try_from(ground.policy.letters.day_keys_kept.num_days()).unwrap_or(i32::MAX);
    Day(ground.now().day().0.saturating_sub(kept))
}

pub fn forget_day_keys(ground: &Ground, before: Day) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        diesel::delete(day_keys::table.filter(day_keys::day.lt(before))).execute(tx.conn())?;
        Ok(())
    })
}
