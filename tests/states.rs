//! Anything in any order: random presses, legal or not, on the real rooms, and what must hold after each of them. 10,000
//! steps; 100,000 with `TEST_LONG` set; fewer on PostgreSQL. The seed is printed; `TEST_SEED` repeats a run.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops at the first thing that is not so")]
#![expect(clippy::print_stdout, reason = "the seed, to repeat a run")]

#[path = "support/engine.rs"]
mod engine;
#[path = "support/people.rs"]
#[expect(dead_code, reason = "each file of tests uses some of it")]
mod people;
#[path = "support/skip.rs"]
mod skip;

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use diesel::dsl::count_star;
use diesel::prelude::*;
use engine::Engine;
use people::People;
use show_of_hands::ground::Ground;
use show_of_hands::matching::Kind;
use show_of_hands::members::{CodeDoor, Member};
use show_of_hands::requests::{Draft, OfferState, Reply, Request, State};
use show_of_hands::sponsorships::{self, State as PairState};
use show_of_hands::store::ids::{MemberId, OfferId, SponsorshipId};
use show_of_hands::store::schema::{hands as hand_rows, offers, outbox, requests as request_rows};
use show_of_hands::store::schema::{questions, sponsorships as pair_rows};
use show_of_hands::store::{Conn, Error};
use show_of_hands::vault::{Chance, Token};
use show_of_hands::{hands, privacy, relay, requests, tick};

on_both_engines!(whatever_people_press_the_rules_hold);

const SPONSORS: usize = 10;
const NEWCOMERS: usize = 24;
/// What each hand of `People` offers.
const CAPACITY: i64 = 3;
/// A tick after so many presses, as a commit would wake it.
const TICK_EVERY: u32 = 16;
const CLEAR_EVERY: u32 = 500;

struct Person {
    member: Member,
    address: String,
}

struct World {
    people: People,
    chance: Chance,
    sponsors: Vec<Person>,
    newcomers: Vec<Person>,
    /// The links that are out, by offer.
    links: HashMap<OfferId, Token>,
    made: u32,
    /// Every yes that made a pair.
    matched: u32,
    /// The same for now.
    for_now: u32,
    /// What was pressed, for the message of a failure.
    last: String,
}

async fn whatever_people_press_the_rules_hold(engine: Engine) {
    let Some(people) = People::new(engine) else { return };
    let seed = std::env::var_os("TEST_SEED").and_then(|seed| seed.to_str()?.parse().ok()).unwrap_or(20_261_125);
    let steps = match (std::env::var_os("TEST_LONG").is_some(), engine) {
        (true, Engine::Sqlite) => 100_000,
        // On PostgreSQL each commit crosses a process; the rules are the same.
        (false, Engine::Sqlite) | (true, Engine::Postgres) => 10_000,
        (false, Engine::Postgres) => 3_000,
    };
    println!("TEST_SEED={seed}, {steps} steps");
    let mut world = World::new(people, seed);
    for step in 0..steps {
        world.press();
        if step % TICK_EVERY == 0 {
            // What one pass ended is found by the next, which its commit would wake.
            tick::pass(world.ground());
            tick::pass(world.ground());
            world.holds(step);
            world.mail_leaves();
        }
        if step % CLEAR_EVERY == 0 {
            tick::clear_away(world.ground());
        }
    }
    println!("{} pairs were made, {} for now", world.matched, world.for_now);
    assert!(world.for_now >= steps / 1_000, "{} for now in {steps} steps show nothing", world.for_now);
    assert!(world.matched >= steps / 100, "{} pairs in {steps} steps show nothing", world.matched);
}

impl World {
    fn new(people: People, seed: u64) -> Self {
        let chance = Chance::seeded(seed);
        let mut world = Self {
            people,
            chance,
            sponsors: Vec::new(),
            newcomers: Vec::new(),
            links: HashMap::new(),
            made: 0,
            matched: 0,
            for_now: 0,
            last: String::new(),
        };
        for _ in 0..SPONSORS {
            world.a_sponsor_comes();
        }
        world
    }

    fn ground(&self) -> &Ground {
        &self.people.ground
    }

    fn below(&self, bound: usize) -> usize {
        self.chance.below(u32::try_from(bound).expect("few")) as usize
    }

    fn next_address(&mut self) -> String {
        self.made += 1;
        format!("someone{}@mail.example", self.made)
    }

