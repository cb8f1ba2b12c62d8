//! Codes and invitations: what is known and what is not looks the same, and each dead end has its sentence.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::browser::Page;
use crate::support::smtp::MailProgram;
use crate::support::{Browser, Newcomer, Sponsor, TestApp};

on_both_engines!(
    known_and_unknown_addresses_look_alike,
    a_code_from_another_browser_says_where_it_works,
    an_invitation_works_once_and_for_two_weeks,
    blocked_cookies_get_their_sentence,
    a_wrong_code_keeps_the_request,
);

/// The answer to asking for a code, without what differs by chance.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    fn of(page: &Page) -> Self {
        let mut headers: Vec<(String, String)> = page
            .headers
            .iter()
            .filter(|(name, _)| *name != "date" && *name != "content-length") // the length is the body's, masked below
            .map(|(name, value)| {
                let value = value.to_str().expect("text").to_owned();
                (name.to_string(), if name == "set-cookie" { masked_cookie(&value) } else { value })
            })
            .collect();
        headers.sort();
        let body = match page.value("k") {
            Some(token) => page.html.replace(&token, "TOKEN"),
            None => page.html.clone(),
        };
        Self { status: page.status, headers, body }
    }
}

fn masked_cookie(set: &str) -> String {
    let (name, rest) = set.split_once('=').expect("a cookie");
    format!("{name}=*;{}", rest.split_once(';').map_or("", |(_, attributes)| attributes))
}

#[track_caller]
pub fn assert_alike(known: &Page, unknown: &Page) {
    let (known, unknown) = (Answer::of(known), Answer::of(unknown));
    assert_eq!((known.status, &known.headers), (unknown.status, &unknown.headers));
    assert_eq!(known.body, unknown.body);
}

async fn known_and_unknown_addresses_look_alike(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    app.turn("+1 day").await;

    // Signing in.
    let mut pages = Vec::new();
    for address in ["jo@mail.example", "xx@mail.example"] {
        let mut browser = app.browser();
        browser.visit("/in").await;
        pages.push(browser.fill_and_press(&[("email", address)]).await.clone());
        pages.push(browser.fill_and_press(&[("code", "0000 0000")]).await.clone());
    }
    assert_alike(&pages[0], &pages[2]);
    assert_alike(&pages[1], &pages[3]);

    // Asking. The word to look for is drawn by chance and stands on the page, if it stands there at all.
    let mut pages = Vec::new();
    for address in ["jo@mail.example", "xx@mail.example"] {
        let mut someone = Newcomer { browser: app.browser(), program: MailProgram::new("Jo", address) };
        someone.sends_request(&app, "Jo", &[]).await;
        pages.push(without_word(&someone.browser));
    }
    assert_alike(&pages[0], &pages[1]);

    // Raising a hand.
    let mut pages = Vec::new();
    for address in ["jo@mail.example", "xx@mail.example"] {
        let mut someone = Sponsor::of(&app, "Jo", address);
        let invitation = app.invitation().await;
        someone.sends_hand(&app, "Jo", &invitation).await;
        pages.push(without_word(&someone.browser));
    }
    assert_alike(&pages[0], &pages[1]);

    // Each of them got the same number of mails.
    let count = |address| app.mails_to(address).iter().filter(|mail| mail.subject.ends_with("is your code")).count();
    assert_eq!(count("jo@mail.example") - 1, count("xx@mail.example"));
}

pub fn without_word(browser: &Browser) -> Page {
    let mut page = browser.page.clone();
    if let Some((before, rest)) = page.html.split_once("class=\"word\">")
        && let Some((_, after)) = rest.split_once('<')
    {
        page.html = format!("{before}class=\"word\">WORD<{after}");
    }
    page
}

async fn a_code_from_another_browser_says_where_it_works(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut jo = Newcomer { browser: app.browser(), program: MailProgram::new("Jo", "jo@mail.example") };
    jo.sends_request(&app, "Jo", &[]).await;
    let code = jo.newest_mail(&app).code();

    // The browser inside the mail app.
    let mut other = app.browser();
    other.visit("/ask/code").await.says("The numbers work where you asked");
    // A form that was open there from an earlier try does not take them either.
    let mut filled = jo.browser.page.fill(None, &[("code", &code)]);
    filled.fields.retain(|(name, _)| name != "k");
    other.send(filled).await;
    app.settle().await;
    assert!(!jo.newest_mail(&app).subject.ends_with("all set"));

    jo.types_code(&app).await.says("Your request is in, Jo");
    app.settle().await;
    // Once more, from the page that is still open in another tab.
    jo.browser.visit("/ask/code").await;
    assert!(jo.browser.page.status < 500);
}

async fn an_invitation_works_once_and_for_two_weeks(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let invitation = app.invitation().await;
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut kim = Sponsor::of(&app, "Kim Adeyemi", "kim@post.example");
    ray.sends_hand(&app, "Ray", &invitation).await;
    // Handed on while the first one reads his mail: whoever types the numbers first has it.
    kim.sends_hand(&app, "Kim", &invitation).await;
    ray.types_code(&app).await;
    assert_eq!(ray.browser.page.path, "/mine");
    kim.types_code(&app).await.says("This invitation was used.");
    app.browser().visit(&invitation).await.says("This invitation was used. If that was you, sign in.");

    let old = app.invitation().await;
    for _ in 0..15 {
        app.turn("+1 day").await;
    }
    app.browser().visit(&old).await.says("This one is too old. Ask for a new one.");
    app.browser().visit("/raise/aaaaaaaaaaaaaaaaaaaaaaaaaa").await.says("We do not know this invitation.");
    app.settle().await;
}

async fn blocked_cookies_get_their_sentence(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut browser = app.browser();
    browser.blocks_cookies();
    browser.visit("/ask/name").await;
    let page = browser.fill_and_press(&[("name", "Jo")]).await;
    page.says("Your browser did not keep our cookie");
    assert_eq!(page.status, 400);
}

async fn a_wrong_code_keeps_the_request(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut jo = Newcomer { browser: app.browser(), program: MailProgram::new("Jo", "jo@mail.example") };
    jo.sends_request(&app, "Jo", &[("note", "I am new here.")]).await;
    jo.browser.fill_and_press(&[("code", "1234")]).await.says("Type all 8 numbers from the email.");
    jo.browser.fill_and_press(&[("code", "0000 0000")]).await.says("Those are not the newest numbers.");
    app.turn("+2 h").await;
    jo.types_code(&app).await.says("Those numbers were too old. We just sent you new ones.");
    app.settle().await;
    jo.types_code(&app).await.says("Your request is in, Jo");
    app.settle().await;
}
