//! The folder of keys: made at the first start, loaded and checked at every other. `app.rs` opens it once; what it gives is
//! cloned into whatever needs it. It never changes a folder that holds keys, and never writes a key into the database.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use hkdf::Hkdf;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use sha2::Sha256;

use super::keyfile::{self, Key, KeyId, Kind};
use super::mac::{self, MacKey, Purpose};
use super::{Chance, Error, Secret};
use crate::store::types::Digest;

/// Stands in the folder while its first keys are being written: a folder with it has never been used.
const MAKING: &str = "making";

/// Everything the web role may hold. Nothing here opens an address.
#[derive(Clone)]
pub struct Vault(pub(super) Arc<Keys>);

pub(super) struct Keys {
    pub data: Key,
    pub mailer_public: Key,
    pub purposes: [MacKey; Purpose::COUNT],
    pub index: MacKey,
    pub memory: MacKey,
    pub cookie: Secret<[u8; 32]>,
    pub pepper: Secret<[u8; 32]>,
    check: Digest,
}

/// Opens addresses and letters. Only the mailer holds one.
#[derive(Clone)]
pub struct Opener(pub(super) Arc<OpenerKeys>);

pub(super) struct OpenerKeys {
    pub days: PathBuf,
    pub id: KeyId,
    pub private: Secret<[u8; 32]>,
    /// Held while a day key is made, so that two callers get the same one.
    pub making: Mutex<()>,
}

impl Vault {
    /// Loads the keys in `folder`, or makes them if it is absent or empty.
    ///
    /// # Errors
    /// `Missing`, `Exposed`, `Malformed`, `Mismatch`, `FolderOpen` or `Folder`; the folder is then as it was.
    pub fn open_or_make(folder: &Path, chance: &Chance) -> Result<(Self, Opener), Error> {
        if is_unused(folder)? {
            make(folder, chance)?;
        }
        let vault = Self::open_web(folder)?;
        let private = keyfile::read(&folder.join(Kind::MailerPrivate.file_name()), Kind::MailerPrivate)?;
        let public = public_of(&private.bytes)?;
        if private.id != vault.0.mailer_public.id || public != *vault.0.mailer_public.bytes.expose() {
            return Err(Error::Mismatch);
        }
        let days = folder.join(Kind::Day.file_name());
        make_folder(&days)?;
        keyfile::refuse_open_folder(&days)?;
        let opener = OpenerKeys { days, id: private.id, private: private.bytes, making: Mutex::new(()) };
        Ok((vault, Opener(Arc::new(opener))))
    }

    /// Loads what the web role needs; the mailer's private half may be on another host.
    ///
    /// # Errors
    /// As `open_or_make`. An absent or empty folder is `Missing`: the web role makes no keys.
    pub fn open_web(folder: &Path) -> Result<Self, Error> {
        match keyfile::refuse_open_folder(folder) {
            Err(Error::Folder(error)) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::Missing(Kind::Root.purpose()));
            }
            other => other?,
        }
        let read = |kind: Kind| keyfile::read(&folder.join(kind.file_name()), kind);
        let root = read(Kind::Root)?;
        let (data, index, memory) = (read(Kind::Data)?, read(Kind::Index)?, read(Kind::Memory)?);
        let mailer_public = read(Kind::MailerPublic)?;
        let mut purposes = [const { Secret(mac::NO_KEY) }; Purpose::COUNT];
        for purpose in Purpose::ALL {
            purposes[purpose as usize] = derive(&root, purpose.label())?;
        }
        let check_key = derive(&root, "check")?;
        let every = [&root, &data, &index, &memory, &mailer_public];
        let parts: Vec<&[u8]> = every.iter().flat_map(|key| [&key.id[..], &key.bytes.expose()[..]]).collect();
        Ok(Self(Arc::new(Keys {
            check: mac::mac(&check_key, &parts),
            purposes,
            index: derive(&index, "index")?,
            memory: derive(&memory, "memory")?,
            cookie: derive(&root, "cookie-seal")?,
            pepper: derive(&root, "pepper")?,
            data,
            mailer_public,
        })))
    }

    /// A fingerprint of the whole folder, kept in the database: another value at start means another installation's keys.
    pub fn check_value(&self) -> Digest {
        self.0.check
    }
}

fn derive<const N: usize>(key: &Key, label: &str) -> Result<Secret<[u8; N]>, Error> {
    let mut derived = Secret([0; N]);
    Hkdf::<Sha256>::new(Some(b"show-of-hands"), key.bytes.expose())
        .expand(label.as_bytes(), &mut derived.0)
        .map_err(|_| Error::Bug("length of a derived key"))?;
    Ok(derived)
}

pub(super) fn public_of(private: &Secret<[u8; 32]>) -> Result<[u8; 32], Error> {
    let private = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(private.expose())
        .map_err(|_| Error::Bug("length of a private key"))?;
    Ok(X25519HkdfSha256::sk_to_pk(&private).to_bytes().into())
}

pub(super) fn draw_private(chance: &Chance) -> Secret<[u8; 32]> {
    let seed: Secret<[u8; 32]> = Secret(chance.bytes());
    Secret(X25519HkdfSha256::derive_keypair(seed.expose()).0.to_bytes().into())
}

/// Absent, empty, or left by a making that was interrupted before any key was used.
fn is_unused(folder: &Path) -> Result<bool, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(Error::Folder(error)),
    };
    let mut is_empty = true;
    for entry in entries {
        let name = entry.map_err(Error::Folder)?.file_name();
        if name == MAKING {
            return Ok(true);
        }
        is_empty &= name == "lost+found"; // a fresh volume
    }
    Ok(is_empty)
}

fn make(folder: &Path, chance: &Chance) -> Result<(), Error> {
    make_folder(folder)?;
    let mark = folder.join(MAKING);
    let mark_made = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&mark);
    mark_made.and_then(|file| file.sync_all()).and_then(|()| keyfile::sync_folder(folder)).map_err(Error::Folder)?;
    let mailer_id = chance.bytes();
    let private = Key { id: mailer_id, bytes: draw_private(chance) };
    let public = Key { id: mailer_id, bytes: Secret(public_of(&private.bytes)?) };
    for kind in [Kind::Root, Kind::Data, Kind::Index, Kind::Memory] {
        let key = Key { id: chance.bytes(), bytes: Secret(chance.bytes()) };
        keyfile::write(folder, kind.file_name(), kind, &key)?;
    }
    keyfile::write(folder, Kind::MailerPublic.file_name(), Kind::MailerPublic, &public)?;
    keyfile::write(folder, Kind::MailerPrivate.file_name(), Kind::MailerPrivate, &private)?;
    keyfile::remove_if_there(&mark).and_then(|()| keyfile::sync_folder(folder)).map_err(Error::Folder)
}

/// A folder of ours alone; one that is there is left as it is, unless it is empty.
fn make_folder(folder: &Path) -> Result<(), Error> {
    let made = (|| {
        if folder.is_dir() {
            if fs::read_dir(folder)?.next().is_none() {
                fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
            }
            return Ok(());
        }
        DirBuilder::new().mode(0o700).recursive(true).create(folder)?;
        folder.parent().filter(|parent| parent.is_dir()).map_or(Ok(()), keyfile::sync_folder)
    })();
    made.map_err(Error::Folder)
}
