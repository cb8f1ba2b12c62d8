//! In the morning whoever is on duty hears how many things need them, if there are any, and everybody else nothing.

use diesel::prelude::*;
use show_of_hands::i18n::Lang;
use show_of_hands::store::Error;
use show_of_hands::store::schema::members;
use show_of_hands::{members as room, tick};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_mails, newest};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    it_comes_at_nine_to_who_is_on_duty,
    nothing_to_do_is_no_mail,
    nine_is_nine_where_the_reader_is,
    only_what_the_reader_may_do_is_counted,
    what_another_looks_after_is_not_counted,
    the_mark_waits_for_a_day_without_it,
    two_who_tick_at_once_send_it_once,
);

const KIM: &str = "kim@desk.example";
const LOU: &str = "lou@desk.example";
const MARK: &str = "the mark of this week";

async fn kim_and_lou(app: &TestApp) -> (Coordinator, Coordinator) {
    (Coordinator::enrols(app, "Kim", KIM).await, Coordinator::enrols(app, "Lou", LOU).await)
}

async fn takes_this_week(app: &TestApp, who: &mut Coordinator) {
    who.opens_desk(app).await;
    who.browser.visit("/desk/rota").await;
    who.browser.press("I take this week", &[]).await;
}

/// What the subjects of the mails of the day said, the oldest first.
fn told(app: &TestApp, address: &str) -> Vec<String> {
    let subjects =
        app.mails_to(address).into_iter().filter_map(|mail| Some(mail.subject.split_once(": ")?.1.to_owned()));
    subjects.filter(|said| said.ends_with("needs you") || said.ends_with("need you")).collect()
}

/// To the next time it is so late.
async fn turn_to(app: &TestApp, hour: i64, minute: i64) {
    let now = app.ground().now();
    let ahead = (hour * 60 + minute) * 60 - now.0.rem_euclid(86_400);
    app.turn(&format!("+{} min", (ahead - 1).rem_euclid(86_400) / 60 + 1)).await;
}

fn change(app: &TestApp, name: &str, offset_min: i32, lang: Lang) {
    let row = members::table.filter(members::first_name.eq(name));
    let set = |tx: &mut show_of_hands::store::Tx<'_>| {
        let to = (members::utc_offset_min.eq(offset_min), members::language.eq(lang));
        diesel::update(row).set(to).execute(tx.conn()).map_err(Error::from)
    };
    assert_eq!(app.ground().store.write_tx(set).expect("another clock"), 1);
}

async fn it_comes_at_nine_to_who_is_on_duty(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    takes_this_week(&app, &mut kim).await;
    // Nobody fits Jo, which needs the desk at once.
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    turn_to(&app, 8, 59).await;
    assert_eq!(told(&app, KIM), [""; 0]);
    turn_to(&app, 9, 0).await;
    assert_eq!((told(&app, KIM), told(&app, LOU)), (vec!["1 thing needs you".to_owned()], vec![]));
    let mail = newest(&app, KIM, "1 thing needs you");
    assert!(mail.text.contains("One thing needs you today."), "{}", mail.text);
    assert!(mail.text.contains("\nMark: ") && !mail.text.contains("Jo"), "{}", mail.text);
    assert_eq!(mail.links(), ["https://hands.example/desk"]);

    Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    turn_to(&app, 20, 0).await;
    assert_eq!(told(&app, KIM).len(), 1, "once a day");
    change(&app, "Kim", 0, Lang::Es);
    turn_to(&app, 9, 0).await;
    let mail = newest(&app, KIM, "2 cosas te esperan");
    assert_eq!(mail.links(), ["https://hands.example/es/desk"]);
    assert_eq!(told(&app, LOU), [""; 0]);
}

async fn nothing_to_do_is_no_mail(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let _kim = Coordinator::enrols(&app, "Kim", KIM).await;
    turn_to(&app, 9, 0).await;
    turn_to(&app, 9, 1).await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    turn_to(&app, 22, 0).await;
    assert_eq!(told(&app, KIM), [""; 0], "this morning is over");
    turn_to(&app, 9, 0).await;
    assert_eq!(told(&app, KIM), ["1 thing needs you"]);
}

