//! What a member's own pages show of a pair.

use super::error::Error;
use super::model::{Side, Sponsorship};
use super::names::partner_name;
use super::queries::{find_sponsorship_of, list_of_member, other_mailbox_on};
use crate::clock::Day;
use crate::ground::Ground;
use crate::members::FirstName;
use crate::store::Conn;
use crate::store::ids::MemberId;

pub struct PairView {
    pub pair: Sponsorship,
    /// Which of the two reads.
    pub side: Side,
    /// What the reader calls the other; `None` once the other is erased.
    pub partner: Option<FirstName>,
    /// What the other calls the reader.
    pub me: Option<FirstName>,
    /// The day a letter of the reader's came from another mailbox and did not go.
    pub other_mailbox_on: Option<Day>,
}

/// The pair behind a page's path; somebody else's is like one that does not exist.
pub fn find_view(ground: &Ground, member: MemberId, reference: &str) -> Result<Option<PairView>, Error> {
    ground.store.read(|conn| match find_sponsorship_of(conn, member, reference)? {
        Some((pair, side)) => Ok(Some(view(conn, pair, side)?)),
        None => Ok(None),
    })
}

/// Every pair of a member, the newest first.
pub fn list_views(ground: &Ground, member: MemberId) -> Result<Vec<PairView>, Error> {
    ground.store.read(|conn| {
        let pairs = list_of_member(conn, member)?.into_iter();
        let sided = pairs.filter_map(|pair| pair.side_of(member).map(|side| (pair, side)));
        sided.map(|(pair, side)| view(conn, pair, side)).collect()
    })
}

fn view(conn: &mut Conn, pair: Sponsorship, side: Side) -> Result<PairView, Error> {
    Ok(PairView {
        partner: partner_name(conn, &pair, side)?,
        me: partner_name(conn, &pair, side.other())?,
        other_mailbox_on: other_mailbox_on(conn, pair.id, pair.member(side))?,
        pair,
        side,
    })
}
