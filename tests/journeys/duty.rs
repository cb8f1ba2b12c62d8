//! Who is on duty hears of what needs a look today, once, and nobody else does; a term that is over opens nothing.

use diesel::prelude::*;
use show_of_hands::audit::{self, KeptHead};
use show_of_hands::clock::Day;
use show_of_hands::members;
use show_of_hands::store::Error;
use show_of_hands::store::ids::MemberId;
use show_of_hands::store::schema::{coordinators, members as member_rows};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::mail::Mail;
use crate::support::people::{count_mails, newest};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_day_without_a_yes_is_told_to_who_is_on_duty,
    two_days_without_a_first_letter_are_told_too,
    nobody_on_duty_means_everybody,
    each_case_is_told_and_a_late_one_once_more,
    what_decides_about_a_person_asks_once_more_who_it_is,
    the_mark_comes_once_a_week_and_fits_the_record,
    weeks_are_taken_and_shown,
    a_term_that_is_over_opens_nothing,
    a_term_is_ended_by_its_owner,
    signing_out_everywhere_shuts_the_desk_too,
);

const KIM: &str = "kim@desk.example";
const LOU: &str = "lou@desk.example";
const LOOK: &str = "please look today";

async fn kim_and_lou(app: &TestApp) -> (Coordinator, Coordinator) {
    (Coordinator::enrols(app, "Kim", KIM).await, Coordinator::enrols(app, "Lou", LOU).await)
}

async fn takes(app: &TestApp, who: &mut Coordinator, words: &str) {
    who.opens_desk(app).await;
    who.browser.follow("Who is on duty").await;
    who.browser.press(words, &[]).await;
}

fn looks(app: &TestApp) -> (usize, usize) {
    (count_mails(app, KIM, LOOK), count_mails(app, LOU, LOOK))
}

fn id_of(app: &TestApp, name: &str) -> MemberId {
    let found = member_rows::table.filter(member_rows::first_name.eq(name)).select(member_rows::id);
    app.ground().store.read(|conn| Ok::<_, Error>(found.first(conn)?)).expect("a member")
}

async fn a_day_without_a_yes_is_told_to_who_is_on_duty(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    takes(&app, &mut kim, "I take this week").await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    app.turn("+3 h").await;
    Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    app.turn("+20 h").await;
    assert_eq!(looks(&app), (0, 0));
    app.turn("+1 h").await;
    assert_eq!(looks(&app), (1, 0), "24 hours, and Kim is on duty");
    let mail = newest(&app, KIM, LOOK);
    assert!(mail.text.contains("One thing needs you today."), "{}", mail.text);
    assert!(mail.link().ends_with("/desk") && !mail.text.contains("Jo"), "{}", mail.text);
    let mark = mark_in(&mail);
    let verdict = app.ground().store.read(|conn| audit::verify_against(conn, &app.ground().vault, &mark));
    assert!(verdict.expect("an answer").is_ok());

    app.turn("+3 h").await; // Sam waits a day too.
    app.turn("+20 h").await;
    assert_eq!(looks(&app), (1, 0), "one a day");
    app.turn("+1 h").await;
    assert_eq!(looks(&app), (2, 0));
    assert!(newest(&app, KIM, LOOK).text.contains("2 things need you today."));
    app.turn("+1 day").await;
    app.turn("+1 day").await;
    assert_eq!(looks(&app), (2, 0), "nothing new");
}

fn mark_in(mail: &Mail) -> KeptHead {
    let line = mail.text.lines().find_map(|line| line.strip_prefix("Mark: ")).expect("a mark in the footer");
    line.trim().parse().expect("a head")
}

async fn two_days_without_a_first_letter_are_told_too(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    takes(&app, &mut kim, "I take this week").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, Some("")).await;
    app.turn("+47 h").await;
    assert_eq!(looks(&app), (0, 0));
    app.turn("+1 h").await;
    assert_eq!(looks(&app), (1, 0));
    app.turn("+1 day").await;
    assert_eq!(looks(&app), (1, 0), "told once");
}

