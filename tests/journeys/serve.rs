//! The program itself, as an operator runs it: `serve --config FILE`, its commands beside it, and how it refuses.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use diesel::prelude::*;
use serde_json::Value;
use show_of_hands::store::schema::outbox;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::meetings::{Does, Feed};
use crate::support::Browser;
use crate::support::smarthost::Smarthost;

const PROGRAM: &str = env!("CARGO_BIN_EXE_show-of-hands");
pub const PASSWORD: &str = "the-right-password";
/// What a slow machine needs to start, and to try a mail (the smarthost is on loopback).
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder of an operator: the settings file, the keys, the database, the password.
pub struct Place {
    folder: TempDir,
    file: String,
}

impl Place {
    pub fn new(smarthost: &Smarthost) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).display().to_string();
        fs::write(path("password"), format!("{PASSWORD}\n")).expect("a file");
        let file = format!(
            "public-url = \"https://hands.example\"\nmail-domain = \"hands.example\"\nhttp = \"127.0.0.1:0\"\n\
             mail-in = \"127.0.0.1:0\"\nsmarthost = \"smtp://{}\"\nsmarthost-user = \"hands\"\n\
             smarthost-password-file = \"{}\"\ndatabase = \"sqlite:{}\"\nkeys = \"{}\"\ndns = \"127.0.0.1:9\"\n",
            smarthost.address,
            path("password"),
            path("data/hands.db"),
            path("keys"),
        );
        let place = Self { folder, file };
        place.say(&place.file);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the settings file.
    pub fn say(&self, text: &str) {
        fs::write(self.path("settings.toml"), text).expect("the settings file");
    }

    /// One command to its end.
    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(PROGRAM);
        command.args(words).arg("--config").arg(self.path("settings.toml")).env_clear();
        command.output().expect("the program runs")
    }

    #[track_caller]
    pub fn runs(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }

    /// `serve` refuses in one sentence that says this, and every file is as it was.
    #[track_caller]
    pub fn is_refused(&self, words: &[&str], sentence: &str) {
        let before = self.files();
        let done = self.run(words);
        let said = String::from_utf8(done.stderr).expect("text");
        assert!(!done.status.success(), "{words:?} started");
        assert!(done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stdout));
        assert_eq!(said.lines().count(), 1, "one sentence: {said}");
        assert!(said.contains(sentence), "{said}");
        let after = self.files();
        let is_changed = |path: &&PathBuf| before.get(*path) != after.get(*path);
        let changed: Vec<&PathBuf> = before.keys().chain(after.keys()).filter(is_changed).collect();
        assert!(changed.is_empty(), "changed: {changed:?}");
    }

    /// Every file with its mode and its content, without what SQLite lays beside a database that is open: a log that is
    /// empty, and its index.
    fn files(&self) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let meta = fs::metadata(&path).expect("its facts");
                let name = path.to_string_lossy();
                if name.ends_with("-shm") || (name.ends_with("-wal") && meta.len() == 0) {
                    continue;
                }
                let content = if meta.is_dir() { Vec::new() } else { fs::read(&path).expect("its content") };
                files.insert(path.clone(), (meta.permissions().mode(), content));
                if meta.is_dir() {
                    folders.push(path);
                }
            }
        }
        files
    }

    fn copies_keys(&self, to: &str) {
        fs::create_dir(self.path(to)).expect("a folder");
        set_mode(&self.path(to), 0o700);
        for entry in fs::read_dir(self.path("keys")).expect("keys") {
            let from = entry.expect("an entry").path();
            if from.is_file() {
                fs::copy(&from, self.path(to).join(from.file_name().expect("a name"))).expect("a copy");
            }
        }
    }

    /// The settings file with another folder of keys.
    fn with_keys(&self, name: &str) -> String {
        let line = |name: &str| format!("keys = \"{}\"", self.path(name).display());
        self.file.replace(&line("keys"), &line(name))
    }

    fn outbox(&self) -> SqliteConnection {
        let path = self.path("data/hands.db");
        SqliteConnection::establish(path.to_str().expect("text")).expect("the database")
    }

    fn count_mail_waiting(&self) -> i64 {
        outbox::table.count().get_result(&mut self.outbox()).expect("a count")
    }

    /// As if the waits after failed tries were over.
    fn makes_mail_due(&self) {
        diesel::update(outbox::table).set(outbox::due_at.eq(0)).execute(&mut self.outbox()).expect("rows");
    }
}

pub fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
}

