//! A member's own pages.

use chrono::TimeDelta;

use super::browser::{Browser, Inn, said};
use super::*;
use crate::hands;
use crate::matching::Kind;
use crate::matching::{DayPart, Descriptions};
use crate::members::{self, FirstName};
use crate::notices::Notice;
use crate::requests;
use crate::sponsorships::{self, Sponsorship};
use crate::vault::Address;

/// What an answer tells, without what is drawn anew each time.
pub(super) fn told(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .map(|(name, value)| match name.as_str() {
            "set-cookie" => (name, value.split_once('=').unwrap().0.to_owned() + value.split_once(';').unwrap().1),
            _ => (name, value),
        })
        .collect();
    headers.sort();
    let text = answer.text();
    let text = if text.contains("name=\"k\"") { text.replace(&token_on(&text), "TOKEN") } else { text };
    (answer.status, headers, text)
}

#[actix_web::test]
async fn a_known_and_an_unknown_address_get_the_same_bytes() {
    let inn = Inn::new();
    inn.newcomer("Jo", "jo@mail.example").await;
    let mut answers = Vec::new();
    for address in ["jo@mail.example", "no@mail.example"] {
        let mut browser = inn.browser();
        let mut seen = vec![told(&browser.get("/in").await)];
        let sent = browser.press("/in", &[("email", address)]).await;
        seen.push(told(&sent));
        seen.push(told(&browser.follow(&sent).await));
        seen.push(told(&browser.press("/in/code", &[("code", "00000000")]).await));
        let again = browser.press("/in/code/again", &[]).await;
        seen.push(told(&again));
        answers.push(seen);
    }
    assert!(answers[0] == answers[1]);
}

#[actix_web::test]
async fn the_numbers_open_the_page_of_a_member_and_tell_a_stranger_where_to_ask() {
    let inn = Inn::new();
    inn.newcomer("Jo", "jo@mail.example").await;
    let mut jo = inn.browser();
    jo.get("/in").await;
    let answer = jo.press("/in", &[("email", "jo@mail.example")]).await;
    jo.follow(&answer).await;
    let code = inn.code();
    let answer = jo.press("/in/code", &[("code", &code)]).await;
    assert_eq!(answer.location(), "/mine?c");
    assert!(said(&jo.follow(&answer).await.text()).contains("Jo"));
    assert_eq!(jo.get("/in").await.location(), "/mine");

    let mut stranger = inn.browser();
    stranger.get("/in").await;
    let answer = stranger.press("/in", &[("email", "no@mail.example")]).await;
    stranger.follow(&answer).await;
    let code = inn.code();
    let page = stranger.press("/in/code", &[("code", &code)]).await.text();
    assert!(said(&page).contains("We do not know this address yet. Ask here."));
    assert!(!stranger.has_cookie("__Host-s"));
}

#[actix_web::test]
async fn who_is_not_signed_in_is_led_to_the_way_in() {
    let inn = Inn::new();
    for path in
        ["/mine", "/mine/while", "/mine/stop", "/mine/with/x", "/mine/with/x/end", "/mine/delete", "/mine/delete/code"]
    {
        assert_eq!(inn.browser().get(path).await.location(), "/in", "{path}");
    }
}

/// A sponsor whose hand is up, for anyone and at any time.
pub(super) fn raise(inn: &Inn, address: &str) {
    let ground = &inn.ground;
    let draft = hands::Draft {
        first_name: FirstName::parse("Ray").unwrap(),
        invitation: members::invite(ground, members::InvitationKind::Sponsor, None).unwrap().text(),
        capacity: 1,
        weekly_limit: 4,
        rhythm: hands::Rhythm::Daily,
        ask_at_night: false,
        writes_for_now: false,
        walked_with: 0,
        shows_walked_with: false,
        ok_with_medicine: None,
        languages: 1,
        describes: Descriptions::UNSTATED.bits(),
        accepts: Descriptions::ANYONE.bits(),
        parts: DayPart::ALL.to_vec(),
    };
    let draft = serde_json::to_vec(&draft).unwrap();
    let ask = members::AskCode {
        door: members::CodeDoor::Raise,
        browser: b"another browser",
        address: &Address::parse(address).unwrap(),
        lang: crate::i18n::Lang::En,
        utc_offset_min: 0,
        draft: Some(&draft),
    };
    members::ask_code(ground, &ask).unwrap();
    hands::raise(ground, b"another browser", &inn.code()).unwrap();
    assert_eq!(ground.store.read(hands::count_up).unwrap(), 1);
}

