//! The house holds: no arrow points up or beside, no room knows the outside, no page runs inline code.
//!
//! Reads sources and templates as text. A module or an arrow that is not drawn in [`HOUSE`] fails, so a new room is
//! placed on purpose.
#![expect(clippy::unwrap_used, reason = "a test stops at the first thing it cannot read")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The ground, lowest first: each may use those before it. Three stand apart from their modules: ids need chance, sealed
/// values are columns and the store makes ids, which apart is no circle; and writing MIME is pure, so a letter may.
const GROUND: [&str; 16] = [
    "clock",
    "vault::chance",
    "telemetry",
    "store::types",
    "outbox::mime",
    "i18n",
    "policy",
    "vault",
    "store",
    "config",
    "audit",
    "counts",
    "notices",
    "ground",
    "outbox",
    "crate root",
];

/// Everything above the ground, and what each may use besides it. Pure modules and doors name what they use too.
const HOUSE: [(&str, &str); 22] = [
    // doors
    ("main", "cli"),
    ("cli", "demo app web smtp mailer tick simulator ROOMS PURE"),
    ("demo", "app web smtp mailer tick ROOMS PURE"),
    ("app", "web smtp mailer tick feed ROOMS PURE"),
    ("web", "ROOMS PURE"),
    ("smtp", "ROOMS PURE"),
    ("mailer", "ROOMS PURE"),
    ("tick", "ROOMS PURE"),
    ("feed", "meetings"),
    // rooms
    ("privacy", "desk safety relay hands requests sponsorships members"),
    ("desk", "safety hands requests sponsorships members matching simulator"),
    ("safety", "hands requests sponsorships members"),
    ("relay", "relay::letter hands requests sponsorships members"),
    ("hands", "requests sponsorships members matching"),
    ("requests", "sponsorships members matching"),
    ("sponsorships", "members matching"),
    ("members", "matching"),
    ("meetings", ""),
    // pure
    ("simulator", "matching"),
    ("matching", ""),
    ("relay::letter", ""),
    // the library's list of modules
    ("lib", ""),
];
const ROOMS: &str = "privacy desk safety relay hands requests sponsorships members meetings";
const PURE: &str = "matching relay::letter";
/// Pure modules see the ground's types and data, not its input and output.
const PURE_GROUND: [&str; 8] =
    ["clock", "vault::chance", "store::types", "outbox::mime", "i18n", "policy", "vault", "crate root"];

/// Names that a file must not say: who, which names, the reason.
const UNSAID: [(&str, &str, &str); 5] = [
    ("web smtp demo feed", "diesel", "a door asks a room; only rooms and the store speak SQL"),
    (ROOMS, "actix_web smtp_proto", "a room never sees HTTP or SMTP"),
    ("matching", "Conn RunQueryDsl actix_web smtp_proto tokio Clock", "pure; its sets and hours are columns, no more"),
    ("simulator relay::letter", "diesel actix_web smtp_proto tokio Clock", "pure: data in, data out"),
    (
        "main demo tick feed web privacy desk safety hands requests sponsorships members meetings simulator matching GROUND",
        "Opener",
        "only the mailer's side opens addresses",
    ),
];

