//! What coordinators must hear of: in the morning how many things need them, and during the day a request without a yes, a
//! newcomer without a first letter, a case. Each of these is told once, with all of its kind that are still open; of a case its
//! coordinator hears as it is assigned, and once more when it stays undecided.

use std::collections::BTreeMap;

use super::error::Error;
use super::numbers;
use super::overview::{Needed, count_cases};
use super::queries;
use super::queue::{Care, is_overdue};
use super::vouching::count_waiting_hands;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::members::{self, Duty, Look};
use crate::safety;
use crate::store::Conn;
use crate::store::ids::MemberId;

/// A thing that needs a look.
struct Due {
    look: Look,
    since: Timestamp,
    /// Whose thing it is; none: whoever is on duty.
    of: Option<MemberId>,
}

/// How many of a kind there are for a coordinator, and when the newest of them fell due.
struct Things {
    count: u32,
    newest: Timestamp,
}

pub fn tick(ground: &Ground) -> Result<(), Error> {
    let (duty, due) = ground.store.read(|conn| {
        let duty = members::find_duty(conn, ground.now())?;
        let due = if duty.in_term.is_empty() { Vec::new() } else { list_due(conn, ground)? };
        Ok::<_, Error>((duty, due))
    })?;
    for ((to, look), things) in to_tell(&duty, &due, ground.now()) {
        ground.store.write_tx(|tx| members::tell_coordinator(tx, ground, to, (look, things.count)))?;
    }
    send_day_mails(ground, &duty)?;
    members::send_marks(ground)?;
    numbers::tick(ground)?;
    Ok(())
}

/// Counts nothing before it is morning for somebody, nor twice in one morning.
fn send_day_mails(ground: &Ground, duty: &Duty) -> Result<(), Error> {
    let mut due = duty.now();
    due.retain(|one| one.is_count_due(ground.now(), &ground.policy.quiet_hours));
    if due.is_empty() {
        return Ok(());
    }
    let needed = Needed::find(ground)?;
    for to in due.into_iter().map(|one| one.member) {
        let count = needed.count_for(to) + count_cases(ground, to)? + count_waiting_hands(ground, to)?;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        ground.store.write_tx(|tx| members::send_day_mail(tx, ground, to, count))?;
    }
    Ok(())
}

fn list_due(conn: &mut Conn, ground: &Ground) -> Result<Vec<Due>, Error> {
    let patience = ground.policy.requests.desk_after;
    let care = Care::read(conn, ground.now())?;
    let waiting = queries::list_waiting(conn)?.into_iter().map(|(request, _)| request);
    let mut due: Vec<Due> = waiting
        .filter(|request| is_overdue(ground, request))
        .map(|request| {
            let since = request.asks_since().plus(patience);
            Due {
                look: Look::Waiting,
                since: request.not_before.map_or(since, |at| at.max(since)),
                of: care.on_duty(request.id),
            }
        })
        .collect();
    let patience = ground.policy.sponsorships.hello_choice_after;
    for begun_at in queries::list_without_hello(conn, ground.now().minus(patience))? {
        due.push(Due { look: Look::FirstLetter, since: begun_at.plus(patience), of: None });
    }
    for (coordinator, made_at) in safety::list_assigned(conn)? {
        let late_at = made_at.plus(ground.policy.safety.decided_within);
        let since = if late_at <= ground.now() { late_at } else { made_at };
        due.push(Due { look: Look::Report, since, of: Some(coordinator) });
    }
    Ok(due)
}

/// By coordinator and kind, where something came up since they were last told.
fn to_tell(duty: &Duty, due: &[Due], now: Timestamp) -> BTreeMap<(MemberId, Look), Things> {
    let mut all: BTreeMap<(MemberId, Look), Things> = BTreeMap::new();
    for thing in due {
        let on_duty = || duty.now().into_iter().map(|coordinator| coordinator.member).collect();
        for coordinator in thing.of.map_or_else(on_duty, |of| vec![of]) {
            let things = all.entry((coordinator, thing.look));
            let things = things.or_insert(Things { count: 0, newest: thing.since });
            things.count += 1;
            things.newest = things.newest.max(thing.since);
        }
    }
    let is_news = |coordinator: &members::Coordinator, look, things: &Things| {
        coordinator.told_at(look).is_none_or(|at| things.newest > at) && coordinator.may_be_told(look, now)
    };
    all.retain(|(to, look), things| duty.in_term.iter().any(|one| one.member == *to && is_news(one, *look, things)));
    all
}
