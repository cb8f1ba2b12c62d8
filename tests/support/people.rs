//! A ground on a fresh database, and the people of a story, made through the rooms' own use cases.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use diesel::prelude::*;
use show_of_hands::clock::{Clock, Timestamp};
use show_of_hands::ground::Ground;
use show_of_hands::hands::{self, Raised, Rhythm};
use show_of_hands::i18n::{Lang, Words};
use show_of_hands::matching::DayPart;
use show_of_hands::members::{self, AskCode, CodeDoor, FirstName, InvitationKind, Member};
use show_of_hands::notices::Notice;
use show_of_hands::outbox::{self, Kind, Row};
use show_of_hands::policy::Policy;
use show_of_hands::requests::{self, Answered, Placed, Reply};
use show_of_hands::sponsorships::Sponsorship;
use show_of_hands::store::schema::{hands as hand_rows, outbox as mails};
use show_of_hands::store::{Conn, DatabaseUrl, Error, Store};
use show_of_hands::vault::{Address, Chance, Opener, Place, Token, Vault};

use crate::engine::{Database, Engine};

/// 2026-12-01 12:00 UTC: nobody's quiet hours.
pub const NOON: Timestamp = Timestamp(1_796_126_400);

pub struct People {
    pub ground: Ground,
    pub opener: Opener,
    pub database: Database,
    keys: tempfile::TempDir,
}

impl People {
    pub fn new(engine: Engine) -> Option<Self> {
        let database = Database::with_tables(engine)?;
        let keys = tempfile::tempdir().expect("a folder");
        let chance = Chance::seeded(7);
        let (vault, opener) = Vault::open_or_make(&keys.path().join("keys"), &chance).expect("keys");
        let url = DatabaseUrl::parse(database.url(), true).expect("a URL");
        let ground = Ground {
            store: Store::open(&url).expect("a store"),
            vault,
            clock: Clock::standing_at(NOON),
            chance,
            policy: Arc::new(Policy::defaults().expect("a policy")),
            words: Words::load(None).expect("words"),
        };
        show_of_hands::mailer::keep_days(&ground, &opener).expect("day keys");
        Some(Self { ground, opener, database, keys })
    }

    /// The folder of keys.
    pub fn keys(&self) -> PathBuf {
        self.keys.path().join("keys")
    }

    /// The rows of the waiting mails, the oldest first.
    pub fn mails(&self) -> Vec<Row> {
        let load = |conn: &mut Conn| {
            mails::table.order(mails::made_at).select(Row::as_select()).load(conn).map_err(outbox::Error::from)
        };
        self.ground.store.read(load).expect("mails")
    }

    pub fn notice_in(&self, row: &Row) -> Notice {
        let place = Place { table: "outbox", column: "payload", row: row.id.bytes() };
        let text = self.opener.open_day(place, &row.payload).expect("the key of the day");
        serde_json::from_slice(text.expose()).expect("a notice")
    }

    /// The notices that wait for a member.
    pub fn notices_to(&self, member: &Member) -> Vec<Notice> {
        let is_theirs = |row: &Row| row.kind == Kind::Notice && row.member == Some(member.id);
        self.mails().iter().filter(|row| is_theirs(row)).map(|row| self.notice_in(row)).collect()
    }

    /// Asks for a code in a browser of the address's own, and reads the mail.
    pub fn code(&self, door: CodeDoor, address: &str, draft: Option<&[u8]>) -> String {
        let parsed = address_of(address);
        let browser = address.as_bytes();
        let ask = AskCode { door, browser, address: &parsed, lang: Lang::En, utc_offset_min: 0, draft };
        members::ask_code(&self.ground, &ask).expect("a code");
        let index = self.ground.vault.index(&parsed);
        let is_to_them = |row: &Row| {
            let reader = |id| self.ground.store.read(|conn| members::find_join_reader(conn, id)).expect("a reader");
            row.join_id.and_then(reader).is_some_and(|reader| reader.address_index == index)
        };
        let theirs: Vec<Row> = self.mails().into_iter().filter(is_to_them).collect();
        let newest = theirs.iter().rev().find_map(|row| match self.notice_in(row) {
            Notice::Code { code, door: of, .. } if of == door => Some(code),
            _ => None,
        });
        newest.expect("the mail with the code")
    }

