//! What stands between a row and its sending: the seal is opened, the bytes are made once and stored.

use super::Error;
use crate::clock::Timestamp;
use crate::i18n::Lang;
use crate::members::{self, Member, address_place};
use crate::notices::{self, DidNotGo, Notice, Site};
use crate::outbox::mime::{date, encoded_words, mailbox, write_mail};
use crate::outbox::{self, Finished, Kind, Outcome, PageLetter, Row};
use crate::relay::{self, MailSide};
use crate::sponsorships;
use crate::store::Conn;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::types::Digest;
use crate::vault::{self, Address, Opener, SealedToMailer, Token};

pub(super) enum Ready {
    Send {
        to: Address,
        finished: Finished,
    },
    /// Nothing is to be sent.
    Done(Outcome),
}

/// Who reads a mail, as far as the mailer knows.
struct Recipient {
    mailbox: Mailbox,
    member: Option<Member>,
    check_word: String,
    lang: Lang,
    utc_offset_min: i32,
}

enum Mailbox {
    Sealed(SealedToMailer, Digest),
    /// Of who hosts this, as the settings say it.
    Said(Address),
}

impl Mailbox {
    fn opened(&self, opener: &Opener) -> Result<Option<Address>, Error> {
        match self {
            Self::Sealed(address, index) => opened(opener.open_address(address_place(index), address)),
            Self::Said(address) => Ok(Some(address.clone())),
        }
    }
}

pub(super) fn prepare(side: &MailSide, row: &Row) -> Result<Ready, Error> {
    let MailSide { ground, opener, .. } = side;
    if row.gives_up_at <= ground.now() {
        tracing::warn!(kind = row.kind.word(), attempts = row.attempts, "a mail is given up");
        if let Some(member) = row.member.filter(|_| row.reason == members::CLEAR_REASON) {
            members::unask_clear(ground, member)?;
        }
        return Ok(Ready::Done(not_delivered(side, row.sponsorship, row.writer)?));
    }
    let Some(recipient) = ground.store.read(|conn| find_recipient(conn, side, row))? else {
        return Ok(Ready::Done(Outcome::Gone));
    };
    if let Some(member) = &recipient.member
        && row.join_id.is_none()
        && row.reason != members::CLEAR_REASON // nobody is erased who was not asked
        && ground.store.read(|conn| members::mail_stopped(conn, member.id))?.is_some()
    {
        return Ok(Ready::Done(not_delivered(side, row.sponsorship, row.writer)?));
    }
    let opened = opened(opener.open_day(outbox::payload_place(&row.id), &row.payload))?;
    let to = recipient.mailbox.opened(opener)?;
    let (Some(payload), Some(to)) = (opened, to) else { return drop_shut(side, row) };
    let made = match row.kind {
        Kind::Finished => {
            return match Finished::decode(payload.expose()) {
                Some(finished) => Ok(Ready::Send { to, finished }),
                None => drop_shut(side, row),
            };
        }
        Kind::Notice => match serde_json::from_slice(payload.expose()) {
            Ok(notice) => Made::of(write_notice(side, &recipient, &to, &notice)?),
            Err(_) => return drop_shut(side, row),
        },
        Kind::Letter | Kind::LetterWithNumbers => {
            match (row.sponsorship, row.writer, std::str::from_utf8(payload.expose())) {
                (Some(pair), Some(writer), Ok(text)) => {
                    let letter = PageLetter { text, numbers_pass: row.kind == Kind::LetterWithNumbers };
                    match relay::carry_page_letter(side, pair, writer, &letter)? {
                        Ok(carried) => {
                            Made { bytes: carried.bytes, left_out_by: carried.left_out.then_some((pair, writer)) }
                        }
                        Err(why) => {
                            let notice = Notice::NoteDidNotGo { why, first_name: None };
                            return Ok(Ready::Done(Outcome::GoneAndTold { reader: writer, notice }));
                        }
                    }
                }
                _ => return drop_shut(side, row),
            }
        }
    };
    let finished = Finished::new(ground, &side.site.domain, made.bytes);
    if !outbox::store_finished(ground, row, &finished)? {
        return Ok(Ready::Done(Outcome::Gone));
    }
    if let Some((pair, writer)) = made.left_out_by {
        relay::tell_left_out(side, pair, writer)?;
    }
    Ok(Ready::Send { to, finished })
}

