use proptest::prelude::*;

use super::*;
use crate::clock::Day;
use crate::vault::{Address, Place, Sealed};

const HERE: Place<'static> = Place { table: "members", column: "address", row: b"0123456789abcdef" };

fn elsewhere() -> [Place<'static>; 5] {
    [
        Place { table: "hands", ..HERE },
        Place { column: "former", ..HERE },
        Place { row: b"0123456789abcdeg", ..HERE },
        Place { row: b"", ..HERE },
        Place { table: "members|address", column: "", ..HERE },
    ]
}

/// Envelopes that differ from `sealed` in one byte, or are cut: every byte of the head and of what follows it, then some.
fn tampered<To>(sealed: &Sealed<To>) -> Vec<Sealed<To>> {
    let some = || (0..sealed.bytes.len()).filter(|at| *at < 40 || at % 23 == 0);
    let mut all: Vec<_> = some()
        .map(|at| {
            let mut bytes = sealed.bytes.clone();
            bytes[at] ^= 1;
            Sealed::new(bytes)
        })
        .collect();
    all.extend(some().map(|length| Sealed::new(sealed.bytes[..length].to_vec())));
    all
}

#[test]
fn a_sealed_value_opens_in_its_place_alone() {
    let Safe { vault, chance, .. } = &Safe::new(1);
    let sealed = vault.seal(HERE, b"a report", chance).unwrap();
    assert_eq!(vault.open(HERE, &sealed).unwrap().expose(), b"a report");
    for place in elsewhere() {
        assert!(matches!(vault.open(place, &sealed), Err(Error::Shut)));
    }
    for sealed in tampered(&sealed) {
        assert!(matches!(vault.open(HERE, &sealed), Err(Error::Shut)));
    }
    assert!(matches!(Safe::new(2).vault.open(HERE, &sealed), Err(Error::Shut)));
}

#[test]
fn a_key_of_another_id_does_not_open_what_its_bytes_could() {
    let safe = Safe::new(1);
    let sealed = safe.vault.seal(HERE, b"a report", &safe.chance).unwrap();
    let file = safe.folder().join("data");
    let mut content = std::fs::read(&file).unwrap();
    content[8] ^= 1; // first byte of the key id
    std::fs::write(&file, &content).unwrap();
    let (renamed, _) = Vault::open_or_make(&safe.folder(), &safe.chance).unwrap();
    assert!(matches!(renamed.open(HERE, &sealed), Err(Error::Shut)));
    let mut bytes = sealed.bytes.clone();
    bytes[2] ^= 1;
    assert!(matches!(renamed.open(HERE, &Sealed::new(bytes)), Err(Error::Shut)));
}

#[test]
fn an_address_opens_for_the_mailer_in_its_place_alone() {
    let Safe { vault, opener, chance, .. } = &Safe::new(1);
    let address = Address::parse("Jo.Doe+x@Example.org").unwrap();
    let sealed = vault.seal_to_mailer(HERE, &address, chance).unwrap();
    assert_eq!(opener.open_address(HERE, &sealed).unwrap().as_str(), "Jo.Doe+x@example.org");
    for place in elsewhere() {
        assert!(matches!(opener.open_address(place, &sealed), Err(Error::Shut)));
    }
    for sealed in tampered(&sealed) {
        assert!(matches!(opener.open_address(HERE, &sealed), Err(Error::Shut)));
    }
    assert!(matches!(Safe::new(2).opener.open_address(HERE, &sealed), Err(Error::Shut)));
    // What the web role can do with it: nothing, even by calling it its own.
    assert!(matches!(vault.open(HERE, &Sealed::new(sealed.bytes.clone())), Err(Error::Shut)));
}

#[test]
fn all_addresses_are_one_length_and_none_looks_like_itself_twice() {
    let Safe { vault, opener, chance, .. } = &Safe::new(1);
    let domain = ["d".repeat(63), "e".repeat(63), "f".repeat(57), "org".to_owned()].join(".");
    let longest = format!("{}@{domain}", "a".repeat(64));
    assert_eq!(longest.len(), 254);
    let mut seen = Vec::new();
    for text in ["a@b.cc", "a@b.cc", longest.as_str()] {
        let sealed = vault.seal_to_mailer(HERE, &Address::parse(text).unwrap(), chance).unwrap();
        assert_eq!(sealed.bytes.len(), 6 + 32 + 256 + 16);
        assert_eq!(opener.open_address(HERE, &sealed).unwrap().as_str(), text);
        assert!(!seen.contains(&sealed.bytes));
        seen.push(sealed.bytes);
    }
}

