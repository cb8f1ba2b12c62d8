//! From what a member wrote to the bytes that leave: everything the four steps of `letter` need to know about one pair and
//! one direction. The addresses are open for as long as this takes.

use data_encoding::BASE32_NOPAD;

use super::MailSide;
use super::error::Error;
use super::letter::{self, Carried, Context, Envelope, Incoming, Known, LetterWords, NotCarried};
use crate::i18n::{Lang, Words, help};
use crate::members::{self, address_place};
use crate::notices::{self, DidNotGo};
use crate::sponsorships::{self, Side, Sponsorship, alias_place};
use crate::store::Conn;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::vault::{Purpose, Token};

/// One direction of one pair.
pub(super) struct Way {
    pub known: Known,
    pub envelope: Envelope,
    pub lang: Lang,
    /// What the two may call each other in leads.
    pub names: [String; 2],
}

/// None where a side or an address is gone: the contact has ended.
pub(super) fn find_way(conn: &mut Conn, side: &MailSide, pair: &Sponsorship, by: Side) -> Result<Option<Way>, Error> {
    let (writer, reader) = (pair.member(by), pair.member(by.other()));
    let Some(to) = members::find_member(conn, reader)? else { return Ok(None) };
    let Some(from) = members::find_member(conn, writer)? else { return Ok(None) };
    let from_name = sponsorships::partner_name(conn, pair, by.other())?;
    let other_name = sponsorships::partner_name(conn, pair, by)?;
    let (Some(from_name), Some(other_name)) = (from_name, other_name) else { return Ok(None) };
    let mut addresses = Vec::new();
    for member in [writer, reader] {
        let Some((sealed, index)) = members::find_sealed_address(conn, member)? else { return Ok(None) };
        addresses.push(side.opener.open_address(address_place(&index), &sealed)?.as_str().to_owned());
    }
    let from_alias = find_alias_of(conn, side, pair.id, reader)?;
    let to_alias = find_alias_of(conn, side, pair.id, writer)?;
    let (Some(from_alias), Some(to_alias)) = (from_alias, to_alias) else { return Ok(None) };
    let relay_domain = side.site.domain.clone();
    Ok(Some(Way {
        known: Known {
            addresses,
            relay_domain: relay_domain.clone(),
            full_name: None,
            first_name: from.first_name.as_str().to_owned(),
        },
        envelope: Envelope {
            from_name: from_name.as_str().to_owned(),
            from_alias,
            to_alias,
            check_word: to.check_word,
            date: side.ground.now(),
            message_id: Token::draw(&side.ground.chance).text(),
            thread_root: thread_root(side, pair.id, reader),
            relay_domain,
        },
        lang: to.lang,
        names: [from_name.as_str().to_owned(), other_name.as_str().to_owned()],
    }))
}

/// The relay address by which `writer` reaches the other.
fn find_alias_of(
    conn: &mut Conn,
    side: &MailSide,
    pair: SponsorshipId,
    writer: MemberId,
) -> Result<Option<String>, Error> {
    let Some((hash, sealed)) = sponsorships::find_sealed_local_part(conn, pair, writer)? else { return Ok(None) };
    let opened = side.opener.open_bytes(alias_place(&hash), &sealed)?;
    let local_part = std::str::from_utf8(opened.expose()).map_err(|_| crate::vault::Error::Shut)?;
    Ok(Some(format!("{local_part}@{}", side.site.domain)))
}

/// The same for every letter to one reader, and for nobody else: a mail program keeps the letters together.
fn thread_root(side: &MailSide, pair: SponsorshipId, reader: MemberId) -> String {
    let root = side.ground.vault.mac(Purpose::Thread, &[pair.bytes(), reader.bytes()]);
    BASE32_NOPAD.encode(root.0.get(..16).unwrap_or_default()).to_ascii_lowercase()
}

/// The bytes that leave, or why there are none.
pub(super) fn carry(words: &Words, way: &Way, incoming: &Incoming) -> Result<Carried, NotCarried> {
    let letter_words = letter_words(words, way, incoming);
    letter::carry(incoming, &Context { known: &way.known, words: &letter_words, envelope: &way.envelope })
}

fn letter_words(words: &Words, way: &Way, incoming: &Incoming) -> LetterWords {
    let [pictures, documents, others] =
        [incoming.dropped.pictures, incoming.dropped.documents, incoming.dropped.others].map(u32::from);
    let texts = notices::letter_words(words.talk(way.lang), &way.envelope.from_name, pictures, documents, others);
    let names: Vec<&str> = way.names.iter().map(String::as_str).collect();
    LetterWords {
        lead: texts.lead,
        footer: texts.footer,
        new_message: texts.new_message,
        left_out: texts.left_out,
        earlier: texts.earlier,
        not_passed_on: texts.not_passed_on.unwrap_or_default(),
        all_leads: notices::all_leads(words, &names),
        all_new_message: notices::all_new_message(words),
        stop_words: notices::reply_words(words, "letter-stop-words"),
        help_words: notices::reply_words(words, "letter-help-words"),
        emergency_numbers: help::emergency_numbers(),
    }
}

/// Why a letter did not go, for its writer; none for a STOP, which is no letter.
pub(super) fn why(not_carried: NotCarried) -> Option<DidNotGo> {
    match not_carried {
        NotCarried::Stop => None,
        NotCarried::Empty => Some(DidNotGo::Empty),
        NotCarried::Leak(leak) => {
            tracing::warn!(?leak, "the gate kept a letter");
            Some(DidNotGo::Kept)
        }
    }
}

/// What was written on a page: the hello, or the box on the pair's page. For the mailer.
pub fn carry_page_letter(
    side: &MailSide,
    pair: SponsorshipId,
    writer: MemberId,
    text: &str,
) -> Result<Result<Vec<u8>, DidNotGo>, Error> {
    let way = side.ground.store.read(|conn| {
        let Some(pair) = sponsorships::find_sponsorship(conn, pair)? else { return Ok(None) };
        match pair.side_of(writer).filter(|_| !pair.is_ended()) {
            Some(by) => find_way(conn, side, &pair, by),
            None => Ok(None),
        }
    })?;
    let Some(way) = way else { return Ok(Err(DidNotGo::Ended)) };
    let carried = carry(&side.ground.words, &way, &letter::from_page(text, false));
    Ok(carried.map(|carried| carried.bytes).map_err(|error| why(error).unwrap_or(DidNotGo::Empty)))
}
