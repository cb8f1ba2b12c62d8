//! What a mail program can say wrong, and the constant answer to it. Nothing it says comes back.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::dump::dump;
use crate::support::smtp::Smtp;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(every_command_has_a_constant_answer);

async fn every_command_has_a_constant_answer(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let alias = jo.newest_letter(&app).sender_address();
    let before = dump(&app);

    let mut smtp = Smtp::connect(app.mail_in).await;
    let live = format!("RCPT TO:<{alias}>");
    let transcript = [
        ("HELLO jo@mail.example", "500 5.5.1 Unknown command"),
        ("VRFY jo@mail.example", "252 2.0.0 Send mail to find out"),
        ("EXPN everybody", "502 5.5.1 Not offered"),
        ("STARTTLS", "502 5.5.1 Not offered"),
        ("RCPT TO:<jo@mail.example>", "503 5.5.1 Wrong order of commands"),
        ("DATA", "503 5.5.1 Wrong order of commands"),
        ("MAIL FROM:jo@mail.example>", "501 5.5.2 Syntax error"),
        ("MAIL FROM:<jo@mail.example> SIZE=99999999999", "552 5.3.4 Message too big"),
        ("MAIL FROM:<jo@mail.example>", "250 2.1.0 OK"),
        // An address of ours that is none, one elsewhere, and a mailbox that is a member's: one answer.
        ("RCPT TO:<nobody@hands.example>", "550 5.1.1 Address unavailable"),
        ("RCPT TO:<ray@post.example>", "550 5.1.1 Address unavailable"),
        ("RCPT TO:<jo@mail.example>", "550 5.1.1 Address unavailable"),
        (live.as_str(), "250 2.1.5 OK"),
        (live.as_str(), "452 4.5.3 Too many recipients"),
        ("RSET", "250 2.0.0 OK"),
        // Whoever asks, a live address is a live address.
        ("MAIL FROM:<eve@evil.example>", "250 2.1.0 OK"),
        (live.as_str(), "250 2.1.5 OK"),
        ("QUIT", "221 2.0.0 Bye"),
    ];
    for (command, answer) in transcript {
        assert_eq!(smtp.say(command).await, answer, "{command}");
    }
    app.settle().await;
    assert_eq!(before, dump(&app), "talking alone changed something");
}