    fn a_sponsor_comes(&mut self) {
        let address = self.next_address();
        let member = self.people.sponsor("Ray", &address, None);
        // A third of them has no place for a sponsorship, and writes for now.
        if self.made.is_multiple_of(3) {
            let only_for_now = (hand_rows::writes_for_now.eq(true), hand_rows::capacity.eq(0));
            self.write(|conn| diesel::update(hand_rows::table.find(member.id)).set(only_for_now).execute(conn));
        }
        self.sponsors.push(Person { member, address });
    }

    fn a_newcomer_comes(&mut self) {
        let address = self.next_address();
        let member = self.people.newcomer("Jo", &address, "");
        self.newcomers.push(Person { member, address });
    }

    fn press(&mut self) {
        let what = self.below(100);
        self.last = format!("press {what}");
        match what {
            0..8 if self.newcomers.len() < NEWCOMERS => self.a_newcomer_comes(),
            0..50 => self.answers_an_offer(),
            50..62 => self.writes_a_letter(),
            62..68 => self.ends_a_contact(),
            68..74 => self.asks_for_someone_else(),
            74..78 => self.stops_looking(),
            78..84 => self.moves_a_hand(),
            84..88 => self.changes_wishes(),
            88..90 => self.answers_a_question(),
            90 => self.leaves_for_good(),
            _ => self.ground().clock.turn(TimeDelta::minutes(i64::from(self.chance.below(9 * 60)))),
        }
    }

    fn answers_an_offer(&mut self) {
        // Mostly one that is open, now and then any there ever was.
        let is_any = self.below(5) == 0;
        let ids: Vec<OfferId> = self.read(|conn| {
            let all = offers::table.order(offers::id).select(offers::id);
            if is_any { all.load(conn) } else { all.filter(offers::state.eq(OfferState::Open)).load(conn) }
        });
        let Some(token) = ids.get(self.below(ids.len().max(1))).and_then(|id| self.links.get(id)).cloned() else {
            return;
        };
        let reply = match self.below(5) {
            0 => Reply::Yes { hello: "I can write this evening.".to_owned() },
            1 => Reply::Yes { hello: String::new() },
            _ => Reply::NotNow,
        };
        let before: i64 = self.read(|conn| pair_rows::table.count().get_result(conn));
        requests::answer(self.ground(), &token, &reply).expect("an answer");
        let newest = |conn: &mut Conn| {
            pair_rows::table
                .order(pair_rows::introduced_at.desc())
                .select(pair_rows::kind)
                .first::<Kind>(conn)
                .optional()
        };
        let after: i64 = self.read(|conn| pair_rows::table.count().get_result(conn));
        if after > before {
            let is_for_now = self.read(newest) == Some(Kind::ForNow);
            self.for_now += u32::from(is_for_now);
            self.matched += u32::from(!is_for_now);
        }
    }

    /// Any pair there ever was, and one of its two.
    fn any_pair(&self) -> Option<(MemberId, String)> {
        let pairs: Vec<(SponsorshipId, MemberId, MemberId, String)> = self.read(|conn| {
            pair_rows::table
                .order(pair_rows::id)
                .select((pair_rows::id, pair_rows::sponsor, pair_rows::sponsee, pair_rows::reference))
                .load(conn)
        });
        let (_, sponsor, sponsee, reference) = pairs.get(self.below(pairs.len().max(1)))?;
        Some((if self.below(2) == 0 { *sponsor } else { *sponsee }, reference.clone()))
    }

    fn writes_a_letter(&self) {
        let Some((writer, reference)) = self.any_pair() else { return };
        let _ = relay::write(self.ground(), writer, &reference, ("How was your day?", relay::Say::Nothing))
            .expect("an answer");
    }

    fn ends_a_contact(&self) {
        let Some((member, reference)) = self.any_pair() else { return };
        let how = if self.below(3) == 0 { sponsorships::block } else { sponsorships::end_of };
        how(self.ground(), member, &reference).expect("an answer");
    }

    fn asks_for_someone_else(&self) {
        let Some((member, reference)) = self.any_pair() else { return };
        requests::someone_else(self.ground(), member, &reference).expect("an answer");
    }

    fn stops_looking(&self) {
        if let Some(jo) = self.newcomers.get(self.below(NEWCOMERS)) {
            requests::withdraw(self.ground(), jo.member.id).expect("an answer");
        }
    }

    fn moves_a_hand(&self) {
        let Some(ray) = self.sponsors.get(self.below(SPONSORS)) else { return };
        let id = ray.member.id;
        let soon = self.ground().now().plus(TimeDelta::days(2));
        match self.below(6) {
            0 => hands::lower(self.ground(), id),
            1 => hands::pause(self.ground(), id, soon),
            2 => hands::step_back(self.ground(), id, soon).map(|()| true),
            _ => hands::resume(self.ground(), id),
        }
        .expect("an answer");
    }

