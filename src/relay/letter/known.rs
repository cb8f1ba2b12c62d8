//! Finds the known addresses of a pair, however they are torn, spaced out, marked up or spoken. An address is looked for
//! as the row of its letters and digits: whatever else stands between them is disguise. Pure; called by tokens.

use std::ops::Range;

use super::normal::{View, fold};
use super::spoken::{AT, DOT, DOT_BEGINS};

/// What stands between two letters of a torn address is short; further apart they are two things.
const GAP_MOST: usize = 12;
/// RFC 5321 4.5.3.1.1: a local part has at most 64 octets.
pub(super) const LOCAL_MOST: usize = 64;

/// Mailboxes that several domains share.
const SAME_PROVIDER: &[&[&str]] = &[
    &["gmail.com", "googlemail.com"],
    &["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
    &["icloud.com", "me.com", "mac.com"],
    &["yandex.ru", "yandex.com", "ya.ru", "yandex.by", "yandex.kz"],
];

/// A known address, ready to be looked for in all its spellings.
pub(super) struct Spelling {
    /// Parts between dots: at few providers dots count, and looking through them costs nothing but a placeholder.
    local: Vec<Vec<char>>,
    domains: Vec<Vec<Vec<char>>>,
}

impl Spelling {
    /// `None` for what has no local part or no domain.
    pub fn of(address: &str) -> Option<Self> {
        let (local, domain) = address.trim().rsplit_once('@')?;
        let local = fold(local);
        let base = local.split('+').next().filter(|base| !base.is_empty()).unwrap_or(&local);
        let local = labels(base);
        let domains: Vec<_> = domains_of(domain).iter().map(|domain| labels(domain)).collect();
        let is_whole = !local.is_empty() && domains.iter().all(|labels| !labels.is_empty());
        is_whole.then_some(Self { local, domains })
    }

    /// Every address at `domain`.
    pub fn at(domain: &str) -> Self {
        Self { local: Vec::new(), domains: domains_of(domain).iter().map(|domain| labels(domain)).collect() }
    }

    /// Its first letters, one or two.
    fn begin(&self) -> Vec<char> {
        let letters: Vec<char> = self.local.iter().flatten().take(2).copied().collect();
        if letters.is_empty() { vec!['@'] } else { letters }
    }

    /// Whose local part is not known: only a written `@` shows where it is.
    fn is_any_local(&self) -> bool {
        self.local.is_empty()
    }

    fn end_at(&self, row: &Row, start: usize) -> Option<usize> {
        let at = row.labels(start, &self.local)?;
        let (at, is_spoken) = row.sign(row.past_tag(at))?;
        if is_spoken && (self.is_any_local() || !row.is_word_start(start)) {
            return None;
        }
        let end = self.domains.iter().find_map(|domain| row.labels(at, domain))?;
        (!is_spoken || row.is_spoken_domain(at, end)).then_some(end)
    }
}

/// With what it is written as in ASCII and in its own script (RFC 5891), and the provider's other domains.
fn domains_of(domain: &str) -> Vec<String> {
    let domain = domain.trim().trim_end_matches('.');
    let folded = fold(domain);
    let provider = SAME_PROVIDER.iter().find(|group| group.contains(&folded.as_str()));
    let is_plain = domain.is_ascii() && !folded.contains("xn--");
    let mut all: Vec<String> = match provider {
        Some(group) => group.iter().map(|domain| (*domain).to_owned()).collect(),
        None if is_plain => vec![folded],
        None => {
            vec![folded, fold(&url::quirks::domain_to_ascii(domain)), fold(&url::quirks::domain_to_unicode(domain))]
        }
    };
    all.retain(|domain| !domain.is_empty());
    all
}

fn labels(text: &str) -> Vec<Vec<char>> {
    let parts = text.split('.').map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect());
    parts.filter(|part: &Vec<char>| !part.is_empty()).collect()
}

/// The letters, digits and `@` of a text, each with its place.
struct Row<'a> {
    view: &'a View,
    row: Vec<(char, usize)>,
}

/// Where the known addresses stand, in characters of the view.
pub(super) fn known(view: &View, spellings: &[Spelling]) -> Vec<Range<usize>> {
    let kept = view.chars.iter().enumerate().filter(|(_, c)| c.is_alphanumeric() || **c == '@');
    let mut row = Row { view, row: Vec::with_capacity(view.chars.len()) };
    row.row.extend(kept.map(|(at, c)| (*c, at)));
    let begins: Vec<Vec<char>> = spellings.iter().map(Spelling::begin).collect();
    let mut found = Vec::new();
    let mut firsts: Vec<char> = begins.iter().map(|begin| begin[0]).collect();
    firsts.sort_unstable();
    firsts.dedup();
    let starts = |start: &usize| firsts.contains(&row.row[*start].0);
    for start in (0..row.row.len()).filter(starts) {
        for (spelling, begin) in spellings.iter().zip(&begins) {
            if row.row[start].0 == begin[0]
                && begin.get(1).is_none_or(|second| is_second(&row, start, *second))
                && let Some(end) = spelling.end_at(&row, start)
            {
                found.push(row.row[start].1..row.row[end - 1].1 + 1);
            }
        }
    }
    found
}

