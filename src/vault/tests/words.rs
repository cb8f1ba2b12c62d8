//! Tokens, codes, passphrases' wording and authenticator codes.

use super::*;
use crate::clock::Timestamp;
use crate::store::types::Digest;
use crate::vault::{Code, PassphraseProblem, Secret, SessionToken, Token, passphrase_problem, totp};

#[test]
fn a_token_survives_its_text_in_either_case() {
    let chance = Chance::seeded(1);
    let token = Token::draw(&chance);
    let text = token.text();
    assert_eq!(text.len(), 26);
    assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte)));
    assert_eq!(Token::parse(&text).unwrap().digest(), token.digest());
    assert_eq!(Token::parse(&text.to_uppercase()).unwrap().digest(), token.digest());
    assert_ne!(Token::draw(&chance).digest(), token.digest());
    let session = SessionToken::draw(&chance);
    assert_eq!(session.text().len(), 52);
    assert_eq!(SessionToken::parse(&session.text()).unwrap().digest(), session.digest());
}

#[test]
fn a_mask_twice_is_none() {
    let (token, mask) = (Token::draw(&Chance::seeded(1)), Digest([0x5a; 32]));
    let masked = token.masked(&mask);
    assert_ne!(masked.text(), token.text());
    assert_eq!(masked.masked(&mask).text(), token.text());
}

#[test]
fn what_is_no_token_is_none() {
    let text = Token::draw(&Chance::seeded(1)).text();
    for wrong in ["", "a", &text[1..], &format!("{text}a"), &format!("{}1", &text[..25]), &format!("{} ", &text[..25])]
    {
        assert!(Token::parse(wrong).is_none(), "{wrong:?}");
    }
    // The last letter carries three bits; another spelling of the same bytes would be a second name for one thing.
    assert!(Token::parse("aaaaaaaaaaaaaaaaaaaaaaaaab").is_none());
    assert!(Token::parse("ééééééééééééé").is_none());
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    for typed in [
        "48291375",
        "4829 1375",
        " 4829-1375\n",
        "4829\u{a0}1375",
        "4 8 2 9 – 1 3 7 5",
        "٤٨٢٩١٣٧٥",
        "۴۸۲۹ ۱۳۷۵",
        "४८२९१३७५",
        "４８２９１３７５",
        "\u{200e}48291375\u{200f}",
    ] {
        assert_eq!(Code::parse(typed).map(|code| code.digits()).as_deref(), Some("48291375"), "{typed:?}");
    }
    assert_eq!(Code::parse("00000001").unwrap().grouped(), "0000 0001");
    for wrong in ["", "4829137", "482913755", "4829137x", "4829.1375", "4829137Ⅷ", "+48291375"] {
        assert!(Code::parse(wrong).is_none(), "{wrong:?}");
    }
}

#[test]
fn a_code_is_bound_to_the_browser_that_asked() {
    let Safe { vault, chance, .. } = &Safe::new(1);
    let code = Code::draw(chance);
    let typed = Code::parse(&code.grouped()).unwrap();
    assert_eq!(vault.code_mac(&typed, b"this browser"), vault.code_mac(&code, b"this browser"));
    assert_ne!(vault.code_mac(&typed, b"another"), vault.code_mac(&code, b"this browser"));
    assert_eq!(code.digits().len(), 8);
}

#[test]
fn weak_passphrases_are_told_by_kind() {
    use PassphraseProblem::{Common, OwnWord, TooLong, TooShort};
    let own = ["Rosalind", "Lighthouse", "Jo"];
    for (passphrase, kind) in [
        ("", Some(TooShort)),
        ("fourteen chars", Some(TooShort)),
        ("ñandú señal 14", Some(TooShort)),
        ("passwordpassword", Some(Common)),
        ("Password 12345678!", Some(Common)),
        ("aaaaaaaaaaaaaaaaaaaa", Some(Common)),
        ("121212121212121212", Some(Common)),
        ("correct horse battery staple", Some(Common)),
        ("                    ", Some(Common)),
        ("Rosalind Lighthouse 1", Some(OwnWord)),
        ("rosalindrosalind", Some(OwnWord)),
        ("the tugboat waits by the blue shed", None),
        ("rosalind waits by the blue shed", None),
        ("joyful otters paint fences", None),
        ("蓝色的船在旧灯塔旁边静静等待黎明", None),
    ] {
        assert_eq!(passphrase_problem(passphrase, &own), kind, "{passphrase:?}");
    }
    assert_eq!(passphrase_problem(&"tugboat ".repeat(16), &[]), None);
    assert_eq!(passphrase_problem(&"tugboats ".repeat(15), &[]), Some(TooLong));
}

#[test]
fn authenticator_codes_are_those_of_the_rfc() {
    let secret = Secret::new(b"12345678901234567890".to_vec());
    // RFC 6238 appendix B, SHA-1, the last six of eight digits.
    for (time, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(totp::check(&secret, code, Timestamp(time), None), Some(time / 30), "{time}");
    }
}

#[test]
fn a_code_is_taken_one_step_early_or_late_and_once() {
    let secret = Secret::new(b"12345678901234567890".to_vec());
    let (step, code) = (1_111_111_109 / 30, "081804");
    let at = |steps: i64| Timestamp(1_111_111_109 + 30 * steps);
    assert_eq!(totp::check(&secret, "081 804", at(1), None), Some(step));
    assert_eq!(totp::check(&secret, code, at(-1), None), Some(step));
    assert_eq!(totp::check(&secret, code, at(2), None), None);
    assert_eq!(totp::check(&secret, code, at(-2), None), None);
    assert_eq!(totp::check(&secret, code, at(0), Some(step - 1)), Some(step));
    assert_eq!(totp::check(&secret, code, at(0), Some(step)), None);
    assert_eq!(totp::check(&secret, code, at(0), Some(step + 1)), None);
    for wrong in ["", "081805", "81804", "0818044", "abcdef"] {
        assert_eq!(totp::check(&secret, wrong, at(0), None), None);
    }
}

#[test]
fn the_authenticator_link_says_only_the_words_given() {
    let secret = totp::new_secret(&Chance::seeded(1));
    let text = totp::secret_text(&secret);
    assert_eq!(text.expose().len(), 32 + 7);
    let url = totp::otpauth_url(&secret, "Desk", "desk 1").unwrap();
    let bare = text.expose().replace(' ', "");
    assert_eq!(url.expose(), &format!("otpauth://totp/Desk:desk%201?secret={bare}&issuer=Desk"));
    assert!(totp::otpauth_url(&secret, "De:sk", "desk").is_err());
}
