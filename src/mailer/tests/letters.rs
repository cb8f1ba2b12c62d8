//! Two who write each other.

use chrono::TimeDelta;

use super::house::{House, SPONSEE, SPONSOR, answer_to, letter};
use crate::demo::mailbox::Delivered;
use crate::outbox;
use crate::relay::{RcptAnswer, Say, WriteProblem, write};
use crate::sponsorships::{self, Side, State};
use crate::store;

/// No part of either mailbox, neither as bytes nor decoded.
fn tells_nobody(mail: &Delivered) {
    let all = format!("{}\n{}\n{}", String::from_utf8_lossy(&mail.raw), mail.text, mail.envelope_from).to_lowercase();
    for part in ["kowalski", "smith", "al.example", "jo.example", "home.example", "+0530"] {
        assert!(!all.contains(part), "{part} in:\n{all}");
    }
}

fn waiting(house: &House) -> bool {
    house.ground().store.read(outbox::oldest_made_at).unwrap().is_some()
}

#[tokio::test]
async fn letters_go_both_ways_with_quotes_and_tell_no_address() {
    let house = House::new().await;
    let pair = house.pair().await;
    let (by_jo, by_al) = (house.alias_of(&pair, Side::Sponsee), house.alias_of(&pair, Side::Sponsor));
    house.send(SPONSEE, &by_jo, &letter(SPONSEE, &by_jo, &format!("Hello Al, I am Jo. {SPONSEE}"))).await.unwrap();
    let mut last = house.last_mail_to(SPONSOR).await;
    assert!(last.text.contains("Hello Al, I am Jo. [left out]"), "{}", last.text);
    let texts = ["First answer.", "A second, longer one.", "And the third of them."];
    let ways = [(SPONSOR, SPONSEE, &by_al), (SPONSEE, SPONSOR, &by_jo), (SPONSOR, SPONSEE, &by_al)];
    for (text, (from, to, alias)) in texts.iter().zip(ways) {
        house.send(from, alias, &answer_to(&last, from, alias, text)).await.unwrap();
        tells_nobody(&last);
        last = house.last_mail_to(to).await;
        assert!(last.text.contains(text), "{}", last.text);
        assert_eq!(last.text.matches("above this line").count(), 1, "the lead stands once:\n{}", last.text);
    }
    tells_nobody(&last);
    assert!(last.envelope_from.starts_with("v-") && last.envelope_from.ends_with("@n.example"));
    assert_eq!(house.rcpt(&last.envelope_from), RcptAnswer::Known);
    let raw = String::from_utf8(last.raw).unwrap();
    assert!(raw.contains(&format!("From: \"Al\" <{by_jo}>\r\nTo: <{by_al}>\r\n")), "{raw}");
    assert!(!waiting(&house), "nothing stays behind");
    let found = house.ground().store.read(|conn| sponsorships::find_sponsorship(conn, pair.id)).unwrap().unwrap();
    assert_eq!((found.state, found.last_writer), (State::Live, Some(Side::Sponsor)));
}

#[tokio::test]
async fn the_thread_of_one_reader_has_one_root_and_another_reader_another() {
    let house = House::new().await;
    let pair = house.pair().await;
    let root = |mail: &Delivered| {
        let raw = String::from_utf8(mail.raw.clone()).unwrap();
        raw.split_once("References: ").unwrap().1.split_once("\r\n").unwrap().0.to_owned()
    };
    for (from, side, text) in
        [(SPONSEE, Side::Sponsee, "a"), (SPONSEE, Side::Sponsee, "b"), (SPONSOR, Side::Sponsor, "c")]
    {
        let alias = house.alias_of(&pair, side);
        house.send(from, &alias, &letter(from, &alias, text)).await.unwrap();
    }
    let (to_al, to_jo) = (house.mails_to(SPONSOR).await, house.last_mail_to(SPONSEE).await);
    let [.., first, second] = to_al.as_slice() else { panic!("two letters") };
    assert_eq!(root(first), root(second));
    assert_ne!(root(first), root(&to_jo));
}

