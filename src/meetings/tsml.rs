//! The Meeting Guide format (code4recovery's specification, also called TSML): a JSON array, one object a meeting. Feeds come
//! from many programs, so each entry is read as generously as its meaning allows, and an entry that cannot be shown is left
//! out. Pure: octets in, meetings out. What it gives is bounded, whatever was sent.

use std::fmt;

use mail_parser::decoders::html::html_to_text;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use url::Url;

/// A list of every meeting of a large fellowship has a quarter of this.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;
const MOST_ENTRY_BYTES: usize = 16 * 1024;
const MOST_ENTRIES: usize = 5_000;
/// Characters.
const LONGEST_NAME: usize = 120;
const LONGEST_PLACE: usize = 200;
const LONGEST_LINK: usize = 500;
const LONGEST_ZONE: usize = 60;

/// A meeting that is held every week, online (`link`), in a room (`place`) or both; one of the two is there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Meeting {
    pub name: String,
    /// 0 is Sunday; in rising order, at least one.
    pub days: Vec<u8>,
    /// Minutes since midnight where the meeting is.
    pub minute: u16,
    /// IANA name; without one the meeting keeps the clock of the install.
    pub zone: Option<String>,
    /// `http` or `https`.
    pub link: Option<String>,
    pub place: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a list of meetings")]
pub struct NotAList;

/// The meetings that can be shown. A list with none of them is an empty one.
pub fn read(octets: &[u8]) -> Result<Vec<Meeting>, NotAList> {
    if octets.len() > MOST_BYTES {
        return Err(NotAList);
    }
    let text = String::from_utf8_lossy(octets);
    let list: Entries = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| NotAList)?;
    Ok(list.0)
}

/// Entry by entry, so that no more than one is in memory as it was sent.
struct Entries(Vec<Meeting>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_seq(EachEntry)
    }
}

struct EachEntry;

impl<'de> Visitor<'de> for EachEntry {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of meetings")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Entries, A::Error> {
        let mut meetings = Vec::new();
        for _ in 0..MOST_ENTRIES {
            let Some(entry) = entries.next_element::<&RawValue>()? else { return Ok(Entries(meetings)) };
            // Opened, an entry takes many times its bytes.
            if entry.get().len() <= MOST_ENTRY_BYTES
                && let Ok(Value::Object(entry)) = serde_json::from_str(entry.get())
            {
                meetings.extend(meeting(&entry));
            }
        }
        while entries.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Entries(meetings))
    }
}

/// Without a day it is by appointment, without a time nobody knows when: neither is shown.
fn meeting(entry: &Map<String, Value>) -> Option<Meeting> {
    let (is_online, is_in_person) = ways(entry);
    let link = is_online.then(|| link(entry)).flatten();
    let place = is_in_person.then(|| place(entry)).flatten();
    if link.is_none() && place.is_none() {
        return None;
    }
    Some(Meeting {
        name: line(entry, "name", LONGEST_NAME)?,
        days: days(entry.get("day")?)?,
        minute: minute(entry.get("time")?.as_str()?)?,
        zone: line(entry, "timezone", LONGEST_ZONE),
        link,
        place,
    })
}

/// Whether it is held online, whether in a room. What does not say so is online where it has a link, and in a room unless the
/// room is closed for now, the address is only about right, or its types say online and nothing else.
fn ways(entry: &Map<String, Value>) -> (bool, bool) {
    let has_type = |wanted: &str| {
        let types = entry.get("types").and_then(Value::as_array);
        types.is_some_and(|types| types.iter().any(|one| one.as_str() == Some(wanted)))
    };
    let is_closed = has_type("TC");
    match entry.get("attendance_option").and_then(Value::as_str).map(str::trim) {
        Some("inactive") => (false, false),
        Some("online") => (true, false),
        Some("in_person") => (false, !is_closed),
        Some("hybrid") => (true, !is_closed),
        _ => {
            let is_about_right = entry.get("approximate").and_then(Value::as_str) == Some("yes");
            (true, !is_closed && !is_about_right && !has_type("ONL"))
        }
    }
}

fn days(value: &Value) -> Option<Vec<u8>> {
    let mut days: Vec<u8> = match value {
        Value::Array(several) => several.iter().filter_map(day).collect(),
        one => day(one).into_iter().collect(),
    };
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then_some(days)
}

fn day(value: &Value) -> Option<u8> {
    let number = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.and_then(|number| u8::try_from(number).ok()).filter(|day| *day < 7)
}

/// "19:30"; also "9:30" and "19:30:00".
fn minute(text: &str) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let mut number = |most: u16| {
        let part = parts.next().filter(|part| (1..=2).contains(&part.len()))?;
        let is_digits = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|number| is_digits && *number <= most)
    };
    let (hours, minutes) = (number(23)?, number(59)?);
    Some(hours * 60 + minutes)
}

/// Where it says who one is, or leads to another kind of program, it is no link to press.
fn link(entry: &Map<String, Value>) -> Option<String> {
    let text = entry.get("conference_url")?.as_str()?.trim();
    let url = Url::parse(text).ok()?;
    let is_plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    let text = String::from(url);
    (is_plain && text.len() <= LONGEST_LINK).then_some(text)
}

fn place(entry: &Map<String, Value>) -> Option<String> {
    let part = |key: &str| line(entry, key, LONGEST_PLACE);
    let address = part("formatted_address").or_else(|| match (part("address"), part("city")) {
        (Some(street), Some(city)) => Some(format!("{street}, {city}")),
        (street, city) => street.or(city),
    })?;
    let named = match part("location").filter(|name| !address.starts_with(name.as_str())) {
        Some(name) => format!("{name}, {address}"),
        None => address,
    };
    Some(named.chars().take(LONGEST_PLACE).collect())
}

/// One line of text without what nobody can see; none where nothing is left.
fn line(entry: &Map<String, Value>, key: &str, longest: usize) -> Option<String> {
    let text = entry.get(key)?.as_str()?;
    // Some programs send their names as they stand in a page, `&amp;` and all. A few octets are enough to judge by.
    let text: String = text.chars().take(longest * 8).collect();
    let text = if text.contains('&') && text.contains(';') { html_to_text(&text) } else { text };
    let seen =
        text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).filter(|c| is_visible(*c));
    let words: String = seen.collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(longest).collect();
    (!line.is_empty()).then_some(line)
}

/// Marks that turn the direction of text around, or have no width, could make one meeting look like another.
fn is_visible(c: char) -> bool {
    !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
