//! Knows how mail programs announce a quote, in the languages members write: attribution lines ("On … wrote:"), header
//! blocks ("From: … Sent: …"), separators, and the lines a phone adds by itself. Pure; called by quote.

use super::languages::{FROM, OPENERS, OTHERS, SENT_FROM, SEPARATORS, WROTE};

/// A phone's own line is short; a sentence that happens to begin so is not cut.
const SENT_FROM_MOST: usize = 80;
/// An attribution is date, name and address; a longer one is a paragraph that ends in "wrote:".
const ATTRIBUTION_MOST: usize = 300;
/// Mail programs wrap it over at most so many lines.
const ATTRIBUTION_LINES: usize = 4;

/// Number of lines from `lines[0]` on that are one attribution. `quote_follows`: what comes after them is marked with `>`.
pub(super) fn attribution(lines: &[&str], quote_follows: impl Fn(usize) -> bool) -> Option<usize> {
    let filled = lines
        .iter()
        .take(ATTRIBUTION_LINES)
        .take_while(|line| !line.trim().is_empty() && line.len() <= 2 * ATTRIBUTION_MOST)
        .count();
    let lower: Vec<String> = lines[..filled].iter().map(|line| line.trim().to_lowercase()).collect();
    let reads = |from: usize, to: usize| is_attribution(&lower[from..to].join(" "), quote_follows(to));
    let length = (1..=filled).find(|to| reads(0, *to))?;
    // Prose before it would read as a part of it: an attribution of several lines begins with its date, or has the
    // name alone in its first line.
    let begins_later =
        (1..length).any(|from| is_opened(&lower[from]) && has_digit(&lower[from]) && reads(from, length));
    let begins_here = length == 1
        || (is_opened(&lower[0]) && has_digit(&lower[0]))
        || lower[0].contains('@')
        || (lower[1].starts_with('<') && lower[0].chars().count() <= 40 && !lower[0].ends_with(['.', '!', '?', ',']));
    (begins_here && !begins_later && lower[..length].concat().len() <= ATTRIBUTION_MOST).then_some(length)
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
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
    let has_verb = words(WROTE).any(|verb| has_word(line, verb));
    if ends(line) && has_verb {
        // A time of day: "On page 417 Bill wrote:" is prose.
        let is_dated = is_opened(line) && has_time(line);
        return has_address
            || is_dated
            || (quote_follows && line.chars().count() <= 120)
            || (starts_dated(line) && digits >= 6);
    }
    // "2026/1/15 Jo Smith <jo@example.org>" and "Jo Smith <jo@example.org>, 15 Jan 2026, 10:30:"
    let bare = line.trim_end_matches(':').trim_end();
    let is_short = line.chars().count() <= 160;
    (is_short && starts_dated(line) && digits >= 6 && bare.ends_with('>') && has_address)
        || (is_short && ends(line) && has_address && digits >= 6 && quote_follows)
}

