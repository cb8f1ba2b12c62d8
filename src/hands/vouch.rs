//! Somebody's word for a sponsor: that of one coordinator, or of some sponsors for whom others vouched long enough ago. Nobody
//! vouches for themselves or for somebody they are or were a pair with.

use std::collections::HashSet;

use diesel::prelude::*;

use super::error::Error;
use super::model::{Event, Hand, State};
use super::state::{find_hand, move_hand, renew_lease};
use crate::audit::{self, Act, Entry};
use crate::clock::Day;
use crate::ground::Ground;
use crate::i18n::fold;
use crate::matching;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::sponsorships;
use crate::store::ids::MemberId;
use crate::store::schema::{hands, members, vouches};
use crate::store::{Conn, Tx};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vouched {
    /// It is on record, since now or since an earlier press.
    Noted,
    /// Their own hand, or that of somebody they are or were a pair with.
    NotTheirs,
    /// No such hand waits.
    NotHere,
    /// Their own hand is not with us for long enough, or the desk holds it.
    NotYet,
}

/// A hand that waits for somebody's word, as the desk may see it.
pub struct Waiting {
    pub member: MemberId,
    pub first_name: String,
    pub check_word: String,
    pub since: Option<Day>,
}

/// What a sponsor heard at a meeting: who it is, and the word that shows that they were there.
pub struct Said {
    pub first_name: String,
    pub check_word: String,
}

/// Every hand that waits, the longest first.
pub fn list_waiting(conn: &mut Conn) -> Result<Vec<Waiting>, Error> {
    let rows: Vec<(MemberId, String, String, Option<Day>)> = hands::table
        .inner_join(members::table.on(members::id.eq(hands::member)))
        .filter(hands::state.eq(State::Pending))
        .order((hands::raised_on, members::first_name, members::id))
        .select((hands::member, members::first_name, members::check_word, hands::raised_on))
        .load(conn)?;
    let waiting = |(member, first_name, check_word, since)| Waiting { member, first_name, check_word, since };
    Ok(rows.into_iter().map(waiting).collect())
}

pub fn count_waiting(conn: &mut Conn) -> Result<i64, Error> {
    Ok(hands::table.filter(hands::state.eq(State::Pending)).count().get_result(conn)?)
}

/// Who gave their word for this hand, as far as they are still here.
pub fn list_vouchers(conn: &mut Conn, hand: MemberId) -> Result<Vec<MemberId>, Error> {
    let all = vouches::table.filter(vouches::hand.eq(hand)).order((vouches::made_on, vouches::voucher));
    Ok(all.select(vouches::voucher).load(conn)?)
}

/// Whether a sponsor's word counts for others: somebody's word for their own hand is old enough, and the desk does not hold it.
pub fn may_vouch(ground: &Ground, own: &Hand) -> bool {
    counts(ground, own.state, own.vouched_on)
}

fn counts(ground: &Ground, state: State, vouched_on: Option<Day>) -> bool {
    let is_old = matching::is_older(vouched_on, ground.policy.hands.vouches_after, ground.now().day());
    is_old && state != State::Suspended
}

/// Whether this member may decide about that hand at all: not their own, not of somebody they are or were a pair with.
pub fn may_vouch_for(conn: &mut Conn, voucher: MemberId, hand: MemberId) -> Result<bool, Error> {
    Ok(voucher != hand && !sponsorships::list_met(conn, voucher)?.contains(&hand))
}

/// A coordinator knows them: the hand goes up.
pub fn vouch_as_coordinator(ground: &Ground, coordinator: MemberId, hand: MemberId) -> Result<Vouched, Error> {
    ground.store.write_tx(|tx| {
        let is_new = !list_vouchers(tx.conn(), hand)?.contains(&coordinator);
        match look(tx, coordinator, hand)? {
            // A second press, after the first put it up.
            Vouched::NotHere if !is_new => Ok(Vouched::Noted),
            Vouched::Noted => {
                give_word(tx, ground, Some(coordinator), hand)?;
                put_up(tx, ground, hand, Some(coordinator))?;
                Ok(Vouched::Noted)
            }
            other => Ok(other),
        }
    })
}

/// "Not now": it is on record and the hand waits on.
pub fn not_now(ground: &Ground, coordinator: MemberId, hand: MemberId) -> Result<Vouched, Error> {
    ground.store.write_tx(|tx| {
        let looked = look(tx, coordinator, hand)?;
        if looked == Vouched::Noted {
            record(tx, ground, Act::DidNotVouch, Some(coordinator), hand)?;
        }
        Ok(looked)
    })
}

/// A sponsor knows who said these two to them. What nobody said and what is wrong by a letter are the same.
pub fn vouch_as_sponsor(ground: &Ground, sponsor: MemberId, said: &Said) -> Result<Vouched, Error> {
    ground.store.write_tx(|tx| {
        if !find_hand(tx.conn(), sponsor)?.is_some_and(|own| may_vouch(ground, &own)) {
            return Ok(Vouched::NotYet);
        }
        let Some(hand) = find_said(tx.conn(), said)? else {
            return Ok(if has_vouched(tx.conn(), sponsor, said)? { Vouched::Noted } else { Vouched::NotHere });
        };
        let looked = look(tx, sponsor, hand)?;
        if looked == Vouched::Noted && !list_vouchers(tx.conn(), hand)?.contains(&sponsor) {
            give_word(tx, ground, Some(sponsor), hand)?;
            if count_sponsors(tx.conn(), ground, hand)? >= ground.policy.hands.vouches_of_sponsors as usize {
                put_up(tx, ground, hand, None)?;
            }
        }
        Ok(looked)
    })
}

