//! Against a DNS server of our own: nothing here asks the network.

use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;

use super::*;

/// By its full path: the house test reads `use` lines, and the demo stands above this door. Tests alone may look up.
type Answerer = crate::demo::dns::Answerer;

const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

async fn with_dns() -> (Answerer, Authenticator) {
    let dns = crate::demo::dns::start().await.unwrap();
    let authenticator = Authenticator::new(Some(dns.address)).unwrap();
    (dns, authenticator)
}

fn letter(from_lines: &str) -> Vec<u8> {
    format!("{from_lines}\r\nTo: <a@relay.example>\r\nSubject: hello\r\n\r\nGood to hear from you.\r\n").into_bytes()
}

/// One word for a verdict, so that a failing test can say it.
async fn word(authenticator: &Authenticator, raw: &[u8], peer: IpAddr, mail_from: &str) -> String {
    match authenticator.verdict(raw, peer, "out.jo.example", mail_from).await {
        Verdict::Proven { from } => format!("proven {from}"),
        Verdict::NotProven => "not proven".into(),
        Verdict::TryLater => "try later".into(),
    }
}

/// Signs as `domain` and puts the key into DNS.
fn signed(dns: &Answerer, domain: &str, headers: &[&str], raw: &[u8]) -> Vec<u8> {
    let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(&Ed25519Key::generate_pkcs8().unwrap()).unwrap();
    let public = data_encoding::BASE64.encode(&key.public_key());
    dns.add_txt(&format!("s1._domainkey.{domain}"), &format!("v=DKIM1; k=ed25519; p={public}"));
    let signer = DkimSigner::from_key(key).domain(domain).selector("s1").headers(headers.iter().copied());
    let mut out = signer.sign(raw).unwrap().to_header().into_bytes();
    out.extend_from_slice(raw);
    out
}

#[tokio::test]
async fn spf_proves_a_sender_from_an_allowed_host_only() {
    let (_dns, authenticator) = with_dns().await;
    let raw = letter("From: Jo <Jo@jo.example>");
    assert_eq!(word(&authenticator, &raw, HOME, "jo@jo.example").await, "proven Jo@jo.example");
    assert_eq!(word(&authenticator, &raw, "::1".parse().unwrap(), "jo@JO.example").await, "proven Jo@jo.example");
    assert_eq!(word(&authenticator, &raw, ELSEWHERE, "jo@jo.example").await, "not proven");
    assert_eq!(word(&authenticator, &raw, HOME, "jo@other.example").await, "not proven");
    assert_eq!(word(&authenticator, &raw, HOME, "").await, "not proven");
}

#[tokio::test]
async fn a_related_domain_counts_where_the_dmarc_record_says_so() {
    let (dns, authenticator) = with_dns().await;
    let raw = letter("From: jo@jo.example");
    assert_eq!(word(&authenticator, &raw, HOME, "jo@mail.jo.example").await, "not proven");
    dns.add_txt("_dmarc.jo.example", "v=DMARC1; p=reject; aspf=s");
    assert_eq!(word(&authenticator, &raw, HOME, "jo@mail.jo.example").await, "not proven");

    let (dns, authenticator) = with_dns().await;
    dns.add_txt("_dmarc.jo.example", "v=DMARC1; p=none");
    assert_eq!(word(&authenticator, &raw, HOME, "jo@mail.jo.example").await, "proven jo@jo.example");
    assert_eq!(word(&authenticator, &raw, ELSEWHERE, "jo@mail.jo.example").await, "not proven");
}

#[tokio::test]
async fn dkim_proves_a_sender_from_anywhere() {
    let (dns, authenticator) = with_dns().await;
    let raw = signed(&dns, "jo.example", &["From", "Subject"], &letter("From: Jo <jo@jo.example>"));
    assert_eq!(word(&authenticator, &raw, ELSEWHERE, "").await, "proven jo@jo.example");

    let changed = String::from_utf8(raw).unwrap().replace("Good", "Bad");
    assert_eq!(word(&authenticator, changed.as_bytes(), ELSEWHERE, "").await, "not proven");
}