    pub fn member(&self, address: &str) -> Member {
        let parsed = address_of(address);
        let index = self.ground.vault.index(&parsed);
        self.ground.store.read(|conn| members::find_by_index(conn, &index)).expect("an answer").expect("a member")
    }

    pub fn newcomer(&self, name: &str, address: &str, note: &str) -> Member {
        let draft = requests::Draft {
            first_name: first_name(name),
            languages: 1,
            first_language: 1,
            accepts: 0,
            accepts_must: false,
            describes: 0,
            parts: vec![],
            walked_with: 0,
            ok_with_medicine: false,
            note: note.to_owned(),
        };
        let draft = serde_json::to_vec(&draft).expect("a draft");
        let code = self.code(CodeDoor::Ask, address, Some(&draft));
        let placed = requests::place(&self.ground, address.as_bytes(), &code).expect("an answer");
        assert!(matches!(placed, Placed::In(_)), "{name} did not get in");
        self.member(address)
    }

    /// `by`: whose word it is. As old as it takes to have every place.
    pub fn sponsor(&self, name: &str, address: &str, by: Option<&Member>) -> Member {
        let invitation =
            members::invite(&self.ground, InvitationKind::Sponsor, by.map(|by| by.id)).expect("an invitation");
        let draft = hands::Draft {
            first_name: first_name(name),
            invitation: invitation.text(),
            capacity: 3,
            weekly_limit: 7,
            rhythm: Rhythm::Weekly,
            ask_at_night: true,
            writes_for_now: false,
            walked_with: 0,
            shows_walked_with: false,
            ok_with_medicine: None,
            languages: 1,
            describes: 0,
            accepts: 0,
            parts: DayPart::ALL.to_vec(),
        };
        let draft = serde_json::to_vec(&draft).expect("a draft");
        let code = self.code(CodeDoor::Raise, address, Some(&draft));
        let raised = hands::raise(&self.ground, address.as_bytes(), &code).expect("an answer");
        assert!(matches!(raised, Raised::Up(_)), "{name}'s hand is not up");
        let member = self.member(address);
        let long_ago = self.ground.now().minus(TimeDelta::days(200)).day();
        self.ground
            .store
            .write_tx(|tx| {
                let on = hand_rows::vouched_on.eq(long_ago);
                Ok::<_, Error>(diesel::update(hand_rows::table.find(member.id)).set(on).execute(tx.conn())?)
            })
            .expect("an old hand");
        member
    }

    /// The link in the newest offer that waits for this sponsor.
    pub fn offer_to(&self, sponsor: &Member) -> Option<Token> {
        let newest = self.notices_to(sponsor).into_iter().rev().find_map(|notice| match notice {
            Notice::CanYouHelp(offer) => Some(offer.token),
            _ => None,
        })?;
        Token::parse(&newest)
    }

    /// The sponsor says yes to the newest offer.
    pub fn say_yes(&self, sponsor: &Member, hello: &str) -> Sponsorship {
        requests::tick(&self.ground).expect("a tick");
        let token = self.offer_to(sponsor).expect("an offer");
        match requests::answer(&self.ground, &token, &Reply::Yes { hello: hello.to_owned() }).expect("an answer") {
            Answered::SaidYes(pair) => *pair,
            _ => panic!("the yes did not count"),
        }
    }
}

fn address_of(text: &str) -> Address {
    Address::parse(text).unwrap_or_else(|_| panic!("no address: {text}"))
}

pub fn first_name(name: &str) -> FirstName {
    FirstName::parse(name).expect("a name")
}
