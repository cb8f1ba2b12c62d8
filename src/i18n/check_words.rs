//! Check words: one harmless word per member that starts the subject of every mail to them. Plain letters, told apart by
//! ear, none that hints at what the service is about. Two members may share a word: it is a sign, not a secret.

use super::Lang;
use crate::vault::Chance;

const EN: &str = include_str!("../../templates/words/check/en.txt");
const ES: &str = include_str!("../../templates/words/check/es.txt");

/// A word of the language, each as likely.
pub fn draw(lang: Lang, chance: &Chance) -> &'static str {
    let count = u32::try_from(all(lang).count()).unwrap_or(u32::MAX);
    let index = usize::try_from(chance.below(count)).unwrap_or(0);
    all(lang).nth(index).unwrap_or("river")
}

/// Every word of the language, in the order of the file.
pub fn all(lang: Lang) -> impl Iterator<Item = &'static str> {
    let file = match lang {
        Lang::En => EN,
        Lang::Es => ES,
    };
    file.lines()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::WordList;

    #[test]
    fn each_language_has_at_least_256_plain_words_of_4_to_8_letters() {
        for lang in Lang::ALL {
            let words: BTreeSet<_> = all(*lang).collect();
            assert!(words.len() >= 256, "{lang:?}: {}", words.len());
            assert_eq!(words.len(), all(*lang).count(), "{lang:?}: a word stands twice");
            for word in words {
                assert!((4..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
            }
        }
    }

    #[test]
    fn no_check_word_hints_at_anything() {
        for lang in Lang::ALL {
            for list in [WordList::never(*lang), WordList::outside(*lang), WordList::never_a_check_word(*lang)] {
                for word in all(*lang) {
                    assert_eq!(list.first_in(word), None);
                }
            }
        }
    }

    #[test]
    fn no_two_words_differ_by_one_letter() {
        for lang in Lang::ALL {
            let words: Vec<_> = all(*lang).collect();
            for (at, one) in words.iter().enumerate() {
                for two in &words[at + 1..] {
                    assert!(!are_near(one, two), "{one} {two}");
                }
            }
        }
    }

    /// One letter changed, added or left out.
    fn are_near(one: &str, two: &str) -> bool {
        let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
        let same = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
        match long.len() - short.len() {
            0 => short.get(same + 1..) == long.get(same + 1..),
            1 => short[same..] == long[same + 1..],
            _ => false,
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_word_and_many_words_come_up() {
        let drawn = |seed| {
            let chance = Chance::seeded(seed);
            (0..200).map(|_| draw(Lang::Es, &chance)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(7), drawn(7));
        assert!(drawn(7).into_iter().collect::<BTreeSet<_>>().len() > 100);
    }
}
