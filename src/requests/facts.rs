//! The facts about hands that the rules of asking look at, for one request and one kind of offer.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::TimeDelta;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::error::Error;
use super::model::Request;
use super::reported::list_reported;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::matching::{self, Descriptions, HandFacts, Hours, Kind, Languages, OfferState};
use crate::members;
use crate::sponsorships::{self, State as PairState};
use crate::store::Conn;
use crate::store::ids::MemberId;
use crate::store::schema::{hands, members as member_rows, offers, sponsorships as pairs};
use crate::store::types::Digest;

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
}

impl HandRow {
    /// Places for sponsorships.
    fn places(&self, ground: &Ground) -> i32 {
        matching::places_of_hand(self.capacity, self.vouched_on, ground.now().day(), &ground.policy.hands)
    }
}

/// Every hand that is up, or `only` this one, as it stands for this request.
pub(super) fn load(
    conn: &mut Conn,
    ground: &Ground,
    (request, kind): (&Request, Kind),
    only: Option<MemberId>,
) -> Result<Vec<HandFacts>, Error> {
    let rows = up_hands(conn, only)?;
    let load = Load::read(conn, ground.now(), only)?;
    let barred = barred_for(conn, ground, (request, kind))?;
    let facts = rows.into_iter().map(|(row, offset, memory)| HandFacts {
        up: kind == Kind::Sponsor || row.writes_for_now,
        capacity: count(kind.places(row.places(ground))),
        sponsorships: load.held(row.member, kind),
        open_offers: load.open(row.member, kind),
        weekly_limit: match kind {
            Kind::Sponsor => count(i64::from(row.weekly_limit)),
            Kind::ForNow => count(i64::from(row.weekly_limit)).min(ground.policy.for_now.weekly_most),
        },
        goes_first: kind == Kind::ForNow
            && load.held(row.member, Kind::Sponsor) + load.open(row.member, Kind::Sponsor)
                >= count(i64::from(row.places(ground))),
        id: *row.member.bytes(),
        languages: row.languages,
        hours: row.hours,
        describes: row.describes,
        accepts: row.accepts,
        offers_last_week: of(&load.offers_last_week, &row.member),
        last_asked_at: load.last_asked_at.get(&row.member).copied(),
        tie: row.tie,
        utc_offset_min: offset,
        ask_at_night: row.ask_at_night,
        paused_until: row.paused_until,
        lease_ends_at: row.lease_ends_at,
        barred: barred.members.contains(&row.member) || barred.hashes.contains(&memory),
        was_asked: barred.asked.contains(&row.member),
    });
    Ok(facts.collect())
}

fn up_hands(conn: &mut Conn, only: Option<MemberId>) -> Result<Vec<(HandRow, i32, Digest)>, Error> {
    let mut query = hands::table
        .inner_join(member_rows::table.on(member_rows::id.eq(hands::member)))
        .filter(hands::state.eq("up").and(member_rows::mail_stopped.is_null()))
        .select((HandRow::as_select(), member_rows::utc_offset_min, member_rows::memory_hash))
        .into_boxed();
    if let Some(member) = only {
        query = query.filter(hands::member.eq(member));
    }
    Ok(query.load(conn)?)
}

/// What hands carry already.
struct Load {
    sponsorships: HashMap<(MemberId, Kind), i64>,
    open_offers: HashMap<(MemberId, Kind), i64>,
    offers_last_week: HashMap<MemberId, i64>,
    last_asked_at: HashMap<MemberId, Timestamp>,
}

impl Load {
    fn read(conn: &mut Conn, now: Timestamp, only: Option<MemberId>) -> Result<Self, Error> {
        let mut active = pairs::table
            .filter(pairs::state.ne(PairState::Ended))
            .group_by((pairs::sponsor, pairs::kind))
            .select((pairs::sponsor, pairs::kind, count_star()))
            .into_boxed();
        let mut open = offers::table
            .filter(offers::state.eq(OfferState::Open))
            .group_by((offers::hand, offers::kind))
            .select((offers::hand, offers::kind, count_star()))
            .into_boxed();
        let mut week = offers::table
            .filter(offers::made_at.gt(now.minus(WEEK)))
            .group_by(offers::hand)
            .select((offers::hand, count_star()))
            .into_boxed();
        let mut last =
            offers::table.group_by(offers::hand).select((offers::hand, diesel::dsl::max(offers::made_at))).into_boxed();
        if let Some(member) = only {
            active = active.filter(pairs::sponsor.eq(member));
            open = open.filter(offers::hand.eq(member));
            week = week.filter(offers::hand.eq(member));
            last = last.filter(offers::hand.eq(member));
        }
        let last: Vec<(MemberId, Option<Timestamp>)> = last.load(conn)?;
        Ok(Self {
            sponsorships: by_kind(active.load(conn)?),
            open_offers: by_kind(open.load(conn)?),
            offers_last_week: week.load::<(MemberId, i64)>(conn)?.into_iter().collect(),
            last_asked_at: last.into_iter().filter_map(|(hand, at)| Some((hand, at?))).collect(),
        })
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

/// Who is not asked for this request: the newcomer, whoever was asked for it, whoever they were a pair with, whoever is
/// reported.
struct Barred {
    asked: HashSet<MemberId>,
    members: HashSet<MemberId>,
    hashes: HashSet<Digest>,
}

fn barred_for(conn: &mut Conn, ground: &Ground, (request, kind): (&Request, Kind)) -> Result<Barred, Error> {
    let asked: Vec<(MemberId, Kind, OfferState)> = offers::table
        .filter(offers::request.eq(request.id))
        .select((offers::hand, offers::kind, offers::state))
        .load(conn)?;
    let mut before: HashMap<MemberId, Vec<(Kind, OfferState)>> = HashMap::new();
    for (hand, of_kind, state) in asked {
        before.entry(hand).or_default().push((of_kind, state));
    }
    before.retain(|_, offers| matching::was_asked(offers, kind));
    let mut barred = HashSet::new();
    barred.insert(request.member);
    barred.extend(sponsorships::list_met(conn, request.member)?);
    let mut hashes = list_reported(conn, ground)?;
    if let Some(hash) = members::find_memory_hash(conn, request.member)? {
        hashes.extend(sponsorships::list_remembered(conn, &hash)?);
    }
    Ok(Barred { asked: before.into_keys().collect(), members: barred, hashes })
}
