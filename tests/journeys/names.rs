//! Any name a person likes arrives as it was typed, in every page and in the heading of a mail; a line break never does.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::smtp::MailProgram;
use crate::support::{Newcomer, Sponsor, TestApp, seed};

on_both_engines!(any_name_reaches_the_other_side, a_name_with_a_line_break_is_asked_for_again);

async fn any_name_reaches_the_other_side(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let forty = "Wolfeschlegelsteinhausenbergerdorffvoral";
    assert_eq!(forty.chars().count(), 40);
    let names = ["O'Brien", "<b>", "\"Ray\" \\ , <x>", forty, "😀", "عمر", "ジョー", "José", "Ана-Мария"];
    for (n, name) in names.into_iter().enumerate() {
        let (sponsor, newcomer) = (format!("ray{n}@post.example"), format!("jo{n}@mail.example"));
        app.seed(|tx, ground| seed::hand(tx, ground, "Ray", &sponsor, 1));
        let mut ray = Sponsor::of(&app, "Ray Oyelaran", &sponsor);
        let jo = if n < 4 {
            let mut jo = Newcomer::asks(&app, name, &newcomer).await;
            jo.browser.visit("/mine").await.says(name);
            jo
        } else {
            // The rest is about the other side: they have asked already.
            app.seed(|tx, ground| seed::request(tx, ground, name, &newcomer));
            app.settle().await;
            Newcomer { browser: app.browser(), program: MailProgram::new(name, &newcomer) }
        };
        ray.says_yes(&app, None).await.says(&format!("You write with {name} now."));

        assert!(jo.newest_letter(&app).text.contains(&format!("Hi {name},")), "{name}");
        assert!(jo.writes(&app, "Thank you for writing.").await.starts_with("250 "));
        let letter = ray.newest_letter(&app);
        let from = mailparse::addrparse_header(&header(&letter.raw)).expect("one From");
        assert_eq!(from.extract_single_info().and_then(|one| one.display_name).as_deref(), Some(name));
        assert!(letter.text.contains(name), "{name} stands above the letter");
    }
}

fn header(raw: &[u8]) -> mailparse::MailHeader<'_> {
    let at = raw.windows(6).position(|at| at == b"\nFrom:").map_or(0, |at| at + 1);
    mailparse::parse_header(&raw[at..]).expect("a header").0
}

async fn a_name_with_a_line_break_is_asked_for_again(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut browser = app.browser();
    for bad in ["Jo\r\nBcc: eve@evil.example", "Jo\nX", "Jo\0", "Jo\u{2028}", "\u{202E}oJ"] {
        browser.visit("/ask/name").await;
        let page = browser.fill_and_press(&[("name", bad)]).await;
        assert_eq!((page.status, page.path.as_str()), (200, "/ask/name"));
        assert!(page.said_at("name").contains("Leave out line breaks"), "{}", page.text());
    }
    browser.visit("/ask/name").await;
    let page = browser.fill_and_press(&[("name", &"a".repeat(41))]).await;
    assert!(page.said_at("name").contains("40 letters or less"));
    assert_eq!(page.value("name"), Some("a".repeat(41)), "what was typed is kept");
    let page = browser.fill_and_press(&[("name", "  ")]).await;
    assert!(page.said_at("name").contains("Any name is fine."));

    browser.fill_and_press(&[("name", "Jo")]).await;
    for bad in ["jo", "jo@", "@mail.example", "jo@mail", "jo mail.example"] {
        let page = browser.fill_and_press(&[("email", bad)]).await;
        assert!(page.said_at("email").contains("Enter an email like name@example.com"), "{bad}: {}", page.text());
        assert_eq!(page.value("email").as_deref(), Some(bad), "what was typed is kept");
    }
}
