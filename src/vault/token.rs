//! Random tokens: a capability in a link, a session in a cookie. Only their SHA-256 is stored; a token is known to its
//! holder alone.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

use super::{Chance, Secret};
use crate::store::types::Digest;

/// 128 bits, 26 characters: links, invitations, relay addresses.
pub type Token = RandomToken<16>;
/// 256 bits, 52 characters: a session.
pub type SessionToken = RandomToken<32>;

#[derive(Clone)]
pub struct RandomToken<const N: usize>(Secret<[u8; N]>);

impl<const N: usize> RandomToken<N> {
    pub fn draw(chance: &Chance) -> Self {
        Self(Secret::new(chance.bytes()))
    }

    /// Base32 (RFC 4648 section 6) in lower case without padding: nothing to mistake in a mail, and it survives a mail
    /// client that turns an address into capitals.
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(self.0.expose()).to_ascii_lowercase()
    }

    /// `None` unless it is exactly what `text` gives, but for the case of letters.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != (N * 8).div_ceil(5) {
            return None;
        }
        let bytes = Secret::new(BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?);
        Some(Self(Secret::new(bytes.expose().as_slice().try_into().ok()?)))
    }

    /// Under a mask, which twice is none: as random as it was.
    pub fn masked(&self, mask: &Digest) -> Self {
        const { assert!(N <= 32, "the mask is as long") };
        let mut bytes = Secret::new(*self.0.expose());
        bytes.0.iter_mut().zip(mask.0).for_each(|(byte, mask)| *byte ^= mask);
        Self(bytes)
    }

    /// What is stored. Unkeyed: at 128 random bits there is nothing to try out.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0.expose()).into())
    }
}
