//! The one place where mail leaves: takes rows of the outbox, makes the bytes where they are not made yet, opens the
//! reader's address and hands the mail to the smarthost.
//!
//! Promises: a row goes only after the smarthost took the mail, or after its writer is told in the same transaction; the
//! bytes are stored before the first try, so that a repeat is the same message; no log line says who, to whom or what.
//! Never does: decide whether a mail is written. `app.rs` runs it; tests and the demo drain it.

mod days;
mod prepare;
#[cfg(test)]
mod tests;

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

pub use days::{forget_days, keep_days};

use crate::clock::Day;
use crate::outbox::dkim::{NotSigned, Signer};
use crate::outbox::transport::{Health, Refusal, Smarthost};
use crate::outbox::{self, Outcome, Row};
use crate::relay::{self, MailSide};
use crate::{store, vault};
use prepare::{Ready, not_delivered, prepare};

/// Sends at a time. Each takes one row, so that no lease can run out in a queue of ours.
const LANES: i64 = 2;
/// The longest nap. Rows come due by the clock, which a test or the demo turns, and other processes write rows.
const NAP: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Outbox(#[from] outbox::Error),
    #[error(transparent)]
    Relay(#[from] relay::Error),
    #[error(transparent)]
    Sponsorships(#[from] crate::sponsorships::Error),
    #[error(transparent)]
    Members(#[from] crate::members::Error),
    #[error(transparent)]
    Notice(#[from] crate::notices::Error),
    #[error(transparent)]
    NotSigned(#[from] NotSigned),
}

#[derive(Clone)]
pub struct Mailer {
    pub side: MailSide,
    pub smarthost: Smarthost,
    pub health: Health,
    /// None where the operator made no signing keys; mail then leaves unsigned.
    pub signer: Option<Signer>,
}

impl Mailer {
    /// Runs until `shutdown` turns true or its sender is gone; what is being sent is finished first.
    pub async fn run(&self, mut shutdown: watch::Receiver<bool>) {
        let mut commits = self.side.ground.store.commits();
        let mut housekept_on = None;
        loop {
            housekept_on = self.keep_house(housekept_on).await;
            let count = self.pass_or_none().await;
            if *shutdown.borrow() {
                return;
            }
            if count > 0 {
                continue;
            }
            let nap = self.nap().await;
            tokio::select! {
                _ = commits.changed() => {}
                () = sleep(nap) => {}
                _ = shutdown.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Sends until nothing is due.
    pub async fn drain(&self) {
        self.keep_house(None).await;
        while self.pass_or_none().await > 0 {}
    }

    async fn pass_or_none(&self) -> usize {
        self.pass().await.unwrap_or_else(|error| {
            tracing::error!(%error, "the mailer could not look for mail");
            0
        })
    }

    /// One round: at most [`LANES`] rows, side by side. Gives how many there were.
    pub async fn pass(&self) -> Result<usize, Error> {
        let rows = self.side.ground.run(|ground| {
            // Looking writes nothing: a lease would be a commit, and each commit wakes us.
            let due_at = ground.store.read(|conn| outbox::next_due_at(conn, ground.now()))?;
            if due_at.is_none_or(|at| at > ground.now()) { Ok(Vec::new()) } else { outbox::claim(ground, LANES) }
        });
        let mut lanes = JoinSet::new();
        for row in rows.await? {
            let mailer = self.clone();
            lanes.spawn(async move { mailer.leave(row).await });
        }
        let count = lanes.len();
        while let Some(left) = lanes.join_next().await {
            if let Ok(Err(error)) = left {
                tracing::error!(%error, "a mail stays in the outbox until its lease ends");
            }
        }
        Ok(count)
    }

    async fn leave(&self, row: Row) -> Result<(), Error> {
        let kind = row.kind.word();
        let (side, signer) = (self.side.clone(), self.signer.clone());
        let prepared = move || {
            let mut ready = prepare(&side, &row)?;
            if let (Ready::Send { finished, .. }, Some(signer)) = (&mut ready, signer) {
                finished.bytes = signer.sign(&finished.bytes)?;
            }
            Ok((row, ready))
        };
        let (row, ready) = self.on_thread(prepared).await?;
        let outcome = match ready {
            Ready::Done(outcome) => outcome,
            Ready::Send { to, finished } => {
                let sent = self.smarthost.send(&finished.sender, &to, &finished.bytes).await;
                self.health.note(sent);
                match sent {
                    Ok(()) => Outcome::Gone,
                    Err(refusal) => {
                        tracing::warn!(kind, ?refusal, "a mail did not go");
                        self.refused(&row, refusal).await?
                    }
                }
            }
        };
        Ok(self.side.ground.run(move |ground| outbox::settle(ground, &row, &outcome)).await?)
    }

    async fn refused(&self, row: &Row, refusal: Refusal) -> Result<Outcome, Error> {
        match refusal {
            Refusal::Permanent => {
                let (side, sponsorship, writer) = (self.side.clone(), row.sponsorship, row.writer);
                self.on_thread(move || not_delivered(&side, sponsorship, writer)).await
            }
            Refusal::Temporary | Refusal::Credentials | Refusal::Unreachable => Ok(Outcome::Later),
        }
    }

    async fn on_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.side.ground.run(move |_| work()).await
    }

    async fn nap(&self) -> Duration {
        let due_at = self.side.ground.run(|ground| ground.store.read(|conn| outbox::next_due_at(conn, ground.now())));
        let Ok(Some(due_at)) = due_at.await else { return NAP };
        let left = due_at.since(self.side.ground.now()).num_seconds();
        Duration::from_secs(u64::try_from(left).unwrap_or(0)).clamp(Duration::from_secs(1), NAP)
    }

    /// Once a day. Gives the day it was done on.
    async fn keep_house(&self, done_on: Option<Day>) -> Option<Day> {
        let today = self.side.ground.now().day();
        if done_on == Some(today) {
            return done_on;
        }
        match self.housekeep().await {
            Ok(()) => Some(today),
            Err(error) => {
                tracing::error!(%error, "the keys of the days could not be looked after");
                None
            }
        }
    }

    async fn housekeep(&self) -> Result<(), Error> {
        let side = self.side.clone();
        self.on_thread(move || {
            keep_days(&side.ground, &side.opener)?;
            forget_days(&side.ground, &side.opener)?;
            outbox::forget_bounces(&side.ground)?;
            Ok(relay::forget(&side.ground)?)
        })
        .await
    }
}