    fn changes_wishes(&self) {
        let Some(jo) = self.newcomers.get(self.below(NEWCOMERS)) else { return };
        let draft = Draft {
            first_name: jo.member.first_name.clone(),
            languages: 1 + i64::from(self.chance.below(2)),
            first_language: 1,
            accepts: i64::from(self.chance.below(3)),
            accepts_must: self.below(3) == 0,
            describes: 0,
            parts: vec![],
            walked_with: i64::from(self.chance.below(4)),
            ok_with_medicine: self.below(5) == 0,
            note: String::new(),
        };
        requests::change(self.ground(), &jo.member, &draft).expect("an answer");
    }

    /// Somebody presses a button of a question that was mailed; its link is made anew, since only its hash is kept.
    fn answers_a_question(&self) {
        let token = Token::draw(&self.chance);
        let found = self.read(|conn| {
            questions::table
                .filter(questions::answered_at.is_null())
                .order(questions::token)
                .select((questions::token, questions::kind))
                .first::<(show_of_hands::store::types::Digest, show_of_hands::members::QuestionKind)>(conn)
                .optional()
        });
        let Some((digest, kind)) = found else { return };
        self.write(|conn| {
            diesel::update(questions::table.find(digest)).set(questions::token.eq(token.digest())).execute(conn)
        });
        if kind.is_about_hand() {
            let choice = [hands::Choice::Up, hands::Choice::Pause, hands::Choice::Down][self.below(3)];
            hands::choose(self.ground(), &token, choice).expect("an answer");
        } else {
            let all = [
                requests::Choice::SomeoneNew,
                requests::Choice::Stop,
                requests::Choice::Keep,
                requests::Choice::ForNow,
            ];
            let choice = all[self.below(4)];
            requests::choose(self.ground(), &token, choice).expect("an answer");
        }
    }

    fn leaves_for_good(&mut self) {
        let is_sponsor = self.below(3) == 0;
        let from = if is_sponsor { &mut self.sponsors } else { &mut self.newcomers };
        if from.is_empty() {
            return;
        }
        let who = from.swap_remove(self.chance.below(u32::try_from(from.len()).expect("few")) as usize);
        let code = self.people.code(CodeDoor::Leave, &who.address, None);
        let erased = privacy::erase(self.ground(), who.member.id, who.address.as_bytes(), &code);
        assert_eq!(erased.expect("an answer"), privacy::Erased::Gone);
        if is_sponsor {
            self.a_sponsor_comes();
        }
    }

    /// What waits is delivered; new links become known.
    fn mail_leaves(&mut self) {
        self.write(|conn| diesel::delete(outbox::table).execute(conn));
        show_of_hands::mailer::keep_days(&self.people.ground, &self.people.opener).expect("day keys");
        let all: Vec<OfferId> = self.read(|conn| offers::table.order(offers::id).select(offers::id).load(conn));
        let known: HashSet<OfferId> = all.iter().copied().collect();
        self.links.retain(|id, _| known.contains(id));
        for id in all {
            if !self.links.contains_key(&id) {
                let token = Token::draw(&self.chance);
                self.write(|conn| {
                    diesel::update(offers::table.find(id)).set(offers::token.eq(token.digest())).execute(conn)
                });
                self.links.insert(id, token);
            }
        }
    }

    fn holds(&self, step: u32) {
        let last = &self.last;
        for (kind, places) in [(Kind::Sponsor, CAPACITY), (Kind::ForNow, 1)] {
            let open = self.per_sponsor(kind, false);
            for (hand, pairs) in self.per_sponsor(kind, true) {
                assert!(pairs <= places, "step {step}, {last}: {pairs} people for {places} places, {kind:?}");
                let asked = open.get(&hand).copied().unwrap_or(0);
                assert!(
                    pairs + asked <= places,
                    "step {step}, {last}: {asked} asked, {pairs} of {places} taken, {kind:?}"
                );
            }
        }
        self.nobody_has_two_for_now(step);
        self.nobody_writes_to_who_is_gone(step);
        let strays: i64 = self.read(|conn| {
            offers::table
                .inner_join(request_rows::table.on(request_rows::id.eq(offers::request)))
                .inner_join(hand_rows::table.on(hand_rows::member.eq(offers::hand)))
                .filter(offers::state.eq(OfferState::Open))
                .filter(request_rows::state.ne(State::Waiting).or(hand_rows::state.ne(hands::State::Up)))
                .count()
                .get_result(conn)
        });
        assert_eq!(strays, 0, "step {step}, {last}: an open offer of a request or a hand that is not open");
        self.nobody_is_forgotten(step);
    }

