//! Putting a hand up once the address is proven.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Draft, Hand, PROMISE_VERSION, State};
use super::state::find_hand;
use super::vouch::vouch_by_invitation;
use crate::ground::Ground;
use crate::matching::{DayParts, Descriptions, Experience, Hours, Languages};
use crate::members::{self, CodeDoor, CodeProblem, InvitationKind, InvitationProblem, Member, SessionDoor};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::requests;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::hands;
use crate::vault::{SessionToken, Token};

/// How typing the code ended.
pub enum Raised {
    Up(SessionToken),
    /// It is kept and not up: nobody gave their word yet, or the desk holds it.
    Waits(SessionToken),
    Code(CodeProblem),
    /// The invitation was used or is too old; the code was right, so the person is told kindly and nothing is kept.
    Invitation(InvitationProblem),
}

/// Takes the code and keeps the hand, in one transaction. An invitation is spent and its maker's word puts the hand up;
/// without one it waits. A member who has a hand already has it with the new answers, and the word that was given for it.
pub fn raise(ground: &Ground, browser: &[u8], typed_code: &str) -> Result<Raised, Error> {
    ground.store.write_tx(|tx| {
        let joined = match members::take_code(tx, ground, CodeDoor::Raise, browser, typed_code)? {
            Err(problem) => return Ok(Raised::Code(problem)),
            Ok(joined) => joined,
        };
        let bytes = joined.draft.clone().ok_or(Error::Bug("a code to raise without a draft"))?;
        let draft: Draft = serde_json::from_slice(&bytes).map_err(|_| Error::Bug("a draft is not JSON"))?;
        let invited = match spend_invitation(tx, ground, &draft)? {
            Err(problem) => return Ok(Raised::Invitation(problem)),
            Ok(invited) => invited,
        };
        let member = members::enter(tx, ground, joined, &draft.first_name)?;
        let state = stand(tx, ground, &member, &draft)?;
        if let (State::Pending, Some(Invited { by })) = (state, invited) {
            vouch_by_invitation(tx, ground, by, member.id)?;
        }
        let is_up = find_hand(tx.conn(), member.id)?.is_some_and(|hand| hand.state == State::Up);
        let token = members::open_session(tx, ground, member.id, SessionDoor::Member)?;
        Ok(if is_up { Raised::Up(token) } else { Raised::Waits(token) })
    })
}

/// By a coordinator, or by the operator.
struct Invited {
    by: Option<MemberId>,
}

/// `None`: the hand was raised without one.
fn spend_invitation(
    tx: &mut Tx<'_>,
    ground: &Ground,
    draft: &Draft,
) -> Result<Result<Option<Invited>, InvitationProblem>, Error> {
    if draft.invitation.is_empty() {
        return Ok(Ok(None));
    }
    let Some(invitation) = Token::parse(&draft.invitation) else { return Ok(Err(InvitationProblem::Unknown)) };
    let used = members::use_invitation(tx, ground, InvitationKind::Sponsor, &invitation)?;
    Ok(used.map(|by| Some(Invited { by })))
}

/// Keeps the new answers. Gives the state of the hand: up again where somebody gave their word for it before, pending where
/// nobody did, and suspended, with nothing changed, where the desk holds it.
fn stand(tx: &mut Tx<'_>, ground: &Ground, member: &Member, draft: &Draft) -> Result<State, Error> {
    let mut hand = from_draft(ground, member, draft);
    match find_hand(tx.conn(), member.id)? {
        Some(old) if old.state == State::Suspended => return Ok(State::Suspended),
        Some(old) => {
            (hand.vouched_by, hand.vouched_on) = (old.vouched_by, old.vouched_on);
            hand.raised_on = if old.vouched_on.is_none() { old.raised_on } else { hand.raised_on };
            diesel::delete(hands::table.find(member.id)).execute(tx.conn())?;
        }
        None => {}
    }
    hand.state = if hand.vouched_on.is_some() { State::Up } else { State::Pending };
    diesel::insert_into(hands::table).values(&hand).execute(tx.conn())?;
    if hand.state == State::Up {
        requests::look_at_all_soon(tx, ground)?;
        outbox::push_notice(tx, ground, Reader::Member(member.id), About::default(), &Notice::YouAreIn)?;
    }
    Ok(hand.state)
}

/// A hand with these answers, for which nobody gave their word yet.
pub(super) fn from_draft(ground: &Ground, member: &Member, draft: &Draft) -> Hand {
    let parts = DayParts::of(draft.parts.iter().copied());
    Hand {
        member: member.id,
        state: State::Pending,
        capacity: i32::from(draft.capacity),
        weekly_limit: i32::from(draft.weekly_limit),
        rhythm: draft.rhythm,
        ask_at_night: draft.ask_at_night,
        languages: Languages::from_bits(draft.languages),
        describes: Descriptions::from_bits(draft.describes).or_unstated(),
        accepts: Descriptions::from_bits(draft.accepts).or_anyone(),
        parts,
        hours: Hours::of(parts, member.utc_offset_min),
        paused_until: None,
        lease_ends_at: ground.now().plus(ground.policy.hands.lease),
        tie: i64::from_be_bytes(ground.chance.bytes()),
        promise_version: PROMISE_VERSION,
        promise_month: ground.now().month(),
        vouched_by: None,
        vouched_on: None,
        raised_on: Some(ground.now().day()),
        writes_for_now: draft.writes_for_now,
        walked_with: Experience::from_bits(draft.walked_with),
        shows_walked_with: draft.shows_walked_with,
        ok_with_medicine: draft.ok_with_medicine,
    }
}
