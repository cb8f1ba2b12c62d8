//! Transcripts: `C:` what the peer sends, `S:` what it reads, byte for byte. All over real sockets.

use std::sync::Mutex;

use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::*;
use crate::smtp::{DataAnswer, Delivery, Protocol, RcptAnswer};

const LONG_ENOUGH: Duration = Duration::from_secs(20);

/// Answers by the local part of the recipient, and remembers what it took.
#[derive(Default)]
struct Sink {
    deliveries: Mutex<Vec<Delivery>>,
    asked: Mutex<Vec<String>>,
    /// "slow@" waits here, after it said that it began.
    began: Notify,
    may_end: Notify,
}

impl Intake for Sink {
    async fn rcpt(&self, address: &str) -> RcptAnswer {
        self.asked.lock().unwrap().push(address.to_owned());
        match address.split('@').next() {
            Some("unknown" | "") => RcptAnswer::Unknown,
            Some("later") => RcptAnswer::TryLater,
            _ => RcptAnswer::Known,
        }
    }

    async fn data(&self, delivery: Delivery) -> DataAnswer {
        let answer = match delivery.rcpt.split('@').next() {
            Some("refused") => DataAnswer::Refused,
            Some("full") => DataAnswer::TryLater,
            Some("slow") => {
                self.began.notify_one();
                self.may_end.notified().await;
                DataAnswer::Taken
            }
            _ => DataAnswer::Taken,
        };
        if answer == DataAnswer::Taken {
            self.deliveries.lock().unwrap().push(delivery);
        }
        answer
    }
}

struct Server {
    address: SocketAddr,
    sink: Arc<Sink>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

async fn server(change: impl FnOnce(&mut ListenSettings)) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut settings = ListenSettings::new("mx.example");
    change(&mut settings);
    let sink = Arc::<Sink>::default();
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(serve(listener, Arc::clone(&sink), settings, stopped));
    Server { address, sink, stop, task }
}

impl Server {
    async fn talk(&self) -> Talk {
        Talk(BufReader::new(TcpStream::connect(self.address).await.unwrap()))
    }

    /// A fresh connection plays the transcript.
    async fn plays(&self, transcript: &str) -> Talk {
        let mut talk = self.talk().await;
        talk.plays(transcript).await;
        talk
    }

    fn raws(&self) -> Vec<Vec<u8>> {
        self.sink.deliveries.lock().unwrap().iter().map(|delivery| delivery.raw.clone()).collect()
    }

    fn count(&self) -> usize {
        self.sink.deliveries.lock().unwrap().len()
    }
}

struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    async fn hears(&mut self, expected: &str) {
        let mut line = String::new();
        timeout(LONG_ENOUGH, self.0.read_line(&mut line)).await.expect("an answer in time").unwrap();
        assert_eq!(line, format!("{expected}\r\n"));
    }

    /// Everything until the server closes.
    async fn hears_to_the_end(&mut self) -> String {
        let mut rest = String::new();
        timeout(LONG_ENOUGH, self.0.read_to_string(&mut rest)).await.expect("an end in time").unwrap();
        rest
    }

    /// `C:` lines that follow each other go out in one packet. `S: end` is the end of the connection.
    async fn plays(&mut self, transcript: &str) {
        let mut group = Vec::new();
        for line in transcript.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(said) = line.strip_prefix("C:") {
                group.extend_from_slice(said.strip_prefix(' ').unwrap_or(said).as_bytes());
                group.extend_from_slice(b"\r\n");
                continue;
            }
            if !group.is_empty() {
                self.send(&std::mem::take(&mut group)).await;
            }
            match line.strip_prefix("S: ") {
                Some("end") => assert_eq!(self.hears_to_the_end().await, ""),
                Some(expected) => self.hears(expected).await,
                None => panic!("neither C: nor S:"),
            }
        }
        assert!(group.is_empty(), "a transcript ends with an answer");
    }
}

const TO_DATA: &str = "
    S: 220 mx.example ESMTP
    C: HELO peer.example
    S: 250 mx.example
    C: MAIL FROM:<jo@peer.example>
    S: 250 2.1.0 OK
    C: RCPT TO:<a@mx.example>
    S: 250 2.1.5 OK
    C: DATA
    S: 354 End with <CRLF>.<CRLF>
