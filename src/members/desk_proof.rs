//! Who says to be at the desk: passphrase and authenticator, or one of eight codes in the place of the authenticator. Every
//! cause of a no is the same no, and takes as long.

use diesel::prelude::*;

use super::error::Error;
use super::model::SessionDoor;
use super::recovery::{draw_codes, read_code, spend_code};
use super::session::{note_proof, open_session};
use super::{desk_door, queries};
use crate::audit::Act;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::coordinators;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{Address, Hasher, Sealed, SessionToken, totp};

/// What is typed. No `Debug`.
pub struct DeskProof<'a> {
    pub passphrase: &'a str,
    /// What the authenticator shows; empty where a code on paper takes its place.
    pub digits: &'a str,
    pub recovery: &'a str,
}

/// The second proof, checked and not yet spent: it works once.
#[derive(Clone, Copy)]
enum Second {
    Step(i64),
    Code(Digest),
}

#[derive(Queryable)]
struct Row {
    passphrase: String,
    totp: Sealed,
    totp_step: Option<i64>,
}

/// In. `None` for every cause alike: nobody, term over, wrong, used.
pub async fn desk_enter(
    ground: &Ground,
    hasher: &Hasher,
    address: &Address,
    proof: &DeskProof<'_>,
) -> Result<Option<SessionToken>, Error> {
    let index = ground.vault.index(address);
    let found = ground
        .run(move |ground| {
            ground.store.read(|conn| match queries::find_by_index(conn, &index)? {
                None => Ok::<_, Error>(None),
                Some(member) => Ok(find_row(conn, member.id, ground.now())?.map(|row| (member.id, row))),
            })
        })
        .await?;
    let Some((member, second)) = check(ground, hasher, found, proof).await? else { return Ok(None) };
    ground
        .run(move |ground| {
            ground.store.write_tx(|tx| {
                if !spend(tx, member, second)? {
                    return Ok(None);
                }
                desk_door::record(tx, ground, Act::SignedInAtDesk, member)?;
                Ok(Some(open_session(tx, ground, member, SessionDoor::Desk)?))
            })
        })
        .await
}

/// New codes on paper for somebody at the desk, after fresh proof. `None`: the proof is none.
pub async fn renew_codes(
    ground: &Ground,
    hasher: &Hasher,
    member: MemberId,
    proof: &DeskProof<'_>,
) -> Result<Option<Vec<String>>, Error> {
    let Some(second) = check_again(ground, hasher, member, proof).await? else { return Ok(None) };
    ground
        .run(move |ground| {
            ground.store.write_tx(|tx| {
                if spend(tx, member, second)? { draw_codes(tx, ground, member).map(Some) } else { Ok(None) }
            })
        })
        .await
}

/// The same coordinator still sits here: this session is fresh again. False: the proof is none.
pub async fn prove_again(
    ground: &Ground,
    hasher: &Hasher,
    (member, session): (MemberId, SessionToken),
    proof: &DeskProof<'_>,
) -> Result<bool, Error> {
    let Some(second) = check_again(ground, hasher, member, proof).await? else { return Ok(false) };
    ground
        .run(move |ground| {
            ground.store.write_tx(|tx| {
                let is_spent = spend(tx, member, second)?;
                if is_spent {
                    note_proof(tx, ground, &session)?;
                }
                Ok(is_spent)
            })
        })
        .await
}

async fn check_again(
    ground: &Ground,
    hasher: &Hasher,
    member: MemberId,
    proof: &DeskProof<'_>,
) -> Result<Option<Second>, Error> {
    let proof = DeskProof { recovery: "", ..*proof };
    let found = ground.run(move |ground| ground.store.read(|conn| find_row(conn, member, ground.now()))).await?;
    let checked = check(ground, hasher, found.map(|row| (member, row)), &proof).await?;
    Ok(checked.map(|(_, second)| second))
}

async fn check(
    ground: &Ground,
    hasher: &Hasher,
    found: Option<(MemberId, Row)>,
    proof: &DeskProof<'_>,
) -> Result<Option<(MemberId, Second)>, Error> {
    let phc = found.as_ref().map(|(_, row)| row.passphrase.as_str());
    let verdict = hasher.verify(phc, proof.passphrase).await?;
    let Some((member, row)) = found.filter(|_| verdict.matches) else { return Ok(None) };
    let second = if proof.digits.trim().is_empty() {
        read_code(proof.recovery).map(Second::Code)
    } else {
        let secret = ground.vault.open(desk_door::totp_place(&member), &row.totp)?;
        totp::check(&secret, proof.digits, ground.now(), row.totp_step).map(Second::Step)
    };
    Ok(second.map(|second| (member, second)))
}

/// Inside the transaction, or two presses at once would both enter with one.
fn spend(tx: &mut Tx<'_>, member: MemberId, second: Second) -> Result<bool, Error> {
    let step = match second {
        Second::Code(code) => return spend_code(tx, member, code),
        Second::Step(step) => step,
    };
    let unspent = coordinators::table.filter(
        coordinators::member.eq(member).and(coordinators::totp_step.is_null().or(coordinators::totp_step.lt(step))),
    );
    Ok(diesel::update(unspent).set(coordinators::totp_step.eq(step)).execute(tx.conn())? > 0)
}

/// Of somebody whose term runs.
fn find_row(conn: &mut Conn, member: MemberId, now: Timestamp) -> Result<Option<Row>, Error> {
    Ok(coordinators::table
        .filter(coordinators::member.eq(member))
        .filter(coordinators::term_ends_on.is_null().or(coordinators::term_ends_on.ge(now.day())))
        .select((coordinators::passphrase, coordinators::totp, coordinators::totp_step))
        .first(conn)
        .optional()?)
}
