//! What is due for pairs. A yes without a letter: 24 h, the sponsor is reminded; 48 h, the newcomer gets "find me someone
//! else", and the desk sees it. Silence later: whoever owes a letter is nudged, and a contact that the newcomer left silent
//! ends softly. Day 30 and day 90: each of the two is asked alone. A pause that is over, and somebody for now who wrote long
//! enough. While a sponsor stepped back nothing of a pair is due.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::back::end_pause;
use super::end::{end_softly, name_of_partner};
use super::error::Error;
use super::model::{Event, Side, Sponsorship, State};
use super::queries::{find_sponsorship, list_active_of_sponsee};
use crate::clock::Day;
use crate::ground::Ground;
use crate::matching::is_quiet;
use crate::members::{self, QuestionKind, push_timer_mail, steps_behind};
use crate::notices::Notice;
use crate::outbox::About;
use crate::store::Tx;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::schema::sponsorships;

/// A review that could not be asked for so long, because the process slept, is not asked any more.
const REVIEW_STAYS_DUE: TimeDelta = TimeDelta::days(20);

/// One pass. Each mail is a transaction of its own; a pair that changed meanwhile is left for the next pass.
pub fn tick(ground: &Ground) -> Result<(), Error> {
    let active: Vec<(Sponsorship, i32, Option<Day>)> = ground.store.read(|conn| {
        sponsorships::table
            .filter(sponsorships::state.ne(State::Ended))
            .order((sponsorships::introduced_at, sponsorships::id))
            .select((Sponsorship::as_select(), sponsorships::nudges, sponsorships::nudged_on))
            .load(conn)
            .map_err(Error::from)
    })?;
    for (pair, nudges, nudged_on) in active {
        if let Some(until) = pair.paused_until {
            if until <= ground.now() {
                ground.store.write_tx(|tx| {
                    let paused = find_sponsorship(tx.conn(), pair.id)?.filter(Sponsorship::is_paused);
                    paused.map_or(Ok(()), |pair| end_pause(tx, ground, &pair))
                })?;
            }
            continue;
        }
        if pair.is_for_now() && !pair.is_held() {
            for_now(ground, &pair)?;
            continue;
        }
        match pair.state {
            State::Introduced => first_letter(ground, &pair)?,
            State::Live => {
                silence(ground, &pair, nudges, nudged_on)?;
                review(ground, &pair)?;
            }
            State::Held | State::Ended => {}
        }
    }
    Ok(())
}

/// Nobody wrote since the yes.
fn first_letter(ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let age = ground.now().since(pair.begun_at());
    let timers = &ground.policy.sponsorships;
    if age >= timers.hello_reminder_after && pair.reminded_at.is_none() && may_hear(ground, pair.sponsor)? {
        remind(ground, pair.id)?;
    }
    if pair.is_for_now() || age < timers.hello_choice_after {
        return Ok(());
    }
    if pair.choice_at.is_none() {
        return if may_hear(ground, pair.sponsee)? { offer_choice(ground, pair.id) } else { Ok(()) };
    }
    // Neither ever wrote nor chose: the place is somebody else's. However long the process slept, there was time to choose.
    let had_time = pair.choice_at.is_some_and(|at| ground.now().since(at) >= time_to_answer(ground));
    if age >= timers.sponsee_ends_after && had_time { end_of_silence(ground, pair) } else { Ok(()) }
}

/// Somebody for now ends softly: after its time, some days after the first letter of a sponsor who came later, or when no
/// letter came at all. Nobody is nudged for it beyond the one reminder.
fn for_now(ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let age = ground.now().since(pair.introduced_at);
    let timers = &ground.policy.for_now;
    let no_letter = pair.sponsor_wrote_on.is_none();
    if age >= timers.lasts || (no_letter && age >= ground.policy.sponsorships.hello_choice_after) {
        return end_of_silence(ground, pair);
    }
    if no_letter {
        return first_letter(ground, pair);
    }
    let has_rested = |sponsor: &Sponsorship| {
        let wrote_at = sponsor.sponsor_wrote_on.map(Day::start);
        wrote_at.is_some_and(|at| ground.now().since(at) >= timers.after_first_letter)
    };
    let others = ground.store.read(|conn| list_active_of_sponsee(conn, pair.sponsee))?;
    let mut later = others.iter().filter(|other| !other.is_for_now() && other.introduced_at >= pair.introduced_at);
    if later.any(has_rested) { end_of_silence(ground, pair) } else { Ok(()) }
}

fn remind(ground: &Ground, id: SponsorshipId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let is_owed = |pair: &Sponsorship| {
            pair.state.next(Event::Letter).is_some()
                && pair.sponsor_wrote_on.is_none()
                && !pair.is_paused()
                && pair.reminded_at.is_none()
        };
        let Some(pair) = find_sponsorship(tx.conn(), id)?.filter(is_owed) else { return Ok(()) };
        let went = push_timer_mail(tx, ground, pair.sponsor, about(id), |tx| {
            Ok::<_, Error>(Notice::HelloIsDue { first_name: name_of_partner(tx, &pair, Side::Sponsor)? })
        })?;
        if went {
            diesel::update(sponsorships::table.find(id))
                .set(sponsorships::reminded_at.eq(ground.now()))
                .execute(tx.conn())?;
        }
        Ok(())
    })
}

fn offer_choice(ground: &Ground, id: SponsorshipId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let is_open =
            |pair: &Sponsorship| pair.state == State::Introduced && !pair.is_paused() && pair.choice_at.is_none();
        let Some(pair) = find_sponsorship(tx.conn(), id)?.filter(is_open) else {
            return Ok(());
        };
        let went = push_timer_mail(tx, ground, pair.sponsee, about(id), |tx| {
            let first_name = name_of_partner(tx, &pair, Side::Sponsee)?;
            let token = members::ask_question(tx, ground, pair.sponsee, Some(id), QuestionKind::Late)?.text();
            Ok::<_, Error>(Notice::ChoiceForYou { first_name, token })
        })?;
        if went {
            diesel::update(sponsorships::table.find(id))
                .set(sponsorships::choice_at.eq(ground.now()))
                .execute(tx.conn())?;
        }
        Ok(())
    })
}

