//! A newcomer asks, and comes back.

use chrono::TimeDelta;

use super::browser::{Inn, PRESET, said};
use super::*;
use crate::notices::Notice;
use crate::requests::{self, State};

#[actix_web::test]
async fn six_presses_and_three_typed_fields_place_a_request() {
    let inn = Inn::new();
    let mut jo = inn.browser();
    for (path, next, fields) in [
        ("/ask/name", "/ask/email?c", &[("name", "Jo")][..]),
        ("/ask/email", "/ask/who?c", &[("email", "jo@mail.example")]),
        ("/ask/who", "/ask/check?c", PRESET),
    ] {
        if path == "/ask/name" {
            jo.get(path).await;
        }
        let answer = jo.press(path, fields).await;
        assert_eq!(answer.location(), next, "{}", answer.text());
        jo.follow(&answer).await;
    }
    let check = said(&jo.page);
    for word in ["Jo", "jo@mail.example", "Anyone", "English", "Any time", "18 or over", "Nothing is sent"] {
        assert!(check.contains(word), "{check} lacks {word}");
    }
    assert!(inn.mail().is_empty(), "nothing is sent before the button");
    let answer = jo.press("/ask/check", &[]).await;
    let code_page = jo.follow(&answer).await.text();
    let Some((mailbox, Notice::Code { code, .. })) = inn.mail().pop() else { panic!("no code") };
    assert_eq!(mailbox, "jo@mail.example");
    assert!(!code_page.contains("jo@mail.example"), "no page shows the address after Send");
    assert_eq!(inn.member("jo@mail.example"), None, "no member before the address is proven");
    let grouped = format!("{} {}", &code[..4], &code[4..]);
    let answer = jo.press("/ask/code", &[("code", &grouped)]).await;
    let done = jo.follow(&answer).await.text();
    assert!(said(&done).contains("Your request is in, Jo"));
    assert!(!jo.has_cookie("__Host-d") && !jo.has_cookie("__Host-b") && jo.has_cookie("__Host-s"));
    let member = inn.member("jo@mail.example").unwrap();
    let request = inn.ground.store.read(|conn| requests::find_waiting_of(conn, member)).unwrap().unwrap();
    assert_eq!(request.state, State::Waiting);
    let page = said(&jo.get("/mine").await.text());
    for word in ["Your request is in, Jo", "Your word is", "Your email works", "Stop looking"] {
        assert!(page.contains(word), "{page} lacks {word}");
    }
}

#[actix_web::test]
async fn the_same_in_spanish() {
    let inn = Inn::new();
    let mut jo = inn.browser();
    jo.get("/es/ask/name").await;
    for (path, fields) in [
        ("/es/ask/name", &[("name", "Jo")][..]),
        ("/es/ask/email", &[("email", "jo@mail.example")]),
        ("/es/ask/who", PRESET),
        ("/es/ask/check", &[]),
    ] {
        let answer = jo.press(path, fields).await;
        assert!(answer.location().starts_with("/es/ask/"));
        jo.follow(&answer).await;
        assert!(!jo.page.contains("[ask-") && jo.page.contains("lang=\"es\""));
    }
    let code = inn.code();
    let answer = jo.press("/es/ask/code", &[("code", &code)]).await;
    assert!(said(&jo.follow(&answer).await.text()).contains("Tu petición está en marcha, Jo"));
}

