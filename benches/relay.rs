//! What a letter costs on its way through the relay, on one core, as ratios to the bare parse of the same messages in the
//! same run: `cargo bench --bench relay`, or `-- every` for the steps of that name. Messages: `MAIL_CORPUS`, or
//! `../shared/mail-corpus`, without the folders of bare bodies.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench speaks to the terminal and stops at what it cannot do"
)]
#![expect(clippy::disallowed_methods, reason = "it measures time, and the corpus is a matter of the machine")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mail_parser::{MessageParser, MimeHeaders, PartType};
use show_of_hands::clock::{Day, Timestamp};
use show_of_hands::i18n::{Lang, Words};
use show_of_hands::outbox::dkim::Signer;
use show_of_hands::relay::letter::{self, Context, Dropped, Envelope, Known, LetterWords};
use show_of_hands::relay::words_of;
use show_of_hands::store::types::Digest;
use show_of_hands::vault::{Address, Chance, DayKey, Opener, Place, SealedToMailer, SigningKeys, Vault};

/// Runs of each step; the best counts, as the others measure what else the machine does.
const RUNS: usize = 7;
const ADDRESSES: [&str; 6] = [
    "alice.liddell@a.example",
    "alice@old.example",
    "alice.liddell@gmail.com",
    "bob@b.example",
    "bob@former.example",
    "robert.hatter@proton.me",
];

const NAMES: [&str; 2] = ["Alice", "Bob"];

type Step<'a> = (&'a str, &'a dyn Fn(&[u8]));

fn main() {
    let Some(corpus) = corpus() else {
        println!("skipped: no mail corpus (MAIL_CORPUS)");
        return;
    };
    let bytes: usize = corpus.iter().map(Vec::len).sum();
    println!("{} messages, {:.2} MB, best of {RUNS}\n", corpus.len(), megabytes(bytes));
    let bench = Bench::new();
    let bare = run(&corpus, parse_and_decode);
    let steps: [Step<'_>; 6] = [
        ("bare parse, parts decoded", &|raw| parse_and_decode(raw)),
        ("our words around one letter", &|_| {
            drop(black_box(words_of(&bench.all_words, Lang::En, &NAMES, Dropped::default())));
        }),
        ("transform, machine mail put aside", &|raw| {
            if letter::machine_mail(raw).is_none() {
                drop(black_box(bench.transform(raw)));
            }
        }),
        ("transform of every message", &|raw| drop(black_box(bench.transform(raw)))),
        ("transform + DKIM", &|raw| bench.signed(raw)),
        ("transform + opening and sealing", &|raw| bench.sealed(raw)),
    ];
    println!("{:34} {:>10} {:>8} {:>8} {:>10} {:>10}", "", "letters/s", "MB/s", "of bare", "median µs", "p99 µs");
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for (name, step) in steps.into_iter().filter(|(name, _)| name.contains(&wanted)) {
        let times = run(&corpus, step);
        let ratio = total(&bare).as_secs_f64() / total(&times).as_secs_f64();
        report(name, &times, bytes, ratio);
    }
    let (sent, refused) = bench.outcomes(&corpus);
    println!("\n{sent} sent, {refused} not; 0 addresses of the two in what is sent");
    println!("peak memory above rest, one message of 10 MiB: {:.0} MiB", bench.peak_of_ten_mebibytes());
}

fn parse_and_decode(raw: &[u8]) {
    if let Some(message) = MessageParser::default().parse(raw) {
        for part in &message.parts {
            match &part.body {
                PartType::Text(text) | PartType::Html(text) => drop(black_box(text.len())),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => drop(black_box(bytes.len())),
                _ => drop(black_box(part.content_type().is_some())),
            }
        }
    }
}

