//! What a member says of themselves, and what they may take with them.

use chrono::TimeDelta;

use super::browser::{Browser, Inn, PRESET, said};
use super::mine::{introduce_to, raise, told};
use super::*;
use crate::hands;
use crate::i18n::{Lang, check_words};
use crate::matching::Kind;
use crate::matching::{DayPart, DayParts, Hours};
use crate::members::{self, Member};
use crate::notices::Notice;
use crate::requests;
use crate::sponsorships;
use crate::store::types::Digest;
use crate::vault::Address;

const JO: &str = "jo@mail.example";

/// The answers of the form as the page has them, with some of them changed.
fn answers<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("name", "Jo"), ("lang", "en"), ("offset", "0")];
    for field in &mut fields {
        field.1 = changed.iter().find(|(name, _)| *name == field.0).map_or(field.1, |(_, value)| value);
    }
    fields.extend(changed.iter().filter(|(name, _)| *name == "seen"));
    fields
}

fn member(inn: &Inn, address: &str) -> Member {
    let id = inn.member(address).unwrap();
    inn.ground.store.read(|conn| members::find_member(conn, id)).unwrap().unwrap()
}

pub(super) async fn signs_in<'a>(inn: &'a Inn, address: &str) -> Browser<'a> {
    let mut browser = inn.browser();
    browser.get("/in").await;
    let answer = browser.press("/in", &[("email", address)]).await;
    browser.follow(&answer).await;
    let code = inn.code();
    assert_eq!(browser.press("/in/code", &[("code", &code)]).await.location(), "/mine?c");
    browser
}

async fn saves(browser: &mut Browser<'_>, changed: &[(&str, &str)]) -> Answer {
    browser.get("/mine/me").await;
    browser.press("/mine/me", &answers(changed)).await
}

#[actix_web::test]
async fn a_name_a_language_and_a_clock_are_changed_with_one_press() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    let page = jo.get("/mine").await.text();
    assert!(page.contains("href=\"/mine/me\""));
    let page = said(&jo.get("/mine/me").await.text());
    assert!(page.contains("Is it 08:00 for you?"), "{page}");
    let answer = saves(&mut jo, &[("name", "Joy"), ("lang", "es"), ("offset", "345")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/es/mine/me?s"));
    let page = said(&jo.follow(&answer).await.text());
    assert!(page.contains("Está guardado.") && page.contains("¿Son las 13:45 para ti?"), "{page}");
    let saved = member(&inn, JO);
    assert!((saved.first_name.as_str(), saved.lang, saved.utc_offset_min) == ("Joy", Lang::Es, 345));
    assert!(said(&jo.get("/mine").await.text()).contains("Joy"));
    // Whose language stays stays on the page they are on.
    let answer = saves(&mut jo, &[("lang", "es")]).await;
    assert_eq!(answer.location(), "/mine/me?s");
}

#[actix_web::test]
async fn a_name_that_cannot_be_is_asked_for_again_and_kept_as_typed() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    for (typed, words) in [
        ("", "Enter a name. Any name is fine."),
        ("jo@mail.example", "This looks like an email or a web address."),
        ("a\u{2028}b", "a sign nobody can see"),
    ] {
        let answer = saves(&mut jo, &[("name", typed)]).await;
        let page = answer.text();
        assert!(answer.status == StatusCode::OK && said(&page).contains(words), "{typed}: {page}");
        assert!(page.contains(&format!("value=\"{typed}\"")) && page.contains("id=\"name-said\""), "{page}");
        assert!(page.contains("<title>Error: Your page"), "{page}");
    }
    for wrong in [("lang", "xx"), ("offset", "7"), ("offset", "")] {
        assert!(said(&saves(&mut jo, &[wrong]).await.text()).contains("There is a problem"), "{wrong:?}");
    }
    assert!(member(&inn, JO).first_name.as_str() == "Jo");
}

