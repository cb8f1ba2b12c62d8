//! The member's own copy of what is kept: a file for people and programs.

use serde::Serialize;
use std::collections::BTreeMap;

use super::error::Error;
use super::kept::{Kept, find_kept};
use super::tables::{Export, TABLES};
use crate::ground::Ground;
use crate::store::ids::MemberId;

#[derive(Serialize)]
struct Copy {
    made: String,
    /// By table.
    kept: Kept,
    /// Tables that are not told, and why.
    not_in_here: BTreeMap<&'static str, &'static str>,
}

/// The copy as JSON; `None` for somebody who is nobody here. No address is opened for it.
pub fn export(ground: &Ground, member: MemberId) -> Result<Option<Vec<u8>>, Error> {
    let Some(kept) = find_kept(ground, member)? else { return Ok(None) };
    let left_out = TABLES.iter().filter_map(|table| match table.export {
        Export::Not(why) => Some((table.name, why)),
        Export::InWords => None,
    });
    let made = ground.now().utc().format("%Y-%m-%d %H:%M UTC").to_string();
    let copy = Copy { made, kept, not_in_here: left_out.collect() };
    Ok(Some(serde_json::to_vec_pretty(&copy).map_err(|_| Error::Bug("a copy that is no JSON"))?))
}
