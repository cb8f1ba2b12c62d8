//! Mail to the address our notices come from. A proven member's STOP ends what the notice was about, HELP brings the
//! numbers, an answer to a test mail shows that mail comes in, anything else is answered once a day with how to write; from
//! others it is dropped. Nobody learns which.

use super::MailSide;
use super::accept::{Answer, Arrival, stop_contact, tell};
use super::bytes::own_bytes;
use super::carry::reply_words;
use super::error::Error;
use super::letter::{self, ReplyWord};
use super::tally::{DAY, note_seen, take_turn};
use super::who::is_member;
use crate::hands;
use crate::members::{self, Step, StepState};
use crate::notices::{Notice, Stopped, TEST_MAIL, Topic, topic_of};
use crate::outbox::{self, SentMail};
use crate::requests;
use crate::sponsorships::{self, Sponsorship};
use crate::store::ids::MemberId;
use crate::store::{Conn, Tx};
use crate::vault::Purpose;

/// Answers of one kind to one member.
const ANSWERS_A_DAY: u32 = 1;
const WORDS_A_DAY: u32 = 5;

pub(super) fn take(side: &MailSide, from: Option<&str>, arrival: &Arrival) -> Result<Answer, Error> {
    let ground = &side.ground;
    let member = ground.store.read(|conn| is_member(conn, &ground.vault, from, &arrival.mail_from))?;
    let Some(member) = member else { return Ok(Answer::Taken) };
    let Ok(incoming) = letter::read(&arrival.raw) else { return Ok(Answer::Taken) };
    let word = letter::reply_word(&incoming, &reply_words(&ground.words));
    let hash =
        ground.vault.mac(Purpose::Dedup, &[&[member.bytes().as_slice()], own_bytes(&arrival.raw).as_slice()].concat());
    ground.store.write_tx(|tx| {
        if !note_seen(tx, &hash, ground.now())? {
            return Ok(());
        }
        let mail = find_answered(tx.conn(), side, member, &incoming.answers)?;
        if mail.as_ref().is_some_and(|mail| mail.reason == TEST_MAIL) {
            // Whoever answers it has it: mail goes out as well.
            for step in [Step::MailOut, Step::MailIn] {
                members::note_first_step(tx, step, StepState::Done, ground.now())?;
            }
            if word.is_none() {
                return Ok(());
            }
        }
        let (kind, most) = match word {
            Some(_) => (b"word".as_slice(), WORDS_A_DAY),
            None => (b"how-to-write".as_slice(), ANSWERS_A_DAY),
        };
        let may_answer = take_turn(tx, ground, &[kind, member.bytes()], &[(DAY, most)])?;
        let notice = match word {
            Some(ReplyWord::Stop) => stop(tx, side, member, mail)?,
            Some(ReplyWord::Help) => Notice::Numbers,
            None => Notice::HowToWrite,
        };
        if may_answer { tell(tx, side, member, &notice) } else { Ok(()) }
    })?;
    Ok(Answer::Taken)
}

/// The mail of ours to this member that is answered.
fn find_answered(
    conn: &mut Conn,
    side: &MailSide,
    member: MemberId,
    answers: &[String],
) -> Result<Option<SentMail>, Error> {
    for id in answers {
        let Some((local_part, domain)) = id.split_once('@') else { continue };
        if !domain.eq_ignore_ascii_case(&side.site.domain) {
            continue;
        }
        let found = outbox::find_by_message_id(conn, &side.ground.vault, local_part)?;
        if let Some(mail) = found.filter(|mail| mail.member == Some(member)) {
            return Ok(Some(mail));
        }
    }
    Ok(None)
}

/// Ends what the mail was about, and says what was done.
fn stop(tx: &mut Tx<'_>, side: &MailSide, member: MemberId, mail: Option<SentMail>) -> Result<Notice, Error> {
    let ground = &side.ground;
    let Some(mail) = mail else { return Ok(Notice::HowToStop) };
    if let Some(id) = mail.sponsorship {
        let pair = sponsorships::find_sponsorship(tx.conn(), id)?;
        return pair.map_or(Ok(Notice::Stopped(Stopped::Already)), |pair| end(tx, side, member, &pair));
    }
    match topic_of(&mail.reason) {
        Topic::Hand => {
            let is_down = hands::put_down(tx, ground, member)?;
            Ok(Notice::Stopped(if is_down { Stopped::Hand } else { Stopped::Already }))
        }
        Topic::Request if requests::stop_looking(tx, ground, member)? => Ok(Notice::Stopped(Stopped::Request)),
        // What was asked for has come: who wants it to stop means the one contact there is.
        Topic::Request => match sponsorships::list_active_of_sponsee(tx.conn(), member)?.as_slice() {
            [] => Ok(Notice::Stopped(Stopped::Already)),
            [pair] => end(tx, side, member, pair),
            _ => Ok(Notice::HowToStop),
        },
        Topic::Other => Ok(Notice::HowToStop),
    }
}

fn end(tx: &mut Tx<'_>, side: &MailSide, member: MemberId, pair: &Sponsorship) -> Result<Notice, Error> {
    let Some(by) = pair.side_of(member) else { return Ok(Notice::HowToStop) };
    let stopped = stop_contact(tx, &side.ground, pair, by)?;
    Ok(Notice::Stopped(stopped.unwrap_or(Stopped::Already)))
}
