//! A sponsor's declared availability: raise a hand, say how many and when, lower it, pause it.
//!
//! Promises: a hand goes up only with somebody's word for it, which is on record; lowering or pausing takes effect at once,
//! open offers included; a pause ends by itself. Never does: rank sponsors, ask why. It tells `requests` of a hand that changed by
//! calling down.

mod error;
mod model;
mod question;
mod raise;
mod settings;
mod state;
mod suspend;
mod tick;
mod vouch;

pub use error::Error;
pub use model::{Draft, Hand, PROMISE_VERSION, Rhythm, State};
pub use question::{Choice, Chosen, choose, is_settled};
pub use raise::{Raised, raise};
pub use settings::change_settings;
pub use state::{change, count_up, find_hand, list_hands, lower, pause, put_down, resume, step_back};
pub use suspend::{lift, suspend};
pub use tick::tick;
pub use vouch::{
    Said, Vouched, Waiting, count_waiting, list_vouchers, list_waiting, may_vouch, may_vouch_for, not_now,
    vouch_as_coordinator, vouch_as_sponsor,
};