#[actix_web::test]
async fn by_day_the_page_says_who_is_asked_and_when_a_coordinator_steps_in() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", "jo@mail.example").await;
    let page = said(&jo.get("/mine").await.text());
    assert!(page.contains("A coordinator is looking for you now"), "nobody could be asked: {page}");
    raise(&inn, "ray@mail.example");
    let page = said(&jo.get("/mine").await.text());
    assert!(page.contains("We are asking sponsors") && page.contains("Next, by tomorrow 08:00"), "{page}");
    requests::tick(&inn.ground).unwrap();
    let page = said(&jo.get("/mine").await.text());
    assert!(page.contains("today 08:00 We asked sponsors who have time") && !page.contains("We are asking"), "{page}");
    inn.ground.clock.turn(TimeDelta::minutes(31));
    assert_eq!(jo.get("/mine").await.location(), "/in", "an idle session is over");
}

#[actix_web::test]
async fn at_night_the_page_says_when_asking_begins() {
    let inn = Inn::new();
    raise(&inn, "ray@mail.example");
    inn.ground.clock.turn(TimeDelta::hours(14));
    let mut jo = inn.newcomer("Jo", "jo@mail.example").await;
    requests::tick(&inn.ground).unwrap();
    let page = said(&jo.get("/mine").await.text());
    assert!(page.contains("tomorrow 08:00 We ask first thing, from 08:00"), "{page}");
}

#[actix_web::test]
async fn stopping_takes_two_presses_and_asking_again_is_offered() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", "jo@mail.example").await;
    assert!(said(&jo.get("/mine/stop").await.text()).contains("You do not have to say why"));
    let answer = jo.press("/mine/stop", &[]).await;
    let page = jo.follow(&answer).await.text();
    assert!(said(&page).contains("not looking for anyone") && page.contains("href=\"/ask/name\""));
    let member = inn.member("jo@mail.example").unwrap();
    assert!(inn.ground.store.read(|conn| requests::find_waiting_of(conn, member)).unwrap().is_none());
}

#[actix_web::test]
async fn signing_out_ends_the_session() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", "jo@mail.example").await;
    jo.get("/mine").await;
    assert_eq!(jo.press("/mine/out", &[]).await.location(), "/");
    assert!(!jo.has_cookie("__Host-s"));
    assert_eq!(jo.get("/mine").await.location(), "/in");
}

/// Ray said yes to Jo, who had waited a while.
fn introduce(inn: &Inn) -> Sponsorship {
    introduce_to(inn, "ray@mail.example")
}

pub(super) fn introduce_to(inn: &Inn, sponsor: &str) -> Sponsorship {
    inn.ground.clock.turn(TimeDelta::minutes(5));
    let (jo, ray) = (inn.member("jo@mail.example").unwrap(), inn.member(sponsor).unwrap());
    let request = inn.ground.store.read(|conn| requests::find_waiting_of(conn, jo)).unwrap().unwrap();
    requests::withdraw(&inn.ground, jo).unwrap();
    inn.ground
        .store
        .write_tx(|tx| sponsorships::introduce(tx, &inn.ground, request.id, (ray, jo), Kind::Sponsor))
        .unwrap_or_else(|_| panic!("no pair"))
}

async fn pair(inn: &Inn) -> (Browser<'_>, Browser<'_>, String) {
    let jo = inn.newcomer("Jo", "jo@mail.example").await;
    let ray = inn.newcomer("Ray", "ray@mail.example").await;
    (jo, ray, format!("/mine/with/{}", introduce(inn).reference))
}

