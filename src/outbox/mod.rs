//! Everything that leaves as mail, in one table (D13).
//!
//! Promises: a row is written in the transaction of the state it reports; what it carries is sealed to the key of a day, so
//! only the mailer reads it; a row is leased before it is sent and gone when it was delivered or given up. Never does: open
//! an address, render a mail, speak SMTP. Rooms push; `mailer.rs` claims.

mod bounces;
mod days;
pub mod dkim;
mod finished;
mod lease;
pub mod mime;
mod push;
pub mod transport;

pub use bounces::{LETTER, SentMail, draw_sender, find_by_message_id, find_by_sender, forget_bounces, mark_reported};
pub use days::{days_without_key, first_day_kept, forget_day_keys, put_day_keys};
pub use finished::Finished;
pub use lease::{Outcome, claim, next_due_at, oldest_made_at, payload_place, settle, store_finished};
pub use push::{
    About, PageLetter, Reader, SealedLetter, push_finished, push_letter, push_notice, push_notices, withdraw_offer,
    withdraw_sponsorship,
};

use crate::clock::Timestamp;
use crate::store::ids::{JoinId, MemberId, OutboxId, SponsorshipId};
use crate::store::schema::outbox;
use crate::{store, store_cause, vault, word_enum};

word_enum! {
    /// What the payload of a row is.
    Kind {
        /// A `Notice` to be rendered.
        Notice = "notice",
        /// The bare text somebody wrote on a page; the mailer scrubs it (D3).
        Letter = "letter",
        /// The same, and its writer said that the numbers in it are meant.
        LetterWithNumbers = "letter-with-numbers",
        /// The bytes that leave, made once (so that a repeat after an unclear answer is the same message).
        Finished = "finished",
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// No usable day key: the mailer makes them seven days ahead, so it has not run for a week or never.
    #[error("no key of this day; is the mailer running?")]
    NoDayKey,
}

store_cause!(Error);

/// A row as the mailer sees it.
#[derive(diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = outbox)]
pub struct Row {
    pub id: OutboxId,
    pub kind: Kind,
    pub reason: String,
    pub member: Option<MemberId>,
    pub join_id: Option<JoinId>,
    pub sponsorship: Option<SponsorshipId>,
    pub writer: Option<MemberId>,
    pub payload: vault::SealedToDay,
    pub attempts: i32,
    pub made_at: Timestamp,
    pub gives_up_at: Timestamp,
}
