//! The first steps of a new desk. The list is of the service: what one coordinator does is done for all.

use super::error::Error;
use crate::clock::Day;
use crate::ground::Ground;
use crate::members::{self, Progress, Step, StepState};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::store::ids::MemberId;
use crate::vault::Code;

pub fn first_steps(ground: &Ground) -> Result<Vec<(Step, Option<Progress>)>, Error> {
    Ok(ground.store.read(members::list_first_steps)?)
}

/// Those that are neither done nor skipped.
pub fn count_open_steps(ground: &Ground) -> Result<usize, Error> {
    Ok(first_steps(ground)?.iter().filter(|(_, progress)| is_open(*progress)).count())
}

pub fn is_open(progress: Option<Progress>) -> bool {
    progress.is_none_or(|progress| progress.state == StepState::Begun)
}

/// A mail with digits to this coordinator; typing them shows that mail goes out, an answer that mail comes in.
pub fn send_test_mail(ground: &Ground, to: MemberId) -> Result<(), Error> {
    let now = ground.now();
    let notice = Notice::TestMail { code: ground.vault.code_of_day(now.day()).digits() };
    ground.store.write_tx(|tx| {
        outbox::push_notice(tx, ground, Reader::Member(to), About::default(), &notice)?;
        for step in [Step::MailOut, Step::MailIn] {
            members::note_first_step(tx, step, StepState::Begun, now)?;
        }
        Ok(())
    })
}

/// Whether these are digits of a test mail of today or yesterday, whoever it went to.
pub fn take_test_digits(ground: &Ground, typed: &Code) -> Result<bool, Error> {
    let today = ground.now().day();
    let is_of = |day| ground.vault.code_of_day(day).is_same(typed);
    let fits = is_of(today) || is_of(Day(today.0 - 1));
    if fits {
        note_step(ground, Step::MailOut, StepState::Done)?;
    }
    Ok(fits)
}

/// A coordinator says that this is done, or that it is not for them.
pub fn note_step(ground: &Ground, step: Step, state: StepState) -> Result<(), Error> {
    Ok(ground.store.write_tx(|tx| members::note_first_step(tx, step, state, ground.now()))?)
}
