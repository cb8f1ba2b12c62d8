//! "I need to step back": one button and no reason. Each newcomer is asked alone, nobody loses a place, one press comes back.

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_offers, newest};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    each_newcomer_chooses_alone_and_one_press_comes_back,
    a_contact_lasts_until_somebody_new_says_yes,
    stopping_to_look_keeps_the_old_contact,
    what_was_asked_goes_on_to_others,
    a_pause_ends_by_itself_and_nobody_was_nudged,
    stopping_for_good_reads_like_any_end,
    who_waits_for_a_first_letter_is_not_ended_by_the_rest,
    when_who_wrote_for_now_ends_the_next_is_asked,
    another_day_is_told_and_who_waits_may_think_again,
);

const RAY: &str = "ray@post.example";
const MIA: &str = "mia@post.example";

/// Ray and these newcomers, who write each other.
async fn ray_with(app: &TestApp, names: &[&str]) -> (Sponsor, Vec<Newcomer>) {
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, i32::try_from(names.len()).expect("few")));
    let mut ray = Sponsor::of(app, "Ray Oyelaran", RAY);
    let mut newcomers = Vec::new();
    for name in names {
        newcomers.push(Newcomer::asks(app, name, &format!("{}@mail.example", name.to_lowercase())).await);
        ray.says_yes(app, None).await.says("You said yes.");
    }
    (ray, newcomers)
}

async fn steps_back(app: &TestApp, ray: &mut Sponsor) {
    ray.opens(app, "/mine").await;
    ray.browser.follow("I need to step back").await.says("Nobody asks why.");
    ray.browser.press("Step back", &[("pause", "2")]).await.says("Your hand is on a break until");
    app.settle().await;
}

/// Presses a button of the question that Ray's stepping back asked.
async fn chooses(app: &TestApp, jo: &mut Newcomer, button: &str) {
    let question = newest(app, &jo.program.address, "a change");
    assert!(question.text.contains("Ray has to be away for a while, and means to be back on 8 December."));
    let mut browser = app.browser();
    browser.visit(&question.link()).await.says("It is not about you.");
    browser.press(button, &[]).await.says("Good");
    app.settle().await;
    if button != "I wait" {
        browser.visit(&question.link()).await.says("This is settled.");
    }
}

async fn each_newcomer_chooses_alone_and_one_press_comes_back(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut ray, mut all) = ray_with(&app, &["Jo", "Sam", "Mo"]).await;
    app.seed(|tx, ground| {
        let mia = seed::hand(tx, ground, "Mia", MIA, 0);
        seed::writes_for_now(tx, mia);
        seed::hand(tx, ground, "Kim", "kim@post.example", 1);
    });
    ray.opens(&app, "/mine/back").await;
    for name in ["Jo", "Sam", "Mo"] {
        ray.browser.page.says(&format!("What {name} will read"));
    }
    ray.browser.page.says("Ray has to be away for a while, and means to be back on the day you choose.");
    steps_back(&app, &mut ray).await;

    let [jo, sam, mo] = all.as_mut_slice() else { panic!("three") };
    chooses(&app, jo, "I wait").await;
    chooses(&app, sam, "Someone to write with for now").await;
    chooses(&app, mo, "Someone new").await;
    assert_eq!((count_offers(&app, MIA), count_offers(&app, "kim@post.example")), (1, 1), "for Sam, and for Mo");
    for newcomer in [&*jo, &*sam, &*mo] {
        for mail in app.mails_to(&newcomer.program.address) {
            for other in
                ["Jo", "Sam", "Mo"].iter().filter(|other| !newcomer.program.address.starts_with(&other.to_lowercase()))
            {
                assert!(!mail.text.contains(*other), "nobody learns of another: {}", mail.text);
            }
        }
    }

    let mut mia = Sponsor::of(&app, "Mia Lund", MIA);
    mia.says_yes(&app, None).await.says("You write with Sam for now.");
    sam.opens(&app, "/mine").await.says("Mia writes with you for now.");
    sam.browser.page.says("Ray is away for a while. You can still write.");
    assert!(jo.program.reply(&app, &jo.newest_letter(&app), "Take care, Ray.").await.starts_with("250"));
    app.settle().await;
    assert!(ray.newest_letter(&app).text.contains("Take care, Ray."), "mail still flows");

    ray.opens(&app, "/mine/hand").await;
    ray.browser.press("Put my hand up again", &[]).await.says("Your hand is up");
    app.settle().await;
    jo.opens(&app, "/mine").await.says("You write to each other.");
    assert!(!jo.browser.page.text().contains("away"), "{}", jo.browser.page.text());
    mo.opens(&app, "/mine").await.says("Stop looking"); // Mo chose, and is still looked for
}

