//! The mail door: takes letters in over SMTP or LMTP and finds out who wrote them. It knows no member and no rule:
//! what arrives is handed to an `Intake` (the relay, or a mailbox of the demo), which answers in three words.
//! It never writes to disk, never sends mail, and logs no address, name or network address.

mod accept;
pub mod authenticate;
pub mod intake;
pub mod listen;
pub mod policy;

use std::net::IpAddr;

/// What stands behind the listener.
pub trait Intake: Send + Sync + 'static {
    /// Is there somebody at this address? The sender is not asked for: an answer that depended on it would confirm
    /// guesses (D8).
    fn rcpt(&self, address: &str) -> impl Future<Output = RcptAnswer> + Send;

    /// Takes one message for one recipient. `Taken` promises that it is stored: the peer forgets it then.
    fn data(&self, delivery: Delivery) -> impl Future<Output = DataAnswer> + Send;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RcptAnswer {
    Known,
    Unknown,
    TryLater,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DataAnswer {
    Taken,
    /// Not from who may write here. An LMTP peer reads "taken" all the same, or it would mail a bounce to a perhaps
    /// forged sender.
    Refused,
    TryLater,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    Smtp,
    Lmtp,
}

/// One message for one recipient. Holds personal data: no Debug, no Display.
#[derive(Clone)]
pub struct Delivery {
    /// Where the message came from: what a trusted peer says by XFORWARD, else the peer itself.
    pub peer: IpAddr,
    pub helo: String,
    /// Empty for `<>`.
    pub mail_from: String,
    pub rcpt: String,
    /// RFC 5322 bytes, every line closed by CRLF, dots unstuffed.
    pub raw: Vec<u8>,
    pub protocol: Protocol,
}
