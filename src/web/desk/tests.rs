//! The desk as a coordinator's browser meets it: the real routes, a throwaway store, a clock that stands.

use std::collections::BTreeMap;

use actix_web::App;
use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::test::{self, TestRequest};
use actix_web::web::Data;
use chrono::TimeDelta;
use scraper::{Html, Selector};
use url::Url;

use crate::desk::tests::World;
use crate::members::{self, InvitationKind};
use crate::outbox::transport::Refusal;
use crate::vault::{Cost, Hasher};
use crate::web::page::House;
use crate::web::{Settings, WebHouse, routes, signed};

const PASSPHRASE: &str = "seven grey herons over the weir";
const EMAIL: &str = "kim@desk.example";

struct Desk {
    world: World,
    house: House,
    hasher: Data<Hasher>,
}

fn desk() -> Desk {
    let world = World::new();
    let ground = &world.ground;
    let settings = Settings {
        public_url: Url::parse("https://hello.example").unwrap(),
        site_name: "Hello Post".to_owned(),
        is_demo: false,
        trusted_proxy: None,
        leave_to: Url::parse("https://weather.example/today").unwrap(),
        onion: None,
        mail_domain: "hello.example".to_owned(),
        utc_offset_min: 0,
        policy_file: None,
        words_folder: None,
    };
    let house = WebHouse::new(
        ground.vault.clone(),
        ground.words.clone(),
        ground.clock.clone(),
        ground.chance.clone(),
        settings,
    );
    let hasher = Hasher::new(&ground.vault, Cost::LOWEST, &ground.chance).unwrap();
    Desk { world, house: Data::new(house), hasher: Data::new(hasher) }
}

#[derive(Default)]
struct Browser {
    cookies: BTreeMap<String, String>,
}

struct Seen {
    status: StatusCode,
    location: Option<String>,
    text: String,
}

impl Seen {
    fn attr(&self, selector: &str, name: &str) -> String {
        let html = Html::parse_document(&self.text);
        html.select(&Selector::parse(selector).unwrap()).next().unwrap().attr(name).unwrap().to_owned()
    }

    fn inner(&self, selector: &str) -> String {
        let html = Html::parse_document(&self.text);
        html.select(&Selector::parse(selector).unwrap()).next().unwrap().text().collect()
    }

    /// The first visit is over: the eight codes.
    fn is_enrolled(&self) -> bool {
        self.codes().len() == 8 && self.text.contains("We show them once.")
    }

    fn codes(&self) -> Vec<String> {
        let html = Html::parse_document(&self.text);
        let codes = Selector::parse("main ol code").unwrap();
        html.select(&codes).map(|code| code.text().collect()).collect()
    }

    fn leads_to(&self, path: &str) -> bool {
        self.status == StatusCode::SEE_OTHER && self.location.as_deref() == Some(path)
    }
}

