//! Knows how mail programs announce a quote, in the languages members write: attribution lines ("On … wrote:"), header
//! blocks ("From: … Sent: …"), separators, and the lines a phone adds by itself. Pure; called by quote.

use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::languages::{
    DEVICES, NO_NAMES, OFFERS, OPENERS, PRODUCTS, PRONOUNS, SENT_FROM, SENT_FROM_ENDS, WROTE, WROTE_BEFORE_NAME,
};
use super::normal::is_invisible;

/// A phone's own line is short; a sentence that happens to begin so is not cut.
const SENT_FROM_MOST: usize = 80;
/// An attribution is date, name and address; a longer one is a paragraph that ends in "wrote:".
const ATTRIBUTION_MOST: usize = 300;
/// Mail programs wrap it over at most so many lines.
const ATTRIBUTION_LINES: usize = 4;

/// Number of lines from `lines[0]` on that are one attribution. `quote_follows`: what comes after them is marked with `>`.
pub(super) fn attribution(lines: &[&str], quote_follows: impl Fn(usize) -> bool) -> Option<usize> {
    if !lines.iter().take(ATTRIBUTION_LINES).any(|line| may_end(line)) {
        return None;
    }
    let filled = lines
        .iter()
        .take(ATTRIBUTION_LINES)
        .take_while(|line| !line.trim().is_empty() && line.len() <= 2 * ATTRIBUTION_MOST)
        .count();
    let seen: Vec<String> = lines[..filled].iter().map(|line| visible(line)).collect();
    let lower: Vec<String> = seen.iter().map(|line| line.to_lowercase()).collect();
    let reads = |from: usize, to: usize| {
        is_attribution(&lower[from..to].join(" "), quote_follows(to))
            || (quote_follows(to) && is_name_and_verb(&seen[from..to].join(" ")))
    };
    let length = (1..=filled).find(|to| reads(0, *to))?;
    // Prose before it would read as a part of it: an attribution of several lines begins with its date, or has the
    // name alone in its first line.
    let is_dated = |line: &str| has_digit(line) && (is_opened(line) || has_time(line));
    let begins_with_mailbox = lower[0].split_once('<').is_some_and(|(name, rest)| {
        name.chars().count() <= 40 && !name.contains(['.', '!', '?']) && rest.contains('@') && rest.contains('>')
    });
    let begins_later = !begins_with_mailbox && (1..length).any(|from| is_dated(&lower[from]) && reads(from, length));
    let begins_here = length == 1
        || is_dated(&lower[0])
        || lower[0].contains('@')
        || (lower[1].starts_with('<') && lower[0].chars().count() <= 40 && !lower[0].ends_with(['.', '!', '?', ',']));
    // "---- On Monday Jo <jo@x.example> wrote ----", wrapped before its end, and "wrote (5 Jan 2026):"
    let is_rest = |line: &String| (ends(line) && has_digit(line)) || line.chars().all(|c| matches!(c, '-' | ':'));
    let rest = usize::from(lower.get(length).is_some_and(is_rest) && quote_follows(length + 1));
    (begins_here && !begins_later && lower[..length].concat().len() <= ATTRIBUTION_MOST).then_some(length + rest)
}

/// Most lines of prose end in a letter or a full stop, and no attribution does.
fn may_end(line: &str) -> bool {
    let line = line.trim_end();
    if !line.contains(char::is_alphanumeric) {
        return line.ends_with(':');
    }
    line.ends_with(|c: char| !c.is_ascii() || matches!(c, ':' | '>' | '-' | '*' | '_')) || line.ends_with("wrote")
}

/// Without spaces around it and without marks of direction, which mail programs set around names.
pub(super) fn visible(line: &str) -> String {
    if line.is_ascii() {
        return line.trim().to_owned();
    }
    let is_mark = |c: char| !c.is_ascii() && is_invisible(c) && !is_combining_mark(c);
    line.trim().chars().filter(|c| !is_mark(*c)).collect()
}

pub(super) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|')
}

fn has_digit(line: &str) -> bool {
    line.chars().any(|c| c.is_ascii_digit())
}

/// The rest of an attribution that a mail program wrapped before the `>` of an address: "> wrote:".
pub(super) fn is_torn_tail(before: &str, line: &str) -> bool {
    let is_open = before.rfind('<') > before.rfind('>');
    let line = line.trim().to_lowercase();
    is_open && (line == ":" || (ends(&line) && words(WROTE).any(|verb| line.starts_with(verb))))
}

