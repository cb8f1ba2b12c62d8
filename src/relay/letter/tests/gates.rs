//! The last step alone, and every step under hostile shapes.

use data_encoding::BASE64;
use proptest::prelude::*;

use super::*;

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
fn somebody_may_be_called_like_a_part_of_a_header() {
    for name in ["Quoted Printable", "Text Plain", "Thu Dec"] {
        let carried = carried(&format!("From: {name} <jo.smith@gmail.com>\r\n\r\nhello"));
        assert!(String::from_utf8(carried.bytes).unwrap().contains("hello"), "{name}");
    }
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
        "5\n",
        "\u{FDFA}",
        "(at) ",
        "\u{AD}",
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\n",
        "jo.smith",
    ] {
        let text = line.repeat(20_000 / line.len());
        let out = scrubbed(&text);
        assert!(out.text.len() <= 2 * text.len());
        assert!(read(mail("Content-Type: text/html; charset=utf-8\r\n", &text).as_bytes()).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_scrubbed_without_a_panic(text in "\\PC{0,200}", lines in "([>a-z@.&%=# \n:-]{0,30}\n){0,8}") {
        let incoming = typed(&format!("{text}\n{lines}"));
        let bytes = rebuild(&scrubbed_of(&incoming), &words(), &envelope());
        let (e, known, words) = (envelope(), known(), words());
        let secrets = Secrets::of(&incoming, &known, &words);
        prop_assert_eq!(gate(&bytes, &secrets, "relay.example", &[&e.from_alias, &e.to_alias]), Ok(()));
    }
}

#[test]
fn a_guess_at_the_other_address_is_answered_alike_right_or_wrong() {
    let disguises: [fn(&str) -> String; 7] = [
        |domain| format!("al@{domain}.example"),
        |domain| format!("al (at) {domain} (dot) example"),
        |domain| format!("al at {domain} dot example"),
        |domain| format!("al@{} {}.example", &domain[..3], &domain[3..]),
        |domain| format!("al@\n> {}\n> {}.example", &domain[..3], &domain[3..]),
        |domain| format!("a-l {domain} example"),
        |domain| format!("a_l @ {domain} , example"),
    ];
    for disguise in disguises {
        let (right, wrong) = (scrubbed(&disguise("private")), scrubbed(&disguise("elsewhe")));
        assert_eq!(right.left_out, wrong.left_out, "{} and {}", right.text, wrong.text);
    }
    assert!(scrubbed("I am jo.smith (at) gmail (dot) com.").left_out, "one's own is told");
}