/// A running `serve`.
pub struct Serve {
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Serve {
    pub fn start(place: &Place, words: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("serve").args(words).arg("--config").arg(place.path("settings.toml")).env_clear();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let printed = BufReader::new(child.stdout.take().expect("its words"));
        let (tell, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || printed.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, lines }
    }

    /// The next line it prints, without what it begins with.
    pub async fn says(&mut self, begin: &str) -> String {
        let line = timeout(PATIENCE, self.lines.recv()).await.expect("in time").expect("a line");
        line.strip_prefix(begin).unwrap_or_else(|| panic!("{line}")).to_owned()
    }

    pub async fn browser(&mut self) -> Browser {
        Browser::new(self.says("Pages on http://").await.parse().expect("an address"))
    }

    /// As the system stops a service.
    pub async fn stops(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        let status = timeout(Duration::from_secs(6), self.ends()).await.expect("it stops in time");
        assert!(status.success(), "{status}");
    }

    async fn ends(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.child.try_wait().expect("its end") {
                return status;
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // Nothing to end where the story ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub async fn asks_for_numbers(browser: &mut Browser, address: &str) {
    browser.visit("/in").await;
    browser.fill_and_press(&[("email", address)]).await;
    assert_eq!(browser.page.status, 200, "{}", browser.page.text());
}

async fn ready(browser: &mut Browser) -> Value {
    serde_json::from_str(&browser.visit("/readyz").await.html).expect("JSON")
}

/// Waits until `/readyz` says this about the smarthost.
async fn becomes(browser: &mut Browser, key: &str, value: bool) -> Value {
    let waits = async {
        loop {
            let said = ready(browser).await;
            if said[key] == Value::Bool(value) {
                return said;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, waits).await.unwrap_or_else(|_| panic!("{key} is never {value}"))
}

pub async fn receives(smarthost: &Smarthost, count: usize) {
    let waits = async {
        while smarthost.mails().len() < count {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, waits).await.expect("the mail arrives");
}

#[actix_web::test]
async fn a_smarthost_that_does_not_let_us_in_and_one_that_is_down_lose_nothing() {
    let mut smarthost = Smarthost::open(Some(PASSWORD)).await;
    let place = Place::new(&smarthost);
    fs::write(place.path("password"), "not-the-password\n").expect("a file");
    let mut serve = Serve::start(&place, &[]);
    let mut browser = serve.browser().await;
    serve.says("Mail is taken on 127.0.0.1:").await;
    assert_eq!(ready(&mut browser).await["ready"], Value::Bool(true));

    asks_for_numbers(&mut browser, "jo@mail.example").await;
    let said = becomes(&mut browser, "smarthost_lets_us_in", false).await;
    assert_eq!((&said["ready"], &said["smarthost_answers"]), (&Value::Bool(false), &Value::Bool(true)));
    serve.stops().await;
    assert_eq!(place.count_mail_waiting(), 1);

    smarthost.close().await;
    fs::write(place.path("password"), format!("{PASSWORD}\n")).expect("a file");
    place.makes_mail_due();
    let mut serve = Serve::start(&place, &[]);
    let mut browser = serve.browser().await;
    let said = becomes(&mut browser, "smarthost_answers", false).await;
    assert_eq!((&said["ready"], &said["smarthost_lets_us_in"]), (&Value::Bool(false), &Value::Bool(true)));
    serve.stops().await;
    assert_eq!(place.count_mail_waiting(), 1);

    smarthost.reopen().await;
    place.makes_mail_due();
    let mut serve = Serve::start(&place, &[]);
    let mut browser = serve.browser().await;
    receives(&smarthost, 1).await;
    becomes(&mut browser, "ready", true).await;
    serve.stops().await;
    assert_eq!(place.count_mail_waiting(), 0);
    let mails = smarthost.mails();
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "jo@mail.example"));
}

#[actix_web::test]
async fn what_does_not_fit_is_refused_in_one_sentence_and_changes_nothing() {
    let smarthost = Smarthost::open(None).await;
    let place = Place::new(&smarthost);
    place.runs(&["migrate"]);

    place.say(&format!("{}smarhost = \"smtp://a\"\n", place.file));
    place.is_refused(&["serve"], "smarhost");
    place.say(&place.file.replace("mail-domain = \"hands.example\"\n", ""));
    place.is_refused(&["serve"], "the setting `mail-domain` is missing");
    place.say(&place.file);
    place.is_refused(&["serve", "--database", "mysql://a"], "the database URL must begin with");

    let other = Place::new(&smarthost);
    other.runs(&["migrate"]);
    place
        .say(&place.file.replace(&place.path("keys").display().to_string(), &other.path("keys").display().to_string()));
    place.is_refused(&["serve"], "this database was made with other keys");
    place.is_refused(&["invite", "sponsor"], "this database was made with other keys");
    place.say(&place.with_keys("nowhere"));
    place.is_refused(&["serve"], "the folder of keys is missing");

    place.say(&place.file);
    for name in ["root", "data", "index", "memory", "mailer.public", "mailer.private"] {
        let key = place.path("keys").join(name);
        set_mode(&key, 0o644);
        place.is_refused(&["serve"], "can be read by others");
        set_mode(&key, 0o600);
        let content = fs::read(&key).expect("a key");
        fs::write(&key, b"not a key").expect("a file");
        place.is_refused(&["serve"], "is not a key file of this kind");
        fs::write(&key, content).expect("a key");
        fs::rename(&key, place.path("aside")).expect("moved");
        place.is_refused(&["serve"], "is missing from the folder of keys");
        fs::rename(place.path("aside"), &key).expect("moved back");
    }
    // Nothing of all that did harm.
    place.runs(&["migrate"]);
}

#[actix_web::test]
async fn an_invitation_of_the_operator_opens_while_the_service_runs() {
    let smarthost = Smarthost::open(Some(PASSWORD)).await;
    let place = Place::new(&smarthost);
    let begin = now();
    let mut serve = Serve::start(&place, &[]);
    let mut browser = serve.browser().await;
    browser.visit("/").await.says("You do not have to do this alone");
    println!("from start to the first page: {} ms", now().saturating_sub(begin).as_millis());
    let mail_in = serve.says("Mail is taken on ").await;

    // The same ports are in the settings of the commands, and taken.
    let http = browser.server().to_string();
    let beside = ["--http", &http, "--mail-in", &mail_in];
    let link = |text: String| text.lines().next().expect("a link").to_owned();
    let desk = link(place.runs(&[&["invite", "coordinator"], beside.as_slice()].concat()));
    assert!(desk.starts_with("https://hands.example/desk/join/"), "{desk}");
    browser.visit(&desk).await.says("Welcome. Two things before you start.");
    let hand = link(place.runs(&[&["invite", "sponsor"], beside.as_slice()].concat()));
    browser.visit(&hand).await;
    browser.press("I can sponsor", &[]).await;
    assert_eq!(browser.page.path, "/raise/you");
    let spanish = link(place.runs(&[&["invite", "sponsor", "--lang", "es"], beside.as_slice()].concat()));
    assert!(spanish.starts_with("https://hands.example/es/raise/"), "{spanish}");
    assert_eq!(browser.visit(&spanish).await.status, 200);
    place.runs(&[&["migrate"], beside.as_slice()].concat());
    serve.stops().await;
}

#[actix_web::test]
async fn pages_without_the_private_key_cannot_send_and_the_mailer_beside_them_can() {
    let smarthost = Smarthost::open(Some(PASSWORD)).await;
    let place = Place::new(&smarthost);
    place.runs(&["migrate"]);
    place.copies_keys("keys-of-pages");
    fs::remove_file(place.path("keys-of-pages/mailer.private")).expect("removed");
    place.say(&place.with_keys("keys-of-pages"));
    place.is_refused(&["serve", "--role", "mailer"], "the mailer's private key");
    place.is_refused(&["serve"], "the mailer's private key");

    let mut pages = Serve::start(&place, &["--role", "web"]);
    let mut browser = pages.browser().await;
    asks_for_numbers(&mut browser, "jo@mail.example").await;
    assert_eq!(place.count_mail_waiting(), 1);
    assert!(smarthost.mails().is_empty(), "pages send nothing");

    place.say(&place.file);
    let http = browser.server().to_string();
    let mut mailer = Serve::start(&place, &["--role", "mailer", "--http", &http]);
    mailer.says("Mail is taken on 127.0.0.1:").await;
    receives(&smarthost, 1).await;
    asks_for_numbers(&mut browser, "kim@mail.example").await;
    assert_eq!(browser.page.status, 200);
    mailer.stops().await;
    pages.stops().await;
}

#[actix_web::test]
async fn meetings_are_read_beside_the_mail_and_by_no_page() {
    let smarthost = Smarthost::open(None).await;
    let place = Place::new(&smarthost);
    place.runs(&["migrate"]);
    let feed = Feed::open(Does::Drips).await;
    fs::write(place.path("policy.toml"), feed.policy()).expect("the policy");
    place.say(&format!("{}policy = \"{}\"\n", place.file, place.path("policy.toml").display()));

    let mut pages = Serve::start(&place, &["--role", "web"]);
    pages.browser().await.visit("/").await.says("You do not have to do this alone");
    sleep(Duration::from_millis(500)).await;
    pages.stops().await;
    assert_eq!(feed.visits(), 0);

    // A reading that does not end keeps nobody from stopping.
    let mut serve = Serve::start(&place, &[]);
    let mut browser = serve.browser().await;
    let waits = async {
        while feed.visits() == 0 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, waits).await.expect("the list is read");
    browser.visit("/").await.says("You do not have to do this alone");
    serve.stops().await;
    assert_eq!(feed.visits(), 1);
}

#[expect(clippy::disallowed_methods, reason = "how long a start takes is told, not asserted")]
fn now() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970")
}
