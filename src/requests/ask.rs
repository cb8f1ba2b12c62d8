//! Looking at one waiting request: who is to be asked for it now.

use diesel::prelude::*;

use super::error::Error;
use super::facts::{self, Barred, Memory};
use super::for_now;
use super::model::{Offer, Request};
use super::queries::{find_waiting, list_offers};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::insert_all;
use crate::matching::{self, DayParts, HandFacts, Kind, Look, OfferState, Round};
use crate::members;
use crate::notices::{self, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::ids::{MemberId, OfferId, RequestId};
use crate::store::schema::{offers, requests};
use crate::store::{Conn, Tx};
use crate::vault::Token;

/// Of the hands with room so many are read at first; where too few of them may be asked, all that the policy reads.
const READ_AT_FIRST: u32 = 16;

/// What is known of a request before it is looked at.
pub(super) struct Known<'a> {
    pub request: &'a Request,
    pub memory: Memory,
    /// All of the request, the oldest first.
    pub offers: Vec<Offer>,
}

type Mail = (Reader, About, Notice);

/// What a look comes to: whom to ask, with the mails that ask them, and when to look again. Nothing is written yet.
pub(super) struct Outcome {
    offers: Vec<Offer>,
    mails: Vec<Mail>,
    /// After the first round the full one follows at once.
    pub next_look_at: Timestamp,
}

impl Outcome {
    /// Nobody is asked before this.
    pub fn nobody_until(next_look_at: Timestamp) -> Self {
        Self { offers: Vec::new(), mails: Vec::new(), next_look_at }
    }

    /// Asks them. `first`: a mail that is written down with theirs.
    pub fn write(self, tx: &mut Tx<'_>, ground: &Ground, first: Option<Mail>) -> Result<(), Error> {
        let mails: Vec<Mail> = first.into_iter().chain(self.mails).collect();
        write(tx, ground, &self.offers, &mails)
    }
}

fn write(tx: &mut Tx<'_>, ground: &Ground, offers: &[Offer], mails: &[Mail]) -> Result<(), Error> {
    insert_all!(tx.conn(), offers::table, offers);
    if !mails.is_empty() {
        outbox::push_notices(tx, ground, mails)?;
    }
    Ok(())
}

/// Looks at a request, asks whom the look finds, and in the full round says when to look again. One transaction, so that what is
/// read is so when it is asked.
pub(super) fn look_at(ground: &Ground, id: RequestId, round: Round) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let Some(request) = find_waiting(tx.conn(), id)? else { return Ok(()) };
        let memory = Memory::read(tx.conn(), ground, request.member)?;
        let known = Known { request: &request, memory, offers: list_offers(tx.conn(), id)? };
        let outcome = look(tx.conn(), ground, known, round)?;
        if round == Round::Full {
            let next = requests::next_look_at.eq(outcome.next_look_at);
            diesel::update(requests::table.find(id)).set(next).execute(tx.conn())?;
        }
        outcome.write(tx, ground, None)
    })
}

/// Finds sponsors to ask, and in the full round people for now where it is their time.
pub(super) fn look(conn: &mut Conn, ground: &Ground, known: Known<'_>, round: Round) -> Result<Outcome, Error> {
    let Known { request, memory, mut offers } = known;
    let now = ground.now();
    let policy = &ground.policy.offers;
    if let Some(until) = request.postponed_until(now) {
        return Ok(Outcome::nobody_until(until.min(now.plus(policy.look_again))));
    }
    if memory.is_reported() {
        return Ok(Outcome::nobody_until(now.plus(policy.look_again)));
    }
    let before = offers.len();
    let open = offers.iter().filter(|offer| offer.is_open() && offer.kind == Kind::Sponsor).count();
    let wanted = match request.kind {
        Kind::Sponsor => matching::offers_wanted(open, now.since(request.waiting_since), round, policy),
        Kind::ForNow => 0,
    };
    let mut mails = Vec::new();
    let mut ask = |conn: &mut Conn, kind, wanted, offers: &mut Vec<Offer>| {
        let barred = Barred::new(kind, &memory, offers).without_taken_back(offers);
        let look = if wanted == 0 { Look::default() } else { find(conn, ground, (request, kind, &barred), wanted)? };
        for hand in look.ranked.iter().take(wanted) {
            let (offer, mail) = offer_to(ground, (request, kind, By::Rules), hand);
            offers.push(offer);
            mails.push(mail);
        }
        Ok::<_, Error>(look)
    };
    let sponsors = ask(conn, Kind::Sponsor, wanted, &mut offers)?;
    if round == Round::First {
        return Ok(Outcome { offers: offers.split_off(before), mails, next_look_at: now });
    }
    let due_at = for_now::due_at(conn, ground, request, &offers)?;
    let wanted = usize::from(due_at.is_some_and(|at| at <= now));
    let for_now = ask(conn, Kind::ForNow, wanted, &mut offers)?;
    let lapses = offers.iter().filter(|offer| offer.is_open()).map(|offer| offer.lapses_at);
    let due: Vec<Timestamp> = lapses.chain(due_at).chain(for_now.quiet_ends_at).collect();
    let next_look_at = matching::next_look(now, &due, &sponsors, policy);
    Ok(Outcome { offers: offers.split_off(before), mails, next_look_at })
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
    let may_ask = |facts: &&HandFacts| {
        matching::can_ask(&request.wish(), facts, ground.now(), &ground.policy.quiet_hours).is_ok()
    };
    let Some(chosen) = facts.iter().find(may_ask) else { return Ok(false) };
    let (offer, mail) = offer_to(ground, (request, request.kind, By::Desk), chosen);
    write(tx, ground, &[offer], &[mail])?;
    Ok(true)
}

/// An offer to this hand, and the mail that puts it.
fn offer_to(ground: &Ground, (request, kind, by): (&Request, Kind, By), hand: &HandFacts) -> (Offer, Mail) {
    let now = ground.now();
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
    let mail = (Reader::Member(offer.hand), about, notice);
    (offer, mail)
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
