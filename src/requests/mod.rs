//! A newcomer's request and the offers made of it: placed, asked around, answered.
//!
//! Promises: a request is asked for in waiting order by the rules of `matching`; an offer never goes beyond a free place;
//! the first yes wins in one transaction and nobody exceeds their places; a "not now" is never shown. Never does: choose by
//! anything but those rules, tell a newcomer who was asked. `hands` tells it of hands that changed, the pages place and
//! answer, the desk suggests.

mod again;
mod answer;
mod ask;
mod change;
mod error;
mod facts;
mod for_now;
mod forget;
mod hours;
mod look_after;
mod model;
mod offer_view;
mod place;
mod postpone;
mod progress;
mod queries;
mod reported;
mod suggest;
mod tick;
mod updates;

pub use crate::matching::OfferState;
pub use again::{Asked, Choice, Chosen, choose, find_asked, once_more, someone_else};
pub use answer::{Answered, Reply, answer};
pub use change::{change, widen};
pub use error::Error;
pub use facts::plan_of_candidates;
pub use forget::forget_closed;
pub use hours::move_hours;
pub use look_after::{leave_to_all, list_looked_after, look_after};
pub use model::{Draft, Offer, PostponeReason, Request, State};
pub use offer_view::{OfferView, Standing, find_offer};
pub use place::{Placed, place, stop_looking, withdraw, withdraw_all_of};
pub use postpone::{Postponed, ask_now, ask_on, postpone};
pub use progress::{Next, Progress, progress_of, scarcity_of};
pub use queries::{
    count_open_of, find_request, find_waiting_by_short, find_waiting_of, latest_of, list_offers, list_settled_of,
    list_waiting, note_of,
};
pub use reported::stop_asking_about;
pub use suggest::{Suggested, find_fitting, suggest, take_back};
pub use tick::{look_at_all_soon, tick, withdraw_offers_of};
