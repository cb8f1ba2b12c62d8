//! A sponsor's way in, and the page of a hand.

use chrono::TimeDelta;

use super::ground::{Browser, Town};
use super::*;
use crate::hands::{self, Hand, PROMISE_VERSION, State};
use crate::members::{self, InvitationKind};

fn invite(town: &Town) -> String {
    let token = members::invite(&town.ground, InvitationKind::Sponsor, None).unwrap();
    format!("/raise/{}", token.text())
}

pub(super) const HAND: &[(&str, &str)] = &[
    ("may", "steps"),
    ("may", "sponsor"),
    ("times", "evenings"),
    ("times", "mornings"),
    ("accepts", "anyone"),
    ("capacity", "1"),
    ("weekly", "4"),
    ("rhythm", "few-a-week"),
    ("languages", "en"),
    ("night", "yes"),
    ("offset", "0"),
];

/// Up to the page with the code.
async fn ask_code(browser: &Browser<'_>, name: &str, email: &str) {
    let invitation = invite(browser.town);
    let begun = browser.press(&invitation, &invitation, &[]).await;
    assert_eq!((begun.status, begun.location()), (StatusCode::SEE_OTHER, "/raise/you?c"));
    let named = browser.press("/raise/you?c", "/raise/you", &[("name", name), ("email", email)]).await;
    assert_eq!((named.status, named.location()), (StatusCode::SEE_OTHER, "/raise/hand?c"));
    let sent = browser.press("/raise/hand?c", "/raise/hand", HAND).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/raise/code?c"));
}

/// The whole way: a hand that is up, in a browser that is signed in.
pub(super) async fn raise<'a>(town: &'a Town, name: &str, email: &str) -> Browser<'a> {
    let browser = town.browser();
    ask_code(&browser, name, email).await;
    let code = town.new_code();
    let done = browser.press("/raise/code?c", "/raise/code", &[("code", &code)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/mine?c"));
    browser
}

fn only_hand(town: &Town) -> Option<Hand> {
    let mut hands = town.ground.store.read(hands::list_hands).unwrap();
    assert!(hands.len() <= 1);
    hands.pop()
}

#[actix_web::test]
async fn an_invitation_opens_once_and_says_what_became_of_it() {
    let town = Town::new();
    let says = |path: String, words: &'static str| {
        let town = &town;
        async move {
            let text = town.browser().get(&path).await.text();
            assert!(text.contains(words), "{path} does not say: {words}");
            assert!(!text.contains("I can sponsor"), "{path} goes on");
        }
    };
    says("/raise/nothing".into(), "We do not know this invitation.").await;
    says(format!("/raise/{}", "a".repeat(26)), "We do not know this invitation.").await;
    let coordinators = members::invite(&town.ground, InvitationKind::Coordinator, None).unwrap();
    says(format!("/raise/{}", coordinators.text()), "We do not know this invitation.").await;

    let old = invite(&town);
    assert!(town.browser().get(&old).await.text().contains("I can sponsor"));
    town.ground.clock.turn(TimeDelta::days(14));
    says(old.clone(), "This one is too old. Ask for a new one.").await;
    says(format!("/es{old}"), "Pide una nueva.").await;
}

#[actix_web::test]
async fn a_hand_is_up_after_four_presses_and_the_invitation_is_spent() {
    let town = Town::new();
    let invitation = invite(&town);
    let browser = town.browser();
    let before = town.bytes();
    browser.press(&invitation, &invitation, &[]).await;
    browser.press("/raise/you", "/raise/you", &[("name", "Ray"), ("email", "ray@mail.example")]).await;
    browser.get("/raise/hand").await;
    assert!(town.bytes() == before, "nothing is stored before the button");
    browser.press("/raise/hand", "/raise/hand", HAND).await;
    assert!(only_hand(&town).is_none(), "not before the code");
    let code = town.new_code();
    browser.press("/raise/code", "/raise/code", &[("code", &code)]).await;
    let hand = only_hand(&town).unwrap();
    assert_eq!((hand.state, hand.capacity, hand.weekly_limit), (State::Up, 1, 4));
    assert!(hand.ask_at_night && hand.parts.parts().count() == 2);
    assert_eq!((hand.promise_version, hand.promise_month), (PROMISE_VERSION, town.ground.now().month()));
    let again = town.browser().get(&invitation).await.text();
    assert!(again.contains("This invitation was used. If that was you, sign in."));
}

