//! Handing a finished mail to the smarthost, which knows the way to mailboxes. A new connection for each mail: a pool
//! would keep one open on which a mail can be lost. What the smarthost says is sorted into kinds and never repeated.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::{Host, Url};

use crate::vault::{Address, Secret};

/// One step of the dialogue; the whole send stays below the lease.
const STEP_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
pub enum SetUp {
    #[error("the smarthost URL must be smtp://HOST[:PORT] (STARTTLS) or smtps://HOST[:PORT] (TLS from the start)")]
    Scheme,
    #[error("TLS for the smarthost cannot be set up")]
    Tls,
}

/// Why a mail did not go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Not now: try again.
    Temporary,
    /// The smarthost does not take our name and password; nothing is wrong with the mail.
    Credentials,
    /// Nobody answers, or not over TLS.
    Unreachable,
    /// This mailbox takes no mail.
    Permanent,
}

/// How the last try went, for `/readyz` and the desk.
#[derive(Clone, Default)]
pub struct Health(Arc<AtomicU8>);

impl Health {
    pub fn note(&self, result: Result<(), Refusal>) {
        let value = match result {
            Ok(()) | Err(Refusal::Permanent) => 0, // the smarthost itself answered as it should
            Err(Refusal::Temporary) => 1,
            Err(Refusal::Credentials) => 2,
            Err(Refusal::Unreachable) => 3,
        };
        self.0.store(value, Ordering::Relaxed);
    }

    pub fn trouble(&self) -> Option<Refusal> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(Refusal::Temporary),
            2 => Some(Refusal::Credentials),
            3 => Some(Refusal::Unreachable),
            _ => None,
        }
    }
}

#[derive(Clone)]
pub struct Smarthost(AsyncSmtpTransport<Tokio1Executor>);

/// Name and password for the smarthost.
pub struct Login {
    pub name: String,
    pub password: Secret<String>,
}

impl Smarthost {
    /// `smtp://` means STARTTLS, required, except on this machine, where it means plain; `smtps://` means TLS at once.
    pub fn new(url: &Url, hello_name: &str, login: Option<Login>) -> Result<Self, SetUp> {
        let host = url.host_str().ok_or(SetUp::Scheme)?;
        let (default_port, tls) = match url.scheme() {
            "smtp" if is_here(url) => (25, Tls::None),
            "smtp" => (587, Tls::Required(tls(host)?)),
            "smtps" => (465, Tls::Wrapper(tls(host)?)),
            _ => return Err(SetUp::Scheme),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(default_port))
            .tls(tls)
            .hello_name(ClientId::Domain(hello_name.to_owned()))
            .timeout(Some(STEP_TIMEOUT));
        if let Some(login) = login {
            builder = builder.credentials(Credentials::new(login.name, login.password.expose().clone()));
        }
        Ok(Self(builder.build()))
    }

    pub async fn send(&self, from: &str, to: &Address, bytes: &[u8]) -> Result<(), Refusal> {
        let from = from.parse().map_err(|_| Refusal::Temporary)?;
        let to = to.as_str().parse().map_err(|_| Refusal::Permanent)?;
        let envelope = Envelope::new(Some(from), vec![to]).map_err(|_| Refusal::Permanent)?;
        self.0.send_raw(&envelope, bytes).await.map(|_| ()).map_err(|error| sort(&error))
    }
}

fn tls(host: &str) -> Result<TlsParameters, SetUp> {
    TlsParameters::new(host.to_owned()).map_err(|_| SetUp::Tls)
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name == "127.0.0.1",
        None => false,
    }
}

fn sort(error: &lettre::transport::smtp::Error) -> Refusal {
    // RFC 4954 6: 530, 534, 535, 538 and 454 speak of the login, not of the mail.
    match error.status().map(u16::from) {
        Some(454 | 530 | 534 | 535 | 538) => Refusal::Credentials,
        Some(500..) => Refusal::Permanent,
        Some(_) => Refusal::Temporary,
        None => Refusal::Unreachable,
    }
}