/// The word that an invitation carries: of the coordinator who made it, or of the operator. One that somebody made for
/// themselves or for who they are a pair with carries none, and the hand waits.
pub(super) fn vouch_by_invitation(
    tx: &mut Tx<'_>,
    ground: &Ground,
    made_by: Option<MemberId>,
    hand: MemberId,
) -> Result<(), Error> {
    if let Some(coordinator) = made_by
        && !may_vouch_for(tx.conn(), coordinator, hand)?
    {
        return Ok(());
    }
    give_word(tx, ground, made_by, hand)?;
    put_up(tx, ground, hand, made_by)
}

/// `Noted` where the word would count.
fn look(tx: &mut Tx<'_>, voucher: MemberId, hand: MemberId) -> Result<Vouched, Error> {
    if find_hand(tx.conn(), hand)?.is_none_or(|hand| hand.state != State::Pending) {
        return Ok(Vouched::NotHere);
    }
    Ok(if may_vouch_for(tx.conn(), voucher, hand)? { Vouched::Noted } else { Vouched::NotTheirs })
}

/// A row once for each voucher, and a record of each time it was decided.
fn give_word(tx: &mut Tx<'_>, ground: &Ground, voucher: Option<MemberId>, hand: MemberId) -> Result<(), Error> {
    if let Some(voucher) = voucher
        && !list_vouchers(tx.conn(), hand)?.contains(&voucher)
    {
        let row = (vouches::hand.eq(hand), vouches::voucher.eq(voucher), vouches::made_on.eq(ground.now().day()));
        diesel::insert_into(vouches::table).values(row).execute(tx.conn())?;
    }
    record(tx, ground, Act::Vouched, voucher, hand)
}

fn record(tx: &mut Tx<'_>, ground: &Ground, act: Act, actor: Option<MemberId>, hand: MemberId) -> Result<(), Error> {
    Ok(audit::record(tx, &ground.vault, ground.now(), Entry { act, actor, subject: Some(hand.bytes()) })?)
}

/// The hand goes up, for a whole lease from now, and its owner hears it.
fn put_up(tx: &mut Tx<'_>, ground: &Ground, hand: MemberId, vouched_by: Option<MemberId>) -> Result<(), Error> {
    diesel::update(hands::table.find(hand))
        .set((hands::vouched_on.eq(ground.now().day()), hands::vouched_by.eq(vouched_by)))
        .execute(tx.conn())?;
    renew_lease(tx, ground, hand)?;
    if move_hand(tx, ground, hand, Event::Vouch, None)? {
        outbox::push_notice(tx, ground, Reader::Member(hand), About::default(), &Notice::YouAreIn)?;
    }
    Ok(())
}

/// The sponsors whose word for this hand counts as they stand today.
fn count_sponsors(conn: &mut Conn, ground: &Ground, hand: MemberId) -> Result<usize, Error> {
    let vouchers: Vec<(MemberId, State, Option<Day>)> = vouches::table
        .inner_join(hands::table.on(hands::member.eq(vouches::voucher)))
        .filter(vouches::hand.eq(hand))
        .select((hands::member, hands::state, hands::vouched_on))
        .load(conn)?;
    let met: HashSet<MemberId> = sponsorships::list_met(conn, hand)?.into_iter().collect();
    let counting = vouchers.iter().filter(|(who, state, on)| !met.contains(who) && counts(ground, *state, *on));
    Ok(counting.count())
}

/// The one hand that waits under this name and word. Two of the same name and word are for a coordinator to tell apart.
fn find_said(conn: &mut Conn, said: &Said) -> Result<Option<MemberId>, Error> {
    let mut found = list_waiting(conn)?;
    found.retain(|waiting| is_said(said, &waiting.first_name, &waiting.check_word));
    Ok(if found.len() == 1 { found.pop().map(|waiting| waiting.member) } else { None })
}

/// A second press, after another's word put the hand up.
fn has_vouched(conn: &mut Conn, voucher: MemberId, said: &Said) -> Result<bool, Error> {
    let theirs: Vec<(String, String)> = vouches::table
        .inner_join(members::table.on(members::id.eq(vouches::hand)))
        .filter(vouches::voucher.eq(voucher))
        .select((members::first_name, members::check_word))
        .load(conn)?;
    Ok(theirs.iter().any(|(first_name, check_word)| is_said(said, first_name, check_word)))
}

fn is_said(said: &Said, first_name: &str, check_word: &str) -> bool {
    same(&said.first_name, first_name) && same(&said.check_word, check_word)
}

/// As an ear has it: neither accents nor capitals nor spaces matter.
fn same(heard: &str, written: &str) -> bool {
    let bare = |text: &str| fold(text).split_whitespace().collect::<String>();
    bare(heard) == bare(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_heard_is_compared_by_ear() {
        for (heard, written, is_same) in [
            ("ray", "Ray", true),
            (" RAY ", "Ray", true),
            ("Jose", "Jos\u{e9}", true),
            ("mary ann", "Mary  Ann", true),
            ("Mary Ann", "MaryAnn", true),
            ("Ra", "Ray", false),
            ("", "Ray", false),
            ("\u{639}\u{645}\u{631}", "\u{639}\u{645}\u{631}", true),
        ] {
            assert_eq!(same(heard, written), is_same, "{heard:?} {written:?}");
        }
    }
}