#[actix_web::test]
async fn a_hand_without_an_invitation_waits_for_somebodys_word() {
    let town = Town::new();
    let browser = town.browser();
    let first = browser.get("/raise").await.text();
    assert!(first.contains("I can sponsor") && first.contains("gives their word for you"));
    let begun = browser.press("/raise", "/raise", &[]).await;
    assert_eq!((begun.status, begun.location()), (StatusCode::SEE_OTHER, "/raise/you?c"));
    browser.press("/raise/you", "/raise/you", &[("name", "Ray"), ("email", "ray@mail.example")]).await;
    assert!(browser.get("/raise/hand").await.text().contains("your hand waits for someone who knows you"));
    browser.press("/raise/hand", "/raise/hand", HAND).await;
    let code = town.new_code();
    let done = browser.press("/raise/code", "/raise/code", &[("code", &code)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/mine?c"));
    let hand = only_hand(&town).unwrap();
    assert_eq!((hand.state, hand.vouched_on, hand.raised_on), (State::Pending, None, Some(town.ground.now().day())));
}

#[actix_web::test]
async fn a_tick_left_out_is_said_kindly_in_both_languages_and_nothing_is_lost() {
    for (prefix, words) in
        [("", "We need every one of these ticks before a hand goes up."), ("/es", "Hacen falta todas estas marcas")]
    {
        let town = Town::new();
        let browser = town.browser();
        let at = |path: &str| format!("{prefix}{path}");
        browser.press(&at("/raise"), &at("/raise"), &[]).await;
        let you = [("name", "Ray"), ("email", "ray@mail.example")];
        browser.press(&at("/raise/you"), &at("/raise/you"), &you).await;
        for left_out in ["steps", "sponsor"] {
            let ticked: Vec<_> = HAND.iter().copied().filter(|(_, value)| *value != left_out).collect();
            let text = browser.press(&at("/raise/hand"), &at("/raise/hand"), &ticked).await.text();
            assert!(text.contains(words), "{prefix} without {left_out}");
            let html = scraper::Html::parse_document(&text);
            let picked = scraper::Selector::parse("[checked], [selected]").unwrap();
            let kept: Vec<_> = html.select(&picked).filter_map(|box_| box_.attr("value")).collect();
            for (name, value) in &ticked {
                assert!(kept.contains(value), "{prefix} without {left_out}, {name} {value} is lost");
            }
            assert!(!kept.contains(&left_out), "nobody ticks for them");
        }
        assert!(town.new_notices().is_empty(), "no code was sent");
    }
}

#[actix_web::test]
async fn two_who_got_one_invitation_are_told_apart_by_the_code() {
    let town = Town::new();
    let invitation = invite(&town);
    let (first, second) = (town.browser(), town.browser());
    let mut codes = Vec::new();
    for (browser, email) in [(&first, "ray@mail.example"), (&second, "kim@mail.example")] {
        browser.press(&invitation, &invitation, &[]).await;
        browser.press("/raise/you", "/raise/you", &[("name", "Ray"), ("email", email)]).await;
        browser.press("/raise/hand", "/raise/hand", HAND).await;
        codes.push(town.new_code());
    }
    first.press("/raise/code", "/raise/code", &[("code", &codes[0])]).await;
    let late = second.press("/raise/code", "/raise/code", &[("code", &codes[1])]).await;
    assert!(late.text().contains("This invitation was used."));
    assert!(only_hand(&town).is_some());
}

#[actix_web::test]
async fn a_hand_without_a_time_says_so_and_keeps_every_other_answer() {
    let town = Town::new();
    let browser = town.browser();
    let invitation = invite(&town);
    browser.press(&invitation, &invitation, &[]).await;
    browser.press("/raise/you", "/raise/you", &[("name", "Ray"), ("email", "ray@mail.example")]).await;
    let without = |gone: &str| HAND.iter().copied().filter(|(name, _)| *name != gone).collect::<Vec<_>>();
    for (gone, words) in [
        ("times", "Tick at least one time."),
        ("languages", "Tick at least one language."),
        ("accepts", "Tick &#34;Anyone&#34;, or the people you can sponsor."),
        ("may", "We need every one of these ticks"),
        ("weekly", "Pick one from the list."),
        ("offset", "Pick one from the list."),
    ] {
        let text = browser.press("/raise/hand", "/raise/hand", &without(gone)).await.text();
        assert!(text.contains(words), "without {gone}");
        let html = scraper::Html::parse_document(&text);
        let picked = scraper::Selector::parse("[checked], [selected]").unwrap();
        let kept: Vec<_> = html.select(&picked).filter_map(|box_| box_.attr("value")).collect();
        for (name, value) in without(gone) {
            assert!(kept.contains(&value), "without {gone}, {name} {value} is lost");
        }
    }
    let wrong = [without("capacity"), vec![("capacity", "6")]].concat();
    assert!(browser.press("/raise/hand", "/raise/hand", &wrong).await.text().contains("Pick one from the list."));
    assert!(town.new_notices().is_empty(), "no code was sent");
}

#[actix_web::test]
async fn any_name_goes_and_what_cannot_be_seen_is_said() {
    let town = Town::new();
    let browser = town.browser();
    let invitation = invite(&town);
    browser.press(&invitation, &invitation, &[]).await;
    for name in ["Jo", "O'Brien", "<b>", "😀", "عمر", &"x".repeat(40)] {
        let sent = browser.press("/raise/you", "/raise/you", &[("name", name), ("email", "a@mail.example")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}");
        let text = browser.get("/raise/you").await.text();
        let html = scraper::Html::parse_document(&text);
        let field = scraper::Selector::parse("#name").unwrap();
        assert_eq!(html.select(&field).next().unwrap().attr("value"), Some(name));
    }
    for (name, email, words) in [
        ("", "a@mail.example", "Enter a name. Any name is fine."),
        (&"x".repeat(41), "a@mail.example", "Use 40 letters or fewer."),
        ("a\nb", "a@mail.example", "This name has a line break"),
        ("a\0b", "a@mail.example", "This name has a line break"),
        ("Jo", "", "Enter your email."),
        ("Jo", "jo", "This does not look like an email."),
        ("Jo", "a\r\nb@mail.example", "This does not look like an email."),
    ] {
        let answer = browser.press("/raise/you", "/raise/you", &[("name", name), ("email", email)]).await;
        assert!(answer.status == StatusCode::OK && answer.text().contains(words), "{name:?} {email:?}");
    }
}

#[actix_web::test]
async fn a_code_that_does_not_open_says_why() {
    let town = Town::new();
    let browser = town.browser();
    ask_code(&browser, "Ray", "ray@mail.example").await;
    let code = town.new_code();
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for (typed, words) in [("12", "Type all 8 numbers"), (wrong, "Those are not the newest numbers.")] {
        let text = browser.press("/raise/code", "/raise/code", &[("code", typed)]).await.text();
        assert!(text.contains(words) && !text.contains(&format!("value=\"{typed}\"")), "{typed}");
    }
    let elsewhere = town.browser().get("/raise/code").await;
    assert!(elsewhere.text().contains("These numbers work in the browser where you asked for them."));
    assert_eq!(town.browser().get("/raise/code?c").await.status, StatusCode::BAD_REQUEST, "blocked cookies");

    town.ground.clock.turn(TimeDelta::minutes(59));
    let again = browser.press("/raise/code", "/raise/again", &[]).await;
    assert_eq!((again.status, again.location()), (StatusCode::SEE_OTHER, "/raise/code?sent"));
    assert!(browser.get("/raise/code?sent").await.text().contains("New numbers are on their way."));
    let newer = town.new_code();
    assert_ne!(newer, code);
    let old = browser.press("/raise/code", "/raise/code", &[("code", &code)]).await;
    assert!(old.text().contains("Those are not the newest numbers."));
    let done = browser.press("/raise/code", "/raise/code", &[("code", &newer)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn the_share_of_codes_of_one_address_is_said_and_nothing_is_lost() {
    let town = Town::new();
    let browser = town.browser();
    ask_code(&browser, "Ray", "ray@mail.example").await;
    for _ in 0..2 {
        assert_eq!(browser.press("/raise/code", "/raise/again", &[]).await.status, StatusCode::SEE_OTHER);
    }
    for (page, path, fields) in [("/raise/code", "/raise/again", &[][..]), ("/raise/hand", "/raise/hand", HAND)] {
        let text = browser.press(page, path, fields).await.text();
        assert!(text.contains("We sent you numbers a few times already."), "{path}");
    }
}

#[actix_web::test]
async fn a_hand_goes_down_and_up_and_rests_by_one_press_each() {
    let town = Town::new();
    let browser = raise(&town, "Ray", "ray@mail.example").await;
    let stands = || only_hand(&town).map(|hand| (hand.state, hand.paused_until));
    let shown = browser.get("/mine/hand").await.text();
    assert!(shown.contains("Your hand is up until"));
    for (path, fields, state, words) in [
        ("/mine/hand/lower", &[][..], State::Down, "Your hand is down."),
        ("/mine/hand/back", &[], State::Up, "Your hand is up until"),
        ("/mine/hand/pause", &[("pause", "4")], State::Paused, "Your hand is on a break until"),
        ("/mine/hand/pause", &[("pause", "day"), ("until", "2027-01-20")], State::Paused, "until Wednesday 00:00"),
        ("/mine/hand/back", &[], State::Up, "Your hand is up until"),
    ] {
        let done = browser.press("/mine/hand", path, fields).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/mine/hand?s"), "{path}");
        assert_eq!(stands().map(|(state, _)| state), Some(state), "{path}");
        assert!(browser.get("/mine/hand").await.text().contains(words), "{path}");
    }
    let bad = browser.press("/mine/hand", "/mine/hand/pause", &[("pause", "day"), ("until", "soon")]).await;
    assert!(bad.text().contains("Enter a day from tomorrow on") && bad.text().contains("value=\"soon\""));
    assert_eq!(stands(), Some((State::Up, None)));
}

#[actix_web::test]
async fn new_answers_of_a_hand_are_kept_and_its_page_is_its_owners() {
    let town = Town::new();
    let browser = raise(&town, "Ray", "ray@mail.example").await;
    let changed: Vec<_> = HAND.iter().copied().filter(|(name, _)| !matches!(*name, "capacity" | "night")).collect();
    let changed = [changed, vec![("capacity", "3"), ("accepts", "woman")]].concat();
    let done = browser.press("/mine/hand", "/mine/hand", &changed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let hand = only_hand(&town).unwrap();
    assert!(hand.capacity == 3 && !hand.ask_at_night && hand.state == State::Up);
    let stranger = town.browser().get("/mine/hand").await;
    assert_eq!((stranger.status, stranger.location()), (StatusCode::SEE_OTHER, "/in"));
}
