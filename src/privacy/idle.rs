//! A member who did nothing for a year is asked, and erased when the question stays without an answer.

use super::erase::erase_member;
use super::error::Error;
use crate::ground::Ground;
use crate::members;

pub(super) fn clear_idle(ground: &Ground) -> Result<(), Error> {
    members::ask_idle(ground)?;
    for member in members::list_to_clear(ground)? {
        let is_gone = ground.store.write_tx(|tx| {
            let is_idle = members::is_idle(tx.conn(), ground, member)?;
            if is_idle {
                erase_member(tx, ground, member)?;
            }
            Ok::<_, Error>(is_idle)
        })?;
        if is_gone {
            ground.store.owe_checkpoint();
        }
    }
    Ok(())
}
