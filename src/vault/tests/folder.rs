use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use super::*;
use crate::vault::{Address, KeyState, Purpose, SigningKeys, list_keys};

const FILES: [&str; 6] = ["root", "data", "index", "memory", "mailer.public", "mailer.private"];
const SIGNING: [&str; 2] = ["signing.rsa", "signing.ed25519"];

#[test]
fn the_first_start_makes_files_for_the_owner_alone() {
    let safe = Safe::new(1);
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(&safe.folder()), 0o700);
    assert_eq!(mode(&safe.folder().join("days")), 0o700);
    for file in FILES {
        assert_eq!(mode(&safe.folder().join(file)), 0o600, "{file}");
    }
    assert_eq!(fs::read_dir(safe.folder()).unwrap().count(), FILES.len() + 1, "nothing is left over");
}

#[test]
fn an_empty_folder_is_taken_and_closed_to_others() {
    let dir = TempDir::new().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    Vault::open_or_make(dir.path(), &Chance::seeded(1)).unwrap();
    assert_eq!(fs::metadata(dir.path()).unwrap().mode() & 0o777, 0o700);
}

#[test]
fn a_later_start_loads_the_same_keys_and_changes_nothing() {
    let safe = Safe::new(1);
    let before = snapshot(&safe.folder());
    let (again, _) = Vault::open_or_make(&safe.folder(), &Chance::seeded(2)).unwrap();
    assert_eq!(again.check_value(), safe.vault.check_value());
    assert_eq!(again.mac(Purpose::Csrf, &[b"x"]), safe.vault.mac(Purpose::Csrf, &[b"x"]));
    assert_eq!(snapshot(&safe.folder()), before);
}

#[test]
fn any_right_of_the_group_or_of_others_is_refused_and_named() {
    let safe = Safe::new(1);
    for file in FILES {
        let path = safe.folder().join(file);
        let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        for bit in [0o040, 0o020, 0o010, 0o004, 0o002, 0o001] {
            set(0o600 | bit);
            let before = snapshot(&safe.folder());
            let error = refusal(&safe.folder());
            assert!(matches!(error, Error::Exposed(_)), "{file} {bit:o}");
            assert!(error.to_string().contains(file) && error.to_string().contains("chmod 600"), "{error}");
            assert_eq!(snapshot(&safe.folder()), before);
        }
        set(0o600);
    }
}

#[test]
fn a_missing_file_is_refused_and_never_made_anew() {
    for file in FILES {
        let safe = Safe::new(1);
        fs::remove_file(safe.folder().join(file)).unwrap();
        let before = snapshot(&safe.folder());
        let error = refusal(&safe.folder());
        assert!(matches!(error, Error::Missing(_)) && error.to_string().contains(file), "{error}");
        assert_eq!(snapshot(&safe.folder()), before);
    }
}

#[test]
fn a_cut_a_longer_and_a_swapped_file_are_refused() {
    for file in FILES {
        for change in [(|content| content[..43].to_vec()) as fn(&[u8]) -> Vec<u8>, |content| [content, b"\n"].concat()]
        {
            let safe = Safe::new(1);
            let path = safe.folder().join(file);
            let content = fs::read(&path).unwrap();
            fs::write(&path, change(&content)).unwrap();
            assert!(matches!(refusal(&safe.folder()), Error::Malformed(_)), "{file}");
        }
    }
    let safe = Safe::new(1);
    fs::copy(safe.folder().join("data"), safe.folder().join("index")).unwrap();
    assert!(matches!(refusal(&safe.folder()), Error::Malformed(_)));
}

#[test]
fn halves_of_two_folders_are_refused() {
    let (one, two) = (Safe::new(1), Safe::new(2));
    fs::copy(one.folder().join("mailer.private"), two.folder().join("mailer.private")).unwrap();
    assert!(matches!(refusal(&two.folder()), Error::Mismatch));
}

#[test]
fn a_folder_that_others_can_write_is_refused() {
    let safe = Safe::new(1);
    fs::set_permissions(safe.folder(), fs::Permissions::from_mode(0o770)).unwrap();
    assert!(matches!(refusal(&safe.folder()), Error::FolderOpen));
}

#[test]
fn an_interrupted_making_begins_again() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("making"), b"").unwrap();
    fs::write(dir.path().join("root"), b"half").unwrap();
    fs::write(dir.path().join("data.new"), b"half").unwrap();
    let (vault, _) = Vault::open_or_make(dir.path(), &Chance::seeded(1)).unwrap();
    let (again, _) = Vault::open_or_make(dir.path(), &Chance::seeded(2)).unwrap();
    assert_eq!(vault.check_value(), again.check_value());
}

