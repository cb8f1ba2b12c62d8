//! The demo: invented people on one machine. Stands above the other doors.

pub mod dns;
pub mod mailbox;
