//! Letters taken in with a durable commit, at 1 and at 16 connections, beside the raw fsync of the same disk and beside
//! Postfix's own queue on it: `cargo bench --bench intake`. Ours is the whole way from LMTP to the commit: SPF, who may write,
//! read to gate, sealing. Postfix, where Debian's package is here and this is root, takes the same letters over SMTP into
//! its queue and throws them away behind it.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench speaks to the terminal and stops at what it cannot do"
)]
#![expect(clippy::disallowed_methods, reason = "it measures time")]
#![expect(dead_code, reason = "what tests stand on knows more than a bench needs")]

#[path = "../tests/support/engine.rs"]
mod engine;
#[path = "../tests/support/people.rs"]
mod people;
#[path = "../tests/support/skip.rs"]
mod skip;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use show_of_hands::demo::dns;
use show_of_hands::notices::Site;
use show_of_hands::relay::MailSide;
use show_of_hands::smtp::authenticate::Authenticator;
use show_of_hands::smtp::intake::RelayIntake;
use show_of_hands::smtp::listen::{self, ListenSettings};
use show_of_hands::sponsorships::{alias_place, find_sealed_local_part};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use engine::Engine;
use people::People;

/// What the program runs with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CONNECTIONS: [usize; 2] = [1, 16];
const LETTERS: usize = 800;
/// Ten letters of each pair in all, as many as the policy lets through in an hour.
const PAIRS: usize = 160;
const DOMAIN: &str = "relay.example";
/// Octets of one letter, about: a page of words.
const TEXT: usize = 2000;

/// Each is measured so often, in turns, and the middle one counts: a disk and a machine have their moods.
const ROUNDS: usize = 5;

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let ours = runtime.block_on(Ours::start());
    let folder = tempfile::tempdir().expect("a folder");
    let postfix = Postfix::start(folder.path()).filter(|_| wanted.as_deref() != Some("ours"));
    println!("{LETTERS} letters of {TEXT} octets, per second, the middle of {ROUNDS}\n");
    println!("{:>12} {:>12} {:>12} {:>12} {:>16}", "connections", "ours", "Postfix", "raw fsync", "ours / Postfix");
    let mut rates = [const { [const { Vec::new() }; 3] }; CONNECTIONS.len()];
    for _ in 0..ROUNDS {
        for (connections, rates) in CONNECTIONS.iter().zip(&mut rates) {
            rates[0].push(runtime.block_on(ours.rate(*connections)));
            rates[1].extend(postfix.as_ref().map(|postfix| postfix.rate(*connections)));
            rates[2].push(raw_fsync(*connections));
        }
        ours.people.ground.clock.turn(chrono::TimeDelta::hours(1)); // what a pair may write in an hour
    }
    for (connections, rates) in CONNECTIONS.iter().zip(&mut rates) {
        let [ours, theirs, raw] = rates.each_mut().map(|rates| middle(rates));
        let ratio = ours.zip(theirs).map(|(ours, theirs)| ours / theirs);
        let [ours, theirs, raw] =
            [ours, theirs, raw].map(|rate| rate.map_or("-".to_owned(), |rate| format!("{rate:.0}")));
        let ratio = ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.2}"));
        println!("{connections:>12} {ours:>12} {theirs:>12} {raw:>12} {ratio:>16}");
    }
    if postfix.is_none() {
        println!("\nskipped: Postfix (Debian's package, as root)");
    }
    runtime.block_on(ours.stop());
}

/// None where nothing was measured.
fn middle(rates: &mut [f64]) -> Option<f64> {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied()
}

fn per_second(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).expect("a small number")) / took.as_secs_f64()
}

/// The whole way in, with pairs that write.
struct Ours {
    people: People,
    ways: Arc<Vec<(String, String)>>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<()>,
    _dns: dns::Answerer,
}

impl Ours {
    async fn start() -> Self {
        let people = People::new(Engine::Sqlite).expect("SQLite");
        let ways = Arc::new((0..PAIRS).map(|number| way(&people, number)).collect());
        let dns = dns::start().await.expect("a name server");
        dns.set_holding(3600);
        let shown = Site { public_url: "https://n.example".into(), sender_name: "Hands".into(), domain: DOMAIN.into() };
        let side =
            MailSide { ground: people.ground.clone(), opener: people.opener.clone(), site: shown, operator: None };
        let authenticator = Authenticator::new(Some(dns.address)).expect("a resolver");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (stop, stopped) = watch::channel(false);
        let intake = Arc::new(RelayIntake { side, authenticator });
        let serving = tokio::spawn(listen::serve(listener, intake, ListenSettings::new(DOMAIN), stopped));
        Self { people, ways, address, stop, serving, _dns: dns }
    }

    /// The letters shared out among connections, each one after the other.
    async fn rate(&self, connections: usize) -> f64 {
        let begin = Instant::now();
        let share = LETTERS / connections;
        let peers: Vec<_> = (0..connections)
            .map(|peer| tokio::spawn(send(self.address, Arc::clone(&self.ways), peer * share..(peer + 1) * share)))
            .collect();
        for peer in peers {
            peer.await.expect("a peer");
        }
        per_second(LETTERS, begin.elapsed())
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.serving.await.expect("it stops");
    }
}

