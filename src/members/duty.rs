//! Whose term at the desk runs, and who is on duty in which week. After the last day of a term the desk knows its
//! coordinator no more.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use super::first_steps::{Step, StepState, note_first_step};
use super::model::SessionDoor;
use crate::audit::{self, Act, Entry};
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::store::ids::MemberId;
use crate::store::schema::{coordinators, members, recovery_codes, rota, sessions};
use crate::store::{Conn, Tx};
use crate::word_enum;

/// Who was on duty is known for this long after the week.
const WEEKS_KEPT: TimeDelta = TimeDelta::weeks(8);

word_enum! {
    /// A week that can be taken.
    Week { This = "this", Next = "next" }
}

/// Somebody whose term runs.
#[derive(Clone, Queryable)]
pub struct Coordinator {
    pub member: MemberId,
    pub first_name: String,
    /// None: until they end it.
    pub term_ends_on: Option<Day>,
    pub(super) told_waiting_at: Option<Timestamp>,
    pub(super) told_letters_at: Option<Timestamp>,
    pub(super) told_reports_at: Option<Timestamp>,
    pub(super) marked_on: Option<Day>,
    pub(super) counted_on: Option<Day>,
    pub(super) utc_offset_min: i32,
}

impl Coordinator {
    fn runs_on(&self, day: Day) -> bool {
        self.term_ends_on.is_none_or(|last| last >= day)
    }
}

/// Who is at the desk these days.
pub struct Duty {
    /// Everybody whose term runs, by first name.
    pub in_term: Vec<Coordinator>,
    pub this_week: Option<MemberId>,
    pub next_week: Option<MemberId>,
}

impl Duty {
    /// Whoever took this week, or everybody where nobody did.
    pub fn now(&self) -> Vec<&Coordinator> {
        let on_duty: Vec<&Coordinator> = self.in_term.iter().filter(|one| Some(one.member) == self.this_week).collect();
        if on_duty.is_empty() { self.in_term.iter().collect() } else { on_duty }
    }

    /// First name of somebody whose term runs.
    pub fn name_of(&self, member: MemberId) -> Option<&str> {
        self.in_term.iter().find(|one| one.member == member).map(|one| one.first_name.as_str())
    }

    /// Whether this coordinator will still be here when next week begins.
    pub fn has_next_week(&self, member: MemberId, now: Timestamp) -> bool {
        self.in_term.iter().any(|one| one.member == member && one.runs_on(week_of(now, Week::Next)))
    }
}

/// The Monday of a week, counted in UTC.
fn week_of(now: Timestamp, week: Week) -> Day {
    let monday = now.day().monday();
    if week == Week::This { monday } else { Day(monday.0 + 7) }
}

pub fn find_duty(conn: &mut Conn, now: Timestamp) -> Result<Duty, Error> {
    let today = now.day();
    let in_term: Vec<Coordinator> = coordinators::table
        .inner_join(members::table.on(members::id.eq(coordinators::member)))
        .filter(coordinators::term_ends_on.is_null().or(coordinators::term_ends_on.ge(today)))
        .order((members::first_name, members::id))
        .select((
            coordinators::member,
            members::first_name,
            coordinators::term_ends_on,
            coordinators::told_waiting_at,
            coordinators::told_letters_at,
            coordinators::told_reports_at,
            coordinators::marked_on,
            coordinators::counted_on,
            members::utc_offset_min,
        ))
        .load(conn)?;
    let mut taken_by = |week| {
        let monday = week_of(now, week);
        let by: Option<MemberId> = rota::table.find(monday).select(rota::member).first(conn).optional()?;
        // In a week that runs, today decides.
        let day = monday.max(today);
        Ok::<_, Error>(by.filter(|by| in_term.iter().any(|one| one.member == *by && one.runs_on(day))))
    };
    let (this_week, next_week) = (taken_by(Week::This)?, taken_by(Week::Next)?);
    Ok(Duty { in_term, this_week, next_week })
}

