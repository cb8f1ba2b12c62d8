//! What the desk may know in numbers, and what more sponsors would change.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{at_desk, chart, front};
use crate::clock::Day;
use crate::desk::{self, Band, Forecast, HowMany, MORE, Numbers, Within};
use crate::ground::Ground;
use crate::i18n;
use crate::matching::DayPart;
use crate::web::errors::Error;
use crate::web::page::{Page, Title};
use crate::web::wishes::time_words;

/// Weeks in the picture; the file has them all.
const WEEKS_DRAWN: usize = 6;
/// More hours than these are told as these.
const MOST_HOURS: i32 = 1_000;
/// Of how many more sponsors one asks, in the query.
const MORE_FIELD: &str = "more=";

#[derive(Template)]
#[template(path = "pages/desk/numbers.html")]
struct Shown<'a> {
    page: &'a Page,
    waiting: Option<String>,
    letters: Vec<String>,
    chart: Option<Chart>,
    /// Languages with five hands or more at some time of the day.
    room: Vec<RoomRow>,
    missing: Vec<String>,
    forecast: Option<String>,
    more: Vec<(u32, String)>,
}

struct Chart {
    svg: String,
    finding: String,
    /// Week, people.
    rows: Vec<(String, String)>,
}

struct RoomRow {
    language: String,
    /// Part of the day, hands.
    parts: Vec<(String, String)>,
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk);
    if let Err(door) = at_desk(&page, &request).await? {
        return Ok(door);
    }
    let numbers = ground.run(desk::numbers).await?;
    let asked = request.query_string().strip_prefix(MORE_FIELD).and_then(|more| more.parse().ok());
    let forecast = match asked.filter(|more| MORE.contains(more)) {
        Some(more) => Some(in_words(&page, more, ground.run(move |ground| desk::forecast(ground, more)).await?)),
        None => None,
    };
    let half = numbers.half.map(|within| page.with("figures-half", &[("time", &time(&page, within))]));
    let nine = numbers.nine_in_ten.map(|within| page.with("figures-nine", &[("time", &time(&page, within))]));
    Page::show(&Shown {
        waiting: numbers.waiting.map(|band| page.t(waiting_key(band))),
        letters: half.into_iter().chain(nine).collect(),
        chart: chart_of(&page, &numbers),
        room: numbers
            .room
            .iter()
            .filter(|(_, parts)| parts.iter().any(|(_, band)| *band > Band::Few))
            .map(|(language, parts)| room(&page, language, parts))
            .collect(),
        missing: numbers.missing.iter().map(|gap| front::missing(&page, gap)).collect(),
        forecast,
        more: MORE.iter().map(|more| (*more, page.count("figures-more", i64::from(*more)))).collect(),
        page: &page,
    })
}

fn waiting_key(band: Band) -> &'static str {
    match band {
        Band::Few => "figures-waiting-few",
        Band::Five => "figures-waiting-5",
        Band::Ten => "figures-waiting-10",
        Band::Twenty => "figures-waiting-20",
        Band::Fifty => "figures-waiting-50",
    }
}

fn band_key(band: Band) -> &'static str {
    match band {
        Band::Few => "figures-few",
        Band::Five => "figures-5",
        Band::Ten => "figures-10",
        Band::Twenty => "figures-20",
        Band::Fifty => "figures-50",
    }
}

fn room(page: &Page, language: &str, parts: &[(DayPart, Band)]) -> RoomRow {
    let parts = parts.iter().map(|(part, band)| (time_words(page, &[*part]), page.t(band_key(*band))));
    RoomRow { language: language.to_owned(), parts: parts.collect() }
}

fn time(page: &Page, within: Within) -> String {
    match within {
        Within::Hours(hours) if hours > 48 => page.count("figures-days", i64::from(hours / 24)),
        Within::Hours(hours) => page.count("figures-hours", i64::from(hours)),
        Within::Later => page.t("figures-later"),
    }
}

