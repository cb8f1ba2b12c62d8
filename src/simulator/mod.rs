//! Invented people around the real rules of asking: how soon would a newcomer hear back, with so many sponsors and so many
//! requests? Pure: the same seed and policy give the same figures. `cli` prints them.
//!
//! Promises: `matching` decides who fits, in what order, how many are asked and when a request is looked at again, as in the
//! service; people meet with the same draws whatever the policy. Never does: read a table, learn from real people.

mod answers;
mod draw;
mod figures;
mod policies;
mod town;
mod world;

pub use figures::Figures;

use crate::policy::Policy;
use crate::word_enum;

word_enum! {
    /// Who asks.
    Who {
        /// The service.
        Live = "live",
        /// One who knows who has room, rotates, asks one sponsor at a time in the evening, and waits three days.
        CarefulCoordinator = "careful_coordinator",
        /// One who knows who will say yes.
        Clairvoyant = "clairvoyant",
    }
}

pub struct Options {
    pub sponsors: u32,
    /// Measured, after the town has filled.
    pub days: u32,
    /// Requests as a share of what the places can take in the long run.
    pub load: f64,
    /// In the place of `load`.
    pub requests_per_week: Option<f64>,
    pub seeds: Vec<u64>,
}

/// What this policy comes to with these people.
pub fn simulate(options: &Options, who: Who, policy: &Policy) -> Figures {
    figures::of_all(options, who, policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(sponsors: u32, load: f64) -> Options {
        Options { sponsors, days: 60, load, requests_per_week: None, seeds: vec![11] }
    }

    #[test]
    fn the_service_keeps_its_promises_and_beats_a_careful_coordinator() {
        let policy = Policy::defaults().unwrap();
        let [live, careful, clairvoyant] = [Who::Live, Who::CarefulCoordinator, Who::Clairvoyant]
            .map(|who| simulate(&options(120, 0.8), who, &policy));
        for figures in [&live, &careful, &clairvoyant] {
            let broken = (figures.over_capacity, figures.constraint_breaks, figures.reasked_refusals);
            assert_eq!(broken, (0, 0, 0), "{figures:?}");
            assert!(figures.requests > 30, "{figures:?}");
        }
        assert!(live.contact_24h > careful.contact_24h + 0.3, "{live:?} {careful:?}");
        assert!(clairvoyant.asks_per_match < live.asks_per_match, "{clairvoyant:?} {live:?}");
        assert!(live.asks_per_sponsor_week_max <= f64::from(policy.offers.weekly_default), "{live:?}");
    }

    #[test]
    fn the_figures_are_called_as_others_read_them() {
        const NAMES: &str = "policy contact_24h contact_72h median_hours match_14d hard_72h asks_per_match \
                             asks_per_sponsor_week_p95 asks_per_sponsor_week_max gini_load over_capacity \
                             constraint_breaks reasked_refusals";
        let figures = simulate(&options(20, 0.8), Who::Live, &Policy::defaults().unwrap());
        let serde_json::Value::Object(object) = serde_json::to_value(&figures).unwrap() else { panic!("no object") };
        let mut names: Vec<&str> = NAMES.split_whitespace().collect();
        names.sort_unstable();
        let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, names);
    }

    #[test]
    fn the_same_seed_gives_the_same_figures_and_another_does_not() {
        let policy = Policy::defaults().unwrap();
        let of = |seed| simulate(&Options { seeds: vec![seed], ..options(60, 0.8) }, Who::Live, &policy);
        assert_eq!(of(3), of(3));
        assert_ne!(of(3), of(4));
    }

    #[test]
    fn towns_without_anybody_and_without_an_end_of_requests_end() {
        let policy = Policy::defaults().unwrap();
        assert_eq!(simulate(&options(0, 0.8), Who::Live, &policy).requests, 0);
        let full = Options { requests_per_week: Some(200.0), ..options(5, 0.8) };
        let figures = simulate(&full, Who::Live, &policy);
        assert_eq!((figures.over_capacity, figures.reasked_refusals), (0, 0), "{figures:?}");
        assert!(figures.contact_72h < 0.5, "five sponsors cannot: {figures:?}");
    }
}
