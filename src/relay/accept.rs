//! A message for one of our addresses. The order is the point: authenticate, put machine mail aside, compare, and only
//! then say anything to anybody; nobody hears more than the constant answer but the member who may write.

use super::MailSide;
use super::bytes::own_bytes;
use super::carry::{carry, find_way};
use super::error::Error;
use super::letter::{self, Unreadable};
use super::rcpt::{Target, find_target};
use super::tally::{DAY, note_seen, take_pair_turn, take_turn, was_seen};
use super::who::{Who, who_wrote};
use crate::notices::{DidNotGo, Notice};
use crate::outbox::{self, About, Finished, Reader};
use crate::sponsorships::{self, Alias, Side, Sponsorship};
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::types::Digest;
use crate::vault::Purpose;

/// Notices about letters that did not go, for one relay address.
const NOTICES_A_DAY: u32 = 5;

/// What the door found out about the sender. Personal data: no Debug.
pub enum Proof {
    /// The one mailbox of the one From header, proven.
    Mailbox(String),
    NotProven,
    /// DNS gave no answer that could be relied on.
    TryLater,
}

/// One message for one recipient. Personal data: no Debug.
pub struct Arrival {
    pub rcpt: String,
    /// Empty for `<>`.
    pub mail_from: String,
    pub proof: Proof,
    pub raw: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Stored, or rightly consumed.
    Taken,
    /// Nobody here, or not from who may write: one answer for both.
    Refused,
    TryLater,
}

/// Takes a message; `Taken` is on the disk.
pub async fn accept(side: &MailSide, arrival: Arrival) -> Result<Answer, Error> {
    let own = side.clone();
    side.ground.run(move |_| take(&own, &arrival)).await
}

fn take(side: &MailSide, arrival: &Arrival) -> Result<Answer, Error> {
    let ground = &side.ground;
    let alias = match ground.store.read(|conn| find_target(conn, side, &arrival.rcpt))? {
        Target::Alias(alias) => alias,
        Target::Ours => return Ok(Answer::Taken),
        Target::Nobody => return Ok(Answer::Refused),
    };
    let from = match &arrival.proof {
        Proof::Mailbox(from) => Some(from.as_str()),
        Proof::NotProven => None,
        Proof::TryLater => return Ok(Answer::TryLater),
    };
    // RFC 3834 2: what a machine wrote is answered by nobody.
    if arrival.mail_from.is_empty() || letter::machine_mail(&arrival.raw).is_some() {
        return Ok(Answer::Taken);
    }
    let who = ground.store.read(|conn| who_wrote(conn, &ground.vault, &alias, from, &arrival.mail_from))?;
    match (who, alias.writer) {
        (Who::Writer, Some(writer)) => from_writer(side, &alias, writer, arrival),
        (Who::Reader, _) => Ok(Answer::Taken),
        (_, Some(writer)) if alias.ended_at.is_none() => {
            note_other_mailbox(side, &alias, writer)?;
            Ok(Answer::Refused)
        }
        _ => Ok(Answer::Refused),
    }
}

/// The member may have written from a second mailbox: they are told once a day, on their page and by mail.
fn note_other_mailbox(side: &MailSide, alias: &Alias, writer: MemberId) -> Result<(), Error> {
    let ground = &side.ground;
    ground.store.write_tx(|tx| {
        if sponsorships::note_other_mailbox(tx, &alias.hash, ground.now().day())? {
            tell(tx, side, writer, DidNotGo::OtherMailbox)?;
        }
        Ok(())
    })
}