async fn a_contact_lasts_until_somebody_new_says_yes(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut ray, mut all) = ray_with(&app, &["Jo"]).await;
    let jo = &mut all[0];
    steps_back(&app, &mut ray).await;
    chooses(&app, jo, "Someone new").await;
    jo.opens(&app, "/mine").await;
    jo.browser.follow("Write to Ray").await.says("We look for someone new. Until somebody says yes, Ray stays.");
    assert!(jo.writes(&app, "Are you well?").await.starts_with("250"));
    assert!(ray.newest_letter(&app).text.contains("Are you well?"));

    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", "kim@post.example", 1));
    app.turn("+1 h").await;
    let mut kim = Sponsor::of(&app, "Kim Roth", "kim@post.example");
    kim.says_yes(&app, None).await.says("You said yes.");
    app.settle().await;
    assert!(newest(&app, RAY, "a change").text.contains("ended, with thanks"));
    jo.opens(&app, "/mine").await.says("Kim");
    assert!(!jo.browser.page.text().contains("Ray"), "{}", jo.browser.page.text());
    assert!(app.mails_to(&jo.program.address).iter().filter(|mail| mail.subject.ends_with("a change")).count() == 1);
    ray.opens(&app, "/mine/hand").await;
    ray.browser.press("Put my hand up again", &[]).await;
    app.turn("+1 day").await;
    assert_eq!(count_offers(&app, RAY), 1, "never the same two again");
}

async fn what_was_asked_goes_on_to_others(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 2));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, None).await;
    let mut lea = Newcomer::asks(&app, "Lea", "lea@mail.example").await;
    assert_eq!(count_offers(&app, RAY), 2);
    app.seed(|tx, ground| seed::hand(tx, ground, "Kim", "kim@post.example", 1));
    steps_back(&app, &mut ray).await;
    assert_eq!(count_offers(&app, "kim@post.example"), 1, "asked on at once");
    ray.opens_offer(&app).await.says("This one moved on. You did nothing wrong.");
    lea.opens(&app, "/mine").await.says("We asked sponsors who have time.");
    Newcomer::asks(&app, "Mo", "mo@mail.example").await;
    assert_eq!(count_offers(&app, RAY), 2, "nothing new");
}

async fn stopping_to_look_keeps_the_old_contact(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut ray, mut all) = ray_with(&app, &["Jo"]).await;
    let jo = &mut all[0];
    steps_back(&app, &mut ray).await;
    chooses(&app, jo, "Someone new").await;
    jo.opens(&app, "/mine/stop").await;
    jo.browser.press("Stop looking", &[]).await;
    app.settle().await;
    app.turn("+1 h").await;
    jo.opens(&app, "/mine").await;
    jo.browser.follow("Write to Ray").await.says("Ray means to be back on 8 December.");
    assert!(!jo.browser.page.text().contains("We look for someone new"));
    assert!(!app.mails_to(RAY).iter().any(|mail| mail.subject.ends_with("a change")));
}

async fn a_pause_ends_by_itself_and_nobody_was_nudged(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut ray, mut all) = ray_with(&app, &["Jo", "Sam"]).await;
    for newcomer in &all {
        newcomer.writes(&app, "Thank you, Ray.").await;
    }
    steps_back(&app, &mut ray).await;
    app.seed(|tx, ground| {
        let mia = seed::hand(tx, ground, "Mia", MIA, 0);
        seed::writes_for_now(tx, mia);
    });
    chooses(&app, &mut all[1], "Someone to write with for now").await;
    for _ in 0..13 {
        app.turn("+1 day").await;
    }
    let nudges = |app: &TestApp| app.mails_to(RAY).iter().filter(|mail| mail.subject.ends_with("is waiting")).count();
    assert_eq!(nudges(&app), 0);
    all[1].signs_in(&app).await;
    all[1].browser.page.says("We look for someone to write with you while your sponsor is away.");
    app.turn("+1 day").await;
    app.turn("+1 day").await;
    all[1].signs_in(&app).await;
    assert!(!all[1].opens(&app, "/mine").await.text().contains("We look for someone"), "it ends with the pause");
    assert_eq!(nudges(&app), 0, "what was owed is owed from the return on");
    app.turn("+1 day").await;
    app.turn("+1 day").await;
    assert_eq!(nudges(&app), 1, "one a day, for two who wait");
    app.turn("+1 day").await;
    assert_eq!(nudges(&app), 2);
}

async fn stopping_for_good_reads_like_any_end(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (ray, mut all) = ray_with(&app, &["Jo", "Sam"]).await;
    for (newcomer, button) in all.iter_mut().zip(["Stop contact for good", "Just stop"]) {
        newcomer.writes(&app, "Hello, Ray.").await;
        newcomer.opens(&app, "/mine").await;
        newcomer.browser.follow("Write to Ray").await;
        newcomer
            .browser
            .follow("This is not a fit, or I want to stop")
            .await
            .says("even if one of you leaves and comes back");
        newcomer.browser.press(button, &[]).await.says("You are not looking for anyone right now.");
        app.settle().await;
    }
    let told: Vec<String> = app
        .mails_to(RAY)
        .iter()
        .filter(|mail| mail.subject.ends_with("a change"))
        .map(|mail| mail.text.replace("Sam", "Jo"))
        .collect();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], told[1], "nothing tells the two apart");
    // The first answer to each is told; from then on both are answered alike.
    let letters: Vec<_> = app.mails_to(RAY).into_iter().filter(|mail| mail.subject.ends_with("new message")).collect();
    let mut answers = Vec::new();
    for letter in &letters {
        answers.push(ray.program.reply(&app, letter, "Hello?").await);
        app.settle().await;
    }
    assert_eq!((answers.len(), &answers[0]), (2, &answers[1]));
    let told = newest(&app, RAY, "your note did not go");
    assert!(told.text.contains("This contact has ended"), "{}", told.text);
}

