//! The four steps together: no token of either side in any layer, and no letter lost.

use std::path::{Path, PathBuf};

use data_encoding::{BASE64, BASE64_MIME};
use mail_parser::MessageParser;
use proptest::prelude::*;

use super::normal::fold;
use super::rebuild::HEADERS;
use super::*;

const MARK: &str = "[left out]";
const TOKENS: [&str; 3] = ["jo.smith+aa@gmail.com", "al@private.example", "jo@old.example"];

pub(super) fn words() -> LetterWords {
    LetterWords {
        lead: "Jo has written to you. To answer, just answer this mail and write above this line. Neither of you sees the \
            other's address, and what follows is only for you: please read it when you are by yourself."
            .into(),
        footer: "Write STOP to end this contact.".into(),
        new_message: "new message".into(),
        left_out: MARK.into(),
        earlier: "Earlier:".into(),
        not_passed_on: String::new(),
        all_leads: vec!["Al te ha escrito. Para responder, contesta a este correo y escribe encima de esta línea.".into()],
        all_new_message: vec!["nuevo mensaje".into()],
        stop_words: vec!["STOP".into(), "ALTO".into()],
        help_words: vec!["HELP".into(), "AYUDA".into()],
        emergency_numbers: vec!["988".into(), "911".into(), "1-800-662-4357".into()],
    }
}

fn known() -> Known {
    Known {
        addresses: TOKENS.map(String::from).to_vec(),
        relay_domain: "relay.example".into(),
        full_name: None,
        first_name: "Jo".into(),
    }
}

fn envelope() -> Envelope {
    Envelope {
        from_name: "Jo".into(),
        from_alias: "aaaaaaaaaaaaaaaaaaaaaaaaaa@relay.example".into(),
        to_alias: "bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example".into(),
        check_word: "river".into(),
        date: Timestamp(1_798_761_599),
        message_id: "m1".into(),
        thread_root: "t1".into(),
        relay_domain: "relay.example".into(),
    }
}

