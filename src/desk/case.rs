//! One request: what was done for it so far, who could be asked next, and asking.

use chrono::TimeDelta;

use super::error::Error;
use super::queries;
use super::queue::{Care, is_overdue, postponed_day};
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::matching::{self, DayPart, HandFacts, Kind, More, Part, Reason, Widening};
use crate::requests::{self, Offer, OfferState, PostponeReason, Postponed, Request, Suggested};
use crate::store::ids::MemberId;

/// The page offers a choice, not a list to go through.
const FITTING_SHOWN: usize = 3;

/// A request as a coordinator may see it: wishes and history, no note.
pub struct Case {
    pub name: String,
    pub short: String,
    pub waited: TimeDelta,
    pub placed_at: Timestamp,
    pub is_late: bool,
    /// They have a sponsor, who is away.
    pub is_for_now: bool,
    /// In their own names for themselves.
    pub languages: Vec<String>,
    /// None when any time is fine.
    pub times: Vec<DayPart>,
    /// Codes; none when anyone is fine.
    pub who: Vec<String>,
    pub who_must: bool,
    /// Codes of whom the sponsor should have walked with. Whether medicine is to be OK is not told at the desk.
    pub walked_with: Vec<String>,
    /// The oldest first.
    pub asked: Vec<Asked>,
    /// The first to be asked first.
    pub fitting: Vec<Fitting>,
    /// Somebody fits who only sleeps: when they may be asked.
    pub quiet_ends_at: Option<Timestamp>,
    /// Parts of the wish that would open more people, where nobody fits. Only the newcomer widens it.
    pub scarce: Vec<(Widening, More)>,
    pub postponed: Option<(Day, Option<PostponeReason>)>,
    pub looked_after: LookedAfter,
}

pub enum LookedAfter {
    ByNobody,
    /// By this coordinator.
    ByYou,
    ByAnother(String),
}

pub struct Asked {
    pub name: String,
    pub state: OfferState,
    pub made_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// By a coordinator.
    pub suggested: bool,
    /// Names this hand on this page, where its question can be taken back.
    pub handle: Option<String>,
}

pub struct Fitting {
    /// Names this hand on this page of this request; sealed, and another each time.
    pub handle: String,
    pub name: String,
    pub languages: Vec<String>,
    pub reasons: Vec<Reason>,
}

/// The waiting request of this short name; a settled one is like one that never was.
pub fn find_case(ground: &Ground, reader: MemberId, short: &str) -> Result<Option<Case>, Error> {
    let found = ground.store.read(|conn| {
        let Some(request) = requests::find_waiting_by_short(conn, short)? else { return Ok::<_, Error>(None) };
        let offers = requests::list_offers(conn, request.id)?;
        let care = Care::read(conn, ground.now())?;
        let postponed_until = postponed_day(conn, &request, ground.now())?;
        Ok(Some((request, offers, care, postponed_until)))
    })?;
    let Some((request, offers, care, postponed_until)) = found else { return Ok(None) };
    let look = requests::find_fitting(ground, &request, FITTING_SHOWN)?;
    let nobody_is_asked = !offers.iter().any(|offer| offer.is_open() && offer.kind == request.kind);
    let chosen: Vec<&HandFacts> = look.ranked.iter().take(FITTING_SHOWN).collect();
    let ids = offers.iter().map(|offer| offer.hand).chain(chosen.iter().map(|hand| MemberId::from_bytes(hand.id)));
    let ids: Vec<MemberId> = ids.chain([request.member]).collect();
    let names = ground.store.read(|conn| queries::names_of(conn, ids.into_iter()))?;
    let name = |id: MemberId| names.get(&id).cloned().unwrap_or_default();
    let nobody = nobody_is_asked && look.nobody_fits();
    let lists = &ground.policy.lists;
    Ok(Some(Case {
        name: name(request.member),
        waited: ground.now().since(request.asks_since()),
        is_for_now: request.kind == Kind::ForNow,
        placed_at: request.placed_at,
        is_late: is_overdue(ground, &request) || (nobody && postponed_until.is_none()),
        scarce: if nobody { scarcity(ground, &request)? } else { Vec::new() },
        postponed: postponed_until.map(|at| (at, request.postpone_reason)),
        looked_after: match care.of(request.id) {
            Some((by, _)) if by == reader => LookedAfter::ByYou,
            Some((_, name)) => LookedAfter::ByAnother(name.to_owned()),
            None => LookedAfter::ByNobody,
        },
        languages: request.languages.names(lists),
        times: request.parts.parts().collect(),
        who: request.accepts.codes(lists),
        who_must: request.accepts_must,
        walked_with: request.walked_with.codes(lists),
        asked: offers.iter().map(|offer| asked(ground, &request, offer, name(offer.hand))).collect(),
        fitting: chosen.iter().map(|hand| fitting(ground, &request, hand, name)).collect(),
        quiet_ends_at: look.quiet_ends_at,
        short: request.short,
    }))
}

