//! Who may not come in for a while. The safety room writes the table; here is what follows at the door.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::error::Error;
use crate::clock::Day;
use crate::notices::CodeDoor;
use crate::store::Conn;
use crate::store::schema::bans;
use crate::store::types::Digest;

/// Hashes of the addresses that are banned today; one coordinator's proposal alone bans nobody.
#[diesel::dsl::auto_type]
pub fn banned_hashes(today: Day) -> _ {
    bans::table.filter(bans::confirmed_month.is_not_null().and(bans::ends_on.gt(today))).select(bans::hash)
}

/// Whether the code for this door never fits. Signing in to leave for good stays open to everybody.
pub(super) fn is_barred(conn: &mut Conn, today: Day, door: CodeDoor, hash: &Digest) -> Result<bool, Error> {
    let comes_in = matches!(door, CodeDoor::Ask | CodeDoor::Raise | CodeDoor::Address | CodeDoor::Desk);
    Ok(comes_in && diesel::select(exists(banned_hashes(today).filter(bans::hash.eq(hash)))).get_result(conn)?)
}
