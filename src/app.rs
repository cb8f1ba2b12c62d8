//! The App: everything that runs, built from settings and run until told to stop. `serve`, the demo and the tests start the
//! same one; they differ in settings, clock and chance.

mod ready;
mod start;

use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{App as ActixApp, HttpServer};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::{Role, Settings};
use crate::feed;
use crate::ground::Ground;
use crate::mailer::Mailer;
use crate::outbox::transport::Health;
use crate::smtp::intake::RelayIntake;
use crate::smtp::listen::{self, ListenSettings};
use crate::smtp::policy::{self, PolicySettings};
use crate::tick;
use crate::vault::{Chance, Hasher};
use crate::web::{self, WebHouse};

pub use start::{Error, make_signing_keys};

/// What a run depends on beside its settings.
#[derive(Clone)]
pub struct Outside {
    pub clock: Clock,
    pub chance: Chance,
    /// Work put into a passphrase; tests lower it.
    pub cost: crate::vault::Cost,
}

impl Outside {
    pub fn real() -> Self {
        Self { clock: Clock::system(), chance: Chance::system(), cost: crate::vault::Cost::DEFAULT }
    }
}

pub struct App {
    settings: Settings,
    ground: Ground,
    health: Health,
    hasher: Hasher,
    /// None in the mailer role, which may run beside the pages with the same settings.
    pages: Option<std::net::TcpListener>,
    post: Option<Post>,
}

/// The mailer role: mail in and mail out.
struct Post {
    mailer: Arc<Mailer>,
    intake: Arc<RelayIntake>,
    listener: TcpListener,
    policy: Option<TcpListener>,
}

/// What a test or the demo holds while the App runs: it turns the clock and does what is due, to the end.
#[derive(Clone)]
pub struct Inside {
    pub ground: Ground,
    pub mailer: Option<Arc<Mailer>>,
}

impl Inside {
    /// Does everything that is due now: ticks and mails, until nothing is left.
    pub async fn settle(&self) {
        // Mail sent can make something due (a failure becomes a notice) and the other way round; three rounds reach rest.
        for _ in 0..3 {
            let ground = self.ground.clone();
            let _ = tokio::task::spawn_blocking(move || tick::pass(&ground)).await;
            if let Some(mailer) = &self.mailer {
                mailer.drain().await;
            }
        }
    }
}

impl App {
    /// Opens keys and database, checks that they belong together, brings the tables up to date, takes the ports.
    ///
    /// # Errors
    /// One sentence for the operator each; nothing was changed when keys or database do not fit.
    pub async fn build(settings: Settings, outside: Outside) -> Result<Self, Error> {
        start::build(settings, outside).await
    }

    /// Where the pages are; none in the mailer role.
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.pages.as_ref().and_then(|pages| pages.local_addr().ok())
    }

    /// Where mail is taken; none in the web role.
    pub fn mail_address(&self) -> Option<SocketAddr> {
        self.post.as_ref().and_then(|post| post.listener.local_addr().ok())
    }

    /// Where Postfix asks who is there; none in the web role, and where it is not set.
    pub fn policy_address(&self) -> Option<SocketAddr> {
        self.post.as_ref()?.policy.as_ref().and_then(|policy| policy.local_addr().ok())
    }

    pub fn inside(&self) -> Inside {
        Inside { ground: self.ground.clone(), mailer: self.post.as_ref().map(|post| Arc::clone(&post.mailer)) }
    }

    /// Runs until `stop` turns true; letters under way are finished.
    pub async fn run(self, stop: watch::Receiver<bool>) -> Result<(), Error> {
        self.run_with(stop, |_| (), true).await
    }

    /// The same with more routes (the demo's). `is_driven`: what is due is done by itself; a test does it by hand.
    pub async fn run_with(
        self,
        stop: watch::Receiver<bool>,
        more: impl FnOnce(&mut ServiceConfig) + Clone + Send + 'static,
        is_driven: bool,
    ) -> Result<(), Error> {
        let runs_mail = self.settings.role != Role::Web;
        let mut tasks = tokio::task::JoinSet::new();
        if let Some(post) = self.post {
            let listen = ListenSettings {
                xforward_peers: self.settings.xforward_peers.clone(),
                ..ListenSettings::new(self.settings.hello_name.clone())
            };
            if let Some(listener) = post.policy {
                let intake = Arc::clone(&post.intake);
                tasks.spawn(policy::serve(listener, intake, PolicySettings::default(), stop.clone()));
            }
            tasks.spawn(listen::serve(post.listener, post.intake, listen, stop.clone()));
            if is_driven {
                let mailer = post.mailer;
                let stop = stop.clone();
                tasks.spawn(async move { mailer.run(stop).await });
            }
        }
        if is_driven && runs_mail {
            tasks.spawn(tick::run(self.ground.clone(), stop.clone()));
            if self.ground.policy.meetings.feed.is_some() {
                tasks.spawn(feed::run(self.ground.clone(), stop.clone()));
            }
        }
        if let Some(pages) = self.pages {
            let house = Data::new(start::house(&self.settings, &self.ground));
            let parts = (Data::new(self.ground), Data::new(self.health), Data::new(self.hasher));
            serve_pages(pages, house, parts, stop, more).await?;
        } else {
            let mut stop = stop;
            let _ = stop.wait_for(|stop| *stop).await;
        }
        while tasks.join_next().await.is_some() {}
        Ok(())
    }
}

type Parts = (Data<Ground>, Data<Health>, Data<Hasher>);

async fn serve_pages(
    listener: std::net::TcpListener,
    house: Data<WebHouse>,
    parts: Parts,
    mut stop: watch::Receiver<bool>,
    more: impl FnOnce(&mut ServiceConfig) + Clone + Send + 'static,
) -> Result<(), Error> {
    let server = HttpServer::new(move || {
        let (ground, health, hasher) = parts.clone();
        let more = more.clone();
        ActixApp::new().app_data(house.clone()).app_data(ground).app_data(health).app_data(hasher).configure(|app| {
            web::routes_with(app, |app| {
                ready::routes(app);
                more(app);
            });
        })
    })
    .workers(2) // pages wait for the store, not for the processor
    .worker_max_blocking_threads(8)
    .disable_signals()
    .shutdown_timeout(5)
    .listen(listener)
    .map_err(Error::Listen)?
    .run();
    let handle = server.handle();
    tokio::spawn(async move {
        let _ = stop.wait_for(|stop| *stop).await;
        handle.stop(true).await;
    });
    server.await.map_err(Error::Serve)
}
