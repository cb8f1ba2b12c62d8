//! From what a member wrote to the bytes that leave: everything the four steps of `letter` need to know about one pair and
//! one direction. The addresses are open for as long as this takes.

use data_encoding::BASE32_NOPAD;

use super::MailSide;
use super::accept::tell;
use super::error::Error;
use super::letter::{self, Carried, Context, Dropped, Envelope, Incoming, Known, LetterWords, NotCarried};
use super::who::Ends;
use crate::i18n::{Lang, Words, help};
use crate::members::{self, address_place};
use crate::notices::{self, DidNotGo, Notice};
use crate::outbox::PageLetter;
use crate::sponsorships::{self, Side, Sponsorship, Told, alias_place};
use crate::store::Conn;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::types::Digest;
use crate::vault::{Address, Purpose, SealedToMailer, Token};

/// One direction of one pair.
pub(super) struct Way {
    pub known: Known,
    pub envelope: Envelope,
    pub lang: Lang,
    /// What the two may call each other in leads.
    pub names: [String; 2],
}

/// What a letter by mail brings with it and need not be opened.
pub(super) struct Came<'a> {
    /// The relay address it was written to.
    pub rcpt: &'a str,
    /// The writer's mailbox, proven.
    pub from: &'a str,
}

/// None where a side or an address is gone: the contact has ended.
pub(super) fn find_way(
    conn: &mut Conn,
    side: &MailSide,
    (pair, by): (&Sponsorship, Side),
    ends: Ends,
    came: Option<&Came<'_>>,
) -> Result<Option<Way>, Error> {
    let (writer, reader) = (pair.member(by), pair.member(by.other()));
    let (Some((from, from_address)), Some((to, to_address))) = (ends.writer, ends.reader) else { return Ok(None) };
    let from_name = sponsorships::name_of(conn, (reader, &from))?;
    let other_name = sponsorships::name_of(conn, (writer, &to))?;
    let (Some(from_name), Some(other_name)) = (from_name, other_name) else { return Ok(None) };
    let from_mailbox =
        came.and_then(|came| Some((side.ground.vault.index(&Address::parse(came.from).ok()?), came.from)));
    let mut addresses = Vec::new();
    let mut own = 0;
    for (member, current) in [(writer, from_address), (reader, to_address)] {
        for (sealed, index) in std::iter::once(current).chain(members::list_former(conn, member)?) {
            addresses.push(match from_mailbox {
                Some((of_from, from)) if of_from == index => from.to_owned(),
                _ => side.opener.open_address(address_place(&index), &sealed)?.as_str().to_owned(),
            });
        }
        own = if member == writer { addresses.len() } else { own };
    }
    let aliases = sponsorships::list_sealed_local_parts(conn, pair.id)?;
    let alias_of = |member| aliases.iter().find(|(by, ..)| *by == member).map(|(_, hash, sealed)| (hash, sealed));
    let (Some(from_alias), Some(to_alias)) = (alias_of(reader), alias_of(writer)) else { return Ok(None) };
    let from_alias = match came.and_then(|came| other_alias(side, pair.id, came, from_alias.0)) {
        Some(address) => address,
        None => open_alias(side, from_alias)?,
    };
    let to_alias = came.map_or_else(|| open_alias(side, to_alias), |came| Ok(came.rcpt.to_ascii_lowercase()))?;
    let relay_domain = side.site.domain.clone();
    Ok(Some(Way {
        known: Known {
            addresses,
            own,
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

/// None for a pair made before its two addresses knew each other.
fn other_alias(side: &MailSide, pair: SponsorshipId, came: &Came<'_>, hash: &Digest) -> Option<String> {
    let vault = &side.ground.vault;
    let (local_part, _) = came.rcpt.rsplit_once('@')?;
    let other = sponsorships::other_local_part(vault, pair, local_part)?;
    (sponsorships::alias_hash(vault, &other) == *hash).then(|| format!("{other}@{}", side.site.domain))
}

fn open_alias(side: &MailSide, (hash, sealed): (&Digest, &SealedToMailer)) -> Result<String, Error> {
    let opened = side.opener.open_bytes(alias_place(hash), sealed)?;
    let local_part = std::str::from_utf8(opened.expose()).map_err(|_| crate::vault::Error::Shut)?;
    Ok(format!("{local_part}@{}", side.site.domain))
}

/// The same for every letter to one reader, and for nobody else: a mail program keeps the letters together.
fn thread_root(side: &MailSide, pair: SponsorshipId, reader: MemberId) -> String {
    let root = side.ground.vault.mac(Purpose::Thread, &[pair.bytes(), reader.bytes()]);
    BASE32_NOPAD.encode(root.0.get(..16).unwrap_or_default()).to_ascii_lowercase()
}

/// The bytes that leave, or why there are none.
pub(super) fn carry(words: &Words, way: &Way, incoming: &Incoming) -> Result<Carried, NotCarried> {
    let names: Vec<&str> = way.names.iter().map(String::as_str).collect();
    let letter_words = words_of(words, way.lang, &names, incoming.dropped);
    letter::carry(incoming, &Context { known: &way.known, words: &letter_words, envelope: &way.envelope })
}

/// The words by which an answer to a notice is understood: no letter is made of it.
pub(super) fn reply_words(words: &Words) -> LetterWords {
    words_of(words, Lang::En, &[], Dropped::default())
}

/// Our words around a letter, and those by which an answer brings them back. `names`: the writer, then the reader.
pub fn words_of(words: &Words, lang: Lang, names: &[&str], dropped: Dropped) -> LetterWords {
    let [pictures, documents, others] = [dropped.pictures, dropped.documents, dropped.others].map(u32::from);
    let writer = names.first().copied().unwrap_or_default();
    let texts = notices::letter_words(words.talk(lang), writer, pictures, documents, others);
    LetterWords {
        lead: texts.lead,
        footer: texts.footer,
        new_message: texts.new_message,
        left_out: texts.left_out,
        earlier: texts.earlier,
        not_passed_on: texts.not_passed_on.unwrap_or_default(),
        all_leads: notices::all_leads(words, names),
        all_new_message: notices::all_new_message(words),
        stop_words: notices::reply_words(words, "letter-stop-words"),
        help_words: notices::reply_words(words, "letter-help-words"),
        emergency_numbers: help::emergency_numbers(),
    }
}

/// Why a letter did not go, for its writer. A STOP, which is no letter, says nothing either.
pub(super) fn why(not_carried: NotCarried) -> DidNotGo {
    match not_carried {
        NotCarried::Stop | NotCarried::Empty => DidNotGo::Empty,
        NotCarried::Leak(leak) => {
            tracing::warn!(?leak, "the gate kept a letter");
            DidNotGo::Kept
        }
    }
}

/// The letter of a page goes with something left out; its writer is told once, as of a letter by mail.
pub fn tell_left_out(side: &MailSide, pair: SponsorshipId, writer: MemberId) -> Result<(), Error> {
    side.ground.store.write_tx(|tx| {
        let Some((alias, _)) = sponsorships::find_sealed_local_part(tx.conn(), pair, writer)? else { return Ok(()) };
        if sponsorships::mark_told(tx, &alias, Told::LeftOut)? {
            tell(tx, side, writer, &Notice::OneThingLeftOut)?;
        }
        Ok(())
    })
}

/// What was written on a page: the hello, or the box on the pair's page. For the mailer.
pub fn carry_page_letter(
    side: &MailSide,
    pair: SponsorshipId,
    writer: MemberId,
    letter: &PageLetter<'_>,
) -> Result<Result<Carried, DidNotGo>, Error> {
    let way = side.ground.store.read(|conn| {
        let Some(pair) = sponsorships::find_sponsorship(conn, pair)? else {
            return Ok::<_, Error>(Err(DidNotGo::Ended));
        };
        if pair.is_held() {
            return Ok(Err(DidNotGo::OnHold));
        }
        match pair.side_of(writer).filter(|_| !pair.is_ended()) {
            Some(by) => {
                let ends = Ends::find(conn, Some(writer), Some(pair.member(by.other())))?;
                Ok(find_way(conn, side, (&pair, by), ends, None)?.ok_or(DidNotGo::Ended))
            }
            None => Ok(Err(DidNotGo::Ended)),
        }
    })?;
    let way = match way {
        Ok(way) => way,
        Err(why) => return Ok(Err(why)),
    };
    let carried = carry(&side.ground.words, &way, &letter::from_page(letter.text, letter.numbers_pass));
    Ok(carried.map_err(why))
}
