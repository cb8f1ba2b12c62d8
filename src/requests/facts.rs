//! The facts about hands that the rules of asking look at, for one request and one kind of offer.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::TimeDelta;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::error::Error;
use super::model::{Offer, Request};
use super::queries::list_offers;
use super::reported::list_reported;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::matching::{self, Descriptions, Experience, HandFacts, Hours, Kind, Languages, OfferState, Wish};
use crate::members;
use crate::on_each;
use crate::sponsorships::{self, State as PairState};
use crate::store::explain::Explain;
use crate::store::ids::MemberId;
use crate::store::schema::{hands, members as member_rows, offers, places, sponsorships as pairs};
use crate::store::types::Digest;
use crate::store::{Conn, first_rows};

const WEEK: TimeDelta = TimeDelta::days(7);

#[derive(Queryable, Selectable)]
#[diesel(table_name = hands)]
struct HandRow {
    member: MemberId,
    capacity: i32,
    weekly_limit: i32,
    writes_for_now: bool,
    ask_at_night: bool,
    languages: Languages,
    describes: Descriptions,
    accepts: Descriptions,
    hours: Hours,
    paused_until: Option<Timestamp>,
    lease_ends_at: Timestamp,
    tie: i64,
    vouched_on: Option<Day>,
    walked_with: Experience,
    shows_walked_with: bool,
    ok_with_medicine: Option<bool>,
}

impl HandRow {
    /// Places for sponsorships.
    fn places(&self, ground: &Ground) -> i32 {
        matching::places_of_hand(self.capacity, self.vouched_on, ground.now().day(), &ground.policy.hands)
    }
}

/// A row of a hand, its clock, and the hash it is remembered by.
type Up = (HandRow, i32, Digest);

/// What a hand carries already, for one kind of offer.
struct Carried {
    sponsorships: u32,
    open_offers: u32,
    /// No place for a sponsorship is left.
    is_full: bool,
    offers_last_week: u32,
    last_asked_at: Option<Timestamp>,
}

/// Every hand that is up, or `only` this one, as it stands for this request.
pub(super) fn load(
    conn: &mut Conn,
    ground: &Ground,
    (request, kind): (&Request, Kind),
    only: Option<MemberId>,
) -> Result<Vec<HandFacts>, Error> {
    let memory = Memory::read(conn, ground, request.member)?;
    let barred = Barred::new(kind, &memory, &list_offers(conn, request.id)?);
    let rows = up_hands(conn, only)?;
    let load = Load::read(conn, ground.now(), only)?;
    let facts = rows.into_iter().map(|up| {
        let hand = up.0.member;
        let taken = load.held(hand, Kind::Sponsor) + load.open(hand, Kind::Sponsor);
        let carried = Carried {
            sponsorships: load.held(hand, kind),
            open_offers: load.open(hand, kind),
            is_full: taken >= count(i64::from(up.0.places(ground))),
            offers_last_week: of(&load.offers_last_week, &hand),
            last_asked_at: load.last_asked_at.get(&hand).copied(),
        };
        facts_of(ground, kind, up, &carried, &barred)
    });
    Ok(facts.collect())
}

fn facts_of(ground: &Ground, kind: Kind, up: Up, carried: &Carried, barred: &Barred<'_>) -> HandFacts {
    let (row, utc_offset_min, memory) = up;
    HandFacts {
        up: kind == Kind::Sponsor || row.writes_for_now,
        capacity: count(kind.places(row.places(ground))),
        sponsorships: carried.sponsorships,
        open_offers: carried.open_offers,
        weekly_limit: match kind {
            Kind::Sponsor => count(i64::from(row.weekly_limit)),
            Kind::ForNow => count(i64::from(row.weekly_limit)).min(ground.policy.for_now.weekly_most),
        },
        goes_first: kind == Kind::ForNow && carried.is_full,
        id: *row.member.bytes(),
        languages: row.languages,
        hours: row.hours,
        describes: row.describes,
        accepts: row.accepts,
        walked_with: row.walked_with,
        shows_walked_with: row.shows_walked_with,
        ok_with_medicine: row.ok_with_medicine == Some(true),
        offers_last_week: carried.offers_last_week,
        last_asked_at: carried.last_asked_at,
        tie: row.tie,
        utc_offset_min,
        ask_at_night: row.ask_at_night,
        paused_until: row.paused_until,
        lease_ends_at: row.lease_ends_at,
        barred: barred.is_never(row.member, &memory),
        was_asked: barred.asked.contains(&row.member),
    }
}

diesel::infix_operator!(And, " & ", BigInt);

/// Both sets have something in common.
macro_rules! meets {
    ($column:expr, $set:expr) => {
        And::new($column, $set.into_sql::<BigInt>()).ne(0)
    };
}

