//! What coordinators are told of by mail: that something needs a look today, in the morning how much does, and once a week
//! the mark of the record.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::duty::{Coordinator, find_duty};
use super::error::Error;
use super::timer::{may_get_timer_mail, push_timer_mail};
use crate::audit;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::matching::is_quiet;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::policy::QuietHours;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::coordinators;

/// One mail of a kind to a coordinator in this time.
const APART: TimeDelta = TimeDelta::days(1);
const DAYS_BETWEEN_MARKS: i32 = 7;
/// The mail of the day goes from this time of the coordinator's own day.
const MORNING: TimeDelta = TimeDelta::hours(9);

/// The kinds of things that need a look today. The mail says no kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Look {
    /// A request waits too long for a yes.
    Waiting,
    /// A newcomer waits too long for the first letter of a sponsor.
    FirstLetter,
    /// Somebody said that something is not right.
    Report,
}

impl Coordinator {
    /// When they were last told of such a thing.
    pub fn told_at(&self, look: Look) -> Option<Timestamp> {
        match look {
            Look::Waiting => self.told_waiting_at,
            Look::FirstLetter => self.told_letters_at,
            Look::Report => self.told_reports_at,
        }
    }

    /// Whether they may be told of such a thing now.
    pub fn may_be_told(&self, look: Look, now: Timestamp) -> bool {
        self.told_at(look).is_none_or(|at| now.since(at) >= APART)
    }
}

/// So many things of a kind wait for this coordinator, if they may be told now.
pub fn tell_coordinator(tx: &mut Tx<'_>, ground: &Ground, to: MemberId, things: (Look, u32)) -> Result<(), Error> {
    let duty = find_duty(tx.conn(), ground.now())?;
    duty.in_term.iter().find(|one| one.member == to).map_or(Ok(()), |to| tell(tx, ground, to, things))
}

fn tell(tx: &mut Tx<'_>, ground: &Ground, to: &Coordinator, (look, count): (Look, u32)) -> Result<(), Error> {
    let now = ground.now();
    if !to.may_be_told(look, now) {
        return Ok(());
    }
    let mark = audit::head(tx.conn())?.map(|head| head.short());
    let notice = Notice::PleaseLook { count, mark };
    outbox::push_notice(tx, ground, Reader::Member(to.member), About::default(), &notice)?;
    let row = coordinators::table.find(to.member);
    match look {
        Look::Waiting => diesel::update(row).set(coordinators::told_waiting_at.eq(now)).execute(tx.conn())?,
        Look::FirstLetter => diesel::update(row).set(coordinators::told_letters_at.eq(now)).execute(tx.conn())?,
        Look::Report => diesel::update(row).set(coordinators::told_reports_at.eq(now)).execute(tx.conn())?,
    };
    Ok(())
}

impl Coordinator {
    /// Whether the things that need them are to be counted: once a day, in their morning.
    pub fn is_count_due(&self, now: Timestamp, quiet: &QuietHours) -> bool {
        let today = now.local_day(self.utc_offset_min);
        // A clock that was set back must not open the same day twice.
        let is_new = self.counted_on.is_none_or(|last| last < today);
        is_new && self.has_morning(now) && !is_quiet(now, self.utc_offset_min, quiet)
    }

    fn has_morning(&self, now: Timestamp) -> bool {
        let today = now.local_day(self.utc_offset_min);
        let midnight = today.start().minus(TimeDelta::minutes(i64::from(self.utc_offset_min)));
        now.since(midnight) >= MORNING
    }
}

/// So many things need this coordinator today; of none there is no mail, and the day is done all the same.
pub fn send_day_mail(tx: &mut Tx<'_>, ground: &Ground, to: MemberId, count: u32) -> Result<(), Error> {
    let now = ground.now();
    let duty = find_duty(tx.conn(), now)?;
    let coordinator = duty.in_term.iter().find(|one| one.member == to);
    let Some(to) = coordinator.filter(|one| one.is_count_due(now, &ground.policy.quiet_hours)) else { return Ok(()) };
    diesel::update(coordinators::table.find(to.member))
        .set(coordinators::counted_on.eq(now.local_day(to.utc_offset_min)))
        .execute(tx.conn())?;
    if count > 0 {
        push_timer_mail(tx, ground, to.member, About::default(), |tx| {
            let mark = audit::head(tx.conn())?.map(|head| head.short());
            Ok::<_, Error>(Notice::NeedsYou { count, mark })
        })?;
    }
    Ok(())
}

/// Once a week every coordinator gets the head of the record, so that a record rewritten later contradicts their mailbox. Not
/// before the mail of the day had its turn: where that goes, the mark waits for another day.
pub fn send_marks(ground: &Ground) -> Result<(), Error> {
    let today = ground.now().day();
    let (duty, head) =
        ground.store.read(|conn| Ok::<_, Error>((find_duty(conn, ground.now())?, audit::head(conn)?)))?;
    if head.is_none() {
        return Ok(());
    }
    let now = ground.now();
    for coordinator in duty.in_term.iter().filter(|one| one.is_mark_due(today) && one.has_morning(now)) {
        let to = coordinator.member;
        if !ground.store.read(|conn| may_get_timer_mail(conn, ground, to))? {
            continue;
        }
        ground.store.write_tx(|tx| {
            let Some(head) = audit::head(tx.conn())? else { return Ok(()) };
            let went = push_timer_mail(tx, ground, to, About::default(), |_| {
                Ok::<_, Error>(Notice::MarkOfTheWeek { mark: head.short() })
            })?;
            if went {
                let row = coordinators::table.find(to);
                diesel::update(row).set(coordinators::marked_on.eq(today)).execute(tx.conn())?;
            }
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}

impl Coordinator {
    fn is_mark_due(&self, today: Day) -> bool {
        self.marked_on.is_none_or(|last| today.0 - last.0 >= DAYS_BETWEEN_MARKS)
    }
}