/// Once five people found a sponsor in one week.
fn chart_of(page: &Page, numbers: &Numbers) -> Option<Chart> {
    let from = numbers.matched.len().saturating_sub(WEEKS_DRAWN);
    let drawn = numbers.matched.get(from..).unwrap_or_default();
    let most = drawn.iter().filter_map(|(week, people)| match people {
        HowMany::Number(people) => Some((*people, *week)),
        HowMany::FewerThanFive => None,
    });
    let (most, week) = most.max()?;
    let day = |week: Day| i18n::on_day(page.talk(), week.start(), 0);
    let title = page.t("figures-chart");
    let finding = page.with("figures-chart-most", &[("people", &most.to_string()), ("week", &day(week))]);
    let bars: Vec<chart::Bar> = drawn
        .iter()
        .map(|(week, people)| chart::Bar { label: week.start().utc().format("%-d.%-m").to_string(), people: *people })
        .collect();
    let in_words = |people: &HowMany| match people {
        HowMany::Number(people) => people.to_string(),
        HowMany::FewerThanFive => page.t("figures-few"),
    };
    Some(Chart {
        svg: chart::svg(&bars, (&title, &finding, &page.t("figures-few-short"))),
        rows: drawn.iter().map(|(week, people)| (day(*week), in_words(people))).collect(),
        finding,
    })
}

