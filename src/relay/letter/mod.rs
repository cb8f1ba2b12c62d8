//! A letter on its way through the relay: read → scrub → rebuild → gate, four steps on typed values, none of which
//! knows the next. Nothing of what came in is copied on: only decoded, scrubbed text survives, and the finished bytes
//! are searched once more before they may leave (design D6, D7). Pure: no database, no clock, no chance. Called by
//! `relay` for what came by mail and by the mailer for what was written on a page.
//!
//! None of the types that hold what a member wrote can be printed or serialised.

mod auto;
mod base64;
mod blocks;
mod body;
mod charsets;
mod gate;
mod headings;
mod heads;
mod html;
mod known;
mod languages;
mod links;
mod look;
mod names;
mod normal;
mod numbers;
mod quote;
mod read;
mod rebuild;
mod scrub;
mod secrets;
mod spoken;
mod style;
mod tokens;

#[cfg(test)]
mod tests;

pub use auto::Machine;
pub use gate::{Leak, gate};
pub use look::{Holds, look};
pub use read::{Unreadable, from_page, is_within_bounds, machine_mail, read};
pub use rebuild::rebuild;
pub use scrub::{ReplyWord, Scrubbed, reply_word, scrub};
pub use secrets::Secrets;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::clock::Timestamp;

/// A message as read: decoded text and what the caller needs to judge it, nothing else of it.
pub struct Incoming {
    pub from_name: Option<String>,
    /// Message-IDs that it answers, without brackets.
    pub answers: Vec<String>,
    /// Every address in `To` and `Cc`: some may have got the letter directly.
    pub recipients: Vec<String>,
    /// Decoded, one line, without Re: and Fwd:.
    pub subject: String,
    /// Lines end with LF, quotes are marked by `>`.
    pub text: String,
    pub dropped: Dropped,
    /// An HTML signature was left behind while reading.
    pub signature_cut: bool,
    pub origin: Origin,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    Mail,
    /// Written on a page, which has buttons in the place of reply words. `numbers_pass`: its writer was asked whether
    /// the numbers in it are meant.
    Page {
        numbers_pass: bool,
    },
}

/// Parts that are not passed on, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    pub pictures: u16,
    pub documents: u16,
    pub others: u16,
}

impl Dropped {
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// What must not be readable in a letter of one Sponsorship.
pub struct Known {
    /// Current and former addresses of both Members.
    pub addresses: Vec<String>,
    /// The first so many of them are the writer's.
    pub own: usize,
    pub relay_domain: String,
    /// The writer's name from elsewhere than this message's `From`, if there is one.
    pub full_name: Option<String>,
    /// What the other side may call the writer.
    pub first_name: String,
}

/// Our own words in the reader's language. The caller makes them; none may hold an address.
pub struct LetterWords {
    /// At least 140 visible neutral characters, so that a lock screen shows nothing of the letter.
    pub lead: String,
    pub footer: String,
    /// The subject after the check word: "new message".
    pub new_message: String,
    /// "[left out]"
    pub left_out: String,
    /// "Earlier:"
    pub earlier: String,
    /// One line made from [`Dropped`]; empty when nothing was dropped.
    pub not_passed_on: String,
    /// Leads and footers that an earlier letter of this Sponsorship may have had, names filled in, every language.
    pub all_leads: Vec<String>,
    /// `new_message` in every language.
    pub all_new_message: Vec<String>,
    /// STOP and HELP in every language, upper case.
    pub stop_words: Vec<String>,
    pub help_words: Vec<String>,
    /// Numbers that stay readable.
    pub emergency_numbers: Vec<String>,
}

/// What stands on the outside of the finished letter.
pub struct Envelope {
    pub from_name: String,
    /// The Alias the reader answers to.
    pub from_alias: String,
    /// The Alias by which the writer reaches this reader.
    pub to_alias: String,
    pub check_word: String,
    pub date: Timestamp,
    /// Local part.
    pub message_id: String,
    /// Local part.
    pub thread_root: String,
    pub relay_domain: String,
}

pub struct Context<'a> {
    pub known: &'a Known,
    pub words: &'a LetterWords,
    pub envelope: &'a Envelope,
}

/// A finished letter that passed the gate.
pub struct Carried {
    pub bytes: Vec<u8>,
    /// Something was replaced by the mark, or a signature was cut; its writer is told once.
    pub left_out: bool,
    /// The one new word is HELP.
    pub asks_help: bool,
}

#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotCarried {
    /// The one new word is STOP: not passed on, and known even where the gate would find something in the history.
    #[error("asks for the end of the contact")]
    Stop,
    #[error("nothing to read is left of the letter")]
    Empty,
    #[error("the finished letter would tell what it must not")]
    Leak(#[from] Leak),
}

/// More rounds than this only a hostile text needs, and gate refuses it.
const SCRUB_ROUNDS: usize = 8;

/// Scrub, rebuild and gate. A fault of ours ends one letter and not the process.
pub fn carry(incoming: &Incoming, context: &Context) -> Result<Carried, NotCarried> {
    catch_unwind(AssertUnwindSafe(|| carry_checked(incoming, context))).unwrap_or(Err(NotCarried::Leak(Leak::Fault)))
}

fn carry_checked(incoming: &Incoming, context: &Context) -> Result<Carried, NotCarried> {
    let secrets = Secrets::of(incoming, context.known, context.words);
    match once(incoming, context, &secrets, 1) {
        // The replacing itself may have brought two halves together, which few letters hold: the gate has looked, so it
        // is looked for again here alone.
        Err(NotCarried::Leak(_)) => once(incoming, context, &secrets, SCRUB_ROUNDS),
        done => done,
    }
}

fn once(incoming: &Incoming, context: &Context, secrets: &Secrets, rounds: usize) -> Result<Carried, NotCarried> {
    let Context { known, words, envelope } = context;
    let scrubbed = scrub(incoming, secrets, (&known.first_name, words), rounds);
    if scrubbed.reply_word == Some(ReplyWord::Stop) {
        return Err(NotCarried::Stop);
    }
    if scrubbed.is_empty() && words.not_passed_on.is_empty() {
        return Err(NotCarried::Empty);
    }
    let bytes = rebuild(&scrubbed, words, envelope);
    gate(&bytes, secrets, &known.relay_domain, &[&envelope.from_alias, &envelope.to_alias])?;
    Ok(Carried {
        bytes,
        left_out: scrubbed.left_out || scrubbed.signature_cut,
        asks_help: scrubbed.reply_word == Some(ReplyWord::Help),
    })
}
