//! Waiting mails: how a request for a sponsor stands, after 1, 3 and 7 days, then every week.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::error::Error;
use super::model::State;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::Kind;
use crate::members::{may_get_timer_mail, push_timer_mail, steps_behind};
use crate::notices::Notice;
use crate::outbox::About;
use crate::policy::Requests;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::requests;

pub(super) fn tell_those_who_wait(ground: &Ground) -> Result<(), Error> {
    let now = ground.now();
    let timers = &ground.policy.requests;
    let waiting: Vec<(RequestId, MemberId, Timestamp, Timestamp, i32)> = ground.store.read(|conn| {
        requests::table
            .filter(requests::state.eq(State::Waiting).and(requests::kind.eq(Kind::Sponsor)))
            .filter(requests::not_before.is_null().or(requests::not_before.le(now)))
            .select((requests::id, requests::member, requests::placed_at, requests::waiting_since, requests::updates))
            .load(conn)
            .map_err(Error::from)
    })?;
    for (id, member, placed_at, waiting_since, told) in waiting {
        let due = updates_due(timers, now.since(placed_at));
        if due <= told || !ground.store.read(|conn| may_get_timer_mail(conn, ground, member))? {
            continue;
        }
        let is_at_desk = now.since(waiting_since) >= timers.desk_after;
        ground.store.write_tx(|tx| {
            let still = requests::table.filter(requests::id.eq(id).and(requests::state.eq(State::Waiting)));
            if !diesel::select(diesel::dsl::exists(still)).get_result(tx.conn())? {
                return Ok(());
            }
            let went = push_timer_mail(tx, ground, member, About::default(), |_| {
                Ok::<_, Error>(Notice::ShortUpdate { is_at_desk })
            })?;
            if went {
                diesel::update(requests::table.find(id)).set(requests::updates.eq(due)).execute(tx.conn())?;
            }
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}

/// How many updates a request of this age should have had.
fn updates_due(timers: &Requests, age: TimeDelta) -> i32 {
    let first = steps_behind(&timers.waiting_mails_after, age);
    let every = timers.waiting_mails_then_every.num_seconds().max(1);
    let beyond = timers.waiting_mails_after.last().map_or(TimeDelta::zero(), |last| age - *last).num_seconds();
    first + i32::try_from(beyond.max(0) / every).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn updates_come_on_day_one_three_seven_and_then_weekly() {
        let timers = Policy::defaults().unwrap().requests;
        for (days, due) in [(0, 0), (1, 1), (2, 1), (3, 2), (6, 2), (7, 3), (13, 3), (14, 4), (21, 5), (28, 6)] {
            assert_eq!(updates_due(&timers, TimeDelta::days(days)), due, "day {days}");
        }
    }
}
