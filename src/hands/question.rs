//! A mailed question about a hand: back after a rest, or still up for this.

use super::error::Error;
use super::model::Event;
use super::state::{move_hand, renew_lease};
use crate::ground::Ground;
use crate::members;
use crate::vault::Token;

/// What the sponsor pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// Up, for a whole lease.
    Up,
    /// A break as long as the policy's.
    Pause,
    Down,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chosen {
    Done,
    /// Answered before.
    Settled,
    /// No such question, or none about a hand.
    NotHere,
}

pub fn choose(ground: &Ground, token: &Token, choice: Choice) -> Result<Chosen, Error> {
    ground.store.write_tx(|tx| {
        let found = members::find_question(tx.conn(), token)?.filter(|question| question.kind.is_about_hand());
        let Some(question) = found else { return Ok(Chosen::NotHere) };
        if !members::answer_question(tx, ground, token)? {
            return Ok(Chosen::Settled);
        }
        match choice {
            Choice::Up => {
                renew_lease(tx, ground, question.member)?;
                move_hand(tx, ground, question.member, Event::Return, None)?;
            }
            Choice::Pause => {
                let until = ground.now().plus(ground.policy.hands.break_lasts);
                move_hand(tx, ground, question.member, Event::Pause, Some(until))?;
            }
            Choice::Down => {
                move_hand(tx, ground, question.member, Event::Lower, None)?;
            }
        }
        Ok(Chosen::Done)
    })
}
