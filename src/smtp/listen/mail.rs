//! MAIL FROM: RFC 5321 4.1.1.2, SIZE: RFC 1870, BODY: RFC 6152.

use std::borrow::Cow;

use smtp_proto::{MAIL_BODY_7BIT, MAIL_BODY_8BITMIME, MailFrom};

use super::replies;
use super::session::{Session, State};
use crate::smtp::Intake;

impl<I: Intake> Session<I> {
    pub(super) fn mail(&mut self, mail: &MailFrom<Cow<'_, str>>) {
        if !matches!(self.state, State::Ready) {
            return self.answer(replies::WRONG_ORDER);
        }
        if asks_for_more(mail) {
            return self.answer(replies::UNKNOWN_PARAMETER);
        }
        if mail.size > self.shared.settings.max_bytes {
            return self.answer(replies::TOO_BIG);
        }
        self.state = State::Mail { from: mail.address.to_string() };
        self.answer(replies::SENDER_OK);
    }
}

/// Any parameter of an extension that was not offered.
fn asks_for_more(mail: &MailFrom<Cow<'_, str>>) -> bool {
    mail.flags & !(MAIL_BODY_7BIT | MAIL_BODY_8BITMIME) != 0
        || mail.trans_id.is_some()
        || mail.env_id.is_some()
        || mail.solicit.is_some()
        || mail.mtrk.is_some()
        || mail.auth.is_some()
        || mail.by != 0
        || mail.hold_for != 0
        || mail.hold_until != 0
        || mail.mt_priority != 0
}
