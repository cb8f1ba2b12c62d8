//! The one row: the list as it was last read, and when it is read again.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::next::{Start, upcoming};
use super::tsml::Meeting;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::store::schema::meeting_feeds::{self, dsl};
use crate::store::{Conn, Error};

/// After a reading that failed, the next one is no sooner.
const AFTER_FAILURE: TimeDelta = TimeDelta::minutes(30);

/// What was last read.
pub struct List {
    pub meetings: Vec<Meeting>,
    pub read_at: Timestamp,
    /// Too old to be relied on; the page says of when it is.
    pub is_stale: bool,
}

/// What the server gave with the list, to ask later whether it has changed (RFC 9110, section 13.1).
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Marks {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// A list that is to be read now.
pub struct Due {
    /// Of the policy.
    pub address: url::Url,
    /// None where nothing is kept, so that an answer "not changed" never stands for nothing.
    pub marks: Marks,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = meeting_feeds)]
struct Row {
    kept: Option<String>,
    read_at: Option<Timestamp>,
    tried_at: Timestamp,
    etag: Option<String>,
    last_modified: Option<String>,
}

impl Row {
    /// What another version wrote and this one cannot read is as if it were not there.
    fn meetings(&self) -> Option<Vec<Meeting>> {
        serde_json::from_str(self.kept.as_deref()?).ok()
    }
}

/// The list, unless the policy names none or none was read yet.
pub fn find(ground: &Ground) -> Result<Option<List>, Error> {
    let Some(row) = find_row(ground)? else { return Ok(None) };
    let (Some(meetings), Some(read_at)) = (row.meetings(), row.read_at) else { return Ok(None) };
    let is_stale = ground.now().since(read_at) >= ground.policy.meetings.stale_after;
    Ok(Some(List { meetings, read_at, is_stale }))
}

/// What of the list comes next, for a page.
pub struct Shown {
    pub online: Vec<(Timestamp, Meeting)>,
    pub in_person: Vec<(Timestamp, Meeting)>,
    /// How many start soon; none where the list is too old to say so.
    pub soon: usize,
    pub read_at: Timestamp,
    pub is_stale: bool,
}

/// The list is opened and searched here, where the store is read: a long one would hold up other pages elsewhere. Offsets in
/// minutes from UTC: of the reader, and of meetings that name no zone.
pub fn find_shown(ground: &Ground, reader_offset_min: i32, house_offset_min: i32) -> Result<Option<Shown>, Error> {
    let Some(List { meetings, read_at, is_stale }) = find(ground)? else { return Ok(None) };
    let next = upcoming(&meetings, ground.now(), reader_offset_min, house_offset_min);
    let owned = |starts: Vec<Start<'_>>| starts.iter().map(|start| (start.at, start.meeting.clone())).collect();
    let soon = if is_stale { 0 } else { next.soon };
    Ok(Some(Shown { online: owned(next.online), in_person: owned(next.in_person), soon, read_at, is_stale }))
}

/// What is to be read now, if its time has come.
pub fn find_due(ground: &Ground) -> Result<Option<Due>, Error> {
    let Some(address) = ground.policy.meetings.feed.clone() else { return Ok(None) };
    let Some(row) = find_row(ground)? else { return Ok(Some(Due { address, marks: Marks::default() })) };
    let (now, every) = (ground.now(), ground.policy.meetings.read_every);
    let wait = if row.read_at == Some(row.tried_at) { every } else { AFTER_FAILURE };
    // A clock that was set back must not make the next reading wait for the old time to come again.
    if row.tried_at <= now && now.since(row.tried_at) < wait {
        return Ok(None);
    }
    let is_there = row.meetings().is_some();
    let marks = if is_there { Marks { etag: row.etag, last_modified: row.last_modified } } else { Marks::default() };
    Ok(Some(Due { address, marks }))
}

/// Before anything is asked of the server: whatever happens then, it is not asked again at once.
pub fn note_try(ground: &Ground, due: &Due) -> Result<(), Error> {
    let (address, now) = (due.address.as_str(), ground.now());
    ground.store.write_tx(|tx| {
        // Another list than the policy names is nobody's.
        diesel::delete(dsl::meeting_feeds.filter(dsl::address.ne(address))).execute(tx.conn())?;
        if diesel::update(dsl::meeting_feeds.find(address)).set(dsl::tried_at.eq(now)).execute(tx.conn())? == 0 {
            let row = (dsl::address.eq(address), dsl::tried_at.eq(now));
            diesel::insert_into(dsl::meeting_feeds).values(row).execute(tx.conn())?;
        }
        Ok(())
    })
}

/// A good list takes the place of the one before.
pub fn keep(ground: &Ground, due: &Due, meetings: &[Meeting], marks: &Marks) -> Result<(), Error> {
    let json = serde_json::to_string(meetings).map_err(|_| Error::Bug("meetings are no JSON"))?;
    let now = ground.now();
    let change = (
        dsl::kept.eq(Some(json)),
        dsl::read_at.eq(Some(now)),
        dsl::tried_at.eq(now),
        dsl::etag.eq(&marks.etag),
        dsl::last_modified.eq(&marks.last_modified),
    );
    ground.store.write_tx(|tx| {
        diesel::update(dsl::meeting_feeds.find(due.address.as_str())).set(change.clone()).execute(tx.conn())?;
        Ok(())
    })
}

/// The server says that it has not changed.
pub fn keep_unchanged(ground: &Ground, due: &Due) -> Result<(), Error> {
    let now = ground.now();
    let change = (dsl::read_at.eq(Some(now)), dsl::tried_at.eq(now));
    ground.store.write_tx(|tx| {
        diesel::update(dsl::meeting_feeds.find(due.address.as_str())).set(change).execute(tx.conn())?;
        Ok(())
    })
}

fn find_row(ground: &Ground) -> Result<Option<Row>, Error> {
    let Some(address) = &ground.policy.meetings.feed else { return Ok(None) };
    let row = |conn: &mut Conn| {
        Ok(dsl::meeting_feeds.find(address.as_str()).select(Row::as_select()).first(conn).optional()?)
    };
    ground.store.read(row)
}
