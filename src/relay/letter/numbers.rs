//! Tells a phone number from every other number people write to each other: dates, times, years, amounts, lists of
//! steps. Pure; called by scrub. Where it is unsure it takes the number for a phone: a visible gap can be asked about.

use std::ops::Range;

use super::normal::View;

/// E.164: a number has at most 15 digits; fewer than 7 reach nobody from outside.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Where phone-like numbers stand. `allowed`: emergency numbers, compared by their digits.
pub(super) fn phones(view: &View, allowed: &[String]) -> Vec<Range<usize>> {
    if view.chars.iter().filter(|c| c.is_ascii_digit()).count() < *DIGITS.start() {
        return Vec::new();
    }
    let allowed: Vec<String> = allowed.iter().map(|n| n.chars().filter(char::is_ascii_digit).collect()).collect();
    let chars = without_dates(&view.chars);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let in_link = is_in_link(&chars, at);
        let end = if in_link { at + digits_from(&chars, at) } else { run_end(&chars, at) };
        let run: String = chars[at..end].iter().collect();
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        let is_allowed = allowed.iter().any(|n| *n == digits || digits.strip_prefix('1') == Some(n));
        if (DIGITS.contains(&digits.len()) || (!in_link && are_several(&run)))
            && !is_allowed
            && !is_other(&chars, at, &run)
        {
            found.push(number_start(&chars, at)..end);
        }
        at = end;
    }
    found
}

/// More digits than one number has: two that stand side by side, of which neither may slip.
fn are_several(run: &str) -> bool {
    let mut groups = run.split(|c: char| !c.is_ascii_digit());
    run.chars().filter(char::is_ascii_digit).count() > *DIGITS.end() && groups.any(|group| group.len() >= 3)
}

fn digits_from(chars: &[char], at: usize) -> usize {
    chars[at..].iter().take_while(|c| c.is_ascii_digit()).count()
}

/// In a web address the marks between digits are its own; a number in one piece may still be a phone (wa.me/…).
fn is_in_link(chars: &[char], at: usize) -> bool {
    let word: Vec<char> = chars[..at].iter().rev().take(300).take_while(|c| !c.is_whitespace()).copied().collect();
    word.windows(3).any(|three| three == ['/', '/', ':'])
}

/// Digits with at most three characters of what people put between the groups of a phone number.
fn run_end(chars: &[char], start: usize) -> usize {
    let mut end = start;
    loop {
        end += digits_from(chars, end);
        let gap = gap(&chars[end..]);
        let next = end + gap.len();
        if gap.is_empty()
            || !chars.get(next).is_some_and(char::is_ascii_digit)
            || !joins(&chars[start..end], gap, &chars[next..])
        {
            return end;
        }
        end = next;
    }
}

fn gap(rest: &[char]) -> &[char] {
    let is_gap = |c: &&char| {
        matches!(c, ' ' | '.' | '-' | '(' | ')' | '/' | '\t' | '_' | '*' | '~' | ',' | '[' | ']' | '\n' | '\r' | '>')
    };
    &rest[..rest.iter().take_while(is_gap).count()]
}

/// Whether the digits before and behind a gap can be one number.
fn joins(before: &[char], gap: &[char], after: &[char]) -> bool {
    let is_wrapped = gap.contains(&'\n');
    if is_wrapped {
        // A line was wrapped inside a number, which had begun to look like one; quote marks may follow. Scrub sees lines that
        // end with LF, gate with CR LF: both read the same.
        let marks = gap.iter().filter(|c| matches!(c, '\r' | '\n' | '>')).count();
        let groups = before.split(|c| !c.is_ascii_digit()).filter(|g| g.len() >= 2).count();
        let is_open = groups >= 2 || gap.first() == Some(&'-');
        return is_open
            && gap.iter().filter(|c| **c == '\n').count() == 1
            && gap.len() - marks <= 3
            && !gap.contains(&',');
    }
    if gap.contains(&'>') || gap.len() > 3 {
        return false;
    }
    if gap.contains(&',') {
        // "12, 14" is a list, "1,000,000" an amount.
        return gap.len() == 1 && digits_from(after, 0) != 3
            || (gap.len() == 1 && before.len() >= 3 && before[0] != '1');
    }
    true
}

