//! What is due for hands: pauses that end, leases that run out.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Event, State};
use super::state::move_hand;
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::hands;

pub fn tick(ground: &Ground) -> Result<(), Error> {
    let now = ground.now();
    let (back, over): (Vec<MemberId>, Vec<MemberId>) = ground.store.read(|conn| {
        let back = hands::table
            .filter(hands::state.eq(State::Paused).and(hands::paused_until.le(now)))
            .select(hands::member)
            .load(conn)?;
        let over = hands::table
            .filter(hands::state.eq(State::Up).and(hands::lease_ends_at.le(now)))
            .select(hands::member)
            .load(conn)?;
        Ok::<_, Error>((back, over))
    })?;
    for member in back {
        ground.store.write_tx(|tx| move_hand(tx, ground, member, Event::Return, None))?;
    }
    for member in over {
        ground.store.write_tx(|tx| move_hand(tx, ground, member, Event::LeaseOver, None))?;
    }
    Ok(())
}
