//! People and times in the words of a page: boxes to choose from, and what was chosen. For newcomers, sponsors and the desk.

use super::page::Page;
use crate::matching::DayPart;
use crate::policy::Lists;

/// Values of the boxes that stand for no choice, and of a tick.
pub const ANYONE: &str = "anyone";
pub const UNSAID: &str = "unsaid";
pub const YES: &str = "yes";

/// A box: its value and its words.
pub type Choice = (String, String);

/// How people describe themselves, and whom they ask for.
pub fn people(page: &Page, lists: &Lists) -> Vec<Choice> {
    lists.descriptions.iter().map(|code| (code.clone(), person(page, code))).collect()
}

/// "Someone who has walked with …".
pub fn experience(page: &Page, lists: &Lists) -> Vec<Choice> {
    lists.experience.iter().map(|code| (code.clone(), page.t(&format!("asks-walked-{code}")))).collect()
}

/// Whom somebody asked for; anyone where nobody is named.
pub fn people_words(page: &Page, codes: &[String]) -> String {
    let words: Vec<String> = codes.iter().map(|code| person(page, code)).collect();
    if words.is_empty() { person(page, ANYONE) } else { words.join(", ") }
}

/// Whom a sponsor has walked with; nothing where nobody is named.
pub fn walked_with_words(page: &Page, codes: &[String]) -> String {
    codes.iter().map(|code| page.t(&format!("asks-walked-{code}"))).collect::<Vec<_>>().join(", ")
}

pub fn time(page: &Page, part: DayPart) -> String {
    page.t(&format!("asks-time-{}", part.word()))
}

/// When somebody has time; any time where no part of the day is named.
pub fn time_words(page: &Page, parts: &[DayPart]) -> String {
    let words: Vec<String> = parts.iter().map(|part| time(page, *part)).collect();
    if words.is_empty() { page.t("asks-time-any") } else { words.join(", ") }
}

fn person(page: &Page, code: &str) -> String {
    page.t(&format!("asks-who-{code}"))
}
