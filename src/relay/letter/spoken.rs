//! Words that people say for the two signs of a mail address, and a reading of a text in which they are signs. Pure;
//! used by tokens and known.

use std::ops::Range;

use super::normal::View;

/// Lower case, without accents ("ät" is "at"), longest first where one begins another.
pub(super) const AT: &[&str] = &[
    "atsign",
    "at",
    "arrobas",
    "arroba",
    "arobase",
    "arobaz",
    "chiocciola",
    "klammeraffe",
    "apenstaartje",
    "snabela",
    "zavinac",
    "kukac",
    "chez",
    "malpa",
    "собака",
    "собачка",
    "a",
];
pub(super) const DOT: &[&str] =
    &["dot", "punto", "punkt", "punt", "point", "ponto", "piste", "kropka", "tecka", "pont", "точка", "period"];
/// First letters of them, asked for at every place of a text.
pub(super) const DOT_BEGINS: [char; 5] = ['d', 'p', 'k', 't', 'т'];

/// Characters in which the word for a dot follows the one for the sign.
const LOOK_AHEAD: usize = 80;
/// Letters of the last part of a domain that is spoken.
const TOP: std::ops::RangeInclusive<usize> = 2..=7;

/// The text with "jo (at) x [dot] org" and "jo at x dot org" read as addresses; `None` where nothing is spoken.
pub(super) fn written(view: &View) -> Option<View> {
    let chars = &view.chars;
    if !may_speak(chars) {
        return None;
    }
    let words = words(chars);
    let mut signs: Vec<(Range<usize>, char)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some(sign) = sign_of(&chars[word.clone()]) else { continue };
        let from = index.checked_sub(1).map_or(0, |i| words[i].end);
        let to = words.get(index + 1).map_or(chars.len(), |next| next.start);
        let (before, after) = (&chars[from..word.start], &chars[word.end..to]);
        let is_sign = is_bracketed(before, after)
            || (is_spaced(before) && is_spaced(after) && (sign != '@' || names_domain(chars, &words[index..])));
        if is_sign {
            signs.push((from..to, sign));
        }
    }
    (!signs.is_empty()).then(|| view.with_read(&signs))
}

/// A quick look: an `@`, or a word for it with brackets beside it or a word for a dot behind it.
fn may_speak(chars: &[char]) -> bool {
    let begins = |at: usize| at == 0 || !chars[at - 1].is_alphanumeric();
    let is_word = |at: usize, list: &[&str]| {
        begins(at) && list.iter().any(|word| word.len() > 1 && word.chars().zip(&chars[at..]).all(|(a, b)| a == *b))
    };
    let is_said = |at: usize| {
        let near = chars[at.saturating_sub(2)..at].iter().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
        near || !chars[at..].starts_with(&['a', 't'])
            || (at..chars.len().min(at + LOOK_AHEAD)).any(|next| is_word(next, DOT))
    };
    chars.iter().enumerate().any(|(at, c)| {
        *c == '@' || (matches!(c, 'a' | 'c' | 'k' | 'm' | 's' | 'z' | 'с') && is_word(at, AT) && is_said(at))
    })
}

/// A single letter is no word for `@` here: "(a)" is a list more often.
fn sign_of(word: &[char]) -> Option<char> {
    if word == ['@'] {
        return Some('@');
    }
    if !(2..=12).contains(&word.len())
        || !matches!(word[0], 'a' | 'c' | 'd' | 'k' | 'm' | 'p' | 's' | 't' | 'z' | 'с' | 'т')
    {
        return None;
    }
    let is = |list: &[&str]| list.iter().any(|one| one.len() > 1 && one.chars().eq(word.iter().copied()));
    if is(AT) { Some('@') } else { is(DOT).then_some('.') }
}

/// Runs of letters and digits, and each `@`.
fn words(chars: &[char]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let len = chars[at..].iter().take_while(|c| c.is_alphanumeric()).count().max(usize::from(chars[at] == '@'));
        if len > 0 {
            words.push(at..at + len);
        }
        at += len.max(1);
    }
    words
}

fn is_bracketed(before: &[char], after: &[char]) -> bool {
    let closes = |open: &char| match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        c => *c,
    };
    let is_space = |c: &char| *c == ' ';
    let before: Vec<char> = before.iter().filter(|c| !is_space(c)).copied().collect();
    let after: Vec<char> = after.iter().filter(|c| !is_space(c)).copied().collect();
    matches!((before.as_slice(), after.as_slice()), ([open], [close])
        if matches!(open, '(' | '[' | '{' | '<' | '*' | '"' | '\'') && closes(open) == *close)
}

fn is_spaced(gap: &[char]) -> bool {
    !gap.is_empty() && gap.len() <= 3 && gap.iter().all(|c| matches!(c, ' ' | '\t' | '\n' | '>'))
}

/// `words` begins with "at" or the like. That alone is prose; with "x dot org" behind it, it is an address.
fn names_domain(chars: &[char], words: &[Range<usize>]) -> bool {
    let [_, name, rest @ ..] = words else { return false };
    let mut end = name.end;
    let mut spoken = false;
    let mut last = 0;
    for word in rest {
        let gap = &chars[end..word.start];
        let is_dot = sign_of(&chars[word.clone()]) == Some('.');
        if !(is_spaced(gap) || gap == ['.'] || gap.iter().any(|c| "([{)]}".contains(*c)) && gap.len() <= 3) {
            break;
        }
        if spoken {
            last = if chars[word.clone()].iter().all(|c| c.is_alphabetic()) { word.len() } else { 0 };
            break;
        }
        if !is_dot && is_spaced(gap) {
            break;
        }
        spoken = is_dot;
        end = word.end;
    }
    TOP.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_for_a_dot_begins_with_a_known_letter() {
        assert!(DOT.iter().all(|word| word.starts_with(DOT_BEGINS)));
    }

    fn read(text: &str) -> Option<String> {
        written(&View::of(text)).map(|view| view.chars.into_iter().collect())
    }

    #[test]
    fn spoken_addresses_are_read() {
        for text in [
            "jo (at) x (dot) org",
            "jo[at]x[dot]org",
            "jo at x dot org",
            "jo {at} x . org",
            "jo arroba x punto org",
            "jo [@] x [.] org",
            "jo at x (dot) org",
            "jo\nat x dot\norg",
            "jo chez x point org",
        ] {
            let read = read(text).unwrap_or_default().replace(" . ", ".").replace("[.]", ".").replace(' ', "");
            assert_eq!(read, "jo@x.org", "{text}");
        }
    }

    #[test]
    fn prose_is_not_read_so() {
        for text in ["look at x.org", "we met at the park", "she was at home", "at that point I went", "5 @ 3"] {
            assert!(!read(text).unwrap_or_default().contains('@') || text.contains('@'), "{text}");
        }
    }
}
