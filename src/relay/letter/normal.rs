//! One normal form for matching, with the way back: every disguise a mail client or a writer may lay over an address
//! is undone, and each character still knows which bytes of the text it came from. Pure; used by scrub and gate.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Escapes may be wrapped in escapes (`&amp;#64;`, `%2540`); more layers than this nobody's software undoes.
const LAYERS: usize = 16;
/// Characters into which one may fall apart.
const LIGATURE_MOST: usize = 6;
/// Digits of a numeric entity; leading zeros are free.
const ENTITY_DIGITS: usize = 40;

/// A text in normal form: compatibility forms resolved, lower case, no marks, nothing invisible, escapes undone.
pub(super) struct View {
    pub chars: Vec<char>,
    /// First and last byte plus one, of a text that is far below 4 GiB.
    spans: Vec<(u32, u32)>,
}

impl View {
    pub fn of(text: &str) -> Self {
        let mut view = Self::with_room(text.len());
        let mut at = 0_u32;
        if text.is_ascii() {
            for (byte, at) in text.bytes().zip(0_u32..) {
                if !byte.is_ascii_control() || matches!(byte, b'\n' | b'\t' | b'\r') {
                    view.chars.push(char::from(byte.to_ascii_lowercase()));
                    view.spans.push((at, at + 1));
                }
            }
            view.undo_escapes();
            return view;
        }
        for c in text.chars() {
            let end = at.saturating_add(u32::try_from(c.len_utf8()).unwrap_or(0));
            view.push_folded(c, (at, end));
            at = end;
        }
        view.undo_escapes();
        view
    }

    fn undo_escapes(&mut self) {
        for _ in 0..LAYERS {
            if !self.unescape() {
                break;
            }
        }
    }

    /// The bytes of the text from which the characters in `range` came.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let covered = self.spans.get(range.clone()).unwrap_or_default();
        let start = covered.iter().map(|s| s.0).min().unwrap_or(0);
        let end = covered.iter().map(|s| s.1).max().unwrap_or(start);
        usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0)
    }

    fn with_room(len: usize) -> Self {
        Self { chars: Vec::with_capacity(len), spans: Vec::with_capacity(len) }
    }

    /// The same text with each of `parts` (in order, apart from each other) read as one character.
    pub fn with_read(&self, parts: &[(Range<usize>, char)]) -> Self {
        let mut next = Self::with_room(self.chars.len());
        let mut at = 0;
        for (part, c) in parts {
            next.copy(self, at..part.start);
            let covered = self.spans.get(part.clone()).unwrap_or_default();
            next.chars.push(*c);
            next.spans.push((covered.first().map_or(0, |s| s.0), covered.last().map_or(0, |s| s.1)));
            at = part.end;
        }
        next.copy(self, at..self.chars.len());
        next
    }

    fn copy(&mut self, from: &Self, range: Range<usize>) {
        self.chars.extend_from_slice(from.chars.get(range.clone()).unwrap_or_default());
        self.spans.extend_from_slice(from.spans.get(range).unwrap_or_default());
    }

    fn push_folded(&mut self, c: char, span: (u32, u32)) {
        if c.is_ascii() {
            if !c.is_ascii_control() || matches!(c, '\n' | '\t' | '\r') {
                self.chars.push(c.to_ascii_lowercase());
                self.spans.push(span);
            }
            return;
        }
        // A ligature of a whole phrase (U+FDFA) is no disguise of a few letters, and grows a text eighteenfold.
        let from = self.chars.len();
        for part in std::iter::once(c).nfkd() {
            if self.chars.len() - from > LIGATURE_MOST {
                self.chars.truncate(from);
                self.chars.push(c);
                break;
            }
            self.chars.extend(part.to_lowercase().filter(|c| !is_invisible(*c)).map(plain));
        }
        self.spans.resize(self.chars.len(), span);
    }

    /// Undoes one layer of `&#64;`, `&commat;`, `%40`, `=40` and `\u0040`. True if there was something to undo.
    fn unescape(&mut self) -> bool {
        let mut next: Option<Self> = None;
        let mut at = 0;
        // What stands before is copied already.
        let mut copied = 0;
        while let Some(mark) = self.chars[at..].iter().position(|c| matches!(c, '&' | '%' | '=' | '\\')) {
            at += mark;
            let undone = match self.chars[at] {
                '&' => entity(&self.chars[at..]).map(|(c, len)| (c.to_string(), len)),
                '\\' => escaped_code(&self.chars[at..]),
                mark => escaped_bytes(&self.chars[at..], mark),
            };
            let Some((text, len)) = undone else {
                at += 1;
                continue;
            };
            let next = next.get_or_insert_with(|| Self::with_room(self.chars.len()));
            next.copy(self, copied..at);
            let span = (self.spans[at].0, self.spans[at + len - 1].1);
            text.chars().for_each(|c| next.push_folded(c, span));
            at += len;
            copied = at;
        }
        let Some(mut next) = next else { return false };
        next.copy(self, copied..self.chars.len());
        *self = next;
        true
    }
}

