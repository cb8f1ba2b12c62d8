//! "Kim looks after this": one coordinator says that a request is theirs to see to, so that no two do, and nobody waits for the
//! other. It changes nothing for the newcomer.

use std::collections::HashMap;

use diesel::prelude::*;

use super::error::Error;
use super::queries::find_waiting;
use crate::ground::Ground;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::looked_after;
use crate::store::{Conn, Tx};

/// Takes it on; from another only where that is meant. False: another has it, or it does not wait any more.
pub fn look_after(ground: &Ground, coordinator: MemberId, request: RequestId, takes_over: bool) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let holder: Option<MemberId> =
            looked_after::table.find(request).select(looked_after::member).first(tx.conn()).optional()?;
        let is_anothers = holder.is_some_and(|holder| holder != coordinator);
        if find_waiting(tx.conn(), request)?.is_none() || (is_anothers && !takes_over) {
            return Ok(false);
        }
        leave(tx, request)?;
        diesel::insert_into(looked_after::table)
            .values((looked_after::request.eq(request), looked_after::member.eq(coordinator)))
            .execute(tx.conn())?;
        Ok(true)
    })
}

/// Leaves it to all again. False: it is not theirs.
pub fn leave_to_all(ground: &Ground, coordinator: MemberId, request: RequestId) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let theirs = looked_after::table.find(request).filter(looked_after::member.eq(coordinator));
        Ok(diesel::delete(theirs).execute(tx.conn())? > 0)
    })
}

/// A request that does not wait any more is nobody's to look after.
pub(super) fn leave(tx: &mut Tx<'_>, request: RequestId) -> Result<(), Error> {
    diesel::delete(looked_after::table.find(request)).execute(tx.conn())?;
    Ok(())
}

/// By request.
pub fn list_looked_after(conn: &mut Conn) -> Result<HashMap<RequestId, MemberId>, Error> {
    let rows: Vec<(RequestId, MemberId)> = looked_after::table.load(conn)?;
    Ok(rows.into_iter().collect())
}
