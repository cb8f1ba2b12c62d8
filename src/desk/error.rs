//! What can go wrong in this room.

use crate::{hands, members, outbox, requests, safety, store, store_cause};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(store::Error),
    #[error(transparent)]
    Members(members::Error),
    #[error(transparent)]
    Hands(hands::Error),
    #[error(transparent)]
    Requests(requests::Error),
    #[error(transparent)]
    Outbox(outbox::Error),
    #[error(transparent)]
    Safety(safety::Error),
}

store_cause!(Error);

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<members::Error> for Error {
    fn from(error: members::Error) -> Self {
        match error {
            members::Error::Store(error) => Self::Store(error),
            other => Self::Members(other),
        }
    }
}

impl From<hands::Error> for Error {
    fn from(error: hands::Error) -> Self {
        match error {
            hands::Error::Store(error) => Self::Store(error),
            other => Self::Hands(other),
        }
    }
}

impl From<requests::Error> for Error {
    fn from(error: requests::Error) -> Self {
        match error {
            requests::Error::Store(error) => Self::Store(error),
            other => Self::Requests(other),
        }
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

impl From<safety::Error> for Error {
    fn from(error: safety::Error) -> Self {
        match error {
            safety::Error::Store(error) => Self::Store(error),
            other => Self::Safety(other),
        }
    }
}
