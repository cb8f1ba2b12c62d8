//! Every message of a folder of real ones: read, carried or refused, and both parsers of the tests read the same in it.

use std::path::Path;

use mail_parser::MessageParser;

use super::layers::layers;
use super::*;

#[test]
fn every_file_of_the_corpus_is_carried_or_refused() {
    let Some(files) = crate::relay::corpus::files("") else { return };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(workers);
    let carried: usize = std::thread::scope(|scope| {
        let running: Vec<_> =
            files.chunks(share).map(|some| scope.spawn(|| some.iter().filter(|f| check(f)).count())).collect();
        running.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    println!("{} files, {carried} carried", files.len());
    assert!(carried * 2 > files.len(), "most are letters");
}

/// True where the letter was carried.
fn check(file: &Path) -> bool {
    let raw = std::fs::read(file).unwrap();
    let is_body = file.components().any(|c| c.as_os_str().to_string_lossy().ends_with("-bodies"));
    let incoming = if is_body {
        from_page(&String::from_utf8_lossy(&raw), false)
    } else if let Ok(read) = read(&raw) {
        read
    } else {
        return false;
    };
    let (mut known, words) = (known(), words());
    known.addresses.extend(incoming.recipients.iter().cloned());
    known.addresses.extend(writers(&raw));
    match carry(&incoming, &Context { known: &known, words: &words, envelope: &envelope() }) {
        Ok(carried) => {
            let text = layers(&carried.bytes);
            for address in known.addresses.iter().filter(|a| a.contains('@')) {
                assert!(!text.contains(&address.to_lowercase()), "{}", file.display());
            }
            true
        }
        Err(error) => {
            assert_eq!(error, NotCarried::Empty, "{}", file.display());
            false
        }
    }
}

fn writers(raw: &[u8]) -> Vec<String> {
    let message = MessageParser::default().parse_headers(raw);
    let from = message.as_ref().and_then(|message| message.from());
    from.into_iter().flat_map(|from| from.iter()).filter_map(|a| a.address().map(str::to_owned)).collect()
}