#[actix_web::test]
async fn any_name_is_taken_whole_and_what_cannot_be_seen_is_refused_in_words() {
    let inn = Inn::new();
    let forty = "ñ".repeat(40);
    for name in ["O'Brien", "<b>", "😀", "👩‍👩‍👧", "عمر", "J", forty.as_str()] {
        let mut browser = inn.browser();
        browser.get("/ask/name").await;
        let answer = browser.press("/ask/name", &[("name", name)]).await;
        assert_eq!(answer.location(), "/ask/email?c", "{name}");
        browser.get("/ask/name").await;
        let html = scraper::Html::parse_document(&browser.page);
        let field = scraper::Selector::parse("#name").unwrap();
        assert_eq!(html.select(&field).next().unwrap().attr("value"), Some(name));
    }
    let too_long = "a".repeat(41);
    for (name, words) in [
        ("", "Any name is fine"),
        ("   ", "Any name is fine"),
        (too_long.as_str(), "40 letters or less"),
        ("Jo\r\nBcc: x@y.example", "Leave out line breaks"),
        ("Jo\0", "Leave out line breaks"),
    ] {
        let mut browser = inn.browser();
        browser.get("/ask/name").await;
        let answer = browser.press("/ask/name", &[("name", name)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(said(&answer.text()).contains(words), "{name:?}");
        assert!(answer.cookies().is_empty(), "no cookie for what was not taken");
    }
}

#[actix_web::test]
async fn a_full_name_gets_one_kind_hint_and_then_goes_through() {
    let inn = Inn::new();
    let mut browser = inn.browser();
    browser.get("/ask/name").await;
    let hint = browser.press("/ask/name", &[("name", "Dana Kowalski")]).await.text();
    assert!(said(&hint).contains("First name is enough") && hint.contains("value=\"Dana Kowalski\""));
    let answer = browser.press("/ask/name", &[("name", "Dana Kowalski"), ("seen", "1")]).await;
    assert_eq!(answer.location(), "/ask/email?c");
}

#[actix_web::test]
async fn a_slip_in_the_address_is_asked_about_once_and_one_press_fixes_it() {
    let inn = Inn::new();
    let mut browser = inn.browser();
    browser.get("/ask/name").await;
    let answer = browser.press("/ask/name", &[("name", "Jo")]).await;
    browser.follow(&answer).await;
    for (typed, words) in [
        ("", "Enter an email"),
        ("jo@", "Enter an email"),
        ("jo@mail.example\r\nBcc: x@y.example", "Enter an email"),
        ("jö@mail.example", "plain letters"),
        ("jo@post.example", "one of our own addresses"),
        ("jo@gmial.com", "Did you mean jo@gmail.com?"),
    ] {
        let answer = browser.press("/ask/email", &[("email", typed)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{typed}");
        assert!(said(&answer.text()).contains(words), "{typed}: {}", said(&answer.text()));
    }
    let keeps = browser.press("/ask/email", &[("email", "jo@gmial.com"), ("seen", "jo@gmial.com")]).await;
    assert_eq!(keeps.location(), "/ask/who?c");
    let fixes = browser.press("/ask/email", &[("email", "jo@gmial.com"), ("fix", "jo@gmail.com")]).await;
    assert_eq!(fixes.location(), "/ask/who?c");
    browser.get("/ask/email").await;
    assert!(browser.page.contains("value=\"jo@gmail.com\""));
}

#[actix_web::test]
async fn wishes_are_kept_when_one_is_to_be_put_right() {
    let inn = Inn::new();
    let mut browser = inn.browser();
    browser.get("/ask/name").await;
    let answer = browser.press("/ask/name", &[("name", "Jo")]).await;
    browser.follow(&answer).await;
    let answer = browser.press("/ask/email", &[("email", "jo@mail.example")]).await;
    browser.follow(&answer).await;
    let long = "x".repeat(301);
    let typed = [("who", "anyone"), ("who", "woman"), ("must", "must"), ("times", "evenings"), ("offset", "60")];
    let wrong = [&typed[..], &[("note", long.as_str())]].concat();
    let answer = browser.press("/ask/who", &wrong).await.text();
    for words in ["Tick at least one language", "300 letters or less"] {
        assert!(said(&answer).contains(words), "{words}");
    }
    assert!(answer.contains("value=\"woman\" checked") && answer.contains("value=\"60\" selected"));
    let right = [&typed[..], &[("languages", "es"), ("note", "line one\r\nline two")]].concat();
    let answer = browser.press("/ask/who", &right).await;
    let check = said(&browser.follow(&answer).await.text());
    for words in ["Only: A woman", "Español", "Evenings", "line one"] {
        assert!(check.contains(words), "{check} lacks {words}");
    }
    let tampered = browser.press("/ask/who", &[("who", "giant"), ("offset", "0")]).await;
    assert_eq!(tampered.status, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn every_way_the_numbers_can_be_of_no_use_has_its_sentence() {
    let inn = Inn::new();
    let mut jo = inn.browser();
    jo.ask_as("Jo", "jo@mail.example").await;
    let first = inn.code();
    for (typed, words) in [("123", "Type all 8 numbers"), ("12345678", "not the newest numbers")] {
        let page = jo.press("/ask/code", &[("code", typed)]).await.text();
        assert!(said(&page).contains(words), "{typed}");
        assert!(!page.contains(&format!("value=\"{typed}\"")), "numbers are not shown again");
    }
    let mut other = inn.browser();
    let elsewhere = said(&other.get("/ask/code").await.text());
    assert!(elsewhere.contains("The numbers work where you asked"), "{elsewhere}");
    assert!(said(&other.press("/ask/code", &[("code", &first)]).await.text()).contains("work where you asked"));

    let answer = jo.press("/ask/code/again", &[]).await;
    assert!(said(&jo.follow(&answer).await.text()).contains("New numbers are on their way"));
    let second = inn.code();
    assert!(said(&jo.press("/ask/code", &[("code", &first)]).await.text()).contains("not the newest"));

    inn.ground.clock.turn(TimeDelta::minutes(61));
    let page = jo.press("/ask/code", &[("code", &second)]).await.text();
    assert!(said(&page).contains("too old. We just sent you new ones"), "{}", said(&page));
    let third = inn.code();
    for _ in 0..4 {
        jo.press("/ask/code", &[("code", "00000000")]).await;
    }
    let page = jo.press("/ask/code", &[("code", "00000000")]).await.text();
    assert!(said(&page).contains("5 times now"), "{}", said(&page));
    let fourth = inn.code();
    assert!(said(&jo.press("/ask/code", &[("code", &third)]).await.text()).contains("not the newest"));
    let answer = jo.press("/ask/code", &[("code", &fourth)]).await;
    assert_eq!(answer.location(), "/ask/done?c");
}

#[actix_web::test]
async fn too_many_numbers_for_one_address_lead_to_a_sentence_and_keep_the_answers() {
    let inn = Inn::new();
    for _ in 0..3 {
        inn.browser().ask_as("Jo", "jo@mail.example").await;
    }
    let mut fourth = inn.browser();
    fourth.get("/ask/name").await;
    for (path, fields) in
        [("/ask/name", &[("name", "Jo")][..]), ("/ask/email", &[("email", "jo@mail.example")]), ("/ask/who", PRESET)]
    {
        let answer = fourth.press(path, fields).await;
        fourth.follow(&answer).await;
    }
    let page = fourth.press("/ask/check", &[]).await.text();
    assert!(said(&page).contains("Wait an hour") && page.contains("jo@mail.example"));
    inn.ground.clock.turn(TimeDelta::minutes(61));
    assert_eq!(fourth.press("/ask/check", &[]).await.location(), "/ask/code?c");
}

#[actix_web::test]
async fn pressing_twice_going_back_and_loading_again_do_no_harm() {
    let inn = Inn::new();
    let mut jo = inn.browser();
    jo.ask_as("Jo", "jo@mail.example").await;
    assert_eq!(jo.get("/ask/check").await.location(), "/ask/code", "what was sent is not sent again");
    jo.get("/ask/code").await;
    let code = inn.code();
    let stale = jo.page.clone();
    assert_eq!(jo.press("/ask/code", &[("code", &code)]).await.location(), "/ask/done?c");
    jo.page.clone_from(&stale);
    assert_eq!(jo.press("/ask/code", &[("code", &code)]).await.location(), "/ask/done");
    assert_eq!(jo.get("/ask/code").await.location(), "/ask/done");
    jo.get("/ask/done").await;
    jo.get("/ask/done").await;
    let member = inn.member("jo@mail.example").unwrap();
    let waiting = inn.ground.store.read(requests::list_waiting).unwrap();
    assert_eq!(waiting.iter().filter(|request| request.member == member).count(), 1);
}

#[actix_web::test]
async fn missing_answers_lead_to_the_start_and_blocked_cookies_to_their_sentence() {
    let inn = Inn::new();
    for path in ["/ask/email", "/ask/who", "/ask/check"] {
        assert_eq!(inn.browser().get(path).await.location(), "/ask/name?again", "{path}");
        assert_eq!(inn.browser().press(path, PRESET).await.location(), "/ask/name?again", "{path}");
        let blocked = inn.browser().get(&format!("{path}?c")).await;
        assert!(blocked.text().contains("did not keep our cookie"), "{path}");
    }
    let mut closed = inn.browser();
    closed.get("/ask/name").await;
    closed.press("/ask/name", &[("name", "Jo")]).await;
    inn.ground.clock.turn(TimeDelta::hours(25));
    let answer = closed.get("/ask/email").await;
    assert!(said(&closed.follow(&answer).await.text()).contains("stayed in this browser for a day"));
}

#[actix_web::test]
async fn a_form_left_a_day_asks_for_one_more_press_and_keeps_what_was_typed() {
    let inn = Inn::new();
    let mut jo = inn.browser();
    jo.get("/ask/name").await;
    inn.ground.clock.turn(TimeDelta::hours(25));
    let page = jo.press("/ask/name", &[("name", "Jo")]).await.text();
    assert!(said(&page).contains("press send once more") && page.contains("value=\"Jo\""));
    assert_eq!(jo.press("/ask/name", &[("name", "Jo")]).await.location(), "/ask/email?c");
}
