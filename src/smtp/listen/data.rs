//! DATA: RFC 5321 4.1.1.4; RFC 2033 4.2 for the answers of LMTP, one for each recipient.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::body::{Body, Step};
use super::replies;
use super::session::{Session, State};
use super::wire::End;
use crate::smtp::{DataAnswer, Delivery, Intake, Protocol};

/// The pace alone (1 KiB in 30 s) would let one message hold its memory for days.
const LONGEST: Duration = Duration::from_mins(10);
/// A message that is too big is read to its end and dropped, so that the peer hears why; up to this many times the limit.
const DRAINED: usize = 4;
/// The first piece of memory, doubled from there.
const FIRST_BYTES: usize = 64 * 1024;

/// What reading came to.
enum Reading {
    Message(Message),
    TooBig,
    NoMemory,
}

/// A message and its share of the memory all sessions have. The share is counted by capacity.
struct Message {
    raw: Vec<u8>,
    share: Option<OwnedSemaphorePermit>,
}

impl Message {
    fn new() -> Self {
        Self { raw: Vec::new(), share: None }
    }

    /// Makes room for `more` bytes, or says that there is none.
    fn make_room(&mut self, more: usize, memory: &Arc<Semaphore>) -> bool {
        let needed = self.raw.len() + more;
        if needed <= self.raw.capacity() {
            return true;
        }
        let capacity = needed.max(self.raw.capacity() * 2).max(FIRST_BYTES);
        let extra_kib = (capacity - self.raw.capacity()).div_ceil(1024);
        let permit = u32::try_from(extra_kib).ok().and_then(|kib| Arc::clone(memory).try_acquire_many_owned(kib).ok());
        let Some(permit) = permit else {
            return false;
        };
        match &mut self.share {
            Some(share) => share.merge(permit),
            None => self.share = Some(permit),
        }
        self.raw.reserve_exact(capacity - self.raw.len());
        true
    }
}

impl<I: Intake> Session<I> {
    pub(super) async fn data(&mut self) -> Result<(), End> {
        let (from, to) = match mem::replace(&mut self.state, State::Ready) {
            State::Rcpt { from, to } => (from, to),
            other => {
                self.state = other;
                self.answer(replies::WRONG_ORDER);
                return Ok(());
            }
        };
        self.answer(replies::START_DATA);
        // A new period, so that a short letter is not closed for a slow greeting.
        self.wire.begin_period();
        match timeout(LONGEST, self.read_message()).await.unwrap_or(Err(End::Slow))? {
            Reading::Message(message) => self.hand_over(from, to, message).await,
            // LMTP: the mail server in front has accepted the message; a 5xx would make it mail a bounce to a perhaps
            // forged sender. It knows our SIZE and has told its own peer.
            Reading::TooBig if self.protocol == Protocol::Lmtp => self.answer_each(&to, replies::TRY_LATER),
            Reading::TooBig => self.answer(replies::TOO_BIG),
            Reading::NoMemory => self.answer_each(&to, replies::NO_MEMORY),
        }
        self.reset();
        self.commands = 0;
        self.wire.begin_period();
        Ok(())
    }

    async fn read_message(&mut self) -> Result<Reading, End> {
        let shared = Arc::clone(&self.shared);
        let max_bytes = shared.settings.max_bytes;
        let (mut body, mut message, mut read_bytes) = (Body::new(), Message::new(), 0_usize);
        let mut refused = None;
        loop {
            let input = match self.wire.bytes().await {
                Ok(input) => input,
                // CR LF . CR and then nothing: no end of a message, and said so.
                Err(End::Slow) if body.holds_cr() => return self.end_reading(replies::BARE_NEWLINE),
                Err(end) => return Err(end),
            };
            if refused.is_none() && !message.make_room(input.len() + 1, &shared.memory) {
                refused = Some(Reading::NoMemory);
            }
            if refused.is_some() {
                message = Message { raw: Vec::with_capacity(input.len() + 1), share: None };
            }
            let (used, step) = body.read(input, &mut message.raw);
            input.drain(..used);
            read_bytes += used;
            if refused.is_none() && message.raw.len() > max_bytes {
                refused = Some(Reading::TooBig);
            }
            match step {
                Step::End => return Ok(refused.unwrap_or(Reading::Message(message))),
                Step::BareNewline => return self.end_reading(replies::BARE_NEWLINE),
                Step::LineTooLong => return self.end_reading(replies::DATA_LINE_TOO_LONG),
                Step::More if read_bytes > max_bytes.saturating_mul(DRAINED) => {
                    return self.end_reading(replies::TOO_BIG);
                }
                Step::More => {}
            }
        }
    }

    /// The end of the message is unknown from here on, so the connection ends as well. A peer that sends this is no
    /// mail server that follows RFC 5321, so the 5xx goes to LMTP too.
    fn end_reading(&mut self, reply: &str) -> Result<Reading, End> {
        self.answer_and_end(reply)?;
        Err(End::Told)
    }

    /// Gives the message to the intake, once for each recipient, and answers: LMTP each, SMTP once.
    async fn hand_over(&mut self, from: String, to: Vec<String>, message: Message) {
        let shared = Arc::clone(&self.shared);
        let Message { mut raw, share } = message;
        let mut worst = DataAnswer::Taken;
        let count = to.len();
        for (index, rcpt) in to.into_iter().enumerate() {
            let is_last = index + 1 == count;
            let delivery = Delivery {
                peer: self.forwarded.address.unwrap_or(self.peer),
                helo: self.forwarded.helo.clone().unwrap_or_else(|| self.helo.clone()),
                mail_from: from.clone(),
                rcpt,
                raw: if is_last { mem::take(&mut raw) } else { raw.clone() },
                protocol: self.protocol,
            };
            let answer = self.wire.while_we_work(shared.intake.data(delivery)).await;
            match self.protocol {
                Protocol::Lmtp => self.answer(final_reply(answer, Protocol::Lmtp)),
                Protocol::Smtp => worst = worse(worst, answer),
            }
        }
        drop(share);
        if self.protocol == Protocol::Smtp {
            self.answer(final_reply(worst, Protocol::Smtp));
        }
    }

    fn answer_each(&mut self, to: &[String], reply: &str) {
        let times = if self.protocol == Protocol::Lmtp { to.len() } else { 1 };
        for _ in 0..times {
            self.answer(reply);
        }
    }
}

fn final_reply(answer: DataAnswer, protocol: Protocol) -> &'static str {
    match (answer, protocol) {
        (DataAnswer::Taken, _) | (DataAnswer::Refused, Protocol::Lmtp) => replies::OK,
        (DataAnswer::Refused, Protocol::Smtp) => replies::UNAVAILABLE,
        (DataAnswer::TryLater, _) => replies::TRY_LATER,
    }
}

/// One answer for several recipients: once more for all is better than one lost.
fn worse(one: DataAnswer, other: DataAnswer) -> DataAnswer {
    match (one, other) {
        (DataAnswer::TryLater, _) | (_, DataAnswer::TryLater) => DataAnswer::TryLater,
        (DataAnswer::Refused, _) | (_, DataAnswer::Refused) => DataAnswer::Refused,
        _ => DataAnswer::Taken,
    }
}
