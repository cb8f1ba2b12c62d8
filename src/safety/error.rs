//! What can go wrong in this room.

use crate::{hands, members, outbox, requests, sponsorships, store, store_cause, vault};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(store::Error),
    #[error(transparent)]
    Members(members::Error),
    #[error(transparent)]
    Requests(requests::Error),
    #[error(transparent)]
    Sponsorships(sponsorships::Error),
    #[error(transparent)]
    Hands(hands::Error),
    #[error(transparent)]
    Outbox(outbox::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error("this cannot happen: {0}")]
    Bug(&'static str),
}

store_cause!(Error);

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// Trouble of the database stays one kind, so that it can be tried again.
macro_rules! from_rooms {
    ($($room:ident => $kind:ident),+) => {
        $(impl From<$room::Error> for Error {
            fn from(error: $room::Error) -> Self {
                match error {
                    $room::Error::Store(error) => Self::Store(error),
                    other => Self::$kind(other),
                }
            }
        })+
    };
}

from_rooms!(members => Members, requests => Requests, sponsorships => Sponsorships, hands => Hands, outbox => Outbox);
