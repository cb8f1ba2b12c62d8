//! A whole mail side on loopback: the relay behind its listener, the mailer, and one mailbox that takes what leaves.

use std::net::SocketAddr;
use std::sync::Arc;

use chrono::TimeDelta;
use lettre::address::Envelope;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

use super::super::{Mailer, keep_days};
use crate::clock::{Clock, Timestamp};
use crate::demo::dns;
use crate::demo::mailbox::{Delivered, Mailbox};
use crate::ground::Ground;
use crate::i18n::{Lang, Words};
use crate::matching::Kind;
use crate::members::{self, AskCode, CodeDoor, FirstName, Member};
use crate::notices::Site;
use crate::outbox::transport::{Health, Smarthost};
use crate::policy::Policy;
use crate::relay::{self, MailSide, RcptAnswer};
use crate::requests::{self, Draft, Placed};
use crate::smtp::authenticate::Authenticator;
use crate::smtp::intake::RelayIntake;
use crate::smtp::listen::{ListenSettings, serve};
use crate::sponsorships::{self, Side, Sponsorship};
use crate::store::{DatabaseUrl, Store};
use crate::vault::{Address, Chance, Vault};

pub const SPONSOR: &str = "al.kowalski@al.example";
pub const SPONSEE: &str = "jo.smith@jo.example";

pub struct House {
    pub mailer: Mailer,
    pub mailbox: Arc<Mailbox>,
    pub dns: dns::Answerer,
    relay_at: SocketAddr,
    pub stop: watch::Sender<bool>,
    _folder: TempDir,
}

