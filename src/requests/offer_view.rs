//! What the page behind an offer's link shows. Wishes only: first name and note appear with the yes.

use super::error::Error;
use super::model::{Offer, Request, State};
use super::queries::{find_by_token, find_request, note_of};
use crate::clock::Day;
use crate::ground::Ground;
use crate::matching::{self, DayParts, Experience, Hours, Kind, Languages, OfferState};
use crate::members::{self, FirstName, Member};
use crate::sponsorships::{self, Sponsorship};
use crate::store::Conn;
use crate::store::schema::hands;
use crate::vault::Token;
use diesel::prelude::*;

/// How an offer stands, in the order a sponsor meets them.
pub enum Standing {
    Open,
    /// "We asked on. You can still say yes."
    Lapsed,
    NoRoom,
    SaidYes {
        pair: Box<Sponsorship>,
        first_name: FirstName,
        note: Option<String>,
    },
    SaidNotNow,
    Taken,
    MovedOn,
}

pub struct OfferView {
    pub offer: Offer,
    pub request: Request,
    pub sponsor: Member,
    /// Places left, this one included.
    pub room: i64,
    pub shared_languages: Languages,
    /// Day parts in common, in the sponsor's time; empty when the newcomer named none.
    pub shared_parts: DayParts,
    /// Whom the newcomer would like a sponsor to have walked with, and this one has.
    pub walked_with: Experience,
    pub standing: Standing,
}

/// `None` for a link that leads to nothing.
pub fn find_offer(ground: &Ground, token: &Token) -> Result<Option<OfferView>, Error> {
    ground.store.read(|conn| {
        let Some(offer) = find_by_token(conn, &token.digest())? else { return Ok(None) };
        let (Some(request), Some(sponsor)) =
            (find_request(conn, offer.request)?, members::find_member(conn, offer.hand)?)
        else {
            return Ok(None);
        };
        let hand: Option<(i32, Option<Day>, Hours, Languages, Experience)> = hands::table
            .find(offer.hand)
            .select((hands::capacity, hands::vouched_on, hands::hours, hands::languages, hands::walked_with))
            .first(conn)
            .optional()?;
        let nothing = (0, None, Hours::NONE, Languages::NONE, Experience::NONE);
        let (capacity, vouched_on, hours, languages, walked_with) = hand.unwrap_or(nothing);
        let places = matching::places_of_hand(capacity, vouched_on, ground.now().day(), &ground.policy.hands);
        let room = offer.kind.places(places) - sponsorships::count_active(conn, offer.hand, offer.kind)?;
        let standing = standing(conn, ground, &offer, &request, room)?;
        let shared = DayParts::shown(request.hours.common(hours), sponsor.utc_offset_min);
        Ok(Some(OfferView {
            shared_languages: request.languages.common(languages),
            shared_parts: if request.parts.is_empty() { DayParts::NONE } else { shared },
            walked_with: request.walked_with.common(walked_with),
            offer,
            request,
            sponsor,
            room,
            standing,
        }))
    })
}

fn standing(conn: &mut Conn, ground: &Ground, offer: &Offer, request: &Request, room: i64) -> Result<Standing, Error> {
    Ok(match (offer.state, request.state) {
        (OfferState::Accepted, _) => {
            let pairs = sponsorships::list_of_member(conn, offer.hand)?;
            let pair = pairs.into_iter().find(|pair| pair.request == Some(request.id) && pair.kind == offer.kind);
            let newcomer = members::find_member(conn, request.member)?;
            match (pair, newcomer) {
                (Some(pair), Some(newcomer)) if !pair.is_ended() => Standing::SaidYes {
                    pair: Box::new(pair),
                    first_name: newcomer.first_name,
                    // "Only the sponsor who says yes reads it."
                    note: if offer.kind == Kind::Sponsor { note_of(ground, request)? } else { None },
                },
                _ => Standing::MovedOn,
            }
        }
        (OfferState::Declined, _) => Standing::SaidNotNow,
        (_, State::Matched) => Standing::Taken,
        (OfferState::Withdrawn, _) | (_, State::Withdrawn) => Standing::MovedOn,
        (OfferState::Open | OfferState::Lapsed, State::Waiting) if room <= 0 => Standing::NoRoom,
        (OfferState::Open, State::Waiting) => Standing::Open,
        (OfferState::Lapsed, State::Waiting) => Standing::Lapsed,
    })
}