/// The hands that have room by this column and fit the wish, whose turn it is first. PostgreSQL plans without the values, so
/// what only some wishes demand is a condition of theirs alone.
macro_rules! with_room {
    ($has_room:expr, $wish:expr, $columns:expr) => {{
        let fitting = places::table
            .inner_join(hands::table.on(hands::member.eq(places::hand)))
            .inner_join(member_rows::table.on(member_rows::id.eq(places::hand)))
            .filter($has_room.eq(true))
            .filter(member_rows::mail_stopped.is_null())
            .filter(meets!(places::languages, $wish.languages))
            .filter(meets!(places::hours, $wish.hours))
            .filter(meets!(places::accepts, $wish.describes))
            .order(places::turn)
            .select($columns)
            .into_boxed();
        let fitting = if $wish.who_must { fitting.filter(meets!(places::describes, $wish.who)) } else { fitting };
        if $wish.ok_with_medicine { fitting.filter(hands::ok_with_medicine.eq(true)) } else { fitting }
    }};
}

/// The hands with room that fit the wish, whose turn it is first, `at_most` so many: as far as one index and the masks tell.
pub(super) fn candidates(
    conn: &mut Conn,
    ground: &Ground,
    (request, kind, barred): (&Request, Kind, &Barred<'_>),
    at_most: u32,
) -> Result<Vec<HandFacts>, Error> {
    let wish = request.wish();
    let found: Vec<(HandRow, i32, Digest, i64, i64)> = on_each!(conn, c => {
        let columns = (
            HandRow::as_select(),
            member_rows::utc_offset_min,
            member_rows::memory_hash,
            places::turn,
            places::room,
        );
        match kind {
            Kind::Sponsor => first_rows(with_room!(places::has_room, wish, columns), at_most).load(c),
            Kind::ForNow => first_rows(with_room!(places::has_room_for_now, wish, columns), at_most).load(c),
        }
    })?;
    let offers_last_week =
        count_last_week(conn, ground.now(), found.iter().map(|(row, _, _, turn, _)| (row.member, *turn)))?;
    let facts = found.into_iter().map(|(row, offset, memory, turn, room)| {
        let taken = count(i64::from(row.capacity) - room);
        let carried = Carried {
            sponsorships: if kind == Kind::Sponsor { taken } else { 0 },
            open_offers: 0, // among those taken
            is_full: taken >= count(i64::from(row.places(ground))),
            offers_last_week: of(&offers_last_week, &row.member),
            last_asked_at: (turn > 0).then_some(Timestamp(turn)),
        };
        facts_of(ground, kind, (row, offset, memory), &carried, barred)
    });
    Ok(facts.collect())
}

/// Offers of the last week to each of these, given with their turns: whoever was asked longer ago had none. A count within the
/// statement above would cost more than it saves: PostgreSQL would plan that one again each time.
fn count_last_week(
    conn: &mut Conn,
    now: Timestamp,
    turns: impl Iterator<Item = (MemberId, i64)>,
) -> Result<HashMap<MemberId, i64>, Error> {
    let since = now.minus(WEEK);
    let asked: Vec<MemberId> = turns.filter(|(_, turn)| *turn > since.0).map(|(hand, _)| hand).collect();
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let week = offers::table.filter(offers::hand.eq_any(asked).and(offers::made_at.gt(since)));
    let week = week.group_by(offers::hand).select((offers::hand, count_star()));
    Ok(on_each!(conn, c => week.load::<(MemberId, i64)>(c))?.into_iter().collect())
}

/// How the engine means to find candidates.
pub fn plan_of_candidates(conn: &mut Conn, wish: &Wish, kind: Kind) -> Result<Vec<String>, Error> {
    let at_most = 512;
    Ok(on_each!(conn, c => match kind {
        Kind::Sponsor => c.explain(first_rows(with_room!(places::has_room, wish, places::hand), at_most)),
        Kind::ForNow => c.explain(first_rows(with_room!(places::has_room_for_now, wish, places::hand), at_most)),
    })?)
}

fn up_hands(conn: &mut Conn, only: Option<MemberId>) -> Result<Vec<Up>, Error> {
    let up = hands::table
        .inner_join(member_rows::table.on(member_rows::id.eq(hands::member)))
        .filter(hands::state.eq("up").and(member_rows::mail_stopped.is_null()));
    Ok(on_each!(conn, c => {
        let columns = (HandRow::as_select(), member_rows::utc_offset_min, member_rows::memory_hash);
        match only {
            Some(member) => up.filter(hands::member.eq(member)).select(columns).load(c),
            None => up.select(columns).load(c),
        }
    })?)
}

/// What hands carry already.
struct Load {
    sponsorships: HashMap<(MemberId, Kind), i64>,
    open_offers: HashMap<(MemberId, Kind), i64>,
    offers_last_week: HashMap<MemberId, i64>,
    last_asked_at: HashMap<MemberId, Timestamp>,
}

/// The four counts of a [`Load`], of all hands or of those this condition leaves.
macro_rules! load_counts {
    ($conn:expr, $now:expr $(, $hand:expr)?) => {{
        let active = pairs::table.filter(pairs::state.ne(PairState::Ended))$(.filter(pairs::sponsor.eq($hand)))?;
        let active = active.group_by((pairs::sponsor, pairs::kind)).select((pairs::sponsor, pairs::kind, count_star()));
        let open = offers::table.filter(offers::state.eq(OfferState::Open))$(.filter(offers::hand.eq($hand)))?;
        let open = open.group_by((offers::hand, offers::kind)).select((offers::hand, offers::kind, count_star()));
        let week = offers::table.filter(offers::made_at.gt($now.minus(WEEK)))$(.filter(offers::hand.eq($hand)))?;
        let week = week.group_by(offers::hand).select((offers::hand, count_star()));
        let last = offers::table$(.filter(offers::hand.eq($hand)))?;
        let last = last.group_by(offers::hand).select((offers::hand, diesel::dsl::max(offers::made_at)));
        on_each!($conn, c => {
            let last: Vec<(MemberId, Option<Timestamp>)> = last.load(c)?;
            Ok(Self {
                sponsorships: by_kind(active.load(c)?),
                open_offers: by_kind(open.load(c)?),
                offers_last_week: week.load::<(MemberId, i64)>(c)?.into_iter().collect(),
                last_asked_at: last.into_iter().filter_map(|(hand, at)| Some((hand, at?))).collect(),
            })
        })
    }};
}

impl Load {
    fn read(conn: &mut Conn, now: Timestamp, only: Option<MemberId>) -> Result<Self, Error> {
        if let Some(hand) = only { load_counts!(conn, now, hand) } else { load_counts!(conn, now) }
    }
}

impl Load {
    fn held(&self, hand: MemberId, kind: Kind) -> u32 {
        of(&self.sponsorships, &(hand, kind))
    }

    fn open(&self, hand: MemberId, kind: Kind) -> u32 {
        of(&self.open_offers, &(hand, kind))
    }
}

fn by_kind(rows: Vec<(MemberId, Kind, i64)>) -> HashMap<(MemberId, Kind), i64> {
    rows.into_iter().map(|(hand, kind, number)| ((hand, kind), number)).collect()
}

fn of<K: Eq + Hash>(counts: &HashMap<K, i64>, key: &K) -> u32 {
    count(counts.get(key).copied().unwrap_or(0))
}

fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// Whom a newcomer is never to meet, for whatever they ask: by id, and by the hash an address is remembered by.
pub(super) struct Memory {
    own: Option<Digest>,
    members: HashSet<MemberId>,
    remembered: HashSet<Digest>,
    reported: HashSet<Digest>,
}

impl Memory {
    pub fn read(conn: &mut Conn, ground: &Ground, newcomer: MemberId) -> Result<Self, Error> {
        let own = members::find_memory_hash(conn, newcomer)?;
        Self::read_with(conn, ground, newcomer, own)
    }

    /// `own`: the hash that the newcomer's address is remembered by.
    pub fn read_with(conn: &mut Conn, ground: &Ground, newcomer: MemberId, own: Option<Digest>) -> Result<Self, Error> {
        let remembered = own.as_ref().map(|hash| sponsorships::list_remembered(conn, hash)).transpose()?;
        let mut members: HashSet<MemberId> = sponsorships::list_met(conn, newcomer)?.into_iter().collect();
        members.insert(newcomer);
        Ok(Self {
            own,
            members,
            remembered: remembered.into_iter().flatten().collect(),
            reported: list_reported(conn, ground)?,
        })
    }

    /// The newcomer's own case is not decided yet, or they are banned: nobody is asked for them.
    pub fn is_reported(&self) -> bool {
        self.own.as_ref().is_some_and(|hash| self.reported.contains(hash))
    }
}

/// Who is not asked for this request: whom its newcomer is not to meet, and whoever was asked for it.
pub(super) struct Barred<'a> {
    memory: &'a Memory,
    asked: HashSet<MemberId>,
}

impl<'a> Barred<'a> {
    /// `offers`: all of the request.
    pub fn new(kind: Kind, memory: &'a Memory, offers: &[Offer]) -> Self {
        let mut before: HashMap<MemberId, Vec<(Kind, OfferState)>> = HashMap::new();
        for offer in offers {
            before.entry(offer.hand).or_default().push((offer.kind, offer.state));
        }
        before.retain(|_, offers| matching::was_asked(offers, kind));
        Self { memory, asked: before.into_keys().collect() }
    }

    /// Nor does a rule ask at once whom a coordinator has just spared.
    pub fn without_taken_back(mut self, offers: &[Offer]) -> Self {
        let taken_back = offers.iter().filter(|offer| offer.suggested && offer.state == OfferState::Withdrawn);
        self.asked.extend(taken_back.map(|offer| offer.hand));
        self
    }

    fn is_never(&self, hand: MemberId, hash: &Digest) -> bool {
        let Memory { members, remembered, reported, .. } = self.memory;
        members.contains(&hand) || remembered.contains(hash) || reported.contains(hash)
    }
}
