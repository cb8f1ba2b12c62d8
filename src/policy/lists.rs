//! The lists people choose from. A choice is stored as a bit at the position of its entry, so an entry keeps its place.

use std::collections::HashSet;

use serde::Deserialize;

/// Bits in a stored set of languages.
pub const MOST_LANGUAGES: usize = 32;
/// Bits in a stored set of descriptions, beside the one for "unstated".
pub const MOST_DESCRIPTIONS: usize = 16;
/// Bits in a stored set of experience tags.
pub const MOST_EXPERIENCE: usize = 32;

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    pub languages: Vec<Language>,
    /// How people describe themselves, and whom they ask for: codes; the words stand in the word files.
    pub descriptions: Vec<String>,
    /// "Someone who has walked with …": codes.
    pub experience: Vec<String>,
}

/// A language people can write in with each other; pages need not exist in it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    pub code: String,
    /// Its own name for itself, the same on pages of every language.
    pub name: String,
}

impl Lists {
    /// Position of a language, which is its bit.
    pub fn language(&self, code: &str) -> Option<u32> {
        position(self.languages.iter().map(|language| language.code.as_str()), code)
    }

    /// Position of a description, which is its bit.
    pub fn description(&self, code: &str) -> Option<u32> {
        position(self.descriptions.iter().map(String::as_str), code)
    }

    /// Position of an experience tag, which is its bit.
    pub fn experience(&self, code: &str) -> Option<u32> {
        position(self.experience.iter().map(String::as_str), code)
    }
}

fn position<'a>(mut codes: impl Iterator<Item = &'a str>, wanted: &str) -> Option<u32> {
    codes.position(|code| code == wanted).and_then(|place| u32::try_from(place).ok())
}

/// Short lower-case words, none twice: they become form values and keys of the word files.
pub(super) fn are_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> bool {
    let mut seen = HashSet::new();
    codes.into_iter().all(|code| {
        let is_word = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        is_word && (1..=20).contains(&code.len()) && seen.insert(code)
    })
}
