//! The main journey as a person makes it on a small phone without scripts: the newcomer from the first page to "Your
//! request is in", the sponsor from the mail to the yes.

use crate::browser::Browser;
use crate::service::{Service, assert_well_made};

/// The smallest phone, in CSS pixels.
const SMALL_PX: u32 = 320;
const MOST_PRESSES: usize = 6;
const MOST_FIELDS: usize = 3;

/// What the pages of one language say on the way.
struct Words {
    start: &'static str,
    ask: &'static str,
    go_on: &'static str,
    send: &'static str,
    /// The first two places the Tab key goes to.
    first_stops: [&'static str; 2],
    done: &'static str,
}

const ENGLISH: Words = Words {
    start: "/",
    ask: "Ask for a sponsor",
    go_on: "Continue",
    send: "Send my request",
    first_stops: ["Skip to main content", "Leave this site"],
    done: "Your request is in, Dana",
};

const SPANISH: Words = Words {
    start: "/es/",
    ask: "Pedir a alguien que me apadrine",
    go_on: "Continuar",
    send: "Enviar mi petición",
    first_stops: ["Ir al contenido", "Salir de este sitio"],
    done: "Tu petición está en marcha, Dana",
};

/// One person at the browser, who counts what it costs.
struct Person<'a> {
    browser: &'a Browser,
    words: &'a Words,
    presses: usize,
    fields: usize,
}

impl Person<'_> {
    async fn types(&mut self, field: &str, text: &str) {
        self.fields += 1;
        self.browser.fill(field, text).await;
    }

    async fn presses(&mut self, words: &str) {
        self.presses += 1;
        self.browser.press(words).await;
        self.looks().await;
    }

    async fn looks(&self) {
        assert_well_made(self.browser).await;
        let stops = self.browser.tab_stops(2).await;
        assert_eq!(stops, self.words.first_stops, "of {}", self.browser.url().await);
    }
}

async fn ask(service: &Service, browser: &Browser, words: &Words, address: &str) {
    let mut dana = Person { browser, words, presses: 0, fields: 0 };
    browser.goto(&service.url(words.start)).await;
    dana.looks().await;
    browser.follow(words.ask).await;
    dana.presses += 1;
    dana.looks().await;
    dana.types("name", "Dana").await;
    dana.presses(words.go_on).await;
    dana.types("email", address).await;
    dana.presses(words.go_on).await;
    dana.presses(words.go_on).await;
    dana.presses(words.send).await;
    let code = service.code_for(address).await;
    dana.types("code", &code).await;
    dana.presses(words.go_on).await;

    let text = browser.text().await;
    assert!(text.contains(words.done), "{text}");
    assert!(
        (dana.presses, dana.fields) == (MOST_PRESSES, MOST_FIELDS),
        "{} presses, {} fields",
        dana.presses,
        dana.fields
    );
}

#[actix_web::test]
async fn a_newcomer_asks_in_six_presses_and_three_fields_and_a_sponsor_says_yes_in_two() {
    let Some(mut browser) = Browser::start(false).await else { return };
    let service = Service::start().await;
    browser.set_width(SMALL_PX).await;

    ask(&service, &browser, &ENGLISH, "dana@inbox.example").await;

    let offer = service.link_for("ray@harbor.example", "/o/").await;
    browser.forget_all().await;
    // The first press is the link in the mail.
    browser.goto(&offer).await;
    let ray = Person { browser: &browser, words: &ENGLISH, presses: 1, fields: 0 };
    ray.looks().await;
    browser.press("Yes, and say hello").await;
    ray.looks().await;
    let text = browser.text().await;
    assert!(text.contains("You write with Dana now."), "{text}");
    assert!(service.newest_to("dana@inbox.example").await.text.contains("I am Ray."));
    service.stop().await;
}

#[actix_web::test]
async fn a_newcomer_asks_in_spanish_with_as_little() {
    let Some(mut browser) = Browser::start(false).await else { return };
    let service = Service::start().await;
    browser.set_width(SMALL_PX).await;
    ask(&service, &browser, &SPANISH, "dana@buzon.example").await;
    service.stop().await;
}