";

#[tokio::test]
async fn a_letter_arrives_by_smtp() {
    let server = server(|_| {}).await;
    server
        .plays(
            "S: 220 mx.example ESMTP
             C: EHLO peer.example
             S: 250-mx.example
             S: 250-PIPELINING
             S: 250-SIZE 10485760
             S: 250-8BITMIME
             S: 250 ENHANCEDSTATUSCODES
             C: MAIL FROM:<jo@peer.example> SIZE=100 BODY=8BITMIME
             S: 250 2.1.0 OK
             C: RCPT TO:<a@mx.example>
             S: 250 2.1.5 OK
             C: DATA
             S: 354 End with <CRLF>.<CRLF>
             C: Subject: x
             C:
             C: ..hello
             C: .
             S: 250 2.0.0 OK
             C: QUIT
             S: 221 2.0.0 Bye
             S: end",
        )
        .await;
    let deliveries = server.sink.deliveries.lock().unwrap();
    let [delivery] = deliveries.as_slice() else { panic!("one letter") };
    assert_eq!(delivery.raw, b"Subject: x\r\n\r\n.hello\r\n");
    assert_eq!((delivery.mail_from.as_str(), delivery.rcpt.as_str()), ("jo@peer.example", "a@mx.example"));
    assert_eq!((delivery.helo.as_str(), delivery.peer), ("peer.example", IpAddr::from([127, 0, 0, 1])));
    assert_eq!(delivery.protocol, Protocol::Smtp);
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient_and_never_bounces() {
    let server = server(|_| {}).await;
    server
        .plays(
            "S: 220 mx.example ESMTP
             C: LHLO front.example
             S: 250-mx.example
             S: 250-PIPELINING
             S: 250-SIZE 10485760
             S: 250-8BITMIME
             S: 250 ENHANCEDSTATUSCODES
             C: MAIL FROM:<>
             C: RCPT TO:<a@mx.example>
             C: RCPT TO:<unknown@mx.example>
             C: RCPT TO:<refused@mx.example>
             C: RCPT TO:<later@mx.example>
             C: RCPT TO:<full@mx.example>
             C: RCPT TO:<a@mx.example>
             C: DATA
             S: 250 2.1.0 OK
             S: 250 2.1.5 OK
             S: 550 5.1.1 Address unavailable
             S: 250 2.1.5 OK
             S: 451 4.3.0 Please try later
             S: 250 2.1.5 OK
             S: 250 2.1.5 OK
             S: 354 End with <CRLF>.<CRLF>
             C: hello
             C: .
             C: QUIT
             S: 250 2.0.0 OK
             S: 250 2.0.0 OK
             S: 451 4.3.0 Please try later
             S: 250 2.0.0 OK
             S: 221 2.0.0 Bye",
        )
        .await;
    let deliveries = server.sink.deliveries.lock().unwrap();
    assert_eq!(deliveries.len(), 2);
    for delivery in deliveries.iter() {
        assert_eq!((delivery.raw.as_slice(), delivery.mail_from.as_str()), (b"hello\r\n".as_slice(), ""));
        assert_eq!(delivery.protocol, Protocol::Lmtp);
    }
}

#[tokio::test]
async fn smtp_takes_one_recipient_and_answers_once() {
    let server = server(|_| {}).await;
    let mut talk = server
        .plays(
            "S: 220 mx.example ESMTP
             C: HELO peer.example
             C: MAIL FROM:<jo@peer.example>
             C: RCPT TO:<refused@mx.example>
             C: RCPT TO:<b@mx.example>
             C: DATA
             S: 250 mx.example
             S: 250 2.1.0 OK
             S: 250 2.1.5 OK
             S: 452 4.5.3 Too many recipients
             S: 354 End with <CRLF>.<CRLF>
             C: hello
             C: .
             S: 550 5.1.1 Address unavailable",
        )
        .await;
    talk.plays(
        "C: MAIL FROM:<jo@peer.example>
         C: RCPT TO:<full@mx.example>
         C: DATA
         S: 250 2.1.0 OK
         S: 250 2.1.5 OK
         S: 354 End with <CRLF>.<CRLF>
         C: hello
         C: .
         S: 451 4.3.0 Please try later",
    )
    .await;
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_mailbox_may_take_many_recipients() {
    let server = server(|settings| settings.many_recipients = true).await;
    server
        .plays(
            "S: 220 mx.example ESMTP
             C: HELO peer.example
             C: MAIL FROM:<jo@peer.example>
             C: RCPT TO:<a@mx.example>
             C: RCPT TO:<b@mx.example>
             C: DATA
             S: 250 mx.example
             S: 250 2.1.0 OK
             S: 250 2.1.5 OK
             S: 250 2.1.5 OK
             S: 354 End with <CRLF>.<CRLF>
             C: hello
             C: .
             S: 250 2.0.0 OK",
        )
        .await;
    assert_eq!(server.raws(), [b"hello\r\n", b"hello\r\n"]);
}

#[tokio::test]
async fn a_recipient_is_answered_without_regard_to_the_sender() {
    let server = server(|_| {}).await;
    for from in ["<jo@peer.example>", "<>", "<a@mx.example>"] {
        server
            .plays(&format!(
                "S: 220 mx.example ESMTP
                 C: HELO peer.example
                 C: MAIL FROM:{from}
                 C: RCPT TO:<unknown@mx.example>
                 C: RCPT TO:<nobody>
                 C: RCPT TO:<..@mx.example>
                 C: RCPT TO:<é@mx.example>
                 C: RCPT TO:<>
                 C: RCPT TO:<a@mx.example>
                 S: 250 mx.example
                 S: 250 2.1.0 OK
                 S: 550 5.1.1 Address unavailable
                 S: 550 5.1.1 Address unavailable
                 S: 550 5.1.1 Address unavailable
                 S: 550 5.1.1 Address unavailable
                 S: 550 5.1.1 Address unavailable
                 S: 250 2.1.5 OK"
            ))
            .await;
    }
}

#[tokio::test]
async fn every_command_has_its_constant_answer() {
    let server = server(|_| {}).await;
    server
        .plays(
            "S: 220 mx.example ESMTP
             C: MAIL FROM:<jo@peer.example>
             S: 503 5.5.1 Wrong order of commands
             C: HELO
             S: 501 5.5.2 Syntax error
             C: helo peer.example
             S: 250 mx.example
             C: RCPT TO:<a@mx.example>
             S: 503 5.5.1 Wrong order of commands
             C: DATA
             S: 503 5.5.1 Wrong order of commands
             C: VRFY a@mx.example
             S: 252 2.0.0 Send mail to find out
             C: EXPN list
             S: 502 5.5.1 Not offered
             C: STARTTLS
             S: 502 5.5.1 Not offered
             C: NOOP
             S: 250 2.0.0 OK
             C: HELP
             S: 214 2.0.0 See RFC 5321
             C: XYZZY a b
             S: 500 5.5.1 Unknown command
             C: XFORWARD ADDR=192.0.2.7
             S: 500 5.5.1 Unknown command
             C: MAIL FROM:<jo@peer.example> SMTPUTF8
             S: 555 5.5.4 Parameter not offered
             C: MAIL FROM:<jo@peer.example> RET=HDRS
             S: 555 5.5.4 Parameter not offered
             C: MAIL FROM:jo
             S: 501 5.5.2 Syntax error
             C: MAIL FROM:<é@peer.example>
             S: 553 5.1.7 Bad sender address
             C: MAIL FROM:<jo@peer.example>
             S: 250 2.1.0 OK
             C: MAIL FROM:<jo@peer.example>
             S: 503 5.5.1 Wrong order of commands
             C: RCPT TO:<a@mx.example> NOTIFY=NEVER
             S: 555 5.5.4 Parameter not offered
             C: RSET
             S: 250 2.0.0 OK
             C: RCPT TO:<a@mx.example>
             S: 503 5.5.1 Wrong order of commands
             C: BDAT 5 LAST
             S: 502 5.5.1 Not offered
             S: end",
        )
        .await;
}

#[tokio::test]
async fn every_smuggling_ending_gives_no_second_letter() {
    let hidden = "MAIL FROM:<x@peer.example>\r\nRCPT TO:<b@mx.example>\r\nDATA\r\nsmuggled\r\n.\r\nQUIT\r\n";
    for ending in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r"] {
        let server = server(|_| {}).await;
        let mut talk = server.plays(TO_DATA).await;
        talk.send(format!("first{ending}{hidden}").as_bytes()).await;
        assert_eq!(talk.hears_to_the_end().await, replies::BARE_NEWLINE, "{}", ending.escape_debug());
        assert_eq!(server.count(), 0);
    }
}

#[tokio::test]
async fn a_smuggling_ending_alone_is_refused_even_if_nothing_follows() {
    for ending in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r"] {
        let server = server(|settings| settings.patience = Duration::from_millis(300)).await;
        let mut talk = server.plays(TO_DATA).await;
        talk.send(format!("first{ending}").as_bytes()).await;
        assert_eq!(talk.hears_to_the_end().await, replies::BARE_NEWLINE, "{}", ending.escape_debug());
        assert_eq!(server.count(), 0);
    }
}

