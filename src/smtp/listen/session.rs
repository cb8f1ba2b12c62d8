//! One connection from greeting to goodbye: reads a command, hands it to its verb, counts what went wrong.

use std::net::IpAddr;
use std::sync::Arc;

use smtp_proto::{Error as Fault, Request};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::wire::{End, Line, Wire};
use super::xforward::{self, Forwarded};
use super::{Listener, replies};
use crate::smtp::{Intake, Protocol};

/// Answers of the 5xx kind in one connection. A mail server in front makes none; a prober makes nothing else.
const FAULTS: u32 = 20;
/// Commands without a message between them. 100 recipients in one LMTP transaction are within it.
const COMMANDS: u32 = 250;

/// Where in a transaction the peer stands.
pub(super) enum State {
    /// No HELO, EHLO or LHLO yet.
    Fresh,
    Ready,
    Mail {
        from: String,
    },
    Rcpt {
        from: String,
        to: Vec<String>,
    },
}

pub(super) struct Session<I> {
    pub(super) shared: Arc<Listener<I>>,
    pub(super) wire: Wire,
    pub(super) peer: IpAddr,
    pub(super) protocol: Protocol,
    pub(super) helo: String,
    pub(super) forwarded: Forwarded,
    pub(super) state: State,
    pub(super) commands: u32,
    faults: u32,
}

impl<I: Intake> Session<I> {
    pub(super) fn new(shared: Arc<Listener<I>>, stream: TcpStream, peer: IpAddr) -> Self {
        let wire = Wire::new(stream, shared.settings.patience);
        Self {
            shared,
            wire,
            peer,
            protocol: Protocol::Smtp,
            helo: String::new(),
            forwarded: Forwarded::default(),
            state: State::Fresh,
            commands: 0,
            faults: 0,
        }
    }

    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let greeting = replies::greeting(&self.shared.settings.hello_name);
        self.wire.say(&greeting);
        let end = loop {
            if let Err(end) = self.turn(&mut stop).await {
                break end;
            }
        };
        match end {
            End::Told => {}
            End::Slow => self.wire.say(replies::SLOW),
            End::Stopping => self.wire.say(replies::STOPPING),
            End::Lost => return,
        }
        self.wire.close().await;
    }

    pub(super) fn answer(&mut self, reply: &str) {
        if reply.starts_with('5') {
            self.faults += 1;
        }
        self.wire.say(reply);
    }

    /// The last answer of a connection whose framing can no longer be trusted, or that asked for it.
    pub(super) fn answer_and_end(&mut self, reply: &str) -> Result<(), End> {
        self.wire.say(reply);
        Err(End::Told)
    }

    /// Ends the transaction, not the session. XFORWARD speaks for one transaction.
    pub(super) fn reset(&mut self) {
        self.forwarded = Forwarded::default();
        if !matches!(self.state, State::Fresh) {
            self.state = State::Ready;
        }
    }

    async fn turn(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), End> {
        let line = match self.wire.line(stop).await? {
            Line::Command(line) => line,
            Line::BareNewline => return self.answer_and_end(replies::BARE_NEWLINE),
            Line::TooLong => return self.answer_and_end(replies::LINE_TOO_LONG),
        };
        self.commands += 1;
        self.command(&line).await?;
        if self.faults >= FAULTS || self.commands >= COMMANDS {
            return self.answer_and_end(replies::TOO_MANY_ERRORS);
        }
        Ok(())
    }

    async fn command(&mut self, line: &[u8]) -> Result<(), End> {
        if let Some(reply) = refused_as_it_stands(line) {
            self.answer(reply);
            return Ok(());
        }
        if let Some(arguments) = xforward::arguments(line) {
            self.xforward(arguments);
            return Ok(());
        }
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request,
            Err(fault) => {
                self.answer(fault_reply(&fault));
                return Ok(());
            }
        };
        match request {
            Request::Helo { host } => self.helo(&host),
            Request::Ehlo { host } => self.ehlo(&host, Protocol::Smtp),
            Request::Lhlo { host } => self.ehlo(&host, Protocol::Lmtp),
            Request::Mail { from } => self.mail(&from),
            Request::Rcpt { to } => self.rcpt(&to).await,
            Request::Data => return self.data().await,
            Request::Rset => {
                self.reset();
                self.answer(replies::OK);
            }
            Request::Noop { .. } => self.answer(replies::OK),
            Request::Help { .. } => self.answer(replies::HELP),
            Request::Vrfy { .. } => self.answer(replies::VERIFY),
            Request::Quit => return self.answer_and_end(replies::BYE),
            // RFC 3030: the message follows at once, and would be read as commands.
            Request::Bdat { .. } => return self.answer_and_end(replies::NOT_OFFERED),
            Request::Expn { .. }
            | Request::Auth { .. }
            | Request::StartTls
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. } => self.answer(replies::NOT_OFFERED),
        }
        Ok(())
    }
}

/// Control characters and, as SMTPUTF8 is not offered, anything beyond ASCII. A recipient that cannot exist is answered
/// like any that does not.
fn refused_as_it_stands(line: &[u8]) -> Option<&'static str> {
    let text = line.strip_suffix(b"\r\n").unwrap_or(line);
    let is_plain = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~');
    if text.iter().all(is_plain) {
        return None;
    }
    let verb = text.get(..4).unwrap_or_default().to_ascii_uppercase();
    Some(match verb.as_slice() {
        b"RCPT" => replies::UNAVAILABLE,
        b"MAIL" => replies::BAD_SENDER,
        _ => replies::SYNTAX,
    })
}

fn fault_reply(fault: &Fault) -> &'static str {
    match fault {
        Fault::UnknownCommand => replies::UNKNOWN_COMMAND,
        Fault::InvalidSenderAddress => replies::BAD_SENDER,
        Fault::InvalidRecipientAddress => replies::UNAVAILABLE,
        Fault::InvalidParameter { .. } => replies::BAD_ARGUMENT,
        Fault::UnsupportedParameter { .. } => replies::UNKNOWN_PARAMETER,
        Fault::NeedsMoreData { .. }
        | Fault::SyntaxError { .. }
        | Fault::ResponseTooLong
        | Fault::InvalidResponse { .. } => replies::SYNTAX,
    }
}
