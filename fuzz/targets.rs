//! What each target does with bytes, for the fuzzer and for `tests/seeds.rs` alike. Each panics where a promise is broken.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use show_of_hands::clock::Timestamp;
use show_of_hands::relay::letter::{self, Context, Envelope, Known, LetterWords, NotCarried};
use show_of_hands::relay::report;
use show_of_hands::smtp::listen::{self, ListenSettings};
use show_of_hands::smtp::{DataAnswer, Delivery, Intake, RcptAnswer};

/// A message of any shape is read or refused, and what is read goes through the other three steps: nothing panics, and the
/// gate has nothing to say about what scrub let pass.
pub fn read(bytes: &[u8]) {
    let _ = letter::machine_mail(bytes);
    if let Ok(incoming) = letter::read(bytes) {
        passes(&incoming);
    }
}

/// Any text of a page.
pub fn scrub(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = letter::look(&text, &["988".to_owned()]);
    passes(&letter::from_page(&text, text.len().is_multiple_of(2)));
}

fn passes(incoming: &letter::Incoming) {
    let (known, words, envelope) = (known(), words(), envelope());
    let carried = letter::carry(incoming, &Context { known: &known, words: &words, envelope: &envelope });
    let leak = carried.err().filter(|why| matches!(why, NotCarried::Leak(_)));
    assert!(leak.is_none(), "the gate found what scrub let pass: {leak:?}");
}

/// Any report of a mail server.
pub fn bounces(bytes: &[u8]) {
    if let Some(report) = report::read(bytes, "relay.example") {
        assert!(report.marks.len() <= 20 && report.marks.iter().all(|mark| !mark.is_empty()));
    }
}

/// Any bytes on the mail port: every answer is one of ours, the connection ends, and the next one is served.
pub fn listener(bytes: &[u8]) {
    let said = speak(bytes);
    for line in said.lines() {
        let is_answer = line.len() >= 4 && line.bytes().take(3).all(|byte| byte.is_ascii_digit());
        assert!(is_answer && line.is_ascii(), "{line:?}");
    }
    assert!(speak(b"QUIT\r\n").starts_with("220 "), "the next one is served");
}

fn speak(bytes: &[u8]) -> String {
    let mut peer = TcpStream::connect(server()).expect("a connection");
    peer.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
    // The peer may have hung up on us before the end.
    let _ = peer.write_all(bytes);
    let _ = peer.shutdown(std::net::Shutdown::Write);
    let mut said = Vec::new();
    let _ = peer.read_to_end(&mut said);
    String::from_utf8(said).expect("answers are text")
}

struct Somebody;

impl Intake for Somebody {
    async fn rcpt(&self, address: &str) -> RcptAnswer {
        if address.starts_with('a') { RcptAnswer::Known } else { RcptAnswer::Unknown }
    }

    async fn data(&self, delivery: Delivery) -> DataAnswer {
        let raw = &delivery.raw;
        assert!(raw.is_empty() || raw.ends_with(b"\r\n"));
        assert!(!raw.windows(2).any(|two| two[0] == b'\r' && two[1] != b'\n' || two[0] != b'\r' && two[1] == b'\n'));
        DataAnswer::Taken
    }
}

fn server() -> SocketAddr {
    static SERVER: OnceLock<SocketAddr> = OnceLock::new();
    *SERVER.get_or_init(|| {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let socket = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
                tell.send(socket.local_addr().expect("its address")).expect("told");
                let mut settings = ListenSettings::new("mail.example");
                settings.xforward_peers = vec![[127, 0, 0, 1].into()];
                settings.max_bytes = 4096;
                let (_stop, stopped) = tokio::sync::watch::channel(false);
                listen::serve(socket, Arc::new(Somebody), settings, stopped).await;
            });
        });
        told.recv().expect("the listener starts")
    })
}

fn known() -> Known {
    Known {
        addresses: ["jo.smith@gmail.com", "al@private.example", "jo@old.example"].map(str::to_owned).to_vec(),
        own: 1,
        relay_domain: "relay.example".to_owned(),
        full_name: None,
        first_name: "Jo".to_owned(),
    }
}

fn envelope() -> Envelope {
    Envelope {
        from_name: "Jo".to_owned(),
        from_alias: "aaaaaaaaaaaaaaaaaaaaaaaaaa@relay.example".to_owned(),
        to_alias: "bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example".to_owned(),
        check_word: "river".to_owned(),
        date: Timestamp(1_767_268_800),
        message_id: "m1".to_owned(),
        thread_root: "t1".to_owned(),
        relay_domain: "relay.example".to_owned(),
    }
}

fn words() -> LetterWords {
    LetterWords {
        lead: "Jo has written to you, and you find the note below. To answer, reply to this email.".to_owned(),
        footer: "We pass this on and keep no copy.".to_owned(),
        new_message: "new message".to_owned(),
        left_out: "[left out]".to_owned(),
        earlier: "Earlier:".to_owned(),
        not_passed_on: String::new(),
        all_leads: vec!["Al has written to you, and you find the note below.".to_owned()],
        all_new_message: vec!["mensaje nuevo".to_owned()],
        stop_words: vec!["STOP".to_owned()],
        help_words: vec!["HELP".to_owned()],
        emergency_numbers: vec!["988".to_owned()],
    }
}
