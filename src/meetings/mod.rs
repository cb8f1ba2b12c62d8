//! Meetings that a newcomer can go to while waiting: a public list, kept as it was last read, and what of it comes next.
//!
//! Promises: a list is kept until a better one was read, so a dead or odd feed takes nothing away; only what the page shows is
//! kept. Never does: fetch anything (the door `feed` does), say who looked, keep anything about a person. The pages ask
//! [`find_shown`], the mailer's side asks [`find_due`] and says how it went.

mod kept;
mod next;
mod tsml;

pub use kept::{Due, List, Marks, Shown, find, find_due, find_shown, keep, keep_unchanged, note_try};
pub use next::{SHOWN, SOON, Start, Upcoming, upcoming};
pub use tsml::{MOST_BYTES, Meeting, NotAList, read};

#[cfg(test)]
mod tests;
