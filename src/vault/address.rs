//! An email address, as it was typed and checked. It cannot be printed; it leaves as text only where mail is sent.

use unicode_normalization::UnicodeNormalization;

use super::{Secret, canonical};

/// RFC 5321 4.5.3.1.3, without the angle brackets.
const MAX_OCTETS: usize = 254;
/// RFC 5321 4.5.3.1.1.
const MAX_LOCAL_OCTETS: usize = 64;
/// RFC 1035 2.3.4.
const MAX_LABEL_OCTETS: usize = 63;

/// A mailbox. The local part is as typed, the domain in lower case and in its ASCII form (A-labels).
#[derive(Clone)]
pub struct Address {
    text: Secret<String>,
    /// Where the `@` stands.
    at: usize,
}

/// Why something typed is no address; the page has a sentence for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressProblem {
    #[error("no address")]
    Empty,
    #[error("not the form of an address")]
    Format,
    /// Such mailboxes exist (RFC 6531), but too few mail servers take them for us to promise delivery.
    #[error("letters before the @ that mail servers do not take")]
    NonAsciiLocal,
    #[error("a control character")]
    ControlCharacter,
    #[error("longer than an address can be")]
    TooLong,
}

impl Address {
    pub fn parse(typed: &str) -> Result<Self, AddressProblem> {
        let trimmed = typed.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if trimmed.is_empty() {
            return Err(AddressProblem::Empty);
        }
        if trimmed.chars().any(char::is_control) {
            return Err(AddressProblem::ControlCharacter);
        }
        // Bounds the work below; NFKC makes at most 18 characters of one.
        if trimmed.len() > 4 * MAX_OCTETS {
            return Err(AddressProblem::TooLong);
        }
        let text: Secret<String> = Secret::new(trimmed.nfkc().collect());
        let (local, domain) = text.expose().split_once('@').ok_or(AddressProblem::Format)?;
        if local.is_empty() || domain.is_empty() || domain.contains('@') {
            return Err(AddressProblem::Format);
        }
        if !local.is_ascii() {
            return Err(AddressProblem::NonAsciiLocal);
        }
        if local.len() > MAX_LOCAL_OCTETS {
            return Err(AddressProblem::TooLong);
        }
        if !is_dot_atom(local) {
            return Err(AddressProblem::Format);
        }
        let domain = a_labels(domain)?;
        if local.len() + 1 + domain.len() > MAX_OCTETS {
            return Err(AddressProblem::TooLong);
        }
        Ok(Self { at: local.len(), text: Secret::new(format!("{local}@{domain}")) })
    }

    /// What to write to.
    pub fn as_str(&self) -> &str {
        self.text.expose()
    }

    pub fn local(&self) -> &str {
        self.as_str().get(..self.at).unwrap_or_default()
    }

    pub fn domain(&self) -> &str {
        self.as_str().get(self.at + 1..).unwrap_or_default()
    }

    /// The one spelling by which a mailbox is known here, to compare and to hash, never to write to.
    pub fn canonical(&self) -> Secret<String> {
        canonical::canonical(self.local(), self.domain())
    }

    pub fn is_same_mailbox(&self, other: &Self) -> bool {
        super::same(self.canonical().expose().as_bytes(), other.canonical().expose().as_bytes())
    }
}

/// Zero-width and direction marks that come along when an address is copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// RFC 5321 4.1.2 and RFC 5322 3.2.3. Quoted local parts are refused: nobody has one, and they are a way to smuggle.
fn is_dot_atom(local: &str) -> bool {
    let is_atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}

fn a_labels(domain: &str) -> Result<String, AddressProblem> {
    // A sentence may end after the address; a `%` would be decoded by the URL rules.
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    if domain.contains('%') {
        return Err(AddressProblem::Format);
    }
    let Ok(url::Host::Domain(domain)) = url::Host::parse(domain) else {
        return Err(AddressProblem::Format);
    };
    let is_label = |label: &str| {
        (1..=MAX_LABEL_OCTETS).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // Mail to a bare top-level domain is never meant.
    if domain.contains('.') && domain.split('.').all(is_label) { Ok(domain) } else { Err(AddressProblem::Format) }
}
