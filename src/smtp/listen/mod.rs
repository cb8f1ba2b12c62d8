//! The listener: SMTP (HELO, EHLO) and LMTP (LHLO) on one port, for loopback and private networks; a mail server
//! stands in front of it. It promises 250 only after the intake has stored the message, constant answers, and bounds
//! on everything a peer can make it hold: bytes, lines, time, connections, errors. It never bounces a message and
//! never tells one peer of another. `app.rs` and the demo start it.
//!
//! One file per verb around the session's `State`; `wire.rs` is the connection, `body.rs` the pure end of DATA.

mod body;
mod data;
mod ehlo;
mod mail;
mod rcpt;
pub(super) mod replies;
mod session;
#[cfg(test)]
mod tests;
mod wire;
mod xforward;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use self::session::Session;
use super::Intake;
use super::accept::{Door, accept_all};

/// Message bytes in memory over all connections.
const MEMORY_KIB: usize = 64 * 1024;
/// A mail server in front opens about 20 at a time; the rest is room for peers that do not behave.
const CONNECTIONS: usize = 256;
pub struct ListenSettings {
    /// The one configured, neutral name: greeting and EHLO answer.
    pub hello_name: String,
    pub max_bytes: usize,
    /// Who may say by XFORWARD where a message came from. Anybody else could choose the address that SPF checks.
    pub xforward_peers: Vec<IpAddr>,
    /// More than one recipient in an SMTP transaction. Not for the relay, whose answer after DATA is for one alone.
    pub many_recipients: bool,
    /// A peer that moves less than 1 KiB in this time is closed.
    pub patience: Duration,
}

impl ListenSettings {
    pub fn new(hello_name: impl Into<String>) -> Self {
        Self {
            hello_name: hello_name.into(),
            max_bytes: 10 * 1024 * 1024,
            xforward_peers: Vec::new(),
            many_recipients: false,
            patience: Duration::from_secs(30),
        }
    }
}

/// What all sessions share.
struct Listener<I> {
    intake: Arc<I>,
    settings: ListenSettings,
    /// One permit is 1 KiB of message.
    memory: Arc<Semaphore>,
}

/// Serves until `shutdown` turns true or its sender is gone. Letters under way are finished first, `GRACE` at most.
pub async fn serve<I: Intake>(
    listener: TcpListener,
    intake: Arc<I>,
    settings: ListenSettings,
    shutdown: watch::Receiver<bool>,
) {
    let shared = Arc::new(Listener { intake, settings, memory: Arc::new(Semaphore::new(MEMORY_KIB)) });
    let door = Door { name: "the mail listener", connections: CONNECTIONS, busy: replies::BUSY };
    let stop = shutdown.clone();
    accept_all(listener, door, shutdown, move |stream, peer| {
        Session::new(Arc::clone(&shared), stream, canonical(peer)).run(stop.clone())
    })
    .await;
}

/// An IPv4 peer of a dual-stack socket is an IPv4 peer: SPF and the list of peers know it so.
fn canonical(peer: SocketAddr) -> IpAddr {
    peer.ip().to_canonical()
}
