//! One request: what was done for it so far, who could be asked next, and asking.

use chrono::TimeDelta;

use super::error::Error;
use super::overview::is_overdue;
use super::queries;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::{self, DayPart, HandFacts, Kind, Reason};
use crate::requests::{self, Offer, OfferState, Request, Suggested};
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
}

pub struct Asked {
    pub name: String,
    pub state: OfferState,
    pub made_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// By a coordinator.
    pub suggested: bool,
}

pub struct Fitting {
    /// Names this hand on this page of this request; sealed, and another each time.
    pub handle: String,
    pub name: String,
    pub languages: Vec<String>,
    pub reasons: Vec<Reason>,
}

/// The waiting request of this short name; a settled one is like one that never was.
pub fn find_case(ground: &Ground, short: &str) -> Result<Option<Case>, Error> {
    let found = ground.store.read(|conn| {
        let Some(request) = requests::find_waiting_by_short(conn, short)? else { return Ok::<_, Error>(None) };
        let offers = requests::list_offers(conn, request.id)?;
        Ok(Some((request, offers)))
    })?;
    let Some((request, offers)) = found else { return Ok(None) };
    let look = requests::find_fitting(ground, &request, FITTING_SHOWN)?;
    let nobody_is_asked = !offers.iter().any(|offer| offer.is_open() && offer.kind == request.kind);
    let chosen: Vec<&HandFacts> = look.ranked.iter().take(FITTING_SHOWN).collect();
    let ids = offers.iter().map(|offer| offer.hand).chain(chosen.iter().map(|hand| MemberId::from_bytes(hand.id)));
    let ids: Vec<MemberId> = ids.chain([request.member]).collect();
    let names = ground.store.read(|conn| queries::names_of(conn, ids.into_iter()))?;
    let name = |id: MemberId| names.get(&id).cloned().unwrap_or_default();
    let lists = &ground.policy.lists;
    Ok(Some(Case {
        name: name(request.member),
        waited: ground.now().since(request.asks_since()),
        is_for_now: request.kind == Kind::ForNow,
        placed_at: request.placed_at,
        is_late: is_overdue(ground, &request) || (nobody_is_asked && look.nobody_fits()),
        languages: request.languages.names(lists),
        times: request.parts.parts().collect(),
        who: request.accepts.codes(lists),
        who_must: request.accepts_must,
        walked_with: request.walked_with.codes(lists),
        asked: offers.iter().map(|offer| asked(offer, name(offer.hand))).collect(),
        fitting: chosen.iter().map(|hand| fitting(ground, &request, hand, name)).collect(),
        quiet_ends_at: look.quiet_ends_at,
        short: request.short,
    }))
}

/// Asks the hand behind a handle of this request's page; `by` is the coordinator who does.
pub fn suggest(ground: &Ground, by: MemberId, short: &str, handle: &str) -> Result<Suggested, Error> {
    let found = ground.store.read(|conn| requests::find_waiting_by_short(conn, short))?;
    let Some(request) = found else { return Ok(Suggested::Settled) };
    let opened = ground.vault.open_cookie(&handle_name(&request), handle);
    let Some(hand) = opened.and_then(|bytes| bytes.try_into().ok()) else { return Ok(Suggested::NotNow) };
    Ok(requests::suggest(ground, by, request.id, MemberId::from_bytes(hand))?)
}

fn asked(offer: &Offer, name: String) -> Asked {
    let &Offer { state, made_at, answered_at, suggested, .. } = offer;
    Asked { name, state, made_at, answered_at, suggested }
}

fn fitting(ground: &Ground, request: &Request, hand: &HandFacts, name: impl Fn(MemberId) -> String) -> Fitting {
    Fitting {
        handle: ground.vault.seal_cookie(&handle_name(request), &hand.id, &ground.chance),
        name: name(MemberId::from_bytes(hand.id)),
        languages: hand.languages.names(&ground.policy.lists),
        reasons: matching::reasons(&request.wish(), hand),
    }
}

/// What a handle is bound to: it works for one request alone, not for a later one of the same short name.
fn handle_name(request: &Request) -> String {
    format!("hand for {}", u128::from_be_bytes(*request.id.bytes()))
}
