//! Reading pairs, and noting a letter.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::error::Error;
use super::model::{Event, Side, Sponsorship, State};
use crate::clock::{Day, Timestamp};
use crate::counts::{self, What};
use crate::ground::Ground;
use crate::matching::Kind;
use crate::members;
use crate::on_each;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::schema::{aliases, requests, sponsorships};
use crate::store::{Conn, Tx};

pub fn find_sponsorship(conn: &mut Conn, id: SponsorshipId) -> Result<Option<Sponsorship>, Error> {
    Ok(on_each!(conn, c => sponsorships::table.find(id).select(Sponsorship::as_select()).first(c)).optional()?)
}

/// The pair behind a page's path, if it is this member's; somebody else's is like one that does not exist.
pub fn find_sponsorship_of(
    conn: &mut Conn,
    member: MemberId,
    reference: &str,
) -> Result<Option<(Sponsorship, Side)>, Error> {
    let found: Option<Sponsorship> = sponsorships::table
        .filter(sponsorships::reference.eq(reference))
        .select(Sponsorship::as_select())
        .first(conn)
        .optional()?;
    Ok(found.and_then(|pair| pair.side_of(member).map(|side| (pair, side))))
}

/// Every pair of a member, the newest first.
pub fn list_of_member(conn: &mut Conn, member: MemberId) -> Result<Vec<Sponsorship>, Error> {
    let theirs = sponsorships::table
        .filter(sponsorships::sponsor.eq(member).or(sponsorships::sponsee.eq(member)))
        .order(sponsorships::introduced_at.desc());
    Ok(on_each!(conn, c => theirs.select(Sponsorship::as_select()).load(c))?)
}

/// The sponsorships of a sponsor that have not ended, the oldest first.
pub fn list_active_of_sponsor(conn: &mut Conn, sponsor: MemberId) -> Result<Vec<Sponsorship>, Error> {
    Ok(sponsorships::table
        .filter(sponsorships::sponsor.eq(sponsor).and(sponsorships::state.ne(State::Ended)))
        .order((sponsorships::introduced_at, sponsorships::id))
        .select(Sponsorship::as_select())
        .load(conn)?)
}

/// The sponsorships of a newcomer that have not ended, the oldest first.
pub fn list_active_of_sponsee(conn: &mut Conn, sponsee: MemberId) -> Result<Vec<Sponsorship>, Error> {
    Ok(sponsorships::table
        .filter(sponsorships::sponsee.eq(sponsee).and(sponsorships::state.ne(State::Ended)))
        .order((sponsorships::introduced_at, sponsorships::id))
        .select(Sponsorship::as_select())
        .load(conn)?)
}

/// Everybody this member ever was a pair with, ended or not.
pub fn list_met(conn: &mut Conn, member: MemberId) -> Result<Vec<MemberId>, Error> {
    let pairs: Vec<(MemberId, MemberId)> = sponsorships::table
        .filter(sponsorships::sponsor.eq(member).or(sponsorships::sponsee.eq(member)))
        .select((sponsorships::sponsor, sponsorships::sponsee))
        .load(conn)?;
    Ok(pairs.into_iter().map(|(sponsor, sponsee)| if sponsor == member { sponsee } else { sponsor }).collect())
}

/// Sponsorships of this kind of this sponsor that have not ended: the places they hold.
pub fn count_active(conn: &mut Conn, sponsor: MemberId, kind: Kind) -> Result<i64, Error> {
    Ok(sponsorships::table
        .filter(sponsorships::sponsor.eq(sponsor).and(sponsorships::kind.eq(kind)))
        .filter(sponsorships::state.ne(State::Ended))
        .count()
        .get_result(conn)?)
}

/// A letter went into the outbox: the first makes the pair live, and the other side owes one from then on. False if the pair
/// has ended and nothing may go.
pub fn note_letter(tx: &mut Tx<'_>, ground: &Ground, pair: SponsorshipId, by: Side) -> Result<bool, Error> {
    let now = ground.now();
    let Some(found) = find_sponsorship(tx.conn(), pair)? else { return Ok(false) };
    let Some(next) = found.state.next(Event::Letter) else { return Ok(false) };
    members::note_active(tx, ground, found.member(by))?;
    if by == Side::Sponsor && found.sponsor_wrote_on.is_none() {
        count_first_letter(tx, &found, now)?;
    }
    let sponsor_wrote_on = found.sponsor_wrote_on.or((by == Side::Sponsor).then(|| now.day()));
    if (next, sponsor_wrote_on) != (found.state, found.sponsor_wrote_on) {
        diesel::update(sponsorships::table.find(pair))
            .set((sponsorships::state.eq(next), sponsorships::sponsor_wrote_on.eq(sponsor_wrote_on)))
            .execute(tx.conn())?;
    }
    if found.last_writer != Some(by) {
        owe_anew(tx, pair, by, now)?;
    }
    Ok(true)
}

/// How long it took until somebody wrote to the newcomer: the first letter of any pair of their request.
fn count_first_letter(tx: &mut Tx<'_>, pair: &Sponsorship, now: Timestamp) -> Result<(), Error> {
    let Some(request) = pair.request else { return Ok(()) };
    let earlier = sponsorships::table
        .filter(sponsorships::request.eq(request).and(sponsorships::sponsor_wrote_on.is_not_null()))
        .filter(sponsorships::id.ne(pair.id));
    if diesel::select(exists(earlier)).get_result(tx.conn())? {
        return Ok(());
    }
    let placed_at: Option<Timestamp> =
        requests::table.find(request).select(requests::placed_at).first(tx.conn()).optional()?;
    if let Some(placed_at) = placed_at {
        counts::add(tx, now, What::FirstLetter, counts::hours_of(now.since(placed_at)))?;
    }
    Ok(())
}

/// From today the other side of `by` owes a letter. A second letter by the same side leaves the day at the first: whoever
/// writes and writes is not the one to wait longer.
pub(super) fn owe_anew(tx: &mut Tx<'_>, pair: SponsorshipId, by: Side, now: Timestamp) -> Result<(), Error> {
    diesel::update(sponsorships::table.find(pair))
        .set((
            sponsorships::last_letter_on.eq(now.day()),
            sponsorships::last_writer.eq(by),
            sponsorships::nudges.eq(0),
            sponsorships::nudged_on.eq(None::<Day>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The newcomer means to go on and owes the letter from today.
pub fn go_on(tx: &mut Tx<'_>, pair: &Sponsorship, now: Timestamp) -> Result<(), Error> {
    match pair.last_writer {
        Some(Side::Sponsor) => owe_anew(tx, pair.id, Side::Sponsor, now),
        _ => Ok(()),
    }
}

/// The day a letter of this member came from another mailbox and did not go, for the pair's page.
pub fn other_mailbox_on(conn: &mut Conn, pair: SponsorshipId, writer: MemberId) -> Result<Option<Day>, Error> {
    let day: Option<Option<Day>> = aliases::table
        .filter(aliases::sponsorship.eq(pair).and(aliases::writer.eq(writer)))
        .select(aliases::other_mailbox_on)
        .first(conn)
        .optional()?;
    Ok(day.flatten())
}