async fn nobody_on_duty_means_everybody(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    app.turn("+1 day").await;
    assert_eq!(looks(&app), (1, 1));
    takes(&app, &mut kim, "I take this week").await;
    Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    app.turn("+1 day").await;
    assert_eq!(looks(&app), (2, 1));
}

async fn each_case_is_told_and_a_late_one_once_more(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    takes(&app, &mut kim, "I take this week").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let mut ana = Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    ray.says_yes(&app, None).await;
    jo.says_not_right(&app, "Ray", &[("is", "personal")]).await;
    app.turn("+1 h").await;
    ana.says_not_right(&app, "Ray", &[("is", "money")]).await;
    app.turn("+22 h").await;
    assert_eq!(looks(&app), (1, 0), "one mail of a kind a day");
    app.turn("+1 h").await;
    assert_eq!(looks(&app), (2, 0), "the second case is not forgotten");
    assert!(newest(&app, KIM, LOOK).text.contains("2 things need you today."));
    app.turn("+47 h").await;
    assert_eq!(looks(&app), (2, 0));
    app.turn("+1 h").await;
    assert_eq!(looks(&app), (3, 0), "three days without a decision");
}

async fn the_mark_comes_once_a_week_and_fits_the_record(engine: Engine) {
    const MARK: &str = "the mark of this week";
    let Some(app) = TestApp::start(engine).await else { return };
    let _both = kim_and_lou(&app).await;
    for _ in 0..6 {
        app.turn("+1 day").await;
    }
    assert_eq!(count_mails(&app, KIM, MARK), 0);
    app.turn("+1 day").await;
    assert_eq!((count_mails(&app, KIM, MARK), count_mails(&app, LOU, MARK)), (1, 1));
    let text = newest(&app, KIM, MARK).text;
    let (_, mark) = text.split_once("The mark of this week is ").expect("a mark");
    let kept: KeptHead = mark.lines().next().expect("a line").trim_end_matches('.').parse().expect("a head");
    let verdict = app.ground().store.read(|conn| audit::verify_against(conn, &app.ground().vault, &kept));
    assert!(verdict.expect("an answer").is_ok());
    for _ in 0..7 {
        app.turn("+1 day").await;
    }
    assert_eq!(count_mails(&app, KIM, MARK), 2);
}

async fn weeks_are_taken_and_shown(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, mut lou) = kim_and_lou(&app).await;
    kim.opens_desk(&app).await.says("Nobody took this week, so mail goes to all: Kim, Lou.");
    takes(&app, &mut kim, "I take this week").await;
    kim.browser.page.says("On duty this week: Kim. Nobody took next week yet.");
    kim.browser.page.does_not_say("I take this week");
    takes(&app, &mut lou, "I take next week").await;
    lou.browser.page.says("On duty this week: Kim. Next: Lou.");
    lou.browser.page.says("Kim: until 24 November");
    lou.browser.press("I take this week", &[]).await.says("On duty this week: Lou. Next: Lou.");
    lou.browser.visit("/desk/history").await.says("Lou took a week on duty");
    lou.browser.page.says("Kim joined the desk");
    app.turn("+6 days").await; // Monday
    kim.opens_desk(&app).await.says("On duty this week: Lou.");
    kim.browser.visit("/desk/history").await.says("Kim signed in at the desk");
    kim.browser.page.does_not_say("Lou signed in");
    app.turn("+7 days").await;
    kim.opens_desk(&app).await.says("Nobody took this week");
}

fn last_day(app: &TestApp, name: &str, days_from_now: i32) {
    let (ground, id) = (app.ground(), id_of(app, name));
    let day = Day(ground.now().day().0 + days_from_now);
    let set = |tx: &mut show_of_hands::store::Tx<'_>| {
        let row = coordinators::table.find(id);
        diesel::update(row).set(coordinators::term_ends_on.eq(day)).execute(tx.conn()).map_err(Error::from)
    };
    assert_eq!(ground.store.write_tx(set).expect("a last day"), 1);
}