fn ends(line: &str) -> bool {
    let line = line.trim_end_matches(['*', '_', ' ', '\u{A0}']);
    line.ends_with([':', '：']) || line.ends_with(" wrote") || line.ends_with("写道")
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

/// Number of lines from `lines[0]` on that are a quoted header block, with the separator above it.
pub(super) fn header_block(lines: &[&str]) -> Option<usize> {
    let mut at = 0;
    if is_separator(lines.first()?) {
        at = 1;
        while lines.get(at).is_some_and(|line| line.trim().is_empty()) && at < 4 {
            at += 1;
        }
    }
    let separated = at > 0;
    let first_header = at;
    let (mut named, mut writers) = (0, 0);
    let mut end = at;
    while let Some(line) = lines.get(at).filter(|_| at < first_header + 16) {
        match header_name(line) {
            Some(is_writer) => {
                named += 1;
                writers += usize::from(is_writer);
                end = at + 1;
            }
            // A wrapped list of addresses, or the empty lines that HTML puts between the headers.
            None if named > 0 && (line.contains('@') || line.starts_with([' ', '\t'])) && !line.trim().is_empty() => {
                end = at + 1;
            }
            // Between two headers: one in a language we do not know, or the rest of a wrapped one.
            None if named > 0 && is_short(line) && lines.get(at + 1).is_some_and(|l| header_name(l).is_some()) => {}
            None if named > 0
                && line.trim().is_empty()
                && lines.get(at + 1).is_some_and(|l| header_name(l).is_some()) => {}
            None => break,
        }
        at += 1;
    }
    match (named, writers) {
        (2.., 1..) | (3.., _) => Some(end),
        (1.., _) if separated => Some(end),
        (1, 1) if lines[first_header].contains('<') && lines[first_header].contains('@') => Some(end),
        _ if separated && !is_rule(lines[0]) => Some(1),
        _ => None,
    }
}

/// `Some(true)` for a line such as `*Von:* Jo`, `Some(false)` for `Subject: x`.
fn header_name(line: &str) -> Option<bool> {
    let line = line.trim().trim_start_matches(['*', '_', '|', ' ']);
    let (name, _) = line.split_once([':', '：'])?;
    let name = name.trim_matches(['*', '_', ' ', '\u{A0}']).to_lowercase();
    if words(FROM).any(|from| from == name) {
        return Some(true);
    }
    words(OTHERS).any(|other| other == name).then_some(false)
}

fn is_short(line: &str) -> bool {
    !line.trim().is_empty() && line.chars().count() <= 120
}

fn is_separator(line: &str) -> bool {
    if is_rule(line) {
        return true;
    }
    let bare = line.trim().trim_matches(['-', '_', '=', '*', '>', ' ', ':', '～', '—', '–']).to_lowercase();
    let is_marked = line.trim().starts_with(['-', '_', '=', '*', '—']) || line.trim().ends_with(':');
    is_marked && words(SEPARATORS).any(|s| bare == s || bare.starts_with(&format!("{s} from ")))
}

/// The long line that Outlook draws.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && (line.chars().all(|c| c == '_') || line.chars().all(|c| c == '-'))
}

/// "Sent from my phone", in a line by itself.
pub(super) fn is_sent_from(line: &str) -> bool {
    let lower = line.trim().trim_matches(['*', '_', '-', '<', '[', '(', ' ']).to_lowercase();
    lower.chars().count() <= SENT_FROM_MOST
        && (words(SENT_FROM).any(|start| lower.starts_with(start))
            || lower.ends_with("gönderildi")
            || lower.ends_with("から送信"))
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
        ] {
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(attribution(&lines, |_| text.starts_with("2026年")), Some(lines.len()), "{text}");
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
            "From: the heart",
            "To: everybody",
            "_____",
        ] {
            assert_eq!(attribution(&[text], |_| false), None, "{text}");
            assert_eq!(header_block(&[text, "and more"]), None, "{text}");
            assert!(!is_sent_from(text));
        }
        assert!(!is_sent_from(
            "Sent from my heart to yours, and may it find you well on this long and sunny day, friend"
        ));
    }

    #[test]
    fn header_blocks_are_known_with_what_stands_above() {
        for (text, lines) in [
            ("From: Jo Smith\nSent: Monday\nTo: a@b.example;\n c@d.example\nSubject: x\n\nhello", 5),
            (
                "________________________________\nVon: Jo Smith <jo@x.example>\nGesendet: Montag\nAn: Al\nBetreff: x\n\nhello",
                5,
            ),
            ("-----Mensaje original-----\nDe: Jo\nEnviado el: lunes\nPara: Al\nAsunto: x\nhola", 5),
            ("*De :* Jo\n*Envoyé :* lundi\n*À :* Al\n*Objet :* x\n", 4),
            ("-----Original Message-----\nhello", 1),
            ("Begin forwarded message:\n\nFrom: Jo\nSubject: x\nhello", 4),
        ] {
            let all: Vec<&str> = text.lines().collect();
            assert_eq!(header_block(&all), Some(lines), "{text}");
        }
    }
}
