//! Finds and undoes base64 in a text, and bytes written as hexadecimal digits, for an address written that way. Called by tokens.

use std::ops::Range;

use data_encoding::{BASE64_NOPAD, HEXLOWER_PERMISSIVE};

/// Characters of one run of base64 worth decoding: `a@b.co` makes eight.
const BASE64_LEAST: usize = 8;
/// "a@b.co"
const ADDRESS_LEAST: usize = 6;

/// The bytes of a run, in the four ways to cut a run into groups of four, because its beginning may be something else.
pub(super) fn decodings(run: &str) -> Vec<Vec<u8>> {
    let plain: Vec<u8> = run
        .bytes()
        .filter(|b| !matches!(b, b'\n' | b'\r' | b' ' | b'\t' | b'>' | b'='))
        .map(|b| {
            if b == b'-' {
                b'+'
            } else if b == b'_' {
                b'/'
            } else {
                b
            }
        })
        .collect();
    let from = |skip: usize| {
        let mut rest = plain.get(skip..).unwrap_or_default().to_vec();
        // The last two or three characters carry one or two bytes more; a single one carries nothing whole.
        if rest.len() % 4 == 1 {
            rest.pop();
        }
        rest.resize(rest.len().next_multiple_of(4), b'A');
        BASE64_NOPAD.decode(&rest).unwrap_or_default()
    };
    let mut all: Vec<Vec<u8>> = (0..4).map(from).collect();
    // Text of two bytes a character: its ASCII is every other byte.
    let halves = all.iter().filter(|bytes| bytes.contains(&0)).map(|bytes| without_nul(bytes)).collect::<Vec<_>>();
    all.extend(halves);
    all.extend(HEXLOWER_PERMISSIVE.decode(&plain).ok());
    all.retain(|bytes| may_hold(bytes));
    all
}

/// Most words of prose decode to noise. An address is a row of letters with its sign, or a longer one in disguise.
fn may_hold(bytes: &[u8]) -> bool {
    let is_printable = |b: &u8| matches!(b, b' '..=b'~');
    bytes
        .split(|b| !is_printable(b))
        .any(|run| run.len() >= BASE64_LEAST || (run.len() >= ADDRESS_LEAST && run.contains(&b'@')))
}

fn without_nul(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().filter(|b| **b != 0).copied().collect()
}

/// Every place of `@` in a group makes a capital of one of its letters, and a word has one at its beginning at most.
fn is_no_word(run: &[u8]) -> bool {
    run[1..].iter().any(u8::is_ascii_uppercase) || run.iter().all(u8::is_ascii_hexdigit)
}

/// A line of base64 and no prose that begins with a word.
fn is_whole_line(rest: &[u8], is_base64: impl Fn(u8) -> bool) -> bool {
    let run = rest.iter().take_while(|b| is_base64(**b)).count();
    rest[run..].iter().find(|b| !matches!(b, b'=' | b' ' | b'\r')).is_none_or(|b| *b == b'\n')
}

pub(super) fn runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut end = at;
        loop {
            let line = at;
            at += bytes[at..].iter().take_while(|b| is_base64(**b)).count();
            if at > line {
                end = at;
            }
            // A run goes on in the next line only where lines are long enough to have been wrapped by a machine.
            if at - line < 40 {
                break;
            }
            let gap = bytes[at..].iter().take_while(|b| matches!(b, b'\r' | b'\n' | b'>' | b' ')).count();
            let breaks = bytes[at..at + gap].split(|b| *b == b'\n').count() - 1;
            if breaks != 1 || !is_whole_line(&bytes[at + gap..], is_base64) {
                break;
            }
            at += gap;
        }
        if end - start >= BASE64_LEAST && is_no_word(&bytes[start..end]) {
            runs.push(start..end + bytes[end..].iter().take(2).take_while(|b| **b == b'=').count());
        }
        at = at.max(start + 1);
    }
    runs
}