fn is_attribution(line: &str, quote_follows: bool) -> bool {
    let line = line.trim_matches(['*', '_', '|', ' ', '-']);
    let has_address = line.contains('@') || (line.contains('<') && line.contains('>'));
    let digits = line.chars().filter(char::is_ascii_digit).count();
    if ends(line) && words(WROTE).any(|verb| has_word(line, verb)) {
        // A time of day: "On page 417 Bill wrote:" is prose.
        let is_dated = has_time(line) && (is_opened(line) || digits >= 8);
        let has_date = is_dated || (starts_dated(line) && digits >= 6);
        return has_address || (has_date && (quote_follows || is_date_name_and_verb(line)));
    }
    // "2026/1/15 Jo Smith <jo@example.org>" and "Jo Smith <jo@example.org>, 15 Jan 2026, 10:30:", in whatever language
    let bare = line.trim_end_matches([':', '：']).trim_end();
    let is_short = line.chars().count() <= 160;
    let has_framed = line.find('<').is_some_and(|at| line[at..].contains('@') && line[at..].contains('>'));
    is_short
        && ((starts_dated(line) && digits >= 6 && bare.ends_with('>') && has_address)
            || (ends(line) && has_framed && (digits >= 6 || quote_follows))
            || (ends(line) && has_address && digits >= 6 && quote_follows))
}

/// Without an address or a quote to prove it, nothing but a date, a name and the verb, in any order: "at 10:30 Bill wrote me a list:"
/// is the writer's own.
fn is_date_name_and_verb(line: &str) -> bool {
    let is_name = |text: &str| {
        let mut parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|part| !part.is_empty());
        text.split_whitespace().count() <= 6 && !parts.any(is_no_name)
    };
    let past_digits = |text: &str| text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let is_done = |text: &str| !text.trim_start_matches("(a)").contains(char::is_alphanumeric);
    words(WROTE).any(|verb| {
        line.match_indices(verb).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + verb.len()..]);
            let between = &before[past_digits(before)..];
            let name_first = before.len() > between.len() && is_name(between) && is_done(after);
            let name_last = words(WROTE_BEFORE_NAME).any(|v| v == verb) && !between.contains(',') && is_name(after);
            let tail = after[past_digits(after)..].split_whitespace().count();
            let date_last = is_name(before) && !has_digit(before) && has_digit(after) && tail <= 2;
            name_first || (name_last && is_name(between) && !has_digit(after) && has_digit(before)) || date_last
        })
    })
}

fn is_no_name(word: &str) -> bool {
    words(PRONOUNS).chain(words(NO_NAMES)).any(|own| own == word)
}

/// "Jo Ann Smith wrote:", with nothing but a name in it. "I wrote:" and "What my sponsor wrote:" are the writer's own.
fn is_name_and_verb(line: &str) -> bool {
    let line = line.trim_matches(['*', '_', '|', ' ', '-', '>', '"']);
    let lower = line.to_lowercase();
    if !ends(&lower) || lower.chars().count() > 120 {
        return false;
    }
    let Some(at) = words(WROTE).filter_map(|verb| lower.find(&format!(" {verb}"))).min() else { return false };
    let name: Vec<&str> = lower.get(..at).and_then(|_| line.get(..at)).unwrap_or_default().split_whitespace().collect();
    let is_name = |word: &&&str| !word.starts_with(char::is_lowercase);
    let is_own = name.first().is_some_and(|word| is_no_name(&word.to_lowercase()));
    name.len() <= 5
        && !is_own
        && name.first().as_ref().is_some_and(is_name)
        && name.last().as_ref().is_some_and(is_name)
}

fn ends(line: &str) -> bool {
    let line = line.trim_end_matches(['*', '_', ' ', '\u{A0}']);
    line.ends_with([':', '：']) || line.ends_with(" wrote") || line.ends_with("写道") || line.ends_with("のメール")
}

fn is_opened(lower: &str) -> bool {
    let lower = lower.trim_start_matches(['*', '_', '-', ' ']);
    words(OPENERS).any(|opener| lower.starts_with(opener)) || starts_dated(lower)
}

fn starts_dated(line: &str) -> bool {
    let head: String = line.chars().take(12).collect();
    let mark = head.find(['-', '/', '.', '年']).unwrap_or(usize::MAX);
    head.starts_with(|c: char| c.is_ascii_digit()) && (mark <= 4 || has_time(line))
}

/// "10:30" or "10h30".
fn has_time(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    chars.windows(4).any(|four| {
        let [hour, mark, tens, ones] = four else { return false };
        matches!(mark, ':' | 'h') && [hour, tens, ones].iter().all(|c| c.is_ascii_digit())
    })
}

/// `word` in `line`, not inside a longer word of letters (scripts without spaces do not count as inside).
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && (c as u32) < 0x2E80);
        !joins(line[..at].chars().next_back()) && !joins(line[at + word.len()..].chars().next())
    })
}

/// A quick look at the first two letters; endings without a beginning are of other scripts.
fn may_say_sent(line: &str) -> bool {
    static STARTS: LazyLock<Vec<[u8; 2]>> = LazyLock::new(|| {
        let starts = words(SENT_FROM).chain(words(OFFERS)).chain(SENT_FROM_ENDS.iter().map(|(start, _)| *start));
        let mut starts: Vec<[u8; 2]> = starts.filter_map(|start| start.as_bytes().first_chunk().copied()).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    });
    let bare = line.trim_start_matches(['*', '_', '-', '<', '[', '(', ' ']).as_bytes();
    let start = bare.first_chunk::<2>().map(|two| two.map(|letter| letter.to_ascii_lowercase()));
    !line.is_ascii() || start.is_some_and(|start| STARTS.binary_search(&start).is_ok())
}

