//! "Something is not right": contact stops with one press, before anybody reads a word; the right coordinator looks; the other
//! side reads that it is on hold, and then that it has ended, and never why. Many faces of one person come to nothing.

use diesel::prelude::*;
use show_of_hands::clock::Day;
use show_of_hands::store::ids::{MemberId, ReportId};
use show_of_hands::store::schema::{audit, bans, coordinators, hands, members, reports, vouches};
use show_of_hands::store::types::Digest;
use show_of_hands::tick;
use show_of_hands::vault::Address;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::browser::path_of;
use crate::support::people::{count_mails, count_offers, jo_and_ray, newest};
use crate::support::smtp::{MailProgram, Smtp};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_report_stops_contact_at_once,
    a_report_meets_letters_on_their_way,
    a_case_goes_to_who_has_nothing_to_do_with_it,
    a_second_report_takes_the_hand_down,
    who_says_so_need_not_wait_for_the_desk,
    a_hand_that_is_down_takes_another_to_lift,
    a_sixth_report_of_a_day_has_a_case_too,
    a_ban_takes_two_and_outlives_every_spelling,
    somebody_young_is_kept_for_thirty_days,
    a_report_without_a_tick_or_with_words_alone,
    a_coordinator_reads_nothing_that_is_not_theirs,
);

/// Two coordinators go to every page a link leads to. Neither reads an address, a letter or a note, and only the one whose case
/// it is finds a pair.
async fn a_coordinator_reads_nothing_that_is_not_theirs(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, ray) = jo_and_ray(&app).await;
    jo.writes(&app, "A canary in a letter").await;
    ray.writes(&app, "A canary in an answer").await;
    // Another pair, of whom nobody says anything, and somebody who waits with a note.
    app.seed(|tx, ground| seed::hand(tx, ground, "Ida", "ida.canary@post.example", 1));
    let mut bo = Newcomer { browser: app.browser(), program: MailProgram::new("Bo Surname", "bo.canary@mail.example") };
    bo.sends_request(&app, "Bo", &[]).await;
    bo.types_code(&app).await;
    app.settle().await;
    Sponsor::of(&app, "Ida Roe", "ida.canary@post.example").says_yes(&app, Some("A canary in a hello")).await;
    Newcomer::asks(&app, "Una", "una.canary@mail.example").await;
    jo.says_not_right(&app, "Ray", &[("is", "hurtful"), ("words", WORDS)]).await;
    let mut lou = Coordinator::enrols(&app, "Lou", "lou@desk.example").await;

    let of_kim = crawl(&app, &mut kim).await;
    let of_lou = crawl(&app, &mut lou).await;
    assert!(of_kim.len() > 12 && of_lou.len() > 10, "{} and {} pages", of_kim.len(), of_lou.len());
    for (path, html) in of_kim.iter().chain(&of_lou) {
        for canary in ["canary", "Surname", "Oyelaran", "ray@post.example", "jo@mail.example", WORDS] {
            assert!(!html.contains(canary), "{canary} on {path}");
        }
        let is_pair = |one: &str, other: &str| says(html, one) && says(html, other);
        assert!(!is_pair("Bo", "Ida"), "a pair of nobody's case on {path}");
        assert!(!is_pair("Jo", "Ray") || path.contains("/desk/cases/"), "a pair on {path}");
    }
    assert!(of_kim.iter().any(|(path, html)| path.contains("/desk/cases/") && says(html, "Jo") && says(html, "Ray")));
    assert!(!of_lou.iter().any(|(_, html)| says(html, "Jo") && says(html, "Ray")), "a case of somebody else");
    for mail in app.mails_to("kim@desk.example").into_iter().chain(app.mails_to("lou@desk.example")) {
        assert!(!mail.everything().contains("canary") && !mail.text.contains("Jo") && !mail.text.contains("Ray"));
    }
}

/// As a word of its own.
fn says(html: &str, name: &str) -> bool {
    html.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
}

/// Every page of the desk and of their own that a link leads to, and their own copy.
async fn crawl(app: &TestApp, who: &mut Coordinator) -> Vec<(String, String)> {
    who.opens_desk(app).await;
    let mut to_visit: Vec<String> = ["/desk", "/mine", "/mine/me/kept", "/mine/me/copy"].map(str::to_owned).to_vec();
    let mut seen: Vec<(String, String)> = Vec::new();
    while let Some(path) = to_visit.pop() {
        if seen.iter().any(|(before, _)| *before == path) {
            continue;
        }
        let page = who.browser.visit(&path).await.clone();
        let links = page.links().into_iter().map(|link| path_of(&link).to_owned());
        to_visit.extend(links.filter(|link| link.starts_with("/desk") || link.starts_with("/mine")));
        seen.push((path, page.html));
    }
    seen
}

