//! "What would three more sponsors change?": the simulator with the desk's own figures. It says hours and nothing else, since
//! how many hands and requests there are is told in bands.

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
    if placed < SHOWN_FROM || up < SHOWN_FROM {
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
    Ok(Forecast::Half { now: half(sponsors), then: half(sponsors.saturating_add(more)) })
}

fn weekly(placed: i64) -> f64 {
    f64::from(i32::try_from(placed).unwrap_or(i32::MAX)) / f64::from(WEEKS)
}
