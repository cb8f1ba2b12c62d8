//! What makes a passphrase too weak to guard the desk. No composition rules and no outside look-up: length, and not the
//! ones everybody tries first (NIST SP 800-63B 3.1.1.2).

use unicode_normalization::UnicodeNormalization;

use super::Secret;

const LEAST: usize = 15;
const MOST: usize = 128;
/// Fewer letters and digits than this, once known words are taken out, and the words carry it.
const LEAST_OF_ITS_OWN: usize = 8;
/// Fewer different ones than this is a key held down or a pattern.
const LEAST_DIFFERENT: usize = 5;
/// A shorter own word is in too many ordinary words to be held against anyone (characters).
const LEAST_WORD: usize = 3;

/// One a line, lower case, letters and digits only.
const COMMON: &str = include_str!("common_passphrases.txt");

/// Why a passphrase is refused; the page has a sentence for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PassphraseProblem {
    /// Under 15 characters.
    TooShort,
    /// Over 128 characters.
    TooLong,
    /// Among the first that are tried.
    Common,
    /// Little more than a word about oneself.
    OwnWord,
}

/// `own_words`: first name, check word, the fellowship's words. None of them may carry the passphrase.
pub fn passphrase_problem(passphrase: &str, own_words: &[&str]) -> Option<PassphraseProblem> {
    let composed: Secret<String> = Secret::new(passphrase.nfc().take(MOST + 1).collect());
    let length = composed.expose().chars().count();
    if length < LEAST {
        return Some(PassphraseProblem::TooShort);
    }
    if length > MOST {
        return Some(PassphraseProblem::TooLong);
    }
    let bare = letters_and_digits(composed.expose());
    let mut different: Secret<Vec<char>> = Secret::new(bare.expose().chars().collect());
    different.0.sort_unstable();
    different.0.dedup();
    if different.expose().len() < LEAST_DIFFERENT {
        return Some(PassphraseProblem::Common);
    }
    let own: Vec<String> = own_words.iter().map(|word| letters_and_digits(word).expose().clone()).collect();
    let without_own = without(&bare, own.iter().map(String::as_str));
    if is_little(&without_own) && !is_little(&bare) {
        return Some(PassphraseProblem::OwnWord);
    }
    is_little(&without(&without_own, COMMON.lines())).then_some(PassphraseProblem::Common)
}

fn letters_and_digits(text: &str) -> Secret<String> {
    Secret::new(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
}

/// Longest words first, so that a short one does not break a longer one open.
fn without<'a>(text: &Secret<String>, words: impl Iterator<Item = &'a str>) -> Secret<String> {
    let mut words: Vec<&str> = words.filter(|word| word.chars().count() >= LEAST_WORD).collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().fold(text.clone(), |rest, word| Secret::new(rest.expose().replace(word, "")))
}

fn is_little(text: &Secret<String>) -> bool {
    text.expose().chars().count() < LEAST_OF_ITS_OWN
}
