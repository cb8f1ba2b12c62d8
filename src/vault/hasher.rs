//! Coordinators' passphrases: argon2id (RFC 9106), bounded. Two are worked on at a time in memory areas that are reused,
//! a few more wait, the rest are told to come back: a flood of sign-ins costs neither the memory nor the pages of the rest.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, PasswordHash, Version};
use chrono::TimeDelta;
use data_encoding::BASE64_NOPAD;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::{Chance, Error, Secret, Vault, same};
use crate::clock::Timestamp;

/// At work at once: two areas of 64 MiB are what a small host has to spare.
const AT_WORK: usize = 2;
/// In line behind them; at 139 ms each the last waits about 2 s.
const WAITING: usize = 32;
/// How long areas are kept after the last use.
const IDLE: TimeDelta = TimeDelta::seconds(60);
/// A stored hash that asks for more is not one of ours (KiB).
const MOST_MEMORY_KIB: u32 = 256 * 1024;
const SALT_LENGTH: usize = 16;
const HASH_LENGTH: usize = 32;

/// What one passphrase costs to try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Cost {
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// The least a configuration may ask for (OWASP's second choice).
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// For tests alone: shows every step, resists nobody.
    pub const LOWEST: Self = Self { memory_kib: 8, passes: 1 };
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    pub matches: bool,
    /// It was made at another cost: hash it anew now that the passphrase is at hand.
    pub needs_rehash: bool,
}

#[derive(Clone)]
pub struct Hasher(Arc<Inner>);

struct Inner {
    cost: Cost,
    params: Params,
    pepper: Secret<[u8; 32]>,
    chance: Chance,
    /// Everyone inside, at work or waiting.
    inside: Arc<Semaphore>,
    at_work: Arc<Semaphore>,
    areas: Mutex<Areas>,
}

#[derive(Default)]
struct Areas {
    free: Vec<Vec<Block>>,
    was_used: bool,
    idle_since: Option<Timestamp>,
}

impl Hasher {
    /// # Errors
    /// `Bug` for a cost that argon2 does not know.
    pub fn new(vault: &Vault, cost: Cost, chance: &Chance) -> Result<Self, Error> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, Some(HASH_LENGTH));
        Ok(Self(Arc::new(Inner {
            cost,
            params: params.map_err(|_| Error::Bug("cost of a passphrase"))?,
            pepper: vault.0.pepper.clone(),
            chance: chance.clone(),
            inside: Arc::new(Semaphore::new(AT_WORK + WAITING)),
            at_work: Arc::new(Semaphore::new(AT_WORK)),
            areas: Mutex::default(),
        })))
    }

    /// Gives a PHC string, to be stored.
    ///
    /// # Errors
    /// `Busy`.
    pub async fn hash(&self, passphrase: &str) -> Result<String, Error> {
        let salt: [u8; SALT_LENGTH] = self.0.chance.bytes();
        let hash = self.work(passphrase, salt.to_vec(), self.0.params.clone()).await?;
        let Cost { memory_kib, passes } = self.0.cost;
        let (salt, hash) = (BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(hash.expose()));
        Ok(format!("$argon2id$v=19$m={memory_kib},t={passes},p=1${salt}${hash}"))
    }

    /// Without a hash (an account that is not there) it works as long as with one, and never matches.
    ///
    /// # Errors
    /// `Busy`; `Shut` if what is stored is no hash of ours.
    pub async fn verify(&self, phc: Option<&str>, passphrase: &str) -> Result<Verdict, Error> {
        let Some(phc) = phc else {
            self.work(passphrase, vec![0; SALT_LENGTH], self.0.params.clone()).await?;
            return Ok(Verdict { matches: false, needs_rehash: false });
        };
        let stored = PasswordHash::new(phc).map_err(|_| Error::Shut)?;
        let params = Params::try_from(&stored).map_err(|_| Error::Shut)?;
        let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else {
            return Err(Error::Shut);
        };
        let is_ours = stored.algorithm.as_str() == "argon2id"
            && stored.version == Some(Version::V0x13.into())
            && params.m_cost() <= MOST_MEMORY_KIB
            && expected.len() == HASH_LENGTH;
        if !is_ours {
            return Err(Error::Shut);
        }
        let is_current = (params.m_cost(), params.t_cost(), params.p_cost())
            == (self.0.params.m_cost(), self.0.params.t_cost(), self.0.params.p_cost());
        let hash = self.work(passphrase, salt.to_vec(), params).await?;
        Ok(Verdict { matches: same(hash.expose(), expected.as_ref()), needs_rehash: !is_current })
    }

    /// Gives the memory back once a minute has passed without use; called by the tick. Counts from the first call after
    /// the last use, so that no clock is needed at work.
    pub fn drop_idle(&self, now: Timestamp) {
        let mut areas = self.0.lock_areas();
        if std::mem::take(&mut areas.was_used) {
            areas.idle_since = Some(now);
        } else if areas.idle_since.is_some_and(|since| now.since(since) >= IDLE) {
            areas.free = Vec::new();
            areas.idle_since = None;
        }
    }

    async fn work(&self, passphrase: &str, salt: Vec<u8>, params: Params) -> Result<Secret<[u8; HASH_LENGTH]>, Error> {
        let inside = self.0.inside.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let at_work = self.0.at_work.clone().acquire_owned().await.map_err(|_| Error::Bug("passphrase line closed"))?;
        // The same passphrase typed on another system may be composed of other characters (NIST SP 800-63B 3.1.1.2).
        let passphrase = Secret::new(passphrase.nfc().collect::<String>());
        let inner = self.0.clone();
        let done = tokio::task::spawn_blocking(move || {
            // Held to the end of the work, even if who asked has gone.
            let _held = (inside, at_work);
            inner.hash_in_area(&passphrase, &salt, params)
        });
        done.await.map_err(|_| Error::Bug("passphrase work ended early"))?
    }
}

