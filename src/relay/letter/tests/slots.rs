//! Identity tokens in every slot of generated messages, and meant words between them: none of the one comes out, all of
//! the other do.

use std::fmt::Write;

use data_encoding::{BASE64, BASE64_MIME, HEXLOWER};
use proptest::prelude::*;

use super::layers::{layers, text_of, undone};
use super::*;

/// What must never be read: addresses of both sides, the full name, a number, and what programs say of themselves.
const SIGNS: [&str; 14] = [
    "jo.smith",
    "josmith",
    "al@private",
    "jo@old",
    "private.example",
    "old.example",
    "jo smith",
    "smith, jo",
    "5550109999",
    "555 010 9999",
    "hosty",
    "192.0.2.77",
    "secret-file",
    "+0530",
];

/// Words of ordinary prose in several scripts, each with a character set beside UTF-8 that can write it.
const MEANT: [(&str, &str); 7] = [
    ("the quokka ate 12 plums at 10:30", "us-ascii"),
    ("mañana el ñandú comió café", "iso-8859-1"),
    ("привет, завтра в саду", "windows-1251"),
    ("добрый вечер, друзья", "iso-8859-5"),
    ("καλημέρα φίλοι μου", "iso-8859-7"),
    ("你好，明天见", "utf-16be"),
    ("שלום לכולם, مرحبا بكم", "utf-7"),
];

const DISGUISES: usize = 18;

/// One of the ways a token can be written into a text.
fn disguised(token: &str, way: usize) -> String {
    let (local, domain) = token.split_once('@').unwrap();
    let spoken = domain.replace('.', " dot ");
    match way % DISGUISES {
        0 => token.to_owned(),
        1 => token.to_uppercase(),
        2 => format!("{local}+tag{way}@{domain}"),
        3 => format!("{local}&#64;{domain}"),
        4 => format!("{local}%40{domain}"),
        5 => format!("{local} @ {domain}"),
        6 => token.chars().flat_map(|c| [c, '\u{200B}']).collect(),
        7 => BASE64.encode(token.as_bytes()),
        8 => format!("{local} (at) {}", domain.replace('.', " (dot) ")),
        9 => format!("<mailto:{token}>"),
        10 => format!("{local} at {spoken}"),
        11 => token.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect(),
        12 => format!("{local}%2540{domain}"),
        13 => format!("https://x.example/u?e={local}%40{domain}&x=1"),
        14 => HEXLOWER.encode(token.as_bytes()),
        15 => "Jo Smith".into(),
        16 => "SMITH, Jo".into(),
        _ => "+1 (555) 010-9999".into(),
    }
}

/// `text` in bytes of the character set; `None` where it cannot say it.
fn encoded(text: &str, charset: &str) -> Option<Vec<u8>> {
    let single = |from: u32, to: u32, shift: u32| {
        let byte = |c: char| match u32::from(c) {
            code if code < 0x80 => u8::try_from(code).ok(),
            code if (from..=to).contains(&code) => u8::try_from(code - shift).ok(),
            _ => None,
        };
        text.chars().map(byte).collect::<Option<Vec<u8>>>()
    };
    match charset {
        "us-ascii" => single(1, 0, 0),
        "iso-8859-1" => single(0xA0, 0xFF, 0),
        "windows-1251" => single(0x410, 0x44F, 0x350),
        "iso-8859-5" => single(0x401, 0x45F, 0x360),
        "iso-8859-7" => single(0x384, 0x3CE, 0x2D0),
        "utf-16be" => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        "utf-7" => Some(
            format!("+{}-", encoded(text, "utf-16be").map(|b| BASE64.encode(&b)).unwrap().trim_end_matches('='))
                .into_bytes(),
        ),
        _ => Some(text.as_bytes().to_vec()),
    }
}

/// One part that says `text`: `kind` is its type and transfer encoding, `charset` how it is written where that can be.
fn part(kind: usize, text: &str, charset: &str) -> String {
    let (charset, bytes) = encoded(text, charset).map_or(("utf-8", text.as_bytes().to_vec()), |bytes| (charset, bytes));
    let base64 = BASE64_MIME.encode(&bytes);
    let quoted = bytes.iter().enumerate().fold(String::new(), |mut all, (at, byte)| {
        let end = if at % 20 == 19 { "=\r\n" } else { "" };
        write!(all, "={byte:02X}{end}").unwrap();
        all
    });
    let lines = text.replace('\n', "\r\n");
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
    match kind % 6 {
        0 => format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{lines}"),
        1 => {
            format!("Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}")
        }
        2 => format!(
            "Content-Type: text/plain; charset=\"{charset}\"\r\nContent-Disposition: inline\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}"
        ),
        3 => format!(
            "Content-Type: text/html; charset=utf-8\r\n\r\n<html><body title='jo@old.example'><p>{html}</p><!-- hosty -->\
            <span style='display:none'>al@private.example</span><img alt='Jo Smith' src='http://hosty/192.0.2.77'></body></html>"
        ),
        4 => format!(
            "Content-Type: multipart/alternative; boundary=hosty-inner\r\n\r\n--hosty-inner\r\n\
            Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n{lines}\r\n--hosty-inner\r\n\
            Content-Type: text/html; charset=utf-8\r\n\r\n<p>{html}</p>\r\n--hosty-inner--"
        ),
        _ => format!(
            "Content-Type: multipart/related; boundary=hosty-inner\r\n\r\n--hosty-inner\r\n\
            Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--hosty-inner\r\n\
            Content-Type: image/png; name=secret-file.png\r\nContent-ID: <hosty@192.0.2.77>\r\n\r\nx\r\n--hosty-inner--",
            BASE64_MIME.encode(format!("<div>{html}</div>").as_bytes())
        ),
    }
}

