//! The bytes that leave and the envelope sender they leave with, as they lie in a row: the sender, LF, the mail.

use super::bounces;
use crate::ground::Ground;

/// Made once, so that a repeat after an unclear answer is the same message. Holds what a person wrote: no Debug.
pub struct Finished {
    /// For one use only.
    pub sender: String,
    pub bytes: Vec<u8>,
}

impl Finished {
    /// Draws the envelope sender at `domain`.
    pub fn new(ground: &Ground, domain: &str, bytes: Vec<u8>) -> Self {
        Self { sender: bounces::draw_sender(&ground.chance, domain), bytes }
    }

    /// Local part of the Message-ID, as our own writer wrote it: one line, CRLF.
    pub(super) fn message_id(&self) -> Option<&str> {
        let line = self.bytes.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(b"Message-ID: <"))?;
        std::str::from_utf8(line).ok()?.split('@').next()
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        [self.sender.as_bytes(), b"\n", &self.bytes].concat()
    }

    /// None for what `encode` never wrote.
    pub fn decode(payload: &[u8]) -> Option<Self> {
        let end = payload.iter().position(|byte| *byte == b'\n')?;
        let sender = std::str::from_utf8(payload.get(..end)?).ok()?;
        Some(Self { sender: sender.to_owned(), bytes: payload.get(end + 1..)?.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_laid_down_is_taken_up_byte_for_byte() {
        let finished = Finished { sender: "v-a@n.example".into(), bytes: b"From: x\r\n\r\n\n\n\xff".to_vec() };
        let again = Finished::decode(&finished.encode()).unwrap();
        assert!(again.sender == finished.sender && again.bytes == finished.bytes);
        assert!(Finished::decode(b"no line").is_none());
        assert_eq!(again.message_id(), None);
        let mail = b"From: x\r\nMessage-ID: <a1@n.example>\r\n\r\n".to_vec();
        assert_eq!(Finished { sender: String::new(), bytes: mail }.message_id(), Some("a1"));
    }
}