/// Asks the hand behind a handle of this request's page; `by` is the coordinator who does.
pub fn suggest(ground: &Ground, by: MemberId, short: &str, handle: &str) -> Result<Suggested, Error> {
    let Some(request) = find_request(ground, short)? else { return Ok(Suggested::Settled) };
    let Some(hand) = hand_behind(ground, &request, handle) else { return Ok(Suggested::NotNow) };
    Ok(requests::suggest(ground, by, request.id, hand)?)
}

/// What one press on a request does, besides asking somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Press {
    /// If nobody does.
    LookAfter,
    /// Whoever does.
    TakeOver,
    LeaveToAll,
    Postpone(Day, PostponeReason),
    AskOn,
    /// The question that the desk put to the hand behind this handle.
    TakeBack(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pressed {
    Done,
    NotThatDay,
    /// There is nothing to take back any more.
    NotOpen,
    /// Another coordinator looks after it.
    Anothers,
    /// The request does not wait any more.
    Settled,
}

pub fn press(ground: &Ground, by: MemberId, short: &str, what: Press) -> Result<Pressed, Error> {
    let Some(request) = find_request(ground, short)? else { return Ok(Pressed::Settled) };
    let done_or = |is_done, otherwise| if is_done { Pressed::Done } else { otherwise };
    Ok(match what {
        Press::LookAfter => done_or(requests::look_after(ground, by, request.id, false)?, Pressed::Anothers),
        Press::TakeOver => done_or(requests::look_after(ground, by, request.id, true)?, Pressed::Anothers),
        Press::LeaveToAll => done_or(requests::leave_to_all(ground, by, request.id)?, Pressed::Anothers),
        Press::AskOn => done_or(requests::ask_on(ground, by, request.id)?, Pressed::Settled),
        Press::Postpone(day, reason) => match requests::postpone(ground, by, request.id, (day, reason))? {
            Postponed::Done => Pressed::Done,
            Postponed::NotThatDay => Pressed::NotThatDay,
            Postponed::Settled => Pressed::Settled,
        },
        Press::TakeBack(handle) => {
            let hand = hand_behind(ground, &request, &handle);
            let is_back = hand.map(|hand| requests::take_back(ground, by, request.id, hand)).transpose()?;
            done_or(is_back == Some(true), Pressed::NotOpen)
        }
    })
}

/// What would open more people, but for what the desk is not to know of.
fn scarcity(ground: &Ground, request: &Request) -> Result<Vec<(Widening, More)>, Error> {
    let mut scarce = requests::scarcity_of(ground, request)?;
    scarce.retain(|(widening, _)| !widening.parts().contains(&Part::Medicine));
    Ok(scarce)
}

fn find_request(ground: &Ground, short: &str) -> Result<Option<Request>, Error> {
    Ok(ground.store.read(|conn| requests::find_waiting_by_short(conn, short))?)
}

fn asked(ground: &Ground, request: &Request, offer: &Offer, name: String) -> Asked {
    let &Offer { state, made_at, answered_at, suggested, .. } = offer;
    let handle = (suggested && offer.is_open()).then(|| handle(ground, request, offer.hand));
    Asked { name, state, made_at, answered_at, suggested, handle }
}

fn fitting(ground: &Ground, request: &Request, hand: &HandFacts, name: impl Fn(MemberId) -> String) -> Fitting {
    Fitting {
        handle: handle(ground, request, MemberId::from_bytes(hand.id)),
        name: name(MemberId::from_bytes(hand.id)),
        languages: hand.languages.names(&ground.policy.lists),
        reasons: matching::reasons(&request.wish(), hand),
    }
}

fn handle(ground: &Ground, request: &Request, hand: MemberId) -> String {
    ground.vault.seal_cookie(&handle_name(request), hand.bytes(), &ground.chance)
}

fn hand_behind(ground: &Ground, request: &Request, handle: &str) -> Option<MemberId> {
    let opened = ground.vault.open_cookie(&handle_name(request), handle)?;
    opened.try_into().ok().map(MemberId::from_bytes)
}

/// What a handle is bound to: it works for one request alone, not for a later one of the same short name.
fn handle_name(request: &Request) -> String {
    format!("hand for {}", u128::from_be_bytes(*request.id.bytes()))
}
