//! Ana asks for what is rare: she reads which wish it is, nothing widens by itself, and the first hand that fits is asked
//! for her.

use diesel::prelude::*;
use show_of_hands::ground::Ground;
use show_of_hands::matching::{DayPart, DayParts, Descriptions, Experience, Hours, Languages};
use show_of_hands::store::Tx;
use show_of_hands::store::ids::MemberId;
use show_of_hands::store::schema::hands;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::people::{count_offers, newest};
use crate::support::{Coordinator, Newcomer, Sponsor, TestApp, seed};

on_both_engines!(
    a_rare_wish_is_named_and_waits_for_whom_it_means,
    one_press_widens_and_who_was_meant_is_still_liked_best,
    who_can_be_asked_as_it_is_reads_nothing_of_scarcity,
    medicine_is_a_wish_of_which_nobody_is_told,
    who_has_walked_with_them_is_asked_first_and_shows_it_only_if_told,
);

const ANA: &str = "ana@mail.example";
/// A woman or a non-binary person, in Portuguese, in the evenings at UTC−3.
const RARE: [(&str, &str); 6] = [
    ("who", "woman"),
    ("who", "non-binary"),
    ("must", "must"),
    ("languages", "pt"),
    ("times", "evenings"),
    ("offset", "-180"),
];

/// A hand with this description, language and times at UTC−3; `None` says nothing.
fn hand(app: &TestApp, name: &str, is: Option<&str>, language: Option<&str>, parts: &[DayPart]) -> MemberId {
    let set = |tx: &mut Tx<'_>, ground: &Ground, id: MemberId| {
        let lists = &ground.policy.lists;
        let parts = DayParts::of(parts.iter().copied());
        let languages = Languages::from_codes(language, lists).expect("in the list");
        let describes = Descriptions::from_codes(is, lists).expect("in the list").or_unstated();
        diesel::update(hands::table.find(id))
            .set((
                hands::languages.eq(languages),
                hands::describes.eq(describes),
                hands::parts.eq(parts),
                hands::hours.eq(Hours::of(parts, -180)),
            ))
            .execute(tx.conn())
            .expect("set");
    };
    app.seed(|tx, ground| {
        let id = seed::hand(tx, ground, name, &address(name), 1);
        set(tx, ground, id);
        id
    })
}

fn address(name: &str) -> String {
    format!("{}@post.example", name.to_lowercase())
}

async fn ana_asks(app: &TestApp) -> Newcomer {
    ana_asks_for(app, &RARE).await
}

async fn ana_asks_for(app: &TestApp, wishes: &[(&str, &str)]) -> Newcomer {
    let program = crate::support::smtp::MailProgram::new("Ana Sousa", ANA);
    let mut ana = Newcomer { browser: app.browser(), program };
    ana.sends_request(app, "Ana", wishes).await;
    ana.types_code(app).await.says("Your request is in");
    app.settle().await;
    ana
}

async fn a_rare_wish_is_named_and_waits_for_whom_it_means(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@lantern.example").await;
    hand(&app, "Rui", Some("man"), Some("pt"), &[DayPart::Evenings]);
    hand(&app, "Unset", None, Some("pt"), &[DayPart::Evenings]); // says nothing of themselves
    hand(&app, "Mute", Some("woman"), None, &[DayPart::Evenings]); // says no language
    hand(&app, "Eva", Some("woman"), Some("en"), &[DayPart::Evenings]);
    let mut ana = ana_asks(&app).await;

    ana.opens(&app, "/mine").await.says("You asked only for: A woman, A non-binary person.");
    let page = ana.browser.page.text();
    assert!(page.contains("If others are OK too, we could ask a few more people."), "{page}");
    assert!(!page.contains("If any time is OK"), "that would open nobody: {page}");
    assert!(page.contains("A coordinator is looking for you now."), "nobody fits: {page}");
    assert!(page.contains("Help right now"), "numbers to call: {page}");
    assert!(kim.opens_desk(&app).await.text().contains("Ana"), "at the desk at once");
    app.turn("+5 h").await;
    app.turn("+1 day").await;
    for name in ["Rui", "Unset", "Mute", "Eva"] {
        assert_eq!(count_offers(&app, &address(name)), 0, "{name} is not asked: nothing widens by itself");
    }
    assert!(newest(&app, ANA, "a short update").text.contains("We are still asking."));

    // Somebody with the same wish, later; then one hand that fits both.
    Newcomer::asks(&app, "Zoe", "zoe@mail.example").await;
    hand(&app, "Bia", Some("non-binary"), Some("pt"), &[DayPart::Evenings]);
    app.turn("+1 h").await;
    let mut bia = Sponsor::of(&app, "Bia Reis", &address("Bia"));
    bia.opens_offer(&app).await.says("Português");
    assert_eq!(count_offers(&app, &address("Bia")), 1, "one place, and Ana waited longest");
    ana.opens(&app, "/mine").await.does_not_say("You asked only for");
    bia.says_yes(&app, None).await.says("You write with Ana now.");
}

