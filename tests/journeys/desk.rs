//! A coordinator comes by invitation, sees who waits in one sentence, and suggests a sponsor. Trouble with mail is said.

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::browser::Page;
use crate::support::people::count_offers;
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    the_desk_helps_whoever_waits,
    one_coordinator_takes_it_on_and_postpones_it,
    a_newcomer_need_not_wait_for_the_day,
    a_question_is_taken_back,
    two_hundred_in_the_queue,
    the_desk_says_that_mail_does_not_leave,
);

async fn the_desk_helps_whoever_waits(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    kim.browser.page.says("Nobody is waiting.");

    // Ana waits longer, and somebody is being asked for her; for Jo there is nobody.
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
    app.turn("+1 h").await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let desk = kim.opens_desk(&app).await;
    desk.says("2 people are waiting. 1 needs you.");
    let text = desk.text();
    let place = |name: &str| text.find(&format!("{name} ")).unwrap_or_else(|| panic!("no {name}: {text}"));
    assert!(place("Jo") < place("Ana"), "late requests first: {text}");

    // The first link of the list is hers.
    let case = request_on(desk);
    kim.browser.visit(&case).await.says("Jo has been waiting for");
    kim.browser.page.says("No hand that is up fits and has room.");
    app.seed(|tx, ground| seed::hand(tx, ground, "Lee", "lee@post.example", 1));
    kim.browser.visit(&case).await.does_not_say("lee@post.example");
    kim.browser.press("Ask Lee", &[]).await.says("Sent. It is a question like any other");
    kim.browser.page.says("Asked Lee, at the desk's wish");
    app.settle().await;
    assert_eq!(count_offers(&app, "lee@post.example"), 1, "an offer like any other, once");

    let mut lee = Sponsor::of(&app, "Lee Adeyemi", "lee@post.example");
    lee.says_yes(&app, None).await.says("You write with Jo now.");
    kim.opens_desk(&app).await.says("1 person is waiting.");
    kim.browser.page.does_not_say("needs you");
    // Nobody without a session of the desk sees a name.
    let mut stranger = app.browser();
    stranger.visit("/desk").await.does_not_say("Ana");
    stranger.visit(&case).await.does_not_say("Jo");
}

async fn one_coordinator_takes_it_on_and_postpones_it(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let mut lou = Coordinator::enrols(&app, "Lou", "lou@desk.example").await;
    let mut ana = Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    let case = request_on(kim.opens_desk(&app).await);
    lou.browser.visit(&case).await;
    kim.browser.visit(&case).await;
    kim.browser.press("I look after this", &[]).await.says("You look after this one. The others see it.");

    // Who looks after it is the one it needs. Nobody takes it over without meaning to.
    lou.browser.press("I look after this", &[]).await.says("Another coordinator looks after this one.");
    lou.opens_desk(&app).await.says("Kim looks after this one.");
    lou.browser.page.does_not_say("needs you");
    kim.opens_desk(&app).await.says("1 person is waiting. 1 needs you.");
    // Once Lou is on duty and Kim is not, it needs Lou too.
    lou.browser.visit("/desk/rota").await;
    lou.browser.press("I take this week", &[]).await;
    lou.opens_desk(&app).await.says("1 person is waiting. 1 needs you.");

    kim.browser.visit(&case).await;
    kim.browser.press("Postpone", &[]).await.says("Error: ");
    let days = kim.browser.page.options("day");
    assert_eq!(days.len(), 13, "from tomorrow, within two weeks");
    let answers = [("day", days[1].as_str()), ("reason", "they-asked")];
    kim.browser.press("Postpone", &answers).await.says("Postponed. We mail them the day.");
    kim.browser.page.says("They asked us to wait.");
    app.settle().await;
    let mail = ana.newest_mail(&app);
    assert!(mail.subject.ends_with("a short update") && mail.text.contains("we ask on from"), "{}", mail.text);
    kim.opens_desk(&app).await.says("Nobody is asked before");
    kim.browser.page.does_not_say("needs you");

    // A hand goes up, and nobody is asked until the day; the newcomer reads when, and not why.
    app.seed(|tx, ground| seed::hand(tx, ground, "Lee", "lee@post.example", 2));
    app.turn("+24 h").await;
    assert_eq!(count_offers(&app, "lee@post.example"), 0);
    ana.signs_in(&app).await;
    ana.browser.visit("/mine").await.says("A coordinator chose this day. You keep your place.");
    ana.browser.page.does_not_say("asked us to wait");
    app.turn("+24 h").await;
    app.settle().await;
    assert_eq!(count_offers(&app, "lee@post.example"), 1, "it is the day");
    kim.opens_desk(&app).await.does_not_say("Nobody is asked before");
}

