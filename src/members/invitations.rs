//! One-time invitations, handed over in person: to raise a hand (it counts as the inviter's vouch) or to join the desk.

use diesel::prelude::*;

use super::error::Error;
use crate::audit::{self, Act, Entry};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::invitations;
use crate::store::{Conn, Tx};
use crate::vault::Token;
use crate::word_enum;

word_enum! {
    InvitationKind { Sponsor = "sponsor", Coordinator = "coordinator" }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InvitationProblem {
    /// Never made, or mistyped.
    Unknown,
    Used,
    TooOld,
}

/// Makes an invitation; the token is told once and stored as a hash. `by` is nobody for the operator's command.
pub fn invite(ground: &Ground, kind: InvitationKind, by: Option<MemberId>) -> Result<Token, Error> {
    let token = Token::draw(&ground.chance);
    let lives = match kind {
        InvitationKind::Sponsor => ground.policy.invitations.sponsor_lives,
        InvitationKind::Coordinator => ground.policy.invitations.coordinator_lives,
    };
    ground.store.write_tx(|tx| {
        diesel::insert_into(invitations::table)
            .values((
                invitations::token.eq(token.digest()),
                invitations::kind.eq(kind),
                invitations::made_at.eq(ground.now()),
                invitations::expires_at.eq(ground.now().plus(lives)),
                invitations::made_by.eq(by),
            ))
            .execute(tx.conn())?;
        let entry = Entry { act: Act::Invited, actor: by, subject: None };
        Ok::<_, Error>(audit::record(tx, &ground.vault, ground.now(), entry)?)
    })?;
    Ok(token)
}

/// Whether an invitation would be taken; changes nothing.
pub fn look_at_invitation(
    ground: &Ground,
    kind: InvitationKind,
    token: &Token,
) -> Result<Result<(), InvitationProblem>, Error> {
    ground.store.read(|conn| Ok(check(conn, kind, token, ground.now())?.map(|_| ())))
}

/// Takes it, once. Gives whose word it carries.
pub fn use_invitation(
    tx: &mut Tx<'_>,
    ground: &Ground,
    kind: InvitationKind,
    token: &Token,
) -> Result<Result<Option<MemberId>, InvitationProblem>, Error> {
    let by = match check(tx.conn(), kind, token, ground.now())? {
        Err(problem) => return Ok(Err(problem)),
        Ok(by) => by,
    };
    diesel::update(invitations::table.find(token.digest()))
        .set(invitations::used_at.eq(ground.now()))
        .execute(tx.conn())?;
    Ok(Ok(by))
}

type Found = (Timestamp, Option<Timestamp>, Option<MemberId>);

fn check(
    conn: &mut Conn,
    kind: InvitationKind,
    token: &Token,
    now: Timestamp,
) -> Result<Result<Option<MemberId>, InvitationProblem>, Error> {
    let found: Option<Found> = invitations::table
        .filter(invitations::token.eq(token.digest()).and(invitations::kind.eq(kind)))
        .select((invitations::expires_at, invitations::used_at, invitations::made_by))
        .first(conn)
        .optional()?;
    Ok(match found {
        None => Err(InvitationProblem::Unknown),
        Some((_, Some(_), _)) => Err(InvitationProblem::Used),
        Some((expires_at, None, _)) if expires_at <= now => Err(InvitationProblem::TooOld),
        Some((_, None, by)) => Ok(by),
    })
}