#[tokio::test]
async fn who_may_not_write_is_refused_and_the_member_told_once_a_day() {
    let house = House::new().await;
    let pair = house.pair().await;
    let alias = house.alias_of(&pair, Side::Sponsee);
    let (to_al, to_jo) = (house.mails_to(SPONSOR).await.len(), house.mails_to(SPONSEE).await.len());
    // A second mailbox, proven; then each half of the member with the other half of somebody else, from elsewhere and
    // from the same provider, where SPF passes in alignment.
    let halves = [
        ("jo@second.example", "jo@second.example"),
        ("x@forger.example", SPONSEE),
        (SPONSEE, "x@forger.example"),
        ("x@jo.example", SPONSEE),
        (SPONSEE, "x@jo.example"),
    ];
    for (mail_from, from) in halves {
        assert_eq!(house.send(mail_from, &alias, &letter(from, &alias, "hi")).await, Err(550), "{mail_from} {from}");
    }
    assert_eq!(house.mails_to(SPONSOR).await.len(), to_al);
    let told = house.mails_to(SPONSEE).await;
    assert_eq!(told.len(), to_jo + 1);
    assert!(told.last().unwrap().text.contains("another mailbox"));
    let today = house.ground().now().day();
    let on = house.ground().store.read(|conn| sponsorships::other_mailbox_on(conn, pair.id, pair.sponsee)).unwrap();
    assert_eq!(on, Some(today));
    house.turn(TimeDelta::days(1));
    assert_eq!(house.send("x@forger.example", &alias, &letter(SPONSEE, &alias, "hi")).await, Err(550));
    assert_eq!(house.mails_to(SPONSEE).await.len(), to_jo + 2);
}

#[tokio::test]
async fn without_dns_nothing_is_compared_and_the_peer_comes_again() {
    let house = House::new().await;
    let pair = house.pair().await;
    let alias = house.alias_of(&pair, Side::Sponsee);
    house.dns.set_failing(true);
    for from in [SPONSEE, "x@forger.example"] {
        assert_eq!(house.send(from, &alias, &letter(from, &alias, "hi")).await, Err(451), "{from}");
    }
    assert!(!waiting(&house));
}

#[tokio::test]
async fn the_same_bytes_five_times_are_one_letter_and_another_text_is_another() {
    let house = House::new().await;
    let pair = house.pair().await;
    let alias = house.alias_of(&pair, Side::Sponsee);
    let before = house.mails_to(SPONSOR).await.len();
    for hop in 0..5 {
        let raw = format!("Received: by {hop}.example\n{}", letter(SPONSEE, &alias, "once"));
        house.send(SPONSEE, &alias, &raw).await.unwrap();
    }
    assert_eq!(house.mails_to(SPONSOR).await.len(), before + 1);
    house.send(SPONSEE, &alias, &letter(SPONSEE, &alias, "the same Message-ID")).await.unwrap();
    assert_eq!(house.mails_to(SPONSOR).await.len(), before + 2);
}

#[tokio::test]
async fn machine_mail_and_a_copy_to_oneself_are_taken_and_go_nowhere() {
    let house = House::new().await;
    let pair = house.pair().await;
    let (by_jo, by_al) = (house.alias_of(&pair, Side::Sponsee), house.alias_of(&pair, Side::Sponsor));
    let text = letter(SPONSEE, &by_jo, "I am away");
    house.send("", &by_jo, &text).await.unwrap();
    house.send(SPONSEE, &by_jo, &format!("Auto-Submitted: auto-replied\n{text}")).await.unwrap();
    let forged = letter("x@forger.example", &by_jo, "away");
    house.send("x@forger.example", &by_jo, &format!("List-Id: <l>\n{forged}")).await.unwrap();
    house.send(SPONSEE, &by_jo, &format!("{}{text}", "Received: by a\n".repeat(31))).await.unwrap();
    // "Reply to all" holds the writer's own address.
    house.send(SPONSEE, &by_al, &letter(SPONSEE, &by_al, "hi")).await.unwrap();
    assert!(!waiting(&house));
}

