use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::clock::Timestamp;

const NEW_YORK: &str = "America/New_York";

fn read_one(entry: &Value) -> Option<Meeting> {
    let mut all = read(json!([entry]).to_string().as_bytes()).unwrap();
    assert!(all.len() <= 1);
    all.pop()
}

fn entry() -> Value {
    json!({
        "name": "Early Risers", "day": 1, "time": "07:30", "end_time": "08:30", "timezone": NEW_YORK, "types": ["O", "D"],
        "attendance_option": "hybrid", "conference_url": "https://meet.example/j/1",
        "formatted_address": "12 Oak St, Albany, NY", "location": "Community Hall",
    })
}

/// The entry with one field changed, or taken out.
fn with(key: &str, value: Value) -> Option<Meeting> {
    let mut entry = entry();
    match value {
        Value::Null => entry.as_object_mut().unwrap().remove(key),
        value => entry.as_object_mut().unwrap().insert(key.to_owned(), value),
    };
    read_one(&entry)
}

fn weekly(days: &[u8], minute: u16, zone: Option<&str>) -> Meeting {
    Meeting {
        name: "A".to_owned(),
        days: days.to_vec(),
        minute,
        zone: zone.map(str::to_owned),
        link: Some("https://meet.example/".to_owned()),
        place: None,
    }
}

fn at(text: &str) -> Timestamp {
    Timestamp(DateTime::parse_from_rfc3339(text).unwrap().timestamp())
}

fn starts(meeting: &Meeting, now: &str) -> Timestamp {
    upcoming(std::slice::from_ref(meeting), at(now), 0, 0).online[0].at
}

#[test]
fn a_meeting_is_read_as_the_format_says() {
    let read = read_one(&entry()).unwrap();
    let expected = Meeting {
        name: "Early Risers".to_owned(),
        days: vec![1],
        minute: 7 * 60 + 30,
        zone: Some(NEW_YORK.to_owned()),
        link: Some("https://meet.example/j/1".to_owned()),
        place: Some("Community Hall, 12 Oak St, Albany, NY".to_owned()),
    };
    assert_eq!(read, expected);
}

#[test]
fn days_and_times_are_read_as_programs_write_them() {
    for (day, days) in
        [(json!("3"), vec![3]), (json!(0), vec![0]), (json!([6, "2", 2, 9, null]), vec![2, 6]), (json!(" 5 "), vec![5])]
    {
        assert_eq!(with("day", day.clone()).map(|meeting| meeting.days), Some(days), "{day}");
    }
    for (time, minute) in [("00:00", 0), ("23:59", 1439), ("9:05", 545), (" 19:30:00 ", 1170)] {
        assert_eq!(with("time", json!(time)).map(|meeting| meeting.minute), Some(minute), "{time}");
    }
    let by_appointment = [Value::Null, json!(""), json!([]), json!(7), json!(-1), json!(1.5), json!({}), json!([[1]])];
    for day in by_appointment {
        assert_eq!(with("day", day.clone()), None, "{day}");
    }
    for time in
        [Value::Null, json!(""), json!("24:00"), json!("12:60"), json!("noon"), json!("+1:00"), json!(730), json!("7")]
    {
        assert_eq!(with("time", time.clone()), None, "{time}");
    }
}

#[test]
fn a_meeting_is_where_it_says_it_is() {
    let ways = |entry: &Value| read_one(entry).map(|meeting| (meeting.link.is_some(), meeting.place.is_some()));
    for (option, types, expected) in [
        (json!("hybrid"), json!([]), Some((true, true))),
        (json!("online"), json!([]), Some((true, false))),
        (json!("in_person"), json!([]), Some((false, true))),
        (json!("inactive"), json!([]), None),
        (json!("in_person"), json!(["TC"]), None),
        (json!("hybrid"), json!(["TC", "ONL"]), Some((true, false))),
        (json!(""), json!(["ONL"]), Some((true, false))),
        (Value::Null, json!(["O"]), Some((true, true))),
        (Value::Null, json!("TC"), Some((true, true))),
        (json!(4), json!([4, null]), Some((true, true))),
    ] {
        let mut entry = entry();
        entry["attendance_option"] = option.clone();
        entry["types"] = types.clone();
        assert_eq!(ways(&entry), expected, "{option} {types}");
    }
    let mut about = entry();
    about.as_object_mut().unwrap().remove("attendance_option");
    about["approximate"] = json!("yes");
    assert_eq!(ways(&about), Some((true, false)));
}

