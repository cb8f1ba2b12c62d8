//! The five things a coordinator does, on the smallest phone, without a script and by keyboard alone: how many presses each
//! of them takes.

use chrono::TimeDelta;
use diesel::prelude::*;
use show_of_hands::clock::Timestamp;
use show_of_hands::store;
use show_of_hands::store::schema::requests;

use crate::browser::Browser;
use crate::service::{Service, assert_well_made};

const SMALL_PX: u32 = 320;

/// One person at the desk, who counts what it costs.
struct Coordinator<'a> {
    browser: &'a Browser,
    service: &'a Service,
}

impl Coordinator<'_> {
    /// From the desk, by these presses.
    async fn presses(&self, words: &[&str], then: &str) {
        self.browser.goto(&self.service.url("/desk")).await;
        assert_well_made(self.browser).await;
        for words in words {
            self.browser.tab_to_and_enter(words).await;
            assert_well_made(self.browser).await;
        }
        let text = self.browser.text().await;
        assert!(text.contains(then), "{} does not say {then:?}: {text}", self.browser.url().await);
    }
}

#[actix_web::test]
async fn a_coordinator_knows_the_state_and_acts_in_three_presses_by_keyboard() {
    let Some(mut browser) = Browser::start(false).await else { return };
    browser.set_width(SMALL_PX).await;
    let service = Service::start().await;
    a_report(&browser, &service).await;
    a_hand_without_a_word(&browser, &service).await;
    everybody_waits_for_a_day(&service);
    service.opens_desk(&browser).await;
    let kim = Coordinator { browser: &browser, service: &service };

    // The state is the first thing that stands there.
    let sentence = browser.heading().await;
    assert!(sentence.contains("people are waiting.") && sentence.contains("you."), "{sentence}");

    kim.presses(&["Suggest a sponsor Wren", "Ask "], "Sent. It is a question like any other").await; // 2, of 3
    kim.presses(&["waits for a word", "I know them: yes"], "Thank you. This hand is up.").await; // 2
    kim.presses(&["1 case needs you", "Look"], "They pushed me").await; // 2
    kim.presses(&["Print a sheet for the next meeting"], "Put your hand up, then scan.").await; // 1, and the browser's own
    kim.presses(&["Suggest a sponsor Wren", "Undo: take back the question"], "Taken back.").await;
    kim.presses(&["Suggest a sponsor Wren", "I look after this"], "You look after this one.").await;
    service.stop().await;
}

#[actix_web::test]
async fn a_queue_of_two_hundred_fits_the_smallest_phone() {
    let Some(mut browser) = Browser::start(false).await else { return };
    browser.set_width(SMALL_PX).await;
    let service = Service::start().await;
    two_hundred_more_wait(&service);
    service.opens_desk(&browser).await;
    browser.goto(&service.url("/desk")).await;
    assert_well_made(&browser).await;
    let heading = browser.heading().await;
    let waiting: usize = heading.split(' ').next().and_then(|number| number.parse().ok()).expect("a number");
    assert!(waiting > 200, "{heading}");
    assert_eq!(browser.count("//tbody/tr").await, waiting);
    service.stop().await;
}

/// Copies of one who waits, with names that are long.
fn two_hundred_more_wait(service: &Service) {
    const NUMBERS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)";
    const MEMBER: &str =
        "address, check_word, language, utc_offset_min, made_month, active_month, terms_version, terms_month";
    const REQUEST: &str = "placed_at, waiting_since, languages, first_language, accepts, accepts_must, describes, parts, hours, \
                           next_look_at, updates, kind, walked_with, ok_with_medicine";
    let id = "CAST(printf('%016d', i) AS BLOB)";
    let digest = "CAST(printf('%032d', i) AS BLOB)";
    let members = format!(
        "{NUMBERS} INSERT INTO members (id, first_name, address_index, memory_hash, {MEMBER})
         SELECT {id}, 'Aleksandra-Konstancja ' || i, {digest}, {digest}, {MEMBER} FROM n, (SELECT * FROM members LIMIT 1)"
    );
    let requests = format!(
        "{NUMBERS} INSERT INTO requests (id, member, state, short, {REQUEST})
         SELECT {id}, {id}, 'waiting', printf('%03d', i), {REQUEST}
         FROM n, (SELECT * FROM requests WHERE state = 'waiting' LIMIT 1)"
    );
    let made = service.demo.inside.ground.store.write_tx(|tx| {
        diesel::sql_query(&members).execute(tx.conn())?;
        diesel::sql_query(&requests).execute(tx.conn())?;
        Ok::<_, store::Error>(())
    });
    made.expect("two hundred people");
}

async fn a_report(browser: &Browser, service: &Service) {
    const NOA: &str = "noa@inbox.example";
    let before = service.mails().await.len();
    asks(browser, service, ("Noa", NOA)).await;
    let mails = service.mails().await;
    let offer = mails.iter().skip(before).find_map(|mail| service.link_in(mail, "/o/")).expect("an offer");
    browser.forget_all().await;
    browser.goto(&offer).await;
    browser.press("Yes, and say hello").await;
    browser.forget_all().await;
    browser.goto(&service.url("/in")).await;
    browser.fill("email", NOA).await;
    browser.press("Continue").await;
    browser.fill("code", &service.code_for(NOA).await).await;
    browser.press("Continue").await;
    browser.follow_containing("Write to").await;
    browser.follow("Something is not right").await;
    browser.choose("They pushed me").await;
    browser.press("Send, and stop contact").await;
    service.mails().await;
}

async fn asks(browser: &Browser, service: &Service, (name, address): (&str, &str)) {
    browser.forget_all().await;
    browser.goto(&service.url("/ask/name")).await;
    browser.fill("name", name).await;
    browser.press("Continue").await;
    browser.fill("email", address).await;
    browser.press("Continue").await;
    browser.press("Continue").await;
    browser.press("Send my request").await;
    browser.fill("code", &service.code_for(address).await).await;
    browser.press("Continue").await;
}

async fn a_hand_without_a_word(browser: &Browser, service: &Service) {
    const MINA: &str = "mina@harbor.example";
    browser.forget_all().await;
    browser.goto(&service.url("/raise")).await;
    browser.press("I can sponsor").await;
    browser.fill("name", "Mina").await;
    browser.fill("email", MINA).await;
    browser.press("Continue").await;
    for label in ["I have worked all twelve Steps", "I have a sponsor", "Evenings", "Anyone"] {
        browser.choose(label).await;
    }
    browser.press("Put my hand up").await;
    browser.fill("code", &service.code_for(MINA).await).await;
    browser.press("Continue").await;
}

fn everybody_waits_for_a_day(service: &Service) {
    let ground = &service.demo.inside.ground;
    let long_ago: Timestamp = ground.now().minus(TimeDelta::hours(25));
    let made = ground.store.write_tx(|tx| {
        let all = diesel::update(requests::table).set(requests::waiting_since.eq(long_ago));
        Ok::<_, store::Error>(all.execute(tx.conn())?)
    });
    made.expect("people who wait");
}
