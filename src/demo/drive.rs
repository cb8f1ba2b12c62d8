//! The one hand on the demo's clock. It does what is due, in the order in which it falls due, and can hold everything
//! still while the scanner compares. Called by the demo's pages and by its own loop; nothing else drives the App there.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{Mutex, watch};

use crate::app::Inside;
use crate::clock::Day;
use crate::{store, tick};

/// A press shows on the next page at once; between presses this is soon enough.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
const HOUR: TimeDelta = TimeDelta::hours(1);

pub struct Drive {
    pub inside: Inside,
    /// Held while something is done; the day on which the daily work was done last.
    turn: Mutex<Option<Day>>,
}

impl Drive {
    pub fn new(inside: Inside) -> Self {
        Self { inside, turn: Mutex::new(None) }
    }

    /// Does everything that is due now, to the end.
    pub async fn settle(&self) {
        let mut done_on = self.turn.lock().await;
        self.settle_held(&mut done_on).await;
    }

    /// Turns the clock in steps of an hour, so that what falls due first is done first.
    pub async fn turn(&self, by: TimeDelta) {
        let mut done_on = self.turn.lock().await;
        let mut left = by;
        while left > TimeDelta::zero() {
            let step = left.min(HOUR);
            left -= step;
            self.inside.ground.clock.turn(step);
            self.settle_held(&mut done_on).await;
        }
    }

    /// Settles, then does `work` while nothing else moves.
    pub async fn still<T>(&self, work: impl Future<Output = T>) -> T {
        let mut done_on = self.turn.lock().await;
        self.settle_held(&mut done_on).await;
        work.await
    }

    async fn settle_held(&self, done_on: &mut Option<Day>) {
        let ground = &self.inside.ground;
        let today = ground.now().day();
        if *done_on != Some(today) {
            // What fails is in the log by the rooms' own lines.
            let daily = ground.run(|ground| {
                tick::clear_away(ground);
                Ok::<_, store::Error>(())
            });
            let _ = daily.await;
            *done_on = Some(today);
        }
        self.inside.settle().await;
    }

    /// Settles whenever something was committed, until told to stop.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut commits = self.inside.ground.store.commits();
        while !*stop.borrow() {
            tokio::select! {
                _ = commits.changed() => {}
                () = tokio::time::sleep(LOOKS_EVERY) => {}
                _ = stop.changed() => {}
            }
            self.settle().await;
            // Settling commits by itself; what another one committed meanwhile is found at the next look.
            commits.mark_unchanged();
        }
    }
}
