//! When something is not right: a report holds the pair at once, a case finds the one coordinator who may see it, and a ban
//! outlives leaving.
//!
//! Promises: nothing is read from the relay, the case holds what the reporter chose to say and no more; the one who was
//! reported learns neither why nor by whom; a coordinator who is named, vouched for the accused, or was ever a pair with one
//! of the two never sees it; every opening is on record. Never does: judge, read a letter, tell an address.

mod assign;
mod ban;
mod cases;
mod decide;
mod error;
mod model;
mod report;
mod suspended;
mod tick;

pub use assign::{count_unassigned, list_assigned, list_coordinators};
pub use ban::{Proposed, confirm, list_proposed, turn_down};
pub use cases::{Case, Evidence, Row, find_case, list_cases, open_evidence};
pub use decide::decide;
pub use error::Error;
pub use model::{Category, Decision};
pub use report::{Reported, Said, report};
pub use suspended::{Second, Suspended, list_suspended, say_of_suspended};
pub use tick::{forget, tick};
