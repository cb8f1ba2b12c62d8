//! The page behind an offer's link.

use chrono::TimeDelta;

use super::ground::Town;
use super::raising::raise;
use super::*;
use crate::i18n::Lang;
use crate::matching::{DayPart, Descriptions};
use crate::members::{self, AskCode, CodeDoor, FirstName};
use crate::requests;
use crate::store::ids::MemberId;
use crate::vault::Address;

const NOTE: &str = "I get nervous on the phone";
const YES: &[(&str, &str)] = &[("answer", "yes"), ("hello", "I am Ray. Write any time.")];
const NOT_NOW: &[(&str, &str)] = &[("answer", "not-now")];

/// A newcomer whose request waits.
fn place(town: &Town, name: &str, email: &str) -> MemberId {
    let ground = &town.ground;
    let draft = requests::Draft {
        first_name: FirstName::parse(name).unwrap_or_else(|_| panic!("a name")),
        languages: 1,
        first_language: 1,
        accepts: Descriptions::ANYONE.bits(),
        accepts_must: false,
        describes: 0,
        parts: vec![DayPart::Evenings],
        walked_with: 0,
        ok_with_medicine: false,
        note: NOTE.to_owned(),
    };
    let draft = serde_json::to_vec(&draft).unwrap();
    let address = Address::parse(email).unwrap();
    let ask = AskCode {
        door: CodeDoor::Ask,
        browser: email.as_bytes(),
        address: &address,
        lang: Lang::En,
        utc_offset_min: 0,
        draft: Some(&draft),
    };
    members::ask_code(ground, &ask).unwrap();
    requests::place(ground, email.as_bytes(), &town.new_code()).unwrap();
    let index = ground.vault.index(&address);
    ground.store.read(|conn| members::find_by_index(conn, &index)).unwrap().unwrap().id
}

/// One sponsor and one newcomer, and the link between them.
async fn one_offer(town: &Town) -> String {
    raise(town, "Ray", "ray@mail.example").await;
    place(town, "Jo", "jo@mail.example");
    town.tick();
    town.new_offers().remove(0)
}

#[actix_web::test]
async fn an_offer_shows_wishes_only_and_looking_changes_nothing() {
    let town = Town::new();
    let link = one_offer(&town).await;
    let before = town.bytes();
    for path in [link.clone(), format!("/es{link}")] {
        let answer = town.ask(TestRequest::get().uri(&path)).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        assert!(!text.contains(NOTE) && !text.contains(">Jo<") && answer.cookies().is_empty());
        let head = TestRequest::default().method(actix_web::http::Method::HEAD).uri(&path);
        assert_eq!(town.ask(head).await.status, StatusCode::OK);
    }
    let text = town.browser().get(&link).await.text();
    for words in [
        "Someone asked for a person to talk to.",
        "English",
        "Evenings, like you",
        "You have room for 1",
        "I am Ray. I have been where you are.",
        "Nothing happens until you press a button.",
        "by Friday night",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(town.bytes() == before, "a GET wrote something");
}

#[actix_web::test]
async fn a_yes_shows_name_and_note_and_the_second_press_too() {
    let town = Town::new();
    let link = one_offer(&town).await;
    let browser = town.browser();
    for _ in 0..2 {
        let done = town.ask(press(&link, &with_token(&fresh_token(&town), YES))).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, link.as_str()));
        let text = browser.get(&link).await.text();
        for words in ["You said yes.", "You write with Jo now.", NOTE, "Their answer comes to your mail."] {
            assert!(text.contains(words), "{words}");
        }
    }
}

#[actix_web::test]
async fn a_yes_without_a_hello_counts_and_says_that_one_is_owed() {
    let town = Town::new();
    let link = one_offer(&town).await;
    town.browser().press(&link, &link, &[("answer", "yes"), ("hello", " \r\n ")]).await;
    assert!(town.browser().get(&link).await.text().contains("You have not written yet."));
}

#[actix_web::test]
async fn who_is_signed_in_answers_with_two_presses_too() {
    let town = Town::new();
    let ray = raise(&town, "Ray", "ray@mail.example").await;
    place(&town, "Jo", "jo@mail.example");
    town.tick();
    let link = town.new_offers().remove(0);
    // From a mail the strict cookies stay behind; with the press they come along.
    let token = token_on(&town.ask(TestRequest::get().uri(&link)).await.text());
    let done = ray.ask(press(&link, &with_token(&token, YES))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn not_this_time_is_thanked_and_told_to_nobody() {
    let town = Town::new();
    let link = one_offer(&town).await;
    let done = town.browser().press(&link, &link, NOT_NOW).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, link.as_str()));
    assert!(town.browser().get(&link).await.text().contains("Thank you for looking. Nobody is told."));
    assert!(town.new_notices().is_empty());
}

