//! A world of invented people on a throwaway SQLite, which the tests of the desk's pages use too; and the rules of the
//! overview.

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::clock::{Clock, Timestamp};
use crate::ground::Ground;
use crate::hands::{self, Raised, Rhythm};
use crate::i18n::{Lang, Words};
use crate::matching::DayPart;
use crate::members::{self, AskCode, CodeDoor, FirstName, InvitationKind};
use crate::notices::Notice;
use crate::outbox::transport::{Health, Refusal};
use crate::outbox::{self, Kind, Outcome};
use crate::policy::Policy;
use crate::requests::{self, Placed, PostponeReason, Reply, Suggested};
use crate::store::ids::MemberId;
use crate::store::schema::hands as rows;
use crate::store::{self, DatabaseUrl, Store};
use crate::vault::{Address, Chance, Opener, Place, SessionToken, Token, Vault};

/// Friday, 12:00 UTC: nobody sleeps.
pub const NOON: Timestamp = Timestamp(1_800_014_400);

/// Who suggests.
fn kim() -> MemberId {
    MemberId::from_bytes([7; 16])
}

pub struct World {
    pub ground: Ground,
    pub opener: Opener,
    pub health: Health,
    _folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let chance = Chance::seeded(11);
        let (vault, opener) = Vault::open_or_make(&folder.path().join("keys"), &chance).unwrap();
        let url = format!("sqlite:{}", folder.path().join("store").display());
        let store = Store::open(&DatabaseUrl::parse(&url, false).unwrap()).unwrap();
        store.migrate().unwrap();
        let ground = Ground {
            store,
            vault,
            clock: Clock::standing_at(NOON),
            chance,
            policy: Arc::new(Policy::defaults().unwrap()),
            words: Words::load(None).unwrap(),
        };
        crate::mailer::keep_days(&ground, &opener).unwrap();
        Self { ground, opener, health: Health::default(), _folder: folder }
    }

    pub fn pass(&self, time: TimeDelta) {
        self.ground.clock.turn(time);
        crate::mailer::keep_days(&self.ground, &self.opener).unwrap();
    }

    pub fn overview(&self) -> Overview {
        overview(&self.ground, &self.health, kim()).unwrap()
    }

    /// Takes every mail that waits, and gives what was ours to say.
    pub fn mail(&self) -> Vec<Notice> {
        let rows = outbox::claim(&self.ground, 1_000).unwrap();
        let mut said = Vec::new();
        for row in rows {
            outbox::settle(&self.ground, &row, &Outcome::Gone).unwrap();
            if row.kind == Kind::Notice {
                let place = Place { table: "outbox", column: "payload", row: row.id.bytes() };
                let bytes = self.opener.open_day(place, &row.payload).unwrap();
                said.push(serde_json::from_slice(bytes.expose()).unwrap());
            }
        }
        said
    }

    /// The digits mailed last.
    pub fn code(&self) -> String {
        let code = |notice| if let Notice::Code { code, .. } = notice { Some(code) } else { None };
        self.mail().into_iter().filter_map(code).next_back().unwrap()
    }

    fn proven(&self, door: CodeDoor, name: &str, draft: &[u8]) -> ([u8; 16], String) {
        let browser = self.ground.chance.bytes();
        let address = Address::parse(&format!("{}@people.example", name.to_lowercase())).unwrap();
        let lang = Lang::En;
        let ask = AskCode { door, browser: &browser, address: &address, lang, utc_offset_min: 0, draft: Some(draft) };
        members::ask_code(&self.ground, &ask).unwrap();
        (browser, self.code())
    }

    /// Somebody is about to ask, in the first language of the list, for anyone: their browser and the code mailed to them.
    pub fn asks(&self, name: &str) -> ([u8; 16], String) {
        let draft = requests::Draft {
            first_name: FirstName::parse(name).unwrap(),
            languages: 1,
            first_language: 1,
            accepts: 0,
            accepts_must: false,
            describes: 0,
            parts: vec![DayPart::Evenings],
            walked_with: 0,
            ok_with_medicine: false,
            note: "a note for one reader".to_owned(),
        };
        self.proven(CodeDoor::Ask, name, &serde_json::to_vec(&draft).unwrap())
    }

    /// Somebody asks.
    pub fn newcomer(&self, name: &str) -> SessionToken {
        let (browser, code) = self.asks(name);
        let Placed::In(token) = requests::place(&self.ground, &browser, &code).unwrap() else { panic!("not placed") };
        token
    }

    /// Somebody raised a hand long ago, with room for so many.
    pub fn sponsor(&self, name: &str, capacity: u8) {
        let invitation = members::invite(&self.ground, InvitationKind::Sponsor, None).unwrap();
        let draft = hands::Draft {
            first_name: FirstName::parse(name).unwrap(),
            invitation: invitation.text(),
            capacity,
            weekly_limit: 7,
            rhythm: Rhythm::Daily,
            ask_at_night: false,
            writes_for_now: false,
            walked_with: 0,
            shows_walked_with: false,
            ok_with_medicine: None,
            languages: 1,
            describes: 0,
            accepts: 0,
            parts: vec![DayPart::Evenings],
        };
        let (browser, code) = self.proven(CodeDoor::Raise, name, &serde_json::to_vec(&draft).unwrap());
        assert!(matches!(hands::raise(&self.ground, &browser, &code).unwrap(), Raised::Up(_)));
        let long_ago = rows::vouched_on.eq(self.ground.now().minus(TimeDelta::days(200)).day());
        let aged = self
            .ground
            .store
            .write_tx(|tx| Ok::<_, store::Error>(diesel::update(rows::table).set(long_ago).execute(tx.conn())?));
        aged.unwrap();
    }

    fn first_short(&self) -> String {
        self.overview().waiting.remove(0).short
    }

    fn case(&self, short: &str) -> Case {
        find_case(&self.ground, kim(), short).unwrap().unwrap()
    }
}

