//! Every route for everybody: what it shows, what it does, where it sends, for whom there is nothing here. A route that is
//! not in the table fails, so a new one is closed until somebody says for whom it opens. What is not theirs answers like
//! what does not exist.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::Data;
use chrono::TimeDelta;
use diesel::prelude::*;
use reqwest::Method;
use reqwest::header::LOCATION;
use scraper::{Html, Selector};
use show_of_hands::clock::Day;
use show_of_hands::matching::Kind;
use show_of_hands::members::{self, InvitationKind, QuestionKind, SessionDoor};
use show_of_hands::safety::{self, Category, Reported, Said};
use show_of_hands::sponsorships::introduce;
use show_of_hands::store::ids::MemberId;
use show_of_hands::store::schema::{coordinators, members as member_rows, reports, requests, sponsorships};
use show_of_hands::store::{Error, Tx};
use show_of_hands::vault::{SessionToken, Token};
use show_of_hands::web::{Settings, WebHouse, signed};
use url::Url;

use crate::engine::Engine;
use crate::on_both_engines;
use crate::support::app::{MAIL_DOMAIN, PUBLIC_URL};
use crate::support::dump::dump;
use crate::support::people::jo_and_ray;
use crate::support::{Browser, Coordinator, TestApp, routes, seed};

on_both_engines!(every_route_opens_for_whom_it_is_meant);

/// A column each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Role {
    Nobody,
    /// Jo, of the pair that `{reference}` names.
    Newcomer,
    /// Ray, of the same pair.
    Sponsor,
    /// Ida, of no pair.
    OtherSponsor,
    Coordinator,
    /// With a session of the desk, from a term that is over.
    PastTerm,
    /// A coordinator who is named in the case of `{short}`.
    Conflicted,
}

const ROLES: [Role; 7] = [
    Role::Nobody,
    Role::Newcomer,
    Role::Sponsor,
    Role::OtherSponsor,
    Role::Coordinator,
    Role::PastTerm,
    Role::Conflicted,
];

