//! The writer's full name in a text: as their mail program says it, turned round, in part, with an initial in between.
//! Pure; called by secrets.

use std::ops::Range;

use super::normal::{View, fold};

/// Signs between two words of one name.
const GAP_MOST: usize = 5;
/// Letters of a name in brackets between two words.
const NICK_MOST: usize = 15;
/// A name without spaces is known as one from this length on; a shorter one is a word too often.
const UNSPACED_LEAST: usize = 3;
const TITLES: &[&str] =
    &["dr", "prof", "mr", "mrs", "ms", "herr", "frau", "sr", "sra", "jr", "ing", "mag", "msc", "phd"];

#[derive(Default)]
pub(super) struct Names(Vec<Name>);

struct Name {
    words: Vec<Vec<char>>,
    /// Of each word, whether the other side may read it: it is of the first name.
    is_open: Vec<bool>,
    /// First and last word in one, as accounts are called.
    joined: [Vec<char>; 2],
}

impl Names {
    /// Names that our own words hold tell nothing and would stop every letter.
    pub fn of<'a>(full: impl IntoIterator<Item = &'a str>, first_name: &str, ours: &[&str]) -> Self {
        let mut names: Vec<Name> = full.into_iter().filter_map(|name| Name::of(name, first_name)).collect();
        if !names.is_empty() {
            let ours = ours.iter().map(|text| View::of(text)).collect::<Vec<_>>();
            names.retain(|name| ours.iter().all(|view| name.find(&view.chars).is_empty()));
        }
        Self(names)
    }

    /// Where they stand, in characters of the view.
    pub fn find(&self, view: &View) -> Vec<Range<usize>> {
        self.0.iter().flat_map(|name| name.find(&view.chars)).collect()
    }
}

impl Name {
    /// `None` where there is no more than a first name.
    fn of(full: &str, first_name: &str) -> Option<Self> {
        if full.contains('@') {
            return None;
        }
        let first = fold(first_name);
        let first: Vec<&str> = first.split(|c: char| !c.is_alphanumeric()).collect();
        let all = words_of(full);
        // "Jo Smith via a list": what is written small is no name, unless all is.
        let is_capital = |word: &&String| !word.starts_with(char::is_lowercase);
        let capitals: Vec<&String> = all.iter().filter(is_capital).collect();
        let kept = if capitals.is_empty() { all.iter().collect() } else { capitals };
        let mut words: Vec<String> =
            kept.iter().map(|word| fold(word)).filter(|w| !TITLES.contains(&w.as_str())).collect();
        words.dedup();
        let is_open: Vec<bool> = words.iter().map(|word| first.contains(&word.as_str())).collect();
        let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
        let is_full = match words.as_slice() {
            [] => false,
            [only] => only.len() >= UNSPACED_LEAST && only.iter().all(|c| is_unspaced(*c)),
            _ => true,
        };
        let (first, last) = (words.first().cloned().unwrap_or_default(), words.last().cloned().unwrap_or_default());
        let joined = [[first.clone(), last.clone()].concat(), [last, first].concat()];
        (is_full && is_open.contains(&false)).then_some(Self { words, is_open, joined })
    }

