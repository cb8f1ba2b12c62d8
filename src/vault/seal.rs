//! Sealed values: column types that open only where they were sealed, and only for who they were sealed for.
//!
//! ```text
//! data          version 1 (1) | algorithm 1 (1) | key id (4) | nonce (24)            | XChaCha20-Poly1305 ciphertext + tag (16)
//! mailer, day   version 1 (1) | algorithm 2 (1) | key id (4) | encapsulated key (32) | HPKE ciphertext + tag (16)
//! associated data, and for HPKE (RFC 9180, base mode) the info:   table|column|row|key id
//! ```
//! A day's key id is the day itself, so that the envelope tells which key opens it.

use std::fmt;
use std::marker::PhantomData;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Binary;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};

use super::keyfile::KeyId;
use super::{Address, Chance, Error, Opener, Secret, Vault};

const VERSION: u8 = 1;
const BY_DATA_KEY: u8 = 1;
const BY_HPKE: u8 = 2;
const KEY_ID_AT: usize = 2;
const BODY_AT: usize = 6;
const NONCE_LENGTH: usize = 24;
const ENCAPSULATED_LENGTH: usize = 32;

/// Every address is as long as every other (octets).
const ADDRESS_LENGTH: usize = 256;
/// The least that other values for the mailer are padded to, then the next power of two (octets).
const MAILER_FLOOR: usize = 256;

type Hpke = X25519HkdfSha256;
type HpkeAead = hpke::aead::ChaCha20Poly1305;

/// Sealed to the data key: the web role opens it.
#[derive(Clone, Copy)]
pub struct ToData;
/// Sealed to the mailer's public key: only [`Opener`] opens it. The web role has no way to write it down:
///
/// ```compile_fail,E0599
/// # use show_of_hands::vault::{Place, SealedToMailer, Vault};
/// fn read(vault: &Vault, place: Place<'_>, sealed: &SealedToMailer) {
///     vault.open_address(place, sealed);
/// }
/// ```
/// ```compile_fail,E0308
/// # use show_of_hands::vault::{Place, SealedToMailer, Vault};
/// fn read(vault: &Vault, place: Place<'_>, sealed: &SealedToMailer) {
///     vault.open(place, sealed);
/// }
/// ```
#[derive(Clone, Copy)]
pub struct ToMailer;
/// Sealed to the public key of a day: only [`Opener`] opens it, while that day's key is kept.
#[derive(Clone, Copy)]
pub struct ToDay;

/// An envelope, as it lies in a column.
#[derive(Clone, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Sealed<To = ToData> {
    pub(super) bytes: Vec<u8>,
    to: PhantomData<fn() -> To>,
}

pub type SealedToMailer = Sealed<ToMailer>;
pub type SealedToDay = Sealed<ToDay>;

/// Where a value lies. One sealed for another place stays shut.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    /// The row's id.
    pub row: &'a [u8],
}

impl<To> Sealed<To> {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, to: PhantomData }
    }

    pub(super) fn key_id(&self) -> Result<KeyId, Error> {
        self.bytes.get(KEY_ID_AT..BODY_AT).and_then(|id| id.try_into().ok()).ok_or(Error::Shut)
    }

    /// What follows the head, split after the nonce or encapsulated key.
    fn body(&self, algorithm: u8, length: usize) -> Result<(&[u8], &[u8]), Error> {
        if self.bytes.get(..KEY_ID_AT) != Some(&[VERSION, algorithm]) {
            return Err(Error::Shut);
        }
        self.bytes.get(BODY_AT..).and_then(|body| body.split_at_checked(length)).ok_or(Error::Shut)
    }
}

impl Place<'_> {
    /// Without ambiguity: table and column are words of the schema without a bar, and the key id is always four bytes.
    fn associated_data(&self, key_id: KeyId) -> Vec<u8> {
        [self.table.as_bytes(), b"|", self.column.as_bytes(), b"|", self.row, b"|", &key_id].concat()
    }
}

impl Vault {
    pub fn seal(&self, place: Place<'_>, bytes: &[u8], chance: &Chance) -> Result<Sealed, Error> {
        let key = &self.0.data;
        let nonce: [u8; NONCE_LENGTH] = chance.bytes();
        let payload = Payload { msg: bytes, aad: &place.associated_data(key.id) };
        let sealed = XChaCha20Poly1305::new(key.bytes.expose().into())
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::Bug("sealing"))?;
        Ok(Sealed::new([&[VERSION, BY_DATA_KEY], key.id.as_slice(), &nonce, &sealed].concat()))
    }

    /// # Errors
    /// `Shut`.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<Secret<Vec<u8>>, Error> {
        let key = &self.0.data;
        let (nonce, text) = sealed.body(BY_DATA_KEY, NONCE_LENGTH)?;
        let nonce: [u8; NONCE_LENGTH] = nonce.try_into().map_err(|_| Error::Shut)?;
        if sealed.key_id()? != key.id {
            return Err(Error::Shut);
        }
        let payload = Payload { msg: text, aad: &place.associated_data(key.id) };
        let opened = XChaCha20Poly1305::new(key.bytes.expose().into()).decrypt(&XNonce::from(nonce), payload);
        opened.map(Secret::new).map_err(|_| Error::Shut)
    }

    /// All addresses seal to the same length.
    pub fn seal_to_mailer(
        &self,
        place: Place<'_>,
        address: &Address,
        chance: &Chance,
    ) -> Result<SealedToMailer, Error> {
        let padded = pad(address.as_str().as_bytes(), ADDRESS_LENGTH);
        self.seal_padded_to_mailer(place, &padded, chance)
    }

    /// Anything else that only the mailer may read; padded to a power of two.
    pub fn seal_bytes_to_mailer(
        &self,
        place: Place<'_>,
        bytes: &[u8],
        chance: &Chance,
    ) -> Result<SealedToMailer, Error> {
        self.seal_padded_to_mailer(place, &pad(bytes, power_of_two(bytes, MAILER_FLOOR)), chance)
    }

    fn seal_padded_to_mailer(
        &self,
        place: Place<'_>,
        padded: &Secret<Vec<u8>>,
        chance: &Chance,
    ) -> Result<SealedToMailer, Error> {
        let key = &self.0.mailer_public;
        hpke_seal(key.bytes.expose(), key.id, place, padded, chance).map(Sealed::new)
    }
}