/// With the `+` and the bracket that belong to it.
fn number_start(chars: &[char], first: usize) -> usize {
    first - chars[..first].iter().rev().take(2).take_while(|c| matches!(c, '+' | '(' | '[')).count()
}

/// Amounts, spans of years, counted lists, and digits inside a longer word of letters and digits.
fn is_other(chars: &[char], start: usize, run: &str) -> bool {
    let before = start.checked_sub(1).and_then(|i| chars.get(i));
    let after = chars.get(start + run.len());
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let numbers: Vec<u64> = groups.iter().filter_map(|g| g.parse().ok()).collect();
    // "600 123 000" and "+34 600.123.000" are numbers of many lands: an amount is round, or has its own marks.
    let is_spaced = run.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    let is_round = groups.iter().skip(1).all(|group| *group == "000") && groups[0].len() < 3;
    let is_money = before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'))
        || (groups.len() > 1
            && before != Some(&'+')
            && !groups[0].starts_with('0')
            && groups[0].len() <= 3
            && run.ends_with("000")
            && groups[1..].iter().all(|g| g.len() == 3)
            && (!is_spaced || is_round));
    let is_years =
        groups.len() <= 3 && groups.iter().zip(&numbers).all(|(g, n)| g.len() == 4 && (1800..2200).contains(n));
    let in_word = before.is_some_and(char::is_ascii_alphabetic) && after.is_some_and(char::is_ascii_alphabetic);
    is_money || is_years || in_word || is_list(&groups, &numbers) || is_isbn(run)
}

/// "5 10 15 20 25" and "3 7 12 25 33 41": even steps, or ever greater numbers of one digit and then of two.
fn is_list(groups: &[&str], numbers: &[u64]) -> bool {
    let steps: Vec<u64> = numbers.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    let is_even = groups.len() > 2
        && !groups.iter().any(|g| g.starts_with('0'))
        && steps.first().is_some_and(|first| *first > 0 && steps.iter().all(|s| s == first));
    let are_short = groups.iter().all(|g| g.len() <= 2 && !g.starts_with('0'));
    let widens = groups.first().map(|g| g.len()) != groups.last().map(|g| g.len());
    is_even || (groups.len() > 3 && are_short && widens && !steps.contains(&0))
}

