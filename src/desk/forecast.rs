//! "What would three more sponsors change?": the simulator with the desk's own figures, in fives. It says hours and nothing
//! else; whoever runs the simulator at home until it gives the same hours finds the five, and no single person.

use super::band::SHOWN_FROM;
use super::error::Error;
use super::numbers::since;
use crate::clock::Day;
use crate::counts::{self, What};
use crate::ground::Ground;
use crate::simulator::{self, Options, Who};

/// More sponsors that one may ask about.
pub const MORE: [u32; 4] = [1, 3, 5, 10];
/// Weeks that a fellowship's own figures come from.
const WEEKS: i32 = 4;
/// A town of more would keep a coordinator waiting: it is made smaller, requests and all.
const SPONSORS_AT_MOST: u32 = 60;
/// Days that are measured, as many as the simulator needs at least, and two towns to even out chance.
const DAYS: u32 = 28;
const SEEDS: [u64; 2] = [1, 2];

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Forecast {
    /// Fewer than five hands, or requests in four weeks: a forecast would tell of single people.
    TooFew,
    /// Hours within which half of the people hear back, now and with more sponsors; none: fewer than half ever do.
    Half { now: Option<f64>, then: Option<f64> },
}

/// Takes some seconds: off the async threads.
pub fn forecast(ground: &Ground, more: u32) -> Result<Forecast, Error> {
    let this_week = ground.now().day().monday();
    let from = since(ground, WEEKS);
    let (placed, up) = ground.store.read(|conn| {
        Ok::<_, Error>((counts::list(conn, What::Placed, from)?, counts::list(conn, What::HandsUp, Day(0))?))
    })?;
    let placed: i64 = placed.iter().filter(|count| count.since < this_week).map(|count| count.people).sum();
    let up = up.first().map_or(0, |count| count.people);
    let (placed, up) = (in_fives(placed), in_fives(up));
    if placed == 0 || up == 0 {
        return Ok(Forecast::TooFew);
    }
    let sponsors = u32::try_from(up).unwrap_or(u32::MAX);
    let smaller = sponsors.div_ceil(SPONSORS_AT_MOST).max(1);
    let half = |sponsors: u32| {
        let town = Options {
            sponsors: (sponsors / smaller).max(1),
            days: DAYS,
            load: 1.0,
            requests_per_week: Some(weekly(placed) / f64::from(smaller)),
            seeds: SEEDS.to_vec(),
        };
        simulator::simulate(&town, Who::Live, &ground.policy).median_hours
    };
    let (now, then) = (half(sponsors), half(sponsors.saturating_add(more)));
    // Two towns are two draws: where chance is larger than the difference, more hands make nothing slower.
    let then = then.map(|then| now.map_or(then, |now| then.min(now))).or(now);
    Ok(Forecast::Half { now, then })
}

fn in_fives(count: i64) -> i64 {
    count / SHOWN_FROM * SHOWN_FROM
}

fn weekly(placed: i64) -> f64 {
    f64::from(i32::try_from(placed).unwrap_or(i32::MAX)) / f64::from(WEEKS)
}
