//! Two who were a pair are not offered to each other again. While both are here their row says so; when one is erased a
//! pair of keyed hashes takes its place, which a later account under the same address meets again.

use diesel::prelude::*;

use super::error::Error;
use super::model::Sponsorship;
use super::queries::list_of_member;
use crate::ground::Ground;
use crate::members::{self, NewAddress};
use crate::store::ids::MemberId;
use crate::store::schema::pair_memory;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};

pub(super) fn remember_pair(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let sponsor = members::find_memory_hash(tx.conn(), pair.sponsor)?;
    let sponsee = members::find_memory_hash(tx.conn(), pair.sponsee)?;
    let (Some(sponsor), Some(sponsee)) = (sponsor, sponsee) else { return Ok(()) };
    remember(tx, ground, sponsor, sponsee)
}

fn remember(tx: &mut Tx<'_>, ground: &Ground, a: Digest, b: Digest) -> Result<(), Error> {
    let (one, other) = in_order(a, b);
    let there: i64 = pair_memory::table.find((one, other)).count().get_result(tx.conn())?;
    if there == 0 {
        diesel::insert_into(pair_memory::table)
            .values((
                pair_memory::one.eq(one),
                pair_memory::other.eq(other),
                pair_memory::made_month.eq(ground.now().month()),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Another address takes the place of a member's own. Whom they met is remembered under both: an address that comes back
/// later, or under another member, is not offered the same people again.
pub fn change_address(ground: &Ground, member: MemberId, browser: &[u8], typed: &str) -> Result<NewAddress, Error> {
    ground.store.write_tx(|tx| {
        let pairs = list_of_member(tx.conn(), member)?;
        let hashes = pairs.iter().map(|pair| members::find_memory_hash(tx.conn(), other_of(pair, member)));
        let met = hashes.collect::<Result<Vec<_>, _>>()?;
        let taken = members::take_new_address(tx, ground, member, browser, typed)?;
        if let NewAddress::Moved { old_hash, new_hash } = &taken {
            for other in met.into_iter().flatten() {
                remember(tx, ground, *old_hash, other)?;
            }
            for other in list_remembered(tx.conn(), old_hash)? {
                remember(tx, ground, *new_hash, other)?;
            }
        }
        Ok(taken)
    })
}

fn other_of(pair: &Sponsorship, member: MemberId) -> MemberId {
    if pair.sponsor == member { pair.sponsee } else { pair.sponsor }
}

/// The hashes of those this one was a pair with before an erasure.
pub fn list_remembered(conn: &mut Conn, hash: &Digest) -> Result<Vec<Digest>, Error> {
    let rows: Vec<(Digest, Digest)> = pair_memory::table
        .filter(pair_memory::one.eq(hash).or(pair_memory::other.eq(hash)))
        .select((pair_memory::one, pair_memory::other))
        .load(conn)?;
    Ok(rows.into_iter().map(|(one, other)| if one == *hash { other } else { one }).collect())
}

fn in_order(a: Digest, b: Digest) -> (Digest, Digest) {
    if a.0 <= b.0 { (a, b) } else { (b, a) }
}
