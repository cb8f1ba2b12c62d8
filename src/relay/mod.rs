//! The room of letters: what comes in for a relay address, and what is written on a pair's page, becomes a letter that
//! passed the gate (design D6 to D8).
//!
//! Promises: `Taken` is said after the commit; a relay address is no right, only the proven other member writes to it; the
//! raw message is never stored; who may write hears of a letter that did not go. Never does: speak SMTP, ask DNS, send.
//! `smtp::intake` and the mailer call it, the pages call [`write`] alone.

mod accept;
mod bytes;
mod carry;
mod comes_back;
#[cfg(test)]
mod corpus;
mod error;
pub mod letter;
mod note;
mod preview;
mod rcpt;
pub mod report;
mod tally;
mod who;
mod write;

pub use accept::{Answer, Arrival, Proof, accept};
pub use carry::{carry_page_letter, tell_left_out, words_of};
pub use error::Error;
pub use preview::{Pair, Person, Preview, preview};
pub use rcpt::{RcptAnswer, rcpt_answer};
pub use tally::forget;
pub use write::{Say, WriteProblem, write};

use crate::ground::Ground;
use crate::notices::Site;
use crate::vault::{Address, Opener};

/// What the mail side stands on: the ground, and what the pages may not hold.
#[derive(Clone)]
pub struct MailSide {
    pub ground: Ground,
    pub opener: Opener,
    pub site: Site,
    /// Who hosts this, where they gave an address.
    pub operator: Option<Address>,
}
