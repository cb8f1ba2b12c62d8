//! The far end of the smarthost: a real SMTP server that keeps what arrives, and can be closed and opened again.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use mailparse::MailHeaderMap;
use show_of_hands::demo::mailbox::Mailbox;
use show_of_hands::smtp::listen::{self, ListenSettings};
use show_of_hands::smtp::{DataAnswer, Delivery, Intake, RcptAnswer};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::app::PUBLIC_URL;

pub struct Sink {
    pub address: SocketAddr,
    far: Arc<Far>,
    listening: Option<(watch::Sender<bool>, JoinHandle<()>)>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port for the smarthost");
        let address = listener.local_addr().expect("its address");
        let mut sink = Self { address, far: Arc::default(), listening: None };
        sink.listen(listener);
        sink
    }

    /// Nobody answers any more.
    pub async fn close(&mut self) {
        if let Some((stop, task)) = self.listening.take() {
            stop.send_replace(true);
            task.await.expect("the smarthost stops");
        }
    }

    /// The same port answers again.
    pub async fn reopen(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.listen(listener);
    }

    fn listen(&mut self, listener: TcpListener) {
        let (stop, stopped) = watch::channel(false);
        let settings = ListenSettings::new("smarthost.example");
        let task = tokio::spawn(listen::serve(listener, Arc::clone(&self.far), settings, stopped));
        self.listening = Some((stop, task));
    }

    /// From now on nobody is at this address.
    pub fn loses(&self, address: &str) {
        self.far.gone.lock().expect("addresses").push(address.to_owned());
    }

    /// Every mail, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let list = self.far.mailbox.list().into_iter();
        list.map(|mail| Mail {
            envelope_from: mail.envelope_from,
            to: mail.to,
            subject: mail.subject,
            text: mail.text,
            raw: mail.raw,
        })
        .collect()
    }
}

/// Every mailbox of the world, but those that are gone.
#[derive(Default)]
struct Far {
    mailbox: Mailbox,
    gone: Mutex<Vec<String>>,
}

impl Intake for Far {
    async fn rcpt(&self, address: &str) -> RcptAnswer {
        let is_gone = self.gone.lock().expect("addresses").iter().any(|gone| gone == address);
        if is_gone { RcptAnswer::Unknown } else { self.mailbox.rcpt(address).await }
    }

    async fn data(&self, delivery: Delivery) -> DataAnswer {
        self.mailbox.data(delivery).await
    }
}

#[derive(Clone)]
pub struct Mail {
    pub envelope_from: String,
    /// The mailbox it was delivered to.
    pub to: String,
    pub subject: String,
    pub text: String,
    pub raw: Vec<u8>,
}

impl Mail {
    /// The first link of ours in it.
    #[track_caller]
    pub fn link(&self) -> String {
        self.links().into_iter().next().unwrap_or_else(|| panic!("no link in {:?}", self.text))
    }

    pub fn links(&self) -> Vec<String> {
        let words = self.text.split_whitespace();
        words.filter(|word| word.starts_with(PUBLIC_URL)).map(|link| link.trim_end_matches('.').to_owned()).collect()
    }

    /// The eight digits in the subject.
    #[track_caller]
    pub fn code(&self) -> String {
        let digits: String = self.subject.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits.len(), 8, "no code in {:?}", self.subject);
        digits
    }

    pub fn header(&self, name: &str) -> String {
        let (headers, _) = mailparse::parse_headers(&self.raw).expect("headers");
        headers.get_first_value(name).unwrap_or_default()
    }

    pub fn sender_address(&self) -> String {
        let from = self.header("From");
        let (_, rest) = from.rsplit_once('<').expect("an address in angle brackets");
        rest.trim_end_matches('>').to_owned()
    }

    /// Bytes as they arrived and text as it is read: what is nowhere in these is not in the mail.
    pub fn everything(&self) -> String {
        let parsed = mailparse::parse_mail(&self.raw).expect("a mail");
        let headers: Vec<String> =
            parsed.headers.iter().map(|header| format!("{}: {}", header.get_key(), header.get_value())).collect();
        let body = parsed.get_body().expect("a text");
        format!("{}\n{}\n{body}", String::from_utf8_lossy(&self.raw), headers.join("\n"))
    }
}