fn carried(raw: &str) -> Carried {
    let incoming = read(raw.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
    let context = Context { known: &known(), words: &words(), envelope: &envelope() };
    carry(&incoming, &context).unwrap_or_else(|e| panic!("{e}\n{raw}"))
}

fn typed(text: &str) -> Incoming {
    Incoming { origin: Origin::Mail, ..from_page(text, false) }
}

fn scrubbed(text: &str) -> Scrubbed {
    scrubbed_of(&typed(text))
}

fn scrubbed_of(incoming: &Incoming) -> Scrubbed {
    let (known, words) = (known(), words());
    scrub(incoming, &Secrets::of(incoming, &known, &words), &known.first_name, &words)
}

fn mail(headers: &str, body: &str) -> String {
    format!("From: Jo Smith <jo.smith@gmail.com>\r\nSubject: x\r\n{headers}\r\n{body}")
}

#[test]
fn a_letter_becomes_exactly_these_bytes() {
    let raw = "Received: from home (1.2.3.4) by x; Mon, 5 Jan 2026 10:30:00 +0530\r\n\
        From: Jo Smith <jo.smith@gmail.com>\r\nTo: bbb@relay.example\r\nSubject: Re: =?utf-8?q?Caf=C3=A9?= tomorrow?\r\n\
        Message-ID: <1@home.jo>\r\nDate: Mon, 5 Jan 2026 10:30:00 +0530\r\nUser-Agent: X\r\nMIME-Version: 1.0 (Mac)\r\n\
        Content-Type: text/plain; charset=iso-8859-1; x=y\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Yes! Call me on 555 010 9999 or jo=2Esmith@gmail.com.\r\nJo Smith\r\n\r\n\
        On Sun, 4 Jan 2026 at 10:30, Al <aaa@relay.example> wrote:\r\n> Jo has written to you. To answer, just answer\r\n\
        > this mail and write above this line. Neither of you sees the other's\r\n\
        > address, and what follows is only for you: please read it when you are by yourself.\r\n\
        > \r\n> How are you?\r\n> > deeper\r\n> -- \r\n> Write STOP to end this contact.\r\n\r\n-- \r\nJo Smith, 1 High St\r\n";
    let text = String::from_utf8(carried(raw).bytes).unwrap().replace("\r\n", "\n");
    insta::assert_snapshot!(text, @r#"
    From: "Jo" <aaaaaaaaaaaaaaaaaaaaaaaaaa@relay.example>
    To: <bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example>
    Subject: river: new message
    Date: Thu, 31 Dec 2026 23:59:00 +0000
    Message-ID: <m1@relay.example>
    In-Reply-To: <t1@relay.example>
    References: <t1@relay.example>
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    Jo has written to you. To answer, just answer this mail and write above thi=
    s line. Neither of you sees the other's address, and what follows is only f=
    or you: please read it when you are by yourself.

    Caf=C3=A9 tomorrow?

    Yes! Call me on [left out] or [left out].
    Jo

    Earlier:
    > How are you?

    --=20
    Write STOP to end this contact.
    "#);
}

#[test]
fn no_disguise_of_a_known_address_gets_through() {
    let address = "jo.smith@gmail.com";
    let html = |body: &str| mail("Content-Type: text/html; charset=utf-8\r\n", body);
    let encoded = |cte: &str, body: String| {
        mail(&format!("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {cte}\r\n"), &body)
    };
    let utf16: Vec<u8> = address.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let letters = [
        mail("", "I am JO.Smith@Gmail.com"),
        mail("", "josmith@googlemail.com j.o.s.m.i.t.h+x@gmail.com"),
        mail("", "jo.smith\r\n@gmail.com and jo.smith@gm\r\nail.com and jo.smith @ gmail . com"),
        mail("", "> jo.smith@\r\n> gmail.com\r\n>> jo.smith@gmail.com"),
        mail("", "jo.smith&#64;gmail.com jo.smith%40gmail.com jo.smith=40gmail.com jo.smith%2540gmail&period;com"),
        mail("", "jo.sm\u{200B}ith@gm\u{AD}ail.com ｊｏ.ｓｍｉｔｈ＠gmail.com jo.smith (at) gmail (dot) com"),
        mail("", &format!("see {} or {}", BASE64.encode(address.as_bytes()), BASE64.encode(b"x jo.smith@gmail.com y"))),
        mail("", "https://x.example/?u=jo.smith%40gmail.com <mailto:jo.smith@gmail.com?subject=x>"),
        mail("Content-Type: text/plain; format=flowed; delsp=yes\r\n", "jo.smi \r\nth@gma \r\nil.com"),
        encoded("quoted-printable", "jo.smith=40gmail.c=\r\nom".into()),
        encoded("base64", BASE64_MIME.encode(address.as_bytes())),
        mail(
            "Content-Type: text/plain; charset=utf-16be\r\nContent-Transfer-Encoding: base64\r\n",
            &BASE64.encode(&utf16),
        ),
        mail("Content-Type: text/plain; charset=utf-7\r\n", "jo.smith+AEA-gmail.com"),
        html("jo.s<b>mi</b>th&#64;gm<!-- x -->ail.com <a href='mailto:jo.smith@gmail.com'>me</a>"),
        html("<a href='https://x.example/jo.smith@gmail.com'>me</a><div style='display:none'>jo.smith@gmail.com</div>"),
        html("<img alt='jo.smith@gmail.com' src='cid:jo.smith@gmail.com'>jo.smith<wbr>@gmail.com"),
        "From: jo.smith@gmail.com\r\nSubject: jo.smith@gmail.com =?utf-8?b?am8uc21pdGhAZ21haWwuY29t?=\r\n\r\nhello"
            .into(),
    ];
    for letter in &letters {
        let out = carried(letter);
        let read = layers(&out.bytes);
        assert!(!read.contains("smith"), "{letter}\n{read}");
    }
}

#[test]
fn ordinary_prose_is_left_as_it_is() {
    for text in [
        "See you on 2026-01-15 at 10:30, or 15.01.2026 um 18.30 Uhr.",
        "Call 988 or 911, or 1-800-662-4357, any time.",
        "Page 417, 24/7, steps 1-2-3-4-5-6-7-8-9-10-11-12, 90 in 90, $1500000.",
        "me@ home, @jo, 5 @ 3.50, a@b",
        "Smith is a common name; Jo and Smith went out.",
        "On Monday she wrote:\nit was good.",
        "From: the heart.",
        "1 < 2 > 0 && a % b = 40",
        "A line\n\n---\n\nand another, with much\nmore\nbehind\nit\nthan\na\nsignature\nwould\nhave",
    ] {
        let out = scrubbed(text);
        assert_eq!(out.text, text);
        assert!(!out.left_out && !out.signature_cut);
    }
}

#[test]
fn names_become_the_first_name_and_signatures_go() {
    let incoming = |text: &str| Incoming { from_name: Some("Jo Ann Smith".into()), ..typed(text) };
    for (text, left) in [
        ("Yours, Jo Ann Smith", "Yours, Jo"),
        ("Yours, SMITH, JO ANN.", "Yours, Jo."),
        ("Yours, Jo\n> Smith", "Yours, Jo"),
        ("a\n-- \nJo Smith\nACME Inc.\n\n\nLtd", "a"),
        ("a\n\nSent from my iPhone", "a"),
        ("a\n\n--\nJo", "a"),
        ("a\n-- \nJo\n> b\nc", "a\n> b\nc"),
    ] {
        assert_eq!(scrubbed_of(&incoming(text)).text, left);
    }
}

#[test]
fn quotes_keep_one_depth_and_lose_their_headings() {
    for (text, left) in [
        (
            "yes\n\nOn 5 Jan 2026, at 10:30, Jo Smith <jo@x.example> wrote:\n\n> a\n>> b\n>\n> c\n\nno",
            "yes\n\nEarlier:\n> a\n>\n> c\n\nno",
        ),
        (
            "yes\n\n-----Original Message-----\nFrom: Jo\nSent: Monday\nTo: Al\nSubject: x\n\nhello\n\nFrom: Al\nSent: Sunday\nTo: Jo\nSubject: y\n\nolder",
            "yes\n\nEarlier:\n> hello",
        ),
        ("> On 5 Jan 2026, at 10:30, Jo <jo@x.example> wrote:\n> > a\n> b\nc", "> b\nc"),
        ("Begin forwarded message:\n\n> From: Al\n> Subject: x\n>\n> kept\n", "Earlier:\n> kept"),
        ("yes\nAm 05.01.26 um 10:30 schrieb Jo Smith:\nolder\n", "yes\n\nEarlier:\n> older"),
        (
            "C'est super !\nLe 4 janv. 2016 19:03, \"Jo\"\n<jo@x.example>\na écrit :\n> a",
            "C'est super !\n\nEarlier:\n> a",
        ),
        ("> a\n> On Mon, Feb 1, 2016 at 7:50 AM, Jo Smith <jo@x.example\n> > wrote:\n>> b\nc", "> a\nc"),
        (
            "yes\n--- On Wed, 4/4/12, Jo <jo@x.example> wrote:\n\n\nFrom: Jo\nSubject: x\nTo: Al\n\nolder",
            "yes\n\nEarlier:\n> older",
        ),
        ("yes\nOn 5 Jan 2026, at 10:30, Jo <jo@x.example> wrote:\n", "yes"),
    ] {
        assert_eq!(scrubbed(text).text, left, "{text}");
    }
}

#[test]
fn one_word_is_seen_through_quote_and_signature() {
    let quoted = "stop.\n\nOn 5 Jan 2026, at 10:30, Al <a@relay.example> wrote:\n> please don't stop\n-- \nJo";
    assert_eq!(scrubbed(quoted).reply_word, Some(ReplyWord::Stop));
    assert_eq!(scrubbed("Help\n\nSent from my iPhone").reply_word, Some(ReplyWord::Help));
    assert_eq!(scrubbed("stop it").reply_word, None);
    assert_eq!(scrubbed("> stop").reply_word, None);
}

#[test]
fn our_own_subject_does_not_come_back() {
    for (subject, left) in
        [("Re: river: new message", ""), ("AW: Fwd: maple: nuevo mensaje", ""), ("RE[2]: tea?", "tea?")]
    {
        let raw = format!("From: a@b.example\r\nSubject: {subject}\r\n\r\nx");
        let incoming = read(raw.as_bytes()).ok().unwrap();
        assert_eq!(scrubbed_of(&incoming).subject, left);
    }
}

#[test]
fn the_facts_of_a_message_are_read() {
    let raw = "Received: a\r\nReceived: b\r\nFrom: Jo <jo@x.example>, Al <al@x.example>\r\nFrom: c@x.example\r\n\
        To: Undisclosed: d@x.example;\r\nCc: e@x.example\r\nPrecedence: bulk\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\n\r\none\r\n--b\r\nContent-Type: image/png; name=secret.png\r\n\r\nx\r\n--b\r\n\
        Content-Type: text/plain\r\n\r\ntwo\r\n--b\r\nContent-Type: text/vcard\r\n\r\nx\r\n--b\r\n\
        Content-Type: text/plain; name=cv.txt\r\n\r\nx\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx\r\n\
        --b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n";
    let read = read(raw.as_bytes()).ok().unwrap();
    assert_eq!(read.recipients, ["d@x.example", "e@x.example"]);
    assert_eq!(machine_mail(raw.as_bytes()), Some(Machine::Auto));
    assert_eq!(read.text, "one\ntwo");
    assert_eq!(read.dropped, Dropped { pictures: 1, documents: 2, others: 1 });
}

#[test]
fn what_cannot_be_checked_or_is_too_much_is_refused() {
    let level = |i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
    let nested = (0..12).map(level).collect::<Vec<_>>().concat();
    let bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    for (raw, error) in [
        (mail("Content-Type: multipart/encrypted; boundary=b\r\n", "--b\r\n\r\nx\r\n--b--"), Unreadable::Encrypted),
        (mail("Content-Type: application/pkcs7-mime\r\n", "x"), Unreadable::Encrypted),
        (mail("", "-----BEGIN PGP MESSAGE-----\r\nx"), Unreadable::Encrypted),
        (
            mail("Content-Type: multipart/mixed; boundary=b\r\n", &"--b\r\n\r\nx\r\n".repeat(60)),
            Unreadable::TooManyParts,
        ),
        (format!("From: a@b.example\r\n{nested}\r\nx"), Unreadable::TooManyParts),
        (format!("From: a@b.example\r\n{bomb}x"), Unreadable::TooManyParts),
        (mail("", &"x".repeat(300_000)), Unreadable::TooLarge),
        (mail(&format!("X: {}\r\n", "x".repeat(300_000)), "x"), Unreadable::TooLarge),
        (String::new(), Unreadable::Malformed),
    ] {
        assert_eq!(read(raw.as_bytes()).err(), Some(error));
    }
}

#[test]
fn signed_text_is_kept_without_its_frame() {
    let text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nhello\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n";
    assert_eq!(scrubbed(text).text, "hello");
}

#[test]
fn the_gate_refuses_every_planted_leak() {
    let good = carried(&mail("", "hello")).bytes;
    let good = String::from_utf8(good).unwrap();
    let allowed = [envelope().from_alias, envelope().to_alias];
    let writer = Incoming { from_name: Some("Jo Smith".into()), ..typed("") };
    let (known, words) = (known(), words());
    let secrets = Secrets::of(&writer, &known, &words);
    let check = |mail: &str| gate(mail.as_bytes(), &secrets, "relay.example", &[&allowed[0], &allowed[1]]);
    assert_eq!(check(&good), Ok(()));
    for planted in [
        good.replace("hello", "al@private.example"),
        good.replace("hello", "someone@else.example"),
        good.replace("hello", "aaaaaaaaaaaaaaaaaaaaaaaaaa@relay.example"),
        good.replace("hello", "al=40private.example"),
        good.replace("hello", "Yours, Jo Smith"),
        good.replace("hello", "Yours, Jo=20Sm=\r\nith"),
        good.replace("hello", "555 010 9999"),
        good.replace("\"Jo\"", "\"Jo Smith\""),
        good.replace("hello", "al@priv=\r\nate.example"),
        good.replace("hello", "al at private dot example"),
        good.replace("hello", &BASE64.encode(b"al@private.example")),
        good.replace("river: new message", "al@private.example"),
        good.replace("river: new message", "=?utf-8?B?YWxAcHJpdmF0ZS5leGFtcGxl?="),
        good.replace("\"Jo\"", "\"al@private.example\""),
        good.replace("<bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example>", "<al@private.example>"),
        good.replace("<m1@relay.example>", "<m1@private.example>"),
        good.replace("<m1@relay.example>", "<al@private.example m1@relay.example>"),
        good.replace("Date:", "X-Originating-IP: 1\r\nDate:"),
        good.replace("MIME-Version: 1.0", "MIME-Version: 1.0 (Mac)"),
        good.replace("charset=utf-8", "charset=utf-7"),
        good.replace("hello\r\n", "hello\n"),
    ] {
        assert_ne!(planted, good);
        assert!(check(&planted).is_err(), "{planted}");
    }
}

#[test]
fn every_file_of_the_corpus_is_carried_or_refused() {
    let Some(folder) = corpus() else {
        println!("skipped: no mail corpus (MAIL_CORPUS)");
        return;
    };
    let mut files = Vec::new();
    list(&folder, &mut files);
    assert!(!files.is_empty());
    let (words, envelope) = (words(), envelope());
    for file in &files {
        let raw = std::fs::read(file).unwrap();
        let is_body = file.components().any(|c| c.as_os_str().to_string_lossy().ends_with("-bodies"));
        let incoming = if is_body {
            from_page(&String::from_utf8_lossy(&raw), false)
        } else if let Ok(read) = read(&raw) {
            read
        } else {
            continue;
        };
        let mut known = known();
        known.addresses.extend(incoming.recipients.iter().cloned());
        known.addresses.extend(writers(&raw));
        match carry(&incoming, &Context { known: &known, words: &words, envelope: &envelope }) {
            Ok(carried) => {
                let text = layers(&carried.bytes);
                for address in known.addresses.iter().filter(|a| a.contains('@')) {
                    assert!(!text.contains(&fold(address)), "{}", file.display());
                }
            }
            Err(error) => assert_eq!(error, NotCarried::Empty, "{}", file.display()),
        }
    }
    println!("{} files", files.len());
}

fn writers(raw: &[u8]) -> Vec<String> {
    let message = MessageParser::default().parse_headers(raw);
    let from = message.as_ref().and_then(|message| message.from());
    from.into_iter().flat_map(|from| from.iter()).filter_map(|a| a.address().map(str::to_owned)).collect()
}

#[test]
fn hostile_shapes_end_in_time() {
    for line in [
        "--\n",
        ">\n",
        "\n",
        "From: a <a@b.example>\n",
        "On 1/1/2026 10:30\n",
        "<div><b>",
        "a@",
        "=40",
        "&amp;",
        "1 ",
        "x\n> ",
    ] {
        let text = line.repeat(60_000 / line.len());
        let out = scrubbed(&text);
        assert!(out.text.len() <= 2 * text.len());
        assert!(read(mail("Content-Type: text/html\r\n", &text).as_bytes()).is_ok());
    }
}

#[expect(clippy::disallowed_methods, reason = "the corpus is a matter of the machine the tests run on, not a setting")]
fn corpus() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/mail-corpus");
    Some(std::env::var("MAIL_CORPUS").map_or_else(|_| default(), PathBuf::from)).filter(|path| path.is_dir())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Everything two independent parsers read in a finished letter, without the two Aliases and our ids.
fn layers(bytes: &[u8]) -> String {
    let first = MessageParser::default().parse(bytes).unwrap();
    let second = mailparse::parse_mail(bytes).unwrap();
    assert_eq!(first.headers().iter().map(mail_parser::Header::name).collect::<Vec<_>>(), HEADERS);
    assert_eq!(second.headers.iter().map(mailparse::MailHeader::get_key).collect::<Vec<_>>(), HEADERS);
    assert_eq!((first.parts.len(), second.subparts.len()), (1, 0));
    let text = first.body_text(0).unwrap();
    assert_eq!(text.replace("\r\n", "\n"), second.get_body().unwrap().replace("\r\n", "\n"));
    let mut all = format!("{}\n{text}\n{}\n", String::from_utf8_lossy(bytes), first.subject().unwrap());
    second.headers.iter().for_each(|h| all.push_str(&h.get_value()));
    undone(&all).replace(&envelope().from_alias, "").replace(&envelope().to_alias, "")
}

/// What a patient reader makes of a text, by other means than the code under test where it matters: base64, written
/// out signs, line ends.
fn undone(text: &str) -> String {
    let mut all = text.to_owned();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/')) {
        let whole = &word.as_bytes()[..word.len() / 4 * 4];
        all.push('\n');
        all.push_str(&String::from_utf8_lossy(&data_encoding::BASE64_NOPAD.decode(whole).unwrap_or_default()));
    }
    let folded = fold(&all).replace(" (dot) ", ".").replace(" (at) ", "@").replace(" @ ", "@").replace("=\r\n", "");
    format!("{}\n{folded}", folded.replace("\n> ", ""))
}

/// One of the ways a token can be written into a text slot.
fn disguised(token: &str, way: usize) -> String {
    let (local, domain) = token.split_once('@').unwrap();
    match way % 10 {
        0 => token.to_owned(),
        1 => token.to_uppercase(),
        2 => format!("{local}+tag{way}@{domain}"),
        3 => format!("{local}&#64;{domain}"),
        4 => format!("{local}%40{domain}"),
        5 => format!("{local} @ {domain}"),
        6 => token.chars().flat_map(|c| [c, '\u{200B}']).collect(),
        7 => BASE64.encode(token.as_bytes()),
        8 => format!("{local} (at) {}", domain.replace('.', " (dot) ")),
        _ => format!("<mailto:{token}>"),
    }
}

fn part(kind: usize, text: &str) -> String {
    match kind % 5 {
        0 => format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"),
        1 => format!(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            BASE64_MIME.encode(text.as_bytes())
        ),
        2 => format!(
            "Content-Type: text/html\r\n\r\n<div title='{text}'>a<!-- {text} --></div><p>{}",
            text.replace('\n', "<br>")
        ),
        3 => format!("Content-Type: text/vcard; name=\"{text}\"\r\n\r\n{text}"),
        _ => format!("Content-Type: message/rfc822\r\n\r\nFrom: {text}\r\n\r\n{text}"),
    }
}

fn tokens_in(text: &str) -> bool {
    ["jo.smith", "josmith", "al@private", "jo@old", "private.example", "old.example"].iter().any(|t| text.contains(t))
}

#[test]
fn the_search_of_these_tests_finds_what_is_planted() {
    for way in 0..10 {
        assert!(TOKENS.iter().all(|token| tokens_in(&undone(&format!("x {} y", disguised(token, way))))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_planted_token_comes_out_of_any_slot(
        ways in prop::collection::vec((0_usize..10, 0_usize..3), 8),
        parts in prop::collection::vec((0_usize..5, "[a-z ,.!?éñ\n>-]{0,60}", "[a-z ,.!?éñ\n>-]{0,40}"), 1..5),
        cut in 0_usize..40,
    ) {
        let plant = |slot: usize| { let (way, token) = ways[slot % ways.len()]; disguised(TOKENS[token], way) };
        let mut raw = format!(
            "Received: by {0}\r\nFrom: \"{1}\" <jo.smith@gmail.com>\r\nTo: {2}\r\nSubject: hi {3} there\r\nMessage-ID: <{4}>\r\n\
             X-Sender: {5}\r\nContent-Type: multipart/mixed; boundary=bb; x=\"{6}\"\r\n\r\npreamble {7}\r\n",
            plant(0), TOKENS[1], plant(2), plant(3), plant(4), plant(5), plant(6), plant(7));
        for (index, (kind, before, after)) in parts.iter().enumerate() {
            let mut token = plant(index);
            // torn by a wrapped line, as a mail program does
            if cut < token.len() && token.is_char_boundary(cut) && ways[index].0 < 3 {
                token.insert_str(cut, "\n> ");
            }
            raw += &["--bb\r\n", &part(*kind, &format!("{before} {token} {after}")), "\r\n"].concat();
        }
        raw.push_str("--bb--\r\nepilogue al@private.example");
        let incoming = read(raw.as_bytes()).ok().unwrap();
        let words = words();
        match carry(&incoming, &Context { known: &known(), words: &words, envelope: &envelope() }) {
            Ok(carried) => {
                let read = layers(&carried.bytes);
                prop_assert!(!tokens_in(&read), "{raw}\n=====\n{read}");
            }
            Err(refused) => prop_assert_eq!(refused, NotCarried::Empty, "{}", raw),
        }
    }

    #[test]
    fn any_text_is_scrubbed_without_a_panic(text in "\\PC{0,200}", lines in "([>a-z@.&%=# \n:-]{0,30}\n){0,8}") {
        let incoming = typed(&format!("{text}\n{lines}"));
        let bytes = rebuild(&scrubbed_of(&incoming), &words(), &envelope());
        let (e, known, words) = (envelope(), known(), words());
        let secrets = Secrets::of(&incoming, &known, &words);
        prop_assert_eq!(gate(&bytes, &secrets, "relay.example", &[&e.from_alias, &e.to_alias]), Ok(()));
    }
}
