//! Who is not asked, and for whom nobody is asked: somebody whose case is not decided yet, and somebody banned. By keyed hash of
//! the address, so that leaving and joining again changes nothing.

use std::collections::HashSet;

use diesel::prelude::*;

use super::error::Error;
use super::queries::{find_waiting_of, list_offers};
use super::tick::{move_offer, withdraw_offers_of};
use crate::ground::Ground;
use crate::matching::OfferEvent;
use crate::members;
use crate::on_each;
use crate::store::ids::MemberId;
use crate::store::schema::reports;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};

pub(super) fn list_reported(conn: &mut Conn, ground: &Ground) -> Result<HashSet<Digest>, Error> {
    let open = reports::table.filter(reports::closed_at.is_null()).select(reports::accused_hash);
    let all = open.union_all(members::banned_hashes(ground.now().day()));
    Ok(on_each!(conn, c => all.load(c))?.into_iter().collect())
}

pub(super) fn is_reported(conn: &mut Conn, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let Some(hash) = members::find_memory_hash(conn, member)? else { return Ok(false) };
    Ok(list_reported(conn, ground)?.contains(&hash))
}

/// Takes back what is asked of this member and what is asked for them. What they wait for stays as it is.
pub fn stop_asking_about(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    withdraw_offers_of(tx, ground, member)?;
    if let Some(request) = find_waiting_of(tx.conn(), member)? {
        for offer in list_offers(tx.conn(), request.id)? {
            move_offer(tx, ground, &offer, OfferEvent::Withdrawal)?;
        }
    }
    Ok(())
}
