//! Keys, sealing, keyed hashes, tokens, passphrases and chance.
//!
//! Promises: a value that must not be read has a type that cannot be printed, logged or serialised; a sealed value opens
//! only in the table, column and row it was sealed for; an address opens only with [`Opener`], which the mailer alone
//! holds. Never does: store anything in the database, ask the time, look anything up outside. Every room and door calls it.

mod address;
mod canonical;
mod chance;
mod code;
mod cookie;
mod day;
mod hasher;
mod keyfile;
mod keys;
mod list;
mod mac;
mod passphrase;
mod seal;
mod secret;
mod signing;
mod token;
pub mod totp;

pub use address::{Address, AddressProblem};
pub use canonical::typo_hint;
pub use chance::Chance;
pub use code::Code;
pub use day::DayKey;
pub use hasher::{Cost, Hasher, Verdict};
pub use keys::{Opener, Vault};
pub use list::{KeyState, Listed, list_keys};
pub use mac::{Purpose, same};
pub use passphrase::{PassphraseProblem, passphrase_problem};
pub use seal::{Place, Sealed, SealedToDay, SealedToMailer, ToData, ToDay, ToMailer};
pub use secret::Secret;
pub use signing::{SigningKey, SigningKeys};
pub use token::{SessionToken, Token};

use std::io;

/// What can go wrong with keys and sealed values. The sentences of the key kinds are for the operator at start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the folder of keys cannot be read or written; check that it is there and belongs to this service")]
    Folder(#[source] io::Error),
    #[error("the folder of keys can be written by others; make it yours alone (chmod 700) and start again")]
    FolderOpen,
    #[error("the {0} is missing from the folder of keys; put it back from your backup, nothing was changed")]
    Missing(&'static str),
    #[error("the {0} can be read by others; make it yours alone (chmod 600) and start again, nothing was changed")]
    Exposed(&'static str),
    #[error("the {0} is not a key file of this kind; put it back from your backup, nothing was changed")]
    Malformed(&'static str),
    #[error("the two halves of the mailer's key do not belong together; put both back from one backup")]
    Mismatch,
    #[error(
        "the {0} is missing beside the other signing key; put it back from your backup or make it anew with \
         `show-of-hands keys dkim`, nothing was changed"
    )]
    HalfSigning(&'static str),
    /// Tampered with, moved from its row, or sealed under a key that is not here.
    #[error("a sealed value does not open")]
    Shut,
    #[error("the key of that day is gone")]
    DayKeyGone,
    #[error("a day key was not made by this service")]
    DayKeyForeign,
    #[error("too many passphrases are being checked at once")]
    Busy,
    #[error("this cannot happen: {0}")]
    Bug(&'static str),
}

#[cfg(test)]
mod tests;
