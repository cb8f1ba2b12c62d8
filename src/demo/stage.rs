//! What the demo's pages stand on: the drive, the mailbox, what was sent and what the scanner found. In memory only.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use mail_parser::MessageParser;
use url::Url;

use super::drive::Drive;
use super::letter::{Letter, Writer};
use super::mailbox::{Delivered, Mailbox};
use super::people::{self, DANA, KIM, SPONSORS};
use super::scanner::{self, Scan};
use super::seed::DeskKey;
use super::start::{MAIL_DOMAIN, public_url};
use crate::outbox::transport::Smarthost;
use crate::store;
use crate::vault::{Address, Token};

pub struct Stage {
    pub drive: Drive,
    pub desk: DeskKey,
    pub public_url: String,
    mailbox: Arc<Mailbox>,
    http: SocketAddr,
    mail_in: SocketAddr,
    scan: Mutex<Option<Scan>>,
    sent: Mutex<Vec<Sent>>,
}

/// A letter one of the demo's people sent, and what came of it.
#[derive(Clone)]
pub struct Sent {
    pub from: String,
    pub raw: String,
    /// The service took it.
    pub is_taken: bool,
    /// The mails that arrived with it, by their place in the mailbox.
    pub arrived: Vec<usize>,
}

/// Where a mail can be answered, and the thread it belongs to.
struct Answerable {
    reply_to: String,
    message_id: Option<String>,
}

impl Stage {
    pub fn new(drive: Drive, mailbox: Arc<Mailbox>, http: SocketAddr, mail_in: SocketAddr, desk: DeskKey) -> Self {
        let (scan, sent) = (Mutex::default(), Mutex::default());
        Self { drive, desk, public_url: public_url(http), mailbox, http, mail_in, scan, sent }
    }

    /// Every mail so far with its place, oldest first.
    pub fn mails(&self) -> Vec<(usize, Delivered)> {
        self.mailbox.list().into_iter().enumerate().collect()
    }

    pub fn mail(&self, place: usize) -> Option<Delivered> {
        self.mailbox.list().into_iter().nth(place)
    }

    /// Everybody who got mail and is neither one of the seeded sponsors nor the coordinator; Dana always.
    pub fn newcomers(&self) -> BTreeSet<String> {
        let is_other = |to: &str| to == KIM.address || SPONSORS.iter().any(|sponsor| sponsor.person.address == to);
        let got: BTreeSet<String> = self.mailbox.list().into_iter().map(|mail| mail.to).collect();
        got.into_iter().filter(|to| !is_other(to)).chain([DANA.address.to_owned()]).collect()
    }

    pub fn scan(&self) -> Option<Scan> {
        self.scan.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn sent(&self, place: usize) -> Option<Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).get(place).cloned()
    }

    /// Lets the scanner loose on every mail of everybody while nothing else moves.
    pub async fn let_scan(&self) -> Result<(), store::Error> {
        let links = scanner::links(&self.mailbox.list(), &self.public_url);
        let scan = self.drive.still(async {
            let before = self.digest().await?;
            let mut shown = 0;
            for path in &links {
                shown += scanner::visit(self.http, path).await;
            }
            let after = self.digest().await?;
            Ok::<_, store::Error>(Scan { links: links.len(), shown, before, after })
        });
        let scan = scan.await?;
        *self.scan.lock().unwrap_or_else(PoisonError::into_inner) = Some(scan);
        Ok(())
    }

    async fn digest(&self) -> Result<String, store::Error> {
        let digest = self.drive.inside.ground.run(|ground| ground.store.dump_digest()).await?;
        Ok(HEXLOWER.encode(&digest))
    }

    /// Answers a mail as the person who got it, over real SMTP. `None` if the mail names nobody to answer.
    pub async fn reply(&self, place: usize, text: &str) -> Option<usize> {
        let mail = self.mail(place)?;
        let answerable = answerable(&mail)?;
        let to = Address::parse(&answerable.reply_to).ok()?;
        let writer = writer_at(&mail.to);
        let ground = &self.drive.inside.ground;
        let letter = Letter {
            writer: &writer,
            to: &answerable.reply_to,
            subject: &mail.subject,
            text,
            quoted: &mail.text,
            message_id: &Token::draw(&ground.chance).text(),
            in_reply_to: answerable.message_id.as_deref(),
            at: ground.now(),
        };
        let raw = letter.raw();
        let before = self.mailbox.list().len();
        let door = Url::parse(&format!("smtp://{}", self.mail_in)).ok()?;
        let is_taken = match Smarthost::new(&door, "mx.example", None) {
            Ok(door) => door.send(&mail.to, &to, raw.as_bytes()).await.is_ok(),
            Err(_) => false,
        };
        self.drive.settle().await;
        let arrived = (before..self.mailbox.list().len()).collect();
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.push(Sent { from: mail.to, raw, is_taken, arrived });
        Some(sent.len() - 1)
    }
}

/// Whether a mail is a letter of somebody's, with a relay address to answer to.
pub fn can_answer(mail: &Delivered) -> bool {
    answerable(mail).is_some()
}

fn answerable(mail: &Delivered) -> Option<Answerable> {
    let message = MessageParser::default().parse(&mail.raw)?;
    // RFC 3834 5: what a machine wrote is not for answering.
    if message.header("Auto-Submitted").is_some() {
        return None;
    }
    let to = message.reply_to().or_else(|| message.from())?.first()?.address()?.to_owned();
    let is_ours = to.rsplit_once('@').is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(MAIL_DOMAIN));
    is_ours.then(|| Answerable { reply_to: to, message_id: message.message_id().map(str::to_owned) })
}

/// Somebody the visitor made up gets a surname and a phone too: the relay has to have something to take out.
fn writer_at(address: &str) -> Writer {
    let (first, surname, phone) = people::find(address).map_or_else(
        || (address.split('@').next().unwrap_or_default(), "Ellery", "+1 555 010 0199"),
        |person| (person.first, person.surname, person.phone),
    );
    Writer {
        first: first.to_owned(),
        surname: surname.to_owned(),
        phone: phone.to_owned(),
        address: address.to_owned(),
    }
}
