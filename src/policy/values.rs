//! How single values are written in the policy file: lengths of time ("16 h"), times of day ("21:00"), web addresses.

use std::fmt;

use chrono::TimeDelta;
use serde::de::{Deserialize, Deserializer, Error};
use url::Url;

/// Minutes since local midnight, 0..=1439.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// "HH:MM", 24 hours.
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
        (hours < 24 && minutes < 60).then_some(Self(hours * 60 + minutes))
    }

    pub fn minutes(self) -> i64 {
        i64::from(self.0)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

fn two_digits(text: &str) -> Option<u16> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a time of day such as \"21:00\"")))
    }
}

/// "10 min", "16 h", "3 days": a whole number above 0, a space, a unit.
fn parse_span(text: &str) -> Option<TimeDelta> {
    let (number, unit) = text.split_once(' ')?;
    let number: i64 = number.parse::<u32>().ok().filter(|number| *number > 0)?.into();
    match unit {
        "min" => TimeDelta::try_minutes(number),
        "h" => TimeDelta::try_hours(number),
        "day" | "days" => TimeDelta::try_days(number),
        _ => None,
    }
    // Ten years: beyond it a slip of the hand, and sums with it stay far from overflow.
    .filter(|span| *span <= TimeDelta::days(3650))
}

pub(super) fn span<'de, D: Deserializer<'de>>(source: D) -> Result<TimeDelta, D::Error> {
    read_span(&String::deserialize(source)?)
}

pub(super) fn spans<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<TimeDelta>, D::Error> {
    Vec::<String>::deserialize(source)?.iter().map(|text| read_span(text)).collect()
}

fn read_span<E: Error>(text: &str) -> Result<TimeDelta, E> {
    parse_span(text)
        .ok_or_else(|| E::custom(format!("`{text}` is not a length of time such as \"16 h\" or \"3 days\"")))
}

/// A web address; none is written "".
pub(super) fn address<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(source)?;
    if text.is_empty() {
        return Ok(None);
    }
    Url::parse(&text).map(Some).map_err(|_| D::Error::custom(format!("`{text}` is not a web address")))
}
