//! The App as `serve` starts it, with a clock that stands, mail that arrives in memory, and nothing that runs by itself.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;
use show_of_hands::app::{App, Inside, Outside};
use show_of_hands::clock::{Clock, Timestamp};
use show_of_hands::config::{self, Partial, Settings};
use show_of_hands::demo::dns::{self, Answerer};
use show_of_hands::ground::Ground;
use show_of_hands::i18n::Lang;
use show_of_hands::members::{self, InvitationKind};
use show_of_hands::store::schema::outbox;
use show_of_hands::store::{self, Tx};
use show_of_hands::vault::{Chance, Cost};
use tempfile::TempDir;
use tokio::sync::watch;

use super::browser::Browser;
use super::mail::{Mail, Sink};
use super::postfix;
use crate::engine::{Database, Engine};

/// What people type. The test's browsers go to the port of the App and say this name.
pub const PUBLIC_URL: &str = "https://hands.example";
pub const MAIL_DOMAIN: &str = "hands.example";
const TUESDAY_AFTERNOON: &str = "2026-11-24T14:00:00Z";

/// Counts, so that a story without a seed of its own still repeats.
const SEED: u64 = 7;

pub struct TestApp {
    pub inside: Inside,
    pub http: SocketAddr,
    /// Where the service takes mail.
    pub mail_in: SocketAddr,
    /// Where Postfix asks who is there, if the story set it.
    pub policy: Option<SocketAddr>,
    /// Where letters of a mail server beside us wait, if the story has one.
    pub queue: Option<PathBuf>,
    /// The smarthost: whatever the service sends ends here.
    pub sink: Sink,
    pub dns: Answerer,
    pub keys: PathBuf,
    stop: watch::Sender<bool>,
    database: Database,
    may_leave_mail: bool,
    _folder: TempDir,
}

impl TestApp {
    /// `None` where the engine is not to be had; the test has then said so.
    pub async fn start(engine: Engine) -> Option<Self> {
        Self::start_with(engine, |_| ()).await
    }

    /// The same with other settings than the usual.
    pub async fn start_with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Option<Self> {
        let database = Database::with_tables(engine)?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sink = Sink::open().await;
        let dns = dns::start().await.expect("a name server on loopback");
        let mut settings = settings(&database, folder.path().join("keys"), sink.address, dns.address);
        change(&mut settings);
        let keys = settings.keys.clone();
        let start = DateTime::parse_from_rfc3339(TUESDAY_AFTERNOON).expect("a moment").timestamp();
        let outside =
            Outside { clock: Clock::standing_at(Timestamp(start)), chance: Chance::seeded(SEED), cost: Cost::LOWEST };
        let app = App::build(settings, outside).await.expect("the App starts");
        let (stop, stopped) = watch::channel(false);
        let (inside, http) = (app.inside(), app.http_address().expect("an address for pages"));
        let (mail_in, policy) = (app.mail_address().expect("an address for mail"), app.policy_address());
        actix_web::rt::spawn(async move { app.run_with(stopped, |_| (), false).await.expect("the App runs") });
        Some(Self {
            inside,
            http,
            mail_in,
            policy,
            queue: None,
            sink,
            dns,
            keys,
            stop,
            database,
            may_leave_mail: false,
            _folder: folder,
        })
    }

    pub fn ground(&self) -> &Ground {
        &self.inside.ground
    }

    pub fn database_url(&self) -> &str {
        self.database.url()
    }

    /// Does everything that is due now; what a mail server beside us has taken arrives.
    pub async fn settle(&self) {
        self.inside.settle().await;
        self.places_are_counted();
        if let Some(queue) = &self.queue {
            postfix::is_empty(queue).await;
        }
    }

