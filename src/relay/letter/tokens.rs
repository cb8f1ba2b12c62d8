//! Finds mail addresses in a text, however they are torn or disguised. It answers where, never changes a text.
//! Pure; scrub replaces what is found here and gate refuses what is found here, so the two agree by construction.

use std::ops::Range;

use super::base64;
use super::normal::{View, fold};

/// What stands between the parts of a torn address is short; further apart they are two things.
const GAP_MOST: usize = 12;
/// RFC 5321 4.5.3.1.1: a local part has at most 64 octets.
const LOCAL_MOST: usize = 64;

/// Mailboxes that several domains share.
const SAME_PROVIDER: &[&[&str]] = &[
    &["gmail.com", "googlemail.com"],
    &["proton.me", "protonmail.com", "pm.me"],
    &["icloud.com", "me.com", "mac.com"],
];

/// A known address, ready to be looked for in all its spellings.
pub(super) struct Spelling {
    local: Vec<char>,
    domains: Vec<Vec<char>>,
}

impl Spelling {
    /// `None` for what has no local part or no domain.
    pub fn of(address: &str) -> Option<Self> {
        let folded = fold(address.trim());
        let (local, domain) = folded.rsplit_once('@')?;
        let base = local.split('+').next().filter(|base| !base.is_empty()).unwrap_or(local);
        // Dots count at few providers; looking through them everywhere costs nothing but a placeholder.
        let local: Vec<char> = base.chars().filter(|c| *c != '.').collect();
        if local.is_empty() || domain.is_empty() {
            return None;
        }
        let domains = match SAME_PROVIDER.iter().find(|group| group.contains(&domain)) {
            Some(group) => group.iter().map(|d| d.chars().collect()).collect(),
            None => vec![domain.chars().collect()],
        };
        Some(Self { local, domains })
    }

    fn end_at(&self, chars: &[char], start: usize) -> Option<usize> {
        if chars.get(start) != self.local.first() {
            return None;
        }
        let mut at = spelled(chars, start, &self.local, true)?;
        while chars.get(at) == Some(&'.') {
            at += 1;
        }
        let at = at_sign(chars, past_tag(chars, at))?;
        self.domains.iter().find_map(|domain| spelled(chars, at, domain, false))
    }
}

pub(super) fn spellings<'a>(addresses: impl IntoIterator<Item = &'a String>) -> Vec<Spelling> {
    addresses.into_iter().filter_map(|address| Spelling::of(address)).collect()
}

/// Every known address, whole or torn by line breaks, quote marks, `=`, spaces, written as "jo (at) x dot org" or
/// with a tag.
pub(super) fn known(view: &View, spellings: &[Spelling]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for spelling in spellings {
        for start in 0..view.chars.len() {
            if let Some(end) = spelling.end_at(&view.chars, start) {
                found.push(start..end);
            }
        }
    }
    found
}

/// Anything that reads as a mail address, of anybody.
pub(super) fn any(view: &View) -> Vec<Range<usize>> {
    let chars = &view.chars;
    let signs = chars.iter().enumerate().filter(|(_, c)| **c == '@').map(|(at, _)| at);
    signs.filter_map(|sign| Some(local_start(chars, sign)?..domain_end(chars, sign + 1)?)).collect()
}

/// Runs of base64, in bytes of `text`, whose content holds a known or any other address.
pub(super) fn in_base64(text: &str, spellings: &[Spelling]) -> Vec<Range<usize>> {
    let holds = |decoded: &[u8]| {
        let view = View::of(&String::from_utf8_lossy(decoded));
        !any(&view).is_empty() || !known(&view, spellings).is_empty()
    };
    base64::runs(text)
        .into_iter()
        .filter(|run| base64::decodings(&text[run.clone()]).iter().any(|bytes| holds(bytes)))
        .collect()
}

