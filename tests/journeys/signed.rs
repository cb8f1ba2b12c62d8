//! Mail that leaves is signed: the operator makes the keys, publishes what is printed, and every mailbox can check it.

use std::fs;

use mail_auth::hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator};
use show_of_hands::demo::dns::{self, Answerer};

use crate::serve::{PASSWORD, Place, Serve, asks_for_numbers, receives, set_mode};
use crate::support::smarthost::Smarthost;

/// Lays every TXT record of a printed zone into DNS: `name. IN TXT "…"`, or several strings in parentheses.
fn publish(dns: &Answerer, zone: &str) -> usize {
    let records: Vec<_> = zone.lines().filter_map(|line| line.split_once(". IN TXT ")).collect();
    for (name, strings) in &records {
        // Every second piece between quotes stands inside of them.
        let pieces: Vec<&str> = strings.split('"').skip(1).step_by(2).collect();
        assert!(pieces.iter().all(|piece| piece.len() <= 255), "RFC 1035 3.3: {pieces:?}");
        dns.add_txt(name, &pieces.concat());
    }
    records.len()
}

/// For each signature its algorithm, its domain, and whether it verifies.
pub async fn signatures(dns: &Answerer, mail: &[u8]) -> Vec<(String, String, bool)> {
    let mut server = NameServerConfig::udp_and_tcp(dns.address.ip());
    for connection in &mut server.connections {
        connection.port = dns.address.port();
    }
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    let provider = MessageAuthenticator::new(config, ResolverOpts::default()).expect("a resolver");
    let message = AuthenticatedMessage::parse(mail).expect("a mail");
    let outputs = provider.verify_dkim(&message).await;
    let tell = outputs.iter().map(|output| {
        let signature = output.signature().expect("a signature");
        (format!("{:?}", signature.a), signature.d.clone(), *output.result() == DkimResult::Pass)
    });
    tell.collect()
}

async fn sent_by(place: &Place, smarthost: &Smarthost, address: &str) -> String {
    let mut serve = Serve::start(place, &[]);
    let mut browser = serve.browser().await;
    let before = smarthost.mails().len();
    asks_for_numbers(&mut browser, address).await;
    receives(smarthost, before + 1).await;
    serve.stops().await;
    smarthost.mails().pop().expect("a mail").raw
}

#[actix_web::test]
async fn what_the_smarthost_receives_carries_two_signatures_that_verify_by_the_printed_records() {
    let smarthost = Smarthost::open(Some(PASSWORD)).await;
    let place = Place::new(&smarthost);
    let unsigned = sent_by(&place, &smarthost, "jo@mail.example").await;
    assert!(!unsigned.contains("DKIM-Signature"), "no keys were made");
    assert!(place.runs(&["keys", "list"]).contains("missing   RSA signing key"));

    let printed = place.runs(&["keys", "dkim"]);
    assert_eq!(printed.lines().filter(|line| line.starts_with("made ")).count(), 2, "{printed}");
    let dns = dns::start().await.expect("a name server");
    assert_eq!(publish(&dns, &printed), 4, "SPF, DMARC and two keys: {printed}");
    let mail = sent_by(&place, &smarthost, "jo@mail.example").await;
    let ours = |algorithm: &str| (algorithm.to_owned(), "hands.example".to_owned(), true);
    assert_eq!(signatures(&dns, mail.as_bytes()).await, [ours("RsaSha256"), ours("Ed25519Sha256")]);
    let changed = mail.replacen("numbers", "letters", 1);
    assert!(changed != mail && signatures(&dns, changed.as_bytes()).await.iter().all(|(_, _, passes)| !passes));

    // Asked again, it makes nothing and prints the same.
    let records = |text: &str| text.lines().filter(|line| line.contains(" IN ")).map(str::to_owned).collect::<Vec<_>>();
    let again = place.runs(&["keys", "dkim"]);
    assert!(!again.contains("made "), "{again}");
    assert_eq!(records(&again), records(&printed));
    let list = place.runs(&["keys", "list"]);
    assert!(list.contains("there     RSA signing key") && !list.contains("missing"), "{list}");
    assert_eq!(records(&list), records(&printed));
}

#[actix_web::test]
async fn signing_keys_that_are_not_in_order_stop_the_mailer_and_not_the_pages() {
    let smarthost = Smarthost::open(Some(PASSWORD)).await;
    let place = Place::new(&smarthost);
    // Before the first start it makes the whole folder.
    place.runs(&["keys", "dkim"]);
    for name in ["signing.rsa", "signing.ed25519"] {
        let key = place.path("keys").join(name);
        let content = fs::read(&key).expect("a key");
        set_mode(&key, 0o640);
        for command in [["serve"].as_slice(), &["serve", "--role", "mailer"], &["keys", "dkim"]] {
            place.is_refused(command, "can be read by others");
        }
        set_mode(&key, 0o600);
        fs::write(&key, &content[..100.min(content.len() - 1)]).expect("a file");
        place.is_refused(&["serve"], "is not a key file of this kind");
        fs::remove_file(&key).expect("removed");
        place.is_refused(&["serve"], &format!("(file {name}, which signs mail that leaves) is missing beside"));
        let mut pages = Serve::start(&place, &["--role", "web"]);
        pages.browser().await.visit("/").await.says("You do not have to do this alone");
        pages.stops().await;
        fs::write(&key, &content).expect("a key");
        set_mode(&key, 0o600);
    }
    place.runs(&["migrate"]);
}
