//! The pages on a store of their own, and browsers that keep cookies.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::ground::Ground;
use crate::notices::Notice;
use crate::policy::Policy;
use crate::store::{DatabaseUrl, Store};
use crate::vault::Opener;
use crate::{hands, mailer, outbox, requests};

pub(super) struct Town {
    pub house: Data<WebHouse>,
    pub ground: Data<Ground>,
    opener: Opener,
    folder: tempfile::TempDir,
}

impl Town {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (chance, clock) = (Chance::seeded(7), Clock::standing_at(NOW));
        let (vault, opener) = Vault::open_or_make(&folder.path().join("keys"), &chance).unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let store = Store::open(&DatabaseUrl::parse(&url, false).unwrap()).unwrap();
        store.migrate().unwrap();
        let policy = Arc::new(Policy::defaults().unwrap());
        let ground = Ground {
            store,
            vault: vault.clone(),
            clock: clock.clone(),
            chance: chance.clone(),
            policy,
            words: words(),
        };
        mailer::keep_days(&ground, &opener).unwrap();
        let house = WebHouse::new(vault, words(), clock, chance, settings("https://hello.example"));
        Self { house: Data::new(house), ground: Data::new(ground), opener, folder }
    }

    pub async fn ask(&self, request: TestRequest) -> Answer {
        let app = App::new().app_data(self.house.clone()).app_data(self.ground.clone());
        let app = test::init_service(app.configure(super::super::routes)).await;
        answer(app.call(request.to_request()).await.unwrap()).await
    }

    /// Does what is due.
    pub fn tick(&self) {
        mailer::keep_days(&self.ground, &self.opener).unwrap();
        hands::tick(&self.ground).unwrap();
        requests::tick(&self.ground).unwrap();
    }

    /// The notices that were written since this was asked last.
    pub fn new_notices(&self) -> Vec<Notice> {
        let rows = outbox::claim(&self.ground, 1_000).unwrap();
        let open = |row: &outbox::Row| self.opener.open_day(outbox::payload_place(&row.id), &row.payload).unwrap();
        rows.iter().filter_map(|row| serde_json::from_slice(open(row).expose()).ok()).collect()
    }

    /// The numbers of the newest mail with a code.
    pub fn new_code(&self) -> String {
        let mut codes = self.new_notices().into_iter().rev().filter_map(|notice| match notice {
            Notice::Code { code, .. } => Some(code),
            _ => None,
        });
        codes.next().unwrap()
    }

    /// The links of the offers that were mailed since this was asked last.
    pub fn new_offers(&self) -> Vec<String> {
        let offers = self.new_notices().into_iter().filter_map(|notice| match notice {
            Notice::CanYouHelp(offer) => Some(format!("/o/{}", offer.token)),
            _ => None,
        });
        offers.collect()
    }

    /// Every byte of the database, its log included.
    pub fn bytes(&self) -> Vec<Vec<u8>> {
        ["test.db", "test.db-wal"].map(|file| fs::read(self.folder.path().join(file)).unwrap_or_default()).to_vec()
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { town: self, cookies: RefCell::default() }
    }
}

pub(super) struct Browser<'a> {
    pub town: &'a Town,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(TestRequest::get().uri(path)).await
    }

    /// Opens a page and presses a button of a form on it.
    pub async fn press(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        let token = token_on(&shown.text());
        self.ask(press(path, &[&[("k", token.as_str())], fields].concat())).await
    }

    pub async fn ask(&self, request: TestRequest) -> Answer {
        let pairs: Vec<_> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = self.town.ask(request.insert_header(("cookie", pairs.join("; ")))).await;
        for set in answer.cookies() {
            let (name, rest) = set.split_once('=').unwrap();
            let (value, flags) = rest.split_once(';').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            if flags.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}