/// Past `+tag`, which may be torn once.
fn past_tag(chars: &[char], at: usize) -> usize {
    let run = |from: usize| from + chars[from..].iter().take(LOCAL_MOST).take_while(|c| is_local(**c)).count();
    let start = skip_tear(chars, at);
    if chars.get(start) != Some(&'+') {
        return at;
    }
    let end = run(start);
    if chars.get(end) == Some(&'@') { end } else { run(skip_tear(chars, end)) }
}

/// The end of `pattern` written from `at` on, torn or not.
fn spelled(chars: &[char], mut at: usize, pattern: &[char], loose_dots: bool) -> Option<usize> {
    let mut previous = None;
    for want in pattern {
        at = next_letter(chars, at, *want, previous, loose_dots)? + 1;
        if *want == '.' && chars[at - 1] != '.' {
            at += 2; // written out as "dot": past the "ot"
            if matches!(chars.get(at), Some(')' | ']' | '}')) {
                at += 1;
            }
        }
        previous = Some(*want);
    }
    Some(at)
}

fn next_letter(chars: &[char], at: usize, want: char, previous: Option<char>, loose_dots: bool) -> Option<usize> {
    if chars.get(at) == Some(&want) {
        return Some(at);
    }
    if previous.is_some() && loose_dots && chars.get(at) == Some(&'.') {
        return next_letter(chars, at + 1, want, previous, loose_dots);
    }
    let torn = skip_tear(chars, at);
    if torn > at && chars.get(torn) == Some(&want) && previous.is_some() {
        return Some(torn);
    }
    if want == '.' || previous == Some('.') || previous.is_none() {
        let near = skip_gap(chars, at);
        if chars.get(near) == Some(&want) {
            return Some(near);
        }
        if want == '.' && (near > at || chars.get(at).is_some_and(|c| !c.is_alphanumeric())) {
            let word = if matches!(chars.get(near), Some('(' | '[' | '{')) { near + 1 } else { near };
            return chars.get(word..word + 3).filter(|w| **w == ['d', 'o', 't']).map(|_| word);
        }
    }
    None
}

/// Past the `@`, or past a written "at" in brackets or between spaces.
fn at_sign(chars: &[char], at: usize) -> Option<usize> {
    let near = skip_gap(chars, at);
    if chars.get(near) == Some(&'@') {
        return Some(near + 1);
    }
    let bracket = matches!(chars.get(near), Some('(' | '[' | '{'));
    let word = near + usize::from(bracket);
    if (near == at && !bracket) || chars.get(word..word + 2) != Some(&['a', 't']) {
        return None;
    }
    match chars.get(word + 2) {
        Some(')' | ']' | '}') if bracket => Some(word + 3),
        Some(' ' | '\n' | '\r' | '\t') if !bracket => Some(word + 2),
        _ => None,
    }
}

/// Past what a line break leaves inside a word: a soft break's `=`, spaces, the break, and quote marks.
fn skip_tear(chars: &[char], at: usize) -> usize {
    let gap = chars[at.min(chars.len())..].iter().take(GAP_MOST);
    let torn: Vec<char> =
        gap.copied().take_while(|c| matches!(c, '=' | '\r' | '\n' | ' ' | '\t' | '>' | '|')).collect();
    if torn.contains(&'\n') { at + torn.len() } else { at }
}

/// As [`skip_tear`], and spaces alone are a gap too: for the places around `@` and `.`.
fn skip_gap(chars: &[char], at: usize) -> usize {
    let torn = skip_tear(chars, at);
    let gap = chars[torn.min(chars.len())..].iter().take(GAP_MOST);
    torn + gap.take_while(|c| matches!(c, ' ' | '\t')).count()
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_')
}

/// Where the local part before the `@` begins.
fn local_start(chars: &[char], sign: usize) -> Option<usize> {
    let gap =
        chars[..sign].iter().rev().take(GAP_MOST).take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '=' | '>'));
    let end = sign - gap.count();
    let last = *chars.get(end.checked_sub(1)?)?;
    if last == '"' && end == sign {
        // RFC 5321 4.1.2: a quoted local part
        let open = chars[..end - 1].iter().rev().take(LOCAL_MOST).position(|c| *c == '"' || *c == '\n')?;
        return (chars[end - 2 - open] == '"').then(|| end - 2 - open);
    }
    // An address in a text without spaces between words: only its own script belongs to it.
    let own = chars[..end].iter().rev().take(LOCAL_MOST);
    let length = own.take_while(|c| is_local(**c) && (c.is_ascii() || !last.is_ascii())).count();
    let start = end - length;
    chars[start..end].iter().any(|c| c.is_alphanumeric()).then_some(start)
}

