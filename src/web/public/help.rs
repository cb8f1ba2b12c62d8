//! Numbers to call, overdose first. From a file in the binary: no cookie, no store, nothing that could be away.

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;

use crate::i18n::Arg;
use crate::web::errors::Error;
use crate::web::page::{Page, Title};

const NUMBERS: &str = include_str!("../../../templates/words/help.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// `2026-11`: the month of the last review.
    reviewed: String,
    country: Vec<Country>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    /// ISO 3166-1, lower case; its name is the words of `help-country-…`.
    code: String,
    emergency: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    /// `call`, `text` or `both`.
    how: String,
    number: String,
    /// `talk`, `drugs` or `poison`.
    about: String,
    /// The word to text, where a line wants one.
    word: Option<String>,
}

impl Country {
    fn name_key(&self) -> String {
        format!("help-country-{}", self.code)
    }

    /// The numbers of emergency and what a phone is to dial for each.
    fn emergencies(&self) -> Vec<(&str, String)> {
        self.emergency.iter().map(|number| (number.as_str(), format!("tel:{}", dialled(number)))).collect()
    }
}

impl Line {
    fn how_key(&self) -> String {
        format!("help-how-{}", self.how)
    }

    fn about_key(&self) -> String {
        format!("help-about-{}", self.about)
    }

    fn link(&self) -> String {
        format!("{}:{}", if self.how == "text" { "sms" } else { "tel" }, dialled(&self.number))
    }
}

/// What a phone dials: the number without its spaces and dashes.
fn dialled(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '*').collect()
}

#[derive(Template)]
#[template(path = "pages/public/help.html")]
struct Help<'a> {
    page: &'a Page,
    numbers: &'a [Country],
    checked: String,
}

fn numbers() -> Result<Numbers, Error> {
    toml::from_str(NUMBERS).map_err(|_| Error::Bug("help.toml"))
}

pub(super) async fn show(page: Page) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Now);
    let numbers = numbers()?;
    Page::show(&Help { page: &page, numbers: &numbers.country, checked: checked(&page, &numbers.reviewed)? })
}

/// "These numbers were last checked in November 2026."
pub(in crate::web) fn checked(page: &Page, reviewed: &str) -> Result<String, Error> {
    let (year, month) = reviewed.split_once('-').ok_or(Error::Bug("help.toml: reviewed"))?;
    let month = page.talk().say("when-month", &[("n", Arg::Number(month.parse().unwrap_or(1)))]);
    Ok(page.with("help-checked", &[("month", &format!("{month} {year}"))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, Words};

    #[test]
    fn every_country_and_line_has_its_words_and_a_number_to_dial() {
        let words = Words::load(None).unwrap();
        let numbers = numbers().unwrap();
        assert!(numbers.country.len() > 1);
        for country in &numbers.country {
            let lines = country.lines.iter();
            let keys = lines.flat_map(|line| [line.how_key(), line.about_key()]).chain([country.name_key()]);
            for key in keys {
                for lang in Lang::ALL {
                    assert!(!words.talk(*lang).t(&key).starts_with('['), "{key}");
                }
            }
            assert!(!country.emergency.is_empty() && !country.lines.is_empty());
            let numbers = country.emergency.iter().chain(country.lines.iter().map(|line| &line.number));
            assert!(numbers.map(|number| dialled(number)).all(|dialled| dialled.len() >= 3));
        }
    }
}
