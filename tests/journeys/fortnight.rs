//! Two weeks of sixty people in every time zone, hour by hour: nobody gets two timer mails in a day of theirs or one at
//! night, nobody who waits is forgotten, no sponsor has more people than places, and everybody's mail is counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Timelike};
use diesel::prelude::*;
use show_of_hands::desk;
use show_of_hands::ground::Ground;
use show_of_hands::outbox::transport::Health;
use show_of_hands::relay;
use show_of_hands::requests::{self, Reply};
use show_of_hands::sponsorships::{self, Side};
use show_of_hands::store;
use show_of_hands::store::ids::MemberId;
use show_of_hands::store::schema::members;
use show_of_hands::vault::{Chance, Token};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::{TestApp, seed};

on_both_engines!(nobody_is_pestered_and_nobody_forgotten);

const SPONSORS: u32 = 20;
const NEWCOMERS: u32 = 40;
const HOURS: i64 = 14 * 24;
const SEED: u64 = 60;

/// What a clock sends, by its neutral subject.
const TIMER_SUBJECTS: [&str; 8] = [
    "a short update",
    "a choice for you",
    "still there?",
    "one question",
    "a hello is due",
    "a note is waiting",
    "we gave you a rest",
    "still up for this?",
];

/// Minutes ahead of UTC, from Honolulu to Auckland, with halves and quarters of an hour.
const OFFSETS: [i32; 8] = [-600, -480, -300, 0, 60, 345, 570, 780];

struct Person {
    id: MemberId,
    address: String,
    offset_min: i32,
}

struct Town {
    app: TestApp,
    chance: Chance,
    sponsors: Vec<Person>,
    newcomers: Vec<Person>,
    answered: BTreeSet<String>,
}

#[expect(clippy::print_stdout, reason = "the count of mails is a figure of docs/architecture.md")]
async fn nobody_is_pestered_and_nobody_forgotten(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let chance = Chance::seeded(SEED);
    let sponsors = app.seed(|tx, ground| {
        let person = |n: u32| {
            let address = format!("ray{n}@post.example");
            let id = seed::hand(tx, ground, &format!("Ray{n}"), &address, 2);
            if n.is_multiple_of(3) {
                seed::writes_for_now(tx, id);
            }
            let offset_min = OFFSETS[n as usize % OFFSETS.len()];
            move_to(tx, id, offset_min);
            Person { id, address, offset_min }
        };
        (0..SPONSORS).map(person).collect()
    });
    let mut town = Town { app, chance, sponsors, newcomers: Vec::new(), answered: BTreeSet::new() };
    for hour in 0..HOURS {
        town.people_come(hour);
        town.sponsors_answer();
        town.pairs_write();
        town.app.turn("+1 h").await;
        town.nobody_is_forgotten();
    }
    town.timer_mails_kept_their_bounds();
    println!("{}", town.mails_per_person());
}

fn move_to(tx: &mut store::Tx<'_>, id: MemberId, offset_min: i32) {
    diesel::update(members::table.find(id))
        .set(members::utc_offset_min.eq(offset_min))
        .execute(tx.conn())
        .expect("moved");
}

impl Town {
    fn ground(&self) -> &Ground {
        self.app.ground()
    }

    /// All within nine days, so that the last have time.
    fn people_come(&mut self, hour: i64) {
        let n = u32::try_from(self.newcomers.len()).expect("few");
        if n == NEWCOMERS || i64::from(n) * 216 / i64::from(NEWCOMERS) > hour {
            return;
        }
        let address = format!("jo{n}@mail.example");
        let offset_min = OFFSETS[self.chance.below(8) as usize];
        let id = self.app.seed(|tx, ground| {
            let request = seed::request(tx, ground, &format!("Jo{n}"), &address);
            let id = requests::find_request(tx.conn(), request).expect("a request").expect("is there").member;
            move_to(tx, id, offset_min);
            id
        });
        self.newcomers.push(Person { id, address, offset_min });
    }

