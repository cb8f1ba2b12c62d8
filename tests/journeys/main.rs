//! The service as people live it: the App itself, pages without JavaScript, real SMTP, a clock that is turned by hand.
//! One story a file, each on SQLite and on PostgreSQL.
#![expect(clippy::expect_used, clippy::panic, reason = "a story stops at the first thing that is not so")]

#[path = "../support/engine.rs"]
mod engine;
#[path = "../support/skip.rs"]
mod skip;
mod support;

mod a_newcomer_hears_back;
mod a_sponsors_week;
mod a_year_of_silence;
mod another_mailbox;
mod at_once;
mod canaries;
mod clocks;
mod codes;
mod comes_back;
mod day_mail;
mod desk;
mod does_not_add_up;
mod duty;
mod ends_alike;
mod erasure;
mod first_steps;
mod for_now;
mod fortnight;
mod late_and_loud;
mod links;
mod meetings;
mod names;
mod night;
mod nobody_fits;
mod not_right;
mod numbers;
mod on_to_the_next;
mod one_word;
mod paper;
mod policy;
mod postfix;
mod rotating_coordinator;
mod routes;
mod serve;
mod signed;
mod silent_sponsor;
mod smarthost;
mod stepping_back;
mod timers;
mod told_once;
mod vouching;
mod what_holds;
mod wire;
mod wishes;
mod your_page;
