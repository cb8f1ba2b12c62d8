//! The mailed code: eight digits, worth nothing without the secret of the browser that asked for it.

use super::{Chance, Purpose, Secret, Vault, same};
use crate::clock::Day;
use crate::store::types::Digest;

const DIGITS: usize = 8;
const CODES: u32 = 100_000_000;

/// The zero of each script whose digits a phone keyboard types; the other nine follow it.
const ZEROS: &[char] = &[
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}', '\u{ff10}',
];

#[derive(Clone)]
pub struct Code(Secret<String>);

impl Code {
    pub fn draw(chance: &Chance) -> Self {
        Self(Secret::new(format!("{:08}", chance.below(CODES))))
    }

    /// As typed: `48291375`.
    pub fn digits(&self) -> String {
        self.0.expose().clone()
    }

    /// As read: `4829 1375`.
    pub fn grouped(&self) -> String {
        let (first, second) = self.0.expose().split_at(DIGITS / 2);
        format!("{first} {second}")
    }

    pub fn is_same(&self, other: &Self) -> bool {
        same(self.0.expose().as_bytes(), other.0.expose().as_bytes())
    }

    /// Takes spaces, dashes and marks anywhere, and the digits of other scripts.
    pub fn parse(typed: &str) -> Option<Self> {
        ascii_digits(typed, DIGITS).map(Self)
    }
}

impl Vault {
    /// What is stored of a code: bound to the browser, so that it is worthless when read in a shared mailbox.
    pub fn code_mac(&self, code: &Code, browser_secret: &[u8]) -> Digest {
        self.mac(Purpose::Code, &[code.0.expose().as_bytes(), browser_secret])
    }

    /// The digits of a test mail of that day: they open nothing, so they are kept nowhere.
    pub fn code_of_day(&self, day: Day) -> Code {
        let Digest([a, b, c, d, ..]) = self.mac(Purpose::TestMail, &[&day.0.to_be_bytes()]);
        Code(Secret::new(format!("{:08}", u32::from_be_bytes([a, b, c, d]) % CODES)))
    }
}

/// Exactly `count` digits in any script, as ASCII, once what people put between them is dropped.
pub(super) fn ascii_digits(typed: &str, count: usize) -> Option<Secret<String>> {
    let mut digits = Secret::new(String::with_capacity(count));
    for c in typed.chars().filter(|&c| !is_between_digits(c)) {
        if digits.expose().len() == count {
            return None;
        }
        digits.0.push(ascii_digit(c)?);
    }
    (digits.expose().len() == count).then_some(digits)
}

fn is_between_digits(c: char) -> bool {
    // White space includes the no-break spaces; then hyphens and dashes, then direction and zero-width marks.
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn ascii_digit(c: char) -> Option<char> {
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(c).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}
