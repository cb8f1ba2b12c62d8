//! What can go wrong in this room.

use crate::{hands, members, requests, safety, sponsorships, store, store_cause};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(store::Error),
    #[error(transparent)]
    Members(members::Error),
    #[error(transparent)]
    Sponsorships(sponsorships::Error),
    #[error(transparent)]
    Requests(requests::Error),
    #[error(transparent)]
    Hands(hands::Error),
    #[error(transparent)]
    Safety(safety::Error),
    #[error("this cannot happen: {0}")]
    Bug(&'static str),
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

impl From<sponsorships::Error> for Error {
    fn from(error: sponsorships::Error) -> Self {
        match error {
            sponsorships::Error::Store(error) => Self::Store(error),
            other => Self::Sponsorships(other),
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

impl From<hands::Error> for Error {
    fn from(error: hands::Error) -> Self {
        match error {
            hands::Error::Store(error) => Self::Store(error),
            other => Self::Hands(other),
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
