//! Other wishes while a request waits, and some of them given up by one press. The place in the queue stays; an offer that no
//! longer fits is withdrawn.

use diesel::prelude::*;

use super::error::Error;
use super::facts;
use super::model::{Draft, Offer, PostponeReason};
use super::place::with_wishes;
use super::queries::{find_waiting_of, list_offers};
use super::tick::move_offer;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, DayParts, Hours, OfferEvent, OfferState, Widening};
use crate::members::Member;
use crate::store::ids::MemberId;
use crate::store::schema::requests;

/// False if nothing waits any more.
pub fn change(ground: &Ground, member: &Member, draft: &Draft) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(old) = find_waiting_of(tx.conn(), member.id)? else { return Ok(false) };
        let new = with_wishes(ground, old, member.utc_offset_min, draft)?;
        diesel::update(requests::table.find(new.id))
            .set((
                requests::languages.eq(new.languages),
                requests::first_language.eq(new.first_language),
                requests::accepts.eq(new.accepts),
                requests::accepts_must.eq(new.accepts_must),
                requests::describes.eq(new.describes),
                requests::parts.eq(new.parts),
                requests::hours.eq(new.hours),
                requests::walked_with.eq(new.walked_with),
                requests::ok_with_medicine.eq(new.ok_with_medicine),
                requests::note.eq(&new.note),
                // Who changes it wants it asked.
                requests::not_before.eq(None::<Timestamp>),
                requests::postpone_reason.eq(None::<PostponeReason>),
                requests::next_look_at.eq(ground.now()),
            ))
            .execute(tx.conn())?;
        let wish = new.wish();
        // A late yes would count, so what lapsed is looked at too.
        let may_say_yes = |offer: &&Offer| matches!(offer.state, OfferState::Open | OfferState::Lapsed);
        for offer in list_offers(tx.conn(), new.id)?.iter().filter(may_say_yes) {
            let hand = facts::load(tx.conn(), ground, (&new, offer.kind), Some(offer.hand))?;
            // Of a hand that is not up nothing is known here, and what is not known is never a yes.
            if hand.first().is_none_or(|hand| matching::fits(&wish, hand).is_err()) {
                move_offer(tx, ground, offer, OfferEvent::Withdrawal)?;
            }
        }
        Ok(true)
    })
}

/// Gives up parts of a wish; the rest stays, and whom the newcomer would feel OK with still ranks. False if nothing waits
/// any more or it does not ask for that.
pub fn widen(ground: &Ground, member: MemberId, widening: &Widening) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let Some(request) = find_waiting_of(tx.conn(), member)? else { return Ok(false) };
        let Some(wider) = widening.apply(&request.wish()) else { return Ok(false) };
        let parts = if wider.hours == Hours::ALL { DayParts::NONE } else { request.parts };
        diesel::update(requests::table.find(request.id))
            .set((
                requests::accepts_must.eq(wider.who_must),
                requests::hours.eq(wider.hours),
                requests::ok_with_medicine.eq(wider.ok_with_medicine),
                requests::parts.eq(parts),
                requests::not_before.eq(None::<Timestamp>),
                requests::postpone_reason.eq(None::<PostponeReason>),
                requests::next_look_at.eq(ground.now()),
            ))
            .execute(tx.conn())?;
        Ok(true)
    })
}
