//! Looking at one waiting request: who is to be asked for it now.

use diesel::prelude::*;

use super::error::Error;
use super::facts;
use super::model::{Offer, OfferState, Request, State};
use super::queries::{find_request, list_offers};
use crate::ground::Ground;
use crate::matching::{self, DayParts, HandFacts};
use crate::members;
use crate::notices::{self, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::{MemberId, OfferId, RequestId};
use crate::store::schema::{offers, requests};
use crate::vault::Token;

/// Reads and ranks outside any transaction; then, in one, walks down the ranking and checks each chosen hand again.
pub(super) fn look_at(ground: &Ground, id: RequestId) -> Result<(), Error> {
    let quiet = &ground.policy.quiet_hours;
    let Some((request, look)) = ground.store.read(|conn| {
        let Some(request) = find_request(conn, id)?.filter(|request| request.state == State::Waiting) else {
            return Ok::<_, Error>(None);
        };
        let hands = facts::load(conn, ground, &request, None)?;
        let look = matching::look(&request.wish(), hands, ground.now(), quiet);
        Ok(Some((request, look)))
    })?
    else {
        return Ok(());
    };
    ground.store.write_tx(|tx| {
        let now = ground.now();
        let Some(request) = find_request(tx.conn(), request.id)?.filter(|found| found.state == State::Waiting) else {
            return Ok(());
        };
        let open = list_offers(tx.conn(), id)?.iter().filter(|offer| offer.state == OfferState::Open).count();
        let wanted = matching::offers_wanted(open, now.since(request.waiting_since), &ground.policy.offers);
        let mut left = wanted;
        for hand in look.ranked.iter().take(ground.policy.offers.tried_at_most as usize) {
            if left == 0 {
                break;
            }
            left -= usize::from(offer_to(tx, ground, &request, MemberId::from_bytes(hand.id), false)?);
        }
        let first_lapse_at = list_offers(tx.conn(), id)?
            .iter()
            .filter(|offer| offer.state == OfferState::Open)
            .map(|offer| offer.lapses_at)
            .min();
        let next = matching::next_look(now, first_lapse_at, &look, &ground.policy.offers);
        diesel::update(requests::table.find(id)).set(requests::next_look_at.eq(next)).execute(tx.conn())?;
        Ok(())
    })
}

/// Makes the offer if the hand still may be asked; false if not.
pub(super) fn offer_to(
    tx: &mut Tx<'_>,
    ground: &Ground,
    request: &Request,
    hand: MemberId,
    suggested: bool,
) -> Result<bool, Error> {
    let now = ground.now();
    let wish = request.wish();
    let facts = facts::load(tx.conn(), ground, request, Some(hand))?;
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
        suggested,
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
    })
}

/// The name a sponsor reads once they said yes.
pub(super) fn name_of(tx: &mut Tx<'_>, member: MemberId) -> Result<String, Error> {
    let found = members::find_member(tx.conn(), member)?;
    Ok(found.map(|member| member.first_name.as_str().to_owned()).unwrap_or_default())
}
