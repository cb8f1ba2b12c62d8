//! What coordinators are told of by mail: that something needs a look today, and once a week the mark of the record.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::duty::{Coordinator, find_duty};
use super::error::Error;
use super::timer::{may_get_timer_mail, push_timer_mail};
use crate::audit;
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::coordinators;

/// One mail of a kind to a coordinator in this time.
const APART: TimeDelta = TimeDelta::days(1);
const DAYS_BETWEEN_MARKS: i32 = 7;

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

/// Once a week every coordinator gets the head of the record, so that a record rewritten later contradicts their mailbox.
pub fn send_marks(ground: &Ground) -> Result<(), Error> {
    let today = ground.now().day();
    let (duty, head) =
        ground.store.read(|conn| Ok::<_, Error>((find_duty(conn, ground.now())?, audit::head(conn)?)))?;
    if head.is_none() {
        return Ok(());
    }
    for coordinator in duty.in_term.iter().filter(|one| one.is_mark_due(today)) {
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
