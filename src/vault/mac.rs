//! Keyed hashes: enough to find a row or to check a value again, nothing to read from them without the folder of keys.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{Address, Secret, Vault};
use crate::store::types::Digest;

/// As long as a block of SHA-256, so that HMAC takes it as it is (RFC 2104 section 2).
pub(super) type MacKey = Secret<[u8; 64]>;
pub(super) const NO_KEY: [u8; 64] = [0; 64];

/// What a keyed hash is for. Each has a key of its own, so that one cannot be passed off as another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Form tokens.
    Csrf,
    /// Mailed codes, with the secret of the browser that asked.
    Code,
    /// What a cookie or a link signs but does not hide.
    Cookie,
    /// The thread root of a sponsorship's letters.
    Thread,
    /// Whether the same message came before.
    Dedup,
    /// Counters of limits, by network or by what was typed.
    Limit,
    /// That a day's public key was made here.
    DayKey,
    /// Relay addresses.
    Alias,
    /// Envelope senders of single use.
    Bounce,
    /// The chain of what the desk did.
    Audit,
    /// The digits of a test mail.
    TestMail,
}

impl Purpose {
    pub(super) const COUNT: usize = 11;
    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::Csrf,
        Self::Code,
        Self::Cookie,
        Self::Thread,
        Self::Dedup,
        Self::Limit,
        Self::DayKey,
        Self::Alias,
        Self::Bounce,
        Self::Audit,
        Self::TestMail,
    ];

    /// Part of the key's derivation: a changed word is a changed key.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Csrf => "csrf",
            Self::Code => "code",
            Self::Cookie => "cookie",
            Self::Thread => "thread",
            Self::Dedup => "dedup",
            Self::Limit => "limit",
            Self::DayKey => "day-key",
            Self::Alias => "alias",
            Self::Bounce => "bounce",
            Self::Audit => "audit",
            Self::TestMail => "test-mail",
        }
    }
}

impl Vault {
    /// HMAC-SHA256 under the key of that purpose. Each part is preceded by its length: `["ab", "c"]` is not `["a", "bc"]`.
    pub fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> Digest {
        mac(&self.0.purposes[purpose as usize], parts)
    }

    /// By this a member is found; the same for every spelling of one mailbox.
    pub fn index(&self, address: &Address) -> Digest {
        mac(&self.0.index, &[address.canonical().expose().as_bytes()])
    }

    /// For bans and pair memory: under a key that is never rotated, since the address may be gone by then.
    pub fn memory_hash(&self, address: &Address) -> Digest {
        mac(&self.0.memory, &[address.canonical().expose().as_bytes()])
    }
}

/// Equal, in a time that does not tell where the first difference is.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

pub(super) fn mac(key: &MacKey, parts: &[&[u8]]) -> Digest {
    let mut mac = Hmac::<Sha256>::new(key.expose().into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    Digest(mac.finalize().into_bytes().into())
}