    /// What the index of hands with room holds is what the rows of hands, offers and pairs say, whatever happened.
    fn places_are_counted(&self) {
        let differs = "SELECT count(*) AS number FROM places_now n
            JOIN hands h ON h.member = n.hand
            LEFT JOIN places p ON p.hand = n.hand
            AND p.turn = n.turn AND p.room = n.room AND p.has_room = n.has_room
            AND p.has_room_for_now = n.has_room_for_now
            AND p.languages = h.languages AND p.hours = h.hours
            AND p.accepts = h.accepts AND p.describes = h.describes
            WHERE p.hand IS NULL";
        let wrong: Number = self
            .ground()
            .store
            .read(|conn| Ok::<_, store::Error>(sql_query(differs).get_result(conn)?))
            .expect("an answer");
        assert_eq!(wrong.number, 0, "hands whose places are not as they are counted");
    }

    /// Turns the clock forward, `"+1 day"` or `"+30 min"`, and does what is due then.
    pub async fn turn(&self, by: &str) {
        self.ground().clock.turn(length(by));
        self.settle().await;
    }

    /// Puts people straight into the store, all at once.
    pub fn seed<T>(&self, mut people: impl FnMut(&mut Tx<'_>, &Ground) -> T) -> T {
        let done: Result<T, store::Error> = self.ground().store.write_tx(|tx| Ok(people(tx, self.ground())));
        done.expect("people in the store")
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.http)
    }

    /// Every mail that arrived at this address, the oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        self.sink.mails().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// The newest mail at this address; there must be one.
    pub fn newest_mail_to(&self, address: &str) -> Mail {
        self.mails_to(address).pop().unwrap_or_else(|| panic!("no mail came to {address}"))
    }

    /// A one-time link for a sponsor, as the operator's command prints it.
    pub async fn invitation(&self) -> String {
        self.invitation_to("raise", InvitationKind::Sponsor).await
    }

    /// The same for a coordinator.
    pub async fn invitation_to_the_desk(&self) -> String {
        self.invitation_to("desk/join", InvitationKind::Coordinator).await
    }

    async fn invitation_to(&self, path: &str, kind: InvitationKind) -> String {
        let token = self.ground().run(move |ground| members::invite(ground, kind, None)).await;
        format!("{}/{path}/{}", Lang::En.path_prefix(), token.expect("an invitation").text())
    }

    /// For a story that ends with mail that cannot leave.
    pub fn may_leave_mail(&mut self) {
        self.may_leave_mail = true;
    }

    pub fn count_due_mail(&self) -> i64 {
        let now = self.ground().now();
        let due = outbox::table.filter(outbox::due_at.le(now)).count();
        self.ground().store.read(|conn| due.get_result(conn).map_err(store::Error::from)).expect("a count")
    }

    pub fn count_mail_waiting(&self) -> i64 {
        let all = outbox::table.count();
        self.ground().store.read(|conn| all.get_result(conn).map_err(store::Error::from)).expect("a count")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if !std::thread::panicking() && !self.may_leave_mail {
            assert_eq!(self.count_due_mail(), 0, "mail is due and was not sent");
        }
    }
}

fn settings(database: &Database, keys: PathBuf, smarthost: SocketAddr, dns: SocketAddr) -> Settings {
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    config::resolve(Partial {
        database: Some(database.url().to_owned()),
        keys: Some(keys),
        http: Some(free),
        mail_in: Some(free),
        smarthost: Some(format!("smtp://{smarthost}")),
        public_url: Some(PUBLIC_URL.to_owned()),
        mail_domain: Some(MAIL_DOMAIN.to_owned()),
        sender_name: Some("Hands".to_owned()),
        dns: Some(dns),
        ..Partial::default()
    })
    .unwrap_or_else(|error| panic!("settings: {error}"))
}

/// `"+1 day"`, `"+16 h"`, `"+30 min"`.
fn length(text: &str) -> TimeDelta {
    let (number, unit) = text.trim_start_matches('+').split_once(' ').expect("a number and a unit");
    let number: i64 = number.parse().expect("a number");
    match unit {
        "day" | "days" => TimeDelta::days(number),
        "h" => TimeDelta::hours(number),
        "min" => TimeDelta::minutes(number),
        other => panic!("no unit: {other}"),
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}
