//! The way out is down, or does not let us in: nothing is lost, nothing is sent twice, and it is said.

use std::net::Ipv4Addr;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(a_smarthost_that_is_down_loses_nothing, a_wrong_password_is_said);

async fn ready(app: &TestApp) -> (u16, Value) {
    let mut monitor = app.browser();
    let page = monitor.visit("/readyz").await;
    (page.status, serde_json::from_str(&page.html).expect("JSON"))
}

async fn a_smarthost_that_is_down_loses_nothing(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    assert_eq!(ready(&app).await.0, 200);

    app.sink.close().await;
    assert!(jo.writes(&app, "Is anybody there?").await.starts_with("250 "), "taken in and kept");
    let (status, said) = ready(&app).await;
    assert_eq!((status, &said["smarthost_answers"]), (503, &Value::Bool(false)));
    app.turn("+30 min").await;
    assert_eq!(ready(&app).await.1["oldest_mail_waiting_seconds"], 1800);

    app.sink.reopen().await;
    app.turn("+2 h").await;
    assert_eq!(ready(&app).await.0, 200);
    let arrived: Vec<_> =
        app.mails_to("ray@post.example").into_iter().filter(|mail| mail.text.contains("Is anybody there?")).collect();
    assert_eq!(arrived.len(), 1, "once, and the same message however often it was tried");
    app.turn("+2 h").await;
    assert_eq!(app.count_mail_waiting(), 0);
}

async fn a_wrong_password_is_said(engine: Engine) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    actix_web::rt::spawn(refuse_everybody(listener));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("password");
    std::fs::write(&file, "not-the-password\n").expect("a file");
    let app = TestApp::start_with(engine, |settings| {
        settings.smarthost = format!("smtp://{address}").parse().expect("a URL");
        settings.smarthost_login = Some(("hands".to_owned(), file));
    });
    let Some(mut app) = app.await else { return };
    app.may_leave_mail();

    let mut browser = app.browser();
    browser.visit("/in").await;
    browser.fill_and_press(&[("email", "jo@mail.example")]).await;
    app.settle().await;

    let (status, said) = ready(&app).await;
    assert_eq!((status, &said["smarthost_lets_us_in"]), (503, &Value::Bool(false)));
    assert_eq!(said["smarthost_answers"], Value::Bool(true));
    assert_eq!(app.count_mail_waiting(), 1, "it waits for the right password");
}

/// A mail server that knows nobody's password (RFC 4954 6).
async fn refuse_everybody(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        actix_web::rt::spawn(async move {
            let mut stream = BufReader::new(stream);
            let mut reply: &[u8] = b"220 smarthost.example ESMTP\r\n";
            loop {
                if stream.write_all(reply).await.is_err() {
                    return;
                }
                let mut line = String::new();
                if stream.read_line(&mut line).await.is_ok_and(|bytes| bytes == 0) {
                    return;
                }
                reply = match line.get(..4) {
                    Some("EHLO") => b"250-smarthost.example\r\n250 AUTH PLAIN LOGIN\r\n",
                    Some("AUTH") => b"535 5.7.8 Authentication credentials invalid\r\n",
                    Some("QUIT") => b"221 2.0.0 Bye\r\n",
                    _ => b"530 5.7.0 Authentication required\r\n",
                };
            }
        });
    }
}
