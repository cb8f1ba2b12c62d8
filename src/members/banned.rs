//! Who may not come in for a while. The safety room writes the table; here is what follows at the door.

use diesel::prelude::*;

use super::error::Error;
use crate::clock::Day;
use crate::notices::CodeDoor;
use crate::store::Conn;
use crate::store::schema::bans;
use crate::store::types::Digest;

/// Hashes of the addresses that are banned today; one coordinator's proposal alone bans nobody.
pub fn list_banned(conn: &mut Conn, today: Day) -> Result<Vec<Digest>, Error> {
    let standing = bans::table.filter(bans::confirmed_month.is_not_null().and(bans::ends_on.gt(today)));
    Ok(standing.select(bans::hash).load(conn)?)
}

/// Whether the code for this door never fits. Signing in to leave for good stays open to everybody.
pub(super) fn is_barred(conn: &mut Conn, today: Day, door: CodeDoor, hash: &Digest) -> Result<bool, Error> {
    let comes_in = matches!(door, CodeDoor::Ask | CodeDoor::Raise | CodeDoor::Address | CodeDoor::Desk);
    Ok(comes_in && list_banned(conn, today)?.contains(hash))
}