/// The same folding for a short token, such as a known address.
pub(super) fn fold(text: &str) -> String {
    View::of(text).chars.into_iter().collect()
}

/// Characters that take no room: Unicode Cf, fillers, selectors, and marks (so that é matches e + accent).
pub(super) fn is_invisible(c: char) -> bool {
    is_combining_mark(c)
        || c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}' | '\u{115F}' | '\u{1160}'
            | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Stops and digits of other scripts, dashes, and line separators, as ASCII writes them.
fn plain(c: char) -> char {
    match c {
        '\u{3002}' | '\u{2024}' | '\u{FF61}' | '\u{6D4}' | '\u{B7}' | '\u{2022}' | '\u{2219}' | '\u{30FB}' => '.',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        '\u{2018}' | '\u{2019}' => '\'',
        _ if c.is_whitespace() => ' ',
        _ => ZEROS
            .iter()
            .find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10))
            .and_then(|value| char::from_digit(value, 10))
            .unwrap_or(c),
    }
}

/// The zero of scripts with digits of their own (Unicode Nd); the nine others follow it.
const ZEROS: &[u32] = &[
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1B50, 0x1C40,
];

/// The character of an HTML entity at the start of `chars` and the entity's length. The `;` may be missing.
fn entity(chars: &[char]) -> Option<(char, usize)> {
    let in_body = |c: &&char| c.is_ascii_alphanumeric() || **c == '#';
    let body: String = chars.iter().skip(1).take(ENTITY_DIGITS).take_while(in_body).collect();
    let (c, len) = if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, lead) = number.strip_prefix('x').map_or((number, 10, 2), |hex| (hex, 16, 3));
        let digits: String = digits.chars().take_while(|c| c.is_digit(radix)).collect();
        (char::from_u32(u32::from_str_radix(&digits, radix).ok()?)?, lead + digits.len())
    } else {
        let (name, c) = NAMED.iter().find(|(name, _)| *name == body)?;
        (*c, 1 + name.len())
    };
    Some((c, len + usize::from(chars.get(len) == Some(&';'))))
}

/// Those that can stand in an address or tear it apart; all others are left as they are.
const NAMED: &[(&str, char)] = &[
    ("commat", '@'),
    ("period", '.'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("num", '#'),
    ("percnt", '%'),
    ("equals", '='),
    ("plus", '+'),
    ("lowbar", '_'),
    ("hyphen", '-'),
    ("dash", '-'),
    ("nbsp", ' '),
    ("shy", '\u{AD}'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("tab", '\t'),
    ("newline", '\n'),
];

/// A character in the way of JSON and of programs: `\u0040`, `\x40`.
fn escaped_code(chars: &[char]) -> Option<(String, usize)> {
    let len = match chars.get(1)? {
        'u' => 4,
        'x' => 2,
        _ => return None,
    };
    let digits: String = chars.get(2..2 + len)?.iter().collect();
    let c = char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?;
    Some((c.to_string(), 2 + len))
}

/// A run of `%XX` or `=XX` as UTF-8, and its length in characters.
fn escaped_bytes(chars: &[char], mark: char) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    while let Some([m, high, low]) = chars.get(bytes.len() * 3..bytes.len() * 3 + 3)
        && *m == mark
        && let (Some(high), Some(low)) = (high.to_digit(16), low.to_digit(16))
    {
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    bytes.truncate(valid);
    if bytes.is_empty() {
        return None;
    }
    Some((String::from_utf8(bytes).ok()?, valid * 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_disguise_folds_to_the_same() {
        for text in [
            "JO@EXAMPLE.ORG",
            "jo&#64;example.org",
            "jo&#64example&period;org",
            "jo&#x40;example.org",
            "jo%40example%2Eorg",
            "jo%2540example.org",
            "jo&amp;commat;example.org",
            "jo&amp;amp;amp;amp;amp;amp;#64;example.org",
            "jo%252525252540example.org",
            "jo&#00000000000000064;example.org",
            "jo\\u0040example.org",
            "jo\\x40example·org",
            "jo@example۔org",
            "jo=40example.org",
            "j\u{200B}o@exam\u{AD}ple.org",
            "ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ",
            "jo@example。org",
            "jo%E2%80%8B@example.org",
            "𝐣𝐨@example.org",
        ] {
            assert_eq!(fold(text), "jo@example.org", "{text}");
        }
    }

    #[test]
    fn a_match_finds_its_way_back_to_the_bytes() {
        let text = "é jo&#64;x ü";
        let view = View::of(text);
        let start = view.chars.iter().position(|c| *c == 'j').unwrap();
        assert_eq!(&text[view.bytes(&(start..start + 4))], "jo&#64;x");
    }
}
