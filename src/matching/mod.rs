//! Every rule of asking: who fits whom, in what order, how many to ask, when to look again, quiet hours. Pure: whole
//! numbers in, whole numbers out; the time is an argument, chance a stored value. It never reads or writes anything.
//! `requests` asks it for a look at a request, `hands` and the pages for hours and sets.

mod asking;
mod fit;
mod hours;
mod model;
mod offer;
mod places;
mod quiet;
mod rank;
mod reasons;
mod scarcity;
mod sets;
mod supply;

pub use asking::{ForNowSoFar, Look, Round, for_now_due_at, lapses_at, look, next_look, offers_wanted, silence_after};
pub use fit::{NotNow, can_ask, fits};
pub use hours::{DayPart, DayParts, Hours, is_utc_offset};
pub use model::{HandFacts, Kind, Wish};
pub use offer::{OfferEvent, OfferState, was_asked};
pub use places::{is_at_first, is_older, places_of_hand};
pub use quiet::{is_quiet, quiet_ends_at};
pub use rank::rank;
pub use reasons::{Reason, reasons};
pub use scarcity::{More, Part, Widening, scarcity};
pub use sets::{Descriptions, Experience, Languages};
pub use supply::{Gap, Seeker, gaps, is_anybody_free};

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod small_towns;
#[cfg(test)]
mod tests;