#[actix_web::test]
async fn the_two_of_a_pair_write_and_nobody_else_sees_their_page() {
    let inn = Inn::new();
    let (mut jo, mut ray, path) = pair(&inn).await;
    assert!(said(&jo.get("/mine").await.text()).contains("Ray said yes, and writes first"));
    let page = said(&jo.get(&path).await.text());
    for words in ["Ray will write first", "Write to Ray", "Ray sees your first name only"] {
        assert!(page.contains(words), "{page} lacks {words}");
    }
    assert!(said(&ray.get(&path).await.text()).contains("Jo waits for a first line from you"));
    let empty = ray.press(&path, &[("text", " ")]).await.text();
    assert!(said(&empty).contains("Write something first"));
    let answer = ray.press(&path, &[("text", "Hi Jo")]).await;
    assert_eq!(answer.location(), format!("{path}?sent"));
    assert!(said(&ray.follow(&answer).await.text()).contains("On its way to Jo"));
    assert!(said(&jo.get(&path).await.text()).contains("You write to each other by email"));

    let mut kim = inn.newcomer("Kim", "kim@mail.example").await;
    let theirs = kim.get(&path).await;
    let nothing = kim.get("/mine/with/aaaaaaaaaaaaaaaaaaaaaaaaaa").await;
    assert_eq!((theirs.status, nothing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    // The page says which path was asked for, and no more.
    assert!(theirs.text().replace(&path, "") == nothing.text().replace("/mine/with/aaaaaaaaaaaaaaaaaaaaaaaaaa", ""));
}

#[actix_web::test]
async fn an_end_says_word_for_word_what_the_other_reads() {
    let inn = Inn::new();
    let (mut jo, mut ray, path) = pair(&inn).await;
    let end = format!("{path}/end");
    assert!(said(&jo.get(&end).await.text()).contains("Your contact with Jo has ended, with thanks."));
    assert!(said(&ray.get(&end).await.text()).contains("Your contact with Ray has ended. It is not about you."));
    jo.get(&end).await;
    let answer = jo.press(&end, &[("how", "else")]).await;
    assert_eq!(answer.location(), "/mine");
    let page = said(&jo.follow(&answer).await.text());
    assert!(page.contains("We look for someone new. You keep your place."), "{page}");
    assert!(said(&ray.get(&path).await.text()).contains("This contact has ended"));
    let told = inn.mail().into_iter().filter(|(_, notice)| matches!(notice, Notice::ContactEndedSponsor { .. }));
    assert_eq!(told.map(|(to, _)| to).collect::<Vec<_>>(), ["ray@mail.example"]);
}

#[actix_web::test]
async fn a_mailed_question_shows_no_name_of_who_left_and_is_settled_once_answered() {
    let inn = Inn::new();
    let (_jo, mut ray, path) = pair(&inn).await;
    let end = format!("{path}/end");
    ray.get(&end).await;
    ray.press(&end, &[("how", "stop")]).await;
    let token = inn.mail().into_iter().find_map(|(_, notice)| match notice {
        Notice::ContactEnded { token, .. } => token,
        _ => None,
    });
    let question = format!("/q/{}", token.unwrap());
    let mut anybody = inn.browser();
    for _ in 0..2 {
        let page = anybody.get(&question).await.text();
        assert!(said(&page).contains("This contact has ended"), "{}", said(&page));
        assert!(!page.contains("Ray"), "who was erased has no name there either");
        assert!(!page.contains("mail.example") && !anybody.has_cookie("__Host-s"));
    }
    let member = inn.member("jo@mail.example").unwrap();
    let waits = || inn.ground.store.read(|conn| requests::find_waiting_of(conn, member)).unwrap().is_some();
    assert!(!waits(), "looking changes nothing");
    let answer = anybody.press(&question, &[("choice", "new")]).await;
    assert!(said(&anybody.follow(&answer).await.text()).contains("We are asking for you"));
    assert!(waits());
    assert!(said(&anybody.get(&question).await.text()).contains("This is settled. Nothing to do."));
    assert_eq!(anybody.get("/q/nothing").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn leaving_for_good_takes_fresh_numbers_and_leaves_nobody() {
    let inn = Inn::new();
    let (mut jo, mut ray, path) = pair(&inn).await;
    let page = said(&jo.get("/mine/delete").await.text());
    assert!(page.contains("gone at once") && page.contains("within 15 days"));
    let answer = jo.press("/mine/delete", &[]).await;
    jo.follow(&answer).await;
    let code = inn.code();
    let wrong = jo.press("/mine/delete/code", &[("code", "00000000")]).await.text();
    assert!(said(&wrong).contains("not the newest numbers") && inn.member("jo@mail.example").is_some());
    let mut thief = inn.newcomer("Kim", "kim@mail.example").await;
    thief.get("/mine/delete").await;
    thief.press("/mine/delete/code", &[("code", &code)]).await;
    assert!(inn.member("jo@mail.example").is_some(), "numbers work in one browser only");

    let answer = jo.press("/mine/delete/code", &[("code", &code)]).await;
    assert_eq!(answer.location(), "/mine/gone");
    assert!(said(&jo.follow(&answer).await.text()).contains("It is gone"));
    assert!(inn.member("jo@mail.example").is_none());
    assert!(!jo.has_cookie("__Host-s") && !jo.has_cookie("__Host-b"));
    assert_eq!(jo.get("/mine").await.location(), "/in");
    ray.get("/mine").await;
    assert_eq!(ray.get(&path).await.status, StatusCode::NOT_FOUND);
}
