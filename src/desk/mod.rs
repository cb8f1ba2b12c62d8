//! What coordinators see, and the one thing they do about it.
//!
//! Promises: who waits, the late first; where there is room; which pairs have not begun to write; whether mail leaves. A
//! suggestion is an offer like any other. Never does: show an address, a note or a letter, rank people, answer for a sponsor.
//! The pages below `/desk` call it, for a session of the desk alone.

mod case;
mod error;
mod history;
mod overview;
mod queries;
mod tick;

#[cfg(test)]
pub(crate) mod tests;

pub use case::{Asked, Case, Fitting, find_case, suggest};
pub use error::Error;
pub use history::{Told, Who, history};
pub use overview::{LeftWaiting, Mail, Overview, Waiting, overview};
pub use tick::tick;
