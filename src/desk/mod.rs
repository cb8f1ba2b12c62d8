//! What coordinators see, and what they do about it.
//!
//! Promises: who waits, the late first; where there is room; which pairs have not begun to write; whether mail leaves; whose
//! hand waits for somebody's word; where hands are missing, in bands. A suggestion is an offer like any other. Never does: show
//! an address, a note or a letter, rank people, answer for a sponsor.
//! The pages below `/desk` call it, for a session of the desk alone.

mod band;
mod case;
mod error;
mod forecast;
mod hands;
mod history;
mod numbers;
mod overview;
mod queries;
mod queue;
mod start;
mod tick;
mod vouching;

#[cfg(test)]
pub(crate) mod tests;

pub use band::{Band, HowMany};
pub use case::{Asked, Case, Fitting, LookedAfter, Press, Pressed, find_case, press, suggest};
pub use error::Error;
pub use forecast::{Forecast, MORE, forecast};
pub use hands::{Hands, Named, list_hands};
pub use history::{Told, Who, history};
pub use numbers::{Numbers, Within, numbers};
pub use overview::{LeftWaiting, Mail, Missing, Overview, Waiting, count_cases, overview};
pub use start::{count_open_steps, first_steps, is_open, note_step, send_test_mail, take_test_digits};
pub use tick::tick;
pub use vouching::{Say, WaitingHand, list_waiting_hands, say};
