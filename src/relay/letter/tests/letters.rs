//! What is left of a letter: what was meant, and nothing of who or where its writer is.

use data_encoding::{BASE64, BASE64_MIME};

use super::layers::layers;
use super::*;

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
        mail(
            "",
            "jo.smith (a) gmail.com, jo.smith /at/ gmail.com, jo.smith arroba gmail punto com, jo dot smith at gmail dot com",
        ),
        mail(
            "",
            "j o . s m i t h @ g m a i l . c o m, jo.smithATgmailDOTcom, jo.smith (@) gmail,com, jo.[smith]@gmail.com",
        ),
        mail("", "6a6f2e736d69746840676d61696c2e636f6d agBvAC4AcwBtAGkAdABoAEAAZwBtAGEAaQBsAC4AYwBvAG0A"),
        mail("", "jo.smith\\u0040gmail.com jo.smith%25252525252540gmail.com jo.smith&#0000000000064;gmail.com"),
        mail("", "begin 644 jo.smith.txt\r\n286IO+G-M:71H0&=M86EL+F-O;0\r\n`\r\nend"),
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
        "---\nIt begins with dashes.",
        "Part one\n\n---\n\nPart two",
        "Sent from my heart to yours.",
        "Hi Bob,\n\nGet a phone list at your first meeting.\nCall one person each day.\nThen call me.\n\nAlice",
        "Von meinen Telefonaten erzähle ich dir jetzt.\nEs war gut.",
        "Get well soon on your phone!",
        "Download the app Everything AA on your phone.\nThen come Tuesday.",
        "Hi\n\nWhat I learnt:\n---\nI am not alone.\nI can ask for help.\n---\nSee you, Alice",
        "Hi\n-----\nmore text\n-----\nand more",
        "Hi\n___\nI am not alone.",
        "Hi\n---\none\ntwo\nthree\nfour\nfive",
        "I was in rehab.\nOn Sun 12 Jan at 10:30 I met Bill and he wrote me a list:\nPray.\nCall.",
        "On Sun 12 Jan at 10:30 my friend Bill wrote:\nhello there",
        "at 10:30 the man who wrote the book said:\nhello there",
        "Am 05.01.2026 um 10:30 schrieb mir Bill eine Liste:\nBeten.",
        "El 05/01/2026 a las 10:30 Bill me escribió:\nhola",
        "My wife Anna wrote:\n> x",
        "Here is what Bill wrote:\n\n> x",
        "My plan:\nDate: Monday\nTo: the park\nFrom: my house\nand back",
        "I wrote:\n> something here\nand then more",
        "What my sponsor wrote:\n> something here",
        "He said at example.org there is a page",
        "The ISBN is 978-0-306-40615-7, lotto 3 7 12 25 33 41, order 123456",
        "Привет, как дела? 你好，明天见。 مرحبا كيف حالك اليوم 안녕하세요",
        "On Monday she wrote:\nit was good.",
        "From: the heart.",
        "1 < 2 > 0 && a % b = 40",
        "A line\n\n---\n\nand another, with much\nmore\nbehind\nit\nthan\na\nsignature\nwould\nhave",
    ] {
        let out = scrubbed_of(&Incoming { from_name: Some("Jo Smith-Park".into()), ..typed(text) });
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
        ("a\n\nSent from my iPhone\nACME Inc\n\n> b", "a\n\n> b"),
        ("a\nSent from my iPhone\nCall me tomorrow.", "a\nCall me tomorrow."),
        ("Sent from my iPhone\n\nI am well\n\nand you", "I am well\n\nand you"),
        ("a\n\n--\nJo", "a"),
        ("a\n---\nJo Smith\nACME Inc", "a"),
        ("a\n---\nACME Inc\n-- \nJo", "a"),
        // Four short lines of a poem look like a signature and go as one.
        ("Dear Bob\n---\nthis is a poem\nof four\nlines", "Dear Bob"),
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
        ("yes\nAl Park schrieb am 05.01.2026 um 10:30:\nolder\n", "yes\n\nEarlier:\n> older"),
        ("yes\nOn Jan 5, 2026, at 10:30 AM, Al Park wrote:\nolder\n", "yes\n\nEarlier:\n> older"),
        ("yes\nEl 5 ene 2026 a las 10:30, Al Park escribió:\nolder\n", "yes\n\nEarlier:\n> older"),
        ("yes\nOp 5 jan 2026 om 10:30 schreef Al Park:\nolder\n", "yes\n\nEarlier:\n> older"),
        ("yes\nDne 05.01.2026 10:30 Al Park napsal(a):\nolder\n", "yes\n\nEarlier:\n> older"),
        ("yes\n2026年1月5日 10:30，Al Park 写道：\nolder\n", "yes\n\nEarlier:\n> older"),
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
fn signed_text_is_kept_without_its_frame() {
    let text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nhello\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n";
    assert_eq!(scrubbed(text).text, "hello");
}
