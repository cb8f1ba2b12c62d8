//! Numbers to call, overdose first. From a file in the binary: no cookie, no store, nothing that could be away.

use std::collections::BTreeMap;

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
struct Country {
    emergency: String,
    lines: Vec<Line>,
    /// A host name where lines of more countries are listed.
    link: Option<String>,
    /// The country's name by language.
    #[serde(flatten)]
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    number: String,
    name: String,
    texts: bool,
}

impl Country {
    fn name(&self, page: &Page) -> &str {
        self.names.get(page.lang().word()).or_else(|| self.names.get("en")).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "pages/public/help.html")]
struct Help<'a> {
    page: &'a Page,
    numbers: &'a [Country],
    checked: String,
}

/// What a phone dials: the number without its spaces and dashes.
fn dialled(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn numbers() -> Result<Numbers, Error> {
    toml::from_str(NUMBERS).map_err(|_| Error::Bug("help.toml"))
}

pub(super) async fn show(page: Page) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Now);
    let numbers = numbers()?;
    let (year, month) = numbers.reviewed.split_once('-').ok_or(Error::Bug("help.toml: reviewed"))?;
    let month = page.talk().say("when-month", &[("n", Arg::Number(month.parse().unwrap_or(1)))]);
    let checked = page.with("help-checked", &[("month", &format!("{month} {year}"))]);
    Page::show(&Help { page: &page, numbers: &numbers.country, checked })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_country_has_a_name_in_every_language_and_a_number_to_dial() {
        let numbers = numbers().unwrap();
        assert!(numbers.country.len() > 1);
        for country in &numbers.country {
            assert!(Lang::ALL.iter().all(|lang| country.names.contains_key(lang.word())));
            assert_eq!(country.names.len(), Lang::ALL.len(), "an unknown key");
            assert!(!dialled(&country.emergency).is_empty());
            assert!(!country.lines.is_empty() || country.link.is_some());
        }
    }
}