impl Inner {
    fn hash_in_area(
        &self,
        passphrase: &Secret<String>,
        salt: &[u8],
        params: Params,
    ) -> Result<Secret<[u8; HASH_LENGTH]>, Error> {
        let blocks = params.block_count();
        let mut area = self.lock_areas().free.pop().unwrap_or_default();
        if area.len() < blocks {
            area.resize(blocks, Block::default());
        }
        let mut hash = Secret([0; HASH_LENGTH]);
        let done = Argon2::new_with_secret(self.pepper.expose(), Algorithm::Argon2id, Version::V0x13, params).and_then(
            |argon2| {
                argon2.hash_password_into_with_memory(
                    passphrase.expose().as_bytes(),
                    salt,
                    &mut hash.0,
                    area.as_mut_slice(),
                )
            },
        );
        let mut areas = self.lock_areas();
        areas.free.push(area);
        areas.was_used = true;
        done.map_err(|_| Error::Bug("passphrase hash")).map(|()| hash)
    }

    fn lock_areas(&self) -> MutexGuard<'_, Areas> {
        self.areas.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use argon2::PasswordVerifier;
    use tokio::task::{JoinSet, yield_now};

    use super::*;

    const LOW: Cost = Cost::LOWEST;
    const PASS: &str = "the tugboat waits by the blue shed";

    fn hasher(cost: Cost, seed: u64) -> Hasher {
        let dir = tempfile::TempDir::new().unwrap();
        let (vault, _) = Vault::open_or_make(dir.path(), &Chance::seeded(seed)).unwrap();
        Hasher::new(&vault, cost, &Chance::seeded(seed)).unwrap()
    }

    fn verdict(matches: bool, needs_rehash: bool) -> Verdict {
        Verdict { matches, needs_rehash }
    }

    #[tokio::test]
    async fn a_passphrase_matches_its_own_hash_alone() {
        let hasher = hasher(LOW, 1);
        let phc = hasher.hash(PASS).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{phc}");
        assert_ne!(hasher.hash(PASS).await.unwrap(), phc, "another salt");
        assert_eq!(hasher.verify(Some(&phc), PASS).await.unwrap(), verdict(true, false));
        assert_eq!(hasher.verify(Some(&phc), "the tugboat").await.unwrap(), verdict(false, false));
        assert_eq!(hasher.verify(None, PASS).await.unwrap(), verdict(false, false));
    }

