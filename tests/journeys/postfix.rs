//! Both ways through a real Postfix, with the configuration we ship: refused at RCPT in the sender's own connection, taken in
//! by LMTP, sent on, and never a bounce to a stranger.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use show_of_hands::outbox::dkim;
use show_of_hands::vault::{Chance, SigningKeys, Vault};
use tokio::time::timeout;

use crate::engine::Engine;
use crate::signed::signatures;
use crate::skip::skip;
use crate::support::postfix::{Ports, Postfix, is_empty, is_here};
use crate::support::smtp::Smtp;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

/// Where Jo's mail comes from. The listener's own peer is always Postfix on 127.0.0.1: that SPF asks about this one, and not
/// about that, is XFORWARD's work.
const JOS_HOST: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const STRANGERS_HOST: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);
const JO: &str = "jo@mail.example";
const RAY: &str = "ray@post.example";
const LONGEST: Duration = Duration::from_mins(2);
const STRANGER: &str = "stranger@else.example";

/// The App with signing keys, a Postfix around it, and DNS in which Jo and the stranger may each send from their own host.
async fn around(ports: Ports) -> (TestApp, Postfix) {
    let (xforward, free): (_, SocketAddr) = (Ipv4Addr::LOCALHOST.into(), (Ipv4Addr::LOCALHOST, 0).into());
    let app = TestApp::start_with(Engine::Sqlite, |settings| {
        settings.smarthost = format!("smtp://{}", ports.out).parse().expect("a URL");
        settings.mail_policy = Some(free);
        settings.xforward_peers = vec![xforward];
        let chance = Chance::seeded(1);
        Vault::open_or_make(&settings.keys, &chance).expect("keys");
        SigningKeys::make_missing(&settings.keys, &chance).expect("signing keys");
    });
    let mut app = app.await.expect("SQLite is always to be had");
    let keys = SigningKeys::open(&app.keys).expect("signing keys").expect("made above");
    for (name, text) in dkim::records(&keys, "hands.example") {
        app.dns.add_txt(&name, &text);
    }
    app.dns.add_txt("mail.example", &format!("v=spf1 ip4:{JOS_HOST} -all"));
    app.dns.add_txt("else.example", &format!("v=spf1 ip4:{STRANGERS_HOST} -all"));
    let postfix = Postfix::start(&app, ports).await;
    app.queue = Some(postfix.queue());
    (app, postfix)
}

#[actix_web::test]
async fn both_ways_through_postfix_and_never_a_bounce_to_a_stranger() {
    if !is_here() {
        return skip("no Postfix, or not root");
    }
    // An end that comes from here still stops Postfix; one that the runner sets does not.
    timeout(LONGEST, story()).await.expect("in time");
}

async fn story() {
    let (app, postfix) = around(Ports::free()).await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    let jo = Newcomer::asks(&app, "Jo", JO).await;
    ray.says_yes(&app, None).await;

    let hello = jo.newest_letter(&app);
    assert!(hello.header("Received").contains("Postfix"), "sent on by it");
    let signed = signatures(&app.dns, &hello.raw).await;
    assert!(signed.len() == 2 && signed.iter().all(|(_, _, passes)| *passes), "untouched by it: {signed:?}");

    offers_nothing_that_lmtp_could_not_go_on_with(&app, &postfix).await;
    refuses_whom_nobody_knows(&postfix, &hello.sender_address()).await;
    takes_a_letter(&app, &postfix, &jo).await;
    drops_a_stranger(&app, &postfix, &hello.sender_address()).await;
    takes_its_own_bounce(&app, &postfix, &jo).await;
    reads_postmaster(&app, &postfix).await;
    for word in ["warning:", "error:", "fatal:", "panic:"] {
        assert_eq!(postfix.count_log(&[word]), 0, "{}", postfix.log());
    }
    let alias = hello.sender_address();
    drop(app);
    puts_off_while_nobody_can_be_asked(&postfix, &alias).await;
}

/// What Postfix takes and we do not, it bounces.
async fn offers_nothing_that_lmtp_could_not_go_on_with(app: &TestApp, postfix: &Postfix) {
    let size = |offers: &str| -> usize {
        let line = offers.lines().find_map(|line| line.get(4..)?.strip_prefix("SIZE ")).expect("a size");
        line.parse().expect("a number")
    };
    let offers = Smtp::connect(postfix.ports.smtp).await.say("EHLO out.example").await;
    let ours = Smtp::connect(app.mail_in).await.say("EHLO out.example").await;
    for extension in ["DSN", "SMTPUTF8", "CHUNKING", "VRFY", "ETRN"] {
        assert!(!offers.contains(extension), "{offers}");
    }
    assert!(size(&offers) + 200_000 < size(&ours), "room for what is added on the way");
}

async fn refuses_whom_nobody_knows(postfix: &Postfix, alias: &str) {
    // Whoever asks, known or not, hears the same.
    for sender in [JO, RAY, STRANGER, ""] {
        // A connection each: Postfix slows down whoever is refused often.
        let mut smtp = Smtp::connect_from(STRANGERS_HOST, postfix.ports.smtp).await;
        assert!(smtp.say(&format!("MAIL FROM:<{sender}>")).await.starts_with("250 "));
        for unknown in ["nobody", "note.x", &format!("x{}", &alias[1..26]), "v-aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            // Postfix puts the address that was asked for before our words.
            let answer = smtp.say(&format!("RCPT TO:<{unknown}@hands.example>")).await;
            let ours = "Recipient address rejected: Address unavailable";
            assert_eq!(answer, format!("550 5.1.1 <{unknown}@hands.example>: {ours}"));
        }
        assert_eq!(smtp.say(&format!("RCPT TO:<{alias}>")).await, "250 2.1.5 Ok", "from {sender}");
        let answer = smtp.say(&format!("RCPT TO:<{RAY}>")).await;
        assert!(answer.starts_with("554 5.7.1 ") && answer.ends_with("Relay access denied"), "{answer}");
    }
}

