//! Real messages for tests, read where they lie: `MAIL_CORPUS`, or beside the repository. They are not ours to keep here.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../../tests/support/skip.rs"]
mod skip;

#[expect(clippy::disallowed_methods, reason = "the corpus is a matter of the machine the tests run on, not a setting")]
fn folder() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/mail-corpus");
    Some(std::env::var("MAIL_CORPUS").map_or_else(|_| default(), PathBuf::from)).filter(|path| path.is_dir())
}

/// Every file below `name` ("" for all), in order; none where there is no corpus, which is then said.
pub(super) fn files(name: &str) -> Option<Vec<PathBuf>> {
    let found = folder().map(|folder| folder.join(name)).filter(|folder| folder.is_dir());
    let Some(folder) = found else {
        skip::skip("no mail corpus (MAIL_CORPUS)");
        return None;
    };
    let mut files = Vec::new();
    list(&folder, &mut files);
    files.sort();
    assert!(!files.is_empty());
    Some(files)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}