async fn who_waits_for_a_first_letter_is_not_ended_by_the_rest(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    app.seed(|tx, ground| seed::hand(tx, ground, "Ray", RAY, 1));
    let mut ray = Sponsor::of(&app, "Ray Oyelaran", RAY);
    let jo = Newcomer::asks(&app, "Jo", "jo@mail.example").await;
    ray.says_yes(&app, Some("")).await;
    app.turn("+1 day").await;
    app.turn("+1 day").await;
    let count = |subject: &str| {
        let mails = [app.mails_to(&jo.program.address), app.mails_to(RAY)].concat();
        mails.iter().filter(|mail| mail.subject.ends_with(subject)).count()
    };
    assert_eq!((count("a hello is due"), count("a choice for you")), (1, 1));
    ray.opens(&app, "/mine/back").await;
    ray.browser.press("Step back", &[("pause", "4")]).await;
    app.settle().await;
    for _ in 0..29 {
        app.turn("+1 day").await;
    }
    assert_eq!((count("a hello is due"), count("a choice for you")), (2, 1), "owed from the return on");
    assert_eq!(count("ended"), 0);
    app.turn("+1 day").await;
    assert_eq!(count("a choice for you"), 2);
    ray.opens(&app, "/mine").await.says("Jo waits for a first line from you.");
}

async fn when_who_wrote_for_now_ends_the_next_is_asked(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut ray, mut all) = ray_with(&app, &["Jo"]).await;
    app.seed(|tx, ground| {
        let mia = seed::hand(tx, ground, "Mia", MIA, 0);
        seed::writes_for_now(tx, mia);
    });
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@lantern.example").await;
    steps_back(&app, &mut ray).await;
    chooses(&app, &mut all[0], "Someone to write with for now").await;
    kim.opens_desk(&app).await.says("for now");
    let mut mia = Sponsor::of(&app, "Mia Lund", MIA);
    mia.says_yes(&app, None).await.says("You write with Jo for now.");
    kim.opens_desk(&app).await.says("Nobody is waiting.");
    all[0].opens(&app, "/mine").await.does_not_say("We look for someone to write with you");
    mia.opens(&app, "/mine").await;
    mia.browser
        .follow("I need to step back")
        .await
        .says("Your contact with Mia has ended. It is not about you. It was for now.");
    mia.browser.press("Step back", &[("pause", "2")]).await;
    app.seed(|tx, ground| {
        let kai = seed::hand(tx, ground, "Kai", "kai@post.example", 0);
        seed::writes_for_now(tx, kai);
    });
    app.turn("+4 h").await;
    assert_eq!(count_offers(&app, "kai@post.example"), 1);
    all[0].opens(&app, "/mine").await.says("We look for someone to write with you while your sponsor is away.");
    app.turn("+2 days").await;
    let updates = app.mails_to(&all[0].program.address);
    assert!(!updates.iter().any(|mail| mail.subject.ends_with("a short update")), "nobody looks for a sponsor");
}

async fn another_day_is_told_and_who_waits_may_think_again(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let (mut ray, mut all) = ray_with(&app, &["Jo"]).await;
    steps_back(&app, &mut ray).await;
    let question = newest(&app, &all[0].program.address, "a change");
    let mut browser = app.browser();
    browser.visit(&question.link()).await;
    browser.press("I wait", &[]).await.says("All stays as it is.");
    browser.visit(&question.link()).await.says("Ray has to be away for a while, and means to be back on 8 December.");

    app.turn("+1 day").await;
    ray.opens(&app, "/mine/hand").await;
    ray.browser.press("Start the break", &[("pause", "4")]).await;
    app.settle().await;
    let told = newest(&app, &all[0].program.address, "a change");
    assert!(told.text.contains("means to be back on 23 December"), "{}", told.text);
    browser.visit(&told.link()).await;
    browser.press("Someone new", &[]).await.says("Until then all stays as it is.");
    app.settle().await;
    all[0].opens(&app, "/mine").await.says("Stop looking");

    ray.opens(&app, "/mine").await;
    ray.browser.follow("Jo knows that you are away.").await.says("You stepped back until 23 December.");
    ray.browser.press("I am back", &[]).await;
    ray.browser.visit("/mine/hand").await.says("Your hand is on a break");
    all[0].opens(&app, "/mine").await.says("You write to each other.");
}
