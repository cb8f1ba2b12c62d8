//! Other wishes while a request waits. The place in the queue stays; an open offer that no longer fits is withdrawn.

use diesel::prelude::*;

use super::error::Error;
use super::facts;
use super::model::{Draft, Event, OfferState};
use super::place::with_wishes;
use super::queries::{find_waiting_of, list_offers};
use super::tick::move_offer;
use crate::ground::Ground;
use crate::matching;
use crate::members::Member;
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
                requests::note.eq(&new.note),
                requests::next_look_at.eq(ground.now()),
            ))
            .execute(tx.conn())?;
        let wish = new.wish();
        for offer in list_offers(tx.conn(), new.id)?.iter().filter(|offer| offer.state == OfferState::Open) {
            let hand = facts::load(tx.conn(), ground, &new, Some(offer.hand))?;
            // A hand that is not up any more has no facts here and had its offers withdrawn when it came down.
            if hand.first().is_some_and(|hand| matching::fits(&wish, hand).is_err()) {
                move_offer(tx, ground, offer, Event::Withdrawal)?;
            }
        }
        Ok(true)
    })
}