/// A part that is not passed on, full of tokens.
fn attachment(kind: usize, token: &str) -> String {
    let content = format!("FN:Jo Smith\r\nEMAIL:{token}\r\nTEL:+1 555 010 9999\r\nhosty secret-file");
    let name =
        ["text/vcard", "text/calendar", "application/ms-tnef", "image/jpeg", "message/rfc822", "application/pdf"]
            [kind % 6];
    format!(
        "Content-Type: {name}; name=\"secret-file {token}\"\r\nContent-Description: Jo Smith\r\n\
        Content-Disposition: attachment; filename*0=\"secret\"; filename*1=\"-file\"\r\n\r\nFrom: {token}\r\n\r\n{content}"
    )
}

/// What stands below the new text: quotes up to three deep with attributions, a header block, a signature.
fn history(kind: usize, token: &str, meant: &str) -> String {
    match kind % 5 {
        0 => format!(
            "\n\nOn Mon, 5 Jan 2026 at 10:30, Jo Smith <jo.smith@gmail.com> wrote:\n> {meant}\n> {token}\n>> hosty\n>>> {token}\n"
        ),
        1 => format!(
            "\n\n________________________________\nVon: Jo Smith <{token}>\nGesendet: Montag, 5. Januar 2026 10:30\nAn: Al\n\
            Betreff: hosty\n\n{meant}\n{token}\n"
        ),
        2 => format!("\n-- \nJo Smith\nhosty Ltd\n{token}\n+1 555 010 9999\n\n> {meant}\n> {token}\n"),
        3 => format!("\n> {token}\n> {meant}\n> -- \n> hosty\n\n{meant}\n\nSent from my iPhone hosty\n"),
        _ => format!("\n\nJo Smith <jo.smith@gmail.com> 于2026年1月5日周一 10:30写道：\n\n> {meant}\n> {token}\n"),
    }
}

struct Plan {
    ways: Vec<(usize, usize)>,
    parts: Vec<(usize, usize)>,
    history: usize,
    tear: usize,
}

impl Plan {
    fn token(&self, slot: usize) -> String {
        let (way, token) = self.ways[slot % self.ways.len()];
        disguised(TOKENS[token], way)
    }

    /// As a wrapped line of a quote tears it.
    fn torn(&self, slot: usize) -> String {
        let mut token = self.token(slot);
        let is_whole = self.ways[slot % self.ways.len()].0 % DISGUISES < 3;
        if is_whole && token.is_char_boundary(self.tear) && (1..token.len()).contains(&self.tear) {
            token.insert_str(self.tear, "\n> ");
        }
        token
    }

    fn meant(&self, part: usize) -> (&'static str, &'static str) {
        MEANT[self.parts[part].1 % MEANT.len()]
    }

    fn message(&self) -> String {
        let t = |slot| self.token(slot).replace('\n', " ");
        let word = BASE64.encode(t(3).as_bytes());
        let mut raw = format!(
            "Received: from hosty ([192.0.2.77]) by mx.hosty; Mon, 5 Jan 2026 10:30:00 +0530\r\n\
            Received: by {0}\r\nX-Original-To: {3}\r\nFrom: \"Jo Smith\" <jo.smith@gmail.com>\r\nTo: {1}\r\nCc: {2}\r\nReply-To: {0}\r\n\
            Subject: =?utf-8?B?{word}?= =?iso-8859-1?Q?_from_Jo_Smith?=\r\nMessage-ID: <{4}@hosty>\r\nReferences: <{5}@hosty>\r\n\
            Date: Mon, 5 Jan 2026 10:30:00 +0530 (hosty)\r\nX-Sender: {5}\r\n folded {6}\r\nX-Sender: again {7}\r\n\
            MIME-Version: 1.0 (hosty)\r\nContent-Type: multipart/mixed; boundary=\"hosty-b\"; x=\"{6}\"; y*=utf-8''{7}\r\n\r\n\
            preamble {7}\r\n",
            t(0),
            t(1),
            t(2),
            t(3),
            t(4),
            t(5),
            t(6),
            t(7)
        );
        for (index, (kind, _)) in self.parts.iter().enumerate() {
            let (meant, charset) = self.meant(index);
            let mut text = format!("{meant} one\n\n{}\n\n{meant} two", self.torn(index));
            if index + 1 == self.parts.len() {
                text += &history(self.history, &self.token(index + 1), &format!("{meant} three"));
            }
            raw += &["--hosty-b\r\n", &part(*kind, &text, charset), "\r\n"].concat();
            raw += &["--hosty-b\r\n", &attachment(index + self.history, &t(index)), "\r\n"].concat();
        }
        raw + "--hosty-b--\r\nepilogue al@private.example hosty"
    }

