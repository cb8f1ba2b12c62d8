//! What is due for hands: pauses that end, leases that run out and the reminders before, a rest after silent offers.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Event, Hand, State};
use super::state::{find_hand, move_hand, renew_lease};
use super::suspend::{lift, list_over};
use crate::ground::Ground;
use crate::members::{self, QuestionKind, push_timer_mail, steps_behind};
use crate::notices::Notice;
use crate::outbox::About;
use crate::requests::{self, OfferState};
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::hands;

pub fn tick(ground: &Ground) -> Result<(), Error> {
    let now = ground.now();
    let (back, over): (Vec<MemberId>, Vec<MemberId>) = ground.store.read(|conn| {
        let back = hands::table
            .filter(hands::state.eq(State::Paused).and(hands::paused_until.le(now)))
            .select(hands::member)
            .load(conn)?;
        let over = hands::table
            .filter(hands::state.eq(State::Up).and(hands::lease_ends_at.le(now)))
            .select(hands::member)
            .load(conn)?;
        Ok::<_, Error>((back, over))
    })?;
    for member in back {
        ground.store.write_tx(|tx| {
            // A pause may be longer than the lease was: whoever comes back comes back for a whole one.
            renew_lease(tx, ground, member)?;
            move_hand(tx, ground, member, Event::Return, None)
        })?;
    }
    for member in over {
        ground.store.write_tx(|tx| move_hand(tx, ground, member, Event::LeaseOver, None))?;
    }
    for member in list_over(ground)? {
        ground.store.write_tx(|tx| lift(tx, ground, member))?;
    }
    let up: Vec<(Hand, i32)> = ground.store.read(|conn| {
        hands::table
            .filter(hands::state.eq(State::Up))
            .order(hands::member)
            .select((Hand::as_select(), hands::reminders))
            .load(conn)
            .map_err(Error::from)
    })?;
    for (hand, reminders) in up {
        let may_hear = || ground.store.read(|conn| members::may_get_timer_mail(conn, ground, hand.member));
        if is_silent(ground, &hand)? {
            if may_hear()? {
                rest(ground, hand.member)?;
            }
        } else if reminders_due(ground, &hand) > reminders && may_hear()? {
            remind(ground, &hand)?;
        }
    }
    Ok(())
}

/// The last of this lease to end, as many as the policy says, all went without an answer, and none is open.
fn is_silent(ground: &Ground, hand: &Hand) -> Result<bool, Error> {
    let until_rest = ground.policy.hands.silent_offers_until_rest as usize;
    let since = hand.lease_ends_at.minus(ground.policy.hands.lease);
    ground.store.read(|conn| {
        let last = requests::list_settled_of(conn, ground, (hand.member, since), until_rest)?;
        let are_silent = last.len() == until_rest && last.iter().all(|state| *state == OfferState::Lapsed);
        Ok(until_rest > 0 && are_silent && requests::count_open_of(conn, hand.member)? == 0)
    })
}

/// Lowered kindly, together with the mail that says so and brings it back by one press.
fn rest(ground: &Ground, member: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        if !is_up(tx, member)? {
            return Ok(());
        }
        let went = push_timer_mail(tx, ground, member, About::default(), |tx| {
            let token = members::ask_question(tx, ground, member, None, QuestionKind::Rest)?.text();
            Ok::<_, Error>(Notice::WeGaveYouARest { token })
        })?;
        if went {
            move_hand(tx, ground, member, Event::Rest, None)?;
        }
        Ok(())
    })
}

fn is_up(tx: &mut Tx<'_>, member: MemberId) -> Result<bool, Error> {
    Ok(find_hand(tx.conn(), member)?.is_some_and(|hand| hand.state == State::Up))
}

/// How many reminders of a lease should have gone by now.
fn reminders_due(ground: &Ground, hand: &Hand) -> i32 {
    let timers = &ground.policy.hands;
    let ages: Vec<_> = timers.lease_reminders_before.iter().map(|before| timers.lease - *before).collect();
    steps_behind(&ages, timers.lease - hand.lease_ends_at.since(ground.now()))
}

fn remind(ground: &Ground, hand: &Hand) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        if !is_up(tx, hand.member)? {
            return Ok(());
        }
        let went = push_timer_mail(tx, ground, hand.member, About::default(), |tx| {
            let token = members::ask_question(tx, ground, hand.member, None, QuestionKind::StillUp)?.text();
            Ok::<_, Error>(Notice::StillUp { until: hand.lease_ends_at, token })
        })?;
        if went {
            diesel::update(hands::table.find(hand.member))
                .set(hands::reminders.eq(reminders_due(ground, hand)))
                .execute(tx.conn())?;
        }
        Ok(())
    })
}