fn from_writer(side: &MailSide, alias: &Alias, writer: MemberId, arrival: &Arrival) -> Result<Answer, Error> {
    let ground = &side.ground;
    let hash =
        ground.vault.mac(Purpose::Dedup, &[&[alias.hash.0.as_slice()], own_bytes(&arrival.raw).as_slice()].concat());
    if ground.store.read(|conn| was_seen(conn, &hash))? {
        return Ok(Answer::Taken);
    }
    let work = Work { side, alias, writer, hash };
    let Some((pair, by)) = find_live_pair(side, alias, writer)? else {
        return work.told_ended();
    };
    // Read, scrubbed, rebuilt and searched before the transaction, which may run twice.
    let letter = match letter::read(&arrival.raw) {
        Err(unreadable) => Err(why(unreadable)),
        Ok(incoming) => match ground.store.read(|conn| find_way(conn, side, &pair, by))? {
            None => Err(DidNotGo::Ended),
            Some(way) => carry(&ground.words, &way, &incoming)
                .map(|carried| carried.bytes)
                .map_err(|error| super::carry::why(error).unwrap_or(DidNotGo::Empty)),
        },
    };
    match letter.map(|bytes| Finished::new(ground, &side.site.domain, bytes)) {
        Err(DidNotGo::Ended) => work.told_ended(),
        Err(why) => work.told(why),
        Ok(finished) => work.written(&pair, by, &finished),
    }
}

fn find_live_pair(side: &MailSide, alias: &Alias, writer: MemberId) -> Result<Option<(Sponsorship, Side)>, Error> {
    let Some(id) = alias.sponsorship.filter(|_| alias.ended_at.is_none()) else { return Ok(None) };
    let pair = side.ground.store.read(|conn| sponsorships::find_sponsorship(conn, id))?;
    let pair = pair.filter(|pair| !pair.is_ended());
    Ok(pair.and_then(|pair| pair.side_of(writer).map(|by| (pair, by))))
}

fn why(unreadable: Unreadable) -> DidNotGo {
    match unreadable {
        Unreadable::Encrypted => DidNotGo::Locked,
        Unreadable::TooManyParts | Unreadable::TooLarge => DidNotGo::TooBig,
        Unreadable::Malformed => DidNotGo::Empty,
    }
}

/// A letter of who may write, on its last steps. Each ends in one transaction that also remembers the letter, so that a
/// peer that missed our answer and comes again changes nothing.
struct Work<'a> {
    side: &'a MailSide,
    alias: &'a Alias,
    writer: MemberId,
    hash: Digest,
}

impl Work<'_> {
    fn written(&self, pair: &Sponsorship, by: Side, finished: &Finished) -> Result<Answer, Error> {
        let ground = &self.side.ground;
        ground.store.write_tx(|tx| {
            if !note_seen(tx, &self.hash, ground.now())? {
                return Ok(Answer::Taken);
            }
            if !take_pair_turn(tx, ground, pair.id)? {
                return self.tell_of_letter(tx, DidNotGo::TooMany);
            }
            if !sponsorships::note_letter(tx, ground, pair.id, by)? {
                return self.tell_ended(tx);
            }
            let about = About { sponsorship: Some(pair.id), writer: Some(self.writer), ..About::default() };
            outbox::push_finished(tx, ground, pair.member(by.other()), about, finished)?;
            Ok(Answer::Taken)
        })
    }

    fn told(&self, why: DidNotGo) -> Result<Answer, Error> {
        let ground = &self.side.ground;
        ground.store.write_tx(|tx| {
            if !note_seen(tx, &self.hash, ground.now())? {
                return Ok(Answer::Taken);
            }
            self.tell_of_letter(tx, why)
        })
    }

    fn told_ended(&self) -> Result<Answer, Error> {
        self.side.ground.store.write_tx(|tx| self.tell_ended(tx))
    }

    /// Once per contact, whatever ended it.
    fn tell_ended(&self, tx: &mut Tx<'_>) -> Result<Answer, Error> {
        if sponsorships::mark_told_ended(tx, &self.alias.hash)? {
            tell(tx, self.side, self.writer, DidNotGo::Ended)?;
        }
        Ok(Answer::Taken)
    }

    fn tell_of_letter(&self, tx: &mut Tx<'_>, why: DidNotGo) -> Result<Answer, Error> {
        if take_turn(tx, &self.side.ground, &[b"notice", &self.alias.hash.0], &[(DAY, NOTICES_A_DAY)])? {
            tell(tx, self.side, self.writer, why)?;
        }
        Ok(Answer::Taken)
    }
}

fn tell(tx: &mut Tx<'_>, side: &MailSide, writer: MemberId, why: DidNotGo) -> Result<(), Error> {
    let notice = Notice::NoteDidNotGo { why, first_name: None };
    Ok(outbox::push_notice(tx, &side.ground, Reader::Member(writer), About::default(), &notice)?)
}