impl House {
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let url = DatabaseUrl::parse(&format!("sqlite:{}", folder.path().join("a.db").display()), false).unwrap();
        let store = Store::open(&url).unwrap();
        store.migrate().unwrap();
        let chance = Chance::seeded(7);
        let (vault, opener) = Vault::open_or_make(&folder.path().join("keys"), &chance).unwrap();
        let ground = Ground {
            store,
            vault,
            clock: Clock::standing_at(Timestamp(1_798_761_600)),
            chance,
            policy: Arc::new(Policy::defaults().unwrap()),
            words: Words::load(None).unwrap(),
        };
        keep_days(&ground, &opener).unwrap();
        let shown = Site {
            public_url: "https://n.example".into(),
            sender_name: "Northside".into(),
            domain: "n.example".into(),
        };
        let side = MailSide { ground, opener, site: shown, operator: None };
        let (stop, stopped) = watch::channel(false);
        let dns = dns::start().await.unwrap();
        let mailbox = Arc::new(Mailbox::default());
        let sink_at = listen(Arc::clone(&mailbox), stopped.clone()).await;
        let authenticator = Authenticator::new(Some(dns.address)).unwrap();
        let relay_at = listen(Arc::new(RelayIntake { side: side.clone(), authenticator }), stopped).await;
        let url = Url::parse(&format!("smtp://{sink_at}")).unwrap();
        let smarthost = Smarthost::new(&url, "out.example", None).unwrap();
        let mailer = Mailer { side, smarthost, health: Health::default(), signer: None };
        Self { mailer, mailbox, dns, relay_at, stop, _folder: folder }
    }

    pub fn ground(&self) -> &Ground {
        &self.mailer.side.ground
    }

    pub fn turn(&self, by: TimeDelta) {
        self.ground().clock.turn(by);
        keep_days(self.ground(), &self.mailer.side.opener).unwrap();
    }

    /// Every mail that left for this mailbox, after the outbox was emptied.
    pub async fn mails_to(&self, address: &str) -> Vec<Delivered> {
        self.mailer.drain().await;
        self.mailbox.list().into_iter().filter(|mail| mail.to == address).collect()
    }

    pub async fn last_mail_to(&self, address: &str) -> Delivered {
        self.mails_to(address).await.pop().unwrap()
    }

    pub fn ask_code(&self, address: &str, door: CodeDoor, draft: Option<&[u8]>) {
        let address = Address::parse(address).unwrap();
        let ask = AskCode { door, browser: b"browser", address: &address, lang: Lang::En, utc_offset_min: 0, draft };
        members::ask_code(self.ground(), &ask).unwrap();
    }

    /// The digits of the last code mail.
    async fn code_for(&self, address: &str) -> String {
        let subject = self.last_mail_to(address).await.subject;
        subject.chars().filter(char::is_ascii_digit).collect()
    }

    pub async fn join(&self, address: &str, first_name: &str) -> Member {
        self.ask_code(address, CodeDoor::Raise, None);
        let code = self.code_for(address).await;
        let name = FirstName::parse(first_name).unwrap();
        let ground = self.ground();
        ground
            .store
            .write_tx(|tx| {
                let joined = members::take_code(tx, ground, CodeDoor::Raise, b"browser", &code)?;
                let Ok(joined) = joined else { panic!("the code was not taken") };
                members::enter(tx, ground, joined, &name)
            })
            .unwrap()
    }

    /// Al sponsors Jo.
    pub async fn pair(&self) -> Sponsorship {
        let sponsor = self.join(SPONSOR, "Al").await;
        let draft = Draft {
            first_name: FirstName::parse("Jo").unwrap(),
            languages: 1,
            first_language: 1,
            accepts: 0,
            accepts_must: false,
            describes: 0,
            parts: Vec::new(),
            note: String::new(),
            walked_with: 0,
            ok_with_medicine: false,
        };
        self.ask_code(SPONSEE, CodeDoor::Ask, Some(&serde_json::to_vec(&draft).unwrap()));
        let code = self.code_for(SPONSEE).await;
        let Placed::In(_) = requests::place(self.ground(), b"browser", &code).unwrap() else { panic!("not placed") };
        let ground = self.ground();
        let index = ground.vault.index(&Address::parse(SPONSEE).unwrap());
        let pair = ground.store.write_tx(|tx| {
            let sponsee = members::find_by_index(tx.conn(), &index)?.unwrap();
            let request = requests::find_waiting_of(tx.conn(), sponsee.id).unwrap().unwrap();
            sponsorships::introduce(tx, ground, request.id, (sponsor.id, sponsee.id), Kind::Sponsor)
        });
        self.mailer.drain().await;
        pair.unwrap()
    }

    /// The relay address by which one side writes.
    pub fn alias_of(&self, pair: &Sponsorship, by: Side) -> String {
        let side = &self.mailer.side;
        let (hash, sealed) = side
            .ground
            .store
            .read(|conn| sponsorships::find_sealed_local_part(conn, pair.id, pair.member(by)))
            .unwrap()
            .unwrap();
        let opened = side.opener.open_bytes(sponsorships::alias_place(&hash), &sealed).unwrap();
        format!("{}@n.example", String::from_utf8(opened.expose().clone()).unwrap())
    }

    pub fn rcpt(&self, address: &str) -> RcptAnswer {
        relay::rcpt_answer(&self.mailer.side, address).unwrap()
    }

    pub fn end(&self, pair: &Sponsorship, by: Side) {
        let ground = self.ground();
        let ended = ground.store.write_tx(|tx| {
            let pair = sponsorships::find_sponsorship(tx.conn(), pair.id)?.unwrap();
            sponsorships::end(tx, ground, &pair, by)
        });
        assert!(ended.unwrap());
    }

    /// Hands a message to the relay's listener. The error is the SMTP code.
    pub async fn send(&self, mail_from: &str, to: &str, raw: &str) -> Result<(), u16> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
            .port(self.relay_at.port())
            .hello_name(ClientId::Domain("mx.example".into()))
            .build();
        let from = (!mail_from.is_empty()).then(|| mail_from.parse().unwrap());
        let envelope = Envelope::new(from, vec![to.parse().unwrap()]).unwrap();
        let sent = transport.send_raw(&envelope, raw.replace('\n', "\r\n").as_bytes()).await;
        sent.map(|_| ()).map_err(|error| error.status().map_or(0, u16::from))
    }
}

pub async fn listen<I: crate::smtp::Intake>(intake: Arc<I>, stopped: watch::Receiver<bool>) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, intake, ListenSettings::new("mx.example"), stopped));
    address
}

/// A letter as a mail program writes it.
pub fn letter(from: &str, to: &str, text: &str) -> String {
    format!(
        "From: \"Jo Smith\" <{from}>\nTo: <{to}>\nSubject: hey\nMessage-ID: <1@home.example>\n\
         Date: Thu, 31 Dec 2026 23:00:00 +0530\nUser-Agent: X\n\n{text}\n"
    )
}

/// An answer below which the mail program put the mail it answers.
pub fn answer_to(mail: &Delivered, from: &str, to: &str, text: &str) -> String {
    let quoted = format!("> {}\n", mail.text.replace("\r\n", "\n").trim_end().replace('\n', "\n> "));
    format!(
        "From: \"Jo Smith\" <{from}>\nTo: <{to}>\nSubject: Re: {}\nMessage-ID: <{}@home.example>\n\n{text}\n\n\
         On Thu, 31 Dec 2026 at 23:00, <{from}> wrote:\n{quoted}",
        mail.subject,
        text.len(),
    )
}
