//! What read says of a message, and what it refuses.

use super::*;

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
        (mail("Content-Type: text/html\r\n", &"<b>".repeat(90_000)), Unreadable::TooLarge),
        (mail("Content-Type: multipart/mixed; boundary=b\r\n", &"--b\r\n".repeat(5_000)), Unreadable::TooManyParts),
        (mail("Content-Type: application/octet-stream; name=SMIME.p7m\r\n", "x"), Unreadable::Encrypted),
        (mail("Content-Type: text/plain; charset=iso-2022-kr\r\n", "\x1b$)C\x0e>H3g\x0f"), Unreadable::Malformed),
        (mail("", "> -----BEGIN PGP MESSAGE-----\r\n> x"), Unreadable::Encrypted),
        (String::new(), Unreadable::Malformed),
    ] {
        assert_eq!(read(raw.as_bytes()).err(), Some(error));
    }
}

#[test]
fn a_text_is_read_by_what_it_says_and_not_by_what_it_is_called() {
    for (headers, body, text) in [
        ("Content-Type: text/plain; name=letter.txt\r\n", "hello", "hello"),
        ("Content-Type: text\r\n", "hello", "hello"),
        ("Content-Type: text/markdown\r\n", "hello", "hello"),
        (
            "Content-Type: text/plain; charset=cp949\r\nContent-Transfer-Encoding: base64\r\n",
            "vsiz58fPvLy/5A==",
            "안녕하세요",
        ),
        ("", "I saw -----BEGIN PGP MESSAGE----- in a mail", "I saw -----BEGIN PGP MESSAGE----- in a mail"),
    ] {
        assert_eq!(read(mail(headers, body).as_bytes()).map(|read| read.text), Ok(text.into()), "{headers}");
    }
    let spread = mail("Subject: =?utf-16be?B?AGoAbwAA?=\r\n", "x");
    assert!(!read(spread.as_bytes()).ok().unwrap().subject.contains(' '));
}

#[test]
fn a_page_without_a_plain_twin_is_text_of_its_own() {
    let part = |kind: &str, text: &str| format!("--b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n");
    let mail = |kind: &str, parts: &[String]| {
        let head = format!("From: a@b.example\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n");
        read([head, parts.concat(), "--b--\r\n".to_owned()].concat().as_bytes()).ok().unwrap().text
    };
    let (page, plain) = (part("text/html", "<p>I need you.</p>"), part("text/plain", "I need you, plainly."));
    let scanned = part("text/plain", "Scanned by a machine.");
    assert_eq!(mail("mixed", &[page.clone(), scanned.clone()]), "I need you.\nScanned by a machine.");
    assert_eq!(mail("alternative", &[plain.clone(), page.clone()]), "I need you, plainly.");
    assert_eq!(mail("alternative", &[part("text/plain", " "), page]), "I need you.");
    assert_eq!(mail("mixed", &[plain, scanned]), "I need you, plainly.\nScanned by a machine.");
}