async fn a_term_that_is_over_opens_nothing(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, mut lou) = kim_and_lou(&app).await;
    takes(&app, &mut kim, "I take this week").await;
    last_day(&app, "Kim", 0);
    kim.opens_desk(&app).await.says("On duty this week: Kim.");
    last_day(&app, "Kim", -1);
    for path in ["/desk", "/desk/rota", "/desk/history", "/desk/codes", "/desk/invite", "/desk/rota/end"] {
        assert_eq!(kim.browser.visit(path).await.path, "/desk/in", "{path}: the session is of a term that is over");
    }
    assert_eq!(kim.browser.visit("/mine").await.path, "/in", "it was a session of the desk");
    // The door says what it says to a stranger.
    app.turn("+1 min").await;
    let over = kim.tries_door(&app, KIM).await;
    let stranger = kim.tries_door(&app, "nobody@desk.example").await;
    assert!(over.contains("do not open the desk together"), "{over}");
    assert_eq!(over, stranger);
    lou.opens_desk(&app).await.says("Nobody took this week, so mail goes to all: Lou.");
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    app.turn("+1 day").await;
    assert_eq!(looks(&app), (0, 1));

    // A new invitation, a new term.
    let mut again = Coordinator::enrols(&app, "Kim", KIM).await;
    again.opens_desk(&app).await.says("Kim");
}

async fn a_term_is_ended_by_its_owner(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, mut lou) = kim_and_lou(&app).await;
    takes(&app, &mut kim, "I take this week").await;
    kim.browser.follow("End my term now").await.says("Do you want to end your term now?");
    kim.browser.page.does_not_say("You are the only one");
    kim.opens_desk(&app).await.says("On duty this week: Kim.");
    kim.browser.visit("/desk/rota/end").await;
    assert_eq!(kim.browser.press("Yes, end my term", &[]).await.path, "/");
    assert_eq!(kim.browser.visit("/desk").await.path, "/desk/in");
    app.turn("+1 min").await;
    assert!(kim.tries_door(&app, KIM).await.contains("do not open the desk together"));
    lou.opens_desk(&app).await.says("Nobody took this week, so mail goes to all: Lou.");
    lou.browser.visit("/desk/history").await.says("Kim ended their term");
    lou.browser.visit("/desk/rota/end").await.says("You are the only one at the desk.");
    // Who left for good is nobody by name.
    let (ground, kim) = (app.ground(), id_of(&app, "Kim"));
    ground.store.write_tx(|tx| members::forget_member(tx, ground, kim)).expect("forgotten");
    lou.browser.visit("/desk/history").await.says("Someone who left ended their term");
    lou.browser.page.says("Someone left, and all about them was erased");
    lou.browser.page.does_not_say("Kim");
}

async fn signing_out_everywhere_shuts_the_desk_too(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", KIM).await;
    let left_open = kim.browser.cookies().clone();
    app.turn("+1 min").await;
    kim.browser = app.browser();
    kim.opens_desk(&app).await;
    kim.browser.visit("/desk/rota").await;
    assert_eq!(kim.browser.press("Sign out everywhere", &[]).await.path, "/");
    assert_eq!(kim.browser.visit("/desk").await.path, "/desk/in");
    let mut other = app.browser();
    other.has_cookies(left_open);
    assert_eq!(other.visit("/desk").await.path, "/desk/in", "the other browser is signed out too");
}

async fn what_decides_about_a_person_asks_once_more_who_it_is(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    Sponsor::raises_uninvited(&app, "Ida", "ida@post.example").await;
    kim.opens_desk(&app).await;
    // At the desk for a while, never idle for long.
    for _ in 0..3 {
        app.turn("+12 min").await;
        kim.browser.visit("/desk/vouch").await.says("Ida");
    }
    kim.browser.press("I know them: yes Ida", &[]).await.says("Is it still you?");
    kim.browser.visit("/desk/vouch").await.says("Ida");
    kim.browser.press("I know them: yes Ida", &[]).await;
    kim.browser.fill_and_press(&[("passphrase", "not this one"), ("app", "123456")]).await.says("do not fit together");
    kim.proves_again(&app).await;
    assert_eq!(kim.browser.page.path, "/desk/vouch");
    kim.browser.press("I know them: yes Ida", &[]).await.says("This hand is up.");
    kim.browser.page.does_not_say("Ida");
    app.settle().await;
}
