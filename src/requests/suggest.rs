//! The desk puts a request to a chosen hand: an offer like any other, with consent, places and quiet hours.

use super::ask::{find, suggest_to};
use super::error::Error;
use super::facts::{Barred, Memory};
use super::model::{Request, State};
use super::queries::{find_request, list_offers};
use super::tick::{look_again_soon, move_offer};
use crate::audit::{self, Act, Entry};
use crate::ground::Ground;
use crate::matching::{Look, OfferEvent};
use crate::store::ids::{MemberId, RequestId};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suggested {
    Asked,
    /// The hand has no place any more, sleeps, or was asked before.
    NotNow,
    /// The request does not wait any more.
    Settled,
}

/// Hands that may be asked for a request now, the first to be asked first, `at_least` so many of them if there are, and when
/// those that only sleep may be.
pub fn find_fitting(ground: &Ground, request: &Request, at_least: usize) -> Result<Look, Error> {
    ground.store.read(|conn| {
        let memory = Memory::read(conn, ground, request.member)?;
        let barred = Barred::new(request.kind, &memory, &list_offers(conn, request.id)?);
        find(conn, ground, (request, request.kind, &barred), at_least)
    })
}

/// Takes back what the desk suggested, while nobody answered: the hand may be asked again. False: it was answered, or is not
/// of the desk. `by`: the coordinator who does.
pub fn take_back(ground: &Ground, by: MemberId, request: RequestId, hand: MemberId) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let offers = list_offers(tx.conn(), request)?;
        let suggested = offers.iter().find(|offer| offer.hand == hand && offer.suggested && offer.is_open());
        let Some(offer) = suggested else { return Ok(false) };
        let is_back = move_offer(tx, ground, offer, OfferEvent::Withdrawal)?;
        if is_back {
            look_again_soon(tx, ground, &[request])?;
            let entry = Entry { act: Act::TookBack, actor: Some(by), subject: Some(request.bytes()) };
            audit::record(tx, &ground.vault, ground.now(), entry)?;
        }
        Ok(is_back)
    })
}

/// `by`: the coordinator who does.
pub fn suggest(ground: &Ground, by: MemberId, request: RequestId, hand: MemberId) -> Result<Suggested, Error> {
    ground.store.write_tx(|tx| {
        let Some(request) = find_request(tx.conn(), request)?.filter(|found| found.state == State::Waiting) else {
            return Ok(Suggested::Settled);
        };
        if !suggest_to(tx, ground, &request, hand)? {
            return Ok(Suggested::NotNow);
        }
        let entry = Entry { act: Act::Suggested, actor: Some(by), subject: Some(request.id.bytes()) };
        audit::record(tx, &ground.vault, ground.now(), entry)?;
        Ok(Suggested::Asked)
    })
}
