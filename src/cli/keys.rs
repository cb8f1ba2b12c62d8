//! `keys list` and `keys dkim`: what is in the folder of keys, the signing keys, and the DNS records that go with them.

use std::fmt::Write;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::WithSettings;
use crate::app::{Outside, make_signing_keys};
use crate::config::{Role, Settings};
use crate::outbox::dkim::records;
use crate::vault::{KeyState, SigningKeys, list_keys};

/// RFC 1035 3.3: a string in a TXT record has at most 255 octets; the reader joins them (RFC 6376 3.6.2.2).
const LONGEST_STRING: usize = 255;

#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Print which keys are there, and the DNS records to publish
    #[command(after_help = "Example: show-of-hands keys list --config /etc/show-of-hands.toml")]
    List(WithSettings),
    /// Make the keys that sign mail where they are missing, and print the DNS records to publish
    #[command(after_help = "Example: show-of-hands keys dkim --config /etc/show-of-hands.toml")]
    Dkim(WithSettings),
}

pub fn run(options: Options) -> Result<()> {
    match options.what {
        What::List(settings) => list(&settings.read()?),
        What::Dkim(settings) => dkim(settings.read_beside_a_service()?),
    }
}

fn list(settings: &Settings) -> Result<()> {
    for key in list_keys(&settings.keys)? {
        let state = match key.state {
            KeyState::There => "there".to_owned(),
            KeyState::Count(count) => format!("{count} there"),
            KeyState::Missing => "missing".to_owned(),
            KeyState::Exposed => "EXPOSED".to_owned(),
            KeyState::Malformed => "DAMAGED".to_owned(),
        };
        println!("{state:<9} {}", key.purpose);
    }
    if let Ok(Some(keys)) = SigningKeys::open(&settings.keys) {
        println!("\n{}", zone(settings, &keys));
    }
    Ok(())
}

/// A host with pages alone has no place for these keys: the mailer's role refuses a folder without its private key.
fn dkim(mut settings: Settings) -> Result<()> {
    settings.role = Role::Mailer;
    let made = make_signing_keys(&settings, &Outside::real())?;
    for purpose in &made {
        println!("made      {purpose}");
    }
    if let Some(keys) = SigningKeys::open(&settings.keys)? {
        println!("{}{}", if made.is_empty() { "" } else { "\n" }, zone(&settings, &keys));
    }
    println!("Publish these first; then start the service again, which signs from then on.");
    Ok(())
}

/// Lines for a zone file. What differs from one operator to the next stands in a comment.
fn zone(settings: &Settings, keys: &SigningKeys) -> String {
    let Settings { mail_domain: domain, hello_name, smarthost, .. } = settings;
    let host = smarthost.host_str().unwrap_or_default();
    let mut zone = format!(
        "; The mail server in front of us, with an address record that leads back to it.\n\
         {domain}. IN MX 10 {hello_name}.\n\
         ; Who may send: if {host} is somebody else's, add what it tells you: \"v=spf1 mx include:... -all\".\n"
    );
    let (dmarc, policy) = (format!("_dmarc.{domain}"), "v=DMARC1; p=reject; adkim=s; aspf=s".to_owned());
    let spf = (domain.clone(), "v=spf1 mx -all".to_owned());
    for (name, text) in [spf, (dmarc, policy)].into_iter().chain(records(keys, domain)) {
        let _ = writeln!(zone, "{name}. IN TXT {}", strings(&text)); // writing to a String cannot fail
    }
    zone
}

/// One quoted string, or several in parentheses. The text has neither quotes nor backslashes.
fn strings(text: &str) -> String {
    let pieces: Vec<String> =
        text.as_bytes().chunks(LONGEST_STRING).map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece))).collect();
    match pieces.as_slice() {
        [one] => one.clone(),
        several => format!("( {} )", several.join(" ")),
    }
}