const WORDS: &str = "He asked me to meet at night, under the old bridge.";
const PASTED: &str = "come alone, no need to tell your people";

fn member_of(app: &TestApp, name: &str) -> MemberId {
    app.seed(|tx, _| {
        members::table.filter(members::first_name.eq(name)).select(members::id).first(tx.conn()).expect("a member")
    })
}

async fn a_report_stops_contact_at_once(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, mut ray) = jo_and_ray(&app).await;
    jo.writes(&app, "Hello Ray").await;
    let letters = count_mails(&app, "ray@post.example", "new message");
    jo.says_not_right(&app, "Ray", &[("is", "unsafe"), ("words", WORDS), ("pasted", PASTED)]).await;

    // Neither letter passes, and each writer reads the same.
    for (answer, address) in
        [(jo.writes(&app, "Hello?").await, "jo@mail.example"), (ray.writes(&app, "Hello?").await, "ray@post.example")]
    {
        assert!(answer.starts_with("250 "), "{answer}");
        assert!(newest(&app, address, "your note did not go").text.contains("on hold for now"));
    }
    assert_eq!(count_mails(&app, "ray@post.example", "new message"), letters);
    let held = newest(&app, "ray@post.example", "on hold for now");
    assert!(held.text.contains("Your contact with Jo is on hold for now"), "{}", held.text);
    assert_eq!(count_mails(&app, "jo@mail.example", "on hold for now"), 0);
    ray.opens(&app, "/mine").await;
    let pair = ray.browser.page.pair_path();
    ray.browser.visit(&pair).await.says("This contact is on hold.");
    assert!(!ray.browser.page.html.contains("<textarea"), "nothing to write in");

    // The desk: two presses to the case, one more to what was written.
    assert_eq!(count_mails(&app, "kim@desk.example", "please look today"), 1);
    kim.opens_desk(&app).await.says("1 case needs you");
    kim.browser.follow("1 case needs you").await;
    kim.browser.follow("Look").await.says("Contact is already on hold. Nobody has been told why.");
    kim.browser.page.says("Ray, said by Jo");
    kim.browser.page.does_not_say("bridge");
    kim.browser.press("Open it", &[]).await.says(WORDS);
    kim.browser.page.says(PASTED);
    kim.browser.press("End the contact, no more", &[]).await.says("Done. Both will read that the contact has ended.");
    app.settle().await;
    kim.browser.page.says("Nothing is here for you.");
    for (address, name) in [("jo@mail.example", "Ray"), ("ray@post.example", "Jo")] {
        assert!(newest(&app, address, "a change").text.contains(&format!("Your contact with {name} has ended")));
    }

    // Nothing of what was written went anywhere, and what was done is on record.
    for mail in app.sink.mails() {
        assert!(!mail.text.contains("bridge") && !mail.text.contains("come alone"), "{}", mail.text);
    }
    let done: Vec<String> = app.seed(|tx, _| {
        audit::table.order(audit::number).select(audit::what).load::<String>(tx.conn()).expect("the audit")
    });
    for act in ["reported", "assigned", "opened-evidence", "decided"] {
        assert!(done.iter().any(|what| what == act), "{act} in {done:?}");
    }
}

async fn a_report_meets_letters_on_their_way(engine: Engine) {
    let Some(mut app) = TestApp::start(engine).await else { return };
    Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, ray) = jo_and_ray(&app).await;
    let alias = jo.newest_letter(&app).sender_address();
    let ray_alias = {
        jo.writes(&app, "Hello Ray").await;
        ray.newest_letter(&app).sender_address()
    };

    // One letter waits in the outbox, since the mail server is away; one is in the middle of DATA.
    app.sink.close().await;
    assert!(ray.writes(&app, "Waiting to leave").await.starts_with("250 "));
    let raw = jo.program.letter("jo@mail.example", &alias, "Now", "In the middle");
    let mut peer = Smtp::connect(app.mail_in).await;
    for command in ["HELO mail.example".to_owned(), "MAIL FROM:<jo@mail.example>".into(), format!("RCPT TO:<{alias}>")]
    {
        assert!(peer.say(&command).await.starts_with("250"), "{command}");
    }
    assert!(peer.say("DATA").await.starts_with("354"));
    jo.opens(&app, "/mine").await;
    let pair = jo.browser.page.pair_path();
    jo.browser.visit(&pair).await;
    jo.browser.follow("Something is not right").await;
    jo.browser.press("Send, and stop contact", &[("is", "pushed")]).await.says("Contact has stopped");
    assert!(peer.say(&format!("{raw}\r\n.")).await.starts_with("250 "));

    app.sink.reopen().await;
    app.turn("+2 h").await;
    for mail in app.sink.mails() {
        assert!(!mail.text.contains("Waiting to leave") && !mail.text.contains("In the middle"), "{}", mail.text);
    }
    for address in ["jo@mail.example", "ray@post.example"] {
        assert!(newest(&app, address, "your note did not go").text.contains("on hold for now"), "{address}");
    }

    // A peer at the port learns nothing: held answers like live.
    let mut peer = Smtp::connect(app.mail_in).await;
    peer.say("HELO mail.example").await;
    peer.say("MAIL FROM:<ray@post.example>").await;
    assert!(peer.say(&format!("RCPT TO:<{ray_alias}>")).await.starts_with("250 "));
}

