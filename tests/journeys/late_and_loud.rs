//! A pair ended last week, and mail still comes: an old thread is answered, a responder loops, a bounce says a real address,
//! a stranger writes in somebody's name. Nothing reaches the other side, and nobody learns anything.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::TestApp;
use crate::support::people::{count_mails, jo_and_ray, newest};
use crate::support::smtp::{MailProgram, Smtp};

on_both_engines!(nothing_passes_after_the_end);

const JO: &str = "jo@mail.example";
const RAY: &str = "ray@post.example";

async fn nothing_passes_after_the_end(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (jo, mut ray) = jo_and_ray(&app).await;
    jo.writes(&app, "Hello Ray").await;
    ray.writes(&app, "Hello Jo").await;
    let (of_ray, of_jo) = (jo.newest_letter(&app), ray.newest_letter(&app));
    ray.opens(&app, "/mine").await;
    let pair = ray.browser.page.pair_path();
    ray.browser.visit(&format!("{pair}/end")).await;
    ray.browser.press("End the contact", &[]).await;
    app.settle().await;
    app.turn("+7 days").await;
    let (to_ray, to_jo) = (app.mails_to(RAY).len(), app.mails_to(JO).len());

    // The old thread is answered, twice: one kind notice to the member, and nothing to the other.
    for words in ["Are you still there?", "Ray?"] {
        let answer = jo.program.reply(&app, &of_ray, words).await;
        assert!(answer.starts_with("250 "), "{answer}");
        app.settle().await;
    }
    assert_eq!(app.mails_to(JO).len(), to_jo + 1, "one notice");
    assert!(newest(&app, JO, "your note did not go").text.contains("This contact has ended"));

    // A responder that answers each mail it gets, and every copy of it.
    for turn in 0..20 {
        let away = jo.program.letter(JO, &of_ray.sender_address(), "Out of office", &format!("I am away, {turn}"));
        let raw = format!("Auto-Submitted: auto-replied\r\n{away}");
        assert!(jo.program.send(&app, JO, &of_ray.sender_address(), &raw).await.starts_with("250 "));
    }
    // A mail server that gives up on the last letter, with the reader's address in its words.
    let bounce = bounce_to(&of_jo.envelope_from);
    for to in [&of_jo.envelope_from, &of_ray.sender_address()] {
        let answer = Smtp::connect(app.mail_in).await.send("", to, &bounce).await;
        assert!(answer.starts_with("250 ") || answer.starts_with("550 "), "{answer}");
    }
    // A stranger in Ray's name, from a network that is not his. The answer is that for an address nobody has.
    let stranger = MailProgram::new("Ray Oyelaran", RAY);
    let forged = stranger.letter(RAY, &of_jo.sender_address(), "It is me", "Write me at evil@else.example");
    let mut peer = Smtp::connect_from("127.0.0.9".parse().expect("an address"), app.mail_in).await;
    let answer = peer.send("evil@else.example", &of_jo.sender_address(), &forged).await;
    let mut nobody = Smtp::connect(app.mail_in).await;
    let unknown = nobody.send("evil@else.example", "aaaaaaaaaaaaaaaaaaaaaaaaaa@hands.example", &forged).await;
    assert_eq!(answer, unknown, "nobody may write, and nobody is there: one answer");
    app.settle().await;

    app.turn("+1 day").await;
    assert_eq!((app.mails_to(RAY).len(), app.mails_to(JO).len()), (to_ray, to_jo + 1), "nothing else went to anybody");
    assert!(app.mails_to("evil@else.example").is_empty() && app.mails_to("MAILER-DAEMON@mx.post.example").is_empty());
    assert!(app.sink.mails().iter().all(|mail| mail.to == JO || mail.to == RAY));
    let names = |address: &str, other: &str| {
        app.mails_to(address).iter().filter(|mail| mail.everything().contains(other)).count()
    };
    assert_eq!((names(JO, RAY), names(RAY, JO)), (0, 0), "no real address, in any mail");
    assert_eq!(count_mails(&app, JO, "your note did not go"), 1);

    // After thirty days the relay address is as if it never was.
    app.turn("+30 days").await;
    show_of_hands::tick::clear_away(app.ground());
    let mut peer = Smtp::connect(app.mail_in).await;
    peer.say(&format!("MAIL FROM:<{JO}>")).await;
    let gone = peer.say(&format!("RCPT TO:<{}>", of_ray.sender_address())).await;
    assert_eq!(gone, peer.say("RCPT TO:<bbbbbbbbbbbbbbbbbbbbbbbbbb@hands.example>").await);
    assert!(gone.starts_with("550 "), "{gone}");
}

/// RFC 3464, with the reader's address in its words.
fn bounce_to(sender: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.post.example\r\nTo: {sender}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\n<{RAY}>: mailbox full\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.post.example\r\n\r\n\
         Final-Recipient: rfc822; {RAY}\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n--b--\r\n",
    )
}