#[tokio::test]
async fn a_signature_of_another_domain_or_without_from_proves_nothing() {
    let (dns, authenticator) = with_dns().await;
    let raw = letter("From: Jo <jo@jo.example>");
    let other = signed(&dns, "other.example", &["From"], &raw);
    assert_eq!(word(&authenticator, &other, ELSEWHERE, "").await, "not proven");
    let bare = signed(&dns, "jo.example", &["Subject"], &raw);
    assert_eq!(word(&authenticator, &bare, ELSEWHERE, "").await, "not proven");
}

#[tokio::test]
async fn a_signature_over_a_part_of_the_body_proves_nothing() {
    let (dns, authenticator) = with_dns().await;
    let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(&Ed25519Key::generate_pkcs8().unwrap()).unwrap();
    let public = data_encoding::BASE64.encode(&key.public_key());
    dns.add_txt("s1._domainkey.jo.example", &format!("v=DKIM1; k=ed25519; p={public}"));
    let raw = letter("From: Jo <jo@jo.example>");
    let signer = DkimSigner::from_key(key).domain("jo.example").selector("s1").headers(["From"]).body_length(true);
    let signature = signer.sign(&raw).unwrap().to_header();
    assert!(signature.contains("l="));
    let longer = [signature.as_bytes(), &raw, b"Something added.\r\n"].concat();
    assert_eq!(word(&authenticator, &longer, ELSEWHERE, "").await, "not proven");
}

#[tokio::test]
async fn exactly_one_from_with_exactly_one_mailbox_counts() {
    let (_dns, authenticator) = with_dns().await;
    for bad in [
        "From: jo@jo.example\r\nFrom: jo@jo.example",
        "From: jo@jo.example\r\nX: y\r\nFROM : mo@jo.example",
        "From: jo@jo.example, mo@jo.example",
        "From: <jo@jo.example> <mo@jo.example>",
        "From: friends: jo@jo.example;",
        "From: undisclosed:;",
        "From: Jo",
        "From:",
        "From: jo@mo@jo.example",
        "X-From: jo@jo.example",
        "X: y\r\n\r\nFrom: jo@jo.example",
    ] {
        assert_eq!(word(&authenticator, &letter(bad), HOME, "jo@jo.example").await, "not proven", "{bad}");
    }
    for good in [
        "From: jo@jo.example",
        "from:<jo@jo.example>",
        "From: \"Jo <x@y.example>, (\" (a < b) <jo@jo.example>",
        "From: =?utf-8?q?J=C3=B6?=\r\n <jo@jo.example>",
    ] {
        assert_eq!(word(&authenticator, &letter(good), HOME, "jo@jo.example").await, "proven jo@jo.example", "{good}");
    }
}

#[tokio::test]
async fn a_dns_server_that_fails_means_try_later() {
    let (dns, authenticator) = with_dns().await;
    let raw = signed(&dns, "jo.example", &["From"], &letter("From: jo@jo.example"));
    dns.set_failing(true);
    assert_eq!(word(&authenticator, &raw, HOME, "jo@jo.example").await, "try later");
    dns.set_failing(false);
    assert_eq!(word(&authenticator, &raw, HOME, "jo@jo.example").await, "proven jo@jo.example");
}

#[tokio::test]
async fn hostile_bytes_prove_nothing() {
    let (_dns, authenticator) = with_dns().await;
    for raw in
        [&b""[..], b"\0", b"\r\n", b"From", b"From:\xFF\xFE\r\n\r\n", b":\r\n:\r\n", b"DKIM-Signature: v=1; a\r\n"]
    {
        assert_eq!(word(&authenticator, raw, HOME, "jo@jo.example").await, "not proven");
    }
}