/// One pair, one direction, and what the mailer holds.
struct Bench {
    known: Known,
    envelope: Envelope,
    all_words: Words,
    words: LetterWords,
    signer: Signer,
    chance: Chance,
    vault: Vault,
    opener: Opener,
    addresses: Vec<(Digest, SealedToMailer)>,
    day_key: DayKey,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let chance = Chance::seeded(1);
        let (vault, opener) = Vault::open_or_make(&folder.path().join("keys"), &chance).expect("keys");
        SigningKeys::make_missing(&folder.path().join("keys"), &chance).expect("signing keys");
        let signing = SigningKeys::open(&folder.path().join("keys")).expect("signing keys").expect("made");
        let sealed = |text: &&str| {
            let address = Address::parse(text).expect("an address");
            let index = vault.index(&address);
            (index, vault.seal_to_mailer(place(&index), &address, &chance).expect("sealed"))
        };
        let all_words = Words::load(None).expect("words");
        Self {
            known: Known {
                addresses: ADDRESSES.map(str::to_owned).to_vec(),
                own: 3,
                relay_domain: "relay.example".into(),
                full_name: None,
                first_name: "Alice".into(),
            },
            envelope: Envelope {
                from_name: "Alice".into(),
                from_alias: "aaaaaaaaaaaaaaaaaaaaaaaaaa@relay.example".into(),
                to_alias: "bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example".into(),
                check_word: "river".into(),
                date: Timestamp(1_767_268_800),
                message_id: "m1".into(),
                thread_root: "t1".into(),
                relay_domain: "relay.example".into(),
            },
            words: words_of(&all_words, Lang::En, &NAMES, Dropped::default()),
            all_words,
            signer: Signer::new(signing, "relay.example"),
            addresses: ADDRESSES.iter().map(sealed).collect(),
            day_key: opener.make_day_key(Day(20_454), &vault, &chance).expect("a key"),
            chance,
            vault,
            opener,
            _folder: folder,
        }
    }

    /// read → scrub → rebuild → gate
    fn transform(&self, raw: &[u8]) -> Option<Vec<u8>> {
        let incoming = letter::read(raw).ok()?;
        let context = Context { known: &self.known, words: &self.words, envelope: &self.envelope };
        letter::carry(&incoming, &context).ok().map(|carried| carried.bytes)
    }

    fn signed(&self, raw: &[u8]) {
        if let Some(bytes) = self.transform(raw) {
            black_box(self.signer.sign(&bytes).expect("signed"));
        }
    }

    /// Every address of the two opened before, the finished bytes sealed to the day after.
    fn sealed(&self, raw: &[u8]) {
        for (index, sealed) in &self.addresses {
            black_box(self.opener.open_address(place(index), sealed).expect("opened"));
        }
        if let Some(bytes) = self.transform(raw) {
            let row = Place { table: "outbox", column: "payload", row: &[7; 16] };
            black_box(self.vault.seal_to_day(&self.day_key, row, &bytes, &self.chance).expect("sealed"));
        }
    }

    fn outcomes(&self, corpus: &[Vec<u8>]) -> (usize, usize) {
        let sent: Vec<Vec<u8>> = corpus.iter().filter_map(|raw| self.transform(raw)).collect();
        for bytes in &sent {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            assert!(ADDRESSES.iter().all(|address| !text.contains(address)), "an address in a letter");
        }
        (sent.len(), corpus.len() - sent.len())
    }

    fn peak_of_ten_mebibytes(&self) -> f64 {
        let mut raw =
            b"From: alice.liddell@a.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n".to_vec();
        raw.extend(b"Hello, this is me.\r\n".repeat(8_000));
        raw.extend(b"--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        while raw.len() < 10 * 1024 * 1024 - 200 {
            raw.extend(b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n");
        }
        raw.extend(b"--b--\r\n");
        fs::write("/proc/self/clear_refs", "5").expect("the peak begins anew");
        let before = status("VmRSS:");
        assert!(self.transform(&raw).is_some(), "it goes");
        (status("VmHWM:") - before) / 1024.0
    }
}

/// The time of each message in the best run.
fn run(corpus: &[Vec<u8>], step: impl Fn(&[u8])) -> Vec<Duration> {
    let once = || -> Vec<Duration> {
        corpus
            .iter()
            .map(|raw| {
                let begin = Instant::now();
                step(raw);
                begin.elapsed()
            })
            .collect()
    };
    (0..RUNS).map(|_| once()).min_by_key(|times| total(times)).unwrap_or_default()
}

fn place(index: &Digest) -> Place<'_> {
    Place { table: "members", column: "address", row: &index.0 }
}

/// KiB of this process.
fn status(name: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

fn total(times: &[Duration]) -> Duration {
    times.iter().sum()
}

#[expect(clippy::cast_precision_loss, reason = "a figure to read")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "a figure to read")]
fn report(name: &str, times: &[Duration], bytes: usize, ratio: f64) {
    let mut sorted = times.to_vec();
    sorted.sort();
    let at = |part: usize| sorted.get(sorted.len() * part / 100).map_or(0, Duration::as_micros);
    let seconds = total(times).as_secs_f64();
    println!(
        "{name:34} {:10.0} {:8.1} {ratio:8.2} {:>10} {:>10}",
        times.len() as f64 / seconds,
        megabytes(bytes) / seconds,
        at(50),
        at(99)
    );
}

fn corpus() -> Option<Vec<Vec<u8>>> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/mail-corpus");
    let folder = std::env::var("MAIL_CORPUS").map_or_else(|_| default(), PathBuf::from);
    let mut files = Vec::new();
    list(folder.is_dir().then_some(&folder)?, &mut files);
    files.sort();
    Some(files.iter().map(|file| fs::read(file).expect("a message")).collect())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_body = path.to_string_lossy().ends_with("-bodies");
        if path.is_dir() && !is_body {
            list(&path, files);
        } else if path.is_file() && path.extension().is_none_or(|ending| ending != "md") {
            files.push(path);
        }
    }
}
