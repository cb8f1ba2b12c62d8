use proptest::prelude::*;

use super::*;
use crate::vault::{Address, AddressProblem, typo_hint};

fn problem(typed: &str) -> Option<AddressProblem> {
    Address::parse(typed).err()
}

#[test]
fn what_is_typed_becomes_an_address_to_write_to() {
    for (typed, written) in [
        ("  Jo.Doe@Example.ORG\r\n", "Jo.Doe@example.org"),
        ("o'brien+aa@example.co.uk", "o'brien+aa@example.co.uk"),
        ("jo@bücher.example", "jo@xn--bcher-kva.example"),
        ("jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example"),
        ("jo@example.org.", "jo@example.org"),
        ("ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ", "jo@example.org"),
        ("\u{200b}jo@example.org\u{feff}", "jo@example.org"),
    ] {
        let address = Address::parse(typed).ok();
        assert_eq!(address.as_ref().map(Address::as_str), Some(written), "{typed:?}");
    }
    let address = Address::parse("Jo@Example.org").unwrap();
    assert_eq!((address.local(), address.domain()), ("Jo", "example.org"));
}

#[test]
fn each_mistake_has_its_kind() {
    let long = format!("{}@example.org", "a".repeat(65));
    let longer = format!("a@{}.org", ["d".repeat(63), "e".repeat(63), "f".repeat(63), "g".repeat(63)].join("."));
    for (typed, kind) in [
        ("", AddressProblem::Empty),
        (" \t\u{a0} ", AddressProblem::Empty),
        ("jo", AddressProblem::Format),
        ("@example.org", AddressProblem::Format),
        ("jo@", AddressProblem::Format),
        ("jo@example", AddressProblem::Format),
        ("jo@a@example.org", AddressProblem::Format),
        ("jo doe@example.org", AddressProblem::Format),
        (".jo@example.org", AddressProblem::Format),
        ("jo..doe@example.org", AddressProblem::Format),
        ("\"jo doe\"@example.org", AddressProblem::Format),
        ("Jo <jo@example.org>", AddressProblem::Format),
        ("jo@192.0.2.1", AddressProblem::Format),
        ("jo@[192.0.2.1]", AddressProblem::Format),
        ("jo@ex%61mple.org", AddressProblem::Format),
        ("jo@ex_ample.org", AddressProblem::Format),
        ("jo@-example.org", AddressProblem::Format),
        ("jo@example..org", AddressProblem::Format),
        ("jo@exa mple.org", AddressProblem::Format),
        ("jö@example.org", AddressProblem::NonAsciiLocal),
        ("jo@exa\nmple.org", AddressProblem::ControlCharacter),
        ("jo\0@example.org", AddressProblem::ControlCharacter),
        ("jo@example.org\r\nBcc: x@example.org", AddressProblem::ControlCharacter),
        (&long, AddressProblem::TooLong),
        (&"a".repeat(5_000), AddressProblem::TooLong),
    ] {
        assert_eq!(problem(typed), Some(kind), "{typed:?}");
    }
    assert!(problem(&longer).is_some());
}

#[test]
fn spellings_of_one_mailbox_are_one() {
    let Safe { vault, .. } = &Safe::new(1);
    for (typed, canonical) in [
        ("Jo.Doe+tag@GMail.com", "jodoe@gmail.com"),
        ("j.o.d.o.e@googlemail.com", "jodoe@gmail.com"),
        ("Jo.Doe+tag@outlook.com", "jo.doe@outlook.com"),
        ("jo+a+b@proton.me", "jo@proton.me"),
        ("jo+tag@fastmail.com", "jo@fastmail.com"),
        ("jo+tag@example.org", "jo+tag@example.org"),
        ("jo-tag@yahoo.com", "jo-tag@yahoo.com"),
        ("+jo@gmail.com", "+jo@gmail.com"),
        ("jo.+tag@gmail.com", "jo@gmail.com"),
        ("JO@Example.org", "jo@example.org"),
    ] {
        let address = Address::parse(typed).unwrap();
        assert_eq!(address.canonical().expose(), canonical, "{typed}");
        let plain = Address::parse(canonical).unwrap();
        assert!(address.is_same_mailbox(&plain));
        assert_eq!(vault.index(&address), vault.index(&plain));
        assert_eq!(vault.memory_hash(&address), vault.memory_hash(&plain));
    }
    let (one, two) = (Address::parse("jo@example.org").unwrap(), Address::parse("jo@example.com").unwrap());
    assert!(!one.is_same_mailbox(&two));
    assert_ne!(vault.index(&one), vault.index(&two));
}

#[test]
fn a_slip_in_the_domain_is_asked_about() {
    for (typed, meant) in [
        ("Jo.Doe@gmial.com", Some("Jo.Doe@gmail.com")),
        (" jo@Gmail.con ", Some("jo@gmail.com")),
        ("jo@hotnail.com", Some("jo@hotmail.com")),
        ("jo@yaho.com", Some("jo@yahoo.com")),
        ("jo@gmail.com", None),
        ("jo@mail.com", None),
        ("jo@ymail.com", None),
        ("jo", None),
        ("", None),
    ] {
        assert_eq!(typo_hint(typed).as_deref(), meant, "{typed}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_breaks_the_parser(typed in "\\PC{0,40}@?\\PC{0,40}") {
        if let Ok(address) = Address::parse(&typed) {
            let text = address.as_str();
            prop_assert!(text.is_ascii() && text.len() <= 254);
            prop_assert!(!text.bytes().any(|byte| byte.is_ascii_control() || byte == b' ' || byte == b'<' || byte == b'>'));
            let again = Address::parse(text).ok();
            prop_assert_eq!(again.as_ref().map(Address::as_str), Some(text));
        }
    }

    #[test]
    fn the_canonical_form_is_its_own(
        local in "[A-Za-z0-9]([A-Za-z0-9+_-]{0,10}[.])?[A-Za-z0-9+]{1,10}",
        domain in prop::sample::select(vec!["gmail.com", "GoogleMail.com", "outlook.com", "pm.me", "example.org"]),
    ) {
        let address = Address::parse(&format!("{local}@{domain}")).unwrap();
        let canonical = address.canonical();
        let again = Address::parse(canonical.expose()).unwrap().canonical();
        prop_assert_eq!(again.expose(), canonical.expose());
    }
}
