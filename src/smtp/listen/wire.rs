//! The connection: lines in, replies out, bytes counted against the clock. Replies are held back until there is
//! nothing left to read, so that a pipelined group is answered in one packet (RFC 2920 3.2).

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

/// A peer must move this much per period of patience.
const LEAST_BYTES: usize = 1024;
/// One read. Also what a peer can make us hold beside a message.
const READ_BYTES: usize = 16 * 1024;
/// RFC 5321 4.5.3.1.4 says 512 and lets extensions add (SIZE 26, XFORWARD more).
const LONGEST_LINE: usize = 1024;
/// For last words: to be written, and for the peer to read them before a reset could take them away.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why a session ends.
pub(super) enum End {
    /// The last words are said.
    Told,
    Slow,
    Stopping,
    /// The peer is gone; nobody listens.
    Lost,
}

/// One line from the peer.
pub(super) enum Line {
    /// With its CRLF.
    Command(Vec<u8>),
    BareNewline,
    TooLong,
}

pub(super) struct Wire {
    stream: TcpStream,
    input: Vec<u8>,
    output: Vec<u8>,
    patience: Duration,
    deadline: Instant,
    moved: usize,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, patience: Duration) -> Self {
        let deadline = Instant::now() + patience;
        Self { stream, input: Vec::new(), output: Vec::new(), patience, deadline, moved: 0 }
    }

    pub(super) fn say(&mut self, reply: &str) {
        self.output.extend_from_slice(reply.as_bytes());
    }

    /// The next command line. Nothing new is begun once `stop` is true.
    pub(super) async fn line(&mut self, stop: &mut watch::Receiver<bool>) -> Result<Line, End> {
        loop {
            if *stop.borrow() {
                return Err(End::Stopping);
            }
            if let Some(line) = take_line(&mut self.input) {
                return Ok(line);
            }
            tokio::select! {
                more = self.read_more() => more?,
                _ = stop.wait_for(|stop| *stop) => return Err(End::Stopping),
            }
        }
    }

    /// What has arrived and is not yet read; waits if that is nothing.
    pub(super) async fn bytes(&mut self) -> Result<&mut Vec<u8>, End> {
        if self.input.is_empty() {
            self.read_more().await?;
        }
        Ok(&mut self.input)
    }

    /// Our own work does not count against the peer's time.
    pub(super) async fn while_we_work<T>(&mut self, work: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let result = work.await;
        self.deadline += began.elapsed();
        result
    }

    /// A finished message is worth a new period.
    pub(super) fn begin_period(&mut self) {
        self.moved = 0;
        self.deadline = Instant::now() + self.patience;
    }

    async fn read_more(&mut self) -> Result<(), End> {
        self.flush().await?;
        // The input holds less than one line here, so this bounds it.
        self.input.reserve(READ_BYTES);
        let read = timeout_at(self.deadline, self.stream.read_buf(&mut self.input)).await;
        match read {
            Err(_) => Err(End::Slow),
            Ok(Err(_) | Ok(0)) => Err(End::Lost),
            Ok(Ok(count)) => {
                self.count(count);
                Ok(())
            }
        }
    }

    async fn flush(&mut self) -> Result<(), End> {
        // In pieces, so that a stop in between says nothing twice.
        while !self.output.is_empty() {
            match timeout_at(self.deadline, self.stream.write(&self.output)).await {
                Err(_) => return Err(End::Slow),
                Ok(Err(_) | Ok(0)) => return Err(End::Lost),
                Ok(Ok(written)) => drop(self.output.drain(..written)),
            }
        }
        Ok(())
    }

    fn count(&mut self, bytes: usize) {
        self.moved += bytes;
        if self.moved >= LEAST_BYTES {
            self.begin_period();
        }
    }

    /// Says what is held back and closes. What the peer still sends is read and dropped for a moment: closing on unread
    /// bytes resets the connection, and the peer would never read our last words.
    pub(super) async fn close(mut self) {
        let farewell = async {
            if self.stream.write_all(&self.output).await.is_ok() && self.stream.shutdown().await.is_ok() {
                let mut dropped = [0; 4096];
                while matches!(self.stream.read(&mut dropped).await, Ok(1..)) {}
            }
        };
        let _ = timeout(FAREWELL, farewell).await;
    }
}

/// Takes one line off the front; none if it is not whole. A CR or LF on its own is no line end (RFC 5321 2.3.8): what
/// servers disagree about is where letters are smuggled in.
fn take_line(input: &mut Vec<u8>) -> Option<Line> {
    let Some(at) = input.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
        return (input.len() > LONGEST_LINE).then_some(Line::TooLong);
    };
    match (input.get(at), input.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) if at + 2 > LONGEST_LINE => Some(Line::TooLong),
        (Some(b'\r'), Some(b'\n')) => Some(Line::Command(input.drain(..at + 2).collect())),
        (Some(b'\r'), None) => None,
        _ => Some(Line::BareNewline),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_at_crlf_and_nowhere_else() {
        let mut input = b"NOOP\r\nQUIT\r".to_vec();
        assert!(matches!(take_line(&mut input), Some(Line::Command(line)) if line == b"NOOP\r\n"));
        assert!(take_line(&mut input).is_none());
        assert!(matches!(take_line(&mut b"NOOP\nQUIT\r\n".to_vec()), Some(Line::BareNewline)));
        assert!(matches!(take_line(&mut b"NOOP\rQUIT\r\n".to_vec()), Some(Line::BareNewline)));
        assert!(matches!(take_line(&mut vec![b'a'; LONGEST_LINE + 1]), Some(Line::TooLong)));
    }
}
