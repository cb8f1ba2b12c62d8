//! A coordinator prints for the next meeting. What goes home in a pocket says nothing.

use show_of_hands::i18n::{Lang, WordList};
use url::Url;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::app::PUBLIC_URL;
use crate::support::{Coordinator, TestApp};

on_both_engines!(a_coordinator_prints_for_the_next_meeting);

async fn a_coordinator_prints_for_the_next_meeting(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
    let browser = &mut kim.browser;
    browser.visit("/desk/print").await.says("Who can sponsor this week? Put your hand up, then scan.");
    browser.page.says("I have worked all twelve Steps");
    assert_eq!(browser.page.inside("figcaption"), "https://hands.example/raise");
    browser.follow("Español").await.says("¿Quién puede apadrinar esta semana?");
    assert_eq!(browser.page.inside("figcaption"), "https://hands.example/es/raise");
    // Whoever scans it is where a hand is put up.
    browser.visit("https://hands.example/es/raise").await.says("Ya trabajaste los Pasos");

    browser.visit("/desk/print").await;
    browser.follow("A flyer with strips to tear off").await.says("You do not have to do this alone");
    assert_eq!(browser.page.inside("figcaption"), PUBLIC_URL);
    says_nothing(&browser.page.inside(".strips"));
    browser.follow("Español").await.says("No tienes que hacerlo a solas");
    assert_eq!(browser.page.inside("figcaption"), "https://hands.example/es");
    says_nothing(&browser.page.inside(".strips"));
    browser.follow("Una hoja para la reunión").await.says("¿Quién puede apadrinar esta semana?");
}

/// The host, as often as there are strips, and not a word that tells what it is for.
fn says_nothing(strips: &str) {
    let host = Url::parse(PUBLIC_URL).expect("a URL").host_str().expect("a host").to_owned();
    let words: Vec<&str> = strips.split(' ').collect();
    assert!(words.len() > 4 && words.iter().all(|word| *word == host), "{strips}");
    for lang in Lang::ALL {
        assert_eq!(WordList::outside(*lang).first_in(strips), None, "{strips}");
    }
}