fn way(people: &People, number: usize) -> (String, String) {
    let (jo, ray) = (format!("jo{number}@mail.example"), format!("ray{number}@post.example"));
    let newcomer = people.newcomer("Jo", &jo, "");
    let sponsor = people.sponsor("Ray", &ray, None);
    let pair = people.say_yes(&sponsor, "Hello");
    assert!(pair.sponsee == newcomer.id, "the two of this round");
    let found = people.ground.store.read(|conn| find_sealed_local_part(conn, pair.id, newcomer.id));
    let (hash, sealed) = found.expect("an answer").expect("a relay address");
    let local_part = people.opener.open_bytes(alias_place(&hash), &sealed).expect("opened");
    (jo, format!("{}@{DOMAIN}", String::from_utf8_lossy(local_part.expose())))
}

/// One connection, one letter after the other, each answered before the next.
async fn send(server: SocketAddr, ways: Arc<Vec<(String, String)>>, numbers: Range<usize>) {
    let mut peer = BufReader::new(TcpStream::connect(server).await.expect("a connection"));
    answer(&mut peer, "220").await;
    say(&mut peer, "LHLO mx.example\r\n", "250").await;
    let words = "A page of words. ".repeat(TEXT / 17);
    for number in numbers {
        let (from, to) = &ways[number % PAIRS];
        say(&mut peer, &format!("MAIL FROM:<{from}>\r\n"), "250").await;
        say(&mut peer, &format!("RCPT TO:<{to}>\r\n"), "250").await;
        say(&mut peer, "DATA\r\n", "354").await;
        let head = format!("From: Jo <{from}>\r\nTo: <{to}>\r\nSubject: {}\r\n\r\n", next());
        say(&mut peer, &format!("{head}{words}\r\n.\r\n"), "250").await;
    }
}

/// No two letters are the same: a copy is taken in once.
fn next() -> usize {
    static LAST: AtomicUsize = AtomicUsize::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

async fn say(peer: &mut BufReader<TcpStream>, text: &str, expected: &str) {
    peer.write_all(text.as_bytes()).await.expect("a connection");
    answer(peer, expected).await;
}

async fn answer(peer: &mut BufReader<TcpStream>, expected: &str) {
    loop {
        let mut line = String::new();
        peer.read_line(&mut line).await.expect("a connection");
        assert!(line.starts_with(expected), "{line}");
        if line.as_bytes().get(3) == Some(&b' ') {
            return;
        }
    }
}

/// The same octets appended to a file and synced, a file a thread.
fn raw_fsync(threads: usize) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = vec![b'x'; TEXT];
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (path, bytes) = (folder.path().join(thread.to_string()), &bytes);
            scope.spawn(move || {
                let mut file = OpenOptions::new().create(true).append(true).open(path).expect("a file");
                for _ in 0..LETTERS / threads {
                    file.write_all(bytes).and_then(|()| file.sync_data()).expect("on the disk");
                }
            });
        }
    });
    per_second(LETTERS, begin.elapsed())
}

/// Its usual smtpd and queue in folders of its own; what it took is discarded.
struct Postfix<'a> {
    folder: &'a Path,
    port: u16,
}

impl<'a> Postfix<'a> {
    fn start(folder: &'a Path) -> Option<Self> {
        let is_root = fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
        if !is_root || !Path::new("/usr/sbin/smtp-source").exists() {
            return None;
        }
        let socket = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = socket.local_addr().expect("its address").port();
        drop(socket);
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("a mode");
        for name in ["etc", "spool", "data"] {
            fs::create_dir(folder.join(name)).expect("a folder");
        }
        chown(folder.join("data"), Some(id_of_postfix()), None).expect("an owner");
        let master = fs::read_to_string("/etc/postfix/master.cf.proto").expect("Debian's own");
        let master: String = master
            .lines()
            .map(|line| {
                if line.starts_with("smtp      inet") {
                    format!("127.0.0.1:{port} inet n - n - - smtpd\n")
                } else {
                    format!("{line}\n")
                }
            })
            .collect();
        fs::write(folder.join("etc/master.cf"), master).expect("a file");
        let path = folder.display();
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {path}/spool\ndata_directory = {path}/data\nmyhostname = mx.example\n\
             mydestination =\ninet_interfaces = loopback-only\nmynetworks = 127.0.0.0/8\ndefault_transport = discard:\n\
             smtpd_relay_restrictions = permit_mynetworks, reject\nmaillog_file = {path}/log\n\
             maillog_file_prefixes = {path}\nsmtpd_client_connection_count_limit = 0\n"
        );
        fs::write(folder.join("etc/main.cf"), main).expect("a file");
        let postfix = Self { folder, port };
        postfix.run("start");
        Some(postfix)
    }

    fn run(&self, what: &str) {
        let done = Command::new("/usr/sbin/postfix").arg("-c").arg(self.folder.join("etc")).arg(what).output();
        let done = done.expect("Postfix runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn rate(&self, connections: usize) -> f64 {
        let begin = Instant::now();
        let done = Command::new("/usr/sbin/smtp-source")
            .args(["-s", &connections.to_string(), "-m", &LETTERS.to_string(), "-l", &TEXT.to_string()])
            .args(["-d", "-f", "jo@mail.example", "-t", "ray@post.example", &format!("127.0.0.1:{}", self.port)])
            .status()
            .expect("smtp-source runs");
        assert!(done.success(), "Postfix takes the letters");
        per_second(LETTERS, begin.elapsed())
    }
}

impl Drop for Postfix<'_> {
    fn drop(&mut self) {
        self.run("stop");
    }
}

fn id_of_postfix() -> u32 {
    let users = fs::read_to_string("/etc/passwd").expect("users");
    let line = users.lines().find(|line| line.starts_with("postfix:")).expect("Postfix's user");
    line.split(':').nth(2).and_then(|id| id.parse().ok()).expect("a number")
}
