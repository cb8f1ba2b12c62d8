//! Which spellings are one mailbox, and which domains are slips of the finger.

use super::Secret;

/// Providers known to deliver `name+anything@` to `name@`. Elsewhere the plus may be part of a name, so it stays.
const DROPS_PLUS_TAG: &[&str] = &[
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
    "pm.me",
    "fastmail.com",
];

/// Domains that nobody means, and the one that is meant.
const TYPOS: &[(&str, &str)] = &[
    ("gmial.com", "gmail.com"),
    ("gmal.com", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gamil.com", "gmail.com"),
    ("gnail.com", "gmail.com"),
    ("gmaill.com", "gmail.com"),
    ("gmail.con", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("gmail.cm", "gmail.com"),
    ("gmail.om", "gmail.com"),
    ("gmail.comm", "gmail.com"),
    ("gmailcom", "gmail.com"),
    ("hotnail.com", "hotmail.com"),
    ("hotmial.com", "hotmail.com"),
    ("hotmal.com", "hotmail.com"),
    ("hotmai.com", "hotmail.com"),
    ("hotmil.com", "hotmail.com"),
    ("hotmail.con", "hotmail.com"),
    ("hotmail.co", "hotmail.com"),
    ("outlok.com", "outlook.com"),
    ("outloook.com", "outlook.com"),
    ("otlook.com", "outlook.com"),
    ("outlook.con", "outlook.com"),
    ("outlook.co", "outlook.com"),
    ("yaho.com", "yahoo.com"),
    ("yhoo.com", "yahoo.com"),
    ("yahooo.com", "yahoo.com"),
    ("yahoo.con", "yahoo.com"),
    ("yahoo.co", "yahoo.com"),
    ("iclod.com", "icloud.com"),
    ("icoud.com", "icloud.com"),
    ("icloud.con", "icloud.com"),
    ("icloud.co", "icloud.com"),
    ("protonmail.con", "protonmail.com"),
    ("aol.con", "aol.com"),
    ("live.con", "live.com"),
];

pub(super) fn canonical(local: &str, domain: &str) -> Secret<String> {
    let domain = if domain == "googlemail.com" { "gmail.com" } else { domain };
    let mut local = Secret::new(local.to_ascii_lowercase());
    if DROPS_PLUS_TAG.contains(&domain)
        && let Some(plus) = local.0.find('+').filter(|&plus| plus > 0)
    {
        local.0.truncate(plus);
        let named = local.0.trim_end_matches('.').len();
        local.0.truncate(named);
    }
    if domain == "gmail.com" {
        local.0.retain(|c| c != '.');
    }
    Secret::new(format!("{}@{domain}", local.expose()))
}

/// The address that was probably meant, if the domain is a known slip. Only ever a question on the page: it may be right.
pub fn typo_hint(typed: &str) -> Option<String> {
    let (local, domain) = typed.trim().rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let (_, meant) = TYPOS.iter().find(|(typo, _)| *typo == domain)?;
    Some(format!("{local}@{meant}"))
}
