//! Pat's term ends tonight. Tomorrow the desk refuses Pat, and Lou sees what there is to do and who did what before.

use diesel::prelude::*;
use show_of_hands::clock::Day;
use show_of_hands::store::schema::{coordinators, members};

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_mails, newest};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(a_term_ends_and_the_work_goes_on);

const PAT: &str = "pat@desk.example";
const LOU: &str = "lou@desk.example";

async fn a_term_ends_and_the_work_goes_on(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut pat = Coordinator::enrols(&app, "Pat", PAT).await;
    let mut lou = Coordinator::enrols(&app, "Lou", LOU).await;
    pat.opens_desk(&app).await;
    pat.browser.follow("Who is on duty").await;
    pat.browser.press("I take this week", &[]).await;

    // Jo and Ray are a pair of whom Jo says something; Sam waits, with wishes that nobody meets.
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, Some("A canary in a hello")).await;
    jo.says_not_right(&app, "Ray", &[("is", "money"), ("words", "A canary in a report")]).await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ida", "ida@post.example", 1));
    Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    let mut ida = Sponsor::of(&app, "Ida Roe", "ida@post.example");
    ida.says_not_now(&app).await;
    assert_eq!((count_mails(&app, PAT, "please look today"), count_mails(&app, LOU, "please look today")), (1, 0));
    pat.opens_desk(&app).await.says("1 case needs you");
    pat.browser.follow("1 case needs you").await;
    let case = pat.browser.page.links().into_iter().find(|link| link.contains("/desk/cases/")).expect("the case");
    lou.opens_desk(&app).await.does_not_say("case needs you");
    assert_eq!(lou.browser.visit(&case).await.status, 404, "not theirs yet");
    let not_there = lou.browser.visit("/desk/cases/aaaaaaaaaaaaaaaa").await.text();
    assert_eq!(lou.browser.visit(&case).await.text(), not_there, "like one that does not exist");

    // Pat's last day is today.
    app.seed(|tx, ground| {
        let pat = members::table.filter(members::first_name.eq("Pat")).select(members::id);
        let row = coordinators::table.filter(coordinators::member.eq_any(pat));
        let today = Day(ground.now().day().0);
        diesel::update(row).set(coordinators::term_ends_on.eq(today)).execute(tx.conn()).expect("a last day")
    });
    pat.opens_desk(&app).await.says("1 case needs you");
    app.turn("+1 day").await;

    // Tomorrow the desk refuses Pat: the page left open, the door, the case.
    assert_eq!(pat.browser.visit("/desk").await.path, "/desk/in");
    assert!(pat.tries_door(&app, PAT).await.contains("do not open the desk together"));
    assert_eq!(pat.browser.visit(&case).await.path, "/desk/in");

    // Lou sees the worklist, the timers and the open case, and who did what.
    lou.opens_desk(&app).await.says("1 case needs you");
    lou.browser.page.says("Sam");
    assert!(newest(&app, LOU, "please look today").link().ends_with("/desk"));
    lou.browser.visit(&case).await.says("Ray, said by Jo");
    lou.browser.visit("/desk/history").await.says("Pat took a week on duty");
    lou.browser.page.says("Someone said that something is not right");

    // Neither can list addresses, read a note or a letter, or give a word for themselves.
    for path in ["/desk", "/desk/cases", &case, "/desk/history", "/desk/rota", "/desk/vouch", "/mine", "/mine/me/copy"]
    {
        let page = lou.browser.visit(path).await.clone();
        for secret in ["jo@mail.example", "ray@post.example", "sam@mail.example", PAT, "canary"] {
            assert!(!page.html.contains(secret), "{secret} on {path}");
        }
    }
}
