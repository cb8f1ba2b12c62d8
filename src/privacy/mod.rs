//! What the house knows of a member, and how it forgets: the one room that knows every table.
//!
//! Promises: a member who proves the address again is erased at once and everywhere, without a way back; the other of each
//! pair reads the one text of every ended contact; whatever has a life ends with it; [`TABLES`] says for each table what
//! becomes of it, and a test fails on a table that is not there; a member's copy tells what it says there. Never does: keep a
//! sign of an erasure that names anybody, mail the one who left (the mailbox may be shared), open an address. The member's page erases, the tick calls [`retention`].

mod erase;
mod error;
mod export;
mod idle;
mod kept;
mod retention;
mod tables;

pub use erase::{Erased, erase};
pub use error::Error;
pub use export::export;
pub use kept::{ADDRESS_TOLD, Kept, KeptMonth, find_kept};
pub use retention::{retention, tick};
pub use tables::{Erase, Export, OnErase, Retention, TABLES, Table};
