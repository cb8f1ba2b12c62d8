//! Another address for a member: proven like the first, by numbers typed in the browser that asked, and the mailbox of
//! before is told. The room above remembers pairs under both (`sponsorships::change_address`).

use diesel::prelude::*;

use super::error::{CodeProblem, Error};
use super::join::{AskCode, JoinRow, mail_code, new_row, take_code};
use super::mailbox::{keep_former, let_mail_go};
use super::model::{Member, MemberRow};
use crate::ground::Ground;
use crate::notices::{CodeDoor, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::{JoinId, MemberId};
use crate::store::schema::{joins, members};
use crate::store::types::Digest;
use crate::vault::{Address, Purpose};

/// A code to an address that is to take the place of a member's own. It speaks with the member's word; as for every
/// code, nobody looks whose the address is. It is good for this member alone.
///
/// # Errors
/// `TooManyCodes` when this address had its share.
pub fn ask_address_code(ground: &Ground, member: &Member, browser: &[u8], address: &Address) -> Result<(), Error> {
    let ask = AskCode {
        door: CodeDoor::Address,
        browser,
        address,
        lang: member.lang,
        utc_offset_min: member.utc_offset_min,
        draft: Some(member.id.bytes()),
    };
    let row = JoinRow { check_word: member.check_word.clone(), ..new_row(ground, &ask)? };
    mail_code(ground, row, browser)?;
    Ok(())
}

/// How typing the code of the door [`CodeDoor::Address`] ended.
pub enum NewAddress {
    /// It is the member's from now on.
    Moved {
        old_hash: Digest,
        new_hash: Digest,
    },
    /// It was the member's already.
    Same,
    /// Another member has it; who reads this has proven that the mailbox is theirs.
    Taken,
    Problem(CodeProblem),
}

/// Puts a proven address in the place of the member's own, and tells the mailbox that was.
pub fn take_new_address(
    tx: &mut Tx<'_>,
    ground: &Ground,
    member: MemberId,
    browser: &[u8],
    typed: &str,
) -> Result<NewAddress, Error> {
    let joined = match take_code(tx, ground, CodeDoor::Address, browser, typed)? {
        Err(problem) => return Ok(NewAddress::Problem(problem)),
        Ok(joined) => joined,
    };
    if joined.draft.as_deref() != Some(member.bytes().as_slice()) {
        return Ok(NewAddress::Problem(CodeProblem::NotHere));
    }
    if let Some(owner) = joined.member {
        return Ok(if owner.id == member { NewAddress::Same } else { NewAddress::Taken });
    }
    let old: MemberRow = members::table.find(member).select(MemberRow::as_select()).first(tx.conn())?;
    let (old_hash, new_hash) = (old.memory_hash, joined.memory_hash);
    keep_former(tx, ground, member, (&old.address, old.address_index))?;
    let_mail_go(tx, member)?;
    diesel::update(members::table.find(member))
        .set((
            members::address.eq(joined.address),
            members::address_index.eq(joined.address_index),
            members::memory_hash.eq(new_hash),
        ))
        .execute(tx.conn())?;
    tell_old_mailbox(tx, ground, old)?;
    Ok(NewAddress::Moved { old_hash, new_hash })
}

/// The mailer finds an address by a member or by a code. The member's is the new one already, so the old stands in a row
/// of a code that was used, which nobody has the browser for, and goes with it within a day.
fn tell_old_mailbox(tx: &mut Tx<'_>, ground: &Ground, old: MemberRow) -> Result<(), Error> {
    let now = ground.now();
    let row = JoinRow {
        id: JoinId::random(&ground.chance),
        door: CodeDoor::Address,
        browser: former_mark(ground, old.id),
        address: old.address,
        address_index: old.address_index,
        memory_hash: old.memory_hash,
        check_word: old.check_word,
        language: old.language,
        utc_offset_min: old.utc_offset_min,
        code_mac: Digest([0; 32]),
        tries_left: 0,
        made_at: now,
        expires_at: now,
        used_at: Some(now),
        draft: None,
    };
    diesel::insert_into(joins::table).values(&row).execute(tx.conn())?;
    let useful_until = Some(now.plus(ground.policy.requests.draft_lives));
    let about = About { useful_until, ..About::default() };
    outbox::push_notice(tx, ground, Reader::Joining(row.id), about, &Notice::AddressChanged)?;
    Ok(())
}

/// Stands in the place of a browser, so that an erasure finds a mailbox of before.
pub(super) fn former_mark(ground: &Ground, member: MemberId) -> Digest {
    ground.vault.mac(Purpose::Code, &[b"former", member.bytes()])
}
