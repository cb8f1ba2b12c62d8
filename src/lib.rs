//! Show of Hands: a newcomer asks once for a sponsor, the first yes wins, and the two write each other by ordinary
//! email without learning each other's address. The house and its arrows are drawn in `docs/architecture.md`.

// doors
pub mod app;
pub mod cli;
pub mod demo;
pub mod feed;
pub mod mailer;
pub mod simulator;
pub mod smtp;
pub mod tick;
pub mod web;
// rooms
pub mod desk;
pub mod hands;
pub mod meetings;
pub mod members;
pub mod privacy;
pub mod relay;
pub mod requests;
pub mod safety;
pub mod sponsorships;
// pure
pub mod matching;
// ground
pub mod audit;
pub mod clock;
pub mod config;
pub mod counts;
pub mod ground;
pub mod i18n;
pub mod notices;
pub mod outbox;
pub mod policy;
pub mod store;
pub mod telemetry;
pub mod vault;
