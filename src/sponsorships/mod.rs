//! The pair that came of a yes, for good or for now: introduced, live, ended; paused while the sponsor steps back. Owns the
//! relay addresses and the memory of pairs.
//!
//! Promises: two relay addresses are made with a pair and die with it; an end needs no reason and reads the same whoever
//! ended it; two who were a pair are remembered as long as one of them is here. Never does: find anybody a sponsor, read a
//! letter. `requests` introduces, `relay` resolves and notes letters, the pages end.

mod aliases;
mod back;
mod end;
mod error;
mod introduce;
mod memory;
mod model;
mod names;
mod queries;
mod tick;
mod view;

pub use aliases::{
    Alias, Told, alias_hash, alias_place, find_alias, find_sealed_local_part, forget_aliases, list_sealed_local_parts,
    mark_told, note_other_mailbox, other_local_part,
};
pub use back::{come_back, list_handovers, move_return, return_of, set_handover, step_back};
pub use end::{block, end, end_all_of, end_of, end_softly, hold};
pub use error::Error;
pub use introduce::introduce;
pub use memory::{change_address, list_remembered};
pub use model::{Side, Sponsorship, State};
pub use names::{name_of, partner_name};
pub use queries::{
    count_active, find_sponsorship, find_sponsorship_of, go_on, list_active_of_sponsee, list_met, list_of_member,
    note_letter, other_mailbox_on,
};
pub use tick::tick;
pub use view::{PairView, find_view, list_views};
