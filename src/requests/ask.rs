//! Looking at one waiting request: who is to be asked for it now.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Offer, Request};
use super::queries::{find_waiting, list_offers};
use super::reported::is_reported;
use super::{facts, for_now};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, DayParts, HandFacts, Kind, Look, OfferState};
use crate::members;
use crate::notices::{self, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::{MemberId, OfferId, RequestId};
use crate::store::schema::{offers, requests};
use crate::vault::Token;

/// Asks sponsors, and people for now where it is their time, and says when to look again. The tick has put the next look off
/// before: whoever brings it forward meanwhile is heard.
pub(super) fn look_at(ground: &Ground, id: RequestId) -> Result<(), Error> {
    let Some(request) = ground.store.read(|conn| find_waiting(conn, id))? else { return Ok(()) };
    if ground.store.read(|conn| is_reported(conn, ground, request.member))? {
        return Ok(());
    }
    let sponsors = match request.kind {
        Kind::Sponsor => ask(ground, &request, Kind::Sponsor)?,
        Kind::ForNow => Look::default(),
    };
    let due_at = ground.store.read(|conn| for_now::due_at(conn, ground, &request))?;
    let for_now = match due_at {
        Some(at) if at <= ground.now() => ask(ground, &request, Kind::ForNow)?,
        _ => Look::default(),
    };
    ground.store.write_tx(|tx| {
        let lapses = list_offers(tx.conn(), id)?.into_iter().filter(Offer::is_open).map(|offer| offer.lapses_at);
        let due: Vec<Timestamp> = lapses.chain(due_at).chain(for_now.quiet_ends_at).collect();
        let next = matching::next_look(ground.now(), &due, &sponsors, &ground.policy.offers);
        let is_later = requests::table.filter(requests::id.eq(id).and(requests::next_look_at.gt(next)));
        diesel::update(is_later).set(requests::next_look_at.eq(next)).execute(tx.conn())?;
        Ok(())
    })
}

/// Reads and ranks outside any transaction; then, in one, walks down the ranking and checks each chosen hand again.
fn ask(ground: &Ground, request: &Request, kind: Kind) -> Result<Look, Error> {
    let quiet = &ground.policy.quiet_hours;
    let hands = ground.store.read(|conn| facts::load(conn, ground, (request, kind), None))?;
    let look = matching::look(&request.wish(), hands, ground.now(), quiet);
    if look.ranked.is_empty() {
        return Ok(look);
    }
    ground.store.write_tx(|tx| {
        let Some(request) = find_waiting(tx.conn(), request.id)? else { return Ok(()) };
        let mut left = wanted(tx, ground, &request, kind)?;
        for hand in look.ranked.iter().take(ground.policy.offers.tried_at_most as usize) {
            if left == 0 {
                break;
            }
            let hand = MemberId::from_bytes(hand.id);
            left -= usize::from(offer_to(tx, ground, (&request, kind), hand, By::Rules)?);
        }
        Ok::<_, Error>(())
    })?;
    Ok(look)
}

/// How many more hands to ask.
fn wanted(tx: &mut Tx<'_>, ground: &Ground, request: &Request, kind: Kind) -> Result<usize, Error> {
    if kind == Kind::ForNow {
        let due_at = for_now::due_at(tx.conn(), ground, request)?;
        return Ok(usize::from(due_at.is_some_and(|at| at <= ground.now())));
    }
    let offers = list_offers(tx.conn(), request.id)?;
    let open = offers.iter().filter(|offer| offer.is_open() && offer.kind == kind).count();
    Ok(matching::offers_wanted(open, ground.now().since(request.waiting_since), &ground.policy.offers))
}

/// Who put an offer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Rules,
    Desk,
}

/// Makes the offer if the hand still may be asked; false if not.
pub(super) fn offer_to(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (request, kind): (&Request, Kind),
    hand: MemberId,
    by: By,
) -> Result<bool, Error> {
    let now = ground.now();
    let wish = request.wish();
    let facts = facts::load(tx.conn(), ground, (request, kind), Some(hand))?;
    let Some(facts) =
        facts.first().filter(|facts| matching::can_ask(&wish, facts, now, &ground.policy.quiet_hours).is_ok())
    else {
        return Ok(false);
    };
    let token = Token::draw(&ground.chance);
    let offer = Offer {
        id: OfferId::random(&ground.chance),
        request: request.id,
        hand,
        state: OfferState::Open,
        token: token.digest(),
        made_at: now,
        lapses_at: matching::lapses_at(now, &ground.policy.offers),
        answered_at: None,
        suggested: by == By::Desk,
        kind,
    };
    diesel::insert_into(offers::table).values(&offer).execute(tx.conn())?;
    let about = About { offer: Some(offer.id), ..About::default() };
    let notice = offer_notice(ground, request, facts, &offer, token.text());
    outbox::push_notice(tx, ground, Reader::Member(hand), about, &notice)?;
    Ok(true)
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