/// Somebody owes a letter. Days, not hours: a letter's day is all that is stored.
fn silence(ground: &Ground, pair: &Sponsorship, nudges: i32, nudged_on: Option<Day>) -> Result<(), Error> {
    let (Some(last_on), Some(writer)) = (pair.last_letter_on, pair.last_writer) else { return Ok(()) };
    let days_since = |day: Day| TimeDelta::days(i64::from(ground.now().day().0 - day.0));
    let age = days_since(last_on);
    let timers = &ground.policy.sponsorships;
    let owes = writer.other();
    let schedule = match owes {
        Side::Sponsor => &timers.sponsor_nudges_after,
        Side::Sponsee => &timers.sponsee_nudges_after,
    };
    let behind = steps_behind(schedule, age);
    if behind > nudges {
        return if may_hear(ground, pair.member(owes))? { nudge(ground, pair, owes, behind) } else { Ok(()) };
    }
    // However long the process slept, there is as much time after the last nudge as the policy means.
    let had_time = nudged_on.map_or(schedule.is_empty(), |day| days_since(day) >= time_to_answer(ground));
    if owes == Side::Sponsee && had_time && age >= timers.sponsee_ends_after {
        return end_of_silence(ground, pair);
    }
    Ok(())
}

/// Between the last word to a newcomer and a soft end.
fn time_to_answer(ground: &Ground) -> TimeDelta {
    let timers = &ground.policy.sponsorships;
    timers.sponsee_ends_after - timers.sponsee_nudges_after.last().copied().unwrap_or_default()
}

fn may_hear(ground: &Ground, member: MemberId) -> Result<bool, Error> {
    Ok(ground.store.read(|conn| members::may_get_timer_mail(conn, ground, member))?)
}

fn nudge(ground: &Ground, seen: &Sponsorship, owes: Side, step: i32) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let Some(pair) = unchanged(tx, seen)? else { return Ok(()) };
        let reader = pair.member(owes);
        let went = push_timer_mail(tx, ground, reader, about(pair.id), |tx| {
            let first_name = name_of_partner(tx, &pair, owes)?;
            Ok::<_, Error>(match owes {
                Side::Sponsor => Notice::NoteIsWaiting { first_name },
                Side::Sponsee => {
                    let kind = QuestionKind::StillThere;
                    let token = members::ask_question(tx, ground, reader, Some(pair.id), kind)?.text();
                    Notice::StillThere { first_name, token }
                }
            })
        })?;
        if went {
            diesel::update(sponsorships::table.find(pair.id))
                .set((sponsorships::nudges.eq(step), sponsorships::nudged_on.eq(ground.now().day())))
                .execute(tx.conn())?;
        }
        Ok(())
    })
}

/// By day: nobody should read at night that something ended.
fn end_of_silence(ground: &Ground, seen: &Sponsorship) -> Result<(), Error> {
    if is_asleep(ground, seen.sponsee)? {
        return Ok(());
    }
    ground.store.write_tx(|tx| match unchanged(tx, seen)? {
        Some(pair) => end_softly(tx, ground, &pair),
        None => Ok(()),
    })
}

/// Each of the two is asked alone; what one presses the other never learns.
fn review(ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let age = ground.now().since(pair.introduced_at);
    let kinds = [QuestionKind::GoingOk, QuestionKind::GoOn];
    let mut dates = ground.policy.sponsorships.reviews_at.iter().zip(kinds);
    let due = dates.find(|(at, _)| (**at..**at + REVIEW_STAYS_DUE).contains(&age));
    let Some((_, kind)) = due else { return Ok(()) };
    for side in [Side::Sponsor, Side::Sponsee] {
        let reader = pair.member(side);
        let is_due = ground.store.read(|conn| {
            Ok::<_, Error>(
                !members::was_asked(conn, reader, pair.id, kind)? && members::may_get_timer_mail(conn, ground, reader)?,
            )
        })?;
        if !is_due {
            continue;
        }
        ground.store.write_tx(|tx| {
            let Some(pair) = unchanged(tx, pair)? else { return Ok(()) };
            if members::was_asked(tx.conn(), reader, pair.id, kind)? {
                return Ok(());
            }
            push_timer_mail(tx, ground, reader, about(pair.id), |tx| {
                let first_name = name_of_partner(tx, &pair, side)?;
                let token = members::ask_question(tx, ground, reader, Some(pair.id), kind)?.text();
                Ok::<_, Error>(Notice::OneQuestion { first_name, token })
            })?;
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}

fn about(pair: SponsorshipId) -> About {
    About { sponsorship: Some(pair), ..About::default() }
}

/// The pair as it was read before the transaction, or nothing: a letter or an end came between.
fn unchanged(tx: &mut Tx<'_>, seen: &Sponsorship) -> Result<Option<Sponsorship>, Error> {
    let found = find_sponsorship(tx.conn(), seen.id)?;
    Ok(found.filter(|pair| {
        let of = |pair: &Sponsorship| (pair.state, pair.last_letter_on, pair.last_writer, pair.paused_until);
        of(pair) == of(seen)
    }))
}

fn is_asleep(ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let found = ground.store.read(|conn| members::find_member(conn, member))?;
    Ok(found.is_none_or(|member| is_quiet(ground.now(), member.utc_offset_min, &ground.policy.quiet_hours)))
}