#[actix_web::test]
async fn what_looks_like_a_full_name_gets_one_hint() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    let page = saves(&mut jo, &[("name", "Jo Kowalczyk")]).await.text();
    assert!(said(&page).contains("That looks like a full name.") && page.contains("name=\"seen\""));
    let answer = jo.press("/mine/me", &answers(&[("name", "Jo Kowalczyk"), ("seen", "1")])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = saves(&mut jo, &[("name", "Jo Kowalczyk"), ("offset", "60")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "a name that was kept before gets no hint again");
}

#[actix_web::test]
async fn the_hours_of_a_hand_and_of_a_request_move_with_their_owners_clock() {
    let inn = Inn::new();
    raise(&inn, "ray@mail.example");
    let mut ray = signs_in(&inn, "ray@mail.example").await;
    let id = inn.member("ray@mail.example").unwrap();
    let hand = || inn.ground.store.read(|conn| hands::find_hand(conn, id)).unwrap().unwrap();
    let parts = hand().parts;
    saves(&mut ray, &[("name", "Ray"), ("offset", "-480")]).await;
    assert!(hand().hours == Hours::of(parts, -480) && hand().parts == parts);

    let mut jo = inn.browser();
    jo.get("/ask/name").await;
    for (path, fields) in [
        ("/ask/name", vec![("name", "Jo")]),
        ("/ask/email", vec![("email", JO)]),
        ("/ask/who", [PRESET, &[("times", "evenings")]].concat()),
        ("/ask/check", vec![]),
    ] {
        let answer = jo.press(path, &fields).await;
        jo.follow(&answer).await;
    }
    let code = inn.code();
    jo.press("/ask/code", &[("code", &code)]).await;
    saves(&mut jo, &[("offset", "600")]).await;
    let id = inn.member(JO).unwrap();
    let request = inn.ground.store.read(|conn| requests::find_waiting_of(conn, id)).unwrap().unwrap();
    assert!(request.hours == Hours::of(DayParts::of([DayPart::Evenings]), 600));
}

#[actix_web::test]
async fn a_new_word_is_another_word_of_the_members_language() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    let mut word = member(&inn, JO).check_word;
    for _ in 0..20 {
        jo.get("/mine/me").await;
        let answer = jo.press("/mine/me/word", &[]).await;
        assert_eq!(answer.location(), "/mine/me?w");
        let page = said(&jo.follow(&answer).await.text());
        let new = member(&inn, JO).check_word;
        assert!(new != word && check_words::all(Lang::En).any(|known| known == new));
        assert!(page.contains("You have a new word.") && page.contains(&format!("Your word is {new}")), "{page}");
        word = new;
    }
    jo.page.clear();
    let old = jo.press("/mine/me/word", &[]).await;
    assert!(old.status == StatusCode::OK && said(&old.text()).contains("Please press send once more."));
    assert!(member(&inn, JO).check_word == word && old.text().contains("value=\"Jo\""));
}

#[actix_web::test]
async fn signing_out_everywhere_closes_every_browser_of_the_member_and_no_other() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    let mut phone = signs_in(&inn, JO).await;
    let mut kim = inn.newcomer("Kim", "kim@mail.example").await;
    assert_eq!(phone.get("/mine").await.status, StatusCode::OK);
    jo.get("/mine/me").await;
    let answer = jo.press("/mine/me/out", &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    assert!(!jo.has_cookie("__Host-s"));
    assert_eq!(jo.get("/mine").await.location(), "/in");
    assert_eq!(phone.get("/mine").await.location(), "/in");
    assert_eq!(kim.get("/mine").await.status, StatusCode::OK);
    // Once more, signed out already.
    assert_eq!(jo.press("/mine/me/out", &[]).await.location(), "/");
}