    /// One in ten never answers; the others look once in a while, and say yes, no, or yes without a word.
    fn sponsors_answer(&mut self) {
        let offers: Vec<(String, String)> = self.app.sink.mails().iter().filter_map(offer_in).collect();
        for (to, token) in offers {
            let never = self.sponsors.iter().position(|ray| ray.address == to).is_some_and(|n| n % 10 == 9);
            if never || self.answered.contains(&token) || self.chance.below(8) != 0 {
                continue;
            }
            let reply = match self.chance.below(6) {
                0..3 => Reply::NotNow,
                3 => Reply::Yes { hello: String::new() },
                _ => Reply::Yes { hello: "I can write this evening.".to_owned() },
            };
            requests::answer(self.ground(), &Token::parse(&token).expect("a token"), &reply).expect("an answer");
            self.answered.insert(token);
        }
    }

    /// A third of the newcomers and of the sponsors fall silent for good; the others write about every second day.
    fn pairs_write(&mut self) {
        for sponsor in 0..self.sponsors.len() {
            let id = self.sponsors[sponsor].id;
            let pairs = self.ground().store.read(|conn| sponsorships::list_of_member(conn, id)).expect("pairs");
            let held =
                |is_for_now| pairs.iter().filter(|pair| !pair.is_ended() && pair.is_for_now() == is_for_now).count();
            assert!(held(false) <= 2 && held(true) <= 1, "no place exceeded");
            for pair in pairs.iter().filter(|pair| !pair.is_ended()) {
                for side in [Side::Sponsor, Side::Sponsee] {
                    let writer = pair.member(side);
                    let is_silent = writer.bytes()[0] % 3 == 0;
                    if !is_silent && self.chance.below(48) == 0 {
                        let sent = relay::write(
                            self.ground(),
                            writer,
                            &pair.reference,
                            ("How was your day?", relay::Say::Nothing),
                        );
                        sent.expect("the store").expect("it goes");
                    }
                }
            }
        }
    }

    /// Whoever waits for a day without a yes is on the desk, in front.
    fn nobody_is_forgotten(&self) {
        let all = desk::overview(self.ground(), &Health::default(), MemberId::from_bytes([0; 16])).expect("the desk");
        let late = all.waiting.iter().take_while(|row| row.is_late).count();
        for (place, row) in all.waiting.iter().enumerate() {
            let is_overdue = row.waited >= self.ground().policy.requests.desk_after;
            assert!(!is_overdue || place < late, "{} waits for {} and the desk does not say so", row.name, row.waited);
        }
    }

    fn timer_mails_kept_their_bounds(&self) {
        let offsets: BTreeMap<&str, i32> = self.everybody().map(|who| (who.address.as_str(), who.offset_min)).collect();
        let mut days = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        for mail in self.app.sink.mails() {
            let Some(kind) = TIMER_SUBJECTS.into_iter().find(|subject| mail.subject.ends_with(subject)) else {
                continue;
            };
            let at = DateTime::parse_from_rfc2822(&mail.header("Date")).expect("a date").to_utc();
            let local = at + chrono::TimeDelta::minutes(i64::from(offsets[mail.to.as_str()]));
            assert!((8..21).contains(&local.hour()), "{kind} to {} at {local}", mail.to);
            assert!(days.insert((mail.to.clone(), local.date_naive())), "two timer mails to {} on {local}", mail.to);
            kinds.insert(kind);
        }
        for kind in ["a short update", "a choice for you", "a hello is due", "a note is waiting"] {
            assert!(kinds.contains(kind), "two weeks without \"{kind}\" show nothing");
        }
    }

    /// Half of the people, nine in ten, the most, by role.
    fn mails_per_person(&self) -> String {
        let mails = self.app.sink.mails();
        let line = |role: &str, people: &[Person]| {
            let mut counts: Vec<usize> =
                people.iter().map(|who| mails.iter().filter(|mail| mail.to == who.address).count()).collect();
            counts.sort_unstable();
            let at = |share: usize| counts[(counts.len() - 1) * share / 100];
            format!("{role}: half {} or fewer, nine in ten {}, most {}", at(50), at(90), at(100))
        };
        format!("{}\n{}", line("newcomers", &self.newcomers), line("sponsors", &self.sponsors))
    }

    fn everybody(&self) -> impl Iterator<Item = &Person> {
        self.sponsors.iter().chain(&self.newcomers)
    }
}

/// To whom an offer went, and the token of its link.
fn offer_in(mail: &crate::support::mail::Mail) -> Option<(String, String)> {
    if !mail.subject.ends_with("can you help this week?") {
        return None;
    }
    let link = mail.link();
    let (_, token) = link.rsplit_once("/o/")?;
    Some((mail.to.clone(), token.to_owned()))
}