    /// One person at a time writes for now, and a rest or a handover is of a contact that goes on.
    fn nobody_has_two_for_now(&self, step: u32) {
        let writing: Vec<(MemberId, i64)> = self.read(|conn| {
            pair_rows::table
                .filter(pair_rows::kind.eq(Kind::ForNow).and(pair_rows::state.ne(PairState::Ended)))
                .group_by(pair_rows::sponsee)
                .select((pair_rows::sponsee, count_star()))
                .load(conn)
        });
        assert!(writing.iter().all(|(_, number)| *number == 1), "step {step}, {}: two for now", self.last);
    }

    /// What waits to leave about a contact is about one that goes on; what says that it ended names no contact.
    fn nobody_writes_to_who_is_gone(&self, step: u32) {
        let letters: i64 = self.read(|conn| {
            outbox::table
                .inner_join(pair_rows::table.on(outbox::sponsorship.eq(pair_rows::id.nullable())))
                .filter(pair_rows::state.eq(PairState::Ended))
                .count()
                .get_result(conn)
        });
        assert_eq!(letters, 0, "step {step}, {}: mail of a contact that ended", self.last);
    }

    /// Sponsorships of a kind that have not ended, or offers of it that are open.
    fn per_sponsor(&self, kind: Kind, pairs: bool) -> HashMap<MemberId, i64> {
        let rows: Vec<(MemberId, i64)> = self.read(|conn| {
            if pairs {
                pair_rows::table
                    .filter(pair_rows::state.ne(PairState::Ended).and(pair_rows::kind.eq(kind)))
                    .group_by(pair_rows::sponsor)
                    .select((pair_rows::sponsor, count_star()))
                    .load(conn)
            } else {
                offers::table
                    .filter(offers::state.eq(OfferState::Open).and(offers::kind.eq(kind)))
                    .group_by(offers::hand)
                    .select((offers::hand, count_star()))
                    .load(conn)
            }
        });
        rows.into_iter().collect()
    }

    /// Everybody who waits has an open offer, stands at the desk, or nobody could be asked; a place that became free is found
    /// within the hour. For now, a sponsor is away.
    fn nobody_is_forgotten(&self, step: u32) {
        let (ground, last) = (self.ground(), &self.last);
        let at_the_latest = ground.now().plus(ground.policy.offers.look_again);
        let waiting = ground.store.read(requests::list_waiting).expect("a list");
        for request in waiting {
            assert!(request.next_look_at <= at_the_latest, "step {step}, {last}: a request is not looked at again");
            if !self.is_seen_to(&request) {
                ground.clock.turn(request.next_look_at.since(ground.now()).max(TimeDelta::zero()));
                tick::pass(ground);
                let request = ground.store.read(|conn| requests::find_request(conn, request.id)).expect("a request");
                assert!(self.is_seen_to(&request.expect("is here")), "step {step}, {last}: nobody is asked");
            }
            if request.kind == Kind::ForNow {
                let pairs = ground.store.read(|conn| sponsorships::list_active_of_sponsee(conn, request.member));
                let is_away = |pair: &sponsorships::Sponsorship| !pair.is_for_now() && pair.is_paused();
                assert!(pairs.expect("pairs").iter().any(is_away), "step {step}, {last}: for now, and nobody is away");
            }
        }
    }

    fn is_seen_to(&self, request: &Request) -> bool {
        let ground = self.ground();
        let offers = ground.store.read(|conn| requests::list_offers(conn, request.id)).expect("offers");
        let is_asked = offers.iter().any(|offer| offer.is_open() && offer.kind == request.kind);
        let is_at_desk = ground.now().since(request.waiting_since) >= ground.policy.requests.desk_after;
        let is_for_now = request.kind == Kind::ForNow; // asked one at a time, hours apart
        request.state != State::Waiting
            || is_asked
            || is_at_desk
            || is_for_now
            || requests::find_fitting(ground, request, 1).expect("a look").ranked.is_empty()
    }

    fn read<T>(&self, query: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
        self.ground().store.read(|conn| query(conn).map_err(Error::from)).expect("read")
    }

    fn write(&self, change: impl Fn(&mut Conn) -> QueryResult<usize>) {
        self.ground().store.write_tx(|tx| change(tx.conn()).map_err(Error::from)).expect("written");
    }
}