#[actix_web::test]
async fn who_is_not_signed_in_changes_nothing() {
    let inn = Inn::new();
    for path in ["/mine/me", "/es/mine/me"] {
        assert!(inn.browser().get(path).await.location().ends_with("/in"), "{path}");
    }
    for path in ["/mine/me", "/mine/me/word"] {
        assert_eq!(inn.browser().press(path, &answers(&[])).await.location(), "/in", "{path}");
    }
    for path in ["/mine/me/word", "/mine/me/out"] {
        assert_eq!(inn.browser().get(path).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

#[actix_web::test]
async fn what_is_kept_is_said_in_words_and_can_be_taken_along() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    let mut ray = inn.newcomer("Ray", "ray.canary@mail.example").await;
    introduce_to(&inn, "ray.canary@mail.example");
    let page = jo.get("/mine/me/kept").await.text();
    for words in [
        "Name Jo",
        "Email Kept sealed.",
        "Here since January 2027",
        "Your contacts: Ray.",
        "Your request: wishes, times, note",
        "signed in in one browser",
    ] {
        assert!(said(&page).contains(words), "{words}: {}", said(&page));
    }
    assert!(page.contains("<title>Your page -") && !page.contains("mail.example"), "no address is shown");
    assert!(said(&ray.get("/es/mine/me/kept").await.text()).contains("Tus contactos: Jo."));

    let answer = jo.get("/mine/me/copy").await;
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"copy.json\""));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let text = answer.text();
    let copy: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(copy["kept"]["members"]["first_name"], "Jo");
    assert_eq!(copy["kept"]["members"]["address"], "kept sealed; only the mail side can open it");
    assert_eq!(copy["kept"]["sponsorships"][0]["first_name_of_the_other"], "Ray");
    assert!(!text.contains("mail.example") && !text.contains("ray.canary"));
    assert_eq!(inn.browser().get("/mine/me/copy").await.location(), "/in");
    assert_eq!(inn.browser().get("/mine/me/kept").await.location(), "/in");
}

#[actix_web::test]
async fn two_people_of_one_name_are_told_apart_on_a_sponsors_pages() {
    let inn = Inn::new();
    raise(&inn, "ray@mail.example");
    let ray = inn.member("ray@mail.example").unwrap();
    let mut pairs = Vec::new();
    for address in [JO, "jo.two@mail.example"] {
        inn.newcomer("Jo", address).await;
        inn.ground.clock.turn(TimeDelta::minutes(5));
        let jo = inn.member(address).unwrap();
        let request = inn.ground.store.read(|conn| requests::find_waiting_of(conn, jo)).unwrap().unwrap();
        let pair = inn
            .ground
            .store
            .write_tx(|tx| sponsorships::introduce(tx, &inn.ground, request.id, (ray, jo), Kind::Sponsor));
        pairs.push(pair.unwrap_or_else(|_| panic!("no pair")));
    }
    let mut browser = signs_in(&inn, "ray@mail.example").await;
    let page = said(&browser.get("/mine").await.text());
    assert!(page.contains("Jo waits for a first line") && page.contains("Jo (2) waits for a first line"), "{page}");
    for (pair, heading) in pairs.iter().zip(["<h1>Jo</h1>", "<h1>Jo (2)</h1>"]) {
        let page = browser.get(&format!("/mine/with/{}", pair.reference)).await.text();
        assert!(page.contains(heading), "{page}");
    }
    // The number stays when the contact with the first has ended.
    sponsorships::end_of(&inn.ground, ray, &pairs[0].reference).unwrap();
    let page = said(&browser.get("/mine").await.text());
    assert!(page.contains("Jo (2) waits for a first line") && !page.contains("Jo waits"), "{page}");
}

/// Types this address; ends on the page for the numbers.
async fn asks_for(browser: &mut Browser<'_>, address: &str) -> Vec<Answer> {
    let shown = browser.get("/mine/me/address").await;
    let sent = browser.press("/mine/me/address", &[("email", address)]).await;
    assert_eq!(sent.location(), "/mine/me/address/code?c", "{}", sent.text());
    let numbers = browser.follow(&sent).await;
    vec![shown, sent, numbers]
}

fn hash(inn: &Inn, address: &str) -> Digest {
    inn.ground.vault.memory_hash(&Address::parse(address).unwrap())
}

