//! How many, never who: requests, matches and first letters by the week, counted as they happen, and how things stood today.
//! Rows name nobody and are told in bands (`desk::numbers`). Rooms count in the transaction of the act itself.

use chrono::TimeDelta;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::clock::{Day, Timestamp};
use crate::on_each;
use crate::store::schema::counts;
use crate::store::{Conn, Error, Tx};
use crate::word_enum;

/// Weeks are kept this long; how things stood, for the day.
const KEPT: TimeDelta = TimeDelta::weeks(104);

/// Hours that a first letter is counted under, rounded up; whatever takes longer is counted under the highest number.
pub const HOURS: [i32; 18] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 36, 48, 72, 96, 120, 168];

word_enum! {
    /// What is counted. The word is stored: add, never change.
    What {
        Placed = "placed",
        Matched = "matched",
        /// From anybody to a newcomer, once a request. `of`: hours from the request, at most.
        FirstLetter = "first-letter",
        HandsUp = "hands-up",
        Waiting = "waiting",
        /// Hands with a free place. `of`: language and part of the day.
        Room = "room",
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Queryable)]
pub struct Count {
    pub since: Day,
    pub of: i32,
    pub people: i64,
}

/// The hours that a letter is counted under which came after so long.
pub fn hours_of(waited: TimeDelta) -> i32 {
    HOURS.into_iter().find(|hours| waited <= TimeDelta::hours(i64::from(*hours))).unwrap_or(i32::MAX)
}

/// One more this week.
pub fn add(tx: &mut Tx<'_>, now: Timestamp, what: What, of: i32) -> Result<(), Error> {
    let row =
        (counts::since.eq(now.day().monday()), counts::what.eq(what), counts::of.eq(of), counts::people.eq(1_i64));
    on_each!(tx.conn(), c => diesel::insert_into(counts::table)
        .values(row)
        .on_conflict((counts::since, counts::what, counts::of))
        .do_update()
        .set(counts::people.eq(counts::people + 1))
        .execute(c))?;
    Ok(())
}

/// How things stand today, in the place of how they stood before.
pub fn keep(tx: &mut Tx<'_>, today: Day, what: What, stand: &[(i32, i64)]) -> Result<(), Error> {
    diesel::delete(counts::table.filter(counts::what.eq(what))).execute(tx.conn())?;
    for (of, people) in stand {
        diesel::insert_into(counts::table)
            .values((counts::since.eq(today), counts::what.eq(what), counts::of.eq(of), counts::people.eq(people)))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// All rows since a day, the oldest first.
pub fn list(conn: &mut Conn, what: What, since: Day) -> Result<Vec<Count>, Error> {
    Ok(counts::table
        .filter(counts::what.eq(what).and(counts::since.ge(since)))
        .order((counts::since, counts::of))
        .select((counts::since, counts::of, counts::people))
        .load(conn)?)
}

/// The day of the newest row.
pub fn newest(conn: &mut Conn, what: What) -> Result<Option<Day>, Error> {
    Ok(counts::table.filter(counts::what.eq(what)).select(max(counts::since)).first(conn)?)
}

pub fn forget(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, Error> {
    Ok(diesel::delete(counts::table.filter(counts::since.lt(now.minus(KEPT).day()))).execute(tx.conn())?)
}
