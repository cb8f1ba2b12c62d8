//! The policy's lists of people in the words of a page: boxes to choose from, and what was chosen.

use super::page::Page;
use crate::policy::Lists;

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
    if words.is_empty() { person(page, "anyone") } else { words.join(", ") }
}

/// Whom a sponsor has walked with; nothing where nobody is named.
pub fn walked_with_words(page: &Page, codes: &[String]) -> String {
    codes.iter().map(|code| page.t(&format!("asks-walked-{code}"))).collect::<Vec<_>>().join(", ")
}

fn person(page: &Page, code: &str) -> String {
    page.t(&format!("asks-who-{code}"))
}