#[actix_web::test]
async fn another_address_is_proven_and_the_old_mailbox_is_told_without_it() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    inn.newcomer("Ray", "ray@mail.example").await;
    introduce_to(&inn, "ray@mail.example");
    let (id, word) = (inn.member(JO).unwrap(), member(&inn, JO).check_word);
    inn.mail();
    for wrong in ["", "jo", "jo@post.example"] {
        jo.get("/mine/me/address").await;
        let page = jo.press("/mine/me/address", &[("email", wrong)]).await.text();
        assert!(page.contains("id=\"email-said\"") && page.contains(&format!("value=\"{wrong}\"")), "{page}");
    }
    asks_for(&mut jo, "joy@new.example").await;
    assert!(said(&jo.page).contains(&format!("after your word {word}")), "{}", said(&jo.page));
    let mails = inn.mail();
    let [(to, Notice::Code { code, .. })] = mails.as_slice() else { panic!("one mail, with numbers") };
    assert_eq!(to, "joy@new.example");
    let page = jo.press("/mine/me/address/code", &[("code", "00000000")]).await.text();
    assert!(said(&page).contains("Those are not the newest numbers."));
    assert!(inn.member(JO) == Some(id), "nothing changes before");

    let answer = jo.press("/mine/me/address/code", &[("code", code)]).await;
    assert_eq!(answer.location(), "/mine/me?a");
    assert!(said(&jo.follow(&answer).await.text()).contains("Your new email works."));
    assert!(inn.member("joy@new.example") == Some(id) && inn.member(JO).is_none());
    let mails = inn.mail();
    let [(to, Notice::AddressChanged)] = mails.as_slice() else { panic!("one mail, to the old mailbox") };
    assert_eq!(to, JO);
    // Whom she met is not offered to her again, whichever address comes back.
    let ray = hash(&inn, "ray@mail.example");
    let remembered = |address| inn.ground.store.read(|conn| sponsorships::list_remembered(conn, &hash(&inn, address)));
    assert!(remembered(JO).unwrap() == [ray] && remembered("joy@new.example").unwrap() == [ray]);
    signs_in(&inn, "joy@new.example").await;
    inn.ground.clock.turn(TimeDelta::hours(25));
    members::forget_drafts(&inn.ground).unwrap();
    assert_eq!(inn.ground.store.read(members::count_members).unwrap(), 2);
}

#[actix_web::test]
async fn an_address_of_another_member_gets_the_same_pages_and_changes_nothing() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    inn.newcomer("Kim", "kim@mail.example").await;
    inn.mail();
    let mut seen = Vec::new();
    for address in ["no@mail.example", "kim@mail.example"] {
        let mut pages: Vec<_> = asks_for(&mut jo, address).await.iter().map(told).collect();
        pages.push(told(&jo.press("/mine/me/address/code", &[("code", "00000000")]).await));
        seen.push(pages);
    }
    assert!(seen[0] == seen[1]);
    // Kim's numbers do not join the two, and those of one member are of no use to another in the same browser.
    let code = inn.code();
    let page = jo.press("/mine/me/address/code", &[("code", &code)]).await.text();
    assert!(said(&page).contains("This email is with us already."), "{page}");
    assert!(inn.member(JO).is_some() && member(&inn, "kim@mail.example").first_name.as_str() == "Kim");
    assert!(inn.mail().is_empty(), "no mailbox is told");
}

#[actix_web::test]
async fn numbers_one_member_asked_for_do_not_move_another_who_signs_in_here() {
    let inn = Inn::new();
    let mut jo = inn.newcomer("Jo", JO).await;
    inn.newcomer("Kim", "kim@mail.example").await;
    asks_for(&mut jo, "joy@new.example").await;
    let code = inn.code();
    jo.get("/mine/me").await;
    let session = signs_in(&inn, "kim@mail.example").await;
    jo.takes_cookie_of(&session, "__Host-s");
    jo.get("/mine/me/address/code").await;
    let answer = jo.press("/mine/me/address/code", &[("code", &code)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/mine/me"));
    assert!(inn.member("joy@new.example").is_none() && inn.member("kim@mail.example").is_some());
}
