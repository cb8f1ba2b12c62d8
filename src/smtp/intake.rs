//! The relay behind the listener: finds out who wrote, asks the room, and turns its answer into one of three words. What
//! goes wrong inside is "try later": the peer keeps the message.

use super::authenticate::{Authenticator, Verdict};
use super::{DataAnswer, Delivery, Intake, RcptAnswer};
use crate::relay::{self, Answer, Arrival, MailSide, Proof};

pub struct RelayIntake {
    pub side: MailSide,
    pub authenticator: Authenticator,
}

impl Intake for RelayIntake {
    async fn rcpt(&self, address: &str) -> RcptAnswer {
        let (side, address) = (self.side.clone(), address.to_owned());
        match self.side.ground.run(move |_| relay::rcpt_answer(&side, &address)).await {
            Ok(relay::RcptAnswer::Known) => RcptAnswer::Known,
            Ok(relay::RcptAnswer::Unknown) => RcptAnswer::Unknown,
            Err(error) => {
                tracing::error!(%error, "a recipient could not be looked up");
                RcptAnswer::TryLater
            }
        }
    }

    async fn data(&self, delivery: Delivery) -> DataAnswer {
        let Delivery { peer, helo, mail_from, rcpt, raw, .. } = delivery;
        let proof = match self.authenticator.verdict(&raw, peer, &helo, &mail_from).await {
            Verdict::Proven { from } => Proof::Mailbox(from),
            Verdict::NotProven => Proof::NotProven,
            Verdict::TryLater => Proof::TryLater,
        };
        match relay::accept(&self.side, Arrival { rcpt, mail_from, proof, raw }).await {
            Ok(Answer::Taken) => DataAnswer::Taken,
            Ok(Answer::Refused) => DataAnswer::Refused,
            Ok(Answer::TryLater) => DataAnswer::TryLater,
            Err(error) => {
                tracing::error!(%error, "a message could not be taken in");
                DataAnswer::TryLater
            }
        }
    }
}