fn names(all: &Overview) -> Vec<&str> {
    all.waiting.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn the_late_stand_first_then_the_longest_wait() {
    let world = World::new();
    world.sponsor("Ray", 5);
    for name in ["Ana", "Bo", "Cy"] {
        world.newcomer(name);
        world.pass(TimeDelta::hours(1));
    }
    assert_eq!(names(&world.overview()), ["Ana", "Bo", "Cy"]);
    assert_eq!(world.overview().late(), 0, "somebody fits and has room");
    world.pass(TimeDelta::hours(21));
    let all = world.overview();
    assert_eq!((names(&all), all.late()), (vec!["Ana", "Bo", "Cy"], 1));
    assert!(all.waiting[0].is_late && all.waiting[0].waited == TimeDelta::hours(24));
}

#[test]
fn a_request_that_nobody_fits_is_at_the_desk_at_once() {
    let world = World::new();
    world.newcomer("Ana");
    let all = world.overview();
    assert!(all.waiting[0].is_late);
    assert_eq!((all.sponsors_with_room, all.room, all.waiting[0].languages.len()), (0, 0, 1));
    world.sponsor("Ray", 1);
    assert!(!world.overview().waiting[0].is_late);
}

#[test]
fn where_hands_are_missing_is_told_in_bands() {
    let world = World::new();
    for number in 0..4 {
        world.newcomer(&format!("Ana{number}"));
    }
    let told = |world: &World| -> Vec<(String, Option<DayPart>, Band)> {
        world.overview().missing.into_iter().map(|gap| (gap.language, gap.part, gap.waiting)).collect()
    };
    let evenings = |band| vec![("English".to_owned(), Some(DayPart::Evenings), band)];
    assert_eq!(told(&world), evenings(Band::Few));
    world.newcomer("Bo");
    assert_eq!(told(&world), evenings(Band::Five));
    world.sponsor("Ray", 1);
    assert_eq!(told(&world), [], "somebody is free");
    requests::tick(&world.ground).unwrap();
    assert_eq!(told(&world), evenings(Band::Five), "the one place is asked for");
}

#[test]
fn open_offers_hold_their_place() {
    let world = World::new();
    world.sponsor("Ray", 3);
    world.sponsor("Kim", 1);
    let all = world.overview();
    assert_eq!((all.sponsors_with_room, all.room), (2, 4));
    world.newcomer("Ana");
    requests::tick(&world.ground).unwrap();
    let all = world.overview();
    assert_eq!((all.sponsors_with_room, all.room), (1, 2));
    assert_eq!((all.waiting[0].offers.asked, all.waiting[0].offers.open), (2, 2));
}

#[test]
fn a_suggestion_is_an_offer_like_any_other() {
    let world = World::new();
    world.newcomer("Ana");
    world.sponsor("Ray", 1);
    let short = world.first_short();
    let case = world.case(&short);
    assert_eq!((case.name.as_str(), case.fitting.len(), case.asked.len()), ("Ana", 1, 0));
    assert_eq!(case.fitting[0].name, "Ray");
    assert_eq!(case.fitting[0].reasons.len(), 2, "shared evenings, and the language");
    assert_ne!(case.fitting[0].handle, world.case(&short).fitting[0].handle, "nobody is known by a handle");

    let handle = case.fitting[0].handle.as_str();
    assert_eq!(suggest(&world.ground, kim(), &short, "x").unwrap(), Suggested::NotNow);
    assert_eq!(suggest(&world.ground, kim(), &short, handle).unwrap(), Suggested::Asked);
    assert_eq!(suggest(&world.ground, kim(), &short, handle).unwrap(), Suggested::NotNow, "asked once");
    let offers = world.mail().into_iter().filter(|notice| matches!(notice, Notice::CanYouHelp(_))).count();
    assert_eq!(offers, 1);
    let case = world.case(&short);
    assert!(case.fitting.is_empty() && case.asked[0].suggested && case.asked[0].name == "Ray");
}

#[test]
fn what_is_postponed_or_somebody_elses_is_not_late() {
    let world = World::new();
    world.newcomer("Ana");
    let short = world.first_short();
    let is_late = || world.overview().waiting[0].is_late;
    let does = |what| press(&world.ground, kim(), &short, what).unwrap();
    let in_days = |days| NOON.plus(TimeDelta::days(days)).day();
    let postpone = |days| Press::Postpone(in_days(days), PostponeReason::TheyAsked);
    assert!(is_late());
    for days in [-1, 0, 15] {
        assert_eq!(does(postpone(days)), Pressed::NotThatDay, "{days}");
    }
    assert!(is_late());
    assert_eq!(does(postpone(2)), Pressed::Done);
    assert!(!is_late() && world.case(&short).postponed.is_some());
    assert_eq!(does(Press::AskOn), Pressed::Done);
    assert!(is_late());
    does(postpone(2));
    world.pass(TimeDelta::days(2));
    assert!(is_late() && world.case(&short).postponed.is_none());
    assert_eq!(press(&world.ground, kim(), "ZZZ", Press::LookAfter).unwrap(), Pressed::Settled);
}

#[test]
fn a_handle_works_for_its_own_request_alone() {
    let world = World::new();
    world.newcomer("Ana");
    world.newcomer("Bo");
    world.sponsor("Ray", 2);
    let shorts: Vec<String> = world.overview().waiting.into_iter().map(|row| row.short).collect();
    let handle = world.case(&shorts[0]).fitting.remove(0).handle;
    assert_eq!(suggest(&world.ground, kim(), &shorts[1], &handle).unwrap(), Suggested::NotNow);
}

#[test]
fn a_yes_without_a_letter_shows_after_48_hours() {
    let world = World::new();
    world.sponsor("Ray", 1);
    world.newcomer("Ana");
    requests::tick(&world.ground).unwrap();
    let offer = |notice| if let Notice::CanYouHelp(offer) = notice { Some(offer) } else { None };
    let offer = world.mail().into_iter().find_map(offer).unwrap();
    let token = Token::parse(&offer.token).unwrap();
    let short = world.first_short();
    requests::answer(&world.ground, &token, &Reply::Yes { hello: String::new() }).unwrap();

    assert!(find_case(&world.ground, kim(), &short).unwrap().is_none(), "it does not wait any more");
    assert_eq!(suggest(&world.ground, kim(), &short, "x").unwrap(), Suggested::Settled);
    world.pass(TimeDelta::hours(47));
    assert!(world.overview().left_waiting.is_empty());
    world.pass(TimeDelta::hours(1));
    let all = world.overview();
    assert_eq!(all.left_waiting[0].name, "Ana");
    assert_eq!(all.last_match_at, Some(NOON));
}

#[test]
fn mail_that_does_not_leave_is_said() {
    let world = World::new();
    world.newcomer("Ana");
    world.pass(TimeDelta::minutes(14));
    assert!(world.overview().mail.stuck_for.is_none());
    world.pass(TimeDelta::minutes(1));
    world.health.note(Err(Refusal::Credentials));
    let mail = world.overview().mail;
    assert_eq!((mail.stuck_for, mail.trouble), (Some(TimeDelta::minutes(15)), Some(Refusal::Credentials)));
}

#[test]
fn the_digits_of_a_test_mail_work_on_that_day_and_the_next() {
    let world = World::new();
    let code = world.ground.vault.code_of_day(NOON.day());
    world.pass(TimeDelta::days(2));
    assert!(!take_test_digits(&world.ground, &code).unwrap());
    assert_eq!(count_open_steps(&world.ground).unwrap(), 5);
    let code = world.ground.vault.code_of_day(world.ground.now().day());
    world.pass(TimeDelta::days(1));
    assert!(take_test_digits(&world.ground, &code).unwrap());
    assert_eq!(count_open_steps(&world.ground).unwrap(), 4);
}