#[tokio::test]
async fn a_bare_newline_in_a_command_ends_the_connection() {
    let server = server(|_| {}).await;
    for bytes in [&b"HELO a\nMAIL FROM:<>\r\n"[..], b"HELO a\rMAIL FROM:<>\r\n"] {
        let mut talk = server.plays("S: 220 mx.example ESMTP").await;
        talk.send(bytes).await;
        assert_eq!(talk.hears_to_the_end().await, replies::BARE_NEWLINE);
    }
}

#[tokio::test]
async fn nul_is_refused_in_commands_and_kept_in_text_with_eight_bits() {
    let server = server(|_| {}).await;
    let mut talk = server.plays("S: 220 mx.example ESMTP").await;
    talk.send(b"HELO a\0b\r\n").await;
    talk.hears("501 5.5.2 Syntax error").await;
    talk.plays(TO_DATA.trim_start().strip_prefix("S: 220 mx.example ESMTP").unwrap()).await;
    talk.send(b"nul \0 latin \xE9 utf8 \xC3\xA9\r\n.\r\n").await;
    talk.hears("250 2.0.0 OK").await;
    assert_eq!(server.raws(), [b"nul \0 latin \xE9 utf8 \xC3\xA9\r\n"]);
}

#[tokio::test]
async fn an_announced_size_over_the_limit_is_refused_at_once() {
    let server = server(|settings| settings.max_bytes = 1000).await;
    server
        .plays(
            "S: 220 mx.example ESMTP
             C: HELO peer.example
             S: 250 mx.example
             C: MAIL FROM:<jo@peer.example> SIZE=1001
             S: 552 5.3.4 Message too big
             C: MAIL FROM:<jo@peer.example> SIZE=1000
             S: 250 2.1.0 OK",
        )
        .await;
}