/// The second letter, or a spoken dot before it.
fn is_second(row: &Row, start: usize, second: char) -> bool {
    let next = row.row.get(start + 1).map(|(c, _)| *c);
    next == Some(second) || next.is_some_and(|c| DOT_BEGINS.contains(&c))
}

impl Row<'_> {
    /// Past `labels`, written from `at` on; a dot between two may be spoken.
    fn labels(&self, mut at: usize, labels: &[Vec<char>]) -> Option<usize> {
        for (index, label) in labels.iter().enumerate() {
            let spoken = DOT.iter().filter(|_| index > 0).filter_map(|dot| self.letters(at, dot.chars()));
            at = spoken.chain([at]).find_map(|start| self.letters(start, label.iter().copied()))?;
        }
        Some(at)
    }

    /// Past the letters, none far from the one before it.
    fn letters(&self, start: usize, letters: impl Iterator<Item = char>) -> Option<usize> {
        let mut at = start;
        for want in letters {
            let (c, place) = *self.row.get(at)?;
            let before = at.checked_sub(1).map_or(place, |i| self.row[i].1);
            if c != want || (at > start && place - before > GAP_MOST) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Past `+tag`, or past `:password` in a web address (RFC 3986 3.2.1).
    fn past_tag(&self, at: usize) -> usize {
        let Some((_, place)) = at.checked_sub(1).and_then(|i| self.row.get(i)) else { return at };
        let mut gap =
            self.view.chars[place + 1..].iter().take(GAP_MOST).take_while(|c| !c.is_alphanumeric() && **c != '@');
        if !gap.any(|c| matches!(c, '+' | ':')) {
            return at;
        }
        // It ends where a space stands; a line break may tear it once.
        let between = |end: usize| &self.view.chars[self.row[end - 1].1 + 1..self.row[end].1];
        let mut tears = 0;
        let inside = |end: &usize| {
            let gap = between(*end);
            let is_torn = gap.contains(&'\n');
            tears += usize::from(is_torn);
            gap.len() <= GAP_MOST && tears <= 1 && (is_torn || !gap.contains(&' '))
        };
        let most = self.row[at..].iter().take(LOCAL_MOST).take_while(|(c, _)| *c != '@').count();
        at + usize::from(most > 0) + (at + 1..at + most).take_while(inside).count()
    }

    /// Past the `@`, or past the word for it; whether it was the word.
    fn sign(&self, at: usize) -> Option<(usize, bool)> {
        if self.row.get(at)?.0 == '@' {
            return Some((at + 1, false));
        }
        // The longest first: "a" begins most of them.
        AT.iter().find_map(|word| self.letters(at, word.chars())).map(|end| (end, true))
    }

    fn is_word_start(&self, at: usize) -> bool {
        self.row[at].1.checked_sub(1).is_none_or(|before| !self.view.chars[before].is_alphanumeric())
    }

    /// "jo at old. Example" is prose: where the sign is a word, the dots are words too, or stand close to their labels.
    fn is_spoken_domain(&self, start: usize, end: usize) -> bool {
        let (first, last) = (self.row[start].1, self.row[end - 1].1);
        let chars = &self.view.chars;
        let is_end = chars.get(last + 1).is_none_or(|c| !c.is_alphanumeric());
        let has_sentence = chars[first..last].windows(2).any(|two| two[0] == '.' && two[1].is_whitespace());
        is_end && !has_sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_known(text: &str) -> bool {
        let all = ["jo.river+x@gmail.com", "me@example.org", "al@bücher.example"];
        let tokens: Vec<_> =
            all.iter().filter_map(|a| Spelling::of(a)).chain([Spelling::at("relay.example")]).collect();
        !known(&View::of(text), &tokens).is_empty()
    }

    #[test]
    fn a_known_address_is_found_in_every_spelling() {
        for text in [
            "me@example.org",
            "<mailto:ME@Example.ORG>",
            "me+tag@example.org",
            "me+tag at example dot org",
            "me\n> +t\nag@example.org",
            "m.e@example.org",
            "me @ example . org",
            "me@exam\nple.org",
            "me@exam=\r\nple.org",
            "me@\n> > example.org",
            "m\n>e@example.\norg",
            "me (at) example (dot) org",
            "me at example dot org",
            "me[at]example.org",
            "https://me:secret@example.org/",
            "me (a) example.org",
            "me (@) example.org",
            "me AT-SIGN example.org",
            "\"me\" at \"example.org\"",
            "me /at/ example *dot* org",
            "me arroba example punto org",
            "me_at_example_dot_org",
            "jo dot river at gmail dot com",
            "jo.riverATgmailDOTcom",
            "j o . r i v e r @ g m a i l . c o m",
            "jo.*river*@gmail,com",
            "joriver@googlemail.com",
            "j.o.r.i.v.e.r+anything@GMAIL.com",
            "al@xn--bcher-kva.example",
            "AL@BÜCHER.example",
            "whoever@relay.\nexample",
        ] {
            assert!(is_known(text), "{text}");
        }
    }

    #[test]
    fn prose_is_no_known_address() {
        for text in [
            "me at example",
            "meet me at the example.",
            "Come at example. Org charts help.",
            "relay.example",
            "home at example.org",
            "let me @ you",
            "me+tag is what I use, not x@example.org",
        ] {
            assert!(!is_known(text), "{text}");
        }
    }
}
