//! What every story stands on: the App itself on ports of its own, a clock that stands, real SMTP both ways, people
//! with a browser and a mailbox.

pub mod app;
pub mod browser;
pub mod dump;
pub mod mail;
pub mod people;
pub mod postfix;
pub mod routes;
pub mod seed;
pub mod smarthost;
pub mod smtp;

pub use app::TestApp;
pub use browser::Browser;
pub use people::{Coordinator, Newcomer, Sponsor};
