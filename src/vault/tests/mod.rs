//! What the parts of the vault promise together.

mod addresses;
mod columns;
mod folder;
mod sealing;
mod words;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Chance, Error, Opener, Vault};

/// A folder of keys that goes when the test ends.
struct Safe {
    dir: TempDir,
    vault: Vault,
    opener: Opener,
    chance: Chance,
}

impl Safe {
    fn new(seed: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let chance = Chance::seeded(seed);
        let (vault, opener) = Vault::open_or_make(&dir.path().join("keys"), &chance).unwrap();
        Self { dir, vault, opener, chance }
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("keys")
    }
}

fn refusal(folder: &Path) -> Error {
    match Vault::open_or_make(folder, &Chance::seeded(9)) {
        Ok(_) => panic!("the folder was taken"),
        Err(error) => error,
    }
}

/// Every file below, with its mode and content.
fn snapshot(folder: &Path) -> Vec<(PathBuf, u32, Vec<u8>)> {
    use std::os::unix::fs::MetadataExt;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(snapshot(&path));
        } else {
            found.push((path.clone(), std::fs::metadata(&path).unwrap().mode(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}
