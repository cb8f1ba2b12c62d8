//! Looking at one waiting request: who is to be asked for it now.

use diesel::prelude::*;

use super::error::Error;
use super::facts::{self, Barred};
use super::for_now;
use super::model::{Offer, Request};
use super::queries::{find_waiting, list_offers};
use super::reported::is_reported;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, DayParts, HandFacts, Kind, Look, OfferState};
use crate::members;
use crate::notices::{self, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::ids::{MemberId, OfferId, RequestId};
use crate::store::schema::{offers, requests};
use crate::store::{Conn, Tx};
use crate::vault::Token;

/// Asks sponsors, and people for now where it is their time, and says when to look again. The tick has put the next look off
/// before: whoever brings it forward meanwhile is heard.
pub(super) fn look_at(ground: &Ground, id: RequestId) -> Result<(), Error> {
    let Some(request) = ground.store.read(|conn| find_waiting(conn, id))? else { return Ok(()) };
    if ground.store.read(|conn| is_reported(conn, ground, request.member))? {
        return Ok(());
    }
    let sponsors = match request.kind {
        Kind::Sponsor => find(ground, &request, Kind::Sponsor)?,
        Kind::ForNow => Look::default(),
    };
    let due_at = ground.store.read(|conn| for_now::due_at(conn, ground, &request))?;
    let for_now = match due_at {
        Some(at) if at <= ground.now() => find(ground, &request, Kind::ForNow)?,
        _ => Look::default(),
    };
    ground.store.write_tx(|tx| {
        let Some(request) = find_waiting(tx.conn(), id)? else { return Ok(()) };
        ask(tx, ground, (&request, Kind::Sponsor), &sponsors)?;
        ask(tx, ground, (&request, Kind::ForNow), &for_now)?;
        let lapses = list_offers(tx.conn(), id)?.into_iter().filter(Offer::is_open).map(|offer| offer.lapses_at);
        let due: Vec<Timestamp> = lapses.chain(due_at).chain(for_now.quiet_ends_at).collect();
        let next = matching::next_look(ground.now(), &due, &sponsors, &ground.policy.offers);
        let is_later = requests::table.filter(requests::id.eq(id).and(requests::next_look_at.gt(next)));
        diesel::update(is_later).set(requests::next_look_at.eq(next)).execute(tx.conn())?;
        Ok(())
    })
}

/// Reads and ranks outside any transaction. Nobody, where enough are asked.
fn find(ground: &Ground, request: &Request, kind: Kind) -> Result<Look, Error> {
    let offers = &ground.policy.offers;
    ground.store.read(|conn| {
        if wanted(conn, ground, request, kind)? == 0 {
            return Ok(Look::default());
        }
        let barred = Barred::read(conn, ground, (request, kind))?;
        let mut read = |at_most: u32| {
            let hands = facts::candidates(conn, ground, (request, kind, &barred), at_most)?;
            let are_all = hands.len() < at_most as usize;
            Ok::<_, Error>((matching::look(&request.wish(), hands, ground.now(), &ground.policy.quiet_hours), are_all))
        };
        // Mostly the first few are enough; where many of them sleep or are barred, all that the policy reads are read.
        let (look, are_all) = read(offers.candidates.min(2 * offers.tried_at_most))?;
        if are_all || look.ranked.len() >= offers.tried_at_most as usize {
            return Ok(look);
        }
        Ok(read(offers.candidates)?.0)
    })
}

/// Walks down the ranking and checks each chosen hand again.
fn ask(tx: &mut Tx<'_>, ground: &Ground, (request, kind): (&Request, Kind), look: &Look) -> Result<(), Error> {
    if look.ranked.is_empty() {
        return Ok(());
    }
    let mut left = wanted(tx.conn(), ground, request, kind)?;
    let asking = Asking::read(tx.conn(), ground, (request, kind), By::Rules)?;
    for hand in look.ranked.iter().take(ground.policy.offers.tried_at_most as usize) {
        if left == 0 {
            break;
        }
        left -= usize::from(asking.offer_to(tx, ground, MemberId::from_bytes(hand.id))?);
    }
    Ok(())
}

/// How many more hands to ask.
fn wanted(conn: &mut Conn, ground: &Ground, request: &Request, kind: Kind) -> Result<usize, Error> {
    if kind == Kind::ForNow {
        let due_at = for_now::due_at(conn, ground, request)?;
        return Ok(usize::from(due_at.is_some_and(|at| at <= ground.now())));
    }
    let offers = list_offers(conn, request.id)?;
    let open = offers.iter().filter(|offer| offer.is_open() && offer.kind == kind).count();
    Ok(matching::offers_wanted(open, ground.now().since(request.waiting_since), &ground.policy.offers))
}

/// Who put an offer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Rules,
    Desk,
}

/// One request for which hands are asked, and who is not.
pub(super) struct Asking<'a> {
    request: &'a Request,
    kind: Kind,
    by: By,
    barred: Barred,
}

impl<'a> Asking<'a> {
    pub fn read(conn: &mut Conn, ground: &Ground, (request, kind): (&'a Request, Kind), by: By) -> Result<Self, Error> {
        Ok(Self { request, kind, by, barred: Barred::read(conn, ground, (request, kind))? })
    }

    /// Makes the offer if the hand still may be asked; false if not. A hand is not to be asked twice by one `Asking`.
    pub fn offer_to(&self, tx: &mut Tx<'_>, ground: &Ground, hand: MemberId) -> Result<bool, Error> {
        let now = ground.now();
        let wish = self.request.wish();
        let facts = facts::load_one(tx.conn(), ground, (self.kind, &self.barred), hand)?;
        let may_ask = |facts: &HandFacts| matching::can_ask(&wish, facts, now, &ground.policy.quiet_hours).is_ok();
        let Some(facts) = facts.filter(may_ask) else { return Ok(false) };
        let token = Token::draw(&ground.chance);
        let offer = Offer {
            id: OfferId::random(&ground.chance),
            request: self.request.id,
            hand,
            state: OfferState::Open,
            token: token.digest(),
            made_at: now,
            lapses_at: matching::lapses_at(now, self.kind, &ground.policy),
            answered_at: None,
            suggested: self.by == By::Desk,
            kind: self.kind,
        };
        diesel::insert_into(offers::table).values(&offer).execute(tx.conn())?;
        let about = About { offer: Some(offer.id), ..About::default() };
        let notice = offer_notice(ground, self.request, &facts, &offer, token.text());
        outbox::push_notice(tx, ground, Reader::Member(hand), about, &notice)?;
        Ok(true)
    }
}

/// The offer mail carries wishes only: no name, no note.
fn offer_notice(ground: &Ground, request: &Request, hand: &HandFacts, offer: &Offer, token: String) -> Notice {
    let lists = &ground.policy.lists;
    let common = request.languages.common(hand.languages);
    let shared = DayParts::shown(request.hours.common(hand.hours), hand.utc_offset_min);
    let times = shared.parts().filter(|_| !request.parts.is_empty()).map(|part| part.word().to_owned());
    Notice::CanYouHelp(notices::Offer {
        token,
        languages: common.names(lists),
        times: times.collect(),
        who: request.accepts.codes(lists),
        asks_on_by: offer.lapses_at,
        for_now: offer.kind == Kind::ForNow,
    })
}

/// The name a sponsor reads once they said yes.
pub(super) fn name_of(tx: &mut Tx<'_>, member: MemberId) -> Result<String, Error> {
    let found = members::find_member(tx.conn(), member)?;
    Ok(found.map(|member| member.first_name.as_str().to_owned()).unwrap_or_default())
}