/// A book's number (ISO 2108): thirteen digits that end in their check digit.
fn is_isbn(run: &str) -> bool {
    let digits: Vec<u32> = run.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip([1, 3].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    let is_book = matches!(digits.as_slice(), [9, 7, 8 | 9, ..]);
    digits.len() == 13 && is_book && sum.is_multiple_of(10)
}

/// The same characters with every date and time of day blanked, so that they join no run.
fn without_dates(chars: &[char]) -> Vec<char> {
    let mut out = chars.to_vec();
    let mut at = 0;
    while at < chars.len() {
        let fresh = at == 0 || !chars[at - 1].is_ascii_digit();
        match if fresh && chars[at].is_ascii_digit() { date_or_time(chars, at) } else { None } {
            Some(end) => {
                out[at..end].fill('#');
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

fn date_or_time(chars: &[char], start: usize) -> Option<usize> {
    let (first, digits, at) = number(chars, start)?;
    let mark = *chars.get(at)?;
    let (second, second_digits, at) = number(chars, at + 1)?;
    let is_clock = digits <= 2 && first < 25 && second_digits == 2 && second < 60;
    if mark == ':' && is_clock {
        return Some(match (chars.get(at), number(chars, at + 1)) {
            (Some(':'), Some((_, 2, end))) => end,
            _ => at,
        });
    }
    if !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    // A digit on either side over the same mark makes it a longer number, as 06.12.34.56.78 is.
    let joined_before = start >= 2 && chars[start - 1] == mark && chars[start - 2].is_ascii_digit();
    let goes_on = |at: usize| chars.get(at) == Some(&mark) && chars.get(at + 1).is_some_and(char::is_ascii_digit);
    if joined_before {
        return None;
    }
    if !goes_on(at) {
        return (mark == '.' && is_clock).then_some(at);
    }
    let (third, third_digits, end) = number(chars, at + 1)?;
    let year = |n: u32, len: usize| len == 4 && (1900..2200).contains(&n);
    let day = |n: u32, len: usize| len <= 2 && (1..=31).contains(&n);
    let is_date = (year(first, digits) && day(second, second_digits) && day(third, third_digits))
        || (day(first, digits) && day(second, second_digits) && (year(third, third_digits) || third_digits == 2));
    (is_date && !goes_on(end)).then_some(end)
}

/// Value, number of digits and end of the number at `start`; at most four digits.
fn number(chars: &[char], start: usize) -> Option<(u32, usize, usize)> {
    let digits: String = chars.get(start..)?.iter().take(5).take_while(|c| c.is_ascii_digit()).collect();
    if digits.len() > 4 {
        return None;
    }
    Some((digits.parse().ok()?, digits.len(), start + digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let view = View::of(text);
        phones(&view, &["988".into(), "1-800-662-4357".into(), "116 123".into()])
            .iter()
            .map(|r| text[view.bytes(r)].to_string())
            .collect()
    }

    #[test]
    fn phone_numbers_of_many_lands_are_found_whole() {
        for number in [
            "+1 (555) 010-9999",
            "(555) 010 9999",
            "555-0109",
            "555.010.9999",
            "5550109999",
            "+44 20 7946 0958",
            "06.12.34.56.78",
            "06 12 34 56 78",
            "0171/1234567",
            "+34-600-123-456",
            "٠٥٥١٢٣٤٥٦٧",
            "௫௫௫௦௧௦௯௯௯௯",
            "555_010_9999",
            "555*010*9999",
            "555·010·9999",
            "555,010,9999",
            "[555] 010 9999",
            "555 010\n9999",
            "555 010\n> 9999",
            "555-010-\n9999",
        ] {
            assert_eq!(found(&format!("call {number} please")), [number]);
        }
    }

    #[test]
    fn several_numbers_side_by_side_all_go() {
        for text in [
            "0171 1234567\n0172 1234567",
            "206-555-0142\n206-555-0143",
            "0171 1234567 / 0171 1234568",
            "2065550142 2065550143",
            "(206) 555-0142\n(206) 555-0143",
            "206 555 0142 5 6 7 8 9 10",
            "+34 600 123 000",
            "+33 612 345 000",
            "600 123 000",
            "06 12 18 24 30",
        ] {
            let left = found(text).iter().fold(text.to_owned(), |left, number| left.replace(number, ""));
            let digits = left.chars().filter(char::is_ascii_digit).count();
            assert!(digits < 7, "{text}: {left}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "2026-01-15 10:30",
            "2026-01-15T10:30:00Z",
            "on 15.01.2026 at 18.30",
            "01/15/2026 7:30pm",
            "10:30-12:00",
            "10.30 - 12.30",
            "2024-2025",
            "988 or 911",
            "1-800-662-4357",
            "116 123",
            "began 12/12/2012, 30 in 30",
            "steps 1 2 3 4 5 6 7 8 9",
            "1-2-3-4-5-6-7",
            "$1500000",
            "1.000.000 people",
            "1,000,000",
            "1 000 000 de personas",
            "100 200 300 400 500 600",
            "https://x.example/t/15858/38-2026",
            "page 417, room 12, 24/7",
            "3 7 12 25 33 41",
            "5 10 15 20 25 30",
            "978-0-306-40615-7",
            "steps 4,5,6,7 and 10,11,12",
            "bus 27, 28, 33, 45, 56",
            "1,234,567 and 12,345,678 people",
            "it was 500\n2000 people came",
            "12\n34\n56\n78",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
