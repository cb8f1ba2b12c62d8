//! The coordinators' door: own address proven by a code once, then passphrase and authenticator, always both.

use diesel::prelude::*;
use zeroize::Zeroizing;

use super::error::{CodeProblem, Error};
use super::invitations::{InvitationKind, InvitationProblem, use_invitation};
use super::model::{FirstName, SessionDoor};
use super::session::{end_sessions_of, open_session};
use super::{join, queries};
use crate::audit::{self, Act, Entry};
use crate::ground::Ground;
use crate::notices::CodeDoor;
use crate::store::ids::MemberId;
use crate::store::schema::coordinators;
use crate::store::{Conn, Tx};
use crate::vault::{Address, Hasher, Place, Sealed, Secret, SessionToken, Token, totp};

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

pub fn finish_enrolment(
    ground: &Ground,
    first: &Enrolment<'_>,
) -> Result<Result<SessionToken, EnrolmentProblem>, Error> {
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
        let sealed = ground.vault.seal(place, first.totp_secret.expose(), &ground.chance)?;
        diesel::delete(coordinators::table.find(member.id)).execute(tx.conn())?;
        diesel::insert_into(coordinators::table)
            .values((
                coordinators::member.eq(member.id),
                coordinators::passphrase.eq(first.passphrase_hash),
                coordinators::totp.eq(sealed),
                coordinators::totp_step.eq(step),
                coordinators::made_month.eq(ground.now().month()),
            ))
            .execute(tx.conn())?;
        end_sessions_of(tx, member.id)?;
        record(tx, ground, Act::JoinedDesk, member.id)?;
        Ok(Ok(open_session(tx, ground, member.id, SessionDoor::Desk)?))
    })
}

/// Passphrase and authenticator. `None` for every cause alike: nobody, wrong, used code.
pub async fn desk_enter(
    ground: &Ground,
    hasher: &Hasher,
    address: &Address,
    passphrase: &str,
    totp_code: &str,
) -> Result<Option<SessionToken>, Error> {
    let index = ground.vault.index(address);
    let found = ground
        .run(move |ground| {
            ground.store.read(|conn| match queries::find_by_index(conn, &index)? {
                None => Ok::<_, Error>(None),
                Some(member) => Ok(find_coordinator(conn, member.id)?.map(|row| (member.id, row))),
            })
        })
        .await?;
    let phc = found.as_ref().map(|(_, (phc, _, _))| phc.as_str());
    let verdict = hasher.verify(phc, passphrase).await?;
    let Some((member, (_, sealed, last_step))) = found.filter(|_| verdict.matches) else { return Ok(None) };
    let secret = ground.vault.open(totp_place(&member), &sealed)?;
    let code = Zeroizing::new(totp_code.to_owned());
    let Some(step) = totp::check(&secret, &code, ground.now(), last_step) else { return Ok(None) };
    ground
        .run(move |ground| {
            ground.store.write_tx(|tx| {
                // The step is spent inside the transaction, or two presses at once would both enter with one code.
                let unspent = coordinators::table.filter(
                    coordinators::member
                        .eq(member)
                        .and(coordinators::totp_step.is_null().or(coordinators::totp_step.lt(step))),
                );
                let spent = diesel::update(unspent).set(coordinators::totp_step.eq(step)).execute(tx.conn())?;
                if spent == 0 {
                    return Ok(None);
                }
                record(tx, ground, Act::SignedInAtDesk, member)?;
                Ok(Some(open_session(tx, ground, member, SessionDoor::Desk)?))
            })
        })
        .await
}

fn record(tx: &mut Tx<'_>, ground: &Ground, act: Act, actor: MemberId) -> Result<(), Error> {
    let entry = Entry { act, actor: Some(actor), subject: None };
    Ok(audit::record(tx, &ground.vault, ground.now(), entry)?)
}

pub fn is_coordinator(conn: &mut Conn, member: MemberId) -> Result<bool, Error> {
    Ok(find_coordinator(conn, member)?.is_some())
}

type Coordinator = (String, Sealed, Option<i64>);

fn find_coordinator(conn: &mut Conn, member: MemberId) -> Result<Option<Coordinator>, Error> {
    Ok(coordinators::table
        .find(member)
        .select((coordinators::passphrase, coordinators::totp, coordinators::totp_step))
        .first(conn)
        .optional()?)
}

fn totp_place(member: &MemberId) -> Place<'_> {
    Place { table: "coordinators", column: "totp", row: member.bytes() }
}
