use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::clock::Timestamp;

fn words() -> Words {
    Words::load(None).unwrap()
}

/// Keys put together at run time, by how they begin.
const BUILT_AT_RUN_TIME: &[&str] =
    &["asks-who-", "asks-time-", "asks-walked-", "help-country-", "help-how-", "help-about-", "not-right-is-"];

/// Sentences whose page is still to come. A page that lands takes its line out.
const PAGE_TO_COME: &[&str] = &["button-back", "button-save", "button-not-now", "form-optional"];

#[test]
fn both_languages_have_the_same_keys_with_the_same_arguments() {
    let (en, es) = (catalogue::arguments(Lang::En), catalogue::arguments(Lang::Es));
    for (key, arguments) in &en {
        assert_eq!(es.get(key), Some(arguments), "Spanish: {key}");
    }
    for key in es.keys() {
        assert!(en.contains_key(key), "English: {key}");
    }
}

#[test]
fn no_key_stands_twice_in_a_language() {
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        for (file, source) in catalogue::files(*lang) {
            for (key, _) in catalogue::arguments_of(source) {
                assert!(seen.insert(key.clone()), "{file}: {key}");
            }
        }
    }
}

/// Text of every source and template file, without the catalogues themselves.
fn callers() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "txt")
                && !path.ends_with("i18n/tests.rs")
            {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// The literal keys of `.t("…")`, `.with("…"`, `.count("…"` and `.say("…"`.
fn keys_called(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for call in [".t(", ".with(", ".count(", ".say("] {
        for after in source.split(call).skip(1) {
            let Some(key) = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            if !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_key_called_exists() {
    let known = catalogue::arguments(Lang::En);
    let mut missing = Vec::new();
    for (path, source) in callers() {
        missing.extend(
            keys_called(&source).into_iter().filter(|key| !known.contains_key(key)).map(|key| format!("{path}: {key}")),
        );
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_call_is_found_over_a_line_break() {
    assert_eq!(keys_called("talk.with(\n    \"when-day\", &[]) + &talk.t(\"skip\")"), ["skip", "when-day"]);
}

#[test]
fn no_key_lies_unused() {
    let sources: String = callers().into_iter().map(|(_, source)| source).collect();
    let unused: Vec<_> = catalogue::arguments(Lang::En)
        .into_keys()
        .filter(|key| !BUILT_AT_RUN_TIME.iter().chain(PAGE_TO_COME).any(|start| key.starts_with(start)))
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn a_missing_key_shows_in_brackets() {
    assert_eq!(words().talk(Lang::Es).t("no-such-key"), "[no-such-key]");
}

#[test]
fn a_path_tells_its_language() {
    for (path, lang, rest) in [
        ("/ask/name", Lang::En, "/ask/name"),
        ("/es/ask/name", Lang::Es, "/ask/name"),
        ("/es", Lang::Es, "/"),
        ("/es/", Lang::Es, "/"),
        ("/escape", Lang::En, "/escape"),
    ] {
        assert_eq!(Lang::from_path_prefix(path), (lang, rest), "{path}");
    }
}

#[test]
fn an_install_rewords_but_cannot_add() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("en")).unwrap();
    let file = folder.path().join("en/own.ftl");
    fs::write(&file, "when-today = this day at { $clock }\n").unwrap();
    let words = Words::load(Some(folder.path())).unwrap();
    assert_eq!(words.talk(Lang::En).with("when-today", &[("clock", "14:10")]), "this day at 14:10");
    assert_eq!(words.talk(Lang::Es).with("when-today", &[("clock", "14:10")]), "hoy 14:10");

    fs::write(&file, "when-todya = x\n").unwrap();
    assert!(matches!(Words::load(Some(folder.path())), Err(Error::UnknownKey { key, .. }) if key == "when-todya"));
    fs::write(&file, "when-today = { $surname }\n").unwrap();
    assert!(
        matches!(Words::load(Some(folder.path())), Err(Error::UnknownArgument { argument, .. }) if argument == "surname")
    );
    fs::write(&file, "when-today = { $clock\n").unwrap();
    assert!(matches!(Words::load(Some(folder.path())), Err(Error::Syntax { .. })));
}

#[test]
fn times_are_said_as_the_reader_lives_them() {
    let words = words();
    let now = Timestamp(1_773_151_800); // Tuesday 2026-03-10 14:10 UTC
    let hour = chrono::TimeDelta::hours;
    let said = |lang, hours| when(words.talk(lang), now.plus(hour(hours)), 0, now);
    assert_eq!(said(Lang::En, 0), "today 14:10");
    assert_eq!(said(Lang::En, 24), "tomorrow 14:10");
    assert_eq!(said(Lang::En, -24), "yesterday 14:10");
    assert_eq!(said(Lang::En, -48), "Sunday 14:10");
    assert_eq!(said(Lang::Es, 72), "viernes 14:10");
    assert_eq!(said(Lang::En, 24 * 8), "18 March 14:10");
    assert_eq!(said(Lang::Es, 24 * 8), "18 de marzo 14:10");
    // 14:10 in London is 09:10 where the offset is five hours behind, and 00:40 the next day in Adelaide.
    assert_eq!(when(words.talk(Lang::En), now, -300, now.plus(hour(-24))), "tomorrow 09:10");
    assert_eq!(when(words.talk(Lang::En), now, 630, now.minus(hour(2))), "tomorrow 00:40");
}

#[test]
fn a_deadline_is_said_by_its_part_of_the_day() {
    let words = words();
    let now = Timestamp(1_773_151_800);
    let said = |lang, hours| day_part(words.talk(lang), now.plus(chrono::TimeDelta::hours(hours)), 0);
    assert_eq!(said(Lang::En, 16), "Wednesday morning");
    assert_eq!(said(Lang::En, 4), "Tuesday evening");
    assert_eq!(said(Lang::En, 12), "Tuesday night");
    assert_eq!(said(Lang::Es, 16), "miércoles por la mañana");
}

#[test]
fn a_number_chooses_its_form() {
    assert_eq!(words().talk(Lang::Es).count("when-weekday", 3), "miércoles");
}

#[test]
fn nothing_of_ours_says_what_it_never_says() {
    for lang in Lang::ALL {
        let (never, on_help) = (WordList::never(*lang), WordList::never(*lang).for_help());
        for (file, source) in catalogue::files(*lang) {
            for line in source.lines().filter(|line| !line.starts_with('#')) {
                let list = if line.starts_with("about-") || line.starts_with("help-") { &on_help } else { &never };
                assert_eq!(list.first_in(line), None, "{file}: {line}");
            }
        }
    }
}

#[test]
fn titles_say_nothing_of_what_the_page_is_about() {
    let words = words();
    for lang in Lang::ALL {
        for key in catalogue::arguments(*lang).keys().filter(|key| key.starts_with("title-")) {
            let title = words.talk(*lang).t(key);
            assert_eq!(WordList::outside(*lang).first_in(&title), None, "{title}");
        }
    }
}
