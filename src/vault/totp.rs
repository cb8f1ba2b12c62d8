//! The coordinators' second proof: a code from an authenticator, six digits every thirty seconds (RFC 6238).

use totp_rs::{Builder, Totp};

use super::code::ascii_digits;
use super::{Chance, Error, Secret, same};
use crate::clock::Timestamp;

/// RFC 4226 section 4, R6: 160 bits.
const SECRET_LENGTH: usize = 20;
/// RFC 6238 section 5.2 (seconds).
const STEP: u64 = 30;
const DIGITS: usize = 6;

/// Shared with the authenticator. Sealed before it is stored.
pub fn new_secret(chance: &Chance) -> Secret<Vec<u8>> {
    Secret::new(chance.bytes::<SECRET_LENGTH>().to_vec())
}

/// What the authenticator scans. `issuer` and `account` are shown in its list: neutral words, they say nothing.
///
/// # Errors
/// `Bug` if a word is empty or has a colon.
pub fn otpauth_url(secret: &Secret<Vec<u8>>, issuer: &str, account: &str) -> Result<Secret<String>, Error> {
    let totp = builder(secret).with_issuer(Some(issuer)).with_account_name(account).build();
    let url = totp.and_then(|totp| totp.to_url()).map_err(|_| Error::Bug("words of an authenticator link"))?;
    Ok(Secret::new(url))
}

/// The secret for typing where nothing can be scanned, in groups of four.
pub fn secret_text(secret: &Secret<Vec<u8>>) -> Secret<String> {
    let text = Secret::new(data_encoding::BASE32_NOPAD.encode(secret.expose()));
    let grouped = text.expose().chars().enumerate().fold(String::with_capacity(40), |mut grouped, (at, c)| {
        if at > 0 && at.is_multiple_of(4) {
            grouped.push(' ');
        }
        grouped.push(c);
        grouped
    });
    Secret::new(grouped)
}

/// The step whose code this is: now, the one before or the one after. The caller stores it in the same transaction as the
/// sign-in and hands it in as `last_step`: a step is taken once, and none before it (RFC 6238 section 5.2).
pub fn check(secret: &Secret<Vec<u8>>, code: &str, now: Timestamp, last_step: Option<i64>) -> Option<i64> {
    let code = ascii_digits(code, DIGITS)?;
    let totp = builder(secret).build().ok()?;
    let this = u64::try_from(now.0).ok()? / STEP;
    let steps = this.saturating_sub(1)..=this + 1;
    let mut found = None;
    for step in steps {
        let number = i64::try_from(step).ok()?;
        let is_fresh = last_step.is_none_or(|last| number > last);
        // All three are tried, whichever it is.
        if same(code_at(&totp, step).expose().as_bytes(), code.expose().as_bytes()) && is_fresh {
            found = found.or(Some(number));
        }
    }
    found
}

/// What the authenticator shows now. For the demo, whose coordinator has none, and for tests.
pub fn code_now(secret: &Secret<Vec<u8>>, now: Timestamp) -> Option<Secret<String>> {
    let totp = builder(secret).build().ok()?;
    Some(code_at(&totp, u64::try_from(now.0).ok()? / STEP))
}

fn code_at(totp: &Totp, step: u64) -> Secret<String> {
    Secret::new(totp.generate(step * STEP).to_string())
}

/// SHA-1, because some authenticators take other hashes and silently use it anyway.
fn builder(secret: &Secret<Vec<u8>>) -> Builder {
    Builder::new().with_secret(secret.expose().clone())
}
