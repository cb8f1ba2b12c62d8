//! What every use case stands on: the database, the keys both roles hold, time, chance, the policy and the words. Built
//! once by `app.rs`, cheap to clone. It holds nothing that opens an address.

use std::sync::Arc;

use crate::clock::{Clock, Timestamp};
use crate::i18n::Words;
use crate::policy::Policy;
use crate::store::{Error, Store};
use crate::vault::{Chance, Vault};

#[derive(Clone)]
pub struct Ground {
    pub store: Store,
    pub vault: Vault,
    pub clock: Clock,
    pub chance: Chance,
    pub policy: Arc<Policy>,
    pub words: Words,
}

impl Ground {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs a use case off the async threads: the database waits, and so must not the others.
    pub async fn run<T, E>(&self, work: impl FnOnce(&Self) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let ground = self.clone();
        tokio::task::spawn_blocking(move || work(&ground))
            .await
            .unwrap_or_else(|_| Err(Error::Bug("a use case panicked").into()))
    }
}
