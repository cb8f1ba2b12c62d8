//! Every route of the web door, read from its sources: a new one is found without anybody telling a test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const CALL: &str = "web::resource(";

/// "GET /desk", "POST /desk/rota", …, once whatever the language.
pub fn all() -> BTreeSet<String> {
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"));
    let mut found = BTreeSet::new();
    for (path, text) in &files {
        for call in text.split(CALL).skip(1) {
            let (named, rest) = call.split_at(end_of(call));
            // What follows up to the next resource, or the end of the statement.
            let rest = rest.split(';').next().unwrap_or_default();
            let route = path_named(&files, path, named.trim());
            let methods = [("get()", "GET"), ("post()", "POST")];
            let here: Vec<_> =
                methods.into_iter().filter(|(word, _)| rest.contains(&format!("route({word}"))).collect();
            // The one resource whose route is written out.
            assert!(!here.is_empty(), "{}: {CALL}{named}) has no method that is known", path.display());
            found.extend(here.into_iter().map(|(_, method)| format!("{method} {route}")));
        }
    }
    found
}

/// Where the argument of the call ends.
fn end_of(call: &str) -> usize {
    call.find(')').expect("a call that ends")
}

/// `"/desk"`, `["/", ""]`, `DOOR`, `rota::PATH`.
fn path_named(files: &BTreeMap<PathBuf, String>, from: &Path, named: &str) -> String {
    if let Some(literal) = named.trim_start_matches('[').strip_prefix('"') {
        return literal.split('"').next().expect("a path").to_owned();
    }
    let (file, name) = match named.split_once("::") {
        Some((module, name)) => (from.with_file_name(format!("{module}.rs")), name),
        None => (from.to_owned(), named),
    };
    let value = |text: &String| {
        let (_, rest) = text.split_once(&format!("const {name}: &str = \""))?;
        Some(rest.split('"').next().expect("a path").to_owned())
    };
    // A name without a module that is not the file's own comes from the root of the door.
    let root = files.iter().find(|(path, _)| path.ends_with("src/web/mod.rs")).map(|(_, text)| text);
    let found = files.get(&file).and_then(value).or_else(|| root.and_then(value));
    found.unwrap_or_else(|| panic!("{}: no path is named {named}", from.display()))
}

fn sources(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !is_test {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test {
            let text = fs::read_to_string(&path).expect("a source");
            files.insert(path, text);
        }
    }
    files
}
