//! What a fellowship decides: timers, limits, who may sponsor, and the lists people choose from. It is data: the file
//! `templates/policy.toml` holds the defaults, an operator's file overrides single keys. Read at start and on SIGHUP.
//! A policy that was read is valid; nothing checks it again. Every room may ask it; it never changes by itself.

mod check;
mod lists;
mod sections;
mod values;

use serde::Deserialize;
use toml::{Table, Value};

pub use lists::{Language, Lists};
pub use sections::{
    Codes, Coordinators, ForNow, Hands, Invitations, Letters, MaySponsor, Meetings, Members, Offers, QuietHours,
    Requests, Safety, Sponsorships,
};
pub use values::TimeOfDay;

const DEFAULTS: &str = include_str!("../templates/policy.toml");

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub codes: Codes,
    pub requests: Requests,
    pub offers: Offers,
    pub quiet_hours: QuietHours,
    pub for_now: ForNow,
    pub hands: Hands,
    pub sponsorships: Sponsorships,
    pub letters: Letters,
    pub invitations: Invitations,
    pub coordinators: Coordinators,
    pub members: Members,
    pub safety: Safety,
    pub meetings: Meetings,
    pub may_sponsor: MaySponsor,
    pub lists: Lists,
}

/// Each is one sentence for the operator.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the policy file is not TOML: {0}")]
    NotToml(String),
    /// Unknown key, wrong kind of value, or a length of time that cannot be read; the text names the key.
    #[error("the policy file has a value that cannot be read: {0}")]
    Unreadable(String),
    #[error("policy key `{key}` {must}")]
    Invalid { key: &'static str, must: &'static str },
}

impl Policy {
    /// The defaults, with no file of the operator's.
    ///
    /// # Errors
    /// Only if the file built into the binary is wrong, which a test excludes.
    pub fn defaults() -> Result<Self, Error> {
        Self::from_toml("")
    }

    /// The defaults with the keys of `text` put over them; a list replaces the whole list.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let mut table = read_table(DEFAULTS)?;
        lay_over(&mut table, read_table(text)?);
        let policy: Self = table.try_into().map_err(|error| Error::Unreadable(one_line(&error)))?;
        policy.check()?;
        Ok(policy)
    }
}

fn read_table(text: &str) -> Result<Table, Error> {
    text.parse().map_err(|error| Error::NotToml(one_line(&error)))
}

fn lay_over(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(inner)), Value::Table(value)) => lay_over(inner, value),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// The TOML reader speaks in several lines, with a picture of the place; the log wants one.
fn one_line(error: &toml::de::Error) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
