//! Everything that has a life, and the room that ends it. What waits to leave as mail, the hashes of letters seen and
//! the keys of the days end in the mailer.

use super::error::Error;
use super::idle::clear_idle;
use crate::ground::Ground;
use crate::{counts, members, requests, safety, sponsorships};

/// One pass over everything that has had its time; nothing of it is due to the hour.
pub fn retention(ground: &Ground) -> Result<(), Error> {
    members::forget_drafts(ground)?;
    members::forget_sessions(ground)?;
    members::forget_invitations(ground)?;
    members::forget_questions(ground)?;
    members::forget_former(ground)?;
    members::forget_rota(ground)?;
    sponsorships::forget_aliases(ground)?;
    requests::forget_closed(ground)?;
    safety::forget(ground)?;
    ground.store.sweep(|tx| counts::forget(tx, ground.now()))?;
    clear_idle(ground)?;
    tick(ground)
}

/// Takes what was deleted out of the write-ahead log, if a reader was in the way before. Costs nothing otherwise.
pub fn tick(ground: &Ground) -> Result<(), Error> {
    ground.store.pay_checkpoint()?;
    Ok(())
}
