//! What lies in the folder of keys, as far as it may be told: for `keys list`. It looks and changes nothing.

use std::fs;
use std::path::Path;

use super::keyfile::{self, Kind};
use super::{Error, SigningKeys};

/// One line of the list.
pub struct Listed {
    pub purpose: &'static str,
    pub state: KeyState,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyState {
    There,
    /// So many files: the keys of the days.
    Count(usize),
    Missing,
    /// Others may read it.
    Exposed,
    /// No key file of this kind.
    Malformed,
}

/// Every key a folder may hold, whatever state the folder is in.
pub fn list_keys(folder: &Path) -> Result<Vec<Listed>, Error> {
    let kinds = [Kind::Root, Kind::Data, Kind::Index, Kind::Memory, Kind::MailerPublic, Kind::MailerPrivate];
    let mut list = Vec::new();
    for kind in kinds {
        let read = keyfile::read(&folder.join(kind.file_name()), kind);
        list.push(Listed { purpose: kind.purpose(), state: state_of(read.map(|_| ()))? });
    }
    let days = fs::read_dir(folder.join(Kind::Day.file_name())).map_or(0, Iterator::count);
    list.push(Listed { purpose: Kind::Day.purpose(), state: KeyState::Count(days) });
    for kind in [Kind::SigningRsa, Kind::SigningEd25519] {
        list.push(Listed { purpose: kind.purpose(), state: state_of(SigningKeys::check(folder, kind))? });
    }
    Ok(list)
}

fn state_of(read: Result<(), Error>) -> Result<KeyState, Error> {
    match read {
        Ok(()) => Ok(KeyState::There),
        Err(Error::Missing(_)) => Ok(KeyState::Missing),
        Err(Error::Exposed(_)) => Ok(KeyState::Exposed),
        Err(Error::Malformed(_)) => Ok(KeyState::Malformed),
        Err(error) => Err(error),
    }
}
