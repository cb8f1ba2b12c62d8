//! Scanners open every link, with GET and with HEAD. Nothing changes by it.

use std::collections::BTreeSet;

use reqwest::Method;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::dump::dump;
use crate::support::mail::Mail;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(a_scanner_opens_every_link_and_nothing_changes);

async fn a_scanner_opens_every_link_and_nothing_changes(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut ray = Sponsor::raises(&app, "Ray", "ray@post.example").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", "kim@post.example", 1));
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, Some("")).await;
    let invitation = app.invitation().await;
    app.turn("+1 day").await;
    app.turn("+1 day").await; // "a choice for you"
    let mut links: BTreeSet<String> = app.sink.mails().iter().flat_map(Mail::links).collect();
    assert!(links.iter().any(|link| link.contains("/o/")) && links.iter().any(|link| link.contains("/q/")));
    links.insert(invitation);

    let before = dump(&app);
    assert!(before.contains("offers: "), "the dump itself is empty");
    // What the pages lead to is opened as well; a scanner has no cookies, and the member's own browser has.
    let mut scanner = app.browser();
    let mut signed_in = jo.browser;
    for link in &links.clone() {
        links.extend(scanner.visit(link).await.links());
    }
    for path in ["/", "/ask", "/ask/name", "/in", "/raise", "/mine", "/help", "/about", "/privacy", "/es/"] {
        links.extend(signed_in.visit(path).await.links());
    }
    // Leaving ends one's own session, which is its whole purpose.
    for link in links.iter().filter(|link| !link.ends_with("/leave")) {
        let (path, _) = link
            .trim_start_matches("https://hands.example")
            .split_once('#')
            .unwrap_or((link.trim_start_matches("https://hands.example"), ""));
        for browser in [&scanner, &signed_in] {
            for method in [Method::GET, Method::HEAD] {
                let answer = browser.request(method, path, None).send().await.expect("an answer");
                assert!(answer.status().as_u16() < 500, "{path}: {}", answer.status());
            }
        }
    }
    app.settle().await;

    assert_eq!(before, dump(&app), "reading changed something");
    // And the button still works.
    let mut kim = Sponsor::of(&app, "Kim", "kim@post.example");
    kim.opens_offer(&app).await.says("Someone already said yes, thank you.");
}
