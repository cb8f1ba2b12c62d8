//! Settings: flag, then environment (`SHOW_OF_HANDS_*`), then the TOML file, then the default. Secrets are named by file,
//! never by value. An unknown key or variable is an error that names it. The one place that reads the environment.

use std::env;
use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use url::Url;

use crate::store::{self, DatabaseUrl};
use crate::telemetry::LogFormat;
use crate::vault::{Address, Secret};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the settings file {path} cannot be read")]
    Read { path: String, source: io::Error },
    #[error("the settings file is not right: {0}")]
    File(String),
    #[error("{0} is no setting of this service")]
    UnknownVariable(String),
    #[error("the setting `{0}` is missing")]
    Missing(&'static str),
    #[error("the setting `{key}` {must}")]
    Invalid { key: &'static str, must: &'static str },
    #[error(transparent)]
    Database(#[from] store::Error),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Both in one process; then one process can open every address.
    Both,
    /// Pages only: needs no private key.
    Web,
    /// Mail in, mail out and what is due.
    Mailer,
}

const PREFIX: &str = "SHOW_OF_HANDS_";

/// Declares each setting once: name, type and help; the flag, the variable and the TOML key follow from the name.
macro_rules! settings {
    ($($(#[doc = $help:literal])+ $name:ident: $kind:ty, $variable:literal;)+) => {
        /// Every setting as one source gave it. No `Debug`: a database URL may hold a password.
        #[derive(Args, Deserialize, Default, Clone)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct Partial {
            $($(#[doc = $help])+ #[arg(long, env = $variable, hide_env_values = true)] pub $name: Option<$kind>,)+
        }

        const VARIABLES: &[&str] = &[$($variable),+];

        impl Partial {
            /// What `self` leaves open is taken from `other`.
            fn over(self, other: Self) -> Self {
                Self { $($name: self.$name.or(other.$name),)+ }
            }
        }
    };
}

settings! {
    /// `sqlite:PATH` or `postgres://…`
    database: String, "SHOW_OF_HANDS_DATABASE";
    /// Folder of keys, yours alone; made at the first start
    keys: PathBuf, "SHOW_OF_HANDS_KEYS";
    /// Address the pages listen on
    http: SocketAddr, "SHOW_OF_HANDS_HTTP";
    /// Address that takes mail, SMTP and LMTP; for loopback and private networks
    mail_in: SocketAddr, "SHOW_OF_HANDS_MAIL_IN";
    /// Address of the policy service, which tells Postfix who is there; not run if not set
    mail_policy: SocketAddr, "SHOW_OF_HANDS_MAIL_POLICY";
    /// Who sends our mail on: `smtp://HOST[:PORT]` (STARTTLS) or `smtps://HOST[:PORT]`
    smarthost: String, "SHOW_OF_HANDS_SMARTHOST";
    /// Name to sign in with at the smarthost
    smarthost_user: String, "SHOW_OF_HANDS_SMARTHOST_USER";
    /// File that holds the password for it
    smarthost_password_file: PathBuf, "SHOW_OF_HANDS_SMARTHOST_PASSWORD_FILE";
    /// What people type into the browser; choose a name that says nothing
    public_url: String, "SHOW_OF_HANDS_PUBLIC_URL";
    /// Domain of our mail addresses
    mail_domain: String, "SHOW_OF_HANDS_MAIL_DOMAIN";
    /// Neutral name that titles and mails carry
    sender_name: String, "SHOW_OF_HANDS_SENDER_NAME";
    /// Your own mail address: told when something needs whoever hosts this
    operator: String, "SHOW_OF_HANDS_OPERATOR";
    /// The one proxy whose X-Forwarded-For is believed
    trusted_proxy: IpAddr, "SHOW_OF_HANDS_TRUSTED_PROXY";
    /// Mail servers that may tell us the client by XFORWARD, comma-separated
    xforward_peers: String, "SHOW_OF_HANDS_XFORWARD_PEERS";
    /// Name we say in HELO and in greetings
    hello_name: String, "SHOW_OF_HANDS_HELLO_NAME";
    /// DNS server that checks of senders ask; the system's if not set
    dns: SocketAddr, "SHOW_OF_HANDS_DNS";
    /// Where "Leave this site" leads
    leave_to: String, "SHOW_OF_HANDS_LEAVE_TO";
    /// Host name of the onion service
    onion: String, "SHOW_OF_HANDS_ONION";
    /// Minutes that clocks here are ahead of UTC, the preset of every form
    utc_offset: i32, "SHOW_OF_HANDS_UTC_OFFSET";
    /// Policy file (TOML) over the defaults
    policy: PathBuf, "SHOW_OF_HANDS_POLICY";
    /// Folder of word files over the defaults
    words: PathBuf, "SHOW_OF_HANDS_WORDS";
    /// Which part to run
    role: Role, "SHOW_OF_HANDS_ROLE";
    /// How log lines look
    log: LogFormat, "SHOW_OF_HANDS_LOG";
    /// Allow a PostgreSQL on another machine without TLS
    allow_plain_postgres: bool, "SHOW_OF_HANDS_ALLOW_PLAIN_POSTGRES";
}

/// Everything an App needs, checked. No `Debug`: it holds a password.
#[derive(Clone)]
pub struct Settings {
    pub database: DatabaseUrl,
    pub keys: PathBuf,
    pub http: SocketAddr,
    pub mail_in: SocketAddr,
    pub mail_policy: Option<SocketAddr>,
    pub smarthost: Url,
    pub smarthost_login: Option<(String, PathBuf)>,
    pub public_url: Url,
    pub mail_domain: String,
    pub sender_name: String,
    pub operator: Option<Address>,
    pub trusted_proxy: Option<IpAddr>,
    pub xforward_peers: Vec<IpAddr>,
    pub hello_name: String,
    pub dns: Option<SocketAddr>,
    pub leave_to: Url,
    pub onion: Option<String>,
    pub utc_offset_min: i32,
    pub policy: Option<PathBuf>,
    pub words: Option<PathBuf>,
    pub role: Role,
    pub log: LogFormat,
    pub is_demo: bool,
}

/// Reads the file named on the command line or in the environment and lays the flags over it.
pub fn read(flags: Partial, file: Option<&Path>) -> Result<Settings, Error> {
    refuse_unknown_variables(env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
    let from_file = match file {
        None => Partial::default(),
        Some(path) => {
            let text =
                fs::read_to_string(path).map_err(|source| Error::Read { path: path.display().to_string(), source })?;
            from_toml(&text)?
        }
    };
    resolve(flags.over(from_file))
}

pub fn from_toml(text: &str) -> Result<Partial, Error> {
    toml::from_str(text)
        .map_err(|error| Error::File(error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// `SHOW_OF_HANDS_CONFIG` names the file itself.
fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> Result<(), Error> {
    let mut ours = names.filter(|name| name.starts_with(PREFIX) && name != "SHOW_OF_HANDS_CONFIG");
    match ours.find(|name| !VARIABLES.contains(&name.as_str())) {
        Some(name) => Err(Error::UnknownVariable(name)),
        None => Ok(()),
    }
}

/// Fills in the defaults and checks what is left.
pub fn resolve(partial: Partial) -> Result<Settings, Error> {
    let public_url = url("public-url", partial.public_url)?;
    if !matches!(public_url.scheme(), "http" | "https") || public_url.host_str().is_none() {
        return Err(Error::Invalid { key: "public-url", must: "must be http:// or https:// with a host" });
    }
    let mail_domain = partial.mail_domain.ok_or(Error::Missing("mail-domain"))?.to_ascii_lowercase();
    let login = match (partial.smarthost_user, partial.smarthost_password_file) {
        (Some(user), Some(file)) => Some((user, file)),
        (None, None) => None,
        _ => {
            let must = "goes with smarthost-password-file: set both or neither";
            return Err(Error::Invalid { key: "smarthost-user", must });
        }
    };
    let peers = partial.xforward_peers.unwrap_or_default();
    let xforward_peers = peers
        .split(',')
        .map(str::trim)
        .filter(|peer| !peer.is_empty())
        .map(str::parse)
        .collect::<Result<Vec<IpAddr>, _>>()
        .map_err(|_| Error::Invalid { key: "xforward-peers", must: "must be IP addresses with commas between" })?;
    let operator = partial
        .operator
        .map(|text| Address::parse(&text))
        .transpose()
        .map_err(|_| Error::Invalid { key: "operator", must: "must be one mail address" })?;
    let utc_offset_min = partial.utc_offset.unwrap_or(0);
    if !(-720..=840).contains(&utc_offset_min) || utc_offset_min % 15 != 0 {
        return Err(Error::Invalid { key: "utc-offset", must: "must be quarter hours in minutes, -720 to 840" });
    }
    let database = partial.database.unwrap_or_else(|| "sqlite:data/hands.db".to_owned());
    Ok(Settings {
        database: DatabaseUrl::parse(&database, partial.allow_plain_postgres.unwrap_or(false))?,
        keys: partial.keys.unwrap_or_else(|| PathBuf::from("keys")),
        http: partial.http.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
        mail_in: partial.mail_in.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 2424))),
        mail_policy: partial.mail_policy,
        smarthost: url("smarthost", partial.smarthost)?,
        smarthost_login: login,
        hello_name: partial.hello_name.unwrap_or_else(|| mail_domain.clone()),
        mail_domain,
        sender_name: partial.sender_name.unwrap_or_else(|| "Hands".to_owned()),
        operator,
        trusted_proxy: partial.trusted_proxy,
        xforward_peers,
        dns: partial.dns,
        leave_to: url("leave-to", partial.leave_to.or_else(|| Some("https://www.weather.gov/".to_owned())))?,
        public_url,
        onion: partial.onion,
        utc_offset_min,
        policy: partial.policy,
        words: partial.words,
        role: partial.role.unwrap_or(Role::Both),
        log: partial.log.unwrap_or(LogFormat::Text),
        is_demo: false,
    })
}

fn url(key: &'static str, text: Option<String>) -> Result<Url, Error> {
    let text = text.ok_or(Error::Missing(key))?;
    Url::parse(&text).map_err(|_| Error::Invalid { key, must: "must be a URL" })
}

/// The content of a file that holds one secret, without the line end.
pub fn read_secret(path: &Path) -> Result<Secret<String>, Error> {
    let text = fs::read_to_string(path).map_err(|source| Error::Read { path: path.display().to_string(), source })?;
    Ok(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "public-url = \"https://hello.example\"\nmail-domain = \"Hello.example\"\n\
                        smarthost = \"smtps://relay.example\"\nhttp = \"127.0.0.1:1\"\n";

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let flags = Partial { http: Some("127.0.0.1:2".parse().unwrap()), ..Partial::default() };
        let settings = resolve(flags.over(from_toml(FILE).unwrap())).ok().unwrap();
        assert_eq!(settings.http.port(), 2);
        assert_eq!(settings.mail_domain, "hello.example");
        assert_eq!(settings.mail_in.port(), 2424);
    }

    #[test]
    fn an_unknown_key_or_variable_is_named() {
        let error = from_toml("smarhost = \"x\"").err().unwrap().to_string();
        assert!(error.contains("smarhost"), "{error}");
        let names = ["HOME", "SHOW_OF_HANDS_HTTP", "SHOW_OF_HANDS_HTPP"].map(str::to_owned);
        let error = refuse_unknown_variables(names.into_iter()).err().unwrap().to_string();
        assert!(error.contains("SHOW_OF_HANDS_HTPP"), "{error}");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let cases = [
            ("mail-domain = \"a.example\"\nsmarthost = \"smtp://a\"", "public-url"),
            ("public-url = \"https://a\"\nsmarthost = \"smtp://a\"", "mail-domain"),
            ("public-url = \"https://a\"\nmail-domain = \"a.example\"", "smarthost"),
        ];
        for (text, key) in cases {
            let error = resolve(from_toml(text).unwrap()).err().unwrap().to_string();
            assert!(error.contains(key), "{error}");
        }
        let file = format!("{FILE}smarthost-user = \"a\"\n");
        assert!(resolve(from_toml(&file).unwrap()).err().unwrap().to_string().contains("smarthost-user"));
        let file = format!("{FILE}utc-offset = 7\n");
        assert!(resolve(from_toml(&file).unwrap()).is_err());
        let file = format!("{FILE}xforward-peers = \"127.0.0.1, nobody\"\n");
        assert!(resolve(from_toml(&file).unwrap()).is_err());
    }
}
