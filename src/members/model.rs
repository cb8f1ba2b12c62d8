//! Who a member is, and what a name may be.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::clock::Month;
use crate::i18n::Lang;
use crate::store::ids::MemberId;
use crate::store::schema::members;
use crate::store::types::Digest;
use crate::vault::{Place, SealedToMailer};
use crate::word_enum;

/// Any name a person likes, 1 to 40 characters of any script, one line, and no way to reach them elsewhere: the other side
/// reads it. Parsed again wherever a draft is read. No `Debug`: it never goes into a log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct FirstName(String);

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NameProblem {
    #[error("no name")]
    Empty,
    #[error("a name that is too long")]
    TooLong,
    /// A line break, a NUL or another character that cannot be seen.
    #[error("a name with signs that cannot be seen")]
    Unseen,
    /// An email or web address, typed into the wrong box more often than not.
    #[error("an address in the place of a name")]
    Address,
}

const MOST_CHARACTERS: usize = 40;

impl FirstName {
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let name: String = typed.trim_matches(' ').nfc().collect();
        if name.trim().is_empty() {
            return Err(NameProblem::Empty);
        }
        if name.chars().any(is_unseen) {
            return Err(NameProblem::Unseen);
        }
        // Before the length: an address is often long, and a shorter one is no better.
        if looks_like_address(&name) {
            return Err(NameProblem::Address);
        }
        if name.chars().count() > MOST_CHARACTERS {
            return Err(NameProblem::TooLong);
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two words that each begin with a capital look like a first and a last name: worth one kind hint, no more.
    pub fn looks_full(&self) -> bool {
        let words: Vec<&str> = self.0.split_whitespace().collect();
        words.len() >= 2 && words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase))
    }

    pub(super) fn stored(name: String) -> Self {
        Self(name)
    }
}

impl TryFrom<String> for FirstName {
    type Error = NameProblem;

    fn try_from(name: String) -> Result<Self, NameProblem> {
        Self::parse(&name)
    }
}

/// Any `@` of any width, and how web addresses begin. Marks that nobody sees do not hide one.
fn looks_like_address(name: &str) -> bool {
    let seen: String = name.nfkc().filter(|c| !is_joiner(*c)).flat_map(char::to_lowercase).collect();
    seen.contains('@') || seen.contains("http") || seen.contains("://") || seen.contains("www.")
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}')
}

/// Controls, line and paragraph separators, and the marks that turn the direction of what follows. Joiners stay: names
/// and emoji need them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

word_enum! {
    /// What a session opens.
    SessionDoor { Member = "member", Desk = "desk" }
}

/// The wording a member agreed to; the sentence stands above the button.
pub const TERMS_VERSION: i32 = 1;

#[derive(Clone)]
pub struct Member {
    pub id: MemberId,
    pub first_name: FirstName,
    pub check_word: String,
    pub lang: Lang,
    pub utc_offset_min: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = members, treat_none_as_default_value = false)]
pub(super) struct MemberRow {
    pub id: MemberId,
    pub first_name: String,
    pub address: SealedToMailer,
    pub address_index: Digest,
    pub memory_hash: Digest,
    pub check_word: String,
    pub language: Lang,
    pub utc_offset_min: i32,
    pub made_month: Month,
    pub active_month: Month,
    pub terms_version: i32,
    pub terms_month: Month,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            first_name: FirstName::stored(row.first_name),
            check_word: row.check_word,
            lang: row.language,
            utc_offset_min: row.utc_offset_min,
        }
    }
}

/// Where a sealed address belongs. The row is named by the blind index and not by an id, because the web role moves the
/// value from the address being proven to the member without being able to open it.
pub fn address_place(index: &Digest) -> Place<'_> {
    Place { table: "members", column: "address", row: &index.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn any_name_a_person_likes_is_a_name() {
        let forty = "a".repeat(40);
        for name in ["Jo", "O'Brien", "<b>", "😀", "عمر", "ジョー", "José", "Mary Ann", forty.as_str(), "👩‍👩‍👧"]
        {
            assert!(FirstName::parse(name).is_ok_and(|parsed| parsed.as_str() == name), "{name}");
        }
        assert_eq!(FirstName::parse("  ").err(), Some(NameProblem::Empty));
        assert_eq!(FirstName::parse(&"a".repeat(41)).err(), Some(NameProblem::TooLong));
        for name in ["a\nb", "a\r\nBcc: x", "a\0b", "\u{202E}oJ", "a\u{2028}b"] {
            assert_eq!(FirstName::parse(name).err(), Some(NameProblem::Unseen), "{name:?}");
        }
    }

    #[test]
    fn an_address_is_no_name() {
        let long = format!("{}@mail.example", "a".repeat(40));
        for name in [
            "jo@mail.example",
            "Jo <jo@mail.example>",
            "jo @ mail . example",
            "@jo",
            "jo\u{FF20}mail.example",
            "jo\u{FE6B}mail.example",
            "http://jo.example",
            "HTTPS jo.example",
            "ht\u{200B}tp://jo.example",
            "www.jo.example",
            "ftp://jo",
            long.as_str(),
        ] {
            assert_eq!(FirstName::parse(name).err(), Some(NameProblem::Address), "{name}");
            let draft = serde_json::to_string(name).unwrap();
            assert!(serde_json::from_str::<FirstName>(&draft).is_err(), "an old draft: {name}");
        }
        for name in ["Jo", "J. R.", "Wwwanda", "Jo at home", "Mary-Ann", "R2-D2", "Jo: again"] {
            assert!(FirstName::parse(name).is_ok(), "{name}");
            let draft = serde_json::to_string(name).unwrap();
            assert!(serde_json::from_str::<FirstName>(&draft).is_ok_and(|read| read.as_str() == name));
        }
    }

    #[test]
    fn a_full_name_gets_a_hint() {
        for (name, full) in [("Dana Kowalski", true), ("Jo", false), ("big jo", false), ("Mary-Ann", false)] {
            assert_eq!(FirstName::parse(name).unwrap().looks_full(), full, "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_a_name_stays_one(typed in ".{0,60}") {
            if let Ok(name) = FirstName::parse(&typed) {
                prop_assert!(FirstName::parse(name.as_str()).is_ok_and(|again| again == name));
                prop_assert!(!name.as_str().contains(['\r', '\n', '\0', '@']));
            }
        }
    }
}