#[test]
fn only_a_plain_web_address_is_a_link() {
    let mut entry = entry();
    entry["attendance_option"] = json!("online");
    for link in [
        "javascript:alert(1)",
        "data:text/html,x",
        "tel:+15550100",
        "zoommtg://zoom.example/join",
        "https://me:secret@meet.example/",
        "https://me@meet.example/",
        "meet.example/j/1",
        "https://",
        "",
    ] {
        entry["conference_url"] = json!(link);
        assert_eq!(read_one(&entry), None, "{link}");
    }
    entry["conference_url"] = json!(format!("https://meet.example/{}", "a".repeat(600)));
    assert_eq!(read_one(&entry), None);
    entry["conference_url"] = json!("http://meet.example/a\"><b>");
    assert_eq!(read_one(&entry).unwrap().link.unwrap(), "http://meet.example/a%22%3E%3Cb%3E");
}

#[test]
fn text_is_one_short_line_of_what_can_be_seen() {
    for (name, shown) in [
        ("  Noon\r\n\tgroup\u{0} ", "Noon group"),
        ("Women&#8217;s &amp; men&#8217;s", "Women\u{2019}s & men\u{2019}s"),
        ("A & B", "A & B"),
        ("abc\u{202e}def\u{200b}\u{feff}", "abcdef"),
    ] {
        assert_eq!(with("name", json!(name)).unwrap().name, shown, "{name:?}");
    }
    assert_eq!(with("name", json!("\u{200b} \n")), None);
    assert_eq!(with("name", json!("é".repeat(5000))).unwrap().name.chars().count(), 120);
    assert_eq!(with("location", json!("x".repeat(5000))).unwrap().place.unwrap().chars().count(), 200);
    let mut apart = entry();
    apart.as_object_mut().unwrap().remove("formatted_address");
    apart.as_object_mut().unwrap().remove("location");
    apart["city"] = json!("Albany");
    assert_eq!(read_one(&apart).unwrap().place.unwrap(), "Albany");
    apart["address"] = json!("12 Oak St");
    assert_eq!(read_one(&apart).unwrap().place.unwrap(), "12 Oak St, Albany");
}

#[test]
fn what_is_no_list_is_refused_and_odd_entries_are_left_out() {
    for text in ["", "{}", "null", "<!doctype html><p>502</p>", "[{\"name\":", "{\"meetings\": []}", "[1,2"] {
        assert_eq!(read(text.as_bytes()), Err(NotAList), "{text}");
    }
    let good = entry().to_string();
    let text = format!("\u{feff}[null, 7, \"x\", [], {good}, {{}}, {{\"name\": 5, \"day\": {{}}, \"time\": []}}]");
    assert_eq!(read(text.as_bytes()).unwrap().len(), 1);
    let mut octets = text.into_bytes();
    octets.splice(3..4, [b'[', b'"', 0xff, b'"', b',']); // a broken letter in a name costs that letter
    assert_eq!(read(&octets).unwrap().len(), 1);
    assert_eq!(read(&vec![b' '; MOST_BYTES + 1]), Err(NotAList));
    let many = format!("[{}]", vec!["{\"name\":\"A\",\"day\":1,\"time\":\"10:00\",\"city\":\"B\"}"; 20_500].join(","));
    assert_eq!(read(many.as_bytes()).unwrap().len(), 5_000);
}

fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("name"),
        Just("day"),
        Just("time"),
        Just("timezone"),
        Just("types"),
        Just("attendance_option"),
        Just("conference_url"),
        Just("formatted_address"),
        Just("address"),
        Just("city"),
        Just("location"),
        Just("other")
    ];
    let text = prop_oneof![
        any::<String>(),
        Just("07:30".to_owned()),
        Just("hybrid".to_owned()),
        Just("3".to_owned()),
        Just("https://meet.example/1".to_owned()),
        Just("Asia/Kolkata".to_owned()),
        Just("TC".to_owned()),
        Just("&#x110000;&;".to_owned())
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_u8..9).prop_map(Value::from),
        text.prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 64, 12, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..12)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Value>()),
        ]
    })
}