#[test]
fn no_arrow_points_up_or_beside() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| arrow_faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nobody_says_a_name_that_belongs_elsewhere() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| name_faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn pages_run_no_inline_code_and_ask_no_third_party() {
    let faults: Vec<String> = files_under("templates")
        .iter()
        .filter(|path| has_extension(path, &["html", "css", "svg", "js"]))
        .flat_map(|path| page_faults(path, &fs::read_to_string(path).unwrap()))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let faults: Vec<String> = tracked_files()
        .iter()
        .filter_map(|path| Some((path, fs::read_to_string(path).ok()?)))
        .flat_map(|(path, text)| machine_faults(path, &text))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

// Each check is shown a planted fault: one that cannot fail proves nothing.

#[test]
fn an_upward_arrow_is_found() {
    let up = [
        ("src/hands/lower.rs", "use crate::web::form::Form;"),
        ("src/hands/lower.rs", "use crate::{clock::Clock, relay};"),
        ("src/hands/lower.rs", "use crate::{\n    members::{self, Member},\n    privacy::erase,\n};"),
        ("src/hands/mod.rs", "fn f() { crate::desk::queue(); }"),
        ("src/hands/lower.rs", "use super::super::desk::queue;"),
        ("src/hands/mod.rs", "use super::relay;"),
        ("src/web/ask.rs", "use crate::smtp;"),
        ("src/app.rs", "use crate::demo;"),
        ("src/store/types.rs", "use crate::vault::Sealed;"),
        ("src/clock.rs", "use crate::policy::Policy;"),
        ("src/relay/letter/read.rs", "use crate::relay::bounce;"),
        ("src/matching/mod.rs", "use crate::store::Tx;"),
        ("src/main.rs", "fn main() { show_of_hands::web::serve() }"),
        ("src/hands/mod.rs", "use crate::*;"),
        ("src/gossip.rs", "use crate::clock::Clock;"),
        ("src/hands/mod.rs", "#[cfg(test)] mod tests { use crate::app; }\nuse crate::app;"),
    ];
    for (path, text) in up {
        assert_eq!(arrow_faults(Path::new(path), text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn a_downward_arrow_is_no_fault() {
    let down = [
        ("src/hands/lower.rs", "use crate::requests::{self, Offer};\nuse crate::ground::Ground;"),
        ("src/hands/lower.rs", "use crate::hands::model::Hand; use super::model::Hand; use super::super::members;"),
        ("src/hands/lower.rs", "// see crate::web\n/* crate::app */ const A: &str = \"crate::demo\";"),
        ("src/hands/lower.rs", "#[cfg(test)]\nmod tests { use crate::app::App; fn f() { let _ = '}'; } }"),
        ("src/hands/tests.rs", "use crate::app::App;"),
        ("src/relay/accept.rs", "use crate::relay::letter::read; use super::letter;"),
        ("src/requests/place.rs", "use crate::on_each; crate::id_type!(RequestId);"),
        ("src/store/mod.rs", "use crate::vault::Chance;"),
        ("src/vault/sealed.rs", "use crate::store::types::X;\nuse crate::vault::Chance;"),
        ("src/store/types.rs", "fn r(c: &crate::vault::Chance) {}"),
        ("src/cli/serve.rs", "use crate::app::App;"),
    ];
    for (path, text) in down {
        assert_eq!(arrow_faults(Path::new(path), text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn a_name_that_belongs_elsewhere_is_found() {
    let said = [
        ("src/web/mine.rs", "use diesel::prelude::*;"),
        ("src/members/join.rs", "fn f(r: actix_web::HttpRequest) {}"),
        ("src/matching/mod.rs", "fn f(c: &Clock) {}"),
        ("src/web/mine.rs", "fn f(o: &crate::vault::Opener) {}"),
        ("src/ground.rs", "struct Ground { opener: Opener }"),
    ];
    for (path, text) in said {
        assert_eq!(name_faults(Path::new(path), text).len(), 1, "{path}: {text}");
    }
    let unsaid = [
        ("src/mailer.rs", "use crate::vault::Opener;"),
        ("src/members/queries.rs", "use diesel::prelude::*; // not actix_web"),
        ("src/matching/mod.rs", "struct Clocks;"),
    ];
    for (path, text) in unsaid {
        assert_eq!(name_faults(Path::new(path), text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn inline_code_and_third_parties_are_found() {
    let page = Path::new("templates/pages/x.html");
    let faulty = [
        "<style>p{}</style>",
        "<p style=\"x\">",
        "<script>x()</script>",
        "<script src=\"/a.js\">x()</script>",
        "<p onclick=\"x()\">",
        "<a href=\"javascript:x()\">",
        "<img src=\"https://cdn.example/x.png\">",
        "<link href='//fonts.example/x.css'>",
        "@import url(\"x.css\");",
    ];
    for text in faulty {
        assert_eq!(page_faults(page, text).len(), 1, "{text}");
    }
    let plain = "<p class=\"on style\">on = {{ on }}</p><svg xmlns=\"http://www.w3.org/2000/svg\"/>\n\
                 <script src=\"/a/x.js\" defer></script><a href=\"/leave\">Leave</a>";
    assert_eq!(page_faults(page, plain), Vec::<String>::new());
}

#[test]
fn a_folder_of_one_machine_is_found() {
    let text = ["see ", "/ho", "me/jo/notes"].concat();
    assert_eq!(machine_faults(Path::new("README.md"), &text).len(), 1);
}

// ---- arrows ----

fn arrow_faults(path: &Path, text: &str) -> Vec<String> {
    if is_test_file(path) {
        return Vec::new();
    }
    let from = unit_of_file(path);
    if !is_known(&from) {
        return vec![format!("{}: the house has no module `{from}`; place it in tests/house.rs", path.display())];
    }
    let code = without_tests(&code_only(text));
    let mut faults = BTreeSet::new();
    for (line, used) in paths_used(path, &code) {
        let to = unit_of_path(&used);
        if to != from && !may_use(&from, &to) {
            faults.insert(format!("{}:{line}: `{from}` uses `{to}` ({})", path.display(), used.join("::")));
        }
    }
    faults.into_iter().collect()
}

fn may_use(from: &str, to: &str) -> bool {
    if let Some(height) = GROUND.iter().position(|name| *name == from) {
        return to == "crate root" || GROUND[..height].contains(&to);
    }
    if GROUND.contains(&to) {
        return !words(PURE).chain(["simulator"]).any(|pure| pure == from) || PURE_GROUND.contains(&to);
    }
    let drawn = HOUSE.iter().find(|(name, _)| *name == from).map_or("", |(_, uses)| uses);
    words(drawn).any(|name| match name {
        "ROOMS" => words(ROOMS).any(|room| room == to),
        "PURE" => words(PURE).any(|pure| pure == to),
        name => name == to,
    })
}

fn is_known(unit: &str) -> bool {
    GROUND.contains(&unit) || HOUSE.iter().any(|(name, _)| *name == unit)
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(' ').filter(|word| !word.is_empty())
}

/// `src/hands/lower.rs` is `["hands", "lower"]`, `src/hands/mod.rs` is `["hands"]`.
fn module_of_file(path: &Path) -> Vec<String> {
    let mut module: Vec<String> =
        path.with_extension("").components().skip(1).map(|part| part.as_os_str().to_string_lossy().into()).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

fn unit_of_file(path: &Path) -> String {
    let module = module_of_file(path);
    let two = module.iter().take(2).cloned().collect::<Vec<_>>().join("::");
    if is_known(&two) { two } else { module[0].clone() }
}

/// Paths name modules or what they export: `vault::Chance` is a re-export of `vault::chance::Chance`, a single
/// name that is no module (a macro, a type of the root) belongs to the crate root.
fn unit_of_path(path: &[String]) -> String {
    let first = path.first().map_or("*", String::as_str);
    if let Some(second) = path.get(1) {
        let two = format!("{first}::{second}").replace("vault::Chance", "vault::chance");
        if is_known(&two) {
            return two;
        }
    }
    if is_known(first) || first == "*" || path.len() > 1 { first.to_owned() } else { "crate root".to_owned() }
}

/// Every path from the crate's root that the code names, with its line: `crate::…`, `show_of_hands::…`, and
/// `super::…` as far as it climbs to the root.
fn paths_used(path: &Path, code: &str) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(code);
    let depth = module_of_file(path).len();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        let is_inner = start > 0 && tokens[start - 1].1 == "::";
        let mut climbs = 0;
        while matches(&tokens, at, &["super", "::"]) {
            climbs += 1;
            at += 2;
        }
        let is_root = matches(&tokens, at, &["crate", "::"]) || matches(&tokens, at, &["show_of_hands", "::"]);
        if climbs == 0 && is_root && !is_inner {
            at = path_tree(&tokens, at + 2, &mut Vec::new(), &mut found);
        } else if climbs >= depth && climbs > 0 {
            at = path_tree(&tokens, at, &mut Vec::new(), &mut found);
        } else if climbs == 0 {
            at += 1;
        }
    }
    found
}

/// Reads `a::{b, c::d}` from `at` and adds each leaf; says where it ends.
fn path_tree(
    tokens: &[(usize, &str)],
    mut at: usize,
    stem: &mut Vec<String>,
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let length = stem.len();
    let line = tokens.get(at).map_or(0, |token| token.0);
    loop {
        match tokens.get(at).map(|token| token.1) {
            Some("{") => {
                at += 1;
                while at < tokens.len() && tokens[at].1 != "}" {
                    at = path_tree(tokens, at, stem, found);
                    if matches(tokens, at, &["as"]) {
                        at += 2;
                    }
                    if matches(tokens, at, &[","]) {
                        at += 1;
                    }
                }
                stem.truncate(length);
                return at + 1;
            }
            Some(name) if name != "::" => {
                stem.push(name.to_owned());
                at += 1;
            }
            _ => {}
        }
        if matches(tokens, at, &["::", "<"]) || !matches(tokens, at, &["::"]) {
            found.push((line, stem.clone()));
            stem.truncate(length);
            return at;
        }
        at += 1;
    }
}

fn matches(tokens: &[(usize, &str)], at: usize, wanted: &[&str]) -> bool {
    wanted.iter().enumerate().all(|(offset, text)| tokens.get(at + offset).is_some_and(|token| token.1 == *text))
}

// ---- names ----

fn name_faults(path: &Path, text: &str) -> Vec<String> {
    if is_test_file(path) {
        return Vec::new();
    }
    let from = unit_of_file(path);
    let code = without_tests(&code_only(text));
    let mut faults = BTreeSet::new();
    for (who, names, reason) in UNSAID {
        // The vault is where `Opener` is made; the outbox keeps the keys of the days, which the opener makes.
        let is_ground = GROUND.contains(&from.as_str()) && !["vault", "outbox"].contains(&from.as_str());
        if !words(who).any(|unit| unit == from || (unit == "GROUND" && is_ground)) {
            continue;
        }
        for (line, token) in tokens(&code) {
            if words(names).any(|name| name == token) {
                faults.insert(format!("{}:{line}: `{from}` says `{token}`: {reason}", path.display()));
            }
        }
    }
    faults.into_iter().collect()
}

// ---- Rust as text ----

fn is_test_file(path: &Path) -> bool {
    module_of_file(path).iter().any(|name| name == "tests")
}

/// The text with comments, strings and character literals blanked, line by line where it was.
fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|char| if *char == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

/// Where the comment, string or character literal that starts at `at` ends; `at` itself when none starts there.
fn literal_end(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let past = |pattern: &str, from: usize| {
        let pattern: Vec<char> = pattern.chars().collect();
        let found = rest.get(from..).and_then(|tail| tail.windows(pattern.len()).position(|window| *window == pattern));
        found.map_or(chars.len(), |offset| at + from + offset + pattern.len())
    };
    let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match rest {
        ['/', '/', ..] => past("\n", 2),
        ['/', '*', ..] => past("*/", 2),
        ['"', ..] => at + quoted(rest, '"'),
        ['r', '"' | '#', ..] if !in_word => {
            let hashes = rest[1..].iter().take_while(|char| **char == '#').count();
            if rest.get(1 + hashes) == Some(&'"') { past(&format!("\"{}", "#".repeat(hashes)), 2 + hashes) } else { at }
        }
        ['\'', '\\', ..] => at + quoted(rest, '\''),
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The code with every item under `#[cfg(test)]` blanked.
fn without_tests(code: &str) -> String {
    let mut left = code.to_owned();
    while let Some(start) = left.find("#[cfg(test)]") {
        let mut depth = 0_usize;
        let mut end = left.len();
        for (offset, char) in left[start..].char_indices() {
            match char {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && (char == ';' || char == '}') {
                end = start + offset + 1;
                break;
            }
        }
        let blank: String = left[start..end].chars().map(|char| if char == '\n' { '\n' } else { ' ' }).collect();
        left.replace_range(start..end, &blank);
    }
    left
}

/// Names, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |char: char| char.is_alphanumeric() || char == '_';
            let length = if is_word(first) {
                rest.find(|char| !is_word(char)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push((number + 1, &rest[..length]));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

// ---- pages and files ----

fn page_faults(path: &Path, text: &str) -> Vec<String> {
    // The name of SVG's namespace looks like an address and is never fetched.
    let text = text.replace("http://www.w3.org/2000/svg", "");
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let lower = line.to_ascii_lowercase();
        // A link is followed by a press and loads nothing by itself.
        let loaded = lower.replace("<a href=\"https://", "<a href=\"");
        let said = [
            (lower.contains("<style"), "a style element"),
            (has_attribute(&lower, |name| name == "style"), "a style attribute"),
            (has_inline_script(&lower), "an inline script"),
            (has_attribute(&lower, |name| name.len() > 3 && name.starts_with("on")), "an inline handler"),
            (lower.contains("javascript:"), "a script address"),
            (lower.contains("@import"), "an import"),
            (["http://", "https://", "\"//", "'//", "(//"].iter().any(|sign| loaded.contains(sign)), "another origin"),
        ];
        for (_, what) in said.iter().filter(|(is_said, _)| *is_said) {
            faults.push(format!("{}:{}: {what}", path.display(), number + 1));
        }
    }
    faults
}

/// A `<script>` is fine only with `src` and nothing inside.
fn has_inline_script(line: &str) -> bool {
    line.split("<script").skip(1).any(|rest| match rest.split_once('>') {
        Some((attributes, body)) => !attributes.contains("src=") || !body.trim_start().starts_with("</script>"),
        None => !rest.contains("src="),
    })
}

/// Whether a tag on the line has an attribute `name=` directly after a space.
fn has_attribute(line: &str, wanted: impl Fn(&str) -> bool) -> bool {
    line.split(char::is_whitespace)
        .skip(1)
        .filter_map(|word| word.split_once('='))
        .any(|(name, _)| !name.is_empty() && name.chars().all(|char| char.is_ascii_lowercase()) && wanted(name))
}

fn machine_faults(path: &Path, text: &str) -> Vec<String> {
    // In halves, so that this file does not name them.
    let folders = [["/wo", "rk/"], ["/ho", "me/"], ["/ro", "ot/"], [".lib", "rary/"], ["../sha", "red/"]];
    let mut faults = Vec::new();
    // The one exception: where the tests look for real mails unless told otherwise.
    let text = text.replace(&["../sha", "red/mail-corpus"].concat(), "");
    for (number, line) in text.lines().enumerate() {
        for folder in folders {
            let folder = folder.concat();
            if line.match_indices(&folder).any(|(at, _)| !line[..at].ends_with(|char: char| char.is_alphanumeric())) {
                faults.push(format!("{}:{}: {folder}", path.display(), number + 1));
            }
        }
    }
    faults
}

fn sources() -> Vec<(PathBuf, String)> {
    let sources: Vec<_> = files_under("src")
        .into_iter()
        .filter(|path| has_extension(path, &["rs"]))
        .map(|path| (path.clone(), fs::read_to_string(&path).unwrap()))
        .collect();
    assert!(sources.len() > 20, "only {} files under src", sources.len());
    sources
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}

/// All files under a folder of the repository, which is where Cargo runs a test; none when it does not stand yet.
fn files_under(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// What git tracks; without git, what the repository is made of.
fn tracked_files() -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-z"]).output();
    let names = match listed {
        Ok(output) if output.status.success() => String::from_utf8(output.stdout).unwrap(),
        _ => String::new(),
    };
    if names.is_empty() {
        return ["src", "tests", "templates", "migrations", "docs"].iter().flat_map(|name| files_under(name)).collect();
    }
    names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect()
}