#[tokio::test]
async fn a_letter_over_the_limit_is_read_to_its_end_and_refused() {
    let server = server(|settings| settings.max_bytes = 30_000).await;
    let mut talk = server.plays(TO_DATA).await;
    talk.send(&b"0123456\r\n".repeat(4000)).await;
    talk.send(b".\r\nNOOP\r\n").await;
    talk.hears("552 5.3.4 Message too big").await;
    talk.hears("250 2.0.0 OK").await;

    // At the limit it is taken, and the memory of the first is free again.
    talk.plays(
        "C: MAIL FROM:<jo@peer.example>
         C: RCPT TO:<a@mx.example>
         C: DATA
         S: 250 2.1.0 OK
         S: 250 2.1.5 OK
         S: 354 End with <CRLF>.<CRLF>",
    )
    .await;
    talk.send(&b"01234567\r\n".repeat(3000)).await;
    talk.send(b".\r\n").await;
    talk.hears("250 2.0.0 OK").await;
    assert_eq!(server.raws(), [b"01234567\r\n".repeat(3000)]);

    let mut endless = server.plays(TO_DATA).await;
    endless.send(&b"0123456\r\n".repeat(15_000)).await;
    assert_eq!(endless.hears_to_the_end().await, replies::TOO_BIG);
}