#[tokio::test]
async fn after_the_end_the_writer_is_told_once_and_after_a_month_nobody_is_there() {
    let house = House::new().await;
    let pair = house.pair().await;
    let alias = house.alias_of(&pair, Side::Sponsee);
    house.end(&pair, Side::Sponsor);
    let before = house.mails_to(SPONSEE).await.len();
    for text in ["one", "two", "three"] {
        assert_eq!(house.rcpt(&alias.to_uppercase()), RcptAnswer::Known);
        house.send(SPONSEE, &alias, &letter(SPONSEE, &alias, text)).await.unwrap();
    }
    let told = house.mails_to(SPONSEE).await;
    assert_eq!(told.len(), before + 1);
    assert!(told.last().unwrap().text.contains("This contact has ended"));
    // A stranger on a dead address is told nothing and tells nothing.
    assert_eq!(house.send("x@forger.example", &alias, &letter(SPONSEE, &alias, "hi")).await, Err(550));
    assert!(!waiting(&house));
    house.turn(TimeDelta::days(31));
    assert_eq!(house.rcpt(&alias), RcptAnswer::Unknown);
    assert_eq!(house.send(SPONSEE, &alias, &letter(SPONSEE, &alias, "late")).await, Err(550));
}

#[tokio::test]
async fn a_letter_that_cannot_go_is_told_with_its_reason_and_five_times_a_day_at_most() {
    let house = House::new().await;
    let pair = house.pair().await;
    let alias = house.alias_of(&pair, Side::Sponsee);
    let before = house.mails_to(SPONSEE).await.len();
    let locked = "Content-Type: multipart/encrypted; boundary=b\nMIME-Version: 1.0\n";
    for number in 0..7 {
        let raw = format!("{locked}{}--b\n\n{number}\n--b--\n", letter(SPONSEE, &alias, ""));
        house.send(SPONSEE, &alias, &raw).await.unwrap();
    }
    let told = house.mails_to(SPONSEE).await;
    assert_eq!(told.len(), before + 5);
    assert!(told.last().unwrap().text.contains("encrypted"));
}

#[tokio::test]
async fn a_pair_has_twenty_letters_an_hour_wherever_they_are_written() {
    let house = House::new().await;
    let pair = house.pair().await;
    let alias = house.alias_of(&pair, Side::Sponsee);
    let say = |text: &str| write(house.ground(), pair.sponsee, &pair.reference, (text, Say::LeaveOut)).unwrap();
    for number in 0..20 {
        assert_eq!(say(&format!("letter {number}")), Ok(()));
    }
    assert_eq!(say("one more"), Err(WriteProblem::TooMany));
    let before = house.mails_to(SPONSEE).await.len();
    house.send(SPONSEE, &alias, &letter(SPONSEE, &alias, "by mail")).await.unwrap();
    assert!(house.mails_to(SPONSEE).await.get(before).unwrap().text.contains("in an hour"));
    house.turn(TimeDelta::minutes(61));
    assert_eq!(say("later"), Ok(()));
}

#[tokio::test]
async fn the_box_on_the_page_takes_a_note_and_says_why_not() {
    let house = House::new().await;
    let pair = house.pair().await;
    let say = |member, text: &str| write(house.ground(), member, &pair.reference, (text, Say::LeaveOut)).unwrap();
    assert_eq!(say(pair.sponsee, " \n"), Err(WriteProblem::Empty));
    assert_eq!(say(pair.sponsee, &"a".repeat(20_001)), Err(WriteProblem::TooLong));
    let stranger = house.join("kim@kim.example", "Kim").await;
    assert_eq!(say(stranger.id, "hi"), Err(WriteProblem::NotHere));
    assert_eq!(say(pair.sponsee, &format!("I am {SPONSEE}, and you?")), Ok(()));
    let mail = house.last_mail_to(SPONSOR).await;
    assert!(mail.text.contains("I am [left out], and you?"), "{}", mail.text);
    tells_nobody(&mail);
    house.end(&pair, Side::Sponsee);
    assert_eq!(say(pair.sponsor, "hi"), Err(WriteProblem::Ended));
}

#[test]
fn errors_of_the_store_stay_visible_to_the_retry() {
    use store::Cause;
    let error = crate::relay::Error::from(sponsorships::Error::from(store::Error::Bug("x")));
    assert!(error.store_error().is_some());
}