/// "Sent from my phone", in a line by itself: it says that it was sent, and names a device or a program.
pub(super) fn is_sent_from(line: &str) -> bool {
    if line.len() > 4 * SENT_FROM_MOST || !may_say_sent(line) {
        return false;
    }
    let line = visible(line);
    let lower = line.trim_matches(['*', '_', '-', '<', '[', '(', ' ']).to_lowercase();
    let end = lower.trim_end_matches(['.', '!', ')', ']', '>', '*', '_', ' ']);
    if lower.chars().count() > SENT_FROM_MOST {
        return false;
    }
    let says = words(SENT_FROM).any(|start| lower.starts_with(start))
        || SENT_FROM_ENDS.iter().any(|(first, last)| lower.starts_with(first) && end.ends_with(last));
    let offers = || words(OFFERS).any(|start| lower.starts_with(start));
    (says && words(DEVICES).any(|device| lower.contains(device)))
        || (offers() && words(PRODUCTS).any(|product| has_word(&lower, product)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_in_many_languages_are_known() {
        for text in [
            "On Mon, 5 Jan 2026 at 10:30, Jo Smith <jo@x.example> wrote:",
            "On Mon, 5 Jan 2026 at 10:30, Jo Smith\n<jo@x.example> wrote:",
            "On Jan 5, 2026, at 10:30 AM, Jo Smith\n<jo@x.example\n<mailto:jo@x.example>> wrote:",
            "El lun, 5 ene 2026 a las 10:30, Jo Smith (<jo@x.example>) escribió:",
            "Am 05.01.26 um 10:30 schrieb Jo Smith:",
            "Jo Smith <jo@x.example> schrieb am Mo., 5. Jan.\n2026, 10:30:",
            "Le lun. 5 janv. 2026 à 10:30, Jo Smith <jo@x.example> a écrit :",
            "Em seg., 5 de jan. de 2026 às 10:30, Jo Smith <jo@x.example>\nescreveu:",
            "Il giorno lun 5 gen 2026 alle ore 10:30 Jo Smith <jo@x.example>\nha scritto:",
            "Op ma 5 jan. 2026 om 10:30 schreef Jo Smith <jo@x.example>:",
            "Op 5 jan 2026 om 10:30 heeft Jo Smith <jo@x.example> het volgende geschreven:",
            "2026/1/5 Jo Smith <jo@x.example>",
            "20 окт. 2016 г. 19:37 пользователь \"Jo\" <\njo@x.example> написал:",
            "2026年1月5日(月) 10:30 Jo Smith <jo@x.example>:",
            "Quoting Jo Smith <jo@x.example>:",
            "Jo Ann Smith wrote:",
            "man. 5. jan. 2026 kl. 10:30 skrev Jo\nSmith <jo@x.example>:",
            "\u{202B}בתאריך 5 בינו׳ 2026 ב-10:30 מאת \u{202A}Jo\u{202C} <\u{202A}jo@x.example\u{202C}>:\u{202C}",
            "---- On Mon, 05 Jan 2026 10:30:00 +0530 Jo <jo@x.example> wrote\n----",
        ] {
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(attribution(&lines, |_| true), Some(lines.len()), "{text}");
        }
    }

    #[test]
    fn prose_is_no_heading() {
        for text in [
            "On Monday she wrote:",
            "On page 417, in 1939, Bill wrote:",
            "Sent via my sister, the form you wanted.",
            "I read what Bill wrote: it helped.",
            "Here is my list for 2026:",
            "I met 12 people and one of them wrote:",
            "I wrote:",
            "My sponsor told me what Bill wrote:",
            "You asked about 3 things on 12/12/2025 10:30:",
        ] {
            assert_eq!(attribution(&[text], |_| false), None, "{text}");
            assert_eq!(
                attribution(&[text], |_| true).filter(|_| text.starts_with('I') || text.starts_with("My")),
                None
            );
            assert!(!is_sent_from(text));
        }
        for text in [
            "Sent from my heart to yours.",
            "Get a phone list at your first meeting.",
            "Get well soon on your phone!",
            "Download the app Everything AA on your phone.",
            "Obtener un teléfono móvil es difícil.",
            "Von meinen Telefonaten erzähle ich dir jetzt.",
            "Gesendet habe ich es vom Handy.",
            "Ich habe dir die Handynummer gesendet.",
        ] {
            assert!(!is_sent_from(text), "{text}");
        }
    }

    #[test]
    fn what_a_phone_adds_is_known_by_what_it_names() {
        for text in [
            "Sent from my iPhone",
            "*Sent with Spark*",
            "Get Outlook for iOS<https://aka.ms/x>",
            "Enviado desde mi iPhone",
            "Von meinem iPhone gesendet",
            "Von meinem Handy gesendet.",
            "Gesendet von meinem Mobiltelefon",
            "Obtener Outlook para Android",
            "Download the new Yahoo Mail app",
            "Envoyé depuis l'application Mail Orange",
            "Trimis de pe iPhone-ul meu",
            "iPhone'umdan gönderildi",
            "从我的 iPhone 发送",
        ] {
            assert!(is_sent_from(text), "{text}");
        }
    }
}
