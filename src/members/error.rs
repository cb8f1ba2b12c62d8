//! What can go wrong in this room, in kinds a page can say.

use crate::{outbox, store, store_cause, vault};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(store::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Outbox(outbox::Error),
    /// This address had as many codes as it may have in an hour or a day.
    #[error("too many codes for one address")]
    TooManyCodes,
    /// No code was asked for in this browser.
    #[error("nothing was asked for here")]
    NothingAsked,
    #[error("this cannot happen: {0}")]
    Bug(&'static str),
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

/// Why a typed code does not open the door.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeProblem {
    /// Not eight digits.
    Format,
    /// Not the newest numbers.
    Wrong,
    /// Five wrong ones: new ones must be sent.
    NoTriesLeft,
    TooOld,
    /// Nothing was asked for in this browser, or it was used already.
    NotHere,
}
