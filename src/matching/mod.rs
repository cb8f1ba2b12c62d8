//! Every rule of asking: who fits whom, in what order, how many to ask, when to look again, quiet hours. Pure: whole
//! numbers in, whole numbers out; the time is an argument, chance a stored value. It never reads or writes anything.
//! `requests` asks it for a look at a request, `hands` and the pages for hours and sets.

mod hours;
mod model;
mod sets;

pub use hours::{DayPart, DayParts, Hours, is_utc_offset};
pub use model::{HandFacts, Wish};
pub use sets::{Descriptions, Languages};
