//! The word lists of the voice: what the service never says by itself, what never shows outside (subject, sender, title,
//! path, first lines of a mail), and what subjects are built from. Data files with tests over them; people's own words are
//! never measured.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Lang;

macro_rules! list {
    ($lang:ident, $file:literal) => {
        match $lang {
            Lang::En => include_str!(concat!("../../templates/words/lists/en/", $file)),
            Lang::Es => include_str!(concat!("../../templates/words/lists/es/", $file)),
        }
    };
}

/// Words and word groups to look for as whole words, without regard to accents or case.
pub struct WordList(Vec<Entry>);

struct Entry {
    shown: &'static str,
    parts: Vec<String>,
    /// `*`: any ending.
    is_start: bool,
    /// Written in capitals: an abbreviation, which counts in capitals only.
    is_capitals: bool,
    /// `+`: may be said where the pages about and help need it.
    is_allowed_on_help: bool,
}

impl WordList {
    /// What the service never says by itself.
    pub fn never(lang: Lang) -> Self {
        Self::of(list!(lang, "never.txt"))
    }

    /// What never shows outside the text itself.
    pub fn outside(lang: Lang) -> Self {
        Self::of(list!(lang, "outside.txt"))
    }

    pub fn never_a_check_word(lang: Lang) -> Self {
        Self::of(list!(lang, "nocheck.txt"))
    }

    /// The same list for the pages about and help, which may name what the others do not.
    #[must_use]
    pub fn for_help(mut self) -> Self {
        self.0.retain(|entry| !entry.is_allowed_on_help);
        self
    }

    /// The first entry of the list that stands in the text.
    pub fn first_in(&self, text: &str) -> Option<&'static str> {
        let raw: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let folded: Vec<String> = raw.iter().map(|word| fold(word)).collect();
        self.0.iter().find(|entry| entry.stands_in(&raw, &folded)).map(|entry| entry.shown)
    }

    fn of(file: &'static str) -> Self {
        Self(lines(file).map(Entry::of).collect())
    }
}

/// What a subject may say behind the check word.
pub fn neutral_subjects(lang: Lang) -> Vec<&'static str> {
    lines(list!(lang, "neutral.txt")).collect()
}

impl Entry {
    fn of(line: &'static str) -> Self {
        let shown = line.trim_start_matches('+');
        let bare = shown.trim_end_matches('*');
        let is_capitals = bare.chars().all(char::is_uppercase);
        let parts = bare.split([' ', '-']).map(|part| if is_capitals { part.to_owned() } else { fold(part) }).collect();
        Self { shown, parts, is_start: bare != shown, is_capitals, is_allowed_on_help: line != shown }
    }

    fn stands_in(&self, raw: &[&str], folded: &[String]) -> bool {
        if self.is_capitals {
            return self.parts.iter().all(|part| raw.contains(&part.as_str()));
        }
        folded.windows(self.parts.len()).any(|window| {
            let last = self.parts.len() - 1;
            window.iter().zip(&self.parts).enumerate().all(|(at, (word, part))| {
                if at == last && self.is_start { word.starts_with(part.as_str()) } else { word == part }
            })
        })
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Lower case without accents.
pub fn fold(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_in_any_case_with_or_without_accents() {
        let outside = WordList::outside(Lang::Es);
        assert_eq!(outside.first_in("La HEROINA y algo"), Some("heroína"));
        assert_eq!(outside.first_in("heroínas"), None);
        assert_eq!(outside.first_in("Recuperarse"), Some("recuper*"));
        assert_eq!(outside.first_in("los doce"), Some("doce"));
        assert_eq!(outside.first_in("hay un poder, superior o no"), Some("poder superior"));
    }

    #[test]
    fn abbreviations_count_in_capitals_only() {
        let outside = WordList::outside(Lang::Es);
        assert_eq!(outside.first_in("no ha llegado"), None);
        assert_eq!(outside.first_in("no HA llegado"), Some("HA"));
    }

    #[test]
    fn pages_that_help_may_name_what_others_do_not() {
        assert_eq!(WordList::never(Lang::En).first_in("a relapse"), Some("relapse*"));
        assert_eq!(WordList::never(Lang::En).for_help().first_in("a relapse"), None);
        assert_eq!(WordList::never(Lang::En).for_help().first_in("a patient"), Some("patient"));
    }
}
