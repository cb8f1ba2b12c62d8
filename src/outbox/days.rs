//! The keys of the days: the mailer makes the pairs, the table carries the public halves to the web role, and a destroyed
//! private half makes a day's bodies unreadable wherever a copy lies (D10).

use diesel::prelude::*;

use super::Error;
use crate::clock::Day;
use crate::ground::Ground;
use crate::store::schema::day_keys;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{DayKey, Opener, Vault};

/// Days ahead for which keys are made, so that the web role goes on while the mailer is away.
const AHEAD: i32 = 7;

/// The public half to seal under on `today`. A row that this install did not make is refused.
pub fn key_for(conn: &mut Conn, vault: &Vault, today: Day) -> Result<DayKey, Error> {
    let row: Option<(Vec<u8>, Digest)> =
        day_keys::table.find(today).select((day_keys::public, day_keys::mac)).first(conn).optional()?;
    let (public, mac) = row.ok_or(Error::NoDayKey)?;
    let key = DayKey { day: today, public, mac };
    if vault.check_day_key(&key) { Ok(key) } else { Err(Error::NoDayKey) }
}

/// Makes the keys of today and the days ahead that are not there yet.
pub fn keep_days(ground: &Ground, opener: &Opener) -> Result<(), Error> {
    let today = ground.now().day();
    let there: Vec<Day> = ground.store.read(|conn| {
        day_keys::table.filter(day_keys::day.ge(today)).select(day_keys::day).load(conn).map_err(Error::from)
    })?;
    let missing: Vec<Day> = (today.0..=today.0 + AHEAD).map(Day).filter(|day| !there.contains(day)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let keys = missing
        .into_iter()
        .map(|day| opener.make_day_key(day, &ground.vault, &ground.chance))
        .collect::<Result<Vec<_>, _>>()?;
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

/// Destroys the keys of days whose bodies are all gone by policy.
pub fn forget_days(ground: &Ground, opener: &Opener) -> Result<(), Error> {
    let kept = i32::try_from(ground.policy.letters.day_keys_kept.num_days()).unwrap_or(i32::MAX);
    let before = Day(ground.now().day().0.saturating_sub(kept));
    opener.destroy_day_keys(before)?;
    ground.store.write_tx(|tx| {
        diesel::delete(day_keys::table.filter(day_keys::day.lt(before))).execute(tx.conn())?;
        Ok(())
    })
}
