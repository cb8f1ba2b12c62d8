//! Two who were a pair are not offered to each other again. While both are here their row says so; when one is erased a
//! pair of keyed hashes takes its place, which a later account under the same address meets again.

use diesel::prelude::*;

use super::error::Error;
use super::model::Sponsorship;
use crate::ground::Ground;
use crate::members;
use crate::store::schema::pair_memory;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};

pub(super) fn remember_pair(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let sponsor = members::find_memory_hash(tx.conn(), pair.sponsor)?;
    let sponsee = members::find_memory_hash(tx.conn(), pair.sponsee)?;
    let (Some(sponsor), Some(sponsee)) = (sponsor, sponsee) else { return Ok(()) };
    let (one, other) = in_order(sponsor, sponsee);
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
