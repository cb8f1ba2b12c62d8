//! A member's settings with all that hangs on the clock among them: the hours of a hand, and of a request that waits.

use diesel::prelude::*;

use super::error::Error;
use super::state::find_hand;
use crate::ground::Ground;
use crate::matching::Hours;
use crate::members::{self, Settings};
use crate::requests;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::hands;

/// Saves what a member says of themselves, in one transaction.
pub fn change_settings(ground: &Ground, member: MemberId, settings: &Settings) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let Some(old) = members::find_member(tx.conn(), member)? else { return Ok(()) };
        members::change_settings(tx, member, settings)?;
        if settings.utc_offset_min != old.utc_offset_min {
            move_hours(tx, ground, member, settings.utc_offset_min)?;
        }
        Ok(())
    })
}

fn move_hours(tx: &mut Tx<'_>, ground: &Ground, member: MemberId, utc_offset_min: i32) -> Result<(), Error> {
    requests::move_hours(tx, ground, member, utc_offset_min)?;
    let Some(hand) = find_hand(tx.conn(), member)? else { return Ok(()) };
    diesel::update(hands::table.find(member))
        .set(hands::hours.eq(Hours::of(hand.parts, utc_offset_min)))
        .execute(tx.conn())?;
    requests::look_at_all_soon(tx, ground)?;
    Ok(())
}
