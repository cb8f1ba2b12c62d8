//! The demo's service on a free port, its mailbox, and what a person does first on every page.

use std::net::{Ipv4Addr, SocketAddr};

use show_of_hands::demo::mailbox::Delivered;
use show_of_hands::demo::{self, Demo};
use show_of_hands::vault::{Cost, totp};

use crate::browser::Browser;

pub struct Service {
    pub demo: Demo,
}

impl Service {
    pub async fn start() -> Self {
        let demo =
            demo::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Cost::LOWEST).await.expect("the demo starts");
        Self { demo }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.demo.url())
    }

    /// Every mail so far. The list of the demo does first what is due.
    pub async fn mails(&self) -> Vec<Delivered> {
        reqwest::get(self.url("/demo/mail.json")).await.expect("an answer").bytes().await.expect("the mails");
        self.demo.mailbox.list()
    }

    pub async fn newest_to(&self, address: &str) -> Delivered {
        self.mails().await.into_iter().rfind(|mail| mail.to == address).expect("a mail")
    }

    /// The 8 numbers in the subject of the newest mail to somebody.
    pub async fn code_for(&self, address: &str) -> String {
        let code: String = self.newest_to(address).await.subject.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(code.len(), 8, "no code came");
        code
    }

    /// The newest link that begins with this path in the mails to somebody.
    pub async fn link_for(&self, address: &str, path: &str) -> String {
        let mails = self.mails().await;
        let mut links =
            mails.iter().rev().filter(|mail| mail.to == address).filter_map(|mail| self.link_in(mail, path));
        links.next().unwrap_or_else(|| panic!("no link {path} came to {address}"))
    }

    pub fn link_in(&self, mail: &Delivered, path: &str) -> Option<String> {
        link_in(&mail.text, &self.url(path))
    }

    /// Through the door of the desk, in a browser that nobody is signed in to.
    pub async fn opens_desk(&self, browser: &Browser) {
        browser.forget_all().await;
        browser.goto(&self.url("/desk/in")).await;
        let desk = &self.demo.desk;
        let app = totp::code_now(&desk.totp, self.demo.inside.ground.now()).expect("a code").expose().clone();
        for (field, value) in [("email", desk.address), ("passphrase", desk.passphrase), ("app", app.as_str())] {
            browser.fill(field, value).await;
        }
        browser.press("Sign in").await;
    }

    pub async fn stop(self) {
        self.demo.stop().await.expect("the demo stops");
    }
}

/// The first word of the text that begins like this.
pub fn link_in(text: &str, beginning: &str) -> Option<String> {
    text.split_whitespace().find(|word| word.starts_with(beginning)).map(str::to_owned)
}

/// What holds for every page: nothing reaches past the edge, and one heading says what it is about.
pub async fn assert_well_made(browser: &Browser) {
    browser.assert_no_sideways_scroll().await;
    assert_eq!(browser.count("//h1").await, 1, "headings of {}", browser.url().await);
}
