//! What comes next, right over the days on which clocks change. Pure: meetings and a moment in, moments out.

use chrono::{DateTime, Datelike, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::tsml::Meeting;
use crate::clock::Timestamp;

/// Meetings of each kind on the page.
pub const SHOWN: usize = 6;
/// What starts within this is worth a line of its own.
pub const SOON: TimeDelta = TimeDelta::hours(4);
/// A room is within reach where the clock differs from the reader's by no more than summer time does.
const WITHIN_REACH_MIN: i32 = 60;

/// A meeting and when it starts next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start<'a> {
    pub at: Timestamp,
    pub meeting: &'a Meeting,
}

/// The next of each kind, the first one first.
#[derive(PartialEq, Eq, Debug)]
pub struct Upcoming<'a> {
    pub online: Vec<Start<'a>>,
    /// Those where the clock is about the reader's; all where none is.
    pub in_person: Vec<Start<'a>>,
    /// How many start [`SOON`], among those online or within reach.
    pub soon: usize,
}

/// Both offsets in minutes from UTC: `house_offset_min` is the clock of meetings that name none.
pub fn upcoming(meetings: &[Meeting], now: Timestamp, reader_offset_min: i32, house_offset_min: i32) -> Upcoming<'_> {
    let mut all: Vec<(Start<'_>, bool)> = meetings
        .iter()
        .filter_map(|meeting| {
            let (at, offset_min) = next_start(meeting, now, house_offset_min)?;
            Some((Start { at, meeting }, (offset_min - reader_offset_min).abs() <= WITHIN_REACH_MIN))
        })
        .collect();
    all.sort_by(|(one, _), (other, _)| (one.at.0, &one.meeting.name).cmp(&(other.at.0, &other.meeting.name)));
    let is_soon = |(start, is_near): &&(Start<'_>, bool)| {
        start.at.since(now) < SOON && (start.meeting.link.is_some() || *is_near)
    };
    let soon = all.iter().filter(is_soon).count();
    let first = |kept: &dyn Fn(&Start<'_>, bool) -> bool| -> Vec<Start<'_>> {
        all.iter().filter(|(start, is_near)| kept(start, *is_near)).map(|(start, _)| *start).take(SHOWN).collect()
    };
    let online = first(&|start, _| start.meeting.link.is_some());
    let near = first(&|start, is_near| start.meeting.place.is_some() && is_near);
    let in_person = if near.is_empty() { first(&|start, _| start.meeting.place.is_some()) } else { near };
    Upcoming { online, in_person, soon }
}

/// The first start that is not over, and how far the meeting's clock is from UTC then, in minutes.
fn next_start(meeting: &Meeting, now: Timestamp, house_offset_min: i32) -> Option<(Timestamp, i32)> {
    let zone = meeting.zone.as_deref().and_then(|name| name.parse::<Tz>().ok());
    match zone {
        Some(zone) => next_in(&zone, meeting, now),
        None => next_in(&FixedOffset::east_opt(house_offset_min.checked_mul(60)?)?, meeting, now),
    }
}

fn next_in<Z: TimeZone>(zone: &Z, meeting: &Meeting, now: Timestamp) -> Option<(Timestamp, i32)> {
    let today = now.utc().with_timezone(zone).date_naive();
    // From yesterday, since a start inside the hour that is left out may fall on the next day; to the same day next week.
    let dates = (-1..=8).filter_map(|days| today.checked_add_signed(TimeDelta::days(days)));
    dates
        .filter(|date| meeting.days.iter().any(|day| u32::from(*day) == date.weekday().num_days_from_sunday()))
        .filter_map(|date| start_on(zone, date, meeting.minute))
        .find(|(at, _)| *at >= now)
}

fn start_on<Z: TimeZone>(zone: &Z, date: NaiveDate, minute: u16) -> Option<(Timestamp, i32)> {
    let local = date.and_hms_opt(0, 0, 0)? + TimeDelta::minutes(i64::from(minute));
    let at = moment(zone, local)?;
    Some((Timestamp(at.timestamp()), at.offset().fix().local_minus_utc() / 60))
}

/// A time that the clock shows twice is the first of the two; one that it skips is as long after the change as it would have
/// been, so half past two becomes half past three.
fn moment<Z: TimeZone>(zone: &Z, local: NaiveDateTime) -> Option<DateTime<Z>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at),
        LocalResult::None => {
            let before = zone.from_local_datetime(&(local - TimeDelta::days(1))).earliest()?;
            Some(before + TimeDelta::days(1))
        }
    }
}
