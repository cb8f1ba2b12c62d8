//! A message for one of our addresses. The order is the point: authenticate, put machine mail aside, compare, and only
//! then say anything to anybody; nobody hears more than the constant answer but the member who may write.

use super::MailSide;
use super::bytes::own_bytes;
use super::carry::{Came, carry, find_way, reply_words, why};
use super::comes_back;
use super::error::Error;
use super::letter::{self, Incoming, NotCarried, ReplyWord, Unreadable};
use super::note;
use super::rcpt::{Target, find_target};
use super::tally::{DAY, note_seen, take_pair_turn, take_turn, was_seen};
use super::who::{Ends, Who, who_wrote};
use crate::ground::Ground;
use crate::members;
use crate::notices::{DidNotGo, Notice, Stopped};
use crate::outbox::{self, About, Finished, Reader, SealedLetter};
use crate::sponsorships::{self, Alias, Side, Sponsorship, Told};
use crate::store::Tx;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::types::Digest;
use crate::vault::{Address, Purpose};

/// Notices about letters that did not go, for one relay address.
pub(super) const NOTICES_A_DAY: u32 = 5;
/// Answers to the one word HELP, for one relay address.
const NUMBERS_A_DAY: u32 = 5;

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
    let target = ground.store.read(|conn| find_target(conn, side, &arrival.rcpt))?;
    let from = match (&target, &arrival.proof) {
        (Target::Nobody, _) => return Ok(Answer::Refused),
        (_, Proof::TryLater) => return Ok(Answer::TryLater),
        (_, Proof::Mailbox(from)) => Some(from.as_str()),
        (_, Proof::NotProven) => None,
    };
    // RFC 3834 2: what a machine wrote is answered by nobody.
    if arrival.mail_from.is_empty() || letter::machine_mail(&arrival.raw).is_some() {
        comes_back::note(side, &target, &arrival.raw)?;
        return Ok(Answer::Taken);
    }
    let alias = match target {
        Target::Alias(alias) => alias,
        Target::Note => return note::take(side, from, arrival),
        Target::Sent(_) | Target::Nobody => return Ok(Answer::Taken),
    };
    let ends = ground.store.read(|conn| Ends::find(conn, alias.writer, alias.reader))?;
    match (who_wrote(&ground.vault, &ends, from, &arrival.mail_from), alias.writer) {
        (Who::Writer, Some(writer)) => from_writer(side, &alias, (writer, from.unwrap_or_default(), ends), arrival),
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
            let notice = Notice::NoteDidNotGo { why: DidNotGo::OtherMailbox, first_name: None };
            tell(tx, side, writer, &notice)?;
        }
        Ok(())
    })
}

/// `from`: the writer's mailbox, proven.
fn from_writer(
    side: &MailSide,
    alias: &Alias,
    (writer, from, ends): (MemberId, &str, Ends),
    arrival: &Arrival,
) -> Result<Answer, Error> {
    let ground = &side.ground;
    let hash =
        ground.vault.mac(Purpose::Dedup, &[&[alias.hash.0.as_slice()], own_bytes(&arrival.raw).as_slice()].concat());
    if ground.store.read(|conn| was_seen(conn, &hash))? {
        return Ok(Answer::Taken);
    }
    // Read, scrubbed, rebuilt and searched before the transaction, which may run twice.
    let incoming = letter::read(&arrival.raw);
    let reply_word = |incoming| letter::reply_word(incoming, &reply_words(&ground.words));
    let asks_help = || incoming.as_ref().ok().and_then(reply_word) == Some(ReplyWord::Help);
    let work = |asks_help| Work { side, alias, writer, hash, asks_help };
    let Some((pair, by)) = find_live_pair(side, alias, writer)? else {
        return work(asks_help()).told_ended();
    };
    let incoming = match &incoming {
        Ok(incoming) => incoming,
        Err(unreadable) => return work(false).told(unread(*unreadable)),
    };
    let came = Came { rcpt: &arrival.rcpt, from };
    let way = ground.store.read(|conn| find_way(conn, side, (&pair, by), ends, Some(&came)))?;
    let Some(way) = way else { return work(asks_help()).told_ended() };
    let carried = match carry(&ground.words, &way, incoming) {
        Ok(carried) => carried,
        Err(NotCarried::Stop) => return work(false).stopped(&pair, by),
        Err(error) => return work(asks_help()).told(why(error)),
    };
    let work = work(carried.asks_help);
    if pair.is_held() {
        return work.told(DidNotGo::OnHold);
    }
    // Only the writer's own are left out: an answer that knew the reader's would confirm a guess.
    let own = way.known.addresses.get(..way.known.own).unwrap_or_default();
    let to_others = has_others(incoming, own, &side.site.domain);
    let letter = Letter { pair: &pair, by, left_out: carried.left_out, to_others };
    let sealed = SealedLetter::seal(ground, Finished::new(ground, &side.site.domain, carried.bytes))?;
    work.written(&letter, &sealed)
}

