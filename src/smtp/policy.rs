//! The policy service for Postfix (its `SMTPD_POLICY_README`): says in the sender's own connection whether there is somebody
//! at an address. Behind Postfix a refusal at LMTP comes too late: Postfix has taken the mail and bounces it to a perhaps
//! forged sender. It looks at the recipient alone (D8), asks what the listener asks, says no more than the listener says, and
//! logs no attribute. `app.rs` runs it beside the listener.
//!
//! A request is lines of `name=value`, ended by LF and closed by an empty one; any number of them in one connection. To what
//! is no request there is no answer: the connection is closed, and Postfix falls back to its own default action.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use super::accept::{Door, accept_all};
use super::listen::replies;
use super::{Intake, RcptAnswer};

#[cfg(test)]
mod tests;

/// Postfix's own bound on a line (`line_length_limit`).
const LONGEST_LINE: usize = 2048;
/// Postfix 3.7 sends 35.
const MOST_ATTRIBUTES: usize = 100;
/// One request; what a connection can make us hold, beside one read.
const MOST_BYTES: usize = 16 * 1024;
const READ_BYTES: usize = 4 * 1024;

pub struct PolicySettings {
    /// One for each smtpd process of Postfix, which are 100 by default.
    pub connections: usize,
    /// From one answer to the end of the next request. Postfix lets go of an idle connection after 300 s
    /// (`smtpd_policy_service_max_idle`) and should be the one to close.
    pub patience: Duration,
}

impl Default for PolicySettings {
    fn default() -> Self {
        Self { connections: 256, patience: Duration::from_secs(330) }
    }
}

/// Serves until `shutdown` turns true or its sender is gone.
pub async fn serve<I: Intake>(
    listener: TcpListener,
    intake: Arc<I>,
    settings: PolicySettings,
    shutdown: watch::Receiver<bool>,
) {
    let door = Door { name: "the policy service", connections: settings.connections, busy: "" };
    let stop = shutdown.clone();
    accept_all(listener, door, shutdown, move |stream, _| {
        talk(stream, Arc::clone(&intake), settings.patience, stop.clone())
    })
    .await;
}

/// One connection to its end.
async fn talk<I: Intake>(mut stream: TcpStream, intake: Arc<I>, patience: Duration, mut stop: watch::Receiver<bool>) {
    let mut input = Vec::new();
    loop {
        let next = timeout(patience, next_request(&mut stream, &mut input));
        let read = tokio::select! {
            read = next => read,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        let recipient = match read {
            Ok(Next::Recipient(recipient)) => recipient,
            Ok(Next::Malformed) => {
                tracing::warn!("what came to the policy service is no request");
                return;
            }
            Ok(Next::Closed) | Err(_) => return,
        };
        let action = match recipient {
            None => "DUNNO",
            Some(address) => action(intake.rcpt(&address).await),
        };
        let answer = format!("action={action}\n\n");
        if !matches!(timeout(patience, stream.write_all(answer.as_bytes())).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// The listener's own words, without the line end. `DUNNO`: nothing against it, the next restriction is asked.
fn action(answer: RcptAnswer) -> &'static str {
    match answer {
        RcptAnswer::Known => "DUNNO",
        RcptAnswer::Unknown => replies::UNAVAILABLE.trim_end(),
        RcptAnswer::TryLater => replies::TRY_LATER.trim_end(),
    }
}

/// What stands at the front of the input.
#[derive(PartialEq, Eq)]
enum Next {
    /// None where a request is about no recipient: another stage than RCPT, or several at once.
    Recipient(Option<String>),
    Malformed,
    Closed,
}

async fn next_request(stream: &mut TcpStream, input: &mut Vec<u8>) -> Next {
    loop {
        if let Some(next) = take_request(input) {
            return next;
        }
        input.reserve(READ_BYTES);
        match stream.read_buf(input).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return Next::Closed,
        }
    }
}

/// Takes one request off the front; none if it is not whole.
fn take_request(input: &mut Vec<u8>) -> Option<Next> {
    let Some(end) = input.windows(2).position(|pair| pair == b"\n\n") else {
        return (input.len() > MOST_BYTES || input.first() == Some(&b'\n')).then_some(Next::Malformed);
    };
    let request: Vec<u8> = input.drain(..end + 2).collect();
    let lines = request.get(..end).filter(|lines| lines.len() <= MOST_BYTES);
    Some(lines.and_then(read).unwrap_or(Next::Malformed))
}

/// None for what is no request.
fn read(request: &[u8]) -> Option<Next> {
    let lines: Vec<&str> = str::from_utf8(request).ok()?.split('\n').collect();
    let is_in_bounds = lines.len() <= MOST_ATTRIBUTES && lines.iter().all(|line| line.len() <= LONGEST_LINE);
    if !is_in_bounds || lines.first() != Some(&"request=smtpd_access_policy") {
        return None;
    }
    let mut recipient = None;
    for line in lines {
        let (name, value) = line.split_once('=')?;
        if name == "recipient" && recipient.replace(value).is_some() {
            return None;
        }
    }
    Some(Next::Recipient(recipient.filter(|value| !value.is_empty()).map(str::to_owned)))
}
