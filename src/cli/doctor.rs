//! `doctor`: what needs whoever hosts this, a line each.

use std::process::ExitCode;

use anyhow::Result;
use chrono::{NaiveDate, TimeDelta};

use super::WithSettings;
use crate::app::{App, Outside};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::i18n::help;
use crate::vault::SigningKeys;
use crate::{audit, members, outbox, safety};

/// Numbers to call change: who is called must be there.
const NUMBERS_KEEP: TimeDelta = TimeDelta::days(180);
/// Mail that waits longer is stuck.
const MAIL_WAITS: TimeDelta = TimeDelta::minutes(15);

/// What one look found.
struct Found {
    is_fine: bool,
    what: String,
}

fn fine(what: impl Into<String>) -> Found {
    Found { is_fine: true, what: what.into() }
}

fn needs(what: impl Into<String>) -> Found {
    Found { is_fine: false, what: what.into() }
}

pub fn run(settings: WithSettings) -> Result<ExitCode> {
    let settings = settings.read_beside_a_service()?;
    let is_signed = SigningKeys::open(&settings.keys)?.is_some();
    let has_operator = settings.operator.is_some();
    actix_web::rt::System::new().block_on(async {
        // It starts: settings, keys and tables fit each other.
        let ground = App::build(settings, Outside::real()).await?.inside().ground;
        let mut all = vec![fine("Settings, keys and tables fit each other.")];
        all.push(if is_signed {
            fine("Mail that leaves is signed.")
        } else {
            needs("Mail leaves unsigned, and many will refuse it: run `show-of-hands keys dkim`.")
        });
        all.push(if has_operator {
            fine("You are mailed when something needs you.")
        } else {
            needs("Nobody is mailed when something needs you: set `operator` to your address.")
        });
        all.extend(look(&ground)?);
        for found in &all {
            println!("{}  {}", if found.is_fine { "fine " } else { "needs" }, found.what);
        }
        Ok(if all.iter().all(|found| found.is_fine) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn look(ground: &Ground) -> Result<Vec<Found>> {
    let now = ground.now();
    let (oldest, duty, unseen, record) = ground.store.read(|conn| {
        let record = audit::verify(conn, &ground.vault)?;
        let duty = members::find_duty(conn, now)?;
        Ok::<_, anyhow::Error>((outbox::oldest_made_at(conn)?, duty, safety::count_unassigned(conn)?, record))
    })?;
    Ok(vec![
        match oldest.map(|made_at| now.since(made_at)).filter(|waits| *waits > MAIL_WAITS) {
            None => fine("No mail is stuck."),
            Some(waits) => needs(format!("Mail waits for {} min: see the log and the smarthost.", waits.num_minutes())),
        },
        match duty.in_term.len() {
            0 => needs("Nobody is at the desk: run `show-of-hands invite coordinator`."),
            n => fine(format!("At the desk: {n}.")),
        },
        match unseen {
            0 => fine("Every open case has a coordinator."),
            n => needs(format!("Cases that no coordinator may see: {n}. Run `show-of-hands invite coordinator`.")),
        },
        match record {
            Ok(_) => fine("The record of the desk holds."),
            Err(broken) => needs(format!("The record of the desk does not hold: {broken}.")),
        },
        numbers(&help::numbers().reviewed, now),
    ])
}

fn numbers(reviewed: &str, now: Timestamp) -> Found {
    let day = NaiveDate::parse_from_str(&format!("{reviewed}-01"), "%Y-%m-%d").ok();
    match day.filter(|day| now.utc().date_naive() - *day <= NUMBERS_KEEP) {
        Some(_) => fine(format!("The numbers to call were reviewed in {reviewed}.")),
        None => {
            needs(format!("The numbers to call were last reviewed in {reviewed}: call them, or take a new release."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_old_after_half_a_year() {
        let at = |text: &str| {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
            Timestamp(day.and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp())
        };
        assert!(numbers("2026-11", at("2027-04-30")).is_fine);
        assert!(!numbers("2026-11", at("2027-05-01")).is_fine);
        assert!(!numbers("soon", at("2026-11-01")).is_fine);
    }
}
