//! The box on the pair's page: for who cannot write from the mailbox they signed up with, or would rather not.

use super::error::Error;
use super::letter::{Holds, look};
use super::tally::take_pair_turn;
use crate::ground::Ground;
use crate::i18n::help;
use crate::members;
use crate::outbox::{self, About, PageLetter};
use crate::sponsorships::{self, Told};
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
    /// Asked once: the writer may mean a number; an address never goes.
    Holds(Holds),
    Ended,
    OnHold,
    /// Mail to the other came back, or is not wanted.
    NotReachable,
    /// No such page for this member.
    NotHere,
}

/// What the writer says about numbers and addresses in a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Say {
    /// Nothing yet: ask.
    Nothing,
    /// The numbers are meant. An address is left out all the same.
    NumbersPass,
    LeaveOut,
}

/// Puts a note into the outbox as it is; the mailer scrubs it, since the addresses are not known here.
pub fn write(
    ground: &Ground,
    member: MemberId,
    reference: &str,
    (text, say): (&str, Say),
) -> Result<Result<(), WriteProblem>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Err(WriteProblem::Empty));
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Ok(Err(WriteProblem::TooLong));
    }
    let holds = look(text, &help::emergency_numbers());
    let asks = say == Say::Nothing && (holds.number || holds.address);
    ground.store.write_tx(|tx| {
        let Some((pair, by)) = sponsorships::find_sponsorship_of(tx.conn(), member, reference)? else {
            return Ok(Err(WriteProblem::NotHere));
        };
        if pair.is_ended() {
            return Ok(Err(WriteProblem::Ended));
        }
        if pair.is_held() {
            return Ok(Err(WriteProblem::OnHold));
        }
        if asks {
            return Ok(Err(WriteProblem::Holds(holds)));
        }
        if members::mail_stopped(tx.conn(), pair.member(by.other()))?.is_some() {
            return Ok(Err(WriteProblem::NotReachable));
        }
        if !take_pair_turn(tx, ground, pair.id)? {
            return Ok(Err(WriteProblem::TooMany));
        }
        if !sponsorships::note_letter(tx, ground, pair.id, by)? {
            return Ok(Err(WriteProblem::Ended));
        }
        let about = About { sponsorship: Some(pair.id), writer: Some(member), ..About::default() };
        if let (Say::LeaveOut, Some((alias, _))) =
            (say, sponsorships::find_sealed_local_part(tx.conn(), pair.id, member)?)
        {
            sponsorships::mark_told(tx, &alias, Told::LeftOut)?; // by the page that asked
        }
        let letter = PageLetter { text, numbers_pass: say == Say::NumbersPass };
        outbox::push_letter(tx, ground, pair.member(by.other()), about, &letter)?;
        Ok(Ok(()))
    })
}
