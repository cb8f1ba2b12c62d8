//! A person at a browser: keeps cookies, follows nothing by itself, presses buttons with the token of the page it is on.
//! Behind it a whole ground on a throwaway database.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::test::init_service;
use tempfile::TempDir;

use super::*;
use crate::ground::Ground;
use crate::members::{self, address_place};
use crate::notices::Notice;
use crate::outbox::{self, Kind};
use crate::policy::Policy;
use crate::store::ids::MemberId;
use crate::store::{DatabaseUrl, Store};
use crate::vault::{Address, Opener};
use crate::web::routes;

pub struct Inn {
    pub ground: Ground,
    pub house: Data<WebHouse>,
    opener: Opener,
    _folder: TempDir,
}

impl Inn {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let chance = Chance::seeded(7);
        let (vault, opener) = Vault::open_or_make(&folder.path().join("keys"), &chance).unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let store = Store::open(&DatabaseUrl::parse(&url, false).unwrap()).unwrap();
        store.migrate().unwrap();
        let clock = Clock::standing_at(NOW);
        let policy = Arc::new(Policy::defaults().unwrap());
        let ground = Ground {
            store,
            vault: vault.clone(),
            clock: clock.clone(),
            chance: chance.clone(),
            policy,
            words: words(),
        };
        crate::mailer::keep_days(&ground, &opener).unwrap();
        let house = WebHouse::new(vault, words(), clock, chance, secure().settings);
        Self { ground, house: Data::new(house), opener, _folder: folder }
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { inn: self, cookies: BTreeMap::new(), page: String::new() }
    }

    /// Every notice since the last look, with the mailbox it goes to.
    pub fn mail(&self) -> Vec<(String, Notice)> {
        let rows = outbox::claim(&self.ground, 100).unwrap();
        rows.iter().filter(|row| row.kind == Kind::Notice).map(|row| self.opened(row)).collect()
    }

    fn opened(&self, row: &outbox::Row) -> (String, Notice) {
        let payload = self.opener.open_day(outbox::payload_place(&row.id), &row.payload).unwrap();
        let notice = serde_json::from_slice(payload.expose()).unwrap();
        let (sealed, index) = self
            .ground
            .store
            .read(|conn| match (row.member, row.join_id) {
                (Some(member), _) => members::find_sealed_address(conn, member),
                (_, Some(join)) => {
                    Ok(members::find_join_reader(conn, join)?.map(|row| (row.address, row.address_index)))
                }
                _ => Ok(None),
            })
            .unwrap()
            .unwrap();
        let address = self.opener.open_address(address_place(&index), &sealed).unwrap();
        (address.as_str().to_owned(), notice)
    }

    /// The numbers of the newest mail with some.
    pub fn code(&self) -> String {
        let mut codes = self.mail().into_iter().filter_map(|(_, notice)| match notice {
            Notice::Code { code, .. } => Some(code),
            _ => None,
        });
        codes.next_back().unwrap()
    }

    pub fn member(&self, address: &str) -> Option<MemberId> {
        let index = self.ground.vault.index(&Address::parse(address).unwrap());
        self.ground.store.read(|conn| members::find_by_index(conn, &index)).unwrap().map(|member| member.id)
    }

    /// A newcomer whose request waits, at their own browser.
    pub async fn newcomer(&self, name: &str, address: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.ask_as(name, address).await;
        let code = self.code();
        assert_eq!(browser.press("/ask/code", &[("code", &code)]).await.location(), "/ask/done?c");
        browser
    }
}

pub struct Browser<'a> {
    pub inn: &'a Inn,
    cookies: BTreeMap<String, String>,
    /// The page it is on.
    pub page: String,
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Presses a button of the page it is on.
    pub async fn press(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = if self.page.contains("name=\"k\"") { token_on(&self.page) } else { String::new() };
        self.send(press(path, &[&[("k", token.as_str())], fields].concat())).await
    }

    /// A page it is led to.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        self.get(answer.location()).await
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.contains_key(name)
    }

    /// Somebody else signs in here.
    pub fn takes_cookie_of(&mut self, other: &Self, name: &str) {
        self.cookies.insert(name.to_owned(), other.cookies[name].clone());
    }

    async fn send(&mut self, mut request: TestRequest) -> Answer {
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let (house, ground) = (self.inn.house.clone(), Data::new(self.inn.ground.clone()));
        let app = init_service(App::new().app_data(house).app_data(ground).configure(routes)).await;
        let answer = answer(app.call(request.to_request()).await.unwrap()).await;
        for set in answer.cookies() {
            let cookie = Cookie::parse(set).unwrap();
            if cookie.max_age().is_some_and(actix_web::cookie::time::Duration::is_zero) {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        if answer.status != StatusCode::SEE_OTHER {
            self.page = answer.text();
        }
        answer
    }

    /// From the first page to the numbers: five presses, two typed fields.
    pub async fn ask_as(&mut self, name: &str, address: &str) {
        self.get("/ask/name").await;
        let answer = self.press("/ask/name", &[("name", name)]).await;
        self.follow(&answer).await;
        let answer = self.press("/ask/email", &[("email", address)]).await;
        self.follow(&answer).await;
        let answer = self.press("/ask/who", PRESET).await;
        self.follow(&answer).await;
        let answer = self.press("/ask/check", &[]).await;
        assert_eq!(answer.location(), "/ask/code?c", "{}", answer.text());
        self.follow(&answer).await;
    }
}

/// What `/ask/who` sends when nothing is touched.
pub const PRESET: &[(&str, &str)] =
    &[("who", "anyone"), ("must", "nice"), ("languages", "en"), ("offset", "0"), ("describes", "unsaid"), ("note", "")];

/// What the page says to a person, in one line.
pub fn said(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    let main = scraper::Selector::parse("main").unwrap();
    let text: Vec<&str> = html.select(&main).next().unwrap().text().collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
