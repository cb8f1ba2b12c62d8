//! The demo's inboxes: an intake that takes everything and keeps it in memory, for `/demo` and as the mail sink of tests.
//! It never sends, never answers, and forgets everything when it is dropped.

use std::sync::{Mutex, PoisonError};

use mail_parser::MessageParser;

use crate::smtp::{DataAnswer, Delivery, Intake, RcptAnswer};

/// One mail as it arrived. The people of the demo are invented; still no Debug.
#[derive(Clone)]
pub struct Delivered {
    pub envelope_from: String,
    pub to: String,
    pub raw: Vec<u8>,
    pub subject: String,
    /// The first text part, decoded.
    pub text: String,
}

#[derive(Default)]
pub struct Mailbox(Mutex<Vec<Delivered>>);

impl Mailbox {
    /// Every mail so far, oldest first.
    pub fn list(&self) -> Vec<Delivered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Intake for Mailbox {
    async fn rcpt(&self, _address: &str) -> RcptAnswer {
        RcptAnswer::Known
    }

    async fn data(&self, delivery: Delivery) -> DataAnswer {
        let delivered = read(delivery);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(delivered);
        DataAnswer::Taken
    }
}

fn read(delivery: Delivery) -> Delivered {
    let message = MessageParser::default().parse(&delivery.raw);
    let subject = message.as_ref().and_then(|message| message.subject()).unwrap_or_default().to_owned();
    let text = message.as_ref().and_then(|message| message.body_text(0)).unwrap_or_default().into_owned();
    Delivered { envelope_from: delivery.mail_from, to: delivery.rcpt, raw: delivery.raw, subject, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smtp::Protocol;

    #[tokio::test]
    async fn a_mail_is_kept_with_its_subject_and_text_decoded() {
        let mailbox = Mailbox::default();
        let raw = "Subject: =?utf-8?q?J=C3=B6?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3Db\r\n";
        let delivery = Delivery {
            peer: [127, 0, 0, 1].into(),
            helo: "out.example".into(),
            mail_from: String::new(),
            rcpt: "jo@jo.example".into(),
            raw: raw.into(),
            protocol: Protocol::Smtp,
        };
        assert_eq!(mailbox.rcpt("jo@jo.example").await, RcptAnswer::Known);
        assert_eq!(mailbox.data(delivery).await, DataAnswer::Taken);
        let list = mailbox.list();
        let [mail] = list.as_slice() else { panic!("one mail") };
        assert_eq!((mail.subject.as_str(), mail.text.trim_end()), ("J\u{f6}", "a=b"));
        assert_eq!((mail.envelope_from.as_str(), mail.to.as_str()), ("", "jo@jo.example"));
        assert_eq!(mail.raw, raw.as_bytes());
    }
}
