//! What a person sees in a real browser, with JavaScript on and off, on a narrow screen and a wide one.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not there")]

mod browser;
mod desk;
mod harness;
mod newcomer;
mod paper;
mod screens;
mod service;
#[path = "../support/skip.rs"]
mod skip;
