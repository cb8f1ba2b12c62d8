//! `simulate`: how soon people would hear back, in a town of invented people around the real rules.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::policy::Policy;
use crate::simulator::{Figures, Options as Town, Who, simulate};

/// What a coordinator asks: would these more make a difference?
const MORE: u32 = 3;
/// More than these no fellowship sees, and no table would end.
const LOAD_MOST: f64 = 10.0;
const WEEKLY_MOST: f64 = 5_000.0;

#[derive(Args)]
pub struct Options {
    /// Sponsors with a hand up
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(0..=20_000))]
    sponsors: u32,
    /// Days that are measured, after 45 in which the town fills; the last 14 are not counted
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(28..=3650))]
    days: u32,
    /// Requests, as a share of what the sponsors' places can take
    #[arg(long, default_value_t = 0.8)]
    load: f64,
    /// Requests a week, in the place of the share
    #[arg(long)]
    requests_per_week: Option<f64>,
    /// Whole numbers with commas between; each is a town of its own
    #[arg(long, value_delimiter = ',', default_values_t = [1, 2, 3])]
    seeds: Vec<u64>,
    /// Who asks: `live` (this service), `careful_coordinator`, `clairvoyant`, or `all`
    #[arg(long, default_value = "live")]
    policy: String,
    /// Policy file (TOML) over the defaults
    #[arg(long)]
    policy_file: Option<PathBuf>,
    /// An array of objects. contact_*: a first yes of either kind, where the service itself reports the first letter
    #[arg(long)]
    json: bool,
}

pub fn run(options: Options) -> Result<ExitCode> {
    let text = match &options.policy_file {
        Some(path) => fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?,
        None => String::new(),
    };
    let policy = Policy::from_toml(&text)?;
    let who: Vec<Who> = match options.policy.as_str() {
        "all" => Who::ALL.to_vec(),
        word => match Who::from_word(word) {
            Some(who) => vec![who],
            None => bail!("`{word}` is none of live, careful_coordinator, clairvoyant and all"),
        },
    };
    if !is_between_0_and(LOAD_MOST, options.load) {
        bail!("--load must be above 0 and at most {LOAD_MOST}");
    }
    if options.requests_per_week.is_some_and(|number| !is_between_0_and(WEEKLY_MOST, number)) {
        bail!("--requests-per-week must be above 0 and at most {WEEKLY_MOST}");
    }
    let town = Town {
        sponsors: options.sponsors,
        days: options.days,
        load: options.load,
        requests_per_week: options.requests_per_week,
        seeds: options.seeds,
    };
    let all: Vec<Figures> = who.iter().map(|who| simulate(&town, *who, &policy)).collect();
    if options.json {
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    print_table(&all);
    if let (Some(weekly), [Who::Live]) = (town.requests_per_week, who.as_slice()) {
        let more = Town { sponsors: town.sponsors + MORE, ..town };
        println!("\n{}", sentence((town.sponsors, weekly), &all[0], &simulate(&more, Who::Live, &policy)));
    }
    Ok(ExitCode::SUCCESS)
}

fn is_between_0_and(most: f64, number: f64) -> bool {
    number > 0.0 && number <= most
}

fn print_table(all: &[Figures]) {
    println!(
        "{:<20} {:>8} {:>7} {:>7} {:>8} {:>7} {:>7} {:>7} {:>11} {:>6}",
        "", "requests", "24 h", "72 h", "median", "14 d", "hard", "asks", "week p95/max", "gini"
    );
    for one in all {
        let median = one.median_hours.map_or("-".to_owned(), |hours| format!("{hours:.1} h"));
        println!(
            "{:<20} {:>8} {:>7.3} {:>7.3} {:>8} {:>7.3} {:>7.3} {:>7.2} {:>5.2} / {:.2} {:>6.2}",
            one.policy,
            one.requests,
            one.contact_24h,
            one.contact_72h,
            median,
            one.match_14d,
            one.hard_72h,
            one.asks_per_match,
            one.asks_per_sponsor_week_p95,
            one.asks_per_sponsor_week_max,
            one.gini_load,
        );
        let broken = [one.over_capacity, one.constraint_breaks, one.reasked_refusals];
        if broken != [0; 3] {
            println!(
                "  broken: over capacity {}, constraints {}, refusals asked again {}",
                broken[0], broken[1], broken[2]
            );
        }
    }
    println!(
        "\n24 h, 72 h, hard (to match, 72 h): share with a first yes of either kind. 14 d: share with a sponsor. asks: offers for\n\
         each match. week: offers to one sponsor in a week."
    );
}

fn sentence((sponsors, weekly): (u32, f64), now: &Figures, then: &Figures) -> String {
    let town = format!("With {sponsors} sponsors and {weekly} requests a week");
    match (now.median_hours, then.median_hours) {
        (Some(now), Some(then)) => format!(
            "{town} half of the people hear back within {}; {MORE} more sponsors would make it {}.",
            hours(now),
            hours(then)
        ),
        (None, Some(then)) => format!(
            "{town} fewer than half of the people hear back; with {MORE} more sponsors half hear back within {}.",
            hours(then)
        ),
        (_, None) => {
            format!("{town} fewer than half of the people hear back, and {MORE} more sponsors are not enough.")
        }
    }
}

fn hours(number: f64) -> String {
    match number.ceil() {
        one if one <= 1.0 => "1 hour".to_owned(),
        more => format!("{more:.0} hours"),
    }
}
