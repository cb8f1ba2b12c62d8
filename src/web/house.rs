//! What every page needs, in one place: keys, words, time, chance, settings. `app.rs` builds it once and puts it into the
//! app data; the demo and the tests build their own.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use super::assets::Assets;
use super::limits::Limits;
use crate::clock::Clock;
use crate::i18n::Words;
use crate::vault::{Chance, SessionToken, Vault};

/// Settings of the web door. The host names in it should say nothing about the service.
#[derive(Clone)]
pub struct Settings {
    pub public_url: Url,
    /// The neutral name that titles and mails carry.
    pub site_name: String,
    pub is_demo: bool,
    /// The one peer whose `X-Forwarded-For` is believed.
    pub trusted_proxy: Option<IpAddr>,
    /// Where Leave leads: a bland page, the weather for instance.
    pub leave_to: Url,
    /// Host name of the onion service, without scheme.
    pub onion: Option<String>,
    /// Domain of our own mail addresses; nobody's mailbox can be there.
    pub mail_domain: String,
    /// Minutes that clocks here are ahead of UTC: the preset of every form.
    pub utc_offset_min: i32,
    /// What the host laid over the defaults, for the desk to name.
    pub policy_file: Option<PathBuf>,
    pub words_folder: Option<PathBuf>,
}

/// What the house above the toolkit supplies. Both may block on the store; they are called off the async threads.
#[derive(Clone)]
pub struct Hooks {
    /// How many hands are up, from one count a day; the front page says it in bands. `None`: say nothing.
    pub hands_up: Arc<dyn Fn() -> Option<u32> + Send + Sync>,
    /// Ends a session; called by Leave.
    pub end_session: Arc<dyn Fn(&SessionToken) + Send + Sync>,
}

impl Default for Hooks {
    fn default() -> Self {
        Self { hands_up: Arc::new(|| None), end_session: Arc::new(|_| ()) }
    }
}

pub struct WebHouse {
    pub vault: Vault,
    pub words: Words,
    pub clock: Clock,
    pub chance: Chance,
    pub settings: Settings,
    pub hooks: Hooks,
    pub limits: Limits,
    pub assets: Assets,
    origin: String,
}

impl WebHouse {
    pub fn new(vault: Vault, words: Words, clock: Clock, chance: Chance, settings: Settings) -> Self {
        let origin = settings.public_url.origin().ascii_serialization();
        let limits = Limits::new(clock.clone(), chance.clone());
        Self { vault, words, clock, chance, settings, hooks: Hooks::default(), limits, assets: Assets::new(), origin }
    }

    #[must_use]
    pub fn with_hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = hooks;
        self
    }

    pub fn is_https(&self) -> bool {
        self.settings.public_url.scheme() == "https"
    }

    /// The public URL's origin as a browser writes it.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}