/// Whether this member is at the desk now.
pub fn is_coordinator(conn: &mut Conn, member: MemberId, now: Timestamp) -> Result<bool, Error> {
    let mine = coordinators::table
        .filter(coordinators::member.eq(member))
        .filter(coordinators::term_ends_on.is_null().or(coordinators::term_ends_on.ge(now.day())));
    Ok(diesel::select(diesel::dsl::exists(mine)).get_result(conn)?)
}

/// From now on this coordinator is on duty in that week, whoever was before.
pub fn take_week(ground: &Ground, member: MemberId, week: Week) -> Result<(), Error> {
    let monday = week_of(ground.now(), week);
    ground.store.write_tx(|tx| {
        diesel::delete(rota::table.find(monday)).execute(tx.conn())?;
        diesel::insert_into(rota::table).values((rota::week.eq(monday), rota::member.eq(member))).execute(tx.conn())?;
        note_first_step(tx, Step::Rota, StepState::Done, ground.now())?;
        let entry = Entry { act: Act::TookDuty, actor: Some(member), subject: None };
        Ok(audit::record(tx, &ground.vault, ground.now(), entry)?)
    })
}

/// A coordinator hands over: yesterday was the last day. The desk shuts for them in every browser; a later invitation
/// opens it anew.
pub fn end_term(ground: &Ground, member: MemberId) -> Result<(), Error> {
    let now = ground.now();
    ground.store.write_tx(|tx| {
        let yesterday = Day(now.day().0 - 1);
        diesel::update(coordinators::table.find(member))
            .set(coordinators::term_ends_on.eq(yesterday))
            .execute(tx.conn())?;
        let to_come = rota::table.filter(rota::member.eq(member).and(rota::week.ge(week_of(now, Week::This))));
        diesel::delete(to_come).execute(tx.conn())?;
        diesel::delete(recovery_codes::table.filter(recovery_codes::member.eq(member))).execute(tx.conn())?;
        end_desk_sessions(tx, member)?;
        let entry = Entry { act: Act::EndedTerm, actor: Some(member), subject: None };
        Ok(audit::record(tx, &ground.vault, now, entry)?)
    })
}

fn end_desk_sessions(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Error> {
    let of_desk = sessions::member.eq(member).and(sessions::door.eq(SessionDoor::Desk));
    diesel::delete(sessions::table.filter(of_desk)).execute(tx.conn())?;
    Ok(())
}

pub fn forget_rota(ground: &Ground) -> Result<(), Error> {
    let before = week_of(ground.now().minus(WEEKS_KEPT), Week::This);
    ground.store.sweep(|tx| Ok(diesel::delete(rota::table.filter(rota::week.lt(before))).execute(tx.conn())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kim(n: u8, ends_on: Option<i32>) -> Coordinator {
        Coordinator {
            member: MemberId::from_bytes([n; 16]),
            first_name: format!("{n}"),
            term_ends_on: ends_on.map(Day),
            told_waiting_at: None,
            told_letters_at: None,
            told_reports_at: None,
            marked_on: None,
            counted_on: None,
            utc_offset_min: 0,
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        for day in 20_700..20_720 {
            let (this, next) = (week_of(Day(day).start(), Week::This), week_of(Day(day).start(), Week::Next));
            assert_eq!(this.start().utc().format("%a").to_string(), "Mon");
            assert!((0..7).contains(&(day - this.0)) && next.0 == this.0 + 7, "day {day}");
        }
    }

    #[test]
    fn on_duty_is_who_took_the_week_or_everybody_else() {
        let [one, two] = [1, 2].map(|n| MemberId::from_bytes([n; 16]));
        let mut duty = Duty { in_term: vec![kim(1, None), kim(2, Some(9))], this_week: Some(two), next_week: None };
        let who = |duty: &Duty| duty.now().iter().map(|c| c.member).collect::<Vec<_>>();
        assert_eq!(who(&duty), [two]);
        duty.this_week = None;
        assert_eq!(who(&duty), [one, two]);
        assert!(duty.has_next_week(one, Day(9).start()) && !duty.has_next_week(two, Day(9).start()));
    }
}
