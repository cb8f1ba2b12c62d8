//! Putting a hand up once the address is proven.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Draft, Hand, PROMISE_VERSION, State};
use crate::ground::Ground;
use crate::matching::{DayParts, Descriptions, Hours, Languages};
use crate::members::{self, CodeDoor, CodeProblem, InvitationKind, InvitationProblem, Member, SessionDoor};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::requests;
use crate::store::schema::hands;
use crate::vault::{SessionToken, Token};

/// How typing the code ended.
pub enum Raised {
    Up(SessionToken),
    Code(CodeProblem),
    /// The invitation was used or is too old; the code was right, so the person is told kindly and nothing is kept.
    Invitation(InvitationProblem),
}

/// Takes the code, spends the invitation (which is the inviter's vouch) and puts the hand up, in one transaction. A member
/// who has a hand already gets it back up with the new answers.
pub fn raise(ground: &Ground, browser: &[u8], typed_code: &str) -> Result<Raised, Error> {
    ground.store.write_tx(|tx| {
        let joined = match members::take_code(tx, ground, CodeDoor::Raise, browser, typed_code)? {
            Err(problem) => return Ok(Raised::Code(problem)),
            Ok(joined) => joined,
        };
        let bytes = joined.draft.clone().ok_or(Error::Bug("a code to raise without a draft"))?;
        let draft: Draft = serde_json::from_slice(&bytes).map_err(|_| Error::Bug("a draft is not JSON"))?;
        let Some(invitation) = Token::parse(&draft.invitation) else {
            return Ok(Raised::Invitation(InvitationProblem::Unknown));
        };
        let vouched_by = match members::use_invitation(tx, ground, InvitationKind::Sponsor, &invitation)? {
            Err(problem) => return Ok(Raised::Invitation(problem)),
            Ok(by) => by,
        };
        let member = members::enter(tx, ground, joined, &draft.first_name)?;
        let is_suspended: i64 = hands::table
            .filter(hands::member.eq(member.id).and(hands::state.eq(State::Suspended)))
            .count()
            .get_result(tx.conn())?;
        if is_suspended == 0 {
            diesel::delete(hands::table.find(member.id)).execute(tx.conn())?;
            let hand = Hand { vouched_by, ..from_draft(ground, &member, &draft) };
            diesel::insert_into(hands::table).values(&hand).execute(tx.conn())?;
            requests::look_at_all_soon(tx, ground)?;
            outbox::push_notice(tx, ground, Reader::Member(member.id), About::default(), &Notice::YouAreIn)?;
        }
        Ok(Raised::Up(members::open_session(tx, ground, member.id, SessionDoor::Member)?))
    })
}

pub(super) fn from_draft(ground: &Ground, member: &Member, draft: &Draft) -> Hand {
    let parts = DayParts::of(draft.parts.iter().copied());
    Hand {
        member: member.id,
        state: State::Up,
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
        writes_for_now: draft.writes_for_now,
    }
}
