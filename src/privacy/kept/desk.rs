//! What is kept about somebody as a coordinator.

use diesel::prelude::*;
use serde::Serialize;

use super::{day, minute, month};
use crate::clock::{Day, Month, Timestamp};
use crate::privacy::Error;
use crate::store::Conn;
use crate::store::ids::MemberId;
use crate::store::schema as tables;

#[derive(Serialize)]
pub struct Coordinator {
    pub since: String,
    pub last_day: Option<String>,
    pub passphrase: &'static str,
    pub authenticator: &'static str,
    /// Last mails about somebody who waits, about a first letter, about something that is not right; the last weekly mark.
    pub last_mails: [Option<String>; 4],
    pub last_counted_for_the_mail_of_the_day: Option<String>,
}

#[derive(Serialize)]
pub struct WeekOnDuty {
    pub from: String,
}

pub(super) fn coordinators(conn: &mut Conn, member: MemberId) -> Result<Vec<Coordinator>, Error> {
    use tables::coordinators as t;
    type Mails = (Option<Timestamp>, Option<Timestamp>, Option<Timestamp>, Option<Day>);
    type Row = (Month, Option<Day>, Mails, Option<Day>);
    let mine = t::table.filter(t::member.eq(member));
    let rows: Vec<Row> = mine
        .select((
            t::made_month,
            t::term_ends_on,
            (t::told_waiting_at, t::told_letters_at, t::told_reports_at, t::marked_on),
            t::counted_on,
        ))
        .load(conn)?;
    let told = |(made, last_day, (waiting, letters, reports, marked), counted): Row| Coordinator {
        since: month(made),
        last_day: last_day.map(day),
        passphrase: "kept as a hash",
        authenticator: "kept sealed",
        last_mails: [waiting.map(minute), letters.map(minute), reports.map(minute), marked.map(day)],
        last_counted_for_the_mail_of_the_day: counted.map(day),
    };
    Ok(rows.into_iter().map(told).collect())
}

pub(super) fn weeks_on_duty(conn: &mut Conn, member: MemberId) -> Result<Vec<WeekOnDuty>, Error> {
    use tables::rota as t;
    let weeks: Vec<Day> = t::table.filter(t::member.eq(member)).order(t::week).select(t::week).load(conn)?;
    Ok(weeks.into_iter().map(|week| WeekOnDuty { from: day(week) }).collect())
}
