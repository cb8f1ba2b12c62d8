//! Starting the demo: a folder that is thrown away, a DNS answerer, a mailbox for the whole world, the same App that
//! `serve` runs, its people, and the pages on top.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use super::dns::{self, Answerer};
use super::drive::Drive;
use super::mailbox::Mailbox;
use super::pages;
use super::seed::{self, DeskKey};
use super::stage::Stage;
use crate::app::{self, App, Inside, Outside};
use crate::clock::{Clock, Timestamp};
use crate::config::{self, Partial, Settings};
use crate::smtp::listen::{self, ListenSettings};
use crate::vault::{Chance, Cost, Token};
use crate::{hands, members, requests, store, vault};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the demo's folder cannot be made")]
    Folder(#[source] io::Error),
    #[error("an address to listen on cannot be taken")]
    Listen(#[source] io::Error),
    #[error(transparent)]
    Config(#[from] config::Error),
    #[error(transparent)]
    App(#[from] app::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Members(#[from] members::Error),
    #[error(transparent)]
    Hands(#[from] hands::Error),
    #[error(transparent)]
    Requests(#[from] requests::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// The demo's own people did not get through the doors; the place says where.
    #[error("the demo's people could not be seeded: {0}")]
    Seed(&'static str),
}

/// An address of meetings at which nobody is; a list of that day does not grow old while the demo's clock is turned. The
/// sponsors of the demo are taken for people who have been here for long.
const POLICY: &str = "[meetings]\nfeed = \"https://meetings.example/list.json\"\nstale_after = \"365 days\"\n\
    [hands]\ncapacity_at_first = 5\n";

pub const MAIL_DOMAIN: &str = "notes.example";
const SENDER_NAME: &str = "Notes";
/// The hour at which every demo begins, so that sponsors are asked and not asleep.
const FIRST_HOUR: i64 = 10;
/// How long before that the first of the demo's people came.
const STORY: TimeDelta = TimeDelta::hours(32);

/// A running demo. It ends with [`Demo::stop`]; dropping it only removes the folder.
pub struct Demo {
    /// The pages.
    pub address: SocketAddr,
    /// Where the service takes mail.
    pub mail_in: SocketAddr,
    /// The mailbox that stands for every mail server of the world.
    pub mail_out: SocketAddr,
    pub inside: Inside,
    pub mailbox: Arc<Mailbox>,
    pub desk: DeskKey,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    app: actix_web::rt::task::JoinHandle<Result<(), app::Error>>,
    _dns: Answerer,
    _folder: Folder,
}

impl Demo {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Finishes what is under way and removes everything.
    pub async fn stop(mut self) -> Result<(), Error> {
        self.stop.send_replace(true);
        if let Ok(done) = self.app.await {
            done?;
        }
        while self.tasks.join_next().await.is_some() {}
        Ok(())
    }
}

/// Starts everything; `http` may have port 0. Runs inside an actix `System`.
pub async fn start(http: SocketAddr, cost: Cost) -> Result<Demo, Error> {
    let chance = Chance::system();
    let folder = Folder::make(&chance)?;
    let dns = dns::start().await.map_err(Error::Listen)?;
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();

    let mailbox = Arc::new(Mailbox::default());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(Error::Listen)?;
    let mail_out = listener.local_addr().map_err(Error::Listen)?;
    let world = ListenSettings::new("mx.example");
    tasks.spawn(listen::serve(listener, Arc::clone(&mailbox), world, stopped.clone()));

    let http = free_port(http)?;
    let settings = settings(&folder.0, http, mail_out, dns.address)?;
    let clock = Clock::system();
    let begins = begins_at(clock.now());
    clock.turn(begins.minus(STORY).since(clock.now()));
    let app = App::build(settings, Outside { clock, chance, cost }).await?;
    let address = app.http_address().ok_or(Error::Seed("no pages"))?;
    let mail_in = app.mail_address().ok_or(Error::Seed("no mail role"))?;
    let inside = app.inside();
    let drive = Drive::new(inside.clone());
    let desk = seed::seed(&drive, &mailbox, cost, begins).await?;

    let stage = Arc::new(Stage::new(drive, Arc::clone(&mailbox), address, mail_in, desk.clone()));
    let more = pages::routes(Arc::clone(&stage));
    let app = actix_web::rt::spawn(app.run_with(stopped.clone(), more, false));
    tasks.spawn(async move { stage.drive.run(stopped).await });
    Ok(Demo { address, mail_in, mail_out, inside, mailbox, desk, stop, tasks, app, _dns: dns, _folder: folder })
}

fn settings(folder: &Path, http: SocketAddr, mail_out: SocketAddr, dns: SocketAddr) -> Result<Settings, Error> {
    let url = format!("http://{http}");
    let partial = Partial {
        database: Some(format!("sqlite:{}", folder.join("demo.db").display())),
        keys: Some(folder.join("keys")),
        http: Some(http),
        mail_in: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        smarthost: Some(format!("smtp://{mail_out}")),
        public_url: Some(url.clone()),
        mail_domain: Some(MAIL_DOMAIN.to_owned()),
        sender_name: Some(SENDER_NAME.to_owned()),
        leave_to: Some(format!("{url}/demo")),
        dns: Some(dns),
        policy: Some(write_policy(folder)?),
        ..Partial::default()
    };
    Ok(Settings { is_demo: true, ..config::resolve(partial)? })
}

fn write_policy(folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join("policy.toml");
    fs::write(&path, POLICY).map_err(Error::Folder)?;
    Ok(path)
}

/// The pages' own address stands in every mail, so a port must be known before anything starts.
fn free_port(http: SocketAddr) -> Result<SocketAddr, Error> {
    if http.port() != 0 {
        return Ok(http);
    }
    std::net::TcpListener::bind(http).and_then(|listener| listener.local_addr()).map_err(Error::Listen)
}

/// The next morning: forward, so that no cookie of the demo is born expired.
fn begins_at(now: Timestamp) -> Timestamp {
    let today = now.day().start().plus(TimeDelta::hours(FIRST_HOUR));
    if today.0 >= now.0 { today } else { today.plus(TimeDelta::days(1)) }
}

/// Removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn make(chance: &Chance) -> Result<Self, Error> {
        let path = std::env::temp_dir().join(format!("show-of-hands-demo-{}", Token::draw(chance).text()));
        fs::DirBuilder::new().mode(0o700).create(&path).map_err(Error::Folder)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if fs::remove_dir_all(&self.0).is_err() {
            tracing::warn!("the demo's folder could not be removed");
        }
    }
}

/// The address of the pages as a URL, for what compares links with it.
pub(super) fn public_url(address: SocketAddr) -> String {
    Url::parse(&format!("http://{address}")).map_or_else(|_| String::new(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_begins_at_the_next_ten_in_the_morning() {
        let day = Timestamp(1_800_000_000).day().start();
        for (hour, expected) in [(3, 10), (10, 10), (11, 34), (23, 34)] {
            let at = begins_at(day.plus(TimeDelta::hours(hour)));
            assert_eq!(at.since(day).num_hours(), expected, "{hour}");
        }
    }
}