#[test]
fn the_same_seed_seals_the_same_bytes() {
    let seal = || {
        let Safe { vault, chance, .. } = &Safe::new(7);
        vault.seal_bytes_to_mailer(HERE, b"x", chance).unwrap().bytes
    };
    assert_eq!(seal(), seal());
}

#[test]
fn a_letter_is_padded_and_unreadable_once_its_day_key_is_destroyed() {
    let Safe { vault, opener, chance, .. } = &Safe::new(1);
    let (today, tomorrow) = (Day(20_000), Day(20_001));
    let key = opener.make_day_key(today, vault, chance).unwrap();
    let next = opener.make_day_key(tomorrow, vault, chance).unwrap();
    for (length, padded) in [(0, 1024), (1, 1024), (1023, 1024), (1024, 2048), (3000, 4096)] {
        let letter = vec![b'x'; length];
        let sealed = vault.seal_to_day(&key, HERE, &letter, chance).unwrap();
        assert_eq!(sealed.bytes.len(), 6 + 32 + padded + 16);
        assert_eq!(sealed.day().unwrap(), today);
        assert_eq!(opener.open_day(HERE, &sealed).unwrap().expose(), &letter);
        assert!(elsewhere().iter().all(|&place| matches!(opener.open_day(place, &sealed), Err(Error::Shut))));
    }
    let sealed = vault.seal_to_day(&key, HERE, b"hello", chance).unwrap();
    let kept = vault.seal_to_day(&next, HERE, b"hello", chance).unwrap();
    assert_eq!(opener.destroy_day_keys(tomorrow).unwrap(), 1);
    assert!(matches!(opener.open_day(HERE, &sealed), Err(Error::DayKeyGone)));
    assert_eq!(opener.open_day(HERE, &kept).unwrap().expose(), b"hello");
    let remade = opener.make_day_key(today, vault, chance).unwrap();
    assert!(remade.public != key.public);
    assert!(matches!(opener.open_day(HERE, &sealed), Err(Error::Shut)));
}

#[test]
fn making_a_day_key_twice_gives_the_same_key() {
    use std::os::unix::fs::MetadataExt;
    let safe = Safe::new(1);
    let make = || safe.opener.make_day_key(Day(20_000), &safe.vault, &safe.chance).unwrap();
    let (one, two) = (make(), make());
    assert!(one.public == two.public && one.mac == two.mac);
    assert_eq!(std::fs::metadata(safe.folder().join("days/20000")).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn a_planted_day_key_is_refused() {
    let (one, two) = (Safe::new(1), Safe::new(2));
    let theirs = two.opener.make_day_key(Day(20_000), &two.vault, &two.chance).unwrap();
    let mut ours = one.opener.make_day_key(Day(20_000), &one.vault, &one.chance).unwrap();
    assert!(one.vault.check_day_key(&ours));
    assert!(!one.vault.check_day_key(&theirs));
    assert!(matches!(one.vault.seal_to_day(&theirs, HERE, b"hello", &one.chance), Err(Error::DayKeyForeign)));
    ours.day = Day(20_001);
    assert!(!one.vault.check_day_key(&ours));
}

#[test]
fn a_cookie_opens_under_its_name_alone() {
    let Safe { vault, chance, .. } = &Safe::new(1);
    let value = vault.seal_cookie("d", b"what was typed", chance);
    assert_eq!(vault.open_cookie("d", &value).as_deref(), Some(b"what was typed".as_slice()));
    assert_eq!(vault.open_cookie("s", &value), None);
    assert_eq!(Safe::new(2).vault.open_cookie("d", &value), None);
    for at in 0..value.len() {
        let mut changed = value.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(vault.open_cookie("d", &String::from_utf8(changed).unwrap()), None);
    }
    for nothing in ["", "A", "AQ", "not base64!"] {
        assert_eq!(vault.open_cookie("d", nothing), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_bytes_come_back(bytes: Vec<u8>) {
        let Safe { vault, opener, chance, .. } = &Safe::new(1);
        let sealed = vault.seal(HERE, &bytes, chance).unwrap();
        let opened = vault.open(HERE, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &bytes);
        let sealed = vault.seal_bytes_to_mailer(HERE, &bytes, chance).unwrap();
        let opened = opener.open_bytes(HERE, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &bytes);
    }
}
