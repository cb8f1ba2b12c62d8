//! What mail servers send back: a mailbox that takes no mail, or wants none, gets none until its member signs in again.
//! Nothing of a report reaches anybody.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::TestApp;
use crate::support::mail::Mail;
use crate::support::people::{count_mails, jo_and_ray, newest};
use crate::support::smtp::Smtp;

on_both_engines!(
    two_failures_on_two_days_stop_the_mail,
    a_complaint_stops_the_mail_at_once,
    what_is_no_failure_changes_nothing,
    answers_of_machines_are_taken_in_and_go_nowhere,
);

/// RFC 3464, as Postfix writes it, with everything in it that must not get out.
fn report(mail: &Mail, action: &str, status: &str) -> String {
    let original = String::from_utf8_lossy(&mail.raw);
    format!(
        "From: MAILER-DAEMON@mx.post.example\r\nTo: {0}\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nThe mail system\r\n<{1}>: unknown user: Ray Oyelaran\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.post.example\r\n\r\n\
         Final-Recipient: rfc822; {1}\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 <{1}> unknown\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\n--b--\r\n",
        mail.envelope_from, mail.to,
    )
}

/// RFC 5965.
fn complaint(mail: &Mail) -> String {
    let original = String::from_utf8_lossy(&mail.raw);
    format!(
        "From: fbl@post.example\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nA complaint by {}\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n\
         Feedback-Type: abuse\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\n--b--\r\n",
        mail.to,
    )
}

async fn comes_back(app: &TestApp, mail: &Mail, raw: &str) {
    let answer = Smtp::connect(app.mail_in).await.send("", &mail.envelope_from, raw).await;
    assert!(answer.starts_with("250 "), "{answer}");
    app.settle().await;
}

async fn two_failures_on_two_days_stop_the_mail(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, mut ray) = jo_and_ray(&app).await;
    jo.writes(&app, "First").await;
    let first = ray.newest_letter(&app);
    comes_back(&app, &first, &report(&first, "failed", "5.1.1")).await;
    let told = newest(&app, "jo@mail.example", "your note did not go");
    assert!(told.text.contains("Ray is not reachable at the moment"), "{}", told.text);
    assert!(!told.everything().contains("ray@post.example") && !told.everything().contains("5.1.1"));

    // The same day once more, and the same report twice: still one.
    jo.writes(&app, "Second").await;
    let second = ray.newest_letter(&app);
    for _ in 0..2 {
        comes_back(&app, &second, &report(&second, "failed", "5.1.1")).await;
    }
    assert_eq!(count_mails(&app, "jo@mail.example", "your note did not go"), 2, "each letter once");
    let so_far = count_mails(&app, "ray@post.example", "new message");
    jo.writes(&app, "Third").await;
    assert_eq!(count_mails(&app, "ray@post.example", "new message"), so_far + 1, "one day is not enough");

    app.turn("+1 day").await;
    let third = ray.newest_letter(&app);
    comes_back(&app, &third, &report(&third, "failed", "5.1.1")).await;
    let so_far = app.mails_to("ray@post.example").len();
    jo.writes(&app, "Fourth").await;
    app.turn("+5 days").await;
    assert_eq!(app.mails_to("ray@post.example").len(), so_far, "neither letters nor notices");
    assert!(newest(&app, "jo@mail.example", "your note did not go").text.contains("not reachable at the moment"));

    // Codes go, and signing in lets mail go again.
    ray.browser = app.browser();
    ray.signs_in(&app).await;
    ray.browser.page.says("From now on it goes again");
    let so_far = count_mails(&app, "ray@post.example", "new message");
    jo.writes(&app, "Fifth").await;
    assert_eq!(count_mails(&app, "ray@post.example", "new message"), so_far + 1);
}

async fn a_complaint_stops_the_mail_at_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    jo.writes(&app, "First").await;
    let first = ray.newest_letter(&app);
    // Complaints come to the address of the notices, and name the mail by its own headers.
    let note = newest(&app, "ray@post.example", "can you help this week?").sender_address();
    let answer = Smtp::connect(app.mail_in).await.send("fbl@post.example", &note, &complaint(&first)).await;
    assert!(answer.starts_with("250 "), "{answer}");
    app.settle().await;
    let so_far = app.mails_to("ray@post.example").len();
    jo.writes(&app, "Second").await;
    assert_eq!(app.mails_to("ray@post.example").len(), so_far);
    assert!(newest(&app, "jo@mail.example", "your note did not go").text.contains("not reachable at the moment"));
}

async fn what_is_no_failure_changes_nothing(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    jo.writes(&app, "First").await;
    let first = ray.newest_letter(&app);
    for day in 0..3 {
        comes_back(&app, &first, &report(&first, "delayed", "4.4.1")).await;
        comes_back(&app, &first, &report(&first, "failed", "4.2.2")).await;
        comes_back(&app, &first, &report(&first, "delivered", "2.0.0")).await;
        comes_back(&app, &first, "From: MAILER-DAEMON@mx.example\r\nSubject: failure\r\n\r\nIt bounced, 5.1.1\r\n")
            .await;
        app.turn(if day < 2 { "+1 day" } else { "+1 h" }).await;
    }
    let so_far = count_mails(&app, "ray@post.example", "new message");
    jo.writes(&app, "Second").await;
    assert_eq!(count_mails(&app, "ray@post.example", "new message"), so_far + 1);
    let mails = app.mails_to("jo@mail.example");
    assert!(mails.iter().all(|mail| !mail.subject.ends_with("your note did not go")));

    // An envelope sender that never was, or is forgotten after a week, is nobody.
    let forged = "v-aaaaaaaaaaaaaaaaaaaaaaaaaa@hands.example";
    let raw = report(&first, "failed", "5.1.1");
    assert_eq!(Smtp::connect(app.mail_in).await.send("", forged, &raw).await, "550 5.1.1 Address unavailable");
    app.turn("+8 days").await;
    let late = Smtp::connect(app.mail_in).await.send("", &first.envelope_from, &raw).await;
    assert_eq!(late, "550 5.1.1 Address unavailable");
}

async fn answers_of_machines_are_taken_in_and_go_nowhere(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, ray) = jo_and_ray(&app).await;
    jo.writes(&app, "First").await;
    let (first, so_far) = (ray.newest_letter(&app), app.sink.mails().len());
    for header in ["Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: bulk", "List-Id: <x.post.example>"]
    {
        let letter = ray.program.letter("ray@post.example", &first.sender_address(), "Away", "I am away");
        let raw = format!("{header}\r\n{letter}");
        let answer = ray.program.send(&app, "ray@post.example", &first.sender_address(), &raw).await;
        assert!(answer.starts_with("250 "), "{header}: {answer}");
    }
    let receipt = ray.program.letter("ray@post.example", &first.sender_address(), "Read", "Your mail was read");
    let receipt = receipt.replace("text/plain;", "multipart/report; report-type=disposition-notification; boundary=b;");
    assert!(ray.program.send(&app, "ray@post.example", &first.sender_address(), &receipt).await.starts_with("250 "));
    // Fifty answers of a responder to our own notice make no mail of ours.
    let offer = newest(&app, "ray@post.example", "can you help this week?");
    for _ in 0..50 {
        let letter = ray.program.letter("ray@post.example", &offer.sender_address(), "Out of office", "I am away");
        let raw = format!("Auto-Submitted: auto-replied\r\n{letter}");
        ray.program.send(&app, "ray@post.example", &offer.sender_address(), &raw).await;
    }
    app.settle().await;
    assert_eq!(app.sink.mails().len(), so_far);
}
