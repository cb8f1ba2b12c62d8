//! What a message would become, by the same steps as a letter that comes in, but without database, keys, DNS or network:
//! for the operator who wants to see, and for tests that read whole corpora. Clock and seed are fixed, so the same message
//! gives the same bytes.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

use super::accept::{Arrival, Proof};
use super::carry::{Way, carry};
use super::letter::{self, Envelope, Known, Machine, NotCarried, Unreadable};
use super::who::{Who, compare, without_batv};
use crate::clock::Timestamp;
use crate::i18n::{Lang, Words};
use crate::outbox::draw_sender;
use crate::store::types::Digest;
use crate::vault::{Address, Chance, Token};

/// 2026-01-01, 12:00 UTC.
const NOW: Timestamp = Timestamp(1_767_268_800);
const SEED: u64 = 1;
const CHECK_WORD: &str = "river";

/// One side of the pair. Personal data: no Debug.
pub struct Person {
    pub first_name: String,
    pub address: Address,
    /// Local part of the relay address that stands for them.
    pub alias: String,
    pub former: Vec<Address>,
}

pub struct Pair {
    pub writer: Person,
    pub reader: Person,
    pub domain: String,
}

pub enum Preview {
    Sent {
        mail_from: String,
        rcpt_to: String,
        bytes: Vec<u8>,
    },
    /// Not passed on, and its writer is told, if it is one.
    Refused(&'static str),
    /// Not passed on, in silence.
    Kept(&'static str),
}

/// `arrival.rcpt` is not looked at: the message is taken as one to the reader's relay address. `is_proven`: the writer is
/// taken as who they say; else the proof counts, and From and MAIL FROM are compared with the writer.
pub fn preview(words: &Words, pair: &Pair, arrival: &Arrival, is_proven: bool) -> Preview {
    if arrival.mail_from.is_empty() {
        return Preview::Kept("bounce");
    }
    match letter::machine_mail(&arrival.raw) {
        Some(Machine::Auto) => return Preview::Kept("auto"),
        Some(Machine::Loop) => return Preview::Kept("loop"),
        None => {}
    }
    if !is_proven {
        match who(pair, arrival) {
            Who::Writer => {}
            Who::Reader => return Preview::Kept("own-copy"),
            Who::Stranger => return Preview::Refused("not-the-writer"),
        }
    }
    let incoming = match letter::read(&arrival.raw) {
        Ok(incoming) => incoming,
        Err(Unreadable::Encrypted) => return Preview::Refused("encrypted"),
        Err(Unreadable::TooManyParts) => return Preview::Refused("too-many-parts"),
        Err(Unreadable::TooLarge) => return Preview::Refused("too-large"),
        Err(Unreadable::Malformed) => return Preview::Refused("malformed"),
    };
    let chance = Chance::seeded(SEED);
    match carry(words, &way(pair, &chance), &incoming) {
        Ok(carried) => Preview::Sent {
            mail_from: draw_sender(&chance, &pair.domain),
            rcpt_to: pair.reader.address.as_str().to_owned(),
            bytes: carried.bytes,
        },
        Err(NotCarried::Stop) => Preview::Kept("stop"),
        Err(NotCarried::Empty) => Preview::Refused("empty"),
        Err(NotCarried::Leak(_)) => Preview::Refused("leak"),
    }
}

fn who(pair: &Pair, arrival: &Arrival) -> Who {
    let said = |text: &str| Address::parse(text).ok().map(|address| digest(&address));
    let from = match &arrival.proof {
        Proof::Mailbox(from) => said(from),
        Proof::NotProven | Proof::TryLater => None,
    };
    let mail_from = said(without_batv(&arrival.mail_from));
    let [writer, reader] = [&pair.writer, &pair.reader].map(|person| digest(&person.address));
    compare([Some(&writer), Some(&reader)], [from.as_ref(), mail_from.as_ref()])
}

/// In the place of the keyed index, as there is no key.
fn digest(address: &Address) -> Digest {
    Digest(Sha256::digest(address.canonical().expose()).into())
}

fn way(pair: &Pair, chance: &Chance) -> Way {
    let Pair { writer, reader, domain } = pair;
    let people = [writer, reader];
    let addresses = people.iter().flat_map(|person| std::iter::once(&person.address).chain(&person.former));
    let root = BASE32_NOPAD.encode(&chance.bytes::<16>()).to_ascii_lowercase();
    Way {
        known: Known {
            addresses: addresses.map(|address| address.as_str().to_owned()).collect(),
            own: 1 + writer.former.len(),
            relay_domain: domain.clone(),
            full_name: None,
            first_name: writer.first_name.clone(),
        },
        envelope: Envelope {
            from_name: writer.first_name.clone(),
            from_alias: format!("{}@{domain}", writer.alias),
            to_alias: format!("{}@{domain}", reader.alias),
            check_word: CHECK_WORD.to_owned(),
            date: NOW,
            message_id: Token::draw(chance).text(),
            thread_root: root,
            relay_domain: domain.clone(),
        },
        lang: Lang::En,
        names: people.map(|person| person.first_name.clone()),
    }
}