#[test]
fn the_web_role_starts_without_the_private_half_and_makes_no_keys() {
    let safe = Safe::new(1);
    fs::remove_file(safe.folder().join("mailer.private")).unwrap();
    let web = Vault::open_web(&safe.folder()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(web.check_value(), safe.vault.check_value());
    let nowhere = safe.dir.path().join("nowhere");
    assert!(matches!(Vault::open_web(&nowhere), Err(Error::Missing(_))));
    assert!(!nowhere.exists());
}

#[test]
fn the_check_value_tells_every_foreign_key() {
    let (one, two) = (Safe::new(1), Safe::new(2));
    for file in ["root", "data", "index", "memory"] {
        let mixed = Safe::new(1);
        assert_eq!(mixed.vault.check_value(), one.vault.check_value());
        fs::copy(two.folder().join(file), mixed.folder().join(file)).unwrap();
        let (vault, _) = Vault::open_or_make(&mixed.folder(), &Chance::seeded(3)).unwrap();
        assert_ne!(vault.check_value(), one.vault.check_value(), "{file}");
    }
}

#[test]
fn each_purpose_has_a_key_of_its_own_and_parts_do_not_run_together() {
    let Safe { vault, .. } = &Safe::new(1);
    let mut all: Vec<_> = Purpose::ALL.iter().map(|&purpose| vault.mac(purpose, &[b"ab", b"c"]).0).collect();
    let address = Address::parse("jo@example.org").unwrap();
    all.extend([vault.index(&address).0, vault.memory_hash(&address).0]);
    all.push(vault.mac(Purpose::Csrf, &[b"a", b"bc"]).0);
    all.push(vault.mac(Purpose::Csrf, &[b"abc"]).0);
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn signing_keys_are_made_once_and_for_the_owner_alone() {
    let safe = Safe::new(1);
    assert!(SigningKeys::open(&safe.folder()).unwrap().is_none());
    let check_value = safe.vault.check_value();
    let made = SigningKeys::make_missing(&safe.folder(), &safe.chance).unwrap();
    assert_eq!(made.len(), SIGNING.len());
    for file in SIGNING {
        assert_eq!(fs::metadata(safe.folder().join(file)).unwrap().mode() & 0o777, 0o600, "{file}");
    }
    let keys = SigningKeys::open(&safe.folder()).unwrap().unwrap();
    // RFC 5280 4.1.2.7: 2048 bits with the usual exponent are 294 octets.
    assert_eq!((keys.rsa.public.len(), keys.ed25519.public.len()), (294, 32));
    let before = snapshot(&safe.folder());
    assert!(SigningKeys::make_missing(&safe.folder(), &safe.chance).unwrap().is_empty());
    assert_eq!(snapshot(&safe.folder()), before);
    let (vault, _) = Vault::open_or_make(&safe.folder(), &safe.chance).unwrap();
    assert_eq!(vault.check_value(), check_value, "a service that has no signing keys may get them later");
}

#[test]
fn a_signing_key_that_is_not_in_order_is_refused_and_named() {
    let safe = Safe::new(1);
    SigningKeys::make_missing(&safe.folder(), &safe.chance).unwrap();
    let refusal = || SigningKeys::open(&safe.folder()).err().unwrap();
    for file in SIGNING {
        let path = safe.folder().join(file);
        let content = fs::read(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(refusal(), Error::Exposed(purpose) if purpose.contains(file)));
        assert!(matches!(SigningKeys::make_missing(&safe.folder(), &safe.chance), Err(Error::Exposed(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        // Empty, cut, of another kind, and a head with a key behind it that is none.
        let root = fs::read(safe.folder().join("root")).unwrap();
        let no_key = [&content[..12], vec![7; content.len() - 12].as_slice()].concat();
        for bad in [Vec::new(), content[..content.len() - 1].to_vec(), root, no_key] {
            fs::write(&path, bad).unwrap();
            assert!(matches!(refusal(), Error::Malformed(purpose) if purpose.contains(file)), "{file}");
            assert!(matches!(SigningKeys::make_missing(&safe.folder(), &safe.chance), Err(Error::Malformed(_))));
        }
        fs::remove_file(&path).unwrap();
        assert!(matches!(refusal(), Error::HalfSigning(purpose) if purpose.contains(file)));
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::set_permissions(safe.folder(), fs::Permissions::from_mode(0o770)).unwrap();
    assert!(matches!(refusal(), Error::FolderOpen));
}

#[test]
fn half_a_pair_of_signing_keys_is_made_whole_without_touching_the_other() {
    let safe = Safe::new(1);
    SigningKeys::make_missing(&safe.folder(), &safe.chance).unwrap();
    let old = SigningKeys::open(&safe.folder()).unwrap().unwrap();
    fs::remove_file(safe.folder().join("signing.rsa")).unwrap();
    fs::write(safe.folder().join("signing.rsa.new"), b"half").unwrap();
    let made = SigningKeys::make_missing(&safe.folder(), &safe.chance).unwrap();
    assert!(made.len() == 1 && made[0].contains("signing.rsa"));
    let new = SigningKeys::open(&safe.folder()).unwrap().unwrap();
    assert_eq!(new.ed25519.selector, old.ed25519.selector);
    assert_ne!(new.rsa.selector, old.rsa.selector);
}

#[test]
fn the_list_tells_the_state_of_every_key() {
    let safe = Safe::new(1);
    let state_of = |file: &str| {
        let list = list_keys(&safe.folder()).unwrap();
        list.iter().find(|key| key.purpose.contains(&format!("{file},"))).unwrap().state
    };
    for file in FILES {
        assert_eq!(state_of(file), KeyState::There, "{file}");
    }
    assert_eq!([state_of("folder days"), state_of("signing.rsa")], [KeyState::Count(0), KeyState::Missing]);
    SigningKeys::make_missing(&safe.folder(), &safe.chance).unwrap();
    safe.opener.make_day_key(crate::clock::Day(1), &safe.vault, &safe.chance).unwrap();
    assert_eq!([state_of("signing.rsa"), state_of("signing.ed25519")], [KeyState::There; 2]);
    assert_eq!(state_of("folder days"), KeyState::Count(1));
    fs::write(safe.folder().join("data"), b"x").unwrap();
    fs::set_permissions(safe.folder().join("signing.rsa"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!([state_of("file data"), state_of("signing.rsa")], [KeyState::Malformed, KeyState::Exposed]);
}
