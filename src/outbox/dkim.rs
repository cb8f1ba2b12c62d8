//! Signs what leaves (DKIM, RFC 6376; ed25519: RFC 8463), and says what must stand in DNS for it. The bytes in a row stay
//! unsigned: the gate has seen them, and a signature is made at each try. `mailer.rs` signs, `cli/keys.rs` prints.

use std::sync::Arc;

use data_encoding::BASE64;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256, SigningKey};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};

use crate::vault::SigningKeys;

#[cfg(test)]
mod tests;

/// Every header we write that says something. A name that a mail does not have is signed as absent, so that nobody adds it
/// on the way; the second From does the same for a second From (RFC 6376 5.4.2, 8.15).
const SIGNED: [&str; 12] = [
    "From",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
];

/// A key does not sign; nothing is wrong with the mail.
#[derive(thiserror::Error, Debug)]
#[error("a mail could not be signed")]
pub struct NotSigned;

#[derive(Clone)]
pub struct Signer(Arc<Pair>);

struct Pair {
    rsa: DkimSigner<RsaKey<Sha256>, Done>,
    ed25519: DkimSigner<Ed25519Key, Done>,
}

impl Signer {
    /// Signs as `domain`, which is the one in From and in the envelope sender: strict alignment (RFC 7489 3.1) holds.
    pub fn new(keys: SigningKeys, domain: &str) -> Self {
        Self(Arc::new(Pair {
            rsa: signer(keys.rsa.key, domain, keys.rsa.selector),
            ed25519: signer(keys.ed25519.key, domain, keys.ed25519.selector),
        }))
    }

    /// The mail below both signatures. Relaxed in header and body, which servers on the way may rewrap.
    pub fn sign(&self, mail: &[u8]) -> Result<Vec<u8>, NotSigned> {
        let rsa = self.0.rsa.sign(mail).map_err(|_| NotSigned)?.to_header();
        let ed25519 = self.0.ed25519.sign(mail).map_err(|_| NotSigned)?.to_header();
        Ok([rsa.as_bytes(), ed25519.as_bytes(), mail].concat())
    }
}

fn signer<K: SigningKey>(key: K, domain: &str, selector: String) -> DkimSigner<K, Done> {
    DkimSigner::from_key(key).domain(domain).selector(selector).headers(SIGNED)
}

/// A TXT record: its name without the last dot, and its text.
pub type Record = (String, String);

/// The public halves (RFC 6376 3.6.1). `s=email`: for mail and nothing else.
pub fn records(keys: &SigningKeys, domain: &str) -> [Record; 2] {
    let record = |selector: &str, kind: &str, public: &[u8]| {
        let text = format!("v=DKIM1; k={kind}; h=sha256; s=email; p={}", BASE64.encode(public));
        (format!("{selector}._domainkey.{domain}"), text)
    };
    let SigningKeys { rsa, ed25519 } = keys;
    [record(&rsa.selector, "rsa", &rsa.public), record(&ed25519.selector, "ed25519", &ed25519.public)]
}
