//! Looking at one waiting request: who is to be asked for it now.

use diesel::prelude::*;

use super::error::Error;
use super::facts::{self, Barred, Memory};
use super::for_now;
use super::model::{Offer, Request};
use super::queries::{find_waiting, list_offers};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, DayParts, HandFacts, Kind, Look, OfferState, Round};
use crate::members;
use crate::notices::{self, Notice};
use crate::on_each;
use crate::outbox::{self, About, Reader};
use crate::store::ids::{MemberId, OfferId, RequestId};
use crate::store::schema::{offers, requests};
use crate::store::{Conn, Tx};
use crate::vault::Token;

/// Of the hands with room so many are read at first; where too few of them may be asked, all that the policy reads.
const READ_AT_FIRST: u32 = 16;

/// Asks sponsors, and in the full round people for now where it is their time, and says when to look again. One transaction, so
/// that what is read is so when it is asked.
pub(super) fn look_at(ground: &Ground, id: RequestId, round: Round) -> Result<(), Error> {
    ground.store.write_tx(|tx| match find_waiting(tx.conn(), id)? {
        Some(request) => look(tx, ground, &request, round),
        None => Ok(()),
    })
}

/// The same within another use case.
pub(super) fn look(tx: &mut Tx<'_>, ground: &Ground, request: &Request, round: Round) -> Result<(), Error> {
    let next = look_and_ask(tx, ground, request, round)?;
    let this = requests::table.find(request.id);
    if round == Round::Full {
        on_each!(tx.conn(), c => diesel::update(this).set(requests::next_look_at.eq(next)).execute(c))?;
    }
    Ok(())
}

/// Returns when the request is to be looked at again.
fn look_and_ask(tx: &mut Tx<'_>, ground: &Ground, request: &Request, round: Round) -> Result<Timestamp, Error> {
    let now = ground.now();
    let policy = &ground.policy.offers;
    if let Some(until) = request.postponed_until(now) {
        return Ok(until.min(now.plus(policy.look_again)));
    }
    let mut offers = list_offers(tx.conn(), request.id)?;
    let memory = Memory::read(tx.conn(), ground, request.member)?;
    if memory.is_reported() {
        return Ok(now.plus(policy.look_again));
    }
    let open = offers.iter().filter(|offer| offer.is_open() && offer.kind == Kind::Sponsor).count();
    let wanted = match request.kind {
        Kind::Sponsor => matching::offers_wanted(open, now.since(request.waiting_since), round, policy),
        Kind::ForNow => 0,
    };
    let sponsors = ask(tx, ground, (request, Kind::Sponsor, &memory), (wanted, &mut offers))?;
    if round == Round::First {
        return Ok(now);
    }
    let due_at = for_now::due_at(tx.conn(), ground, request, &offers)?;
    let wanted = usize::from(due_at.is_some_and(|at| at <= now));
    let for_now = ask(tx, ground, (request, Kind::ForNow, &memory), (wanted, &mut offers))?;
    let lapses = offers.iter().filter(|offer| offer.is_open()).map(|offer| offer.lapses_at);
    let due: Vec<Timestamp> = lapses.chain(due_at).chain(for_now.quiet_ends_at).collect();
    Ok(matching::next_look(now, &due, &sponsors, policy))
}

/// Asks so many more hands, and adds the offers to those there are. Nobody is looked for where none is wanted.
fn ask(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (request, kind, memory): (&Request, Kind, &Memory),
    (wanted, offers): (usize, &mut Vec<Offer>),
) -> Result<Look, Error> {
    if wanted == 0 {
        return Ok(Look::default());
    }
    let barred = Barred::new(kind, memory, offers).without_taken_back(offers);
    let look = find(tx.conn(), ground, (request, kind, &barred), wanted)?;
    let hands = look.ranked.get(..wanted).unwrap_or(&look.ranked);
    offers.extend(make_offers(tx, ground, (request, kind, By::Rules), hands)?);
    Ok(look)
}

/// Whoever may be asked now, `wanted` so many of them if there are.
pub(super) fn find(
    conn: &mut Conn,
    ground: &Ground,
    (request, kind, barred): (&Request, Kind, &Barred<'_>),
    wanted: usize,
) -> Result<Look, Error> {
    let mut look = Look::default();
    let most = ground.policy.offers.candidates;
    for at_most in [most.min(READ_AT_FIRST), most] {
        let hands = facts::candidates(conn, ground, (request, kind, barred), at_most)?;
        let are_all = hands.len() < at_most as usize;
        look = matching::look(&request.wish(), hands, ground.now(), &ground.policy.quiet_hours);
        if are_all || look.ranked.len() >= wanted {
            break;
        }
    }
    Ok(look)
}

/// Who put an offer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Rules,
    Desk,
}

/// Makes an offer to a chosen hand if it may be asked now. False: it may not.
pub(super) fn suggest_to(tx: &mut Tx<'_>, ground: &Ground, request: &Request, hand: MemberId) -> Result<bool, Error> {
    let facts = facts::load(tx.conn(), ground, (request, request.kind), Some(hand))?;
    let may_ask =
        |facts: &HandFacts| matching::can_ask(&request.wish(), facts, ground.now(), &ground.policy.quiet_hours).is_ok();
    let chosen: Vec<HandFacts> = facts.into_iter().filter(may_ask).collect();
    make_offers(tx, ground, (request, request.kind, By::Desk), &chosen)?;
    Ok(!chosen.is_empty())
}

/// Asks each of these hands.
fn make_offers(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (request, kind, by): (&Request, Kind, By),
    hands: &[HandFacts],
) -> Result<Vec<Offer>, Error> {
    if hands.is_empty() {
        return Ok(Vec::new());
    }
    let now = ground.now();
    let (mut offers, mut notices) = (Vec::new(), Vec::new());
    for hand in hands {
        let token = Token::draw(&ground.chance);
        let offer = Offer {
            id: OfferId::random(&ground.chance),
            request: request.id,
            hand: MemberId::from_bytes(hand.id),
            state: OfferState::Open,
            token: token.digest(),
            made_at: now,
            lapses_at: matching::lapses_at(now, kind, &ground.policy),
            answered_at: None,
            suggested: by == By::Desk,
            kind,
        };
        let about = About { offer: Some(offer.id), ..About::default() };
        let notice = offer_notice(ground, request, hand, &offer, token.text());
        notices.push((Reader::Member(offer.hand), about, notice));
        offers.push(offer);
    }
    on_each!(tx.conn(), c => diesel::insert_into(offers::table).values(&offers).execute(c))?;
    outbox::push_notices(tx, ground, &notices)?;
    Ok(offers)
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
