//! One key in one file: its format, and the care with which it is read and written. Called by the files of keys beside it.
//!
//! ```text
//! "sohkey" (6) | version 1 (1) | kind (1) | key id (4) | key (32; a signing key is as long as its PKCS #8 form)
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::ops::RangeInclusive;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{Error, Secret};

const MAGIC: &[u8; 6] = b"sohkey";
const VERSION: u8 = 1;
/// What stands before the key.
const HEAD: usize = 12;
const LENGTH: usize = HEAD + 32;
/// Any permission of the group or of others (chmod 077).
const OTHERS: u32 = 0o077;
/// The group's and others' right to write, which on a folder is the right to swap a file.
const OTHERS_WRITE: u32 = 0o022;

/// Names the key within its kind; each sealed value carries it, so that a new key can come beside the old one.
pub(super) type KeyId = [u8; 4];

#[derive(Clone)]
pub(super) struct Key {
    pub id: KeyId,
    pub bytes: Secret<[u8; 32]>,
}

/// The kind is inside the file too, so that one key file copied over another is noticed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Root = 1,
    Data = 2,
    Index = 3,
    Memory = 4,
    MailerPublic = 5,
    MailerPrivate = 6,
    Day = 7,
    SigningRsa = 8,
    SigningEd25519 = 9,
}

impl Kind {
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Data => "data",
            Self::Index => "index",
            Self::Memory => "memory",
            Self::MailerPublic => "mailer.public",
            Self::MailerPrivate => "mailer.private",
            Self::Day => "days",
            Self::SigningRsa => "signing.rsa",
            Self::SigningEd25519 => "signing.ed25519",
        }
    }

    /// How the operator reads of it.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Root => "root key (file root, from which forms, codes and cookies are protected)",
            Self::Data => "data key (file data, which seals reports and free text)",
            Self::Index => "index key (file index, by which members are found)",
            Self::Memory => "memory key (file memory, which remembers bans and pairs)",
            Self::MailerPublic => "mailer's public key (file mailer.public, to which addresses are sealed)",
            Self::MailerPrivate => "mailer's private key (file mailer.private, which alone opens addresses)",
            Self::Day => "key of a day (folder days, which opens waiting mail)",
            Self::SigningRsa => "RSA signing key (file signing.rsa, which signs mail that leaves)",
            Self::SigningEd25519 => "ed25519 signing key (file signing.ed25519, which signs mail that leaves)",
        }
    }
}

pub(super) fn read(path: &Path, kind: Kind) -> Result<Key, Error> {
    let (id, bytes) = read_long(path, kind, 32..=32)?;
    let bytes = bytes.expose().as_slice().try_into().map_err(|_| Error::Malformed(kind.purpose()))?;
    Ok(Key { id, bytes: Secret::new(bytes) })
}

/// A key of any length within `lengths` (octets).
pub(super) fn read_long(
    path: &Path,
    kind: Kind,
    lengths: RangeInclusive<usize>,
) -> Result<(KeyId, Secret<Vec<u8>>), Error> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::Missing(kind.purpose())),
        Err(error) => return Err(Error::Folder(error)),
    };
    // Asked of the open file, not of the path: what is checked is what is read.
    let meta = file.metadata().map_err(Error::Folder)?;
    if meta.mode() & OTHERS != 0 {
        return Err(Error::Exposed(kind.purpose()));
    }
    let malformed = || Error::Malformed(kind.purpose());
    let length = usize::try_from(meta.len()).ok().and_then(|length| length.checked_sub(HEAD));
    let length = length.filter(|length| meta.is_file() && lengths.contains(length)).ok_or_else(malformed)?;
    let (mut head, mut key) = ([0_u8; HEAD], Secret(vec![0_u8; length]));
    file.read_exact(&mut head).and_then(|()| file.read_exact(&mut key.0)).map_err(Error::Folder)?;
    let (mark, id) = head.split_at(8);
    if mark != [MAGIC.as_slice(), &[VERSION, kind as u8]].concat() {
        return Err(malformed());
    }
    Ok((id.try_into().map_err(|_| malformed())?, key))
}

pub(super) fn write(folder: &Path, name: &str, kind: Kind, key: &Key) -> Result<(), Error> {
    write_long(folder, name, kind, (key.id, key.bytes.expose()))
}

/// Written whole or not at all, and on the disk when this returns.
pub(super) fn write_long(folder: &Path, name: &str, kind: Kind, (id, key): (KeyId, &[u8])) -> Result<(), Error> {
    let temporary = folder.join(format!("{name}.new"));
    let target = folder.join(name);
    let mut content = Secret(Vec::with_capacity(HEAD + key.len()));
    content.0.extend_from_slice(MAGIC);
    content.0.extend_from_slice(&[VERSION, kind as u8]);
    content.0.extend_from_slice(&id);
    content.0.extend_from_slice(key);
    let written = (|| {
        // What an interrupted write left behind was never a key.
        remove_if_there(&temporary)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
        file.write_all(&content.0)?;
        file.sync_all()?;
        fs::rename(&temporary, &target)?;
        sync_folder(folder)
    })();
    written.map_err(Error::Folder)
}

/// Overwrites, then removes. On a disk that never writes in place the overwriting is in vain; the backup rules do the rest.
pub(super) fn destroy(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(&[0; LENGTH])?;
    file.sync_all()?;
    fs::remove_file(path)
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A name in a folder is on the disk only when the folder is.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn refuse_open_folder(folder: &Path) -> Result<(), Error> {
    let mode = fs::metadata(folder).map_err(Error::Folder)?.mode();
    if mode & OTHERS_WRITE == 0 { Ok(()) } else { Err(Error::FolderOpen) }
}
