//! How long a break is: some weeks, or until a day the sponsor writes.

use chrono::{NaiveDate, TimeDelta};

use crate::clock::{Day, Timestamp};
use crate::web::form::FormState;
use crate::web::page::Page;

const WEEKS: [i64; 3] = [1, 2, 4];
pub const PRESET: &str = "2";
const UNTIL_A_DAY: &str = "day";
const MOST_DAYS: i64 = 366;

/// The choices of the form.
pub fn weeks(page: &Page) -> Vec<(String, String)> {
    let weeks = WEEKS.map(|weeks| (weeks.to_string(), page.count("hand-pause-weeks", weeks)));
    weeks.into_iter().chain([(UNTIL_A_DAY.to_owned(), page.t("hand-pause-date"))]).collect()
}

/// When the hand goes up again; a day begins at the sponsor's midnight.
pub fn read(form: &mut FormState, now: Timestamp, offset_min: i32) -> Option<Timestamp> {
    let picked = form.typed("pause");
    if picked == UNTIL_A_DAY {
        let until = day_begins_at(form.typed("until"), offset_min);
        let until = until.filter(|at| *at > now && *at <= now.plus(TimeDelta::days(MOST_DAYS)));
        if until.is_none() {
            form.wrong("until", "hand-until-bad");
        }
        return until;
    }
    let weeks = picked.parse().ok().filter(|weeks| WEEKS.contains(weeks));
    if weeks.is_none() {
        form.wrong("pause", "hand-pick-one");
    }
    Some(now.plus(TimeDelta::weeks(weeks?)))
}

fn day_begins_at(typed: &str, offset_min: i32) -> Option<Timestamp> {
    let date = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()?;
    let days = i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()?;
    Some(Day(days).start().minus(TimeDelta::minutes(i64::from(offset_min))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2027-01-15 08:00 UTC.
    const NOW: Timestamp = Timestamp(1_800_000_000);

    fn until(pause: &str, day: &str, offset_min: i32) -> Result<Timestamp, (&'static str, &'static str)> {
        let mut form = FormState::filled([("pause", pause), ("until", day)]);
        let read = read(&mut form, NOW, offset_min);
        read.ok_or_else(|| form.problems().first().map(|problem| (problem.field, problem.key)).unwrap())
    }

    #[test]
    fn a_break_is_some_weeks_or_until_a_day_at_the_sponsors_midnight() {
        assert_eq!(until("2", "", 0), Ok(NOW.plus(TimeDelta::weeks(2))));
        assert_eq!(until("day", "2027-01-16", 0), Ok(NOW.plus(TimeDelta::hours(16))));
        assert_eq!(until("day", " 2027-01-16 ", -300), Ok(NOW.plus(TimeDelta::hours(21))));
    }

    #[test]
    fn a_day_that_is_over_too_far_or_no_day_is_said_next_to_its_field() {
        for day in ["", "2027-01-15", "2026-12-31", "2028-02-01", "2027-02-30", "soon", "99999-01-01"] {
            assert_eq!(until("day", day, 0), Err(("until", "hand-until-bad")), "{day}");
        }
        for weeks in ["", "0", "3", "-1", "9999999999999999999"] {
            assert_eq!(until(weeks, "", 0), Err(("pause", "hand-pick-one")), "{weeks}");
        }
    }
}
