//! A real Postfix with the configuration that we ship, in folders and on ports of its own. As root alone: Postfix gives up its
//! rights by itself and insists on having had them.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use super::app::{MAIL_DOMAIN, TestApp};

const MAIN: &str = include_str!("../../../deploy/postfix/main.cf");
const MASTER: &str = include_str!("../../../deploy/postfix/master.cf");
/// Debian's own, to which ours is added.
const DEBIANS_MASTER: &str = "/etc/postfix/master.cf.proto";
const POSTFIX: &str = "/usr/sbin/postfix";
const HOST: &str = "mx.hands.example";
/// Of a slow machine, for a start or an empty queue.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ports that nobody else had a moment ago.
pub struct Ports {
    pub smtp: SocketAddr,
    pub out: SocketAddr,
}

impl Ports {
    pub fn free() -> Self {
        // Both at once, so that they differ.
        let open = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let (smtp, out) = (open(), open());
        let address = |listener: &TcpListener| listener.local_addr().expect("its address");
        Self { smtp: address(&smtp), out: address(&out) }
    }
}

pub struct Postfix {
    pub ports: Ports,
    folder: TempDir,
}

/// Where the test can run: Debian's package, and the rights to start it.
pub fn is_here() -> bool {
    let is_root = fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    is_root && Path::new(POSTFIX).exists() && Path::new(DEBIANS_MASTER).exists()
}

impl Postfix {
    /// In front of this App; the App's smarthost is `ports.out`. Every mailbox of the world is the App's sink.
    pub async fn start(app: &TestApp, ports: Ports) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let postfix = Self { ports, folder };
        // Postfix's own users pass through.
        fs::set_permissions(postfix.folder.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
        for (name, owner) in [("etc", 0), ("spool", 0), ("data", id_of("postfix"))] {
            fs::create_dir(postfix.path(name)).expect("a folder");
            chown(postfix.path(name), Some(owner), None).expect("an owner");
        }
        postfix.write_main(app);
        postfix.write_master();
        postfix.run(&["start"]);
        let answers = async {
            while tokio::net::TcpStream::connect(postfix.ports.out).await.is_err() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, answers).await.expect("Postfix starts");
        postfix
    }

    /// What we ship, with the names of the tests, and behind it what only a test needs; the later line counts.
    fn write_main(&self, app: &TestApp) {
        let policy = app.policy.expect("a policy service");
        let ours = MAIN
            .replace("hello.example", MAIL_DOMAIN)
            .replace("127.0.0.1:2424", &app.mail_in.to_string())
            .replace("127.0.0.1:2425", &policy.to_string());
        assert!(ours.contains(HOST) && ours.contains(&policy.to_string()), "{ours}");
        let ours: Vec<&str> = ours.lines().filter(|line| !line.contains("_tls_")).collect();
        let sink = format!("smtp:[127.0.0.1]:{}", app.sink.address.port());
        let here = [
            format!("queue_directory = {}", self.path("spool").display()),
            format!("data_directory = {}", self.path("data").display()),
            format!("maillog_file = {}", self.path("log").display()),
            format!("maillog_file_prefixes = {}", self.folder.path().display()),
            format!("default_transport = {sink}\nlocal_transport = {sink}\nlocal_recipient_maps ="),
            "inet_interfaces = 127.0.0.1\ninet_protocols = ipv4".to_owned(),
            // Nothing here asks the network.
            "smtp_dns_support_level = disabled\nsmtpd_peername_lookup = no".to_owned(),
            "daemon_directory = /usr/lib/postfix/sbin\ncommand_directory = /usr/sbin".to_owned(),
            "mail_owner = postfix\nsetgid_group = postdrop\nmeta_directory = /etc/postfix".to_owned(),
        ];
        fs::write(self.path("etc/main.cf"), format!("{}\n{}\n", ours.join("\n"), here.join("\n"))).expect("main.cf");
    }

    /// Without a chroot, which Debian fills at the start of the service and not for another folder.
    fn write_master(&self) {
        let debians = fs::read_to_string(DEBIANS_MASTER).expect("master.cf");
        let inet = |address: SocketAddr| format!("{address} inet");
        let ours = MASTER.replace("127.0.0.1:2526 inet", &inet(self.ports.out));
        let lines = debians.lines().chain(ours.lines()).map(|line| {
            let mut words: Vec<&str> = line.split_whitespace().collect();
            if line.starts_with(['#', ' ', '\t']) || words.len() < 8 {
                return line.to_owned();
            }
            words[4] = "n";
            words.join(" ")
        });
        let all: Vec<String> = lines.collect();
        let all = all.join("\n").replace("\nsmtp inet", &format!("\n{}", inet(self.ports.smtp)));
        fs::write(self.path("etc/master.cf"), all + "\n").expect("master.cf");
    }

    /// Where letters wait, for [`TestApp::settle`].
    pub fn queue(&self) -> PathBuf {
        self.path("spool")
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// How many of the log's lines have all of these.
    pub fn count_log(&self, pieces: &[&str]) -> usize {
        self.log().lines().filter(|line| pieces.iter().all(|piece| line.contains(piece))).count()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    fn run(&self, words: &[&str]) {
        let done = self.command(words);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{words:?}: {said}{}", self.log());
    }

    fn command(&self, words: &[&str]) -> Output {
        Command::new(POSTFIX).arg("-c").arg(self.path("etc")).args(words).output().expect("Postfix runs")
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // Waits until its processes are gone.
        let _ = self.command(&["stop"]);
    }
}

/// Waits until nothing is on its way. What was put off stays in `deferred` and is waited for in vain.
pub async fn is_empty(queue: &Path) {
    let waits = async {
        while count(queue) > 0 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, waits).await.expect("Postfix's queue is empty");
}

fn count(queue: &Path) -> usize {
    let folders = ["maildrop", "incoming", "active", "deferred", "hold", "corrupt"];
    folders.iter().map(|name| files_below(&queue.join(name))).sum()
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths.map(|path| if path.is_dir() { files_below(&path) } else { 1 }).sum()
}

fn id_of(user: &str) -> u32 {
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let line = users.lines().find(|line| line.starts_with(&format!("{user}:"))).expect("Postfix's user");
    line.split(':').nth(2).and_then(|id| id.parse().ok()).expect("a number")
}
