//! A smarthost with moods: it knows one password, or hangs up after it has the mail, and it keeps every mail it read.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    Takes,
    /// Reads the mail to its final dot and closes without a word: whoever sent it cannot know.
    HangsUp,
}

/// One mail it read, and what it thought of it.
#[derive(Clone)]
pub struct Read {
    pub to: String,
    pub raw: String,
    pub mood: Mood,
}

struct Inside {
    password: Option<&'static str>,
    mood: Mutex<Mood>,
    mails: Mutex<Vec<Read>>,
}

pub struct Smarthost {
    pub address: SocketAddr,
    inside: Arc<Inside>,
    listening: Option<JoinHandle<()>>,
}

impl Smarthost {
    /// Lets in whoever says this password, or everybody.
    pub async fn open(password: Option<&'static str>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port for the smarthost");
        let address = listener.local_addr().expect("its address");
        let inside = Inside { password, mood: Mutex::new(Mood::Takes), mails: Mutex::default() };
        let mut smarthost = Self { address, inside: Arc::new(inside), listening: None };
        smarthost.listen(listener);
        smarthost
    }

    pub fn set_mood(&self, mood: Mood) {
        *self.inside.mood.lock().expect("a mood") = mood;
    }

    pub fn mails(&self) -> Vec<Read> {
        self.inside.mails.lock().expect("mails").clone()
    }

    /// Nobody answers any more.
    pub async fn close(&mut self) {
        if let Some(task) = self.listening.take() {
            task.abort();
            // Done when the port is free.
            let _ = task.await;
        }
    }

    /// The same port answers again.
    pub async fn reopen(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.listen(listener);
    }

    fn listen(&mut self, listener: TcpListener) {
        let inside = Arc::clone(&self.inside);
        self.listening = Some(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&inside)));
            }
        }));
    }
}

/// One client, to its end (RFC 5321 3, RFC 4954 4).
async fn talk(stream: TcpStream, inside: Arc<Inside>) {
    let mut stream = BufReader::new(stream);
    let (mut to, mut is_in) = (String::new(), inside.password.is_none());
    let mut reply = "220 smarthost.example ESMTP";
    while let Some(line) = say(&mut stream, reply).await {
        reply = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250-smarthost.example\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "AUTH" => {
                is_in = is_right(&line, inside.password);
                if is_in { "235 2.7.0 Welcome" } else { "535 5.7.8 Authentication credentials invalid" }
            }
            "QUIT" => "221 2.0.0 Bye",
            _ if !is_in => "530 5.7.0 Authentication required",
            "RCPT" => {
                let start = line.find('<').map_or(0, |at| at + 1);
                line[start..].trim_end_matches('>').clone_into(&mut to);
                "250 2.1.5 OK"
            }
            "DATA" => {
                let Some(raw) = read_mail(&mut stream).await else { return };
                let mood = *inside.mood.lock().expect("a mood");
                inside.mails.lock().expect("mails").push(Read { to: to.clone(), raw, mood });
                match mood {
                    Mood::Takes => "250 2.0.0 Taken",
                    Mood::HangsUp => return,
                }
            }
            _ => "250 2.0.0 OK",
        };
    }
}

/// Says this and reads the next line; `None` when the client is gone.
async fn say(stream: &mut BufReader<TcpStream>, reply: &str) -> Option<String> {
    stream.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
    read_line(stream).await.map(|line| line.trim_end().to_owned())
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line),
    }
}

async fn read_mail(stream: &mut BufReader<TcpStream>) -> Option<String> {
    stream.write_all(b"354 Go ahead\r\n").await.ok()?;
    let mut raw = String::new();
    loop {
        let line = read_line(stream).await?;
        if line == ".\r\n" {
            return Some(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

/// RFC 4616 2: nobody, NUL, name, NUL, password.
fn is_right(line: &str, password: Option<&str>) -> bool {
    let said = line.strip_prefix("AUTH PLAIN ").and_then(|said| BASE64.decode(said.as_bytes()).ok());
    said.is_some_and(|said| said.rsplit(|byte| *byte == 0).next() == password.map(str::as_bytes))
}