/// Where the domain that begins after the `@` ends; `None` where nothing there is one.
fn domain_end(chars: &[char], after: usize) -> Option<usize> {
    let start = skip_gap(chars, after);
    if chars.get(start) == Some(&'[') {
        // RFC 5321 4.1.3: an address literal
        let inside =
            chars[start + 1..].iter().take(48).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':'));
        let end = start + 1 + inside.count();
        return (chars.get(end) == Some(&']')).then_some(end + 1);
    }
    let ascii = chars.get(start)?.is_ascii();
    let run = |from: usize| {
        from + chars[from..].iter().take(255).take_while(|c| is_domain(**c) && (c.is_ascii() || !ascii)).count()
    };
    let whole = |end: usize| {
        let domain: String = chars[start..end].iter().filter(|c| is_domain(**c)).collect();
        let (head, top) = domain.trim_end_matches(['.', '-', '_']).rsplit_once('.')?;
        let is_top = top.starts_with("xn--") || (top.chars().count() >= 2 && top.chars().all(char::is_alphabetic));
        (head.chars().any(char::is_alphanumeric) && is_top).then_some(())
    };
    let mut end = run(start);
    if whole(end).is_none() {
        // torn in the middle
        let torn = skip_tear(chars, end);
        if torn > end && whole(run(torn)).is_some() {
            end = run(torn);
        }
    }
    whole(end)?;
    while matches!(chars[end - 1], '.' | '-' | '_') {
        end -= 1;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_known(text: &str) -> bool {
        let tokens = spellings(&[String::from("jo.river+x@gmail.com"), String::from("me@example.org")]);
        !known(&View::of(text), &tokens).is_empty()
    }

    #[test]
    fn a_known_address_is_found_in_every_spelling() {
        for text in [
            "me@example.org",
            "<mailto:ME@Example.ORG>",
            "me+tag@example.org",
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
            "joriver@googlemail.com",
            "j.o.r.i.v.e.r+anything@GMAIL.com",
        ] {
            assert!(is_known(text), "{text}");
        }
    }

    #[test]
    fn prose_is_no_address() {
        for text in ["me at example", "@jo", "5 @ 3.50", "a@b", "let me @ you", "meet me at the example.", "jo@ home"] {
            assert!(!is_known(text), "{text}");
            assert!(any(&View::of(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn any_address_is_found_whole() {
        for (text, hit) in [
            ("mine: jo@example.org.\nJo", "jo@example.org"),
            ("write to o'neil.x+y@mail.example.co.uk.", "o'neil.x+y@mail.example.co.uk"),
            ("我的jo@example.org谢谢", "jo@example.org"),
            ("\"jo smith\"@example.org", "\"jo smith\"@example.org"),
            ("root@[192.0.2.1] ", "root@[192.0.2.1]"),
            ("почта@пример.рф", "почта@пример.рф"),
            ("jo@exam\n> ple.org", "jo@exam\n> ple.org"),
        ] {
            let view = View::of(text);
            let ranges = any(&view);
            assert_eq!(ranges.len(), 1, "{text}");
            assert_eq!(&text[view.bytes(&ranges[0])], hit);
        }
    }

    #[test]
    fn base64_hides_nothing() {
        for text in ["bWVAZXhhbXBsZS5vcmc=", "xbWVAZXhhbXBsZS5vcmc", "see bWVAZXhhbXBsZS5vcmc, ok"] {
            assert_eq!(in_base64(text, &[]).len(), 1, "{text}");
        }
        assert!(in_base64("Internationalization and congratulations", &[]).is_empty());
    }
}
