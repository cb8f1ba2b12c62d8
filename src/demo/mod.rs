//! The demo: the whole service on one machine with invented people, real SMTP on loopback and a clock that turns.
//! Stands above the other doors.
//!
//! Promises: it drives the same App as `serve`, so what it shows is what happens; it opens no store but its own, which it
//! removes at the end; no mail leaves the machine. Never does: take a short cut into a room's tables. `cli` and tests
//! start it.

pub mod dns;
mod drive;
mod letter;
pub mod mailbox;
mod meetings;
mod pages;
mod people;
mod scanner;
mod seed;
mod stage;
mod start;

pub use seed::DeskKey;
pub use start::{Demo, Error, start};
