//! One key in one file: its format, and the care with which it is read and written. Called by `keys` and `day` alone.
//!
//! ```text
//! "sohkey" (6) | version 1 (1) | kind (1) | key id (4) | key (32)
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{Error, Secret};

const MAGIC: &[u8; 6] = b"sohkey";
const VERSION: u8 = 1;
const LENGTH: usize = 44;
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
        }
    }
}

pub(super) fn read(path: &Path, kind: Kind) -> Result<Key, Error> {
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
    if !meta.is_file() || meta.len() != LENGTH as u64 {
        return Err(malformed());
    }
    let mut content = Secret([0_u8; LENGTH]);
    file.read_exact(&mut content.0).map_err(Error::Folder)?;
    let (head, rest) = content.0.split_at(8);
    let (id, key) = rest.split_at(4);
    if head != [MAGIC.as_slice(), &[VERSION, kind as u8]].concat() {
        return Err(malformed());
    }
    Ok(Key {
        id: id.try_into().map_err(|_| malformed())?,
        bytes: Secret::new(key.try_into().map_err(|_| malformed())?),
    })
}

/// Written whole or not at all, and on the disk when this returns.
pub(super) fn write(folder: &Path, name: &str, kind: Kind, key: &Key) -> Result<(), Error> {
    let temporary = folder.join(format!("{name}.new"));
    let target = folder.join(name);
    let mut content = Secret(Vec::with_capacity(LENGTH));
    content.0.extend_from_slice(MAGIC);
    content.0.extend_from_slice(&[VERSION, kind as u8]);
    content.0.extend_from_slice(&key.id);
    content.0.extend_from_slice(key.bytes.expose());
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