    #[tokio::test]
    async fn the_string_is_what_argon2_itself_reads() {
        let hasher = hasher(LOW, 1);
        let phc = hasher.hash(PASS).await.unwrap();
        let (pepper, params) = (hasher.0.pepper.expose(), hasher.0.params.clone());
        let argon2 = Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params.clone()).unwrap();
        let parsed = PasswordHash::new(&phc).unwrap();
        assert!(argon2.verify_password(PASS.as_bytes(), &parsed).is_ok());
        let without_pepper = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        assert!(without_pepper.verify_password(PASS.as_bytes(), &parsed).is_err());
    }

    #[tokio::test]
    async fn another_root_key_is_another_pepper() {
        let phc = hasher(LOW, 1).hash(PASS).await.unwrap();
        assert_eq!(hasher(LOW, 2).verify(Some(&phc), PASS).await.unwrap(), verdict(false, false));
    }

    #[tokio::test]
    async fn a_raised_cost_asks_for_a_rehash() {
        let phc = hasher(LOW, 1).hash(PASS).await.unwrap();
        let raised = hasher(Cost { memory_kib: 16, passes: 1 }, 1);
        assert_eq!(raised.verify(Some(&phc), PASS).await.unwrap(), verdict(true, true));
        let phc = raised.hash(PASS).await.unwrap();
        assert_eq!(raised.verify(Some(&phc), PASS).await.unwrap(), verdict(true, false));
    }

    #[tokio::test]
    async fn composed_and_decomposed_letters_are_the_same_passphrase() {
        let hasher = hasher(LOW, 1);
        let phc = hasher.hash("un caf\u{e9} junto al faro").await.unwrap();
        assert!(hasher.verify(Some(&phc), "un cafe\u{301} junto al faro").await.unwrap().matches);
    }

    #[tokio::test]
    async fn what_is_no_hash_of_ours_is_an_error_and_costs_no_memory() {
        let hasher = hasher(LOW, 1);
        let phc = hasher.hash(PASS).await.unwrap();
        let huge = phc.replace("m=8", "m=4000000");
        for wrong in ["", "x", "$argon2id$v=19$m=8,t=1,p=1", &phc.replace("argon2id", "argon2d"), &huge] {
            assert!(matches!(hasher.verify(Some(wrong), PASS).await, Err(Error::Shut)), "{wrong}");
        }
    }

    #[tokio::test]
    async fn two_work_thirty_two_wait_and_the_next_is_told_to_come_back() {
        let hasher = hasher(LOW, 1);
        let held = hasher.0.at_work.clone().acquire_many_owned(2).await.unwrap();
        let mut all = JoinSet::new();
        for _ in 0..AT_WORK + WAITING {
            let hasher = hasher.clone();
            all.spawn(async move { hasher.hash(PASS).await.is_ok() });
        }
        while hasher.0.inside.available_permits() > 0 {
            yield_now().await;
        }
        assert!(matches!(hasher.hash(PASS).await, Err(Error::Busy)));
        assert!(matches!(hasher.verify(None, PASS).await, Err(Error::Busy)));
        drop(held);
        assert!(all.join_all().await.into_iter().all(|done| done));
        assert!(hasher.hash(PASS).await.is_ok());
        assert!((1..=AT_WORK).contains(&hasher.0.lock_areas().free.len()), "areas are reused");
    }

    #[tokio::test]
    async fn areas_are_given_back_after_a_minute_without_use() {
        let hasher = hasher(LOW, 1);
        let held = || hasher.0.lock_areas().free.len();
        hasher.hash(PASS).await.unwrap();
        hasher.drop_idle(Timestamp(1_000));
        hasher.drop_idle(Timestamp(1_059));
        assert_eq!(held(), 1);
        hasher.hash(PASS).await.unwrap();
        hasher.drop_idle(Timestamp(1_060));
        assert_eq!(held(), 1);
        hasher.drop_idle(Timestamp(1_120));
        assert_eq!(held(), 0);
        assert!(hasher.hash(PASS).await.is_ok());
    }
}