fn in_words(page: &Page, more: u32, forecast: Forecast) -> String {
    let more = page.count("figures-more", i64::from(more));
    // Rounded up: nobody is promised less than the model says.
    let hours = |hours: f64| {
        let whole = (1..MOST_HOURS).find(|whole| f64::from(*whole) >= hours).unwrap_or(MOST_HOURS);
        page.count("figures-hours", i64::from(whole))
    };
    match forecast {
        Forecast::TooFew => page.t("figures-forecast-few"),
        Forecast::Half { now: Some(now), then: Some(then) } => {
            page.with("figures-forecast-half", &[("now", &hours(now)), ("more", &more), ("then", &hours(then))])
        }
        Forecast::Half { now: None, then: Some(then) } => {
            page.with("figures-forecast-helps", &[("more", &more), ("then", &hours(then))])
        }
        Forecast::Half { then: None, .. } => page.with("figures-forecast-not-enough", &[("more", &more)]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::TimeDelta;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::counts::{self, What};
    use crate::desk::tests::World;
    use crate::store;
    use crate::web::desk::csv::csv_of;
    use crate::web::public;

    const BANDS: [&str; 5] = ["fewer than 5", "5 or more", "10 or more", "20 or more", "50 or more"];

    /// What happens on one day: newcomers, sponsors, matches, and hours of first letters.
    type Happens = (usize, usize, usize, Vec<i64>);

    fn live(world: &World, (newcomers, sponsors, matches, letters): &Happens, day: usize) {
        for number in 0..*sponsors {
            world.sponsor(&format!("S{day}x{number}"), 5);
        }
        for number in 0..*newcomers {
            world.newcomer(&format!("N{day}x{number}"));
        }
        let count = |what, of| {
            let now = world.ground.now();
            world.ground.store.write_tx(|tx| counts::add(tx, now, what, of)).unwrap();
        };
        (0..*matches).for_each(|_| count(What::Matched, 0));
        for hours in letters {
            count(What::FirstLetter, counts::hours_of(TimeDelta::hours(*hours)));
        }
        desk::tick(&world.ground).unwrap();
    }

    /// The lines of the file, and the sentence of the public page: what is told of one day. Where hands are missing is told as
    /// it is now, in bands.
    fn told_today(world: &World) -> (Vec<String>, &'static str) {
        let file = csv_of(&desk::numbers(&world.ground).unwrap());
        let hands = world.ground.store.read(|conn| counts::list(conn, What::HandsUp, Day(0))).unwrap();
        let lines = file.lines().skip(1).filter(|line| !line.starts_with("waiting where"));
        (lines.map(str::to_owned).collect(), public::band_of(hands[0].people))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Day after day somebody keeps every file and every band that was ever shown. There is no exact number under five in
        /// them, none that changes, none that overlaps another, and no sum to take one from.
        #[test]
        fn nothing_under_five_can_be_worked_out_from_what_was_ever_shown(
            days in vec((0..2_usize, 0..2_usize, 0..4_usize, vec(0..200_i64, 0..3)), 24),
        ) {
            let world = World::new();
            let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let (mut letters, mut mondays) = (Vec::new(), BTreeSet::new());
            for (day, happens) in days.iter().enumerate() {
                desk::tick(&world.ground).unwrap();
                let in_the_morning = told_today(&world);
                live(&world, happens, day);
                prop_assert_eq!(in_the_morning, told_today(&world), "who comes and goes shows the next day");
                let now = world.ground.now();
                letters.extend(happens.3.iter().map(|_| now.day().monday()));
                mondays.insert(now.day().monday());
                let numbers = desk::numbers(&world.ground).unwrap();
                let over = letters.iter().filter(|week| **week < now.day().monday()).count();
                prop_assert_eq!((numbers.half.is_some(), numbers.nine_in_ten.is_some()), (over >= 5, over >= 10));
                for line in csv_of(&numbers).lines().skip(1) {
                    let (what, people) = line.rsplit_once(',').unwrap();
                    if what.starts_with("found a sponsor") {
                        told.entry(what.to_owned()).or_default().insert(people.to_owned());
                    } else if !what.contains("heard back") {
                        prop_assert!(BANDS.contains(&people), "{}", line);
                    }
                }
                world.pass(TimeDelta::days(1));
            }
            let last = world.ground.now().minus(TimeDelta::days(1)).day().monday();
            for week in mondays {
                let key = format!("found a sponsor,\"{}\"", week.start().utc().format("%Y-%m-%d"));
                let ever = told.remove(&key);
                let first = told.len() + 1;
                prop_assert!(week < last || ever.is_none(), "a week that goes on is not told");
                for people in ever.iter().flatten() {
                    let exact = people.parse::<i64>().ok();
                    prop_assert!(exact.is_none_or(|people| people >= 5) && (exact.is_some() || people == BANDS[0]));
                }
                prop_assert!(ever.is_none_or(|ever| ever.len() == 1), "{} of {}", key, first);
            }
            prop_assert!(told.is_empty(), "each number is of a week, and no two weeks overlap: {:?}", told);
        }
    }

    #[test]
    fn a_band_is_of_the_morning_and_does_not_follow_who_comes_and_goes() {
        let world = World::new();
        let waiting = || desk::numbers(&world.ground).unwrap().waiting;
        desk::tick(&world.ground).unwrap();
        for number in 0..6 {
            world.newcomer(&format!("N{number}"));
            desk::tick(&world.ground).unwrap();
            assert_eq!(waiting(), Some(Band::Few));
        }
        world.pass(TimeDelta::days(1));
        desk::tick(&world.ground).unwrap();
        assert_eq!(waiting(), Some(Band::Five));
    }

    #[test]
    fn half_and_nine_in_ten_are_of_those_who_heard_back() {
        let world = World::new();
        let now = world.ground.now();
        let heard = |hours: &[i64]| {
            for hours in hours {
                let of = counts::hours_of(TimeDelta::hours(*hours));
                world.ground.store.write_tx(|tx| counts::add(tx, now, What::FirstLetter, of)).unwrap();
            }
        };
        heard(&[1, 2, 5, 9]);
        world.pass(TimeDelta::days(7));
        let told = || {
            let numbers = desk::numbers(&world.ground).unwrap();
            (numbers.half, numbers.nine_in_ten)
        };
        assert_eq!(told(), (None, None), "four people");
        heard(&[30]);
        assert_eq!(told(), (Some(Within::Hours(5)), None));
        heard(&[1, 1, 1, 40, 400]);
        assert_eq!(told(), (Some(Within::Hours(2)), Some(Within::Hours(48))), "nine of ten within 40 hours");
        world.ground.store.write_tx(|tx| counts::forget(tx, now.plus(TimeDelta::days(800)))).unwrap();
        assert_eq!(told(), (None, None));
    }

    #[test]
    fn a_forecast_tells_hours_and_no_count() {
        let world = World::new();
        assert_eq!(desk::forecast(&world.ground, 3).unwrap(), Forecast::TooFew);
        let now = world.ground.now();
        world
            .ground
            .store
            .write_tx(|tx| {
                (0..6).try_for_each(|_| counts::add(tx, now, What::Placed, 0))?;
                Ok::<_, store::Error>(())
            })
            .unwrap();
        world.pass(TimeDelta::days(7));
        let day = world.ground.now().day();
        world.ground.store.write_tx(|tx| counts::keep(tx, day, What::HandsUp, &[(0, 12)])).unwrap();
        let Forecast::Half { now: Some(now), then: Some(then) } = desk::forecast(&world.ground, 10).unwrap() else {
            panic!("no forecast")
        };
        assert!(now > 0.0 && then <= now, "{now} {then}");
    }
}
