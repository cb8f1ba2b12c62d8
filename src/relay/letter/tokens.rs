//! Finds mail addresses in a text, however they are torn or disguised. It answers where, never changes a text.
//! Pure; scrub replaces what is found here and gate refuses what is found here, so the two agree by construction.

use std::ops::Range;

use super::base64;
use super::known::{LOCAL_MOST, Spelling, known};
use super::normal::View;
use super::spoken::written;

/// What stands around the `@` of a torn address is short; further apart they are two things.
const GAP_MOST: usize = 12;
/// Base64 in base64; nobody reads deeper.
const BASE64_DEPTH: usize = 2;

/// Every known address and everything else that reads as a mail address, in bytes of `text`, of which `view` is.
pub(super) fn addresses(text: &str, view: &View, spellings: &[Spelling]) -> Vec<Range<usize>> {
    let mut found = readable(view, spellings);
    found.extend(in_base64(text, spellings, BASE64_DEPTH));
    found
}

fn readable(view: &View, spellings: &[Spelling]) -> Vec<Range<usize>> {
    let bytes = |view: &View, range: Range<usize>| view.bytes(&with_frame(view, range));
    // Of an address at the relay domain only the sign and what follows are known.
    let whole = |range: Range<usize>| match view.chars[range.start] {
        '@' => local_start(&view.chars, range.start).unwrap_or(range.start)..range.end,
        _ => range,
    };
    let known = known(view, spellings).into_iter().map(whole);
    let mut found: Vec<Range<usize>> = known.chain(any(view)).map(|range| bytes(view, range)).collect();
    if let Some(spoken) = written(view) {
        found.extend(any(&spoken).into_iter().map(|range| bytes(&spoken, range)));
    }
    found
}

/// Anything that reads as a mail address, of anybody.
pub(super) fn any(view: &View) -> Vec<Range<usize>> {
    let chars = &view.chars;
    let signs = chars.iter().enumerate().filter(|(_, c)| **c == '@').map(|(at, _)| at);
    signs.filter_map(|sign| Some(local_start(chars, sign)?..domain_end(chars, sign + 1)?)).collect()
}

/// With `mailto:` and the angle brackets around an address.
fn with_frame(view: &View, range: Range<usize>) -> Range<usize> {
    let chars = &view.chars;
    let (mut start, mut end) = (range.start, range.end);
    if chars[..start].ends_with(&['m', 'a', 'i', 'l', 't', 'o', ':']) {
        start -= 7;
    }
    if start > 0 && chars[start - 1] == '<' && chars.get(end) == Some(&'>') {
        (start, end) = (start - 1, end + 1);
    }
    start..end
}

/// Runs of base64 or hexadecimal digits whose content holds an address.
fn in_base64(text: &str, spellings: &[Spelling], depth: usize) -> Vec<Range<usize>> {
    let holds = |decoded: &[u8]| {
        let text = String::from_utf8_lossy(decoded);
        !readable(&View::of(&text), spellings).is_empty()
            || (depth > 1 && !in_base64(&text, spellings, depth - 1).is_empty())
    };
    let runs = base64::runs(text).into_iter();
    runs.filter(|run| base64::decodings(&text[run.clone()]).iter().any(|bytes| holds(bytes))).collect()
}

/// Past what a line break leaves inside a word: a soft break's `=`, spaces, the break, and quote marks.
fn skip_tear(chars: &[char], at: usize) -> usize {
    let gap = chars[at.min(chars.len())..].iter().take(GAP_MOST);
    let torn: Vec<char> =
        gap.copied().take_while(|c| matches!(c, '=' | '\r' | '\n' | ' ' | '\t' | '>' | '|')).collect();
    // An empty line stands between two things.
    if torn.iter().filter(|c| **c == '\n').count() == 1 { at + torn.len() } else { at }
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
    let before = chars[..sign].iter().rev().take(GAP_MOST);
    let gap = before.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '=' | '>'));
    let (length, breaks) = gap.fold((0, 0), |(length, breaks), c| (length + 1, breaks + usize::from(*c == '\n')));
    // An empty line stands between two things.
    if breaks > 1 {
        return None;
    }
    let end = sign - length;
    let last = *chars.get(end.checked_sub(1)?)?;
    if end == sign && matches!(last, ')' | ']') && chars.get(sign + 1).is_some_and(|c| is_domain(*c)) {
        return dressed_start(chars, sign);
    }
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

/// RFC 5322 3.2.2: a comment may stand beside the `@`, and people set brackets; all up to the next space is the address.
fn dressed_start(chars: &[char], sign: usize) -> Option<usize> {
    let length = chars[..sign].iter().rev().take(LOCAL_MOST).take_while(|c| !c.is_whitespace()).count();
    chars[sign - length..sign].iter().any(|c| c.is_alphanumeric()).then_some(sign - length)
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
    // "I am @ home.": a sign between spaces, and the end of a sentence.
    let is_word = start > after && after > 1 && chars[after - 2].is_whitespace();
    let is_sentence = is_word && end > start && chars[end - 1] == '.';
    if whole(end).is_none() && !is_sentence {
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

    fn found(text: &str) -> Vec<&str> {
        addresses(text, &View::of(text), &[]).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn prose_is_no_address() {
        for text in [
            "me at example",
            "@jo",
            "5 @ 3.50",
            "a@b",
            "let me @ you",
            "meet me at the example.",
            "jo@ home",
            "I am @ home.\n\nLove, Jo",
            "We meet @ church.\nAll are welcome.",
            "He said at example.org there is a page",
            "see https://x.example/meet-at-home.html",
            "I look at things. Com on!",
            "arroba es @ y punto.",
            "Answer this mail.\n\n@>\n gm.m\noa",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
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
            ("see jo(hi)@example.org", "jo(hi)@example.org"),
            ("see j.[o]@example.org", "j.[o]@example.org"),
            ("see jo (at) example (dot) org!", "jo (at) example (dot) org"),
            ("see jo at example dot org!", "jo at example dot org"),
            ("<mailto:jo@example.org>", "<mailto:jo@example.org>"),
        ] {
            assert_eq!(found(text), [hit], "{text}");
        }
    }

    #[test]
    fn base64_and_hexadecimal_hide_nothing() {
        for text in [
            "bWVAZXhhbXBsZS5vcmc=",
            "xbWVAZXhhbXBsZS5vcmc",
            "see bWVAZXhhbXBsZS5vcmc, ok",
            "YldWQVpYaGhiWEJzWlM1dmNtYz0=",
            "bQBlAEAAZQB4AGEAbQBwAGwAZQAuAG8AcgBnAA==",
            "6d65406578616d706c652e6f7267",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        assert_eq!(found("Internationalization and congratulations"), Vec::<&str>::new());
    }
}
