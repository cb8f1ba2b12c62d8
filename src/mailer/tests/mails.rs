//! Mails of ours, and a smarthost that does not take them.

use std::sync::Arc;

use chrono::TimeDelta;
use url::Url;

use super::super::Mailer;
use super::house::{House, SPONSEE, SPONSOR, listen};
use crate::clock::Day;
use crate::members::CodeDoor;
use crate::outbox;
use crate::outbox::transport::{Refusal, Smarthost};
use crate::relay::{Say, write};
use crate::smtp::{DataAnswer, Delivery, Intake, RcptAnswer};

#[tokio::test]
async fn a_code_mail_has_exactly_these_headers_and_one_address_the_readers_own() {
    let house = House::new().await;
    house.ask_code("kim@kim.example", CodeDoor::In, None);
    let mail = house.last_mail_to("kim@kim.example").await;
    let raw = String::from_utf8(mail.raw).unwrap();
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> =
        head.split("\r\n").filter(|line| !line.starts_with(' ')).map(|line| line.split(':').next().unwrap()).collect();
    let expected = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ];
    assert_eq!(names, expected);
    assert!(head.starts_with("From: \"Northside\" <note@n.example>\r\nTo: <kim@kim.example>\r\n"), "{head}");
    assert_eq!(raw.matches("kim@").count(), 1);
    let others = raw.match_indices('@').filter(|(at, _)| !raw[*at..].starts_with("@n.example")).count();
    assert_eq!(others, 1, "{raw}");
}

#[tokio::test]
async fn only_the_mail_knows_whether_an_address_is_a_members_and_speaks_with_their_word() {
    let house = House::new().await;
    let kim = house.join("kim@kim.example", "Kim").await;
    house.ask_code("kim@kim.example", CodeDoor::Ask, None);
    house.ask_code("lee@lee.example", CodeDoor::Ask, None);
    let known = house.last_mail_to("kim@kim.example").await;
    let unknown = house.last_mail_to("lee@lee.example").await;
    assert!(known.subject.starts_with(&format!("{}: ", kim.check_word)), "{}", known.subject);
    assert!(known.text.len() > unknown.text.len(), "the member reads one sentence more");
}

#[tokio::test]
async fn a_code_that_is_too_old_is_not_sent_any_more() {
    let house = House::new().await;
    house.ask_code("kim@kim.example", CodeDoor::In, None);
    house.turn(TimeDelta::minutes(11));
    assert!(house.mails_to("kim@kim.example").await.is_empty());
    assert!(house.ground().store.read(outbox::oldest_made_at).unwrap().is_none());
}

#[tokio::test]
async fn a_smarthost_that_is_down_loses_nothing_and_the_repeat_is_the_same_message() {
    let house = House::new().await;
    let pair = house.pair().await;
    write(house.ground(), pair.sponsee, &pair.reference, ("Are you there?", Say::LeaveOut)).unwrap().unwrap();
    let nobody = Smarthost::new(&Url::parse("smtp://127.0.0.1:1").unwrap(), "out.example", None).unwrap();
    let broken = Mailer { smarthost: nobody, ..house.mailer.clone() };
    broken.drain().await;
    assert_eq!(house.mailer.health.trouble(), Some(Refusal::Unreachable));
    let before = house.mails_to(SPONSOR).await.len();
    house.turn(TimeDelta::minutes(2));
    let after = house.mails_to(SPONSOR).await;
    assert_eq!(after.len(), before + 1);
    assert_eq!(house.mailer.health.trouble(), None);
    // The date is of the first try: the bytes were made then.
    let raw = String::from_utf8(after.last().unwrap().raw.clone()).unwrap();
    assert!(raw.contains("Date: Fri, 01 Jan 2027 00:00:00 +0000\r\n"), "{raw}");
}

struct NoMailboxes;

impl Intake for NoMailboxes {
    async fn rcpt(&self, _address: &str) -> RcptAnswer {
        RcptAnswer::Unknown
    }

    async fn data(&self, _delivery: Delivery) -> DataAnswer {
        DataAnswer::Refused
    }
}

#[tokio::test]
async fn a_mailbox_that_is_gone_is_told_to_the_writer_once_and_nothing_is_tried_again() {
    let house = House::new().await;
    let pair = house.pair().await;
    write(house.ground(), pair.sponsee, &pair.reference, ("Are you there?", Say::LeaveOut)).unwrap().unwrap();
    house.ask_code("kim@kim.example", CodeDoor::In, None);
    let at = listen(Arc::new(NoMailboxes), house.stop.subscribe()).await;
    let smarthost = Smarthost::new(&Url::parse(&format!("smtp://{at}")).unwrap(), "out.example", None).unwrap();
    let refusing = Mailer { smarthost, ..house.mailer.clone() };
    refusing.pass().await.unwrap();
    let told = house.last_mail_to(SPONSEE).await;
    assert!(told.text.contains("Al is not reachable at the moment"), "{}", told.text);
    assert!(!house.mailbox.list().iter().any(|mail| mail.text.contains("Are you there?")));
    assert!(house.mails_to("kim@kim.example").await.is_empty());
}

#[tokio::test]
async fn a_letter_given_up_is_told_to_its_writer_and_gone() {
    let house = House::new().await;
    let pair = house.pair().await;
    write(house.ground(), pair.sponsee, &pair.reference, ("Are you there?", Say::LeaveOut)).unwrap().unwrap();
    house.turn(TimeDelta::hours(73));
    let told = house.last_mail_to(SPONSEE).await;
    assert!(told.text.contains("Al is not reachable at the moment"), "{}", told.text);
    assert!(!house.mails_to(SPONSOR).await.iter().any(|mail| mail.text.contains("Are you there?")));
}

#[tokio::test]
async fn a_letter_whose_day_key_is_gone_is_dropped_and_told() {
    let house = House::new().await;
    let pair = house.pair().await;
    write(house.ground(), pair.sponsor, &pair.reference, ("Are you there?", Say::LeaveOut)).unwrap().unwrap();
    let side = &house.mailer.side;
    let tomorrow = Day(side.ground.now().day().0 + 1);
    side.opener.destroy_day_keys(tomorrow).unwrap();
    house.turn(TimeDelta::days(1));
    let told = house.last_mail_to(SPONSOR).await;
    assert!(told.text.contains("is not reachable at the moment"), "{}", told.text);
}

#[tokio::test]
async fn a_running_mailer_is_woken_by_the_commit_and_stops_when_told() {
    let house = House::new().await;
    let mailer = Arc::new(house.mailer.clone());
    let stopped = house.stop.subscribe();
    let running = tokio::spawn(async move { mailer.run(stopped).await });
    house.ask_code("kim@kim.example", CodeDoor::In, None);
    let came = async {
        while house.mailbox.list().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), came).await.unwrap();
    house.stop.send_replace(true);
    tokio::time::timeout(std::time::Duration::from_secs(10), running).await.unwrap().unwrap();
}
