//! Who leaves is gone: from every row of every table, and on SQLite from every byte that is kept. What has a life ends.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not there")]

#[path = "support/engine.rs"]
mod engine;
#[path = "support/people.rs"]
#[expect(dead_code, reason = "each file of tests uses some of it")]
mod people;
#[path = "support/skip.rs"]
mod skip;
#[path = "support/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use diesel::prelude::*;
use engine::Engine;
use people::People;
use show_of_hands::clock::{Day, Month};
use show_of_hands::members::{self, CodeDoor, CodeProblem, InvitationKind, Member, SessionDoor};
use show_of_hands::notices::{DidNotGo, Notice};
use show_of_hands::outbox::{self, About, PageLetter, Reader};
use show_of_hands::privacy::{self, Erase, Erased, Export, OnErase, TABLES};
use show_of_hands::requests::{self, Choice, Chosen};
use show_of_hands::sponsorships::{self, Alias, Sponsorship};
use show_of_hands::store::Error;
use show_of_hands::store::ids::{MemberId, RequestId};
use show_of_hands::store::schema::{
    aliases, bans, bounces, coordinators, former_addresses, joins, looked_after, members as member_rows, offers,
    recovery_codes, reports, rota,
};
use show_of_hands::store::types::Digest;
use show_of_hands::vault::{Address, Place, Token};
use tables::Direct;

on_both_engines!(
    every_table_and_every_column_that_names_a_member_is_classified,
    who_leaves_is_in_no_row,
    the_others_read_the_one_text_and_go_on,
    only_a_fresh_code_for_the_own_address_erases,
    what_has_a_life_ends_with_it,
    the_copy_tells_every_table_that_it_should_and_no_other,
    a_mailbox_of_before_goes_too,
);

const NAME: &str = "Quillfeather";
const ADDRESS: &str = "quillfeather.canary@example.org";
const NOTE: &str = "a canary of a note in plain words";
const LETTER: &str = "a canary of a letter in plain words";
/// Stays, and is found wherever one who leaves is looked for.
const OTHER_NAME: &str = "Thistlewaite";

async fn every_table_and_every_column_that_names_a_member_is_classified(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let mut real = BTreeMap::new();
    for (table, shape) in Direct::to(people.database.url()).shapes() {
        let to_members = shape.keys.into_iter().filter(|key| key.to == "members.id");
        let names: BTreeSet<_> = to_members.map(|key| (key.column, key.on_delete)).collect();
        real.insert(table, names);
    }
    let mut classified = BTreeMap::new();
    for table in TABLES {
        let words = |on_erase: OnErase| if on_erase == OnErase::RowGoes { "CASCADE" } else { "SET NULL" };
        let names = table.names.iter().map(|(column, on)| ((*column).to_owned(), words(*on).to_owned()));
        assert!(classified.insert(table.name.to_owned(), names.collect()).is_none(), "{} twice", table.name);
        let is_nobodys = matches!(table.erase, Erase::Nobody | Erase::ByIndex);
        assert!(!is_nobodys || table.names.is_empty(), "{} names members by key", table.name);
    }
    assert_eq!(real, classified, "left: the tables as they are; right: src/privacy/tables.rs");
}