#[tokio::test]
async fn a_letter_over_the_limit_comes_again_by_lmtp() {
    let server = server(|settings| settings.max_bytes = 1000).await;
    let mut talk = server.talk().await;
    talk.send(b"LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nRCPT TO:<c@b.example>\r\nDATA\r\n").await;
    talk.send(&b"0123456\r\n".repeat(200)).await;
    talk.send(b".\r\nQUIT\r\n").await;
    let heard = talk.hears_to_the_end().await;
    assert!(heard.ends_with(&format!("{}{}{}", replies::TRY_LATER, replies::TRY_LATER, replies::BYE)), "{heard}");
}

#[tokio::test]
async fn long_lines_are_refused() {
    let server = server(|_| {}).await;
    let mut talk = server.plays("S: 220 mx.example ESMTP").await;
    talk.send(&[b'a'; 5000]).await;
    assert_eq!(talk.hears_to_the_end().await, replies::LINE_TOO_LONG);

    let mut talk = server.plays(TO_DATA).await;
    talk.send(&vec![b'a'; 100_000]).await;
    assert_eq!(talk.hears_to_the_end().await, replies::DATA_LINE_TOO_LONG);
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn all_letters_together_have_a_bound_of_memory() {
    let server = server(|_| {}).await;
    // 10 MiB each takes 16 MiB as it grows: four fill the 64 MiB.
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut talk = server.plays(TO_DATA).await;
        talk.send(&b"0123456789abcd\r\n".repeat(9 * 65_536)).await;
        held.push(talk);
    }
    let mut late = loop {
        let mut talk = server.plays(TO_DATA).await;
        talk.send(b"hello\r\n.\r\n").await;
        let mut line = String::new();
        timeout(LONG_ENOUGH, talk.0.read_line(&mut line)).await.unwrap().unwrap();
        if line == replies::NO_MEMORY {
            break talk;
        }
        // The four are still being read.
        assert_eq!(line, replies::OK);
    };
    for talk in &mut held {
        talk.send(b".\r\n").await;
        talk.hears("250 2.0.0 OK").await;
    }
    late.plays(TO_DATA.trim_start().strip_prefix("S: 220 mx.example ESMTP").unwrap()).await;
    late.send(b"hello\r\n.\r\n").await;
    late.hears("250 2.0.0 OK").await;
}