impl Opener {
    /// # Errors
    /// `Shut`.
    pub fn open_address(&self, place: Place<'_>, sealed: &SealedToMailer) -> Result<Address, Error> {
        let bytes = self.open_bytes(place, sealed)?;
        let text = std::str::from_utf8(bytes.expose()).map_err(|_| Error::Shut)?;
        Address::parse(text).map_err(|_| Error::Shut)
    }

    /// # Errors
    /// `Shut`.
    pub fn open_bytes(&self, place: Place<'_>, sealed: &SealedToMailer) -> Result<Secret<Vec<u8>>, Error> {
        if sealed.key_id()? != self.0.id {
            return Err(Error::Shut);
        }
        hpke_open(&self.0.private, place, sealed)
    }
}

pub(super) fn hpke_seal(
    public: &[u8],
    key_id: KeyId,
    place: Place<'_>,
    padded: &Secret<Vec<u8>>,
    chance: &Chance,
) -> Result<Vec<u8>, Error> {
    let public = <Hpke as Kem>::PublicKey::from_bytes(public).map_err(|_| Error::Bug("length of a public key"))?;
    let info = place.associated_data(key_id);
    let (encapsulated, text) = hpke::single_shot_seal_with_rng::<HpkeAead, HkdfSha256, Hpke>(
        &OpModeS::Base,
        &public,
        &info,
        padded.expose(),
        b"", // the info binds the place already
        &mut chance.generator(),
    )
    .map_err(|_| Error::Bug("sealing to a public key"))?;
    Ok([&[VERSION, BY_HPKE], key_id.as_slice(), &encapsulated.to_bytes(), &text].concat())
}

pub(super) fn hpke_open<To>(
    private: &Secret<[u8; 32]>,
    place: Place<'_>,
    sealed: &Sealed<To>,
) -> Result<Secret<Vec<u8>>, Error> {
    let (encapsulated, text) = sealed.body(BY_HPKE, ENCAPSULATED_LENGTH)?;
    let encapsulated = <Hpke as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Error::Shut)?;
    let private = <Hpke as Kem>::PrivateKey::from_bytes(private.expose()).map_err(|_| Error::Shut)?;
    let info = place.associated_data(sealed.key_id()?);
    let padded =
        hpke::single_shot_open::<HpkeAead, HkdfSha256, Hpke>(&OpModeR::Base, &private, &encapsulated, &info, text, b"");
    unpad(Secret::new(padded.map_err(|_| Error::Shut)?))
}

/// One byte 0x80, then zeros up to `length` (ISO/IEC 7816-4): needs no room for a length and takes any content.
pub(super) fn pad(bytes: &[u8], length: usize) -> Secret<Vec<u8>> {
    let mut padded = Secret::new(Vec::with_capacity(length.max(bytes.len() + 1)));
    padded.0.extend_from_slice(bytes);
    padded.0.push(0x80);
    let length = length.max(padded.0.len());
    padded.0.resize(length, 0);
    padded
}

/// The next power of two that has room for `bytes` and the padding's mark, at least `floor`.
pub(super) fn power_of_two(bytes: &[u8], floor: usize) -> usize {
    (bytes.len() + 1).next_power_of_two().max(floor)
}

fn unpad(mut padded: Secret<Vec<u8>>) -> Result<Secret<Vec<u8>>, Error> {
    let mark = padded.0.iter().rposition(|&byte| byte != 0).ok_or(Error::Shut)?;
    if padded.0.get(mark) != Some(&0x80) {
        return Err(Error::Shut);
    }
    padded.0.truncate(mark);
    Ok(padded)
}

/// Diesel asks for it and prints bound values in its own debug output: nothing is to be seen there.
impl<To> fmt::Debug for Sealed<To> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}

impl<To, DB> ToSql<Binary, DB> for Sealed<To>
where
    DB: Backend,
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <[u8] as ToSql<Binary, DB>>::to_sql(self.bytes.as_slice(), out)
    }
}

impl<To, DB> FromSql<Binary, DB> for Sealed<To>
where
    DB: Backend,
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::new(<Vec<u8> as FromSql<Binary, DB>>::from_sql(bytes)?))
    }
}
