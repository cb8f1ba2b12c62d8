//! The desk takes a hand down, and only the desk lifts that.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Event, State};
use super::state::move_hand;
use crate::clock::Day;
use crate::ground::Ground;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::hands;

/// `until`: the day it ends by itself; none after a second report and where two decided. A suspension is never made shorter.
pub fn suspend(tx: &mut Tx<'_>, ground: &Ground, member: MemberId, until: Option<Day>) -> Result<(), Error> {
    let is_new = move_hand(tx, ground, member, Event::Suspend, None)?;
    let theirs = hands::table.filter(hands::member.eq(member).and(hands::state.eq(State::Suspended)));
    let set = hands::suspended_until.eq(until);
    match until {
        Some(day) if !is_new => {
            diesel::update(theirs.filter(hands::suspended_until.lt(day))).set(set).execute(tx.conn())?
        }
        _ => diesel::update(theirs).set(set).execute(tx.conn())?,
    };
    Ok(())
}

pub fn lift(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let lifted = move_hand(tx, ground, member, Event::Lift, None)?;
    if lifted {
        diesel::update(hands::table.find(member)).set(hands::suspended_until.eq(None::<Day>)).execute(tx.conn())?;
    }
    Ok(lifted)
}

/// Suspensions of one coordinator whose time is over.
pub(super) fn list_over(ground: &Ground) -> Result<Vec<MemberId>, Error> {
    let today = ground.now().day();
    ground.store.read(|conn| {
        let over = hands::table.filter(hands::state.eq(State::Suspended).and(hands::suspended_until.le(today)));
        over.select(hands::member).load(conn).map_err(Error::from)
    })
}
