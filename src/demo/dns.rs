//! A DNS server on loopback for the demo and for tests: under it every domain may send from this machine (SPF) and none
//! has a DKIM key or a DMARC record, unless added. It never asks another server and never leaves loopback.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// RFC 7208 5: this machine and nobody else.
const SPF: &str = "v=spf1 ip4:127.0.0.0/8 ip6:::1 -all";

// RFC 1035 3.2.2, RFC 3596 2.1.
const A: u16 = 1;
const SOA: u16 = 6;
const MX: u16 = 15;
const TXT: u16 = 16;
const AAAA: u16 = 28;

// RFC 1035 4.1.1.
const NO_ERROR: u8 = 0;
const SERVER_FAILURE: u8 = 2;
const NAME_ERROR: u8 = 3;
const HEADER_BYTES: usize = 12;
/// A pointer to the name of the question, which stands right behind the header (RFC 1035 4.1.4).
const NAME_OF_QUESTION: [u8; 2] = [0xC0, 0x0C];
/// RFC 6891: what our own resolver takes.
const LARGEST_PACKET: usize = 4096;

/// Answers until dropped.
pub struct Answerer {
    pub address: SocketAddr,
    zone: Arc<Zone>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Zone {
    fails: AtomicBool,
    /// How long an answer holds (seconds).
    holds: AtomicU32,
    /// Lower-case name without its last dot → texts.
    texts: Mutex<HashMap<String, Vec<String>>>,
}

/// Starts on a free port of 127.0.0.1.
pub async fn start() -> io::Result<Answerer> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = socket.local_addr()?;
    let zone = Arc::<Zone>::default();
    let task = tokio::spawn(answer_all(socket, Arc::clone(&zone)));
    Ok(Answerer { address, zone, task })
}

impl Answerer {
    /// From now on every question is answered by SERVFAIL, or no longer.
    pub fn set_failing(&self, fails: bool) {
        self.zone.fails.store(fails, Ordering::SeqCst);
    }

    /// Answers hold so long from now on (seconds), those that say there is nothing too, as answers in the world do. At
    /// first they hold no time at all: a change counts at once.
    pub fn set_holding(&self, seconds: u32) {
        self.zone.holds.store(seconds, Ordering::SeqCst);
    }

    /// Adds a TXT record; the first at a name takes the place of what every name has.
    pub fn add_txt(&self, name: &str, text: &str) {
        let mut texts = self.zone.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.entry(name.to_ascii_lowercase()).or_default().push(text.to_owned());
    }
}

impl Drop for Answerer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer_all(socket: UdpSocket, zone: Arc<Zone>) {
    let mut packet = vec![0; LARGEST_PACKET];
    loop {
        // An error here is about an earlier answer that nobody took: the next question is still worth reading.
        let Ok((size, from)) = socket.recv_from(&mut packet).await else {
            tokio::task::yield_now().await;
            continue;
        };
        if let Some(reply) = packet.get(..size).and_then(|query| reply(query, &zone)) {
            let _ = socket.send_to(&reply, from).await;
        }
    }
}

/// The answer to one question; none to what is no question.
fn reply(query: &[u8], zone: &Zone) -> Option<Vec<u8>> {
    let (name, after_name) = read_name(query)?;
    let question = query.get(HEADER_BYTES..after_name + 4)?;
    let kind = u16::from_be_bytes([*query.get(after_name)?, *query.get(after_name + 1)?]);
    let (code, records) =
        if zone.fails.load(Ordering::SeqCst) { (SERVER_FAILURE, Vec::new()) } else { look_up(&name, kind, zone) };

    let holds = zone.holds.load(Ordering::SeqCst);
    // RFC 2308 3: that there is nothing holds only where a SOA record says for how long.
    let says_nothing = records.is_empty() && code != SERVER_FAILURE && holds > 0;

    let mut reply = query.get(..2)?.to_vec();
    // Response, recursion desired and available; then the code.
    reply.extend_from_slice(&[0x81, 0x80 | code, 0, 1]);
    reply.extend_from_slice(&u16::try_from(records.len()).ok()?.to_be_bytes());
    reply.extend_from_slice(&[0, u8::from(says_nothing), 0, 0]);
    reply.extend_from_slice(question);
    let soa = says_nothing.then(|| (SOA, start_of_authority(holds)));
    for (kind, data) in records.into_iter().map(|data| (kind, data)).chain(soa) {
        reply.extend_from_slice(&NAME_OF_QUESTION);
        reply.extend_from_slice(&kind.to_be_bytes());
        // Class IN
        reply.extend_from_slice(&[0, 1]);
        reply.extend_from_slice(&holds.to_be_bytes());
        reply.extend_from_slice(&u16::try_from(data.len()).ok()?.to_be_bytes());
        reply.extend_from_slice(&data);
    }
    Some(reply)
}

/// RFC 1035 3.3.13: two names, a number, four spans of which a resolver reads the last.
fn start_of_authority(holds: u32) -> Vec<u8> {
    let numbers = [1, holds, holds, holds, holds].map(u32::to_be_bytes).concat();
    [NAME_OF_QUESTION.as_slice(), &NAME_OF_QUESTION, &numbers].concat()
}

/// Code and record data. Names with an underscore (keys, policies) exist only if added.
fn look_up(name: &str, kind: u16, zone: &Zone) -> (u8, Vec<Vec<u8>>) {
    let added = zone.texts.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
    if added.is_none() && name.split('.').any(|label| label.starts_with('_')) {
        return (NAME_ERROR, Vec::new());
    }
    let records = match kind {
        A => vec![vec![127, 0, 0, 1]],
        AAAA => vec![[[0; 15].as_slice(), &[1]].concat()],
        MX => vec![[[0, 10].as_slice(), &NAME_OF_QUESTION].concat()],
        TXT => added.unwrap_or_else(|| vec![SPF.to_owned()]).iter().map(|text| text_data(text)).collect(),
        _ => Vec::new(),
    };
    (NO_ERROR, records)
}

/// RFC 1035 3.3.14: pieces of up to 255 bytes, each after its length.
fn text_data(text: &str) -> Vec<u8> {
    let pieces = text.as_bytes().chunks(255);
    pieces
        .flat_map(|piece| std::iter::once(u8::try_from(piece.len()).unwrap_or(u8::MAX)).chain(piece.iter().copied()))
        .collect()
}

/// The name of the question, lower case, and where it ends. A question has no pointers.
fn read_name(query: &[u8]) -> Option<(String, usize)> {
    let mut labels = Vec::new();
    let mut at = HEADER_BYTES;
    loop {
        let length = usize::from(*query.get(at)?);
        at += 1;
        match length {
            0 => return Some((labels.join("."), at)),
            1..=63 => labels.push(String::from_utf8_lossy(query.get(at..at + length)?).to_ascii_lowercase()),
            _ => return None,
        }
        at += length;
    }
}