fn find_live_pair(side: &MailSide, alias: &Alias, writer: MemberId) -> Result<Option<(Sponsorship, Side)>, Error> {
    let Some(id) = alias.sponsorship.filter(|_| alias.ended_at.is_none()) else { return Ok(None) };
    let pair = side.ground.store.read(|conn| sponsorships::find_sponsorship(conn, id))?;
    let pair = pair.filter(|pair| !pair.is_ended());
    Ok(pair.and_then(|pair| pair.side_of(writer).map(|by| (pair, by))))
}

fn unread(unreadable: Unreadable) -> DidNotGo {
    match unreadable {
        Unreadable::Encrypted => DidNotGo::Locked,
        Unreadable::TooManyParts | Unreadable::TooLarge => DidNotGo::TooBig,
        Unreadable::Malformed => DidNotGo::Empty,
    }
}

/// Whether anybody but us and the writer stands in To or Cc: they got it directly, with the writer's real address.
fn has_others(incoming: &Incoming, own: &[String], domain: &str) -> bool {
    let canonical = |text: &str| Address::parse(text).ok().map(|address| address.canonical());
    let own: Vec<_> = own.iter().filter_map(|address| canonical(address)).collect();
    incoming.recipients.iter().filter_map(|recipient| canonical(recipient)).any(|recipient| {
        let ours = recipient.expose().rsplit_once('@').is_some_and(|(_, of)| of.eq_ignore_ascii_case(domain));
        !ours && !own.iter().any(|own| own.expose() == recipient.expose())
    })
}

/// A letter that passed the gate, and what its writer should know of it.
struct Letter<'a> {
    pair: &'a Sponsorship,
    by: Side,
    left_out: bool,
    to_others: bool,
}

/// A letter of who may write, on its last steps. Each ends in one transaction that also remembers the letter, so that a
/// peer that missed our answer and comes again changes nothing.
struct Work<'a> {
    side: &'a MailSide,
    alias: &'a Alias,
    writer: MemberId,
    hash: Digest,
    asks_help: bool,
}

