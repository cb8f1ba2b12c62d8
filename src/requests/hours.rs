//! A newcomer's clock changes: the hours of what they wait for were made from it.

use diesel::prelude::*;

use super::error::Error;
use super::queries::find_waiting_of;
use super::tick::look_again_soon;
use crate::ground::Ground;
use crate::matching::Hours;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::requests;

/// Moves the hours of a request that waits, and has it looked at again. Offers that are out stay out.
pub fn move_hours(tx: &mut Tx<'_>, ground: &Ground, member: MemberId, utc_offset_min: i32) -> Result<(), Error> {
    let Some(request) = find_waiting_of(tx.conn(), member)? else { return Ok(()) };
    diesel::update(requests::table.find(request.id))
        .set(requests::hours.eq(Hours::wished(request.parts, utc_offset_min)))
        .execute(tx.conn())?;
    look_again_soon(tx, ground, &[request.id])
}
