//! A mail server in front asks who is there while the sender is still connected, and hears what RCPT would say.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::smtp::Smtp;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(the_policy_service_says_what_rcpt_says);

async fn asks(policy: &mut BufReader<TcpStream>, recipient: &str) -> String {
    let request = format!("request=smtpd_access_policy\nsender=jo@mail.example\nrecipient={recipient}\n\n");
    policy.write_all(request.as_bytes()).await.expect("a connection");
    let (mut answer, mut empty) = (String::new(), String::new());
    policy.read_line(&mut answer).await.expect("an answer");
    policy.read_line(&mut empty).await.expect("its end");
    assert_eq!(empty, "\n");
    answer.trim_end().to_owned()
}

async fn the_policy_service_says_what_rcpt_says(engine: Engine) {
    let app = TestApp::start_with(engine, |settings| settings.mail_policy = Some(([127, 0, 0, 1], 0).into()));
    let Some(app) = app.await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let alias = jo.newest_letter(&app).sender_address();
    let local_part = alias.split('@').next().expect("a local part");

    let mut policy = BufReader::new(TcpStream::connect(app.policy.expect("an address")).await.expect("it listens"));
    let known = [alias.clone(), alias.to_uppercase(), "note@hands.example".to_owned()];
    let unknown = [
        "nobody@hands.example".to_owned(),
        "jo@mail.example".to_owned(),
        format!("{local_part}@elsewhere.example"),
        format!("x{}@hands.example", &local_part[1..]),
        format!("v-{local_part}@hands.example"),
        "no address".to_owned(),
        "\u{e9}@hands.example".to_owned(),
    ];
    for (addresses, action, reply) in [
        (known.as_slice(), "action=DUNNO", "250 2.1.5 OK"),
        (&unknown, "action=550 5.1.1 Address unavailable", "550 5.1.1 Address unavailable"),
    ] {
        for address in addresses {
            assert_eq!(asks(&mut policy, address).await, action, "{address}");
            let mut smtp = Smtp::connect(app.mail_in).await;
            smtp.say("MAIL FROM:<jo@mail.example>").await;
            assert_eq!(smtp.say(&format!("RCPT TO:<{address}>")).await, reply, "{address}");
        }
    }
}