async fn nine_is_nine_where_the_reader_is(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    // Nobody took the week, so both are on duty.
    let (_kim, _lou) = kim_and_lou(&app).await;
    change(&app, "Lou", -300, Lang::En);
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    turn_to(&app, 9, 0).await;
    assert_eq!((told(&app, KIM).len(), told(&app, LOU).len()), (1, 0));
    turn_to(&app, 13, 59).await;
    assert_eq!(told(&app, LOU).len(), 0);
    turn_to(&app, 14, 0).await;
    assert_eq!((told(&app, KIM).len(), told(&app, LOU).len()), (1, 1));
}

async fn only_what_the_reader_may_do_is_counted(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    // Ida's hand waits for a word, and so does Kim's own.
    Sponsor::raises_uninvited(&app, "Ida", "ida@post.example").await;
    Sponsor::raises_uninvited(&app, "Kim", KIM).await;
    turn_to(&app, 9, 0).await;
    assert_eq!(
        (told(&app, KIM), told(&app, LOU)),
        (vec!["1 thing needs you".into()], vec!["2 things need you".into()])
    );

    // A case is its coordinator's alone; a pair that has not begun to write is of whoever is on duty.
    takes_this_week(&app, &mut kim).await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    jo.says_not_right(&app, "Ray", &[("is", "personal")]).await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Lee", "lee@post.example", 1));
    Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    let mut lee = Sponsor::of(&app, "Lee Adeyemi", "lee@post.example");
    lee.says_yes(&app, Some("")).await;
    turn_to(&app, 9, 0).await;
    assert_eq!(told(&app, KIM)[1..], ["2 things need you"], "Ida and the case; Ana waits for a day");
    app.turn("+2 days").await;
    assert_eq!(told(&app, KIM)[2..], ["3 things need you"]);
    assert_eq!(told(&app, LOU).len(), 1, "not on duty");
}

async fn what_another_looks_after_is_not_counted(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (_kim, mut lou) = kim_and_lou(&app).await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    let desk = lou.opens_desk(&app).await;
    let case = desk.links().into_iter().find(|link| link.contains("/desk/r/")).expect("a request");
    lou.browser.visit(&case).await;
    lou.browser.press("I look after this", &[]).await;
    turn_to(&app, 9, 0).await;
    assert_eq!((told(&app, KIM), told(&app, LOU)), (vec![], vec!["1 thing needs you".to_owned()]));
}

async fn the_mark_waits_for_a_day_without_it(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut kim, _lou) = kim_and_lou(&app).await;
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    turn_to(&app, 9, 0).await;
    for _ in 0..5 {
        app.turn("+1 day").await;
    }
    takes_this_week(&app, &mut kim).await;
    assert_eq!(told(&app, KIM).len(), 6);
    // A week since they joined. It is not night at half past eight, and still too early.
    turn_to(&app, 8, 30).await;
    assert_eq!((count_mails(&app, KIM, MARK), count_mails(&app, LOU, MARK)), (0, 0));
    turn_to(&app, 9, 0).await;
    assert_eq!(told(&app, KIM).len(), 7);
    assert_eq!((count_mails(&app, KIM, MARK), count_mails(&app, LOU, MARK)), (0, 1));
    jo.opens(&app, "/mine/stop").await;
    jo.browser.press("Stop looking", &[]).await;
    turn_to(&app, 20, 0).await;
    assert_eq!(count_mails(&app, KIM, MARK), 0, "one timer mail a day");
    turn_to(&app, 9, 0).await;
    assert_eq!((told(&app, KIM).len(), count_mails(&app, KIM, MARK)), (7, 1));
}

async fn two_who_tick_at_once_send_it_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (_kim, _lou) = kim_and_lou(&app).await;
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    app.ground().clock.turn(chrono::TimeDelta::hours(19));
    let pass = || {
        app.ground().run(|ground| {
            tick::pass(ground);
            Ok::<_, room::Error>(())
        })
    };
    let (one, other) = tokio::join!(pass(), pass());
    one.and(other).expect("two passes");
    app.settle().await;
    assert_eq!((told(&app, KIM).len(), told(&app, LOU).len()), (1, 1));
}
