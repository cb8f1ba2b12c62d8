//! A mailed question about a hand: back after a rest, or still up for this.

use super::error::Error;
use super::model::{Event, State};
use super::state::{find_hand, move_hand, renew_lease};
use crate::ground::Ground;
use crate::members::{self, QuestionKind};
use crate::sponsorships;
use crate::store::ids::MemberId;
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

/// The hand went its own way since the mail, or the desk holds it: nothing is left to ask.
fn is_open(kind: QuestionKind, state: Option<State>) -> bool {
    match kind {
        QuestionKind::Rest => state == Some(State::Lapsed),
        _ => matches!(state, Some(State::Up | State::Lapsed)),
    }
}

/// For the page of a question that was not answered yet.
pub fn is_settled(ground: &Ground, kind: QuestionKind, member: MemberId) -> Result<bool, Error> {
    let state = ground.store.read(|conn| find_hand(conn, member))?.map(|hand| hand.state);
    Ok(!is_open(kind, state))
}

pub fn choose(ground: &Ground, token: &Token, choice: Choice) -> Result<Chosen, Error> {
    ground.store.write_tx(|tx| {
        let found = members::find_question(tx.conn(), token)?.filter(|question| question.kind.is_about_hand());
        let Some(question) = found else { return Ok(Chosen::NotHere) };
        let state = find_hand(tx.conn(), question.member)?.map(|hand| hand.state);
        if !is_open(question.kind, state) || !members::answer_question(tx, ground, token)? {
            return Ok(Chosen::Settled);
        }
        match choice {
            // It is down already, and a late yes to what it was asked still counts.
            Choice::Down if question.kind == QuestionKind::Rest => {}
            Choice::Up => {
                renew_lease(tx, ground, question.member)?;
                sponsorships::come_back(tx, ground, question.member)?;
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
