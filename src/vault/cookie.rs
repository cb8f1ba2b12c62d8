//! Cookie values that the browser keeps but cannot read, change or rename.
//!
//! ```text
//! base64url( version 1 (1) | nonce (24) | XChaCha20-Poly1305 ciphertext + tag (16) )   associated data: the cookie's name
//! ```

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;

use super::{Chance, Vault};

const VERSION: u8 = 1;
const NONCE_AT: usize = 1;
const TEXT_AT: usize = 25;

impl Vault {
    pub fn seal_cookie(&self, name: &str, bytes: &[u8], chance: &Chance) -> String {
        let nonce: [u8; 24] = chance.bytes();
        let payload = Payload { msg: bytes, aad: name.as_bytes() };
        // Fails only over 256 GiB; an empty value opens as nothing.
        let Ok(sealed) = self.cookie_cipher().encrypt(&XNonce::from(nonce), payload) else {
            return String::new();
        };
        BASE64URL_NOPAD.encode(&[&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// `None` for whatever was not sealed here under this name.
    pub fn open_cookie(&self, name: &str, value: &str) -> Option<Vec<u8>> {
        let bytes = BASE64URL_NOPAD.decode(value.as_bytes()).ok()?;
        if bytes.first() != Some(&VERSION) {
            return None;
        }
        let nonce: [u8; 24] = bytes.get(NONCE_AT..TEXT_AT)?.try_into().ok()?;
        let payload = Payload { msg: bytes.get(TEXT_AT..)?, aad: name.as_bytes() };
        self.cookie_cipher().decrypt(&XNonce::from(nonce), payload).ok()
    }

    fn cookie_cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.cookie.expose().into())
    }
}
