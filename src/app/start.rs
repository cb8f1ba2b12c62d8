//! Building the App. The order matters: nothing is written before keys and database are known to belong together.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::{App, Outside, Post};
use crate::clock::Day;
use crate::config::{self, Role, Settings};
use crate::counts::{self, What};
use crate::feed;
use crate::ground::Ground;
use crate::i18n::Words;
use crate::mailer::{self, Mailer};
use crate::members;
use crate::notices::Site;
use crate::outbox::dkim::Signer;
use crate::outbox::transport::{Health, Login, SetUp, Smarthost};
use crate::policy::Policy;
use crate::relay::MailSide;
use crate::smtp::authenticate::{self, Authenticator};
use crate::smtp::intake::RelayIntake;
use crate::store::{self, KeysStand, Store};
use crate::vault::{self, Hasher, Opener, SigningKeys, Vault};
use crate::web::{Hooks, Settings as WebSettings, WebHouse};
use crate::{i18n, policy};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Config(#[from] config::Error),
    #[error(transparent)]
    Policy(#[from] policy::Error),
    #[error("the policy file cannot be read")]
    PolicyFile(#[source] io::Error),
    #[error(transparent)]
    Words(#[from] i18n::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error("this database was made with other keys; point --keys to the folder it was made with, nothing was changed")]
    ForeignKeys,
    #[error(
        "the folder of keys is missing and this database was made with keys; put it back from your backup, nothing was changed"
    )]
    NoKeys,
    #[error("the folder of the database cannot be made")]
    DatabaseFolder(#[source] io::Error),
    #[error(transparent)]
    Smarthost(#[from] SetUp),
    #[error(transparent)]
    Authenticate(#[from] authenticate::Error),
    #[error(transparent)]
    Mailer(#[from] mailer::Error),
    #[error("an address to listen on cannot be taken")]
    Listen(#[source] io::Error),
    #[error("the pages stopped")]
    Serve(#[source] io::Error),
    #[error("this database holds real members; the demo opens none but its own")]
    NotADemo,
}

pub(super) async fn build(settings: Settings, outside: Outside) -> Result<App, Error> {
    feed::use_ring();
    let policy = Arc::new(read_policy(settings.policy.as_deref())?);
    let words = Words::load(settings.words.as_deref())?;
    let signer = signer(&settings)?;
    let (store, vault, opener) = open(&settings, &outside)?;
    if settings.role != Role::Mailer {
        store.note_clock(settings.utc_offset_min, outside.clock.now())?;
    }
    let hasher = Hasher::new(&vault, outside.cost, &outside.chance)?;
    let ground = Ground { store, vault, clock: outside.clock, chance: outside.chance, policy, words };
    let health = Health::default();
    let pages = match settings.role {
        Role::Mailer => None,
        Role::Both | Role::Web => {
            let pages = std::net::TcpListener::bind(settings.http).map_err(Error::Listen)?;
            pages.set_nonblocking(true).map_err(Error::Listen)?;
            Some(pages)
        }
    };
    let post = match opener {
        Some(opener) => {
            let out = Out { health: health.clone(), signer };
            Some(post(&settings, &ground, opener, out).await?)
        }
        None => None,
    };
    Ok(App { settings, ground, health, hasher, pages, post })
}

/// Keys and database, checked against each other before either is touched.
fn open(settings: &Settings, outside: &Outside) -> Result<(Store, Vault, Option<Opener>), Error> {
    make_folder_of(settings.database.path().as_deref())?;
    let store = Store::open(&settings.database)?;
    if settings.is_demo && !store.is_demo()? && store.has_keys()? {
        return Err(Error::NotADemo);
    }
    if store.has_keys()? && is_absent_or_empty(&settings.keys) {
        return Err(Error::NoKeys);
    }
    let (vault, opener) = match settings.role {
        Role::Web => (Vault::open_web(&settings.keys)?, None),
        Role::Both | Role::Mailer => {
            let (vault, opener) = Vault::open_or_make(&settings.keys, &outside.chance)?;
            (vault, Some(opener))
        }
    };
    let check = vault.check_value();
    let stand = store.keys_stand(&check)?;
    if stand == KeysStand::Foreign {
        return Err(Error::ForeignKeys);
    }
    store.migrate()?;
    if stand == KeysStand::New {
        store.remember_keys(&check)?;
    }
    if settings.is_demo {
        store.remember_demo()?;
    }
    Ok((store, vault, opener))
}

/// The keys that sign, for the mailer alone. Before anything is written: a folder that is not in order changes nothing.
fn signer(settings: &Settings) -> Result<Option<Signer>, Error> {
    if settings.role == Role::Web {
        return Ok(None);
    }
    let keys = SigningKeys::open(&settings.keys)?;
    Ok(keys.map(|keys| Signer::new(keys, &settings.mail_domain)))
}

/// Makes the signing keys that are missing, in a folder that belongs to this database. Gives what was made.
pub fn make_signing_keys(settings: &Settings, outside: &Outside) -> Result<Vec<&'static str>, Error> {
    // What is there and not in order is said before the database is touched; half a pair is what this makes whole.
    match SigningKeys::open(&settings.keys) {
        Ok(_) | Err(vault::Error::HalfSigning(_)) => {}
        Err(error) => return Err(error.into()),
    }
    open(settings, outside)?;
    Ok(SigningKeys::make_missing(&settings.keys, &outside.chance)?)
}

/// What the way out knows beside the smarthost.
struct Out {
    health: Health,
    signer: Option<Signer>,
}

async fn post(settings: &Settings, ground: &Ground, opener: Opener, out: Out) -> Result<Post, Error> {
    let login = match &settings.smarthost_login {
        Some((name, file)) => Some(Login { name: name.clone(), password: config::read_secret(file)? }),
        None => None,
    };
    let smarthost = Smarthost::new(&settings.smarthost, &settings.hello_name, login)?;
    if out.signer.is_none() && !settings.is_demo {
        tracing::warn!("mail leaves unsigned and many will refuse it; run `show-of-hands keys dkim`");
    }
    let shown = Site {
        public_url: settings.public_url.as_str().trim_end_matches('/').to_owned(),
        sender_name: settings.sender_name.clone(),
        domain: settings.mail_domain.clone(),
    };
    let side = MailSide { ground: ground.clone(), opener, site: shown, operator: settings.operator.clone() };
    // Pages seal to the key of the day: it is there before the first page is.
    let keeper = side.opener.clone();
    ground.run(move |ground| mailer::keep_days(ground, &keeper)).await?;
    let listener = TcpListener::bind(settings.mail_in).await.map_err(Error::Listen)?;
    let policy = match settings.mail_policy {
        Some(address) => Some(TcpListener::bind(address).await.map_err(Error::Listen)?),
        None => None,
    };
    let authenticator = Authenticator::new(settings.dns)?;
    let mailer = Mailer { side: side.clone(), smarthost, health: out.health, signer: out.signer };
    let intake = RelayIntake { side, authenticator };
    Ok(Post { mailer: Arc::new(mailer), intake: Arc::new(intake), listener, policy })
}

pub(super) fn house(settings: &Settings, ground: &Ground) -> WebHouse {
    let web = WebSettings {
        public_url: settings.public_url.clone(),
        site_name: settings.sender_name.clone(),
        is_demo: settings.is_demo,
        trusted_proxy: settings.trusted_proxy,
        leave_to: settings.leave_to.clone(),
        onion: settings.onion.clone(),
        mail_domain: settings.mail_domain.clone(),
        utc_offset_min: settings.utc_offset_min,
        policy_file: settings.policy.clone(),
        words_folder: settings.words.clone(),
    };
    let (counting, ending) = (ground.clone(), ground.clone());
    let hooks = Hooks {
        hands_up: Arc::new(move || {
            let today = counting.store.read(|conn| counts::list(conn, What::HandsUp, Day(0))).ok()?;
            u32::try_from(today.first()?.people).ok()
        }),
        end_session: Arc::new(move |token| {
            if members::end_session(&ending, token).is_err() {
                tracing::error!("a session could not be ended");
            }
        }),
    };
    let words = ground.words.clone();
    WebHouse::new(ground.vault.clone(), words, ground.clock.clone(), ground.chance.clone(), web).with_hooks(hooks)
}

fn read_policy(file: Option<&Path>) -> Result<Policy, Error> {
    let Some(path) = file else { return Ok(Policy::defaults()?) };
    let text = fs::read_to_string(path).map_err(Error::PolicyFile)?;
    Ok(Policy::from_toml(&text)?)
}

fn make_folder_of(database: Option<&Path>) -> Result<(), Error> {
    let folder = database.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), |folder| fs::create_dir_all(folder).map_err(Error::DatabaseFolder))
}

fn is_absent_or_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut files| files.next().is_none())
}