    fn find(&self, chars: &[char]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if !self.words.iter().any(|word| word[0] == chars[at]) {
                at += 1;
                continue;
            }
            if let Some(end) = self.joined_at(chars, at) {
                found.push(at..end);
                at = end;
                continue;
            }
            match self.run(chars, at) {
                Some((end, is_hit)) => {
                    if is_hit {
                        found.push(at..end);
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn joined_at(&self, chars: &[char], start: usize) -> Option<usize> {
        let is_inside = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        let rest = chars.get(start..)?;
        let whole = |name: &&Vec<char>| rest.starts_with(name) && !is_inside(Some(start + name.len()));
        let name = self.joined.iter().filter(|_| self.words.len() > 1).find(whole)?;
        (!is_inside(start.checked_sub(1))).then_some(start + name.len())
    }

    /// The longest row of words of the name from `start` on, and whether it tells more than a first name.
    fn run(&self, chars: &[char], start: usize) -> Option<(usize, bool)> {
        let (first, mut end) = self.word_at(chars, start)?;
        let mut seen = vec![first];
        while let Some((word, next)) = self.next_word(chars, end).filter(|(word, _)| !seen.contains(word)) {
            seen.push(word);
            end = next;
        }
        let has_edge = seen.iter().any(|word| *word == 0 || word + 1 == self.words.len());
        let has_closed = seen.iter().any(|word| !self.is_open[*word]);
        let is_several = self.words.len() == 1 || seen.len() > 1;
        Some((end, has_edge && has_closed && is_several))
    }

    fn word_at(&self, chars: &[char], start: usize) -> Option<(usize, usize)> {
        let rest = chars.get(start..)?;
        let joins = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(*c));
        let ends = |word: &Vec<char>| word.last().is_some_and(|c| is_unspaced(*c)) || !joins(rest.get(word.len()));
        let (index, word) = self.words.iter().enumerate().find(|(_, word)| rest.starts_with(word) && ends(word))?;
        if !is_unspaced(rest[0]) && joins(start.checked_sub(1).and_then(|i| chars.get(i))) {
            return None;
        }
        Some((index, start + word.len()))
    }

    fn next_word(&self, chars: &[char], end: usize) -> Option<(usize, usize)> {
        let gap = |from: usize| {
            let signs = chars[from..].iter().take(GAP_MOST).take_while(|c| is_gap(**c));
            // An empty line stands between two things.
            if signs.clone().filter(|c| **c == '\n').count() > 1 { 0 } else { signs.count() }
        };
        let near = end + gap(end);
        let is_near = near > end || chars.get(near).is_some_and(|c| is_unspaced(*c));
        if is_near && let Some(found) = self.word_at(chars, near) {
            return Some(found);
        }
        // "Jo (Joey) Smith"
        let is_set_off = chars[end..near].iter().any(|c| matches!(c, '(' | '"' | '\''));
        let nick = chars[near..].iter().take(NICK_MOST).take_while(|c| c.is_alphanumeric()).count();
        let behind = near + nick;
        if is_set_off
            && nick > 0
            && gap(behind) > 1
            && let Some(found) = self.word_at(chars, behind + gap(behind))
        {
            return Some(found);
        }
        // "Jo P. Smith"
        let initial = near > end && chars.get(near).is_some_and(|c| c.is_alphabetic());
        let after = near + 1 + chars.get(near + 1..).map_or(0, |_| gap(near + 1));
        if initial && after > near + 1 { self.word_at(chars, after) } else { None }
    }
}

/// Without what stands in brackets and without single letters.
fn words_of(full: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for c in full.chars() {
        match c {
            '(' | '[' | '{' | '（' => depth += 1,
            ')' | ']' | '}' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let parts = plain.split(|c: char| !c.is_alphanumeric() && !super::normal::is_invisible(c));
    let is_word = |part: &&str| {
        let letters = part.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 2 || letters.clone().any(is_unspaced)
    };
    parts.filter(is_word).map(str::to_owned).collect()
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '>' | '.' | '_' | '-' | '*' | '"' | '\'' | '|' | '/' | '(' | ')')
}

/// Of a script that sets no spaces between words, or none around a name; Hangul is in pieces in the normal form.
fn is_unspaced(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{D7FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(full: &str, text: &str) -> String {
        let view = View::of(text);
        let mut out = text.to_owned();
        for range in Names::of([full], "Alice", &[]).find(&view).iter().rev() {
            out.replace_range(view.bytes(range), "Alice");
        }
        out
    }

    #[test]
    fn a_full_name_is_found_in_every_order() {
        for (full, text) in [
            ("Alice Liddell", "I am Alice Liddell!"),
            ("Alice Liddell", "I am ALICE  LIDDELL!"),
            ("Alice Liddell", "I am Liddell, Alice!"),
            ("Alice Liddell", "I am Alice P. Liddell!"),
            ("Alice Liddell", "I am Alice (Ally) Liddell!"),
            ("Alice Liddell", "I am Alice \"Ally\" Liddell!"),
            ("Alice Liddell", "I am AliceLiddell!"),
            ("Alice Liddell", "I am Alice\n> Liddell!"),
            ("Alice Liddell", "I am A\u{200B}lice Lid\u{AD}déll!"),
            ("Liddell, Alice", "I am Alice_Liddell!"),
            ("Dr. Alice Liddell", "I am Alice Liddell!"),
            ("Alice Liddell (Oxford)", "I am Alice.Liddell!"),
            ("Alice Liddell-Hargreaves", "I am Alice Liddell!"),
            ("Alice Liddell-Hargreaves", "I am Alice Liddell-Hargreaves!"),
            ("Alice Pleasance Liddell", "I am Liddell, Alice!"),
            ("Alice Pleasance Liddell", "I am Pleasance Liddell!"),
            ("Alice Liddell via Friends", "I am Alice Liddell!"),
            ("alice liddell", "I am Alice Liddell!"),
            ("Alice.Liddell", "I am Alice *Liddell!"),
            ("山田 太郎", "I am 山田太郎!"),
            ("홍길동", "I am 홍길동!"),
        ] {
            assert_eq!(left(full, text), "I am Alice!", "{full}: {text}");
        }
    }

    #[test]
    fn less_than_a_full_name_stays() {
        for (full, text) in [
            ("Alice Liddell", "Liddell is a village. Alice likes it."),
            ("Alice Liddell", "Alicent Liddell and Alice Liddells"),
            ("Alice Liddell", "It is me, Alice. Alice!"),
            ("Alice Liddell", "Greetings from Alice\n\nLiddell is my village"),
            ("Alice", "Alice"),
            ("Alice from the group", "people from the group"),
            ("alice@x.example Liddell", "Alice Liddell"),
            ("山田 太郎", "山田さん"),
        ] {
            assert_eq!(left(full, text), text, "{full}");
        }
        assert!(Names::of(["Anna Maria"], "Anna Maria", &[]).0.is_empty());
        assert!(Names::of(["New Message"], "Alice", &["a new message for you"]).0.is_empty());
    }
}
