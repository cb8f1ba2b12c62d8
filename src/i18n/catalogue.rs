//! The Fluent files built into the binary, and which arguments each key uses. A new file is added to the one list here.

use std::collections::BTreeMap;

use super::Lang;

macro_rules! files {
    ($lang:literal: $($file:literal),+) => {
        &[$(($file, include_str!(concat!("../../templates/words/", $lang, "/", $file)))),+]
    };
}

macro_rules! languages {
    ($($file:literal),+ $(,)?) => {
        const EN: &[(&str, &str)] = files!("en": $($file),+);
        const ES: &[(&str, &str)] = files!("es": $($file),+);
    };
}

languages!(
    "common.ftl",
    "public.ftl",
    "ask.ftl",
    "raise.ftl",
    "offer.ftl",
    "mine.ftl",
    "desk.ftl",
    "hands.ftl",
    "figures.ftl",
    "paper.ftl",
    "policy.ftl",
    "start.ftl",
    "safety.ftl",
    "demo.ftl",
    "errors.ftl",
    "mails.ftl",
);

/// Name and text of each file of a language.
pub(super) fn files(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::En => EN,
        Lang::Es => ES,
    }
}

/// Every key of a language with the arguments its sentence uses.
pub(super) fn arguments(lang: Lang) -> BTreeMap<String, Vec<String>> {
    files(lang).iter().flat_map(|(_, source)| arguments_of(source)).collect()
}

/// The keys of one file in order, each with the names after `$`, sorted and each once.
pub(super) fn arguments_of(source: &str) -> Vec<(String, Vec<String>)> {
    let mut keys: Vec<(String, Vec<String>)> = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once('=')
            && line.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            keys.push((key.trim().to_owned(), Vec::new()));
        }
        let Some((_, arguments)) = keys.last_mut() else { continue };
        for after in line.split('$').skip(1) {
            arguments.push(after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect());
        }
        arguments.sort();
        arguments.dedup();
    }
    keys
}
