//! Signed here, verified as a mailbox provider does it: by the records in DNS.

use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::{
    AuthenticatedMessage, DkimResult, DmarcResult, MessageAuthenticator, SpfOutput, SpfResult, dmarc::Policy,
};
use tempfile::TempDir;

use super::*;
use crate::outbox::mime::{mailbox, write_mail};
use crate::vault::{Chance, Vault};

/// By its full path: the demo stands above. Tests alone may look up.
type Answerer = crate::demo::dns::Answerer;

const DOMAIN: &str = "n.example";

fn keys(seed: u64) -> (TempDir, SigningKeys) {
    let folder = TempDir::new().unwrap();
    let chance = Chance::seeded(seed);
    Vault::open_or_make(folder.path(), &chance).unwrap();
    SigningKeys::make_missing(folder.path(), &chance).unwrap();
    let keys = SigningKeys::open(folder.path()).unwrap().unwrap();
    (folder, keys)
}

fn letter() -> String {
    let headers = [
        ("From", mailbox("Jo", "abc@n.example")),
        ("To", mailbox("", "def@n.example")),
        ("Subject", "river: new message".to_owned()),
        ("Date", "Fri, 01 Jan 2027 00:00:00 +0000".to_owned()),
        ("Message-ID", "<1@n.example>".to_owned()),
        ("In-Reply-To", "<0@n.example>".to_owned()),
        ("References", "<0@n.example>".to_owned()),
    ];
    String::from_utf8(write_mail(&headers, "Good to hear from you.\n\nJo")).unwrap()
}

/// What a provider finds: for each signature its algorithm and whether it verifies; and strict DMARC by DKIM alone.
struct Found {
    signatures: Vec<(String, bool)>,
    passes_dmarc: bool,
}

async fn verify(dns: &Answerer, mail: &[u8]) -> Found {
    let mut server = NameServerConfig::udp_and_tcp(dns.address.ip());
    for connection in &mut server.connections {
        connection.port = dns.address.port();
    }
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    let provider = MessageAuthenticator::new(config, ResolverOpts::default()).unwrap();
    let message = AuthenticatedMessage::parse(mail).unwrap();
    let dkim = provider.verify_dkim(&message).await;
    let signatures = dkim
        .iter()
        .map(|output| (format!("{:?}", output.signature().unwrap().a), *output.result() == DkimResult::Pass))
        .collect();
    let spf = SpfOutput::new(String::new()).with_result(SpfResult::None);
    let dmarc = provider
        .verify_dmarc(DmarcParameters {
            message: &message,
            dkim_output: &dkim,
            dkim2_output: None,
            rfc5321_mail_from_domain: DOMAIN,
            spf_output: &spf,
        })
        .await;
    assert_eq!(dmarc.policy(), Policy::Reject, "the record is found");
    Found { signatures, passes_dmarc: *dmarc.dkim_result() == DmarcResult::Pass }
}

async fn dns_with(records: &[Record]) -> Answerer {
    let dns = crate::demo::dns::start().await.unwrap();
    dns.add_txt("_dmarc.n.example", "v=DMARC1; p=reject; adkim=s; aspf=s");
    for (name, text) in records {
        dns.add_txt(name, text);
    }
    dns
}

#[tokio::test]
async fn both_signatures_verify_by_the_records_and_dmarc_passes_strictly() {
    let (_folder, keys) = keys(1);
    let dns = dns_with(&records(&keys, DOMAIN)).await;
    let signed = Signer::new(keys, DOMAIN).sign(letter().as_bytes()).unwrap();
    let found = verify(&dns, &signed).await;
    assert_eq!(found.signatures, [("RsaSha256".into(), true), ("Ed25519Sha256".into(), true)]);
    assert!(found.passes_dmarc);
    let text = String::from_utf8(signed).unwrap();
    assert!(text.ends_with(&letter()), "what was made stays as it was");
    assert_eq!(text.matches("DKIM-Signature: ").count(), 2);
    assert!(text.contains("c=relaxed/relaxed") && !text.contains(" l="), "{text}");
}

#[tokio::test]
async fn a_change_on_the_way_breaks_both_signatures() {
    let (_folder, keys) = keys(1);
    let dns = dns_with(&records(&keys, DOMAIN)).await;
    let signed = String::from_utf8(Signer::new(keys, DOMAIN).sign(letter().as_bytes()).unwrap()).unwrap();
    let changes = [
        ("Good to", "Bad to"),
        ("river: new message", "river: old message"),
        ("To: <def@n.example>", "To: <ghi@n.example>"),
        // Added, and read before ours or instead of it.
        ("From: \"Jo\"", "From: mo@n.example\r\nFrom: \"Jo\""),
        ("MIME-Version: 1.0", "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated"),
        ("Jo\r\n", "Jo\r\nP.S. call me\r\n"),
    ];
    for (ours, theirs) in changes {
        let at = signed.rfind(ours).unwrap();
        let touched = format!("{}{theirs}{}", &signed[..at], &signed[at + ours.len()..]);
        let found = verify(&dns, touched.as_bytes()).await;
        assert_eq!(found.signatures.len(), 2, "{theirs}");
        assert!(found.signatures.iter().all(|(_, passes)| !passes) && !found.passes_dmarc, "{theirs}");
    }
}

#[tokio::test]
async fn a_new_key_has_a_new_name_and_stands_beside_the_old_one() {
    let ((_a, old), (_b, new)) = (keys(1), keys(2));
    let both = [records(&old, DOMAIN), records(&new, DOMAIN)].concat();
    let mut names: Vec<&String> = both.iter().map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4);
    let dns = dns_with(&both).await;
    for keys in [old, new] {
        let signed = Signer::new(keys, DOMAIN).sign(letter().as_bytes()).unwrap();
        assert!(verify(&dns, &signed).await.signatures.iter().all(|(_, passes)| *passes));
    }
}

#[tokio::test]
async fn another_domain_is_not_aligned() {
    let (_folder, keys) = keys(1);
    let dns = dns_with(&records(&keys, "mail.n.example")).await;
    let signed = Signer::new(keys, "mail.n.example").sign(letter().as_bytes()).unwrap();
    let found = verify(&dns, &signed).await;
    assert!(found.signatures.iter().all(|(_, passes)| *passes));
    assert!(!found.passes_dmarc, "strict: a domain below ours does not count");
}
