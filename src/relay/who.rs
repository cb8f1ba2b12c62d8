//! Who wrote a letter, compared with who may write. Called after everything was proven that can be (D8).

use super::error::Error;
use crate::members::{self, Member, SealedAddress};
use crate::store::Conn;
use crate::store::ids::MemberId;
use crate::store::types::Digest;
use crate::vault::{Address, Vault, same};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Who {
    /// The member who may write to this address, and nobody else.
    Writer,
    /// Whom this address reaches: "reply to all" sends a copy to the writer's own address too.
    Reader,
    Stranger,
}

/// Those an address stands between, as far as they are here.
pub(super) struct Ends {
    pub writer: Option<(Member, SealedAddress)>,
    pub reader: Option<(Member, SealedAddress)>,
}

impl Ends {
    /// Both are always looked up: a right and a wrong guess cost the same time.
    pub fn find(conn: &mut Conn, writer: Option<MemberId>, reader: Option<MemberId>) -> Result<Self, Error> {
        let mut find = |member: Option<MemberId>| match member {
            Some(member) => members::find_with_address(conn, member),
            None => Ok(None),
        };
        Ok(Self { writer: find(writer)?, reader: find(reader)? })
    }
}

/// `from` is the proven mailbox of the one From. Both it and MAIL FROM must be the member's.
pub(super) fn who_wrote(vault: &Vault, ends: &Ends, from: Option<&str>, mail_from: &str) -> Who {
    let index = |text: &str| Address::parse(text).ok().map(|address| vault.index(&address));
    let (from, mail_from) = (from.and_then(index), index(without_batv(mail_from)));
    let [writer, reader] = [&ends.writer, &ends.reader].map(|end| end.as_ref().map(|(_, (_, index))| index));
    compare([writer, reader], [from.as_ref(), mail_from.as_ref()])
}

/// `members`: the writer and the reader, `said`: the From and MAIL FROM, all as digests of the same kind.
pub(super) fn compare(members: [Option<&Digest>; 2], said: [Option<&Digest>; 2]) -> Who {
    let is_both = |member: Option<&Digest>| match (member, said) {
        (Some(member), [Some(from), Some(mail_from)]) => same(&member.0, &from.0) & same(&member.0, &mail_from.0),
        _ => false,
    };
    match members.map(is_both) {
        [true, _] => Who::Writer,
        [false, true] => Who::Reader,
        [false, false] => Who::Stranger,
    }
}

/// The member whose mailbox both the proven From and MAIL FROM are.
pub(super) fn is_member(
    conn: &mut Conn,
    vault: &Vault,
    from: Option<&str>,
    mail_from: &str,
) -> Result<Option<MemberId>, Error> {
    let index = |text: &str| Address::parse(text).ok().map(|address| vault.index(&address));
    let (Some(from), Some(mail_from)) = (from.and_then(index), index(without_batv(mail_from))) else {
        return Ok(None);
    };
    let member = members::find_by_index(conn, &from)?;
    Ok(member.filter(|_| same(&from.0, &mail_from.0)).map(|member| member.id))
}

/// BATV (draft-levine-smtp-batv): `prvs=TAG=local@domain` is the mailbox `local@domain`. SRS is not unwrapped: a forwarded
/// copy does not count.
pub(super) fn without_batv(mail_from: &str) -> &str {
    let tagged =
        mail_from.get(..5).filter(|prefix| prefix.eq_ignore_ascii_case("prvs=")).and_then(|_| mail_from.get(5..));
    tagged.and_then(|rest| rest.split_once('=')).map_or(mail_from, |(_, mailbox)| mailbox)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tagged_envelope_sender_is_the_mailbox_behind_it() {
        let cases = [
            ("prvs=1234abcdef=jo@jo.example", "jo@jo.example"),
            ("PRVS=1=jo=x@jo.example", "jo=x@jo.example"),
            ("jo@jo.example", "jo@jo.example"),
            ("prvs=jo@jo.example", "prvs=jo@jo.example"),
            ("SRS0=a=b=jo.example=jo@fwd.example", "SRS0=a=b=jo.example=jo@fwd.example"),
            ("", ""),
        ];
        for (tagged, mailbox) in cases {
            assert_eq!(without_batv(tagged), mailbox, "{tagged}");
        }
    }
}