async fn the_copy_tells_every_table_that_it_should_and_no_other(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let full = full(&people);
    let copy = privacy::export(&people.ground, full.member.id).expect("a copy").expect("a member");
    let text = String::from_utf8(copy).expect("text");
    let copy: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let told = |part: &str| copy[part].as_object().expect("tables").keys().cloned().collect::<BTreeSet<_>>();
    let of = |is_told: bool| {
        let some = TABLES.iter().filter(|table| (table.export == Export::InWords) == is_told);
        some.map(|table| table.name.to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!((told("kept"), told("not_in_here")), (of(true), of(false)));
    for (table, rows) in copy["kept"].as_object().expect("tables") {
        assert!(rows.as_array().is_none_or(|rows| !rows.is_empty()), "{table}: this member has rows in it");
    }
    let me = &copy["kept"]["members"];
    assert_eq!((&me["first_name"], &me["address"]), (&NAME.into(), &privacy::ADDRESS_TOLD.into()));
    assert_eq!(copy["kept"]["sponsorships"].as_array().expect("pairs").len(), 2);
    assert!(text.contains(NOTE), "the member's own note is theirs");
    assert_eq!(text.matches(OTHER_NAME).count(), 1, "the other of a pair by first name, once");
    for not in ["@example.org", "thistle", "canary of a letter", "Ash", "Kim", "$argon2id", "a seed"] {
        assert!(!text.contains(not), "{not}");
    }
    let gone = privacy::export(&people.ground, MemberId::from_bytes([7; 16])).expect("an answer");
    assert!(gone.is_none());
}

async fn a_mailbox_of_before_goes_too(engine: Engine) {
    const NEW: &str = "quillfeather.new@example.org";
    let Some(people) = People::new(engine) else { return };
    let ground = &people.ground;
    let member = people.newcomer(NAME, ADDRESS, NOTE);
    let (old, new) = (Address::parse(ADDRESS).expect("an address"), Address::parse(NEW).expect("an address"));
    members::ask_address_code(ground, &member, NEW.as_bytes(), &new).expect("a code");
    let numbers = |row| match people.notice_in(row) {
        Notice::Code { code, door: CodeDoor::Address, .. } => Some(code),
        _ => None,
    };
    let code = people.mails().iter().rev().find_map(numbers).expect("the mail with the code");
    let moved = sponsorships::change_address(ground, member.id, NEW.as_bytes(), &code).expect("an answer");
    assert!(matches!(moved, members::NewAddress::Moved { .. }));
    let index = ground.vault.index(&old);
    let rows_of = |index: Digest| {
        let count = joins::table.filter(joins::address_index.eq(index).and(joins::door.eq(CodeDoor::Address))).count();
        ground.store.read(|conn| count.get_result::<i64>(conn).map_err(Error::from)).expect("a number")
    };
    assert_eq!(rows_of(index), 1, "it is still to be told");
    assert!(people.mails().iter().any(|row| people.notice_in(row) == Notice::AddressChanged));
    let code = people.code(CodeDoor::Leave, NEW, None);
    let erased = privacy::erase(ground, member.id, NEW.as_bytes(), &code).expect("an answer");
    assert_eq!((erased, rows_of(index)), (Erased::Gone, 0));
    assert_eq!(rows_of(ground.vault.index(&new)), 0);
}

/// One who asks, sponsors and sits at the desk, with two pairs, and rows in every table that can name a member.
struct Full {
    member: Member,
    other: Member,
    as_sponsor: Sponsorship,
    as_sponsee: Sponsorship,
}

fn full(people: &People) -> Full {
    let ground = &people.ground;
    let other = people.sponsor(OTHER_NAME, "thistle@example.org", None);
    let member = people.newcomer(NAME, ADDRESS, NOTE);
    let as_sponsee = people.say_yes(&other, "hello from the other");
    let third = people.newcomer("Sam", "sam@example.org", "");
    people.sponsor(NAME, ADDRESS, Some(&third));
    let as_sponsor = people.say_yes(&member, LETTER);
    assert!(as_sponsor.sponsee == third.id && as_sponsee.sponsee == member.id);
    // Another hour, other codes.
    ground.clock.turn(TimeDelta::minutes(61));
    // Both wait for somebody again: offers to the member and of the member.
    people.newcomer("Kim", "kim@example.org", "");
    people.newcomer(NAME, ADDRESS, NOTE);
    people.sponsor("Ash", "ash@example.org", Some(&member));
    requests::tick(ground).expect("a tick");
    sit_at_the_desk(people, &member);
    somethings_are_not_right(people, (&member, &other), &as_sponsee);
    let about = About { sponsorship: Some(as_sponsee.id), writer: Some(member.id), ..About::default() };
    ground
        .store
        .write_tx(|tx| {
            outbox::push_letter(tx, ground, other.id, about, &PageLetter { text: LETTER, numbers_pass: false })
                .expect("a letter");
            outbox::push_notice(tx, ground, Reader::Member(member.id), About::default(), &Notice::AllSet)
        })
        .expect("mails");
    Full { member, other, as_sponsor, as_sponsee }
}

fn sit_at_the_desk(people: &People, member: &Member) {
    let ground = &people.ground;
    members::invite(ground, InvitationKind::Sponsor, Some(member.id)).expect("an invitation");
    people.code(CodeDoor::In, ADDRESS, None);
    ground
        .store
        .write_tx(|tx| {
            members::open_session(tx, ground, member.id, SessionDoor::Desk).expect("a session");
            let place = Place { table: "coordinators", column: "totp", row: member.id.bytes() };
            let seed = ground.vault.seal(place, b"a seed", &ground.chance).expect("sealed");
            diesel::insert_into(coordinators::table)
                .values((
                    coordinators::member.eq(member.id),
                    coordinators::passphrase.eq("$argon2id$quillfeather"),
                    coordinators::totp.eq(seed),
                    coordinators::made_month.eq(Month(24_000)),
                ))
                .execute(tx.conn())?;
            diesel::insert_into(rota::table)
                .values((rota::week.eq(Day(20_000)), rota::member.eq(member.id)))
                .execute(tx.conn())?;
            let code = (recovery_codes::hash.eq(Digest([8; 32])), recovery_codes::member.eq(member.id));
            diesel::insert_into(recovery_codes::table).values(code).execute(tx.conn())?;
            let bounce =
                (bounces::token.eq(Digest([9; 32])), bounces::member.eq(member.id), bounces::made_at.eq(ground.now()));
            diesel::insert_into(bounces::table).values(bounce).execute(tx.conn())?;
            let was = Address::parse("quillfeather@former.example").expect("an address");
            let index = ground.vault.index(&was);
            let sealed = ground.vault.seal_to_mailer(members::address_place(&index), &was, &ground.chance);
            let former = (
                former_addresses::member.eq(member.id),
                former_addresses::address_index.eq(index),
                former_addresses::address.eq(sealed.expect("sealed")),
                former_addresses::left_month.eq(Month(24_000)),
            );
            diesel::insert_into(former_addresses::table).values(former).execute(tx.conn())?;
            let pairs = sponsorships::list_of_member(tx.conn(), member.id).expect("pairs");
            for pair in pairs {
                members::ask_question(tx, ground, member.id, Some(pair.id), members::QuestionKind::Late)
                    .expect("a question");
                let request = pair.request.expect("a pair comes of a request");
                let care = (looked_after::request.eq(request), looked_after::member.eq(member.id));
                diesel::insert_into(looked_after::table).values(care).execute(tx.conn())?;
            }
            Ok::<_, Error>(())
        })
        .expect("a coordinator");
}

/// The member reported the other and was reported, looks after a case, is named in one, and decided about a ban.
fn somethings_are_not_right(people: &People, (member, other): (&Member, &Member), pair: &Sponsorship) {
    let hash = |of: &Member| {
        let found = people.ground.store.read(|conn| members::find_memory_hash(conn, of.id));
        found.expect("an answer").expect("a member")
    };
    let row = |id: u8, reporter: &Member, accused: &Member| {
        (
            reports::id.eq(vec![id; 16]),
            reports::short.eq(format!("case{id}")),
            reports::sponsorship.eq(pair.id),
            reports::reporter.eq(reporter.id),
            reports::accused.eq(accused.id),
            reports::reporter_hash.eq(hash(reporter)),
            reports::accused_hash.eq(hash(accused)),
            reports::category.eq("other"),
            reports::named.eq(member.id),
            reports::assigned.eq(member.id),
            reports::made_at.eq(people.ground.now()),
        )
    };
    let ban = (
        bans::hash.eq(hash(member)),
        bans::proposed_by.eq(member.id),
        bans::confirmed_by.eq(member.id),
        bans::made_month.eq(Month(24_000)),
        bans::ends_on.eq(Day(30_000)),
    );
    people
        .ground
        .store
        .write_tx(|tx| {
            diesel::insert_into(reports::table).values(row(1, member, other)).execute(tx.conn())?;
            diesel::insert_into(reports::table).values(row(2, other, member)).execute(tx.conn())?;
            diesel::insert_into(bans::table).values(ban).execute(tx.conn())?;
            Ok::<_, Error>(())
        })
        .expect("cases");
}

fn leave(people: &People, member: &Member) {
    let code = people.code(CodeDoor::Leave, ADDRESS, None);
    let erased = privacy::erase(&people.ground, member.id, ADDRESS.as_bytes(), &code).expect("an answer");
    assert_eq!(erased, Erased::Gone);
}

type Values = BTreeMap<(String, String), Vec<Vec<u8>>>;

fn places_of(values: &Values, wanted: &[u8]) -> BTreeSet<String> {
    let holds = |value: &Vec<u8>| value.windows(wanted.len()).any(|part| part == wanted);
    let here = values.iter().filter(|(_, values)| values.iter().any(holds));
    here.map(|((table, column), _)| format!("{table}.{column}")).collect()
}

async fn who_leaves_is_in_no_row(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let full = full(&people);
    let (index, memory): (Digest, Digest) = people
        .ground
        .store
        .read(|conn| {
            let row = member_rows::table.find(full.member.id);
            Ok::<_, Error>(row.select((member_rows::address_index, member_rows::memory_hash)).first(conn)?)
        })
        .expect("the member");
    let mut direct = Direct::to(people.database.url());
    let before = direct.values();
    let named = places_of(&before, full.member.id.bytes());
    for table in TABLES {
        for (column, _) in table.names {
            let place = format!("{}.{column}", table.name);
            assert!(named.contains(&place), "the story has no row for {place}, so nothing is shown about it");
        }
    }
    assert!(places_of(&before, &index.0).contains("joins.address_index"));

    leave(&people, &full.member);

    let after = direct.values();
    // The record of the desk only grows: it keeps a random id that leads nowhere any more.
    let places = places_of(&after, full.member.id.bytes());
    assert_eq!(places, ["audit.actor", "audit.subject"].map(str::to_owned).into());
    let traces = [index.0.as_slice(), NAME.as_bytes(), ADDRESS.as_bytes(), NOTE.as_bytes()];
    for trace in traces {
        let mut places = places_of(&after, trace);
        // The record of the desk only grows, and names nobody but by an id that leads nowhere now.
        places.retain(|place| !place.starts_with("audit."));
        assert_eq!(places, BTreeSet::new());
    }
    let hashes: BTreeSet<_> = places_of(&after, &memory.0);
    let stay: BTreeSet<_> =
        TABLES.iter().filter(|table| table.erase == Erase::HashStays).map(|table| table.name).collect();
    let of_table = |place: &String| place.split('.').next().is_some_and(|table| stay.contains(table));
    assert!(hashes.iter().all(of_table), "{hashes:?}");
    assert!(hashes.contains("pair_memory.one") || hashes.contains("pair_memory.other"), "the pairs are forgotten");
    assert!(hashes.contains("reports.accused_hash") && hashes.contains("bans.hash"), "what was said is forgotten");
    assert_eq!(places_of(&after, OTHER_NAME.as_bytes()).len(), 1, "the other is here");
    let of_pair = [full.as_sponsor.id, full.as_sponsee.id];
    for pair in of_pair {
        assert_eq!(places_of(&after, pair.bytes()), BTreeSet::new(), "a pair is left");
    }
}

async fn the_others_read_the_one_text_and_go_on(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let ground = &people.ground;
    let full = full(&people);
    let about = About { sponsorship: Some(full.as_sponsee.id), writer: Some(full.other.id), ..About::default() };
    let late = PageLetter { text: "too late", numbers_pass: false };
    ground.store.write_tx(|tx| outbox::push_letter(tx, ground, full.member.id, about, &late)).expect("a letter");
    let third = people.member("sam@example.org");
    let was_asked = |member: &Member| {
        ground
            .store
            .read(|conn| Ok::<i64, Error>(offers::table.filter(offers::hand.eq(member.id)).count().get_result(conn)?))
    };
    assert!(was_asked(&full.member).expect("a count") > 1 && was_asked(&full.other).expect("a count") > 1);
    ground.clock.turn(TimeDelta::hours(1));

    leave(&people, &full.member);

    let to_other = people.notices_to(&full.other);
    assert!(to_other.iter().any(|notice| matches!(notice, Notice::ContactEndedSponsor { .. })));
    assert!(to_other.iter().any(|n| matches!(n, Notice::NoteDidNotGo { why: DidNotGo::Ended, .. })));
    let token = people.notices_to(&third).into_iter().find_map(|notice| match notice {
        Notice::ContactEnded { token, .. } => token,
        _ => None,
    });
    let token = Token::parse(&token.expect("the newcomer reads that it ended")).expect("a token");
    assert!(people.mails().iter().all(|row| row.writer != Some(full.member.id)));

    assert_eq!(was_asked(&full.member).expect("a count"), 0);
    let kim = people.member("kim@example.org");
    let waiting = ground.store.read(|conn| requests::find_waiting_of(conn, kim.id)).expect("read").expect("waits on");
    assert_eq!(waiting.next_look_at, ground.now(), "whoever waited for the one who left is looked at again");

    // The relay still knows by which address the other writes, and passes nothing.
    let left: Vec<Alias> = ground
        .store
        .read(|conn| Ok::<_, Error>(aliases::table.select(Alias::as_select()).load(conn)?))
        .expect("aliases");
    let writers: BTreeSet<_> = left.iter().filter_map(|alias| alias.writer).collect();
    assert_eq!(writers, BTreeSet::from([full.other.id, third.id]));
    for alias in &left {
        assert!(alias.sponsorship.is_none() && alias.reader.is_none() && alias.sealed.is_none());
        assert_eq!((alias.ended_at, alias.told_ended), (Some(ground.now()), false));
    }

    // "Someone new" works as after any end, and carries the wishes.
    let chosen = requests::choose(ground, &token, Choice::SomeoneNew).expect("an answer");
    assert_eq!(chosen, Chosen::AskedAgain);
    assert_eq!(requests::choose(ground, &token, Choice::SomeoneNew).expect("an answer"), Chosen::Settled);
    let again = ground.store.read(|conn| requests::find_waiting_of(conn, third.id)).expect("read").expect("waits");
    assert_eq!(again.first_language.bits(), 1);

    // The same address later: not offered to those it met.
    let back = people.newcomer("Quill", ADDRESS, "");
    let met = ground.store.read(|conn| {
        let hash = members::find_memory_hash(conn, back.id)?.expect("a hash");
        sponsorships::list_remembered(conn, &hash)
    });
    assert_eq!(met.expect("the memory").len(), 2);
}

async fn only_a_fresh_code_for_the_own_address_erases(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let member = people.newcomer(NAME, ADDRESS, NOTE);
    let other = people.newcomer("Sam", "sam@example.org", "");
    let erase = |browser: &str, typed: &str| {
        privacy::erase(&people.ground, member.id, browser.as_bytes(), typed).expect("an answer")
    };
    assert_eq!(erase(ADDRESS, "1234 5678"), Erased::Problem(CodeProblem::NotHere));
    let sign_in = people.code(CodeDoor::In, ADDRESS, None);
    assert_eq!(erase(ADDRESS, &sign_in), Erased::Problem(CodeProblem::NotHere), "a code of another door");
    let foreign = people.code(CodeDoor::Leave, "sam@example.org", None);
    assert_eq!(erase("sam@example.org", &foreign), Erased::Problem(CodeProblem::NotHere), "another member's code");
    let code = people.code(CodeDoor::Leave, ADDRESS, None);
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    assert_eq!(erase(ADDRESS, wrong), Erased::Problem(CodeProblem::Wrong));
    assert_eq!(erase("sam@example.org", &code), Erased::Problem(CodeProblem::NotHere), "another browser");
    people.ground.clock.turn(TimeDelta::hours(2));
    assert_eq!(erase(ADDRESS, &code), Erased::Problem(CodeProblem::TooOld));
    assert!(people.member(ADDRESS).id == member.id && people.member("sam@example.org").id == other.id);

    leave(&people, &member);
    assert_eq!(erase(ADDRESS, &code), Erased::Problem(CodeProblem::NotHere), "the second press");
    assert!(people.member("sam@example.org").id == other.id);
}

/// Rows by table, for the tables that time empties.
fn rows(people: &People) -> BTreeMap<String, usize> {
    let mut direct = Direct::to(people.database.url());
    let shapes = direct.shapes();
    let count = |table: &String| direct.lines(&format!("SELECT CAST(count(*) AS TEXT) AS line FROM {table}"));
    let counts = shapes.keys().map(count).collect::<Vec<_>>();
    shapes.keys().cloned().zip(counts.into_iter().map(|lines| lines[0].parse().expect("a count"))).collect()
}

async fn what_has_a_life_ends_with_it(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let ground = &people.ground;
    let sponsor = people.sponsor(OTHER_NAME, "thistle@example.org", None);
    let member = people.newcomer(NAME, ADDRESS, NOTE);
    let pair = people.say_yes(&sponsor, "hello");
    let stopped = people.newcomer("Sam", "sam@example.org", "");
    assert!(requests::withdraw(ground, stopped.id).expect("an answer"));
    let waits = people.newcomer("Kim", "kim@example.org", "");
    requests::tick(ground).expect("a tick");
    let turn = |days: i64| {
        ground.clock.turn(TimeDelta::days(days));
        show_of_hands::mailer::keep_days(ground, &people.opener).expect("day keys");
        privacy::retention(ground).expect("retention");
        rows(&people)
    };

    let now = turn(0);
    assert!(now["joins"] >= 4 && now["sessions"] >= 4 && now["invitations"] == 1, "{now:?}");
    assert_eq!((now["requests"], now["aliases"]), (3, 2));
    let next = turn(2);
    assert_eq!((next["joins"], next["sessions"]), (0, 0));
    assert_eq!((next["requests"], next["invitations"]), (3, 1));
    let month = turn(31);
    assert_eq!(month["requests"], 2, "the withdrawn one is gone; the pair's and the one that waits stay");
    let still_asked: Vec<RequestId> =
        ground.store.read(|conn| Ok::<_, Error>(offers::table.select(offers::request).load(conn)?)).expect("offers");
    let waiting = ground.store.read(|conn| requests::find_waiting_of(conn, waits.id)).expect("read").expect("waits");
    assert_eq!(still_asked, [waiting.id], "offers of a closed request are gone, those of a waiting one stay");

    ground.store.write_tx(|tx| sponsorships::end(tx, ground, &pair, sponsorships::Side::Sponsor)).expect("it ends");
    let after = turn(29);
    assert_eq!((after["requests"], after["aliases"], after["questions"], after["invitations"]), (2, 2, 1, 0));
    let later = turn(2);
    assert_eq!((later["requests"], later["aliases"], later["questions"]), (1, 0, 1));
    assert_eq!(later["sponsorships"], 1, "the pair is remembered while both are here");
    let last = turn(60);
    assert_eq!((last["questions"], last["members"], last["requests"]), (0, 4, 1));
    assert!(people.member(ADDRESS).first_name == member.first_name);
}

/// How often the bytes stand in the files. What is text is looked for as text: the standard library does it quickly.
fn hits(files: &[PathBuf], wanted: &[u8]) -> usize {
    let there = files.iter().filter_map(|file| std::fs::read(file).ok());
    match std::str::from_utf8(wanted) {
        Ok(text) => there.map(|bytes| String::from_utf8_lossy(&bytes).matches(text).count()).sum(),
        Err(_) => there.map(|bytes| bytes.windows(wanted.len()).filter(|part| *part == wanted).count()).sum(),
    }
}

fn with_log(path: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm"].iter().map(|end| PathBuf::from(format!("{}{end}", path.display()))).collect()
}

#[actix_web::test]
async fn on_sqlite_no_byte_of_who_left_is_kept() {
    let Some(people) = People::new(Engine::Sqlite) else { return };
    let full = full(&people);
    let path = PathBuf::from(people.database.url().strip_prefix("sqlite:").expect("a file"));
    let files = with_log(&path);
    let mut direct = Direct::to(people.database.url());
    let before = direct.values();
    // The search finds what is there: in the file or in its log, and in the clear.
    for control in [NAME.as_bytes(), full.member.id.bytes(), OTHER_NAME.as_bytes()] {
        assert!(hits(&files, control) > 0, "the search itself is broken");
    }

    leave(&people, &full.member);

    let after = direct.values();
    let words = direct.lines("SELECT sql AS line FROM sqlite_master WHERE sql IS NOT NULL").join("\n");
    drop(direct);
    let copy = path.with_file_name("copy.db");
    Direct::to(people.database.url()).run(&format!("VACUUM INTO '{}'", copy.display()));
    let all = [files.clone(), vec![copy.clone()]].concat();
    let left: BTreeSet<&Vec<u8>> = after.values().flatten().collect();
    let gone: BTreeSet<&Vec<u8>> = before
        .values()
        .flatten()
        .filter(|value| value.len() > 4 && !left.contains(value))
        // Words of the tables themselves, and numbers as text.
        .filter(|value| {
            !std::str::from_utf8(value).is_ok_and(|text| words.contains(text) || text.parse::<i64>().is_ok())
        })
        .collect();
    assert!(gone.len() > 40 && gone.contains(&NAME.as_bytes().to_vec()), "too little went: {}", gone.len());
    for value in gone {
        let shown = String::from_utf8_lossy(value);
        let place = places_of(&before, value);
        assert_eq!(hits(&all, value), 0, "{shown} of {place:?} is in the file, its log or the copy");
    }
    for plain in [ADDRESS, NOTE, LETTER] {
        assert_eq!(hits(&all, plain.as_bytes()), 0);
    }
    assert!(hits(&files, OTHER_NAME.as_bytes()) > 0 && hits(&[copy], OTHER_NAME.as_bytes()) > 0);
    assert_eq!(std::fs::metadata(&files[1]).map_or(0, |log| log.len()), 0, "the log is empty");
}

#[actix_web::test]
async fn a_reader_in_the_way_only_puts_the_checkpoint_off() {
    let Some(people) = People::new(Engine::Sqlite) else { return };
    let member = people.newcomer(NAME, ADDRESS, NOTE);
    let path = PathBuf::from(people.database.url().strip_prefix("sqlite:").expect("a file"));
    let code = people.code(CodeDoor::Leave, ADDRESS, None);
    let mut reader = Direct::to(people.database.url());
    reader.run("BEGIN");
    assert!(reader.lines("SELECT first_name AS line FROM members").len() == 1);
    let erased = privacy::erase(&people.ground, member.id, ADDRESS.as_bytes(), &code).expect("an answer");
    assert_eq!(erased, Erased::Gone, "the page does not wait for a reader for ever");
    assert!(hits(&with_log(&path), NAME.as_bytes()) > 0, "the reader holds nothing back, so this shows nothing");
    reader.run("COMMIT");
    privacy::tick(&people.ground).expect("a tick");
    assert_eq!(hits(&with_log(&path), NAME.as_bytes()), 0);
}

/// PostgreSQL keeps what SQL deletes; there what must not be read is sealed wherever a copy lies.
#[actix_web::test]
async fn on_postgresql_address_and_letters_are_nowhere_in_the_clear() {
    let Some(people) = People::new(Engine::Postgres) else { return };
    let data = data_folder(people.database.url());
    let full = full(&people);
    let mut direct = Direct::to(people.database.url());
    direct.run("CHECKPOINT");
    leave(&people, &full.member);
    direct.run("CHECKPOINT");
    let files: Vec<PathBuf> = ["base", "pg_wal"].iter().flat_map(|folder| files_under(&data.join(folder))).collect();
    assert!(hits(&files, OTHER_NAME.as_bytes()) > 1, "the search itself is broken");
    for plain in [ADDRESS, "quillfeather.canary", NOTE, LETTER, "hello from the other"] {
        assert_eq!(hits(&files, plain.as_bytes()), 0, "{plain}");
    }
}

fn data_folder(url: &str) -> PathBuf {
    let url = url::Url::parse(url).expect("a URL");
    let host = url.query_pairs().find(|(key, _)| key == "host").expect("a socket folder").1.into_owned();
    Path::new(&host).join("data")
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the cluster's folder can be read");
    entries
        .flat_map(|entry| {
            let path = entry.expect("an entry").path();
            if path.is_dir() { files_under(&path) } else { vec![path] }
        })
        .collect()
}