#[tokio::test]
async fn a_slow_peer_is_closed_in_commands_and_in_data() {
    let server = server(|settings| settings.patience = Duration::from_millis(400)).await;
    let mut idle = server.plays("S: 220 mx.example ESMTP").await;
    assert_eq!(idle.hears_to_the_end().await, replies::SLOW);

    // One byte now and then is not enough to be kept.
    let talk = server.plays(TO_DATA).await;
    let (reader, mut writer) = talk.0.into_inner().into_split();
    let drip = tokio::spawn(async move {
        while writer.write_all(b"a").await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
    });
    let mut line = String::new();
    timeout(LONG_ENOUGH, BufReader::new(reader).read_line(&mut line)).await.unwrap().unwrap();
    assert_eq!(line, replies::SLOW);
    drip.abort();
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn our_own_work_is_not_counted_as_the_peers_slowness() {
    let server = server(|settings| settings.patience = Duration::from_millis(300)).await;
    let mut talk = server.plays(&TO_DATA.replace("a@mx.example", "slow@mx.example")).await;
    talk.send(b"hello\r\n.\r\n").await;
    server.sink.began.notified().await;
    sleep(Duration::from_millis(600)).await;
    server.sink.may_end.notify_one();
    talk.plays(
        "S: 250 2.0.0 OK
         C: NOOP
         S: 250 2.0.0 OK",
    )
    .await;
}

#[tokio::test]
async fn errors_and_idle_commands_are_counted() {
    let server = server(|_| {}).await;
    for (command, times, reply) in
        [("XYZZY", 20, replies::UNKNOWN_COMMAND), ("RCPT TO:<>", 20, replies::WRONG_ORDER), ("NOOP", 250, replies::OK)]
    {
        let mut talk = server.plays("S: 220 mx.example ESMTP").await;
        talk.send(format!("{command}\r\n").repeat(300).as_bytes()).await;
        assert_eq!(talk.hears_to_the_end().await, reply.repeat(times) + replies::TOO_MANY_ERRORS);
    }
}

#[tokio::test]
async fn xforward_is_offered_to_configured_peers_and_speaks_for_one_letter() {
    let server = server(|settings| settings.xforward_peers = vec![[127, 0, 0, 1].into()]).await;
    let mut talk = server
        .plays(
            "S: 220 mx.example ESMTP
             C: LHLO front.example
             S: 250-mx.example
             S: 250-PIPELINING
             S: 250-SIZE 10485760
             S: 250-8BITMIME
             S: 250-XFORWARD ADDR HELO
             S: 250 ENHANCEDSTATUSCODES
             C: XFORWARD ADDR=nowhere
             S: 501 5.5.4 Bad argument
             C: XFORWARD ADDR=192.0.2.7
             C: xforward HELO=jo+2Bs.example
             S: 250 2.0.0 OK
             S: 250 2.0.0 OK",
        )
        .await;
    let letter = "C: MAIL FROM:<jo@peer.example>
                  S: 250 2.1.0 OK
                  C: XFORWARD ADDR=192.0.2.8
                  S: 503 5.5.1 Wrong order of commands
                  C: RCPT TO:<a@mx.example>
                  S: 250 2.1.5 OK
                  C: DATA
                  S: 354 End with <CRLF>.<CRLF>
                  C: hello
                  C: .
                  S: 250 2.0.0 OK";
    talk.plays(letter).await;
    talk.plays(letter).await;
    let deliveries = server.sink.deliveries.lock().unwrap();
    let seen: Vec<_> = deliveries.iter().map(|delivery| (delivery.peer.to_string(), delivery.helo.as_str())).collect();
    assert_eq!(seen, [("192.0.2.7".into(), "jo+s.example"), ("127.0.0.1".into(), "front.example")]);
}

#[tokio::test]
async fn a_stop_finishes_the_letter_that_is_under_way() {
    let server = server(|_| {}).await;
    let mut idle = server.plays("S: 220 mx.example ESMTP").await;
    let mut reading = server.plays(TO_DATA).await;
    let mut storing = server.plays(&TO_DATA.replace("a@mx.example", "slow@mx.example")).await;
    storing.send(b"hello\r\n.\r\nNOOP\r\n").await;
    server.sink.began.notified().await;

    server.stop.send(true).unwrap();
    assert_eq!(idle.hears_to_the_end().await, replies::STOPPING);
    reading.send(b"hello\r\n.\r\n").await;
    assert_eq!(reading.hears_to_the_end().await, format!("{}{}", replies::OK, replies::STOPPING));
    assert!(!server.task.is_finished());
    server.sink.may_end.notify_one();
    assert_eq!(storing.hears_to_the_end().await, format!("{}{}", replies::OK, replies::STOPPING));
    assert_eq!(server.count(), 2);
    drop((idle, reading, storing));
    timeout(LONG_ENOUGH, server.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn too_many_connections_are_turned_away_and_places_come_free() {
    let server = server(|_| {}).await;
    let mut open = Vec::new();
    for _ in 0..CONNECTIONS {
        open.push(server.plays("S: 220 mx.example ESMTP").await);
    }
    let mut one_more = server.talk().await;
    assert_eq!(one_more.hears_to_the_end().await, replies::BUSY);
    drop(open);
    timeout(LONG_ENOUGH, async {
        loop {
            let mut line = String::new();
            server.talk().await.0.read_line(&mut line).await.unwrap();
            if line.starts_with("220 ") {
                break;
            }
        }
    })
    .await
    .expect("a place comes free");
}

#[tokio::test]
async fn lettre_delivers_through_the_listener() {
    let server = server(|_| {}).await;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(server.address.port())
        .hello_name(ClientId::Domain("out.example".into()))
        .build();
    let envelope =
        lettre::address::Envelope::new(Some("jo@peer.example".parse().unwrap()), vec!["a@mx.example".parse().unwrap()])
            .unwrap();
    // lettre closes the last line itself: a letter that ends in CRLF arrives with an empty line more.
    let letter = b"From: jo@peer.example\r\nSubject: x\r\n\r\n.dots\r\n..\r\n.\r\nend";
    let reply = transport.send_raw(&envelope, letter).await.unwrap();
    assert!(reply.is_positive());
    assert_eq!(server.raws(), [[letter.as_slice(), b"\r\n"].concat()]);
    assert_eq!(*server.sink.asked.lock().unwrap(), ["a@mx.example"]);
}
