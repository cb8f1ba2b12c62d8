//! A coordinator's first visit: own address proven by a code, a passphrase, an authenticator. The term begins with it.

use diesel::prelude::*;

use super::error::{CodeProblem, Error};
use super::invitations::{InvitationKind, InvitationProblem, use_invitation};
use super::join;
use super::model::{FirstName, SessionDoor};
use super::recovery::draw_codes;
use super::session::{end_sessions_of, open_session};
use crate::audit::{self, Act, Entry};
use crate::ground::Ground;
use crate::notices::CodeDoor;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::coordinators;
use crate::vault::{Place, Secret, SessionToken, Token, totp};

/// What a coordinator brings at the first visit, once the address is proven.
pub struct Enrolment<'a> {
    pub invitation: &'a Token,
    pub browser: &'a [u8],
    pub code: &'a str,
    pub first_name: &'a FirstName,
    /// PHC string, hashed before the transaction.
    pub passphrase_hash: &'a str,
    pub totp_secret: &'a Secret<Vec<u8>>,
    /// What the authenticator shows now: proof that it was set up.
    pub totp_code: &'a str,
}

/// What a first visit ends with.
pub struct Enrolled {
    pub session: SessionToken,
    /// To be written down; shown once.
    pub recovery_codes: Vec<String>,
}

/// Why a first visit does not end at the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EnrolmentProblem {
    Code(CodeProblem),
    Invitation(InvitationProblem),
    Authenticator,
}

/// A new secret for the authenticator; it stays in the sealed cookie until the enrolment is finished.
pub fn begin_enrolment(ground: &Ground) -> Secret<Vec<u8>> {
    totp::new_secret(&ground.chance)
}

pub fn finish_enrolment(ground: &Ground, first: &Enrolment<'_>) -> Result<Result<Enrolled, EnrolmentProblem>, Error> {
    let Some(step) = totp::check(first.totp_secret, first.totp_code, ground.now(), None) else {
        return Ok(Err(EnrolmentProblem::Authenticator));
    };
    ground.store.write_tx(|tx| {
        let joined = match join::take_code(tx, ground, CodeDoor::Desk, first.browser, first.code)? {
            Err(problem) => return Ok(Err(EnrolmentProblem::Code(problem))),
            Ok(joined) => joined,
        };
        if let Err(problem) = use_invitation(tx, ground, InvitationKind::Coordinator, first.invitation)? {
            return Ok(Err(EnrolmentProblem::Invitation(problem)));
        }
        let member = join::enter(tx, ground, joined, first.first_name)?;
        let place = totp_place(&member.id);
        // Who joins sees the desk as they do: the mail of their day begins with the next.
        let today = ground.now().local_day(member.utc_offset_min);
        let sealed = ground.vault.seal(place, first.totp_secret.expose(), &ground.chance)?;
        diesel::delete(coordinators::table.find(member.id)).execute(tx.conn())?;
        diesel::insert_into(coordinators::table)
            .values((
                coordinators::member.eq(member.id),
                coordinators::passphrase.eq(first.passphrase_hash),
                coordinators::totp.eq(sealed),
                coordinators::totp_step.eq(step),
                coordinators::made_month.eq(ground.now().month()),
                coordinators::term_ends_on.eq(ground.now().plus(ground.policy.coordinators.term).day()),
                coordinators::marked_on.eq(ground.now().day()),
                coordinators::counted_on.eq(today),
            ))
            .execute(tx.conn())?;
        end_sessions_of(tx, member.id)?;
        record(tx, ground, Act::JoinedDesk, member.id)?;
        let recovery_codes = draw_codes(tx, ground, member.id)?;
        let session = open_session(tx, ground, member.id, SessionDoor::Desk)?;
        Ok(Ok(Enrolled { session, recovery_codes }))
    })
}

pub(super) fn record(tx: &mut Tx<'_>, ground: &Ground, act: Act, actor: MemberId) -> Result<(), Error> {
    let entry = Entry { act, actor: Some(actor), subject: None };
    Ok(audit::record(tx, &ground.vault, ground.now(), entry)?)
}

pub(super) fn totp_place(member: &MemberId) -> Place<'_> {
    Place { table: "coordinators", column: "totp", row: member.bytes() }
}