#[actix_web::test]
async fn whoever_is_second_reads_so_with_409() {
    let town = Town::new();
    raise(&town, "Ray", "ray@mail.example").await;
    raise(&town, "Kim", "kim@mail.example").await;
    place(&town, "Jo", "jo@mail.example");
    town.tick();
    let links = town.new_offers();
    assert_eq!(links.len(), 2);
    let token = fresh_token(&town);
    let first = town.ask(press(&links[0], &with_token(&token, YES))).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let second = town.ask(press(&links[1], &with_token(&token, YES))).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.text().contains("Someone already said yes, thank you."));
    let shown = town.browser().get(&links[1]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text().contains("Someone already said yes, thank you.") && !shown.text().contains(NOTE));
}

#[actix_web::test]
async fn a_withdrawn_request_moved_on() {
    let town = Town::new();
    raise(&town, "Ray", "ray@mail.example").await;
    let jo = place(&town, "Jo", "jo@mail.example");
    town.tick();
    let link = town.new_offers().remove(0);
    let token = fresh_token(&town);
    requests::withdraw(&town.ground, jo).unwrap();
    let late = town.ask(press(&link, &with_token(&token, YES))).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for text in [late.text(), town.browser().get(&link).await.text()] {
        assert!(text.contains("This one moved on. You did nothing wrong."));
    }
}

#[actix_web::test]
async fn a_late_yes_still_counts_and_one_without_a_place_does_not() {
    let town = Town::new();
    let first = one_offer(&town).await;
    town.ground.clock.turn(TimeDelta::hours(17));
    town.tick();
    let shown = town.browser().get(&first).await.text();
    assert!(shown.contains("We asked on. You can still say yes."));

    place(&town, "Lou", "lou@mail.example");
    town.tick();
    let second = town.new_offers().remove(0);
    assert_eq!(town.browser().press(&second, &second, YES).await.status, StatusCode::SEE_OTHER);
    let full = town.ask(press(&first, &with_token(&fresh_token(&town), YES))).await;
    assert_eq!(full.status, StatusCode::CONFLICT);
    assert!(full.text().contains("You have no room now. Sign in to make room."));
    assert!(full.text().contains("Write any time."), "the hello is kept on the page");
    assert!(town.browser().get(&first).await.text().contains("You have no room now."));
    assert_eq!(town.browser().press(&first, &first, NOT_NOW).await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_hello_too_long_is_kept_and_not_now_goes_through_all_the_same() {
    let town = Town::new();
    let link = one_offer(&town).await;
    let long = "a".repeat(2_001);
    let text = town.browser().press(&link, &link, &[("answer", "yes"), ("hello", &long)]).await.text();
    assert!(text.contains("Make it shorter") && text.contains(&long));
    let unseen = town.browser().press(&link, &link, &[("answer", "yes"), ("hello", "a\0b")]).await.text();
    assert!(unseen.contains("a sign that nobody can see"));
    let old = town.ask(press(&link, &[("k", "x"), ("answer", "yes"), ("hello", "Mine")])).await.text();
    assert!(old.contains("Please press send once more") && old.contains("Mine</textarea>"));
    let done = town.browser().press(&link, &link, &[("answer", "not-now"), ("hello", &long)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_link_that_leads_nowhere_is_not_here() {
    let town = Town::new();
    for link in ["/o/x", &format!("/o/{}", "a".repeat(26))] {
        assert_eq!(town.browser().get(link).await.status, StatusCode::NOT_FOUND);
        let pressed = town.ask(press(link, &with_token(&fresh_token(&town), YES))).await;
        assert_eq!(pressed.status, StatusCode::NOT_FOUND);
    }
}

fn with_token<'a>(token: &'a str, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("k", token)], fields].concat()
}

/// The token of a page opened from a mail is bound to nobody, so one serves for every such page.
fn fresh_token(town: &Town) -> String {
    let request = TestRequest::get().uri("/o/x").app_data(town.house.clone()).to_http_request();
    crate::web::page::Page::of(&request).unwrap().by_link().token()
}
