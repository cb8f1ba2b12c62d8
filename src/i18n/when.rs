//! Times in words, local to the reader: "today 14:10", "Tuesday 14:10", "by Thursday morning".

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};

use super::{Arg, Talk};
use crate::clock::Timestamp;

/// "today 14:10", "tomorrow 09:00", "Tuesday 14:10" up to six days away, "3 March 14:10" beyond.
/// `offset_min` is the reader's UTC offset in minutes.
pub fn when(talk: Talk<'_>, at: Timestamp, offset_min: i32, now: Timestamp) -> String {
    let local = at.local(offset_min);
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    match days_ahead(local, now.local(offset_min)) {
        0 => talk.with("when-today", &[("clock", &clock)]),
        1 => talk.with("when-tomorrow", &[("clock", &clock)]),
        -1 => talk.with("when-yesterday", &[("clock", &clock)]),
        -6..=6 => talk.with("when-day", &[("day", &weekday(talk, local)), ("clock", &clock)]),
        _ => talk.with("when-date", &[("date", &date(talk, local)), ("clock", &clock)]),
    }
}

/// The rounder form for a deadline within the week: "Thursday morning".
pub fn day_part(talk: Talk<'_>, at: Timestamp, offset_min: i32) -> String {
    let local = at.local(offset_min);
    let part = match local.hour() {
        0..5 => talk.t("when-part-night"),
        5..12 => talk.t("when-part-morning"),
        12..18 => talk.t("when-part-afternoon"),
        _ => talk.t("when-part-evening"),
    };
    // In the ear of most readers the small hours belong to the evening before.
    let named = if local.hour() < 5 { local - TimeDelta::days(1) } else { local };
    talk.with("when-day-part", &[("day", &weekday(talk, named)), ("part", &part)])
}

/// "25 December", for a day that may be weeks away.
pub fn on_day(talk: Talk<'_>, at: Timestamp, offset_min: i32) -> String {
    date(talk, at.local(offset_min))
}

/// The same with the day of the week, where the day is something to plan by.
pub fn named_day(talk: Talk<'_>, at: Timestamp, offset_min: i32) -> String {
    let local = at.local(offset_min);
    format!("{} {}", weekday(talk, local), date(talk, local))
}

fn days_ahead(local: DateTime<Utc>, now: DateTime<Utc>) -> i32 {
    local.date_naive().num_days_from_ce() - now.date_naive().num_days_from_ce()
}

fn weekday(talk: Talk<'_>, local: DateTime<Utc>) -> String {
    talk.count("when-weekday", i64::from(local.weekday().number_from_monday()))
}

fn date(talk: Talk<'_>, local: DateTime<Utc>) -> String {
    let month = talk.count("when-month", i64::from(local.month()));
    talk.say("when-day-month", &[("day", Arg::Number(i64::from(local.day()))), ("month", Arg::Text(&month))])
}
