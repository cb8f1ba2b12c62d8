//! RCPT TO: RFC 5321 4.1.1.3. The answer depends on the address alone, never on who asks (D8).

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use smtp_proto::RcptTo;

use super::replies;
use super::session::{Session, State};
use crate::smtp::{Intake, Protocol, RcptAnswer};

/// RFC 5321 4.5.3.1.8: at least 100.
const MOST_RECIPIENTS: usize = 100;

impl<I: Intake> Session<I> {
    pub(super) async fn rcpt(&mut self, rcpt: &RcptTo<Cow<'_, str>>) {
        let (from, mut to) = match mem::replace(&mut self.state, State::Ready) {
            State::Mail { from } => (from, Vec::new()),
            State::Rcpt { from, to } => (from, to),
            other => {
                self.state = other;
                return self.answer(replies::WRONG_ORDER);
            }
        };
        let reply = self.recipient_reply(rcpt, to.len()).await;
        if reply == replies::RECIPIENT_OK {
            to.push(rcpt.address.to_string());
        }
        self.state = if to.is_empty() { State::Mail { from } } else { State::Rcpt { from, to } };
        self.answer(reply);
    }

    async fn recipient_reply(&mut self, rcpt: &RcptTo<Cow<'_, str>>, already: usize) -> &'static str {
        // RFC 3461 and RFC 7293 are not offered.
        if rcpt.flags != 0 || rcpt.orcpt.is_some() || rcpt.rrvs != 0 {
            return replies::UNKNOWN_PARAMETER;
        }
        // SMTP answers once after DATA, so one transaction can have one recipient: the peer comes again with the next.
        let one_alone = self.protocol == Protocol::Smtp && !self.shared.settings.many_recipients;
        if already >= if one_alone { 1 } else { MOST_RECIPIENTS } {
            return replies::TOO_MANY_RECIPIENTS;
        }
        let shared = Arc::clone(&self.shared);
        match self.wire.while_we_work(shared.intake.rcpt(&rcpt.address)).await {
            RcptAnswer::Known => replies::RECIPIENT_OK,
            RcptAnswer::Unknown => replies::UNAVAILABLE,
            RcptAnswer::TryLater => replies::TRY_LATER,
        }
    }
}