async fn a_newcomer_need_not_wait_for_the_day(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let mut ana = Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    let case = request_on(kim.opens_desk(&app).await);
    kim.browser.visit(&case).await;
    let days = kim.browser.page.options("day");
    let answers = [("day", days[4].as_str()), ("reason", "sponsor-comes")];
    kim.browser.press("Postpone", &answers).await.says("A sponsor who fits has time then.");
    app.seed(|tx, ground| seed::hand(tx, ground, "Lee", "lee@post.example", 1));
    ana.browser.visit("/mine").await;
    ana.browser.press("Ask at once", &[]).await.does_not_say("A coordinator chose this day");
    app.settle().await;
    assert_eq!(count_offers(&app, "lee@post.example"), 1);
    kim.browser.visit(&case).await.does_not_say("Nobody is asked before");
}

async fn a_question_is_taken_back(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    let case = request_on(kim.opens_desk(&app).await);
    app.seed(|tx, ground| seed::hand(tx, ground, "Lee", "lee@post.example", 1));
    kim.browser.visit(&case).await;
    kim.browser.press("Ask Lee", &[]).await;
    app.settle().await;
    let mut lee = Sponsor::of(&app, "Lee Adeyemi", "lee@post.example");
    let before = kim.browser.page.clone();
    kim.browser.press("Undo: take back the question to Lee", &[]).await.says("Taken back.");
    kim.browser.page.says("The question to Lee was taken back");
    app.settle().await;
    assert_eq!(count_offers(&app, "lee@post.example"), 1, "nobody is asked again at once by the rules");
    lee.opens_offer(&app).await.says("This one moved on. You did nothing wrong.");

    // It was a slip: Lee may be asked again. After an answer there is nothing to take back.
    kim.browser.press("Ask Lee", &[]).await;
    app.settle().await;
    assert_eq!(count_offers(&app, "lee@post.example"), 2);
    kim.browser.page = before;
    lee.says_not_now(&app).await;
    kim.browser.press("Undo: take back the question to Lee", &[]).await.says("This question is not open any more");
}

/// Compressed, as a browser asks for it.
const MOST_BYTES: usize = 60 * 1024;

async fn two_hundred_in_the_queue(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    app.seed(|tx, ground| {
        for number in 0..200 {
            seed::request(tx, ground, &format!("Aleksandra-{number}"), &format!("ana{number}@mail.example"));
        }
    });
    app.may_leave_mail();
    kim.opens_desk(&app).await.says("200 people are waiting. 200 need you.");
    let links = kim.browser.page.links();
    assert_eq!(links.iter().filter(|link| link.contains("/desk/r/")).count(), 400, "a name and a button each");
    let answer = kim.browser.request(Method::GET, "/desk", None).header(ACCEPT_ENCODING, "gzip").send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes), Some(b"gzip".as_slice()));
    let bytes = answer.bytes().await.expect("a page").len();
    assert!((1_000..MOST_BYTES).contains(&bytes), "{bytes} bytes");
}

fn request_on(desk: &Page) -> String {
    desk.links().into_iter().find(|link| link.contains("/desk/r/")).expect("a request")
}

async fn the_desk_says_that_mail_does_not_leave(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    kim.browser.page.does_not_say("mail server");

    app.sink.close().await;
    app.seed(|tx, ground| {
        seed::hand(tx, ground, "Ray", "ray@post.example", 1);
        seed::request(tx, ground, "Jo", "jo@mail.example")
    });
    app.settle().await;
    kim.opens_desk(&app).await.says("The mail server does not answer. Tell whoever runs this service.");
    kim.browser.page.says("Nothing is lost. We try again by ourselves.");
    kim.browser.page.does_not_say("The oldest mail has been waiting");
    app.turn("+20 min").await;
    kim.opens_desk(&app).await.says("The oldest mail has been waiting for 20 min.");

    app.sink.reopen().await;
    app.turn("+2 h").await;
    kim.opens_desk(&app).await.does_not_say("mail server");
    kim.browser.page.does_not_say("The oldest mail has been waiting");
    assert_eq!(count_offers(&app, "ray@post.example"), 1);
}