async fn a_case_goes_to_who_has_nothing_to_do_with_it(engine: Engine) {
    let host = Address::parse("host@n.example").expect("an address");
    let Some(app) = TestApp::start_with(engine, |settings| settings.operator = Some(host)).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, _ray) = jo_and_ray(&app).await;
    let (kim_id, ray_id) = (member_of(&app, "Kim"), member_of(&app, "Ray"));
    app.seed(|tx, _| {
        diesel::insert_into(vouches::table)
            .values((vouches::hand.eq(ray_id), vouches::voucher.eq(kim_id), vouches::made_on.eq(Day(20_000))))
            .execute(tx.conn())
            .expect("a vouch")
    });
    jo.says_not_right(&app, "Ray", &[("is", "hurtful")]).await;

    // Kim vouched for him: nobody is left, until another coordinator comes. Who hosts this hears of it, and of no name.
    let told = app.newest_mail_to("host@n.example");
    assert_eq!(told.subject, "check the server");
    assert!(
        told.text.contains("show-of-hands invite coordinator")
            && !told.text.contains("Ray")
            && !told.text.contains("Jo")
    );
    let assigned = |app: &TestApp| -> Option<MemberId> {
        app.seed(|tx, _| reports::table.select(reports::assigned).first(tx.conn()).expect("a report"))
    };
    assert_eq!(assigned(&app), None);
    assert_eq!(count_mails(&app, "kim@desk.example", "please look today"), 0);
    kim.opens_desk(&app).await.does_not_say("case needs you");
    let mut lou = Coordinator::enrols(&app, "Lou", "lou@desk.example").await;
    app.settle().await;
    assert_eq!(assigned(&app), Some(member_of(&app, "Lou")));
    assert_eq!(count_mails(&app, "lou@desk.example", "please look today"), 1);
    lou.opens_desk(&app).await;
    lou.browser.follow("1 case needs you").await;
    let case = lou.browser.page.links().into_iter().find(|link| link.contains("/desk/cases/")).expect("the case");

    // To Kim it is like one that does not exist, to read, to open, to decide.
    for path in [case.clone(), "/desk/cases/aaaaaaaaaaaaaaaa".to_owned()] {
        kim.browser.visit(&path).await;
        assert_eq!(kim.browser.page.status, 404, "{path}");
    }
    // Lou's term ends: the case is nobody's again, and Kim still may not.
    app.seed(|tx, ground| {
        let yesterday = Day(ground.now().day().0 - 1);
        let lou = coordinators::table.filter(coordinators::member.ne(kim_id));
        diesel::update(lou).set(coordinators::term_ends_on.eq(yesterday)).execute(tx.conn()).expect("a term")
    });
    app.turn("+1 h").await;
    kim.opens_desk(&app).await;
    kim.browser.visit(&case).await;
    assert_eq!(kim.browser.page.status, 404);
}

async fn a_second_report_takes_the_hand_down(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray@post.example", 3));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray@post.example");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let mut ana = Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    ray.says_yes(&app, None).await;

    // After the first he is asked for nobody, and his other contact goes on.
    jo.says_not_right(&app, "Ray", &[("is", "personal")]).await;
    let offers = count_offers(&app, "ray@post.example");
    Newcomer::asks(&app, "Sam", "sam@mail.example").await;
    assert_eq!(count_offers(&app, "ray@post.example"), offers, "no new offers while a case is open");
    assert!(ana.writes(&app, "Hello Ray").await.starts_with("250 "));
    assert!(ray.newest_letter(&app).text.contains("Hello Ray"));
    let state = |app: &TestApp| -> String {
        app.seed(|tx, _| hands::table.select(hands::state).first(tx.conn()).expect("a hand"))
    };
    assert_eq!(state(&app), "up");
    // The same person once more is no second one.
    jo.says_not_right(&app, "Ray", &[("is", "money"), ("words", "And he asked for money.")]).await;
    assert_eq!(state(&app), "up");

    ana.says_not_right(&app, "Ray", &[("is", "unsafe")]).await;
    assert_eq!(state(&app), "suspended");
    ray.opens(&app, "/mine/hand").await;
    app.turn("+40 days").await;
    assert_eq!(state(&app), "suspended", "only the desk lifts it");
}

