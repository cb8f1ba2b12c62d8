//! Eight codes on paper, for a coordinator without the authenticator. Each opens the desk once, together with the
//! passphrase. Only hashes are kept.

use diesel::prelude::*;

use super::error::Error;
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::recovery_codes;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::Token;

const RECOVERY_CODES: usize = 8;
/// Characters of a group, as a code is written down.
const GROUP: usize = 4;

/// A code as it is typed: spaces, dashes and capitals as anybody likes.
pub(super) fn read_code(typed: &str) -> Option<Digest> {
    let bare: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}')).collect();
    Token::parse(&bare).map(|code| code.digest())
}

/// New codes in the place of all old ones, as they are written down.
pub(super) fn draw_codes(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<Vec<String>, Error> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::member.eq(member))).execute(tx.conn())?;
    let mut written = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = Token::draw(&ground.chance);
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::hash.eq(code.digest()), recovery_codes::member.eq(member)))
            .execute(tx.conn())?;
        written.push(in_groups(&code.text()));
    }
    Ok(written)
}

/// Takes a code, once. False: it is not this member's, or it was used.
pub(super) fn spend_code(tx: &mut Tx<'_>, member: MemberId, code: Digest) -> Result<bool, Error> {
    let theirs = recovery_codes::table.filter(recovery_codes::hash.eq(code).and(recovery_codes::member.eq(member)));
    Ok(diesel::delete(theirs).execute(tx.conn())? == 1)
}

pub fn count_codes(conn: &mut Conn, member: MemberId) -> Result<i64, Error> {
    Ok(recovery_codes::table.filter(recovery_codes::member.eq(member)).count().get_result(conn)?)
}

fn in_groups(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Chance;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = Token::draw(&Chance::seeded(3));
        let written = in_groups(&code.text());
        assert_eq!(written.split(' ').next().map(str::len), Some(4));
        for typed in [written.clone(), written.replace(' ', "-"), written.to_uppercase(), format!("  {} ", code.text())]
        {
            assert_eq!(read_code(&typed), Some(code.digest()), "{typed}");
        }
        for typed in ["", "123456", "abcd efgh", &written[1..]] {
            assert_eq!(read_code(typed), None, "{typed}");
        }
    }
}