impl Browser {
    async fn send(&mut self, desk: &Desk, request: TestRequest) -> Seen {
        let app = App::new()
            .app_data(desk.house.clone())
            .app_data(Data::new(desk.world.ground.clone()))
            .app_data(Data::new(desk.world.health.clone()))
            .app_data(desk.hasher.clone())
            .configure(routes);
        let app = test::init_service(app).await;
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            request.insert_header(("sec-fetch-site", "same-origin")).insert_header(("cookie", jar.join("; ")));
        let answer = test::call_service(&app, request.to_request()).await;
        for set in answer.headers().get_all(SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.remove(name);
            if !set.contains("Max-Age=0") {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        assert_eq!(headers.get("cache-control").unwrap(), "no-store");
        let text = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
        if status == StatusCode::OK {
            let html = Html::parse_document(&text);
            assert!(html.errors.is_empty(), "{:?}", html.errors);
            for (selector, count) in [("h1", 1), ("[style], style, script", 0)] {
                assert_eq!(html.select(&Selector::parse(selector).unwrap()).count(), count, "{selector}");
            }
            assert!(!text.contains("[desk-"), "a key instead of words");
        }
        Seen { status, location: headers.get(LOCATION).map(|to| to.to_str().unwrap().to_owned()), text }
    }

    async fn get(&mut self, desk: &Desk, path: &str) -> Seen {
        self.send(desk, TestRequest::get().uri(path)).await
    }

    /// Opens a page and sends its form with these fields.
    async fn fill(&mut self, desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.get(desk, path).await.attr("input[name=k]", "value");
        self.press(desk, path, &[&[("k", token.as_str())], fields].concat()).await
    }

    async fn press(&mut self, desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.send(desk, TestRequest::post().uri(path).set_form(fields)).await
    }
}

fn app_code(desk: &Desk, secret: &str) -> String {
    let secret = data_encoding::BASE32_NOPAD.decode(secret.replace(' ', "").as_bytes()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(desk.world.ground.now().0).unwrap()).to_string()
}

fn invitation(desk: &Desk) -> String {
    let token = members::invite(&desk.world.ground, InvitationKind::Coordinator, None).unwrap();
    format!("/desk/join/{}", token.text())
}

/// From the invitation to the page with code, passphrase and authenticator. Gives the authenticator's secret as text.
async fn until_set_up(desk: &Desk, browser: &mut Browser) -> String {
    let seen = browser.fill(desk, &invitation(desk), &[("name", "Kim"), ("email", EMAIL)]).await;
    assert!(seen.leads_to("/desk/join?c"));
    let page = browser.get(desk, "/desk/join?c").await;
    assert!(page.text.contains("<svg role=\"img\""));
    page.inner("main code")
}

/// A coordinator at the desk, and the secret in their authenticator.
async fn at_the_desk(desk: &Desk) -> (Browser, String) {
    let (browser, secret, _) = at_the_desk_with_codes(desk).await;
    (browser, secret)
}

async fn at_the_desk_with_codes(desk: &Desk) -> (Browser, String, Vec<String>) {
    let mut browser = Browser::default();
    let secret = until_set_up(desk, &mut browser).await;
    let (code, app) = (desk.world.code(), app_code(desk, &secret));
    let fields = [("code", code.as_str()), ("passphrase", PASSPHRASE), ("app", app.as_str())];
    let seen = browser.fill(desk, "/desk/join", &fields).await;
    assert!(seen.is_enrolled(), "{}", seen.text);
    (browser, secret, seen.codes())
}

#[actix_web::test]
async fn a_coordinator_joins_leaves_comes_back_and_suggests() {
    let desk = desk();
    let (mut browser, secret) = at_the_desk(&desk).await;
    assert!(browser.get(&desk, "/desk?c").await.text.contains("Nobody is waiting."));
    assert_eq!(browser.cookies.len(), 1, "only the session is left");

    let token = browser.get(&desk, "/desk").await.attr("input[name=k]", "value");
    assert!(browser.press(&desk, "/desk/out", &[("k", &token)]).await.leads_to("/desk/in?c"));
    assert!(browser.cookies.is_empty());
    assert!(browser.get(&desk, "/desk").await.leads_to("/desk/in"));

    desk.world.pass(TimeDelta::seconds(30));
    let app = app_code(&desk, &secret);
    let fields = [("email", EMAIL), ("passphrase", PASSPHRASE), ("app", app.as_str())];
    assert!(browser.fill(&desk, "/desk/in", &fields).await.leads_to("/desk?c"));
    assert!(browser.get(&desk, "/desk/in").await.leads_to("/desk"));

    desk.world.newcomer("Ana");
    let alone = browser.get(&desk, "/desk").await.text;
    assert!(alone.contains("1 person is waiting. 1 needs you.") && alone.contains("No sponsor has room right now."));
    desk.world.sponsor("Ray", 2);
    let page = browser.get(&desk, "/desk").await;
    assert!(page.text.contains("1 sponsor has room for 2 more."), "{}", page.text);
    let case = page.attr("tbody a", "href");
    let shown = browser.get(&desk, &case).await;
    assert!(shown.text.contains("Ana has been waiting") && shown.text.contains("Has time when they do"));
    assert!(!shown.text.contains("a note for one reader"), "a note is for the sponsor alone");
    let hand = shown.attr("input[name=hand]", "value");
    let sent = browser.fill(&desk, &case, &[("hand", &hand)]).await;
    assert!(sent.leads_to(&format!("{case}?sent")));
    let after = browser.get(&desk, &format!("{case}?sent")).await;
    assert!(after.text.contains("Sent. ") && after.text.contains("No answer yet: Ray."));
    let stale = browser.press(&desk, &case, &[("k", &shown.attr("input[name=k]", "value")), ("hand", &hand)]).await;
    assert!(stale.text.contains("Choose someone else.") && stale.text.contains("<title>Error: The desk"));
    assert_eq!(browser.get(&desk, "/desk/r/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&desk, &format!("/es{case}")).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn every_cause_of_a_no_reads_the_same() {
    let desk = desk();
    let (_, secret) = at_the_desk(&desk).await;
    let used = app_code(&desk, &secret);
    desk.world.pass(TimeDelta::seconds(30));
    let right = app_code(&desk, &secret);
    let mut pages = Vec::new();
    for (email, passphrase, app) in [
        (EMAIL, "seven grey herons over the wire", right.as_str()),
        (EMAIL, PASSPHRASE, "000000"),
        (EMAIL, PASSPHRASE, used.as_str()),
        ("nobody@desk.example", PASSPHRASE, right.as_str()),
        ("no address", PASSPHRASE, right.as_str()),
        (EMAIL, "", ""),
    ] {
        let mut browser = Browser::default();
        let fields = [("email", email), ("passphrase", passphrase), ("app", app)];
        let seen = browser.fill(&desk, "/desk/in", &fields).await;
        assert!(browser.cookies.is_empty() && seen.status == StatusCode::OK);
        let token = seen.attr("input[name=k]", "value");
        pages.push(seen.text.replace(&token, "").replace(email, ""));
    }
    assert!(pages.iter().all(|page| *page == pages[0] && page.contains("do not open the desk together")));
    let fields = [("email", EMAIL), ("passphrase", PASSPHRASE), ("app", right.as_str())];
    assert!(Browser::default().fill(&desk, "/desk/in", &fields).await.leads_to("/desk?c"));
    assert!(!Browser::default().fill(&desk, "/desk/in", &fields).await.leads_to("/desk?c"), "a step is taken once");
}

#[actix_web::test]
async fn a_code_on_paper_opens_the_desk_once_in_the_place_of_the_app() {
    let desk = desk();
    let (_, secret, codes) = at_the_desk_with_codes(&desk).await;
    let kim = |passphrase: &'static str, app: &str, spare: &str| {
        [("email", EMAIL), ("passphrase", passphrase), ("app", app), ("spare", spare)].map(|(n, v)| (n, v.to_owned()))
    };
    let wrong = "aaaa aaaa aaaa aaaa aaaa aaaa aa";
    let mut pages = Vec::new();
    for typed in [
        kim(PASSPHRASE, "", wrong),
        kim(PASSPHRASE, "", "123456"),
        kim("seven grey herons over the wire", "", &codes[0]),
        kim(PASSPHRASE, "000000", &codes[0]),
        kim(PASSPHRASE, "", ""),
    ] {
        let mut browser = Browser::default();
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let seen = browser.fill(&desk, "/desk/in", &typed).await;
        assert!(browser.cookies.is_empty() && seen.status == StatusCode::OK);
        pages.push(seen.text.replace(&seen.attr("input[name=k]", "value"), ""));
    }
    assert!(pages.iter().all(|page| *page == pages[0] && page.contains("do not open the desk together")));

    let spare = codes[0].to_uppercase().replace(' ', "-");
    let fields = [("email", EMAIL), ("passphrase", PASSPHRASE), ("app", ""), ("spare", spare.as_str())];
    let mut browser = Browser::default();
    assert!(browser.fill(&desk, "/desk/in", &fields).await.leads_to("/desk?c"));
    assert!(!Browser::default().fill(&desk, "/desk/in", &fields).await.leads_to("/desk?c"), "a code is taken once");
    assert!(browser.get(&desk, "/desk/codes").await.text.contains("You have 7 codes left."));

    // New ones after fresh proof; a code on paper is none, and the old ones are over.
    let bare = browser.fill(&desk, "/desk/codes", &[("passphrase", PASSPHRASE), ("spare", &codes[1])]).await;
    assert!(bare.text.contains("These two do not fit together.") && !bare.text.contains(PASSPHRASE));
    desk.world.pass(TimeDelta::seconds(30));
    let app = app_code(&desk, &secret);
    let made = browser.fill(&desk, "/desk/codes", &[("passphrase", PASSPHRASE), ("app", &app)]).await;
    assert!(made.is_enrolled() && made.codes().iter().all(|code| !codes.contains(code)));
    assert!(!browser.get(&desk, "/desk/codes").await.text.contains(&made.codes()[0]), "shown once");
    let old = [("email", EMAIL), ("passphrase", PASSPHRASE), ("spare", codes[1].as_str())];
    assert!(!Browser::default().fill(&desk, "/desk/in", &old).await.leads_to("/desk?c"));
    let new = [("email", EMAIL), ("passphrase", PASSPHRASE), ("spare", &made.codes()[7])];
    assert!(Browser::default().fill(&desk, "/desk/in", &new).await.leads_to("/desk?c"));
}

#[actix_web::test]
async fn only_a_session_of_the_desk_opens_it() {
    let desk = desk();
    let session = desk.world.newcomer("Ana");
    let cookie = signed::cookie(&desk.house, session).unwrap();
    let mut member = Browser { cookies: BTreeMap::from([(cookie.name().to_owned(), cookie.value().to_owned())]) };
    let short = desk.world.overview().waiting.remove(0).short;
    for path in ["/desk", "/desk/invite", &format!("/desk/r/{short}"), "/es/desk"] {
        let door = if path.starts_with("/es") { "/es/desk/in" } else { "/desk/in" };
        assert!(Browser::default().get(&desk, path).await.leads_to(door), "{path}");
        assert!(member.get(&desk, path).await.leads_to(door), "{path}");
    }
    for path in ["/desk/invite", &format!("/desk/r/{short}")] {
        assert_eq!(member.press(&desk, path, &[("hand", "x")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[actix_web::test]
async fn a_desk_left_alone_shuts_after_a_quarter_of_an_hour() {
    let desk = desk();
    let (mut browser, _) = at_the_desk(&desk).await;
    desk.world.pass(TimeDelta::minutes(15));
    assert_eq!(browser.get(&desk, "/desk").await.status, StatusCode::OK);
    desk.world.pass(TimeDelta::minutes(16));
    assert!(browser.get(&desk, "/desk").await.leads_to("/desk/in"));
}

#[actix_web::test]
async fn what_is_wrong_at_the_first_visit_is_said_next_to_it() {
    let desk = desk();
    let mut browser = Browser::default();
    let bare = browser.fill(&desk, &invitation(&desk), &[("name", ""), ("email", "kim")]).await;
    assert!(bare.text.contains("id=\"name-said\"") && bare.text.contains("id=\"email-said\""));
    assert!(browser.cookies.is_empty());

    let secret = until_set_up(&desk, &mut browser).await;
    let (code, app) = (desk.world.code(), app_code(&desk, &secret));
    for (fields, field, words) in [
        ([code.as_str(), "too short", &app], "passphrase", "15 characters or longer"),
        ([&code, "password password", &app], "passphrase", "Many people use this one"),
        ([&code, "Hello Post Kim Hello Post", &app], "passphrase", "Your name or ours"),
        ([&code, PASSPHRASE, "12"], "app", "the app shows right now"),
        (["1234", PASSPHRASE, &app], "code", "Type the 8 digits"),
    ] {
        let [code, passphrase, app] = fields;
        let fields = [("code", code), ("passphrase", passphrase), ("app", app)];
        let seen = browser.fill(&desk, "/desk/join", &fields).await;
        let said = seen.inner(&format!("#{field}-said"));
        assert!(said.contains(words), "{said}");
        assert!(!seen.text.contains(PASSPHRASE) && seen.text.contains(&secret), "one secret goes, one stays");
    }
    let fields = [("code", code.as_str()), ("passphrase", PASSPHRASE), ("app", app.as_str())];
    let mut elsewhere = Browser { cookies: browser.cookies.clone() };
    elsewhere.cookies.remove("__Host-b");
    let seen = elsewhere.fill(&desk, "/desk/join", &fields).await;
    assert!(seen.inner("#code-said").contains("another browser"));
    assert!(browser.fill(&desk, "/desk/join", &fields).await.is_enrolled());
}

#[actix_web::test]
async fn new_digits_replace_the_old_ones() {
    let desk = desk();
    let mut browser = Browser::default();
    let secret = until_set_up(&desk, &mut browser).await;
    let old = desk.world.code();
    desk.world.pass(TimeDelta::seconds(1));
    let token = browser.get(&desk, "/desk/join").await.attr("input[name=k]", "value");
    assert!(browser.press(&desk, "/desk/join/again", &[("k", &token)]).await.leads_to("/desk/join?c"));
    let (new, app) = (desk.world.code(), app_code(&desk, &secret));
    let wrong = [("code", old.as_str()), ("passphrase", PASSPHRASE), ("app", app.as_str())];
    assert!(browser.fill(&desk, "/desk/join", &wrong).await.inner("#code-said").contains("not the newest"));
    let right = [("code", new.as_str()), ("passphrase", PASSPHRASE), ("app", app.as_str())];
    assert!(browser.fill(&desk, "/desk/join", &right).await.is_enrolled());
}

#[actix_web::test]
async fn an_invitation_to_the_desk_works_once_and_not_for_ever() {
    let desk = desk();
    let path = invitation(&desk);
    let mut browser = Browser::default();
    assert_eq!(browser.get(&desk, &path).await.status, StatusCode::OK);
    desk.world.pass(TimeDelta::days(7));
    let old = browser.get(&desk, &path).await;
    assert!(old.status == StatusCode::GONE && old.text.contains("too old"));

    let path = invitation(&desk);
    let seen = browser.fill(&desk, &path, &[("name", "Kim"), ("email", EMAIL)]).await;
    assert!(seen.leads_to("/desk/join?c"));
    let secret = browser.get(&desk, "/desk/join").await.inner("main code");
    let (code, app) = (desk.world.code(), app_code(&desk, &secret));
    let fields = [("code", code.as_str()), ("passphrase", PASSPHRASE), ("app", app.as_str())];
    assert!(browser.fill(&desk, "/desk/join", &fields).await.is_enrolled());
    let used = browser.get(&desk, &path).await;
    assert!(used.status == StatusCode::GONE && used.text.contains("was used"));

    let sponsors = members::invite(&desk.world.ground, InvitationKind::Sponsor, None).unwrap().text();
    for token in [sponsors.as_str(), "aaaaaaaaaaaaaaaaaaaaaaaaaa", "x"] {
        assert_eq!(browser.get(&desk, &format!("/desk/join/{token}")).await.status, StatusCode::NOT_FOUND, "{token}");
    }
}

#[actix_web::test]
async fn an_invitation_for_a_sponsor_is_shown_once_and_works() {
    let desk = desk();
    let (mut browser, _) = at_the_desk(&desk).await;
    desk.world.mail();
    let made = browser.fill(&desk, "/desk/invite", &[]).await;
    let link = made.inner("main code");
    let token = link.strip_prefix("https://hello.example/raise/").unwrap();
    let token = crate::vault::Token::parse(token).unwrap();
    let looked = members::look_at_invitation(&desk.world.ground, InvitationKind::Sponsor, &token).unwrap();
    assert_eq!(looked, Ok(()));
    assert!(desk.world.mail().is_empty(), "handed over, not mailed");
    assert!(!browser.get(&desk, "/desk/invite").await.text.contains("/raise/"));
}

#[actix_web::test]
async fn mail_trouble_is_said_in_words() {
    let desk = desk();
    let (mut browser, _) = at_the_desk(&desk).await;
    assert!(!browser.get(&desk, "/desk").await.text.contains("mail server"));
    desk.world.health.note(Err(Refusal::Credentials));
    assert!(browser.get(&desk, "/desk").await.text.contains("does not take our name and password"));
    desk.world.health.note(Err(Refusal::Unreachable));
    assert!(browser.get(&desk, "/es/desk").await.text.contains("El servidor de correo no contesta."));
}

#[actix_web::test]
async fn blocked_cookies_get_their_sentence() {
    let desk = desk();
    for path in ["/desk?c", "/desk/join?c"] {
        let seen = Browser::default().get(&desk, path).await;
        assert_eq!(seen.status, StatusCode::BAD_REQUEST, "{path}");
    }
    assert!(Browser::default().get(&desk, "/desk/join").await.leads_to("/desk/in"));
}