async fn who_says_so_need_not_wait_for_the_desk(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, _ray) = jo_and_ray(&app).await;
    jo.says_not_right(&app, "Ray", &[("is", "personal")]).await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ida", "ida@post.example", 1));
    jo.browser.visit("/mine").await.says("On hold for now.");
    jo.browser.press("Find me someone else", &[]).await.says("Your request is in");
    app.settle().await;
    assert_eq!(count_offers(&app, "ray@post.example"), 1, "never the same two");
    Sponsor::of(&app, "Ida Roe", "ida@post.example").says_yes(&app, None).await;
    jo.browser.visit("/mine").await.says("Ida");
    jo.writes(&app, "Hello Ida").await;
    assert!(newest(&app, "ida@post.example", "new message").text.contains("Hello Ida"));

    kim.opens_desk(&app).await;
    kim.browser.follow("1 case needs you").await;
    kim.browser.follow("Look").await;
    kim.browser.press("End the contact, no more", &[]).await;
    app.settle().await;
    jo.browser.visit("/mine").await.says("Ida");
    jo.browser.page.does_not_say("On hold");
    jo.browser.page.does_not_say("Find me someone else");
}

async fn a_hand_that_is_down_takes_another_to_lift(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, mut ray) = jo_and_ray(&app).await;
    jo.says_not_right(&app, "Ray", &[("is", "personal")]).await;
    kim.opens_desk(&app).await;
    kim.browser.follow("1 case needs you").await;
    kim.browser.follow("Look").await;
    kim.browser.press("End it, and rest the hand for a while", &[]).await.says("Done.");
    app.settle().await;
    kim.browser.page.does_not_say("Hands that the desk took down");

    // Another coordinator may say that it stays down, and then that it may go up again; its owner puts it up.
    let mut lou = Coordinator::enrols(&app, "Lou", "lou@desk.example").await;
    lou.opens_desk(&app).await;
    lou.browser.follow("Cases").await.says("Hands that the desk took down");
    lou.browser.press("Keep it down Ray", &[]).await.says("Down until somebody lifts it.");
    let state = |app: &TestApp| -> String {
        app.seed(|tx, _| hands::table.select(hands::state).first(tx.conn()).expect("a hand"))
    };
    app.turn("+20 days").await;
    assert_eq!(state(&app), "suspended");
    kim.opens_desk(&app).await;
    kim.browser.visit("/desk/cases").await.does_not_say("Ray");
    lou.opens_desk(&app).await;
    lou.browser.visit("/desk/cases").await;
    lou.browser.press("Let the hand up again Ray", &[]).await.does_not_say("Ray");
    assert_eq!(state(&app), "lapsed");
    ray.opens(&app, "/mine/hand").await;
    lou.browser.visit("/desk/history").await.says("Lou let a hand up again");
}

async fn a_sixth_report_of_a_day_has_a_case_too(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, _ray) = jo_and_ray(&app).await;
    let ground = app.ground();
    let today = ground.policy.safety.reports_a_day;
    let (id, hash) = app.seed(|tx, _| {
        let jo = members::table.filter(members::first_name.eq("Jo"));
        jo.select((members::id, members::memory_hash)).first::<(MemberId, Digest)>(tx.conn()).expect("Jo")
    });
    app.seed(|tx, ground| {
        for n in 0..today {
            let row = (
                reports::id.eq(ReportId::random(&ground.chance)),
                reports::short.eq(format!("case{n}")),
                reports::reporter.eq(id),
                reports::reporter_hash.eq(hash),
                reports::accused_hash.eq(Digest([u8::try_from(n).expect("a few"); 32])),
                reports::category.eq("other"),
                reports::made_at.eq(ground.now()),
            );
            diesel::insert_into(reports::table).values(row).execute(tx.conn()).expect("a report");
        }
    });
    let pair = jo.opens_pair(&app).await;
    jo.browser.visit(&format!("{pair}/not-right")).await;
    jo.browser.press("Send, and stop contact", &[("is", "unsafe"), ("words", WORDS)]).await;
    jo.browser.page.says("Contact is stopped.");
    let of_pair = reports::table.filter(reports::sponsorship.is_not_null());
    let count = |app: &TestApp| -> i64 { app.seed(|tx, _| of_pair.count().get_result(tx.conn()).expect("a count")) };
    assert_eq!(count(&app), 1, "somebody looks after the pair that is on hold");
    // The rest of the words has its place the next day.
    app.turn("+1 day").await;
    jo.says_not_right(&app, "Ray", &[("is", "unsafe"), ("words", WORDS)]).await;
    assert_eq!(count(&app), 1);
}

