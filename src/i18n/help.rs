//! Numbers to call, by country: data with the month of its last review. Shown by the help page, which needs nothing else;
//! left in letters by the scrubber, which takes out every number but these.

use std::sync::LazyLock;

use serde::Deserialize;

const FILE: &str = include_str!("../../templates/words/help.toml");

static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// The month of the last review, "2026-11".
    pub reviewed: String,
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 in small letters; its name is the message `help-country-<code>`.
    pub code: String,
    /// The numbers for somebody who took too much: first on the page.
    pub emergency: Vec<String>,
    pub lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub name: String,
    pub number: String,
    pub how: How,
    pub about: About,
    /// What the text message has to say.
    pub word: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    Call,
    Text,
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    Talk,
    Drugs,
    Poison,
}

impl Country {
    pub fn name_key(&self) -> String {
        format!("help-country-{}", self.code)
    }
}

impl How {
    pub fn key(self) -> &'static str {
        match self {
            Self::Call => "help-how-call",
            Self::Text => "help-how-text",
            Self::Both => "help-how-both",
        }
    }
}

impl About {
    pub fn key(self) -> &'static str {
        match self {
            Self::Talk => "help-about-talk",
            Self::Drugs => "help-about-drugs",
            Self::Poison => "help-about-poison",
        }
    }
}

pub fn numbers() -> &'static Numbers {
    &NUMBERS
}

/// Every number of the page as it is written there, for what must leave them in a text. `112` and `911` are in it.
pub fn emergency_numbers() -> Vec<String> {
    let mut numbers: Vec<String> = NUMBERS
        .countries
        .iter()
        .flat_map(|country| country.emergency.iter().chain(country.lines.iter().map(|line| &line.number)))
        .cloned()
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, Words};

    #[test]
    fn the_file_reads_and_every_country_has_an_emergency_number_and_a_line() {
        let numbers: Numbers = toml::from_str(FILE).unwrap();
        assert!(numbers.countries.len() >= 12);
        for country in &numbers.countries {
            assert!(!country.emergency.is_empty() && !country.lines.is_empty(), "{}", country.code);
        }
        chrono::NaiveDate::parse_from_str(&format!("{}-01", numbers.reviewed), "%Y-%m-%d").unwrap();
    }

    #[test]
    fn every_country_has_a_name_in_both_languages() {
        let words = Words::load(None).unwrap();
        for country in &numbers().countries {
            assert!(Lang::ALL.iter().all(|lang| words.talk(*lang).has(&country.name_key())), "{}", country.code);
        }
    }

    #[test]
    fn a_line_by_text_says_which_word_to_send() {
        for line in numbers().countries.iter().flat_map(|country| &country.lines) {
            assert_eq!(line.how == How::Text, line.word.is_some(), "{}", line.name);
        }
    }

    #[test]
    fn the_numbers_that_letters_keep_are_all_there_once() {
        let numbers = emergency_numbers();
        for number in ["911", "988", "112", "741741", "1-800-662-4357"] {
            assert_eq!(numbers.iter().filter(|known| *known == number).count(), 1, "{number}");
        }
    }
}
