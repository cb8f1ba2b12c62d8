//! A mail program at the other end: it speaks SMTP a line at a time and writes letters the way mailboxes write them.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

use super::app::TestApp;
use super::mail::Mail;

pub struct Smtp(BufReader<TcpStream>);

impl Smtp {
    /// Connects and says hello.
    pub async fn connect(server: SocketAddr) -> Self {
        Self::connect_from(Ipv4Addr::LOCALHOST, server).await
    }

    /// The same from another address of this machine.
    pub async fn connect_from(source: Ipv4Addr, server: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((source, 0).into()).expect("an address of this machine");
        let mut smtp = Self(BufReader::new(socket.connect(server).await.expect("somebody takes mail")));
        assert!(smtp.answer().await.starts_with("220 "));
        assert!(smtp.say("EHLO out.example").await.starts_with("250"));
        smtp
    }

    /// One command and its whole answer, lines joined by `\n`.
    pub async fn say(&mut self, command: &str) -> String {
        self.0.write_all(format!("{command}\r\n").as_bytes()).await.expect("a connection");
        self.answer().await
    }

    async fn answer(&mut self) -> String {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).await.expect("a connection") == 0 {
                return lines.join("\n");
            }
            let line = line.trim_end().to_owned();
            let is_last = line.as_bytes().get(3) != Some(&b'-');
            lines.push(line);
            if is_last {
                return lines.join("\n");
            }
        }
    }

    /// A whole message; the answer to the first command that is refused, or to the end of the data.
    pub async fn send(&mut self, from: &str, to: &str, raw: &str) -> String {
        for command in [format!("MAIL FROM:<{from}>"), format!("RCPT TO:<{to}>"), "DATA".to_owned()] {
            let answer = self.say(&command).await;
            if !answer.starts_with(['2', '3']) {
                return answer;
            }
        }
        let stuffed: Vec<String> =
            raw.lines().map(|line| if line.starts_with('.') { format!(".{line}") } else { line.to_owned() }).collect();
        self.say(&format!("{}\r\n.", stuffed.join("\r\n"))).await
    }
}

/// A person's mail program, which shows more of them than they know.
#[derive(Clone)]
pub struct MailProgram {
    /// First name and surname.
    pub display_name: String,
    pub address: String,
    pub signature: String,
}

impl MailProgram {
    pub fn new(display_name: &str, address: &str) -> Self {
        let signature = format!("{display_name}\n{address}\nCell: +1 (212) 555-0147");
        Self { display_name: display_name.to_owned(), address: address.to_owned(), signature }
    }

    /// Answers a letter the usual way: new words on top, a line of who wrote when, the old letter quoted, a signature.
    pub async fn reply(&self, app: &TestApp, to: &Mail, words: &str) -> String {
        self.reply_from(app, &self.address, to, words).await
    }

    /// The same from another mailbox of the same person.
    pub async fn reply_from(&self, app: &TestApp, mailbox: &str, to: &Mail, words: &str) -> String {
        let alias = to.sender_address();
        let letter = self.letter(mailbox, &alias, &format!("Re: {}", to.subject), &self.quoting(to, words));
        let answers = format!("In-Reply-To: {}\r\nMIME-Version", to.header("Message-ID"));
        let raw = letter.replacen("MIME-Version", &answers, 1);
        self.send(app, mailbox, &alias, &raw).await
    }

    pub async fn send(&self, app: &TestApp, mailbox: &str, alias: &str, raw: &str) -> String {
        Smtp::connect(app.mail_in).await.send(mailbox, alias, raw).await
    }

    pub fn letter(&self, mailbox: &str, alias: &str, subject: &str, text: &str) -> String {
        format!(
            "Received: from laptop.home.example (198.51.100.23) by mail.example; Tue, 24 Nov 2026 15:00:00 +0100\r\n\
             From: \"{}\" <{mailbox}>\r\nTo: <{alias}>\r\nSubject: {subject}\r\n\
             Message-ID: <{}.letter@laptop.home.example>\r\nDate: Tue, 24 Nov 2026 15:00:00 +0100\r\n\
             User-Agent: HomeMail 3.1\r\nX-Originating-IP: 198.51.100.23\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}",
            self.display_name,
            // A letter of its own each time, or it would be taken for a copy of the last.
            uuid::Uuid::new_v4().simple(),
        )
    }

    fn quoting(&self, to: &Mail, words: &str) -> String {
        let quoted: Vec<String> = to.text.lines().map(|line| format!("> {line}")).collect();
        let (me, alias) = (&self.address, to.sender_address());
        format!(
            "{words}\n\n-- \n{}\n\nOn Tue, 24 Nov 2026 at 14:00, <{alias}> wrote to {} <{me}>:\n{}\n",
            self.signature,
            self.display_name,
            quoted.join("\n"),
        )
    }
}