/// Method and path, letters, fields of the form.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// A letter for each of [`ROLES`], and what a form sends:
/// `s` shows a page, `a` acts, `g` leads on and changes nothing, `d` sends to a door, `-` nothing here, `x` says in words why
/// it cannot be. A row without a letter for the last has that of any coordinator. Who is not let in goes first; then all go from the top, so what ends something stands below what needs it.
const TABLE: &[Row] = &[
    // for everybody
    ("GET /", "ssssss", &[]),
    ("GET /about", "ssssss", &[]),
    ("GET /privacy", "ssssss", &[]),
    ("GET /help", "ssssss", &[]),
    ("GET /healthz", "ssssss", &[]),
    ("GET /s/{file}", "ssssss", &[]),
    ("GET /ask", "gggggg", &[]),
    ("GET /ask/name", "ssssss", &[]),
    ("GET /ask/email", "gggggg", &[]),
    ("GET /ask/who", "gggggg", &[]),
    ("GET /ask/check", "gggggg", &[]),
    ("GET /ask/code", "sggggs", &[]),
    ("GET /ask/done", "dssssd", &[]),
    ("GET /raise", "ssssss", &[]),
    ("GET /raise/you", "gggggg", &[]),
    ("GET /raise/hand", "gggggg", &[]),
    ("GET /raise/code", "ssssss", &[]),
    ("GET /in", "sggggs", &[]),
    ("GET /in/code", "dggggd", &[]),
    ("GET /mine/gone", "ssssss", &[]),
    ("POST /ask/name", "gggggg", &[("name", "Ana")]),
    ("POST /ask/email", "gggggg", &[("email", "ana@mail.example")]),
    ("POST /ask/who", "gggggg", &[]),
    ("POST /ask/check", "gggggg", &[]),
    ("POST /ask/code", "sggggs", &[("code", "12345678")]),
    ("POST /ask/code/again", "sggggs", &[]),
    ("POST /raise/you", "gggggg", &[("name", "Ana"), ("email", "ana@mail.example")]),
    ("POST /raise/hand", "gggggg", &[("may", "steps")]),
    ("POST /raise/code", "ssssss", &[("code", "12345678")]),
    ("POST /raise", "gggggg", &[]),
    ("POST /raise/again", "ssssss", &[]),
    ("POST /in", "aaaaaa", &[("email", "ana.{role}@mail.example")]),
    ("POST /in/code", "sggggs", &[("code", "12345678")]),
    ("POST /in/code/again", "sggggs", &[]),
    // for whoever has the link
    ("GET /raise/{token}", "ssssss", &[]),
    ("GET /o/{token}", "ssssss", &[]),
    ("GET /q/{token}", "ssssss", &[]),
    ("GET /desk/join/{token}", "ssssss", &[]),
    ("POST /raise/{token}", "gggggg", &[]),
    ("POST /o/{token}", "aggggg", &[("answer", "not-now")]),
    // a member's own pages
    ("GET /mine", "dssssd", &[]),
    ("GET /mine/while", "dssssd", &[]),
    ("GET /mine/change", "dggggd", &[]),
    ("GET /mine/back", "dssssd", &[]),
    ("GET /mine/stop", "dssssd", &[]),
    ("GET /mine/delete", "dssssd", &[]),
    ("GET /mine/delete/code", "dggggd", &[]),
    ("GET /mine/me", "dssssd", &[]),
    ("GET /mine/me/address", "dssssd", &[]),
    ("GET /mine/me/address/code", "dggggd", &[]),
    ("GET /mine/me/kept", "dssssd", &[]),
    ("GET /mine/me/copy", "dssssd", &[]),
    ("GET /mine/hand", "dgssgd", &[]),
    ("GET /mine/vouch", "dssssd", &[]),
    ("GET /mine/with/{reference}", "dss--d", &[]),
    ("GET /mine/with/{reference}/not-right", "dss--d", &[]),
    ("GET /mine/with/{reference}/end", "dss--d", &[]),
    // the desk
    ("GET /desk", "ddddsd", &[]),
    ("GET /desk/in", "ssssgs", &[]),
    ("GET /desk/rota", "ddddsd", &[]),
    ("GET /desk/rota/end", "ddddsd", &[]),
    ("GET /desk/start", "ddddsd", &[]),
    ("GET /desk/history", "ddddsd", &[]),
    ("GET /desk/codes", "ddddsd", &[]),
    ("GET /desk/invite", "ddddsd", &[]),
    ("GET /desk/policy", "ddddsd", &[]),
    ("GET /desk/print", "ddddsd", &[]),
    ("GET /desk/print/sheet", "ddddsd", &[]),
    ("GET /desk/print/flyer", "ddddsd", &[]),
    ("GET /desk/r/{short}", "ddddsd", &[]),
    ("GET /desk/hands", "ddddsd", &[]),
    ("GET /desk/numbers", "ddddsd", &[]),
    ("GET /desk/numbers.csv", "ddddsd", &[]),
    ("GET /desk/vouch", "ddddsd", &[]),
    ("GET /desk/cases", "ddddsd", &[]),
    ("GET /desk/cases/{short}", "ddddsd-", &[]),
    ("GET /desk/again", "ddddsd", &[]),
    ("GET /desk/join", "dddddd", &[]),
    ("POST /desk/in", "ssssss", &[("email", "kim@desk.example"), ("passphrase", "x"), ("app", "123456")]),
    ("POST /desk/rota", "----a-", &[("week", "this")]),
    // Done by one, done for all.
    ("POST /desk/start", "----a-g", &[("step", "numbers"), ("say", "done")]),
    ("POST /desk/start/test", "----a-", &[]),
    ("POST /desk/start/digits", "----s-", &[("code", "1234")]),
    ("POST /desk/codes", "----s-", &[("passphrase", "x"), ("app", "123456")]),
    ("POST /desk/invite", "----a-", &[]),
    ("POST /desk/r/{short}", "----s-", &[("hand", "x")]),
    ("POST /desk/r/{short}/press", "----a-", &[("do", "over")]),
    ("POST /desk/again", "----s-", &[("passphrase", "x"), ("app", "123456")]),
    ("POST /desk/suspended", "-------", &[("hand", "x"), ("say", "lift")]),
    ("POST /desk/vouch", "----g-", &[("hand", "x"), ("say", "yes")]),
    ("POST /desk/cases/{short}/open", "----a--", &[]),
    ("POST /desk/cases/{short}/ban", "-------", &[("how", "yes")]),
    ("POST /desk/cases/{short}", "----a--", &[("how", "ended")]),
    ("POST /desk/join", "dddddd", &[("code", "12345678")]),
    ("POST /desk/join/again", "dddddd", &[]),
    ("POST /desk/join/{token}", "aaaaaa", &[("name", "Ana"), ("email", "ana.{role}@desk.example")]),
    // what members do
    ("POST /mine/change", "dxxxxd", &[]),
    ("POST /mine/now", "dggggd", &[]),
    ("POST /mine/widen", "dggggd", &[("wish", "who")]),
    ("POST /mine/me", "daaaad", &[("name", "Ana"), ("lang", "en"), ("offset", "0")]),
    ("POST /mine/me/word", "daaaad", &[]),
    ("POST /mine/me/device", "gaaagg", &[]),
    ("POST /mine/me/address", "daaaad", &[("email", "new.{role}@mail.example")]),
    ("POST /mine/me/address/code", "dggggd", &[("code", "12345678")]),
    ("POST /mine/me/address/again", "dggggd", &[]),
    ("POST /mine/hand", "dgssgd", &[]),
    ("POST /mine/hand/pause", "dgaagd", &[("pause", "2")]),
    ("POST /mine/hand/back", "dgaagd", &[]),
    ("POST /mine/with/{reference}", "daa--d", &[("text", "Hello")]),
    ("POST /mine/again", "dggggd", &[]),
    ("POST /mine/back", "dgaagd", &[("pause", "2")]),
    ("POST /mine/back/over", "dgaggd", &[]),
    ("POST /mine/hand/lower", "dgaagd", &[]),
    ("POST /mine/delete", "daaaad", &[]),
    ("POST /mine/delete/code", "dggggd", &[("code", "12345678")]),
    ("POST /mine/delete/again", "dggggd", &[]),
    ("POST /q/{token}", "aggggg", &[("choice", "keep")]),
    ("POST /mine/stop", "dggggd", &[]),
    ("POST /mine/vouch", "dssssd", &[("name", "Al"), ("word", "maple")]),
    ("POST /mine/with/{reference}/not-right", "daa--d", &[("is", "pushed")]),
    ("POST /mine/with/{reference}/end", "dag--d", &[("how", "stop")]),
    // ways out
    ("POST /mine/out", "gaaaaa", &[]),
    ("POST /mine/me/out", "gaaaag", &[]),
    ("POST /desk/out", "daaaaa", &[]),
    ("POST /desk/out/everywhere", "----a-", &[]),
    ("POST /desk/rota/end", "----a-", &[]),
    ("GET /leave", "gaaaaa", &[]),
];

