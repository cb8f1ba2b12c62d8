//! People put straight into the store, where a story needs many of them and is not about how they came.

use chrono::TimeDelta;
use diesel::prelude::*;
use show_of_hands::clock::Day;
use show_of_hands::ground::Ground;
use show_of_hands::hands::{Hand, Rhythm, State as HandState};
use show_of_hands::matching::{DayPart, DayParts, Descriptions, Experience, Hours, Kind, Languages};
use show_of_hands::members::address_place;
use show_of_hands::requests::{Offer, OfferState, Request, State};
use show_of_hands::store::Tx;
use show_of_hands::store::ids::{MemberId, OfferId, RequestId};
use show_of_hands::store::schema::{hands, members, offers, requests};
use show_of_hands::vault::{Address, Token};

pub fn member(tx: &mut Tx<'_>, ground: &Ground, first_name: &str, address: &str) -> MemberId {
    let address = Address::parse(address).expect("an address");
    let index = ground.vault.index(&address);
    let sealed = ground.vault.seal_to_mailer(address_place(&index), &address, &ground.chance).expect("sealed");
    let id = MemberId::random(&ground.chance);
    let month = ground.now().month();
    let row = (
        members::id.eq(id),
        members::first_name.eq(first_name),
        members::address.eq(sealed),
        members::address_index.eq(index),
        members::memory_hash.eq(ground.vault.memory_hash(&address)),
        members::check_word.eq("maple"),
        members::language.eq("en"),
        members::utc_offset_min.eq(0),
        members::made_month.eq(month),
        members::active_month.eq(month),
        members::terms_version.eq(1),
        members::terms_month.eq(month),
    );
    diesel::insert_into(members::table).values(&row).execute(tx.conn()).expect("a member");
    id
}

/// A hand that is up for anybody, in English, at any hour.
pub fn hand(tx: &mut Tx<'_>, ground: &Ground, first_name: &str, address: &str, capacity: i32) -> MemberId {
    let member = member(tx, ground, first_name, address);
    let parts = DayParts::of([DayPart::Mornings, DayPart::Days, DayPart::Evenings, DayPart::Nights, DayPart::Weekend]);
    let row = Hand {
        member,
        state: HandState::Up,
        capacity,
        weekly_limit: 4,
        rhythm: Rhythm::FewAWeek,
        ask_at_night: false,
        languages: Languages::NONE.with(0),
        describes: Descriptions::UNSTATED,
        accepts: Descriptions::ANYONE,
        parts,
        hours: Hours::ALL,
        paused_until: None,
        lease_ends_at: ground.now().plus(ground.policy.hands.lease),
        tie: i64::from_be_bytes(ground.chance.bytes()),
        promise_version: 1,
        promise_month: ground.now().month(),
        vouched_by: None,
        vouched_on: Some(long_ago(ground)),
        raised_on: Some(long_ago(ground)),
        writes_for_now: false,
        walked_with: Experience::NONE,
        shows_walked_with: false,
        ok_with_medicine: None,
    };
    diesel::insert_into(hands::table).values(&row).execute(tx.conn()).expect("a hand");
    member
}

/// Long enough for every place and for a word that counts.
fn long_ago(ground: &Ground) -> Day {
    ground.now().minus(TimeDelta::days(200)).day()
}

/// This hand can write for now.
pub fn writes_for_now(tx: &mut Tx<'_>, hand: MemberId) {
    diesel::update(hands::table.find(hand)).set(hands::writes_for_now.eq(true)).execute(tx.conn()).expect("ticked");
}

/// A request with the presets, waiting since now.
pub fn request(tx: &mut Tx<'_>, ground: &Ground, first_name: &str, address: &str) -> RequestId {
    let member = member(tx, ground, first_name, address);
    let row = Request {
        id: RequestId::random(&ground.chance),
        member,
        state: State::Waiting,
        short: "7K2".to_owned(),
        placed_at: ground.now(),
        waiting_since: ground.now(),
        languages: Languages::NONE.with(0),
        first_language: Languages::NONE.with(0),
        accepts: Descriptions::ANYONE,
        accepts_must: false,
        describes: Descriptions::UNSTATED,
        parts: DayParts::NONE,
        hours: Hours::ALL,
        walked_with: Experience::NONE,
        ok_with_medicine: false,
        note: None,
        next_look_at: ground.now(),
        closed_at: None,
        kind: Kind::Sponsor,
        not_before: None,
        postpone_reason: None,
    };
    diesel::insert_into(requests::table).values(&row).execute(tx.conn()).expect("a request");
    row.id
}

/// An open offer, and the token of its link.
pub fn offer(tx: &mut Tx<'_>, ground: &Ground, request: RequestId, hand: MemberId) -> Token {
    let token = Token::draw(&ground.chance);
    let row = Offer {
        id: OfferId::random(&ground.chance),
        request,
        hand,
        state: OfferState::Open,
        token: token.digest(),
        made_at: ground.now(),
        lapses_at: ground.now().plus(ground.policy.offers.soft_expiry),
        answered_at: None,
        suggested: false,
        kind: Kind::Sponsor,
    };
    diesel::insert_into(offers::table).values(&row).execute(tx.conn()).expect("an offer");
    token
}
