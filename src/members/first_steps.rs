//! What a new desk does once: how far each step is, for all coordinators together. It names nobody.

use diesel::prelude::*;

use super::error::Error;
use crate::clock::{Day, Timestamp};
use crate::store::schema::first_steps;
use crate::store::{Conn, Tx};
use crate::word_enum;

word_enum! {
    Step {
        /// A mail of ours reaches a coordinator.
        MailOut = "mail-out",
        /// An answer reaches us.
        MailIn = "mail-in",
        /// Somebody read the numbers to call.
        Numbers = "numbers",
        /// Somebody took a week on duty.
        Rota = "rota",
        /// Somebody printed the sheet for a meeting.
        Sheet = "sheet",
    }
}

word_enum! {
    StepState {
        /// The test mail went, and nobody said what became of it.
        Begun = "begun",
        Done = "done",
        Skipped = "skipped",
    }
}

impl StepState {
    /// What is done stays done; what was skipped may still be done.
    fn may_follow(self, before: Option<Self>) -> bool {
        match (before, self) {
            (None, _) | (Some(Self::Begun), Self::Done | Self::Skipped) | (Some(Self::Skipped), Self::Done) => true,
            (Some(_), _) => false,
        }
    }
}

/// How far a step is, and since when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Queryable)]
pub struct Progress {
    pub state: StepState,
    pub since: Day,
}

/// In the order in which they are shown; `None`: not begun.
pub fn list_first_steps(conn: &mut Conn) -> Result<Vec<(Step, Option<Progress>)>, Error> {
    let all = first_steps::table.select((first_steps::step, (first_steps::state, first_steps::since)));
    let known: Vec<(Step, Progress)> = all.load(conn)?;
    let progress = |step| known.iter().find(|(of, _)| *of == step).map(|(_, progress)| *progress);
    Ok(Step::ALL.iter().map(|step| (*step, progress(*step))).collect())
}

/// Writes nothing where nothing follows from it.
pub fn note_first_step(tx: &mut Tx<'_>, step: Step, state: StepState, now: Timestamp) -> Result<(), Error> {
    let row = first_steps::table.find(step);
    let before: Option<StepState> = row.select(first_steps::state).first(tx.conn()).optional()?;
    if !state.may_follow(before) {
        return Ok(());
    }
    diesel::delete(row).execute(tx.conn())?;
    diesel::insert_into(first_steps::table)
        .values((first_steps::step.eq(step), first_steps::state.eq(state), first_steps::since.eq(now.day())))
        .execute(tx.conn())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_stays_done_and_what_was_skipped_may_be_done() {
        use StepState::{Begun, Done, Skipped};
        for (before, after) in [
            (None, [Begun, Done, Skipped].as_slice()),
            (Some(Begun), &[Done, Skipped]),
            (Some(Skipped), &[Done]),
            (Some(Done), &[]),
        ] {
            let possible: Vec<_> = StepState::ALL.iter().copied().filter(|state| state.may_follow(before)).collect();
            assert_eq!(possible, after, "{before:?}");
        }
    }
}