/// What stands in for `{reference}` and the like, and what never was.
struct Id {
    real: String,
    made_up: String,
}

struct Cast {
    app: TestApp,
    house: Data<WebHouse>,
    who: BTreeMap<Role, (MemberId, SessionDoor)>,
    /// By the path in front of it.
    ids: BTreeMap<&'static str, Id>,
    /// Sessions that still open something, with what their forms carry.
    visits: RefCell<BTreeMap<Role, Visit>>,
    /// What the database held after the last answer.
    held: RefCell<String>,
}

#[derive(Clone)]
struct Visit {
    session: Option<SessionToken>,
    form_token: String,
}

#[derive(PartialEq, Eq, Debug)]
struct Answer {
    status: u16,
    to: Option<String>,
    body: String,
    headers: Vec<String>,
}

async fn every_route_opens_for_whom_it_is_meant(engine: Engine) {
    let Some(app) = TestApp::start(engine).await else { return };
    let cast = Cast::of(app).await;
    let listed: BTreeSet<String> = TABLE.iter().map(|(route, ..)| (*route).to_owned()).collect();
    assert_eq!(listed.len(), TABLE.len(), "a row stands twice");
    assert_eq!(routes::all(), listed, "left: the sources of src/web; right: the table");
    let mut found = Vec::new();
    // Who is not let in must not change what others are to find: they all go first.
    for is_first in [true, false] {
        for (route, expected, fields) in TABLE {
            let as_any = expected.chars().nth(4);
            for (role, letter) in ROLES.into_iter().zip(expected.chars().chain(as_any)) {
                if matches!(letter, '-' | 'd') == is_first {
                    let seen = cast.letter(role, route, fields).await;
                    if seen != letter {
                        found.push(format!("{route} {role:?}: {seen}, not {letter}"));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    cast.app.settle().await;
}

impl Cast {
    async fn of(app: TestApp) -> Self {
        let mut kim = Coordinator::enrols(&app, "Kim", "kim@desk.example").await;
        for (name, address) in [("Pat", "pat@desk.example"), ("Nan", "nan@desk.example")] {
            Coordinator::enrols(&app, name, address).await;
        }
        jo_and_ray(&app).await;
        let (sam, ida) = app.seed(|tx, ground| {
            let ida = seed::hand(tx, ground, "Ida", "ida@post.example", 2);
            (seed::request(tx, ground, "Sam", "sam@mail.example"), ida)
        });
        kim.opens_desk(&app).await.says("1 person is waiting.");
        let id = |name: &str| {
            let found = member_rows::table.filter(member_rows::first_name.eq(name)).select(member_rows::id);
            app.ground().store.read(|conn| Ok::<MemberId, Error>(found.first(conn)?)).expect("a member")
        };
        let (jo, pat) = (id("Jo"), id("Pat"));
        let who = BTreeMap::from([
            (Role::Newcomer, (jo, SessionDoor::Member)),
            (Role::Sponsor, (id("Ray"), SessionDoor::Member)),
            (Role::OtherSponsor, (ida, SessionDoor::Member)),
            (Role::Coordinator, (id("Kim"), SessionDoor::Desk)),
            (Role::PastTerm, (pat, SessionDoor::Desk)),
            (Role::Conflicted, (id("Nan"), SessionDoor::Desk)),
        ]);
        let (ground, chance) = (app.ground().clone(), &app.ground().chance);
        let done = |tx: &mut Tx<'_>| {
            let yesterday = Day(ground.now().day().0 - 1);
            let row = coordinators::table.find(pat);
            diesel::update(row).set(coordinators::term_ends_on.eq(yesterday)).execute(tx.conn())?;
            let pair = sponsorships::table.filter(sponsorships::sponsee.eq(jo));
            let (pair, reference) = pair.select((sponsorships::id, sponsorships::reference)).first(tx.conn())?;
            let short: String = requests::table.find(sam).select(requests::short).first(tx.conn())?;
            let question = members::ask_question(tx, &ground, jo, Some(pair), QuestionKind::GoingOk);
            Ok::<(String, String, Token), Error>((reference, short, question.expect("a question")))
        };
        let (reference, short, question) = ground.store.write_tx(done).expect("a cast");
        let offer = app.seed(|tx, ground| seed::offer(tx, ground, sam, ida)).text();
        let case = case_that_names(&app, id("Nan"));
        let invite = |kind| members::invite(&ground, kind, None).expect("an invitation").text();
        let token = || Token::draw(chance).text();
        let other_reference = reference.chars().rev().collect();
        let ids = [
            ("/mine/with/", reference, other_reference),
            ("/desk/r/", short, "ZZ9".to_owned()),
            ("/desk/cases/", case, "a".repeat(16)),
            ("/o/", offer, token()),
            ("/q/", question.text(), token()),
            ("/raise/", invite(InvitationKind::Sponsor), token()),
            ("/desk/join/", invite(InvitationKind::Coordinator), token()),
            ("/s/", stylesheet(&app).await, "none.css".to_owned()),
        ];
        let ids = ids.map(|(path, real, made_up)| (path, Id { real, made_up })).into();
        let held = RefCell::new(dump(&app));
        Self { house: house(&app), app, who, ids, visits: RefCell::default(), held }
    }

    /// What this route is for this role. What is not theirs is asked for twice, the second time by an id that never was.
    async fn letter(&self, role: Role, route: &str, fields: &[(&str, &str)]) -> char {
        let (method, pattern) = route.split_once(' ').expect("a method and a path");
        let (path, made_up) = self.paths(pattern);
        let (letter, answer) = self.try_one(role, method, &path, fields).await;
        if let Some(made_up) = made_up.filter(|_| matches!(letter, '-' | 'd')) {
            let (_, mut never) = self.try_one(role, method, &made_up, fields).await;
            // What was asked for may stand in the answer.
            for id in self.ids.values() {
                never.body = never.body.replace(&id.made_up, &id.real);
            }
            assert_eq!(answer, never, "{route} {role:?}: left: not theirs; right: never was");
        }
        letter
    }

    async fn try_one(&self, role: Role, method: &str, path: &str, fields: &[(&str, &str)]) -> (char, Answer) {
        // The door counts costly acts by the second.
        self.app.ground().clock.turn(TimeDelta::seconds(1));
        let visit = self.visit(role).await;
        // A page that a mail leads to gives its form to nobody in particular.
        let is_by_link = path == "/raise" || ["/o/", "/raise/"].iter().any(|link| path.starts_with(link));
        let from = if is_by_link { self.visit(Role::Nobody).await } else { visit.clone() };
        let name = format!("{role:?}").to_lowercase();
        let typed = fields.iter().map(|(field, value)| ((*field).to_owned(), value.replace("{role}", &name)));
        let filled: Vec<(String, String)> = typed.chain([("k".to_owned(), from.form_token)]).collect();
        let is_post = method == "POST";
        let method: Method = method.parse().expect("a method");
        let request = self.browser(&visit).request(method, path, is_post.then_some(filled.as_slice()));
        let answer = Answer::of(request.send().await.expect("an answer")).await;
        let changed = self.has_changed();
        let letter = match (answer.status, answer.to.as_deref()) {
            (404, _) => '-',
            (200 | 303, _) if changed => 'a',
            (200, _) => 's',
            (303, Some("/in" | "/desk/in")) => 'd',
            (303, _) => 'g',
            (400 | 409 | 410, _) => 'x',
            _ => '!',
        };
        assert!(!changed || letter == 'a', "{path} {role:?}: {} and something changed", answer.status);
        if changed {
            // It may have been the end of the session.
            self.visits.borrow_mut().remove(&role);
        }
        (letter, answer)
    }

    fn has_changed(&self) -> bool {
        let now = dump(&self.app);
        let before = self.held.replace(now.clone());
        before != now
    }

    async fn visit(&self, role: Role) -> Visit {
        if let Some(visit) = self.visits.borrow().get(&role) {
            return visit.clone();
        }
        let ground = self.app.ground();
        let session = self.who.get(&role).map(|(member, door)| {
            let open = |tx: &mut Tx<'_>| members::open_session(tx, ground, *member, *door);
            ground.store.write_tx(open).expect("a session")
        });
        let mut visit = Visit { session, form_token: String::new() };
        visit.form_token = self.form_token(&visit).await;
        self.held.replace(dump(&self.app));
        self.visits.borrow_mut().insert(role, visit.clone());
        visit
    }

    /// Just used, so that no session is idle.
    fn browser(&self, visit: &Visit) -> Browser {
        let mut browser = self.app.browser();
        if let Some(session) = visit.session.clone() {
            let cookie = signed::cookie(&self.house, session).expect("a cookie");
            browser.has_cookies(BTreeMap::from([(cookie.name().to_owned(), cookie.value().to_owned())]));
        }
        browser
    }

    /// What our own pages put into a form in this browser.
    async fn form_token(&self, visit: &Visit) -> String {
        for page in ["/desk/in", "/desk/codes"] {
            let request = self.browser(visit).request(Method::GET, page, None);
            let answer = Answer::of(request.send().await.expect("a page")).await;
            let html = Html::parse_document(&answer.body);
            if let Some(field) = html.select(&Selector::parse("input[name=k]").expect("a selector")).next() {
                return field.attr("value").expect("a token").to_owned();
            }
        }
        panic!("no form for a token")
    }

    /// The path with the real id in it, and with one that never was.
    fn paths(&self, pattern: &str) -> (String, Option<String>) {
        let Some((before, rest)) = pattern.split_once('{') else { return (pattern.to_owned(), None) };
        let (_, after) = rest.split_once('}').expect("a name");
        let id = self.ids.get(before).unwrap_or_else(|| panic!("nothing stands in for {pattern}"));
        (format!("{before}{}{after}", id.real), Some(format!("{before}{}{after}", id.made_up)))
    }
}

impl Answer {
    async fn of(response: reqwest::Response) -> Self {
        let headers = response.headers();
        let to = headers.get(LOCATION).map(|to| to.to_str().expect("text"));
        let to = to.map(|to| to.split('?').next().unwrap_or(to).to_owned());
        let mut names: Vec<String> = headers.keys().map(ToString::to_string).collect();
        names.sort();
        Self { status: response.status().as_u16(), to, headers: names, body: response.text().await.expect("a body") }
    }
}

/// Bo reported Al, and says that this coordinator is a part of it.
fn case_that_names(app: &TestApp, named: MemberId) -> String {
    let (bo, reference) = app.seed(|tx, ground| {
        let al = seed::hand(tx, ground, "Al", "al@post.example", 1);
        let request = seed::request(tx, ground, "Bo", "bo@mail.example");
        let bo: MemberId = requests::table.find(request).select(requests::member).first(tx.conn()).expect("Bo");
        let pair = introduce(tx, ground, request, (al, bo), Kind::Sponsor).expect("a pair");
        (bo, pair.reference)
    });
    let said = Said { category: Category::Money, words: "For a loan.", pasted: "", named: Some(named) };
    let taken = safety::report(app.ground(), bo, &reference, &said).expect("an answer");
    assert_eq!(taken, Reported::Taken);
    app.seed(|tx, _| reports::table.select(reports::short).first(tx.conn()).expect("a case"))
}

async fn stylesheet(app: &TestApp) -> String {
    let mut browser = app.browser();
    let page = browser.visit("/").await.clone();
    let (_, rest) = page.html.split_once("href=\"/s/").expect("a file of ours");
    rest.split('"').next().expect("a name").to_owned()
}

/// Seals cookies as the App does.
fn house(app: &TestApp) -> Data<WebHouse> {
    let ground = app.ground();
    let settings = Settings {
        public_url: Url::parse(PUBLIC_URL).expect("a URL"),
        site_name: "Hands".to_owned(),
        is_demo: false,
        trusted_proxy: None,
        leave_to: Url::parse("https://weather.example").expect("a URL"),
        onion: None,
        mail_domain: MAIL_DOMAIN.to_owned(),
        utc_offset_min: 0,
        policy_file: None,
        words_folder: None,
    };
    let (vault, words) = (ground.vault.clone(), ground.words.clone());
    Data::new(WebHouse::new(vault, words, ground.clock.clone(), ground.chance.clone(), settings))
}
