//! Our words around a relayed letter: what stands above it, below it, and in the place of what was taken out. The relay
//! builds the letter; here are only sentences, without any address or link.

use crate::i18n::{Arg, Lang, Talk, Words};

pub struct LetterTexts {
    /// At least 140 visible neutral characters, so that a lock screen shows nothing of the letter.
    pub lead: String,
    pub footer: String,
    /// The subject after the check word.
    pub new_message: String,
    /// In the place of a number or an address.
    pub left_out: String,
    /// In the place of a quote's heading.
    pub earlier: String,
    /// What was dropped, by kind and number; none if nothing was.
    pub not_passed_on: Option<String>,
}

/// Words in the language of the one who reads the letter. The numbers count what was dropped.
pub fn letter_words(talk: Talk<'_>, writer: &str, pictures: u32, documents: u32, others: u32) -> LetterTexts {
    LetterTexts {
        lead: talk.with("letter-lead", &[("name", writer)]),
        footer: talk.t("letter-footer"),
        new_message: talk.t("letter-new-message"),
        left_out: talk.t("letter-left-out"),
        earlier: talk.t("letter-earlier"),
        not_passed_on: not_passed_on(talk, [pictures, documents, others]),
    }
}

/// Every lead and footer that stood in a letter of one of these people, in every language: a quote may bring it back.
pub fn all_leads(words: &Words, first_names: &[&str]) -> Vec<String> {
    let mut leads = Vec::new();
    for talk in Lang::ALL.iter().map(|lang| words.talk(*lang)) {
        leads.extend(first_names.iter().map(|name| talk.with("letter-lead", &[("name", name)])));
        leads.push(talk.t("letter-footer"));
    }
    leads
}

/// "new message" in every language: the subject of a reply brings it back.
pub fn all_new_message(words: &Words) -> Vec<String> {
    Lang::ALL.iter().map(|lang| words.talk(*lang).t("letter-new-message")).collect()
}

/// The words of one message (`STOP | BASTA`) in every language.
pub fn reply_words(words: &Words, key: &str) -> Vec<String> {
    let lists = Lang::ALL.iter().map(|lang| words.talk(*lang).t(key));
    lists.flat_map(|list| list.split('|').map(|word| word.trim().to_owned()).collect::<Vec<_>>()).collect()
}

fn not_passed_on(talk: Talk<'_>, [pictures, documents, others]: [u32; 3]) -> Option<String> {
    let kinds = [("letter-pictures", pictures), ("letter-documents", documents), ("letter-files", others)];
    let mut named: Vec<_> =
        kinds.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| talk.count(key, i64::from(n))).collect();
    let last = named.pop()?;
    let what =
        if named.is_empty() { last } else { talk.with("letter-and", &[("first", &named.join(", ")), ("last", &last)]) };
    let n = i64::from(pictures) + i64::from(documents) + i64::from(others);
    Some(talk.say("letter-not-passed-on", &[("n", Arg::Number(n)), ("what", Arg::Text(&what))]))
}
