//! The box on the pair's page: for who cannot write from the mailbox they signed up with, or would rather not.

use super::error::Error;
use super::tally::take_pair_turn;
use crate::ground::Ground;
use crate::outbox::{self, About};
use crate::sponsorships;
use crate::store::ids::MemberId;

/// Characters of one note.
const MOST_CHARACTERS: usize = 20_000;

/// Why a note was not taken; the page has a sentence for each and keeps what was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WriteProblem {
    Empty,
    TooLong,
    /// More than two people write each other in an hour or a day.
    TooMany,
    Ended,
    /// No such page for this member.
    NotHere,
}

/// Puts a note into the outbox as it is; the mailer scrubs it, since the addresses are not known here.
pub fn write(
    ground: &Ground,
    member: MemberId,
    reference: &str,
    text: &str,
) -> Result<Result<(), WriteProblem>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Err(WriteProblem::Empty));
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Ok(Err(WriteProblem::TooLong));
    }
    ground.store.write_tx(|tx| {
        let Some((pair, by)) = sponsorships::find_sponsorship_of(tx.conn(), member, reference)? else {
            return Ok(Err(WriteProblem::NotHere));
        };
        if pair.is_ended() {
            return Ok(Err(WriteProblem::Ended));
        }
        if !take_pair_turn(tx, ground, pair.id)? {
            return Ok(Err(WriteProblem::TooMany));
        }
        if !sponsorships::note_letter(tx, ground, pair.id, by)? {
            return Ok(Err(WriteProblem::Ended));
        }
        let about = About { sponsorship: Some(pair.id), writer: Some(member), ..About::default() };
        outbox::push_letter(tx, ground, pair.member(by.other()), about, text)?;
        Ok(Ok(()))
    })
}
