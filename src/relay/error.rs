//! What can go wrong in this room.

use crate::{outbox, sponsorships, store, store_cause, vault};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(store::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Outbox(outbox::Error),
    #[error(transparent)]
    Sponsorships(sponsorships::Error),
}

store_cause!(Error);

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<outbox::Error> for Error {
    fn from(error: outbox::Error) -> Self {
        match error {
            outbox::Error::Store(error) => Self::Store(error),
            other => Self::Outbox(other),
        }
    }
}

impl From<sponsorships::Error> for Error {
    fn from(error: sponsorships::Error) -> Self {
        match error {
            sponsorships::Error::Store(error) => Self::Store(error),
            other => Self::Sponsorships(other),
        }
    }
}
