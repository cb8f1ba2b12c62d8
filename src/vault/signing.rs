//! The two keys that sign what leaves (DKIM): RSA, which every mailbox provider checks, and ed25519 beside it. The operator's
//! command makes them, the mailer loads them at start; the web role never reads them. They sign and open nothing else, so
//! they are no part of the folder's check value: a service may run without them, and they may be made later.

use std::ops::RangeInclusive;
use std::path::Path;

use data_encoding::HEXLOWER;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::keyfile::{self, KeyId, Kind};
use super::{Chance, Error, Secret};

/// RFC 8301 3.2: at least 1024, better 2048; a longer one does not fit into the DNS answers of some providers.
const RSA_BITS: usize = 2048;
/// PKCS #8 forms (octets). The parsers below say whether it is one.
const LENGTHS: RangeInclusive<usize> = 48..=4096;
/// RFC 8410 7: everything of an ed25519 key in PKCS #8 that stands before the 32 octets of chance.
const ED25519_HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

pub struct SigningKeys {
    pub rsa: SigningKey<RsaKey<Sha256>>,
    pub ed25519: SigningKey<Ed25519Key>,
}

pub struct SigningKey<K> {
    /// The name under which the public half stands in DNS. Made of the key's id, so that a new key has a new name and
    /// stands beside the old one while letters signed with that are under way.
    pub selector: String,
    /// As a DKIM record has it (RFC 6376 3.6.1, RFC 8463 4).
    pub public: Vec<u8>,
    pub key: K,
}

impl SigningKeys {
    /// None where neither is there.
    ///
    /// # Errors
    /// `HalfSigning` where one is there without the other; `Exposed`, `Malformed`, `FolderOpen` or `Folder`.
    pub fn open(folder: &Path) -> Result<Option<Self>, Error> {
        let (rsa, ed25519) = (read(folder, Kind::SigningRsa)?, read(folder, Kind::SigningEd25519)?);
        let (rsa, ed25519) = match (rsa, ed25519) {
            (None, None) => return Ok(None),
            (Some(rsa), Some(ed25519)) => (rsa, ed25519),
            (None, _) => return Err(Error::HalfSigning(Kind::SigningRsa.purpose())),
            (_, None) => return Err(Error::HalfSigning(Kind::SigningEd25519.purpose())),
        };
        keyfile::refuse_open_folder(folder)?;
        Ok(Some(Self { rsa: parse_rsa(&rsa)?, ed25519: parse_ed25519(&ed25519)? }))
    }

    /// Whether one of them is there and in order.
    pub(super) fn check(folder: &Path, kind: Kind) -> Result<(), Error> {
        let stored = read(folder, kind)?.ok_or(Error::Missing(kind.purpose()))?;
        match kind {
            Kind::SigningRsa => parse_rsa(&stored).map(|_| ()),
            _ => parse_ed25519(&stored).map(|_| ()),
        }
    }

    /// Makes those that are missing and changes no other. Gives what was made, in words for the operator.
    pub fn make_missing(folder: &Path, chance: &Chance) -> Result<Vec<&'static str>, Error> {
        keyfile::refuse_open_folder(folder)?;
        let missing = |kind| match Self::check(folder, kind) {
            Ok(()) => None,
            Err(Error::Missing(_)) => Some(Ok(kind)),
            Err(error) => Some(Err(error)),
        };
        let missing: Vec<Kind> =
            [Kind::SigningRsa, Kind::SigningEd25519].into_iter().filter_map(missing).collect::<Result<_, _>>()?;
        for &kind in &missing {
            let pkcs8 = if kind == Kind::SigningRsa { draw_rsa(chance)? } else { draw_ed25519(chance) };
            keyfile::write_long(folder, kind.file_name(), kind, (chance.bytes(), pkcs8.expose()))?;
        }
        Ok(missing.into_iter().map(Kind::purpose).collect())
    }
}

type Stored = (KeyId, Secret<Vec<u8>>);

fn read(folder: &Path, kind: Kind) -> Result<Option<Stored>, Error> {
    match keyfile::read_long(&folder.join(kind.file_name()), kind, LENGTHS) {
        Ok(stored) => Ok(Some(stored)),
        Err(Error::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Letters first: a label may not look like a number everywhere.
fn selector(letter: char, id: KeyId) -> String {
    format!("{letter}{}", HEXLOWER.encode(&id))
}

fn parse_rsa((id, pkcs8): &Stored) -> Result<SigningKey<RsaKey<Sha256>>, Error> {
    let malformed = Error::Malformed(Kind::SigningRsa.purpose());
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pkcs8.expose().as_slice()));
    let Ok(key) = RsaKey::<Sha256>::from_key_der(der) else { return Err(malformed) };
    // In DNS the key stands with its algorithm around it, as OpenSSL prints it and RFC 6376's own example has it.
    let public = rsa::PublicKey::from_pkcs1_der(&key.public_key()).ok().and_then(|key| key.to_public_key_der().ok());
    let public = public.ok_or(malformed)?.into_vec();
    Ok(SigningKey { selector: selector('r', *id), public, key })
}

fn parse_ed25519((id, pkcs8): &Stored) -> Result<SigningKey<Ed25519Key>, Error> {
    let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(pkcs8.expose())
        .map_err(|_| Error::Malformed(Kind::SigningEd25519.purpose()))?;
    Ok(SigningKey { selector: selector('e', *id), public: key.public_key(), key })
}

fn draw_rsa(chance: &Chance) -> Result<Secret<Vec<u8>>, Error> {
    let key = rsa::PrivateKey::new(&mut chance.generator(), RSA_BITS).map_err(|_| Error::Bug("an RSA key"))?;
    let pkcs8 = key.to_pkcs8_der().map_err(|_| Error::Bug("the form of an RSA key"))?;
    Ok(Secret::new(pkcs8.as_bytes().to_vec()))
}

fn draw_ed25519(chance: &Chance) -> Secret<Vec<u8>> {
    let seed: Secret<[u8; 32]> = Secret::new(chance.bytes());
    Secret::new([ED25519_HEAD.as_slice(), seed.expose()].concat())
}