async fn one_press_widens_and_who_was_meant_is_still_liked_best(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    for name in ["Rui", "Leo", "Gil", "Max", "Ivo"] {
        hand(&app, name, Some("man"), Some("pt"), &[DayPart::Evenings]);
    }
    let mut ana = ana_asks(&app).await;
    ana.opens(&app, "/mine").await.says("we could ask 5 or more people.");
    let old_page = ana.browser.page.fill(Some("Others are OK too"), &[]);
    ana.browser.press("Others are OK too", &[]).await;
    app.settle().await;
    let asked = |app: &TestApp| {
        ["Rui", "Leo", "Gil", "Max", "Ivo"].iter().map(|name| count_offers(app, &address(name))).sum::<usize>()
    };
    assert_eq!(asked(&app), 4, "four at once, in the minute");
    ana.opens(&app, "/mine").await.does_not_say("You asked only for");
    ana.opens(&app, "/mine/change").await;
    let kept = ana.browser.page.fill(Some("Save"), &[]).fields;
    let holds = |field: (&str, &str)| kept.contains(&(field.0.to_owned(), field.1.to_owned()));
    assert!(holds(("who", "woman")) && holds(("must", "nice")) && holds(("times", "evenings")), "{kept:?}");
    ana.browser.send(old_page).await.says("Your request is in");
    app.settle().await;
    assert_eq!(asked(&app), 4, "a press on an old page changes nothing");
}

async fn who_can_be_asked_as_it_is_reads_nothing_of_scarcity(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    hand(&app, "Rui", Some("man"), Some("pt"), &[DayPart::Evenings]);
    hand(&app, "Eva", Some("woman"), Some("pt"), &[DayPart::Evenings]);
    let mut ana = ana_asks(&app).await;
    assert_eq!(count_offers(&app, &address("Eva")), 1);
    ana.opens(&app, "/mine").await.does_not_say("Your wishes right now");
}

/// What a hand said of medicine, and whom it has walked with.
fn says(app: &TestApp, hand: MemberId, medicine: Option<bool>, walked_with: Option<&str>) {
    app.seed(|tx, ground| {
        let walked_with = Experience::from_codes(walked_with, &ground.policy.lists).expect("in the list");
        diesel::update(hands::table.find(hand))
            .set((hands::ok_with_medicine.eq(medicine), hands::walked_with.eq(walked_with)))
            .execute(tx.conn())
            .expect("set");
    });
}

async fn medicine_is_a_wish_of_which_nobody_is_told(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@lantern.example").await;
    for (name, medicine) in [("Unset", None), ("Nein", Some(false)), ("Bia", Some(true))] {
        let id = hand(&app, name, Some("woman"), Some("pt"), &[DayPart::Evenings]);
        says(&app, id, medicine, None);
    }
    let stands = |app: &TestApp, state: &str| {
        app.seed(|tx, _| {
            diesel::update(hands::table.filter(hands::ok_with_medicine.eq(true)))
                .set(hands::state.eq(state))
                .execute(tx.conn())
                .expect("set");
        });
    };
    stands(&app, "paused");
    let wishes: Vec<(&str, &str)> = RARE.into_iter().chain([("medicine", "yes")]).collect();
    let mut ana = ana_asks_for(&app, &wishes).await;
    ana.opens(&app, "/mine").await.says("You asked only for sponsors who are OK with prescribed medicine.");
    for name in ["Unset", "Nein"] {
        assert_eq!(count_offers(&app, &address(name)), 0, "{name} did not say yes");
    }
    assert!(!kim.opens_desk(&app).await.text().contains("medicine"));

    stands(&app, "up");
    app.turn("+1 h").await;
    let mut bia = Sponsor::of(&app, "Bia Reis", &address("Bia"));
    bia.opens_offer(&app).await.does_not_say("medicine");
    let mail = newest(&app, &address("Bia"), "can you help this week?");
    assert!(!mail.text.contains("medicine"), "{}", mail.text);
    bia.says_yes(&app, None).await.does_not_say("medicine");
    ana.opens(&app, "/mine").await.does_not_say("medicine");
}

async fn who_has_walked_with_them_is_asked_first_and_shows_it_only_if_told(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    for name in ["Rui", "Leo", "Gil", "Max", "Ivo", "Noa"] {
        hand(&app, name, Some("woman"), Some("pt"), &[DayPart::Evenings]);
    }
    let id = hand(&app, "Eva", Some("woman"), Some("pt"), &[DayPart::Evenings]);
    says(&app, id, None, Some("parents"));
    let walked = ["parents", "lgbtq", "veterans", "no-belief"].map(|code| ("walked", code));
    let wishes: Vec<(&str, &str)> = RARE.into_iter().chain(walked.into_iter().take(3)).collect();
    let mut ana = ana_asks_for(&app, &wishes).await;
    assert_eq!(count_offers(&app, &address("Eva")), 1, "before six others, four at once");
    ana.opens(&app, "/mine/change").await;
    ana.browser.press("Save", &walked).await.says("Tick three at most.");

    let mut eva = Sponsor::of(&app, "Eva Lima", &address("Eva"));
    let page = eva.opens_offer(&app).await;
    page.says("You have walked with, as they wish");
    page.says("Parents");
    page.does_not_say("Veterans");
    eva.says_yes(&app, None).await;
    ana.opens(&app, "/mine").await;
    let links = ana.browser.page.links();
    let pair = links.iter().find(|link| link.starts_with("/mine/with/")).expect("her page");
    ana.opens(&app, pair).await.does_not_say("has walked with");
    app.seed(|tx, _| {
        diesel::update(hands::table.find(id)).set(hands::shows_walked_with.eq(true)).execute(tx.conn()).expect("set");
    });
    ana.opens(&app, pair).await.says("Eva has walked with: Parents.");
}