fn is_bounded(meeting: &Meeting) -> bool {
    let line = |text: &str, most: usize| {
        (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control) && text.trim() == text
    };
    line(&meeting.name, 120)
        && meeting.place.as_deref().is_none_or(|place| line(place, 200))
        && meeting.zone.as_deref().is_none_or(|zone| line(zone, 60))
        && meeting.link.as_deref().is_none_or(|link| line(link, 500) && link.starts_with("http"))
        && (meeting.link.is_some() || meeting.place.is_some())
        && !meeting.days.is_empty()
        && meeting.days.iter().all(|day| *day < 7)
        && meeting.minute < 1440
}

proptest! {
    #[test]
    fn any_octets_are_read_or_refused(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(all) = read(&octets) {
            prop_assert!(all.iter().all(is_bounded));
        }
    }

    #[test]
    fn good_entries_survive_whatever_stands_beside_them(odd in prop::collection::vec(any_json(), 0..6), place in 0_usize..7) {
        let alone = read(Value::from(odd.clone()).to_string().as_bytes()).unwrap();
        let mut all = odd;
        all.insert(place.min(all.len()), entry());
        let read = read(Value::from(all).to_string().as_bytes()).unwrap();
        prop_assert_eq!(read.len(), alone.len() + 1);
        prop_assert!(read.iter().all(is_bounded));
        prop_assert!(read.contains(&read_one(&entry()).unwrap()));
    }

    #[test]
    fn the_next_start_is_ahead_on_a_day_of_it_and_shows_its_own_time(
        days in prop::collection::btree_set(0_u8..7, 1..4),
        minute in 0_u16..1440,
        now in 1_700_000_000_i64..1_900_000_000,
        zone in prop::sample::select(vec![NEW_YORK, "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "UTC"]),
    ) {
        let days: Vec<u8> = days.into_iter().collect();
        let meeting = weekly(&days, minute, Some(zone));
        let next = upcoming(std::slice::from_ref(&meeting), Timestamp(now), 0, 0);
        let start = next.online[0].at;
        let ahead = start.0 - now;
        // A week, and the hour by which it may be longer.
        prop_assert!((0..=7 * 86_400 + 3_600).contains(&ahead), "{ahead}");
        let shown = zone.parse::<Tz>().unwrap().timestamp_opt(start.0, 0).unwrap();
        let shown_minute = shown.hour() * 60 + shown.minute();
        let is_exact = shown_minute == u32::from(minute)
            && days.contains(&u8::try_from(shown.weekday().num_days_from_sunday()).unwrap());
        // Only a time that the clock skips is shown as another.
        let later = zone.parse::<Tz>().unwrap().timestamp_opt(start.0 - 2 * 3_600, 0).unwrap();
        let clock_changed = shown.naive_local() - later.naive_local() != TimeDelta::hours(2);
        prop_assert!(is_exact || clock_changed, "{shown}");
        prop_assert_eq!(next.soon, usize::from(ahead < SOON.num_seconds()));
    }
}

#[test]
fn a_meeting_keeps_its_hour_when_the_clocks_change() {
    let sunday_evening = weekly(&[0], 19 * 60, Some(NEW_YORK));
    assert_eq!(starts(&sunday_evening, "2026-03-01T12:00:00Z"), at("2026-03-01T19:00:00-05:00"));
    assert_eq!(starts(&sunday_evening, "2026-03-05T12:00:00Z"), at("2026-03-08T19:00:00-04:00"));
    assert_eq!(starts(&sunday_evening, "2026-10-28T12:00:00Z"), at("2026-11-01T19:00:00-05:00"));
    // Asked before the change, held after it.
    assert_eq!(starts(&sunday_evening, "2026-03-08T01:59:00-05:00"), at("2026-03-08T19:00:00-04:00"));
}

#[test]
fn a_time_that_is_skipped_is_after_the_change_and_one_shown_twice_is_the_first() {
    let half_past_two = weekly(&[0], 150, Some(NEW_YORK));
    assert_eq!(starts(&half_past_two, "2026-03-07T12:00:00Z"), at("2026-03-08T03:30:00-04:00"));
    let half_past_one = weekly(&[0], 90, Some(NEW_YORK));
    assert_eq!(starts(&half_past_one, "2026-10-31T12:00:00Z"), at("2026-11-01T01:30:00-04:00"));
    assert_eq!(starts(&half_past_one, "2026-11-01T01:10:00-05:00"), at("2026-11-08T01:30:00-05:00"));
    // Midnight itself is skipped in Santiago: Sunday begins at one.
    let midnight = weekly(&[0], 15, Some("America/Santiago"));
    assert_eq!(starts(&midnight, "2026-09-05T12:00:00Z"), at("2026-09-06T01:15:00-03:00"));
}

#[test]
fn a_week_goes_round() {
    let daily = weekly(&[0, 1, 2, 3, 4, 5, 6], 0, None);
    assert_eq!(starts(&daily, "2026-11-28T23:59:59Z"), at("2026-11-29T00:00:00Z"));
    let tuesday = weekly(&[2], 14 * 60, None);
    assert_eq!(starts(&tuesday, "2026-11-24T14:00:00Z"), at("2026-11-24T14:00:00Z"), "now is not over");
    assert_eq!(starts(&tuesday, "2026-11-24T14:00:01Z"), at("2026-12-01T14:00:00Z"));
    assert_eq!(starts(&weekly(&[1, 6], 60, None), "2026-12-31T00:00:00Z"), at("2027-01-02T01:00:00Z"));
    // The date there is another than the date in UTC.
    let monday_in_auckland = weekly(&[1], 8 * 60, Some("Pacific/Auckland"));
    assert_eq!(starts(&monday_in_auckland, "2026-11-22T12:00:00Z"), at("2026-11-23T08:00:00+13:00"));
}

#[test]
fn without_a_zone_that_is_known_a_meeting_keeps_the_clock_of_the_house() {
    for zone in [None, Some("Mars/Olympus_Mons")] {
        let meeting = weekly(&[2], 14 * 60, zone);
        let next = upcoming(std::slice::from_ref(&meeting), at("2026-11-24T00:00:00Z"), 0, -300);
        assert_eq!(next.online[0].at, at("2026-11-24T14:00:00-05:00"));
    }
}

#[test]
fn rooms_within_reach_come_before_rooms_elsewhere() {
    let now = at("2026-11-24T12:00:00Z");
    let room = |name: &str, minute, zone: &str| Meeting {
        name: name.to_owned(),
        link: None,
        place: Some("12 Oak St".to_owned()),
        ..weekly(&[0, 1, 2, 3, 4, 5, 6], minute, Some(zone))
    };
    let all =
        [room("Berlin", 15 * 60, "Europe/Berlin"), room("Albany", 20 * 60, NEW_YORK), room("Troy", 9 * 60, NEW_YORK)];
    let names = |next: &Upcoming<'_>| next.in_person.iter().map(|start| start.meeting.name.clone()).collect::<Vec<_>>();
    let eastern = upcoming(&all, now, -300, 0);
    assert_eq!((names(&eastern), eastern.soon), (vec!["Troy".to_owned(), "Albany".to_owned()], 1));
    // In summer the offset that a member chose in winter is an hour off.
    assert_eq!(names(&upcoming(&all, now, -240, 0)), ["Troy", "Albany"]);
    let nowhere = upcoming(&all, now, 600, 0);
    assert_eq!((names(&nowhere).len(), nowhere.soon), (3, 0));
    let many: Vec<Meeting> = (0..20).map(|n| weekly(&[2], 13 * 60 + n, None)).collect();
    let next = upcoming(&many, now, 0, 0);
    assert_eq!((next.online.len(), next.soon), (SHOWN, 20));
    assert!(next.online.is_sorted_by_key(|start| start.at));
}
