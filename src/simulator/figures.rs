//! What came of it, over all seeds together. Requests that nobody who is there could ever answer are left out.

use chrono::TimeDelta;
use serde::Serialize;

use super::town::{Broken, Town};
use super::world::{START, TAIL, WARM_UP};
use super::{Options, Who};
use crate::clock::Timestamp;

/// A line of the table. Shares are of requests, 0..1. Contact is the first yes of either kind; the service itself reports the
/// first letter.
#[derive(Serialize, Clone, PartialEq, Debug)]
pub struct Figures {
    pub policy: &'static str,
    #[serde(skip)]
    pub requests: usize,
    pub contact_24h: f64,
    pub contact_72h: f64,
    /// None where less than half were ever answered.
    pub median_hours: Option<f64>,
    pub match_14d: f64,
    /// Contact in 72 h of those who are hard to match.
    pub hard_72h: f64,
    pub asks_per_match: f64,
    pub asks_per_sponsor_week_p95: f64,
    pub asks_per_sponsor_week_max: f64,
    pub gini_load: f64,
    pub over_capacity: usize,
    pub constraint_breaks: usize,
    pub reasked_refusals: usize,
}

/// One request, as it is counted.
struct Counted {
    contact: Option<TimeDelta>,
    matched: Option<TimeDelta>,
    is_hard: bool,
}

#[derive(Default)]
pub(super) struct Sums {
    requests: Vec<Counted>,
    asks: usize,
    matches: usize,
    per_week: Vec<f64>,
    loads: Vec<f64>,
    broken: Broken,
}

impl Sums {
    pub(super) fn add(&mut self, town: &Town<'_>, options: &Options) {
        let from = START.plus(WARM_UP);
        let until = from.plus(TimeDelta::days(i64::from(options.days))).minus(TAIL);
        let is_counted = |at: Timestamp| at >= from && at < until;
        for (number, request) in town.requests.iter().enumerate() {
            let at = request.person.at;
            if is_counted(at) && town.has_a_chance(number) {
                let after = |moment: Option<Timestamp>| moment.map(|moment| moment.since(at));
                self.requests.push(Counted {
                    contact: after(request.first_yes),
                    matched: after(request.matched),
                    is_hard: request.person.is_hard,
                });
                self.asks += request.offers.len();
                self.matches += usize::from(request.matched.is_some());
            }
        }
        let weeks = f64::from(options.days) / 7.0;
        for hand in town.hands.iter().filter(|hand| !hand.person.is_dead) {
            let asked = hand.asked_at.iter().filter(|at| **at >= from).count();
            self.per_week.push(real(asked) / weeks);
            self.loads.push(f64::from(hand.matches) / f64::from(hand.person.capacity));
        }
        self.broken.over_capacity += town.broken.over_capacity;
        self.broken.constraints += town.broken.constraints;
        self.broken.asked_again += town.broken.asked_again;
    }

    pub(super) fn figures(mut self, who: Who) -> Figures {
        let share = |of: &dyn Fn(&Counted) -> bool, among: &dyn Fn(&Counted) -> bool| {
            let all = self.requests.iter().filter(|one| among(one));
            let (count, of) = (all.clone().count(), all.filter(|one| of(one)).count());
            if count == 0 { 0.0 } else { real(of) / real(count) }
        };
        let within = |time: Option<TimeDelta>, hours| time.is_some_and(|time| time <= TimeDelta::hours(hours));
        let contact = |hours| move |one: &Counted| within(one.contact, hours);
        let (contact_24h, contact_72h) = (share(&contact(24), &|_| true), share(&contact(72), &|_| true));
        let hard_72h = share(&contact(72), &|one| one.is_hard);
        let match_14d = share(&|one| within(one.matched, 14 * 24), &|_| true);
        let mut times: Vec<TimeDelta> = self.requests.iter().map(|one| one.contact.unwrap_or(TimeDelta::MAX)).collect();
        times.sort();
        let median = times.get(times.len() / 2).filter(|time| **time < TimeDelta::MAX);
        self.per_week.sort_by(f64::total_cmp);
        Figures {
            policy: who.word(),
            requests: self.requests.len(),
            contact_24h,
            contact_72h,
            median_hours: median.map(|time| f64::from(i32::try_from(time.num_minutes()).unwrap_or(i32::MAX)) / 60.0),
            match_14d,
            hard_72h,
            asks_per_match: if self.matches == 0 { 0.0 } else { real(self.asks) / real(self.matches) },
            asks_per_sponsor_week_p95: self.per_week.get(self.per_week.len() * 95 / 100).copied().unwrap_or(0.0),
            asks_per_sponsor_week_max: self.per_week.last().copied().unwrap_or(0.0),
            gini_load: gini(&mut self.loads),
            over_capacity: self.broken.over_capacity,
            constraint_breaks: self.broken.constraints,
            reasked_refusals: self.broken.asked_again,
        }
    }
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// 0: everybody carries as much; towards 1: one carries all.
fn gini(of: &mut [f64]) -> f64 {
    of.sort_by(f64::total_cmp);
    let total: f64 = of.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let n = real(of.len());
    let weighted: f64 = of.iter().enumerate().map(|(rank, one)| (2.0 * real(rank + 1) - n - 1.0) * one).sum();
    weighted / (n * total)
}

/// All seeds of one policy.
pub(super) fn of_all(options: &Options, who: Who, policy: &crate::policy::Policy) -> Figures {
    let mut sums = Sums::default();
    for seed in &options.seeds {
        sums.add(&Town::new(options, *seed, who, policy).run(), options);
    }
    sums.figures(who)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gini_of_the_even_is_nothing_and_of_one_who_carries_all_nearly_one() {
        assert!(gini(&mut [2.0, 2.0, 2.0]).abs() < 1e-9);
        assert!((gini(&mut [0.0, 0.0, 0.0, 8.0]) - 0.75).abs() < 1e-9);
        assert!(gini(&mut []).abs() < 1e-9);
    }
}
