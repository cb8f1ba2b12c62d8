//! Leaving for good. No period of grace (somebody may be in danger), no mail about it.

use super::error::Error;
use crate::ground::Ground;
use crate::members::{self, CodeDoor, CodeProblem};
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::{requests, sponsorships};

/// How typing the code of the door [`CodeDoor::Leave`] ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erased {
    /// Everything is gone, this session included.
    Gone,
    Problem(CodeProblem),
}

/// Erases a member whose own address a fresh code proves. What a code for another address asks for is not here.
pub fn erase(ground: &Ground, member: MemberId, browser: &[u8], typed: &str) -> Result<Erased, Error> {
    let erased = ground.store.write_tx(|tx| {
        let joined = match members::take_code(tx, ground, CodeDoor::Leave, browser, typed)? {
            Err(problem) => return Ok(Erased::Problem(problem)),
            Ok(joined) => joined,
        };
        if joined.member.is_none_or(|proven| proven.id != member) {
            return Ok(Erased::Problem(CodeProblem::NotHere));
        }
        erase_member(tx, ground, member)?;
        Ok::<_, Error>(Erased::Gone)
    })?;
    if erased == Erased::Gone {
        // SQLite itself tries again for some seconds; a reader that is still in the way leaves it to the next tick.
        ground.store.owe_checkpoint();
        ground.store.pay_checkpoint()?;
    }
    Ok(erased)
}

/// What others wait for goes on first; then the row goes, and by foreign keys whatever names it.
pub(super) fn erase_member(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    requests::withdraw_all_of(tx, ground, member)?;
    sponsorships::end_all_of(tx, ground, member)?;
    members::forget_member(tx, ground, member)?;
    Ok(())
}
