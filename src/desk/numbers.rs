//! What the desk may know in numbers. Nothing under five is told, nor anything that it could be worked out from: the one exact
//! number, people who found a sponsor in a week, is told once the week is over and never changes; everything else is a band,
//! as things stood at the count of the day, or hours that five people or more lie behind. Where hands are missing is told as
//! the queue has it now, in bands too.

use std::collections::HashMap;

use super::band::{Band, HowMany, SHOWN_FROM};
use super::error::Error;
use super::overview::{self, Missing};
use super::queries;
use crate::clock::Day;
use crate::counts::{self, Count, What};
use crate::ground::Ground;
use crate::hands;
use crate::matching::{DayPart, Kind, Languages};
use crate::store::Tx;

/// Weeks behind the hours to a first letter.
const LETTERS_OF: i32 = 12;
/// Of fewer, the slowest of ten is one person.
const NINE_IN_TEN_FROM: i64 = 10;

pub struct Numbers {
    /// People who wait for a sponsor. `None` before the first day is over.
    pub waiting: Option<Band>,
    /// Weeks that are over since the first that counted somebody, the oldest first.
    pub matched: Vec<(Day, HowMany)>,
    /// None before five people had a letter in the last weeks.
    pub half: Option<Within>,
    /// None before ten had.
    pub nine_in_ten: Option<Within>,
    /// Hands with a free place, by language and part of the day, in the order of the policy's list.
    pub room: Vec<(String, Vec<(DayPart, Band)>)>,
    pub missing: Vec<Missing>,
}

/// A length of time that so many heard back within.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Within {
    Hours(i32),
    /// More than the longest that is told apart.
    Later,
}

pub fn numbers(ground: &Ground) -> Result<Numbers, Error> {
    let this_week = ground.now().day().monday();
    let (matched, mut letters, waiting, room) = ground.store.read(|conn| {
        Ok::<_, Error>((
            counts::list(conn, What::Matched, Day(0))?,
            counts::list(conn, What::FirstLetter, since(ground, LETTERS_OF))?,
            counts::list(conn, What::Waiting, Day(0))?,
            counts::list(conn, What::Room, Day(0))?,
        ))
    })?;
    letters.retain(|count| count.since < this_week);
    Ok(Numbers {
        waiting: waiting.first().map(|count| band(count.people)),
        matched: by_week(&matched, this_week),
        half: within(&letters, SHOWN_FROM, 50),
        nine_in_ten: within(&letters, NINE_IN_TEN_FROM, 90),
        room: room_told(ground, &room),
        missing: overview::list_missing(ground)?,
    })
}

/// The Monday so many weeks before this one.
pub(super) fn since(ground: &Ground, weeks: i32) -> Day {
    Day(ground.now().day().monday().0 - 7 * weeks)
}

/// How the house stood is written down once a day.
pub(super) fn tick(ground: &Ground) -> Result<(), Error> {
    let today = ground.now().day();
    if ground.store.read(|conn| counts::newest(conn, What::HandsUp))?.is_some_and(|day| day >= today) {
        return Ok(());
    }
    ground.store.write_tx(|tx| keep_today(tx, ground, today))
}

fn keep_today(tx: &mut Tx<'_>, ground: &Ground, today: Day) -> Result<(), Error> {
    let up = hands::count_up(tx.conn())?;
    let waiting = queries::list_waiting(tx.conn())?;
    let waiting = waiting.iter().filter(|(request, _)| request.kind == Kind::Sponsor).count();
    let mut room: HashMap<i32, i64> = HashMap::new();
    for hand in queries::list_room(tx.conn(), ground.now(), &ground.policy.hands)? {
        for language in hand.languages.positions() {
            for part in hand.parts.parts() {
                *room.entry(cell(language, part)).or_default() += 1;
            }
        }
    }
    let room: Vec<(i32, i64)> = room.into_iter().collect();
    counts::keep(tx, today, What::HandsUp, &[(0, up)])?;
    counts::keep(tx, today, What::Waiting, &[(0, i64::try_from(waiting).unwrap_or(i64::MAX))])?;
    counts::keep(tx, today, What::Room, &room)?;
    Ok(())
}

fn by_week(matched: &[Count], this_week: Day) -> Vec<(Day, HowMany)> {
    let Some(first) = matched.first() else { return Vec::new() };
    let of = |week| matched.iter().filter(|count| count.since == week).map(|count| count.people).sum();
    let weeks = (first.since.0..this_week.0).step_by(7).map(Day);
    weeks.map(|week| (week, HowMany::of(of(week)))).collect()
}

/// Hours within which so many percent heard back; none of fewer than `at_least` people.
fn within(letters: &[Count], at_least: i64, percent: i64) -> Option<Within> {
    let all: i64 = letters.iter().map(|count| count.people).sum();
    if all < at_least {
        return None;
    }
    let wanted = (all * percent + 99) / 100;
    let people_within = |hours: i32| letters.iter().filter(|c| c.of <= hours).map(|c| c.people).sum::<i64>();
    Some(counts::HOURS.into_iter().find(|hours| people_within(*hours) >= wanted).map_or(Within::Later, Within::Hours))
}

fn room_told(ground: &Ground, room: &[Count]) -> Vec<(String, Vec<(DayPart, Band)>)> {
    let lists = &ground.policy.lists;
    let of = |at: i32| room.iter().find(|count| count.of == at).map_or(0, |count| count.people);
    let all = (0..lists.languages.len()).filter_map(|place| u32::try_from(place).ok());
    all.map(|language| {
        let name = Languages::NONE.with(language).names(lists).join(", ");
        (name, DayPart::ALL.iter().map(|part| (*part, band(of(cell(language, *part))))).collect())
    })
    .collect()
}

/// A language and a part of the day in one number.
fn cell(language: u32, part: DayPart) -> i32 {
    let parts = DayPart::ALL.len();
    let place = DayPart::ALL.iter().position(|one| *one == part).unwrap_or(0);
    i32::try_from(language as usize * parts + place).unwrap_or(i32::MAX)
}

fn band(people: i64) -> Band {
    Band::of(usize::try_from(people).unwrap_or(0))
}
