//! Reading members and addresses being proven.

use diesel::prelude::*;

use super::model::{Member, MemberRow};
use crate::i18n::Lang;
use crate::on_each;
use crate::store::ids::{JoinId, MemberId};
use crate::store::schema::{joins, members};
use crate::store::types::Digest;
use crate::store::{Conn, Error};
use crate::vault::SealedToMailer;

pub fn find_member(conn: &mut Conn, id: MemberId) -> Result<Option<Member>, Error> {
    let row = members::table.find(id).select(MemberRow::as_select()).first(conn).optional()?;
    Ok(row.map(Member::from))
}

/// A sealed address and the index it is bound to; only the mailer opens it.
pub type SealedAddress = (SealedToMailer, Digest);

pub fn find_with_address(conn: &mut Conn, id: MemberId) -> Result<Option<(Member, SealedAddress)>, Error> {
    let row: Option<MemberRow> =
        on_each!(conn, c => members::table.find(id).select(MemberRow::as_select()).first(c)).optional()?;
    Ok(row.map(|row| {
        let address = (row.address.clone(), row.address_index);
        (Member::from(row), address)
    }))
}

/// The member whose address has this blind index.
pub fn find_by_index(conn: &mut Conn, index: &Digest) -> Result<Option<Member>, Error> {
    let row = members::table
        .filter(members::address_index.eq(index))
        .select(MemberRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Member::from))
}

pub fn find_sealed_address(conn: &mut Conn, id: MemberId) -> Result<Option<SealedAddress>, Error> {
    Ok(members::table.find(id).select((members::address, members::address_index)).first(conn).optional()?)
}

pub fn find_memory_hash(conn: &mut Conn, id: MemberId) -> Result<Option<Digest>, Error> {
    Ok(members::table.find(id).select(members::memory_hash).first(conn).optional()?)
}

/// What the mailer needs to write to an address that is being proven.
#[derive(Queryable, Selectable)]
#[diesel(table_name = joins)]
pub struct JoinReader {
    pub address: SealedToMailer,
    pub address_index: Digest,
    pub check_word: String,
    pub language: Lang,
    pub utc_offset_min: i32,
}

pub fn find_join_reader(conn: &mut Conn, id: JoinId) -> Result<Option<JoinReader>, Error> {
    Ok(joins::table.find(id).select(JoinReader::as_select()).first(conn).optional()?)
}

pub fn count_members(conn: &mut Conn) -> Result<i64, Error> {
    Ok(members::table.count().get_result(conn)?)
}
