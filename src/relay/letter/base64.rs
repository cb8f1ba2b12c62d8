//! Finds and undoes base64 in a text, for an address written that way. Called by tokens.

use std::ops::Range;

use data_encoding::BASE64_NOPAD;

/// Characters of one run of base64 worth decoding: `a@b.co` makes eight.
const BASE64_LEAST: usize = 8;

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
    (0..4).map(from).collect()
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
            let gap = bytes[at..].iter().take_while(|b| matches!(b, b'\r' | b'\n' | b'>' | b' ')).count();
            let wrapped = bytes[at..at + gap].contains(&b'\n');
            if at - line < 40 || !wrapped {
                break;
            }
            at += gap;
        }
        if end - start >= BASE64_LEAST {
            runs.push(start..end + bytes[end..].iter().take(2).take_while(|b| **b == b'=').count());
        }
        at = at.max(start + 1);
    }
    runs
}