/// The bytes that leave.
struct Made {
    bytes: Vec<u8>,
    /// Something was left out of a letter: of which pair, and who wrote it.
    left_out_by: Option<(SponsorshipId, MemberId)>,
}

impl Made {
    fn of(bytes: Vec<u8>) -> Self {
        Self { bytes, left_out_by: None }
    }
}

/// None for what never opens again; an error for what may open at the next try.
fn opened<T>(result: Result<T, vault::Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(vault::Error::Shut | vault::Error::DayKeyGone) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn drop_shut(side: &MailSide, row: &Row) -> Result<Ready, Error> {
    tracing::error!(kind = row.kind.word(), "a waiting mail does not open and is dropped");
    Ok(Ready::Done(not_delivered(side, row.sponsorship, row.writer)?))
}

/// A mail that will not go. Of a letter, its writer is told, in one neutral sentence; of ours, nobody.
pub(super) fn not_delivered(
    side: &MailSide,
    sponsorship: Option<SponsorshipId>,
    writer: Option<MemberId>,
) -> Result<Outcome, Error> {
    let Some(reader) = writer else { return Ok(Outcome::Gone) };
    let first_name = side.ground.store.read(|conn| {
        let pair = sponsorship.map(|id| sponsorships::find_sponsorship(conn, id)).transpose()?.flatten();
        let Some(pair) = pair else { return Ok(None) };
        let Some(by) = pair.side_of(reader) else { return Ok(None) };
        sponsorships::partner_name(conn, &pair, by)
    })?;
    let first_name = first_name.map(|name| name.as_str().to_owned());
    Ok(Outcome::GoneAndTold { reader, notice: Notice::NoteDidNotGo { why: DidNotGo::Bounced, first_name } })
}

fn find_recipient(conn: &mut Conn, side: &MailSide, row: &Row) -> Result<Option<Recipient>, Error> {
    if let Some(id) = row.member {
        let found = members::find_with_address(conn, id)?;
        return Ok(found.map(|(member, (address, index))| Recipient {
            mailbox: Mailbox::Sealed(address, index),
            check_word: member.check_word.clone(),
            lang: member.lang,
            utc_offset_min: member.utc_offset_min,
            member: Some(member),
        }));
    }
    let Some(id) = row.join_id else { return Ok(side.operator.clone().map(operator)) };
    let Some(join) = members::find_join_reader(conn, id)? else { return Ok(None) };
    // A code for a member's own address speaks to the member: their word, their language.
    let member = members::find_by_index(conn, &join.address_index)?;
    let own = member.as_ref().map(|member| (member.check_word.clone(), member.lang, member.utc_offset_min));
    let (check_word, lang, utc_offset_min) = own.unwrap_or((join.check_word, join.language, join.utc_offset_min));
    let mailbox = Mailbox::Sealed(join.address, join.address_index);
    Ok(Some(Recipient { mailbox, member, check_word, lang, utc_offset_min }))
}

fn operator(address: Address) -> Recipient {
    Recipient {
        mailbox: Mailbox::Said(address),
        member: None,
        check_word: String::new(),
        lang: Lang::En,
        utc_offset_min: 0,
    }
}

fn write_notice(side: &MailSide, to: &Recipient, address: &Address, notice: &Notice) -> Result<Vec<u8>, Error> {
    let reader = notices::Reader {
        first_name: to.member.as_ref().map(|member| member.first_name.as_str()),
        check_word: &to.check_word,
        lang: to.lang,
        utc_offset_min: to.utc_offset_min,
        known: to.member.is_some(),
    };
    let mail = notices::render(notice, &reader, &side.site, &side.ground.words)?;
    let message_id = Token::draw(&side.ground.chance).text();
    let headers = notice_headers(&side.site, address, &mail.subject, &message_id, side.ground.now());
    Ok(write_mail(&headers, &mail.text))
}

fn notice_headers(
    site: &Site,
    to: &Address,
    subject: &str,
    message_id: &str,
    now: Timestamp,
) -> [(&'static str, String); 7] {
    [
        ("From", mailbox(&site.sender_name, &site.note_address())),
        ("To", mailbox("", to.as_str())),
        ("Subject", encoded_words(subject)),
        ("Date", date(now)),
        ("Message-ID", format!("<{message_id}@{}>", site.domain)),
        // RFC 3834 5: no responder answers this.
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
    ]
}