async fn takes_a_letter(app: &TestApp, postfix: &Postfix, jo: &Newcomer) {
    let before = app.mails_to(RAY).len();
    let alias = jo.newest_letter(app).sender_address();
    let letter = jo.program.letter(JO, &alias, "hey", "The moon is full.\r\n.. and a \r on its own.");
    let mut smtp = Smtp::connect_from(JOS_HOST, postfix.ports.smtp).await;
    assert!(smtp.send(JO, &alias, &letter).await.starts_with("250 2.0.0 "));
    // Postfix gives it to us, we to Postfix, Postfix to the mailbox.
    is_empty(&postfix.queue()).await;
    app.settle().await;
    let mails = app.mails_to(RAY);
    assert_eq!(mails.len(), before + 1, "{}", postfix.log());
    let mail = mails.last().expect("a letter");
    assert!(mail.text.contains("The moon is full."), "{}", mail.text);
    let all = mail.everything();
    assert!(!all.contains(JO) && !all.contains("127.0.0.2") && !all.contains("Kowalczyk"), "{all}");
}

async fn drops_a_stranger(app: &TestApp, postfix: &Postfix, alias: &str) {
    let (to_ray, to_jo, all) = (app.mails_to(RAY).len(), app.mails_to(JO).len(), app.sink.mails().len());
    let letter = |from: &str| format!("From: <{from}>\r\nTo: <{alias}>\r\nSubject: hey\r\n\r\nbuy now\r\n");
    // As themselves, proven; and as Jo, from where Jo never is.
    for from in [STRANGER, JO] {
        let mut smtp = Smtp::connect_from(STRANGERS_HOST, postfix.ports.smtp).await;
        assert!(smtp.send(from, alias, &letter(from)).await.starts_with("250 2.0.0 "), "taken, and dropped behind");
        is_empty(&postfix.queue()).await;
    }
    app.settle().await;
    assert_eq!(app.mails_to(RAY).len(), to_ray);
    assert!(app.mails_to(STRANGER).is_empty(), "nobody writes back");
    let told = app.mails_to(JO);
    assert_eq!(told.len(), to_jo + 1, "the member hears once a day that another mailbox was used");
    assert!(told.last().expect("a notice").text.contains("another mailbox"));
    assert_eq!(app.sink.mails().len(), all + 1);
    assert_eq!(postfix.count_log(&["status=bounced"]), 0, "{}", postfix.log());
}

/// A mailbox that is gone makes Postfix write a report to our return address. It is taken in; the writer hears the fact in our
/// words, and nobody anything else.
async fn takes_its_own_bounce(app: &TestApp, postfix: &Postfix, jo: &Newcomer) {
    app.sink.loses(RAY);
    let all = app.sink.mails().len();
    let alias = jo.newest_letter(app).sender_address();
    let letter = jo.program.letter(JO, &alias, "hey", "Are you there?");
    let mut smtp = Smtp::connect_from(JOS_HOST, postfix.ports.smtp).await;
    assert!(smtp.send(JO, &alias, &letter).await.starts_with("250 2.0.0 "));
    is_empty(&postfix.queue()).await;
    // The letter goes out and the report comes in; then what the report leads to goes out.
    app.settle().await;
    app.settle().await;
    assert_eq!(postfix.count_log(&[&format!("to=<{RAY}>"), "dsn=5.1.1", "status=bounced"]), 1, "{}", postfix.log());
    assert_eq!(postfix.count_log(&["/qmgr[", "from=<>"]), 1, "one report");
    let lmtp = format!("relay=127.0.0.1[127.0.0.1]:{}", app.mail_in.port());
    assert_eq!(postfix.count_log(&["to=<v-", &lmtp, "status=sent (250 2.0.0 OK)"]), 1, "{}", postfix.log());
    assert_eq!(app.sink.mails().len(), all + 1);
    let told = jo.newest_mail(app);
    assert!(told.text.contains("Ray is not reachable at the moment"), "{}", told.text);
    assert!(!told.everything().contains(RAY) && !told.text.contains("550"), "{}", told.text);
    assert_eq!(app.count_mail_waiting(), 0);
}

async fn reads_postmaster(app: &TestApp, postfix: &Postfix) {
    for name in ["postmaster", "abuse"] {
        let mut smtp = Smtp::connect_from(STRANGERS_HOST, postfix.ports.smtp).await;
        let letter = format!("From: <{STRANGER}>\r\nSubject: about your server\r\n\r\n{name}\r\n");
        assert!(smtp.send(STRANGER, &format!("{name}@hands.example"), &letter).await.starts_with("250 2.0.0 "));
    }
    app.settle().await;
    assert_eq!(app.mails_to("operator@mx.hands.example").len(), 2, "{}", postfix.log());
}

async fn puts_off_while_nobody_can_be_asked(postfix: &Postfix, alias: &str) {
    let mut smtp = Smtp::connect_from(JOS_HOST, postfix.ports.smtp).await;
    smtp.say(&format!("MAIL FROM:<{JO}>")).await;
    let answer = smtp.say(&format!("RCPT TO:<{alias}>")).await;
    assert_eq!(answer, format!("451 4.3.5 <{alias}>: Recipient address rejected: Please try later"));
}