async fn a_ban_takes_two_and_outlives_every_spelling(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", "ray.oyelaran@gmail.com", 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", "ray.oyelaran@gmail.com");
    let mut jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    jo.says_not_right(&app, "Ray", &[("is", "unsafe"), ("words", WORDS)]).await;

    // One alone bans nobody, and cannot confirm what is their own.
    kim.opens_desk(&app).await;
    kim.browser.follow("1 case needs you").await;
    kim.browser.follow("Look").await;
    kim.browser.press("End it, and propose a lasting ban", &[]).await.says("Done.");
    app.settle().await;
    kim.browser.page.does_not_say("Yes, confirm");
    let confirmed = |app: &TestApp| -> i64 {
        app.seed(|tx, _| {
            bans::table.filter(bans::confirmed_month.is_not_null()).count().get_result(tx.conn()).expect("bans")
        })
    };
    assert_eq!(confirmed(&app), 0);

    let mut lou = Coordinator::enrols(&app, "Lou", "lou@desk.example").await;
    lou.opens_desk(&app).await;
    lou.browser.follow("1 case needs you").await.says("Kim proposes that somebody does not come back");
    lou.browser.page.does_not_say("bridge");
    lou.browser.press("Yes, confirm", &[]).await;
    app.settle().await;
    assert_eq!(confirmed(&app), 1);

    // The numbers never fit, whatever the spelling; nobody is told more. A stranger gets in.
    for address in ["Ray.Oyelaran@gmail.com", "rayoyelaran@gmail.com", "r.a.y.oyelaran+new@googlemail.com"] {
        let mut again = Newcomer { browser: app.browser(), program: MailProgram::new("Ray O", address) };
        again.sends_request(&app, "Rae", &[]).await;
        again.types_code(&app).await.says("Those are not the newest numbers.");
        assert!(again.browser.page.path.ends_with("/ask/code"), "{address}: {}", again.browser.page.path);
    }
    let stranger = Newcomer::asks(&app, "Bo", "ray.oyelaran@proton.me").await;
    assert!(stranger.newest_mail(&app).subject.ends_with("all set"));
}

async fn somebody_young_is_kept_for_thirty_days(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let (mut jo, _ray) = jo_and_ray(&app).await;
    jo.says_not_right(&app, "Ray", &[("is", "young"), ("words", WORDS)]).await;
    jo.browser.page.says("talk with young people too");
    app.turn("+29 days").await;
    tick::clear_away(app.ground());
    let count =
        |app: &TestApp| -> i64 { app.seed(|tx, _| reports::table.count().get_result(tx.conn()).expect("a count")) };
    assert_eq!(count(&app), 1);
    app.turn("+2 days").await;
    tick::clear_away(app.ground());
    assert_eq!(count(&app), 0);
    app.settle().await;
    assert!(newest(&app, "ray@post.example", "a change").text.contains("has ended"), "it ends all the same");
}

async fn a_report_without_a_tick_or_with_words_alone(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut jo, _ray) = jo_and_ray(&app).await;
    jo.opens(&app, "/mine").await;
    let pair = jo.browser.page.pair_path();
    jo.browser.visit(&format!("{pair}/not-right")).await;
    jo.browser.press("Send, and stop contact", &[]).await.says("Pick the closest, or write it in your words.");
    jo.browser.press("Send, and stop contact", &[("words", WORDS)]).await.says("Contact has stopped");
    let category: String =
        app.seed(|tx, _| reports::table.select(reports::category).first(tx.conn()).expect("a report"));
    assert_eq!(category, "other");

    // Somebody else's pair is like one that does not exist.
    let mut ana = Newcomer::asks(&app, "Ana", "ana@mail.example").await;
    ana.opens(&app, "/mine").await;
    for path in [format!("{pair}/not-right"), "/mine/with/aaaaaaaa/not-right".to_owned()] {
        ana.browser.visit(&path).await;
        assert_eq!(ana.browser.page.status, 404, "{path}");
    }
}
