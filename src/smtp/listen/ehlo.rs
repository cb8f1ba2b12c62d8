//! HELO, EHLO (RFC 5321 4.1.1.1) and LHLO (RFC 2033 4.1): who speaks, and which protocol from here on.

use super::replies;
use super::session::{Session, State};
use crate::smtp::{Intake, Protocol};

impl<I: Intake> Session<I> {
    pub(super) fn helo(&mut self, host: &str) {
        self.begin(host, Protocol::Smtp);
        let reply = replies::hello(&self.shared.settings.hello_name);
        self.answer(&reply);
    }

    pub(super) fn ehlo(&mut self, host: &str, protocol: Protocol) {
        self.begin(host, protocol);
        let settings = &self.shared.settings;
        let reply = replies::extended_hello(&settings.hello_name, settings.max_bytes, self.may_xforward());
        self.answer(&reply);
    }

    fn begin(&mut self, host: &str, protocol: Protocol) {
        self.reset();
        self.state = State::Ready;
        self.protocol = protocol;
        host.clone_into(&mut self.helo);
    }
}
