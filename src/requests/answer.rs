//! A sponsor's answer to an offer. The first yes wins (design section 5): in one transaction the offer is open or lapsed,
//! the request waits, the sponsor has a place; then the pair, its addresses, and the withdrawal of the other offers with
//! all their mails are written together.

use super::ask::name_of;
use super::error::Error;
use super::for_now::is_written_with;
use super::model::{Offer, Request, State};
use super::place::close;
use super::queries::{find_by_token, find_request, list_offers, list_open_of};
use super::reported::is_reported;
use super::tick::{look_again_soon, move_offer};
use crate::clock::Day;
use crate::ground::Ground;
use crate::matching::{self, Kind, OfferEvent, OfferState};
use crate::members;
use crate::outbox::{self, About, PageLetter};
use crate::sponsorships::{self, Side, Sponsorship};
use crate::store::Tx;
use crate::store::schema::hands;
use crate::vault::Token;
use diesel::prelude::*;

/// What the sponsor pressed.
#[derive(Clone)]
pub enum Reply {
    /// Yes, with a hello; an empty one leaves the pair introduced.
    Yes {
        hello: String,
    },
    NotNow,
}

/// What the sponsor reads.
pub enum Answered {
    /// Also for the winner's second press.
    SaidYes(Box<Sponsorship>),
    SaidNotNow,
    /// Somebody was quicker: "Someone already said yes, thank you."
    Taken,
    /// The newcomer stopped looking, or this hand is not asked any more.
    MovedOn,
    NoRoom,
    /// No such offer.
    NotHere,
}

pub fn answer(ground: &Ground, token: &Token, reply: &Reply) -> Result<Answered, Error> {
    ground.store.write_tx(|tx| {
        let Some(offer) = find_by_token(tx.conn(), &token.digest())? else { return Ok(Answered::NotHere) };
        match (offer.state, reply) {
            (OfferState::Accepted, _) => said_yes(tx, &offer),
            (OfferState::Declined, _) => Ok(Answered::SaidNotNow),
            (OfferState::Withdrawn, _) => how_it_moved_on(tx, &offer),
            (OfferState::Open | OfferState::Lapsed, Reply::NotNow) => {
                members::note_active(tx, ground, offer.hand)?;
                move_offer(tx, ground, &offer, OfferEvent::NotNow)?;
                look_again_soon(tx, ground, &[offer.request])?;
                Ok(Answered::SaidNotNow)
            }
            (OfferState::Open | OfferState::Lapsed, Reply::Yes { hello }) => accept(tx, ground, &offer, hello),
        }
    })
}

fn accept(tx: &mut Tx<'_>, ground: &Ground, offer: &Offer, hello: &str) -> Result<Answered, Error> {
    let Some(request) = find_request(tx.conn(), offer.request)? else { return Ok(Answered::MovedOn) };
    if request.state != State::Waiting {
        return how_it_moved_on(tx, offer);
    }
    if is_reported(tx.conn(), ground, offer.hand)? || is_reported(tx.conn(), ground, request.member)? {
        return Ok(Answered::MovedOn);
    }
    let Some(capacity) = capacity_of(tx, ground, offer)? else { return Ok(Answered::MovedOn) };
    let active = sponsorships::count_active(tx.conn(), offer.hand, offer.kind)?;
    if active >= capacity {
        return Ok(Answered::NoRoom);
    }
    if offer.kind == Kind::ForNow && is_written_with(tx.conn(), request.member)? {
        return Ok(Answered::Taken);
    }
    if !move_offer(tx, ground, offer, OfferEvent::Yes)? || !settle(tx, ground, &request, offer)? {
        return how_it_moved_on(tx, offer);
    }
    members::note_active(tx, ground, offer.hand)?;
    let pair = sponsorships::introduce(tx, ground, request.id, (offer.hand, request.member), offer.kind)?;
    say_hello(tx, ground, &pair, hello)?;
    let free = usize::try_from(capacity - active - 1).unwrap_or(0);
    let mut open = list_open_of(tx.conn(), offer.hand)?;
    open.retain(|other| other.kind == offer.kind);
    // The newest go first: the longest-asked request keeps its offer.
    for beyond in open.iter().take(open.len().saturating_sub(free)) {
        move_offer(tx, ground, beyond, OfferEvent::Withdrawal)?;
        look_again_soon(tx, ground, &[beyond.request])?;
    }
    Ok(Answered::SaidYes(Box::new(pair)))
}

/// A request for a sponsor has what it asked for. While somebody writes for now it waits on, and so does one for that alone:
/// another may be needed before the sponsor is back. False if it does not wait any more.
fn settle(tx: &mut Tx<'_>, ground: &Ground, request: &Request, offer: &Offer) -> Result<bool, Error> {
    if offer.kind == Kind::Sponsor {
        return close(tx, ground, request.id, State::Matched);
    }
    for other in list_offers(tx.conn(), request.id)?.iter().filter(|other| other.kind == offer.kind && other.is_open())
    {
        move_offer(tx, ground, other, OfferEvent::Withdrawal)?;
    }
    Ok(true)
}

/// The hello leaves like any letter; the mailer scrubs it (D3). The first name stands in front, in the newcomer's language.
fn say_hello(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, hello: &str) -> Result<(), Error> {
    let hello = hello.trim();
    let Some(newcomer) = members::find_member(tx.conn(), pair.sponsee)? else { return Ok(()) };
    if hello.is_empty() {
        return Ok(());
    }
    let name = name_of(tx, pair.sponsee)?;
    let greeting = ground.words.talk(newcomer.lang).with("letter-greeting", &[("name", &name)]);
    let about = About { sponsorship: Some(pair.id), writer: Some(pair.sponsor), ..About::default() };
    let letter = PageLetter { text: &format!("{greeting}\n\n{hello}"), numbers_pass: false };
    outbox::push_letter(tx, ground, pair.sponsee, about, &letter)?;
    sponsorships::note_letter(tx, ground, pair.id, Side::Sponsor)?;
    Ok(())
}

fn said_yes(tx: &mut Tx<'_>, offer: &Offer) -> Result<Answered, Error> {
    let pairs = sponsorships::list_of_member(tx.conn(), offer.hand)?;
    let pair = pairs.into_iter().find(|pair| pair.request == Some(offer.request) && pair.kind == offer.kind);
    Ok(pair.map_or(Answered::MovedOn, |pair| Answered::SaidYes(Box::new(pair))))
}

fn how_it_moved_on(tx: &mut Tx<'_>, offer: &Offer) -> Result<Answered, Error> {
    let request = find_request(tx.conn(), offer.request)?;
    Ok(match request.map(|request| request.state) {
        Some(State::Matched) => Answered::Taken,
        _ => Answered::MovedOn,
    })
}

/// Places of the offer's kind of a hand that may say yes: up, or gone down by itself since it was asked. `None` for one that the desk or its
/// owner took down.
fn capacity_of(tx: &mut Tx<'_>, ground: &Ground, offer: &Offer) -> Result<Option<i64>, Error> {
    let hand = hands::table.find(offer.hand).select((hands::capacity, hands::vouched_on, hands::state));
    let found: Option<(i32, Option<Day>, String)> = hand.first(tx.conn()).optional()?;
    let Some((capacity, vouched_on, state)) = found else { return Ok(None) };
    if matches!(state.as_str(), "suspended" | "down" | "pending") {
        return Ok(None);
    }
    let places = matching::places_of_hand(capacity, vouched_on, ground.now().day(), &ground.policy.hands);
    Ok(Some(offer.kind.places(places)))
}