impl Work<'_> {
    fn written(&self, letter: &Letter<'_>, sealed: &SealedLetter) -> Result<Answer, Error> {
        let (ground, pair) = (&self.side.ground, letter.pair);
        let reader = pair.member(letter.by.other());
        self.once(|tx| {
            if !take_pair_turn(tx, ground, pair.id)? {
                return self.tell_of_letter(tx, DidNotGo::TooMany);
            }
            if members::mail_stopped(tx.conn(), reader)?.is_some() {
                return self.tell_of_letter(tx, DidNotGo::Bounced);
            }
            if !sponsorships::note_letter(tx, ground, pair.id, letter.by)? {
                return self.tell_closed(tx, pair.id);
            }
            let about = About { sponsorship: Some(pair.id), writer: Some(self.writer), ..About::default() };
            outbox::push_finished(tx, ground, reader, about, sealed)?;
            self.tell_beside(tx, letter)
        })
    }

    /// What the writer of a letter that goes should know.
    fn tell_beside(&self, tx: &mut Tx<'_>, letter: &Letter<'_>) -> Result<(), Error> {
        let alias = &self.alias.hash;
        if letter.left_out && sponsorships::mark_told(tx, alias, Told::LeftOut)? {
            tell(tx, self.side, self.writer, &Notice::OneThingLeftOut)?;
        }
        if letter.to_others && sponsorships::mark_told(tx, alias, Told::Others)? {
            tell(tx, self.side, self.writer, &Notice::OthersGotIt)?;
        }
        Ok(())
    }

    fn stopped(&self, pair: &Sponsorship, by: Side) -> Result<Answer, Error> {
        let ground = &self.side.ground;
        self.once(|tx| match stop_contact(tx, ground, pair, by)? {
            Some(stopped) => tell(tx, self.side, self.writer, &Notice::Stopped(stopped)),
            None => self.tell_ended(tx),
        })
    }

    fn told(&self, why: DidNotGo) -> Result<Answer, Error> {
        self.once(|tx| self.tell_of_letter(tx, why))
    }

    fn told_ended(&self) -> Result<Answer, Error> {
        self.once(|tx| self.tell_ended(tx))
    }

    fn once(&self, work: impl Fn(&mut Tx<'_>) -> Result<(), Error>) -> Result<Answer, Error> {
        let ground = &self.side.ground;
        ground.store.write_tx(|tx| {
            if !note_seen(tx, &self.hash, ground.now())? {
                return Ok(());
            }
            self.answer_help(tx)?;
            work(tx)
        })?;
        Ok(Answer::Taken)
    }

    /// Whatever becomes of the letter: it is passed on as written where it can be, so that nobody's cry is swallowed.
    fn answer_help(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let turn = [b"help".as_slice(), &self.alias.hash.0];
        if self.asks_help && take_turn(tx, &self.side.ground, &turn, &[(DAY, NUMBERS_A_DAY)])? {
            tell(tx, self.side, self.writer, &Notice::Numbers)?;
        }
        Ok(())
    }

    /// Once per contact, whatever ended it.
    fn tell_ended(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        if sponsorships::mark_told(tx, &self.alias.hash, Told::Ended)? {
            let notice = Notice::NoteDidNotGo { why: DidNotGo::Ended, first_name: None };
            tell(tx, self.side, self.writer, &notice)?;
        }
        Ok(())
    }

    /// It ended, or was put on hold, while the letter was read.
    fn tell_closed(&self, tx: &mut Tx<'_>, pair: SponsorshipId) -> Result<(), Error> {
        match sponsorships::find_sponsorship(tx.conn(), pair)? {
            Some(pair) if pair.is_held() => self.tell_of_letter(tx, DidNotGo::OnHold),
            _ => self.tell_ended(tx),
        }
    }

    fn tell_of_letter(&self, tx: &mut Tx<'_>, why: DidNotGo) -> Result<(), Error> {
        if self.may_tell(tx)? {
            tell(tx, self.side, self.writer, &Notice::NoteDidNotGo { why, first_name: None })?;
        }
        Ok(())
    }

    fn may_tell(&self, tx: &mut Tx<'_>) -> Result<bool, Error> {
        take_turn(tx, &self.side.ground, &[b"notice", &self.alias.hash.0], &[(DAY, NOTICES_A_DAY)])
    }
}

/// What the one word STOP does to a contact; none if it had ended before.
pub(super) fn stop_contact(
    tx: &mut Tx<'_>,
    ground: &Ground,
    pair: &Sponsorship,
    by: Side,
) -> Result<Option<Stopped>, Error> {
    let first_name = sponsorships::partner_name(tx.conn(), pair, by)?;
    let first_name = first_name.map(|name| name.as_str().to_owned()).unwrap_or_default();
    Ok(sponsorships::end(tx, ground, pair, by)?.then_some(Stopped::Contact { first_name }))
}

pub(super) fn tell(tx: &mut Tx<'_>, side: &MailSide, reader: MemberId, notice: &Notice) -> Result<(), Error> {
    Ok(outbox::push_notice(tx, &side.ground, Reader::Member(reader), About::default(), notice)?)
}
