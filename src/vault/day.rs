//! Day keys (D10): what waits to leave is sealed to the key of a day, and unreadable wherever a copy lies once the key is
//! destroyed. The private halves are files beside the database, never in it and never in a backup.

use std::fs;
use std::io;
use std::sync::PoisonError;

use super::keyfile::{self, Key, Kind};
use super::keys::{draw_private, public_of};
use super::seal::{hpke_open, hpke_seal, pad, power_of_two};
use super::{Chance, Error, Opener, Place, Purpose, Sealed, SealedToDay, Secret, Vault, same};
use crate::clock::Day;
use crate::store::types::Digest;

/// The least that a letter is padded to, then the next power of two (octets): a short and a shorter letter look alike.
const LETTER_FLOOR: usize = 1024;

/// A day's public half, as it lies in the database.
#[derive(Clone)]
pub struct DayKey {
    pub day: Day,
    pub public: Vec<u8>,
    /// Made with a key that is not in the database, so that who can write there cannot plant a key of their own.
    pub mac: Digest,
}

impl Vault {
    pub fn check_day_key(&self, key: &DayKey) -> bool {
        same(&self.day_key_mac(key.day, &key.public).0, &key.mac.0)
    }

    /// # Errors
    /// `DayKeyForeign` if the key was not made here.
    pub fn seal_to_day(
        &self,
        key: &DayKey,
        place: Place<'_>,
        bytes: &[u8],
        chance: &Chance,
    ) -> Result<SealedToDay, Error> {
        if !self.check_day_key(key) {
            return Err(Error::DayKeyForeign);
        }
        let padded = pad(bytes, power_of_two(bytes, LETTER_FLOOR));
        hpke_seal(&key.public, key.day.0.to_be_bytes(), place, &padded, chance).map(Sealed::new)
    }

    fn day_key_mac(&self, day: Day, public: &[u8]) -> Digest {
        self.mac(Purpose::DayKey, &[&day.0.to_be_bytes(), public])
    }
}

impl SealedToDay {
    /// Whose key opens it.
    ///
    /// # Errors
    /// `Shut` if it is no envelope.
    pub fn day(&self) -> Result<Day, Error> {
        Ok(Day(i32::from_be_bytes(self.key_id()?)))
    }
}

impl Opener {
    /// Makes the key of `day`, or gives the one that is there. It is on the disk before anything can be sealed to it.
    pub fn make_day_key(&self, day: Day, vault: &Vault, chance: &Chance) -> Result<DayKey, Error> {
        let _one_at_a_time = self.0.making.lock().unwrap_or_else(PoisonError::into_inner);
        let private = match self.day_private(day) {
            Ok(private) => private,
            Err(Error::DayKeyGone) => {
                let key = Key { id: day.0.to_be_bytes(), bytes: draw_private(chance) };
                keyfile::write(&self.0.days, &day.0.to_string(), Kind::Day, &key)?;
                key.bytes
            }
            Err(error) => return Err(error),
        };
        let public = public_of(&private)?.to_vec();
        Ok(DayKey { day, mac: vault.day_key_mac(day, &public), public })
    }

    /// # Errors
    /// `DayKeyGone` once the day's key is destroyed; `Shut`.
    pub fn open_day(&self, place: Place<'_>, sealed: &SealedToDay) -> Result<Secret<Vec<u8>>, Error> {
        hpke_open(&self.day_private(sealed.day()?)?, place, sealed)
    }

    /// Destroys every key of a day before `before`, for ever. Gives how many there were.
    pub fn destroy_day_keys(&self, before: Day) -> Result<usize, Error> {
        let destroyed = (|| {
            let mut count = 0;
            for entry in fs::read_dir(&self.0.days)? {
                let entry = entry?;
                let name = entry.file_name();
                // A key whose writing was interrupted counts as its day's.
                let day = name.to_str().and_then(|name| name.trim_end_matches(".new").parse::<i32>().ok());
                if day.is_some_and(|day| day < before.0) {
                    keyfile::destroy(&entry.path())?;
                    count += 1;
                }
            }
            keyfile::sync_folder(&self.0.days)?;
            Ok(count)
        })();
        destroyed.map_err(|error: io::Error| Error::Folder(error))
    }

    fn day_private(&self, day: Day) -> Result<Secret<[u8; 32]>, Error> {
        match keyfile::read(&self.0.days.join(day.0.to_string()), Kind::Day) {
            Ok(key) if key.id == day.0.to_be_bytes() => Ok(key.bytes),
            Ok(_) => Err(Error::Malformed(Kind::Day.purpose())),
            Err(Error::Missing(_)) => Err(Error::DayKeyGone),
            Err(error) => Err(error),
        }
    }
}
