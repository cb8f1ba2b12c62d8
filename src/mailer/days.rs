//! Makes and destroys the keys of the days (D10); `outbox` lays the public halves down.

use super::Error;
use crate::ground::Ground;
use crate::outbox;
use crate::vault::Opener;

/// Makes the keys of today and the days ahead that are not there yet.
pub fn keep_days(ground: &Ground, opener: &Opener) -> Result<(), Error> {
    let missing = outbox::days_without_key(ground)?;
    if missing.is_empty() {
        return Ok(());
    }
    let keys = missing
        .into_iter()
        .map(|day| opener.make_day_key(day, &ground.vault, &ground.chance))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(outbox::put_day_keys(ground, &keys)?)
}

/// Destroys the keys of days whose bodies are all gone by policy.
pub fn forget_days(ground: &Ground, opener: &Opener) -> Result<(), Error> {
    let before = outbox::first_day_kept(ground);
    opener.destroy_day_keys(before)?;
    Ok(outbox::forget_day_keys(ground, before)?)
}
