//! Letters and mails of ours over real SMTP, from the listener to the mailbox.

mod house;
mod letters;
mod mails;