    /// Plain text is read before HTML: what only an HTML part says is not meant where there is a plain one.
    fn meant_words(&self) -> Vec<String> {
        let is_plain = |kind: usize| !matches!(kind % 6, 3 | 5);
        let any_plain = self.parts.iter().any(|(kind, _)| is_plain(*kind));
        let seen = (0..self.parts.len()).filter(|part| !any_plain || is_plain(self.parts[*part].0));
        let seen: Vec<usize> = seen.collect();
        let ends = ["one", "two"].into_iter();
        let mut all: Vec<String> =
            seen.iter().flat_map(|part| ends.clone().map(|end| format!("{} {end}", self.meant(*part).0))).collect();
        let last = self.parts.len() - 1;
        if seen.contains(&last) {
            all.push(format!("{} three", self.meant(last).0));
        }
        all
    }
}

/// What is wrong with a finished letter.
fn faults(bytes: &[u8], meant: &[String]) -> Vec<String> {
    let read = layers(bytes);
    let text = text_of(bytes);
    let leaks = SIGNS.iter().filter(|sign| read.contains(**sign)).map(|sign| format!("reads {sign}"));
    leaks.chain(meant.iter().filter(|word| !text.contains(*word)).map(|word| format!("lost {word}"))).collect()
}

fn outcome(plan: &Plan) -> (String, Result<Carried, NotCarried>) {
    let raw = plan.message();
    let incoming = read(raw.as_bytes()).ok().unwrap();
    let words = words();
    let carried = carry(&incoming, &Context { known: &known(), words: &words, envelope: &envelope() });
    (raw, carried)
}

#[test]
fn the_search_of_these_tests_finds_what_is_planted() {
    for way in 0..DISGUISES {
        for token in TOKENS {
            let read =
                undone(&format!("x {} y", disguised(token, way).replace(['(', ')'], if way == 17 { " " } else { "" })));
            let read = if way == 8 || way == 10 { undone(&format!("x {} y", disguised(token, way))) } else { read };
            assert!(SIGNS.iter().any(|sign| read.contains(sign)) || way == 17, "{way}: {read}");
        }
    }
}

#[test]
fn a_planted_fault_is_seen_in_both_directions() {
    let plan = Plan { ways: vec![(0, 1)], parts: vec![(0, 2)], history: 0, tear: 0 };
    let (_, carried) = outcome(&plan);
    let good = carried.ok().unwrap().bytes;
    let meant = plan.meant_words();
    assert_eq!(faults(&good, &meant), Vec::<String>::new());
    let with = |text: &str| String::from_utf8(good.clone()).unwrap().replace("[left out]", text).into_bytes();
    assert!(!faults(&with("al@private.example"), &meant).is_empty());
    assert!(!faults(&with("al at private dot example"), &meant).is_empty());
    assert!(!faults(&with(&BASE64.encode(b"xx al@private.example")), &meant).is_empty());
    let lost = String::from_utf8(good.clone()).unwrap().replace("=D0=BF=D1=80", "");
    assert!(!faults(lost.as_bytes(), &meant).is_empty());
}

fn cases() -> u32 {
    if std::env::var_os("TEST_LONG").is_some() { 10_000 } else { 300 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_planted_token_comes_out_of_any_slot_and_what_was_meant_does(
        ways in prop::collection::vec((0..DISGUISES, 0_usize..3), 8),
        parts in prop::collection::vec((0_usize..6, 0_usize..7), 1..5),
        history in 0_usize..5,
        tear in 0_usize..40,
    ) {
        let plan = Plan { ways, parts, history, tear };
        let (raw, carried) = outcome(&plan);
        let bytes = carried.map_err(|error| TestCaseError::fail(format!("{error}\n{raw}")))?.bytes;
        let faults = faults(&bytes, &plan.meant_words());
        prop_assert!(faults.is_empty(), "{faults:?}\n{raw}\n=====\n{}", text_of(&bytes));
    }
}
