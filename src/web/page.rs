//! What every page is given besides its own content: language, title, form token, paths. A template has a field
//! `page: &Page` and extends `parts/base.html`; words come through `page.t("…")` and are escaped by the template.
//! A title is one of a closed list that says nothing about the service; an error adds a word in front.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use url::Url;

use super::cookies::{self, Jar};
use super::errors::Error;
use super::form::FormState;
use super::house::WebHouse;
use super::token;
use crate::i18n::{Lang, Talk};

pub type House = web::Data<WebHouse>;

/// The closed list of titles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Title {
    Start,
    Questions,
    Yours,
    Question,
    SignIn,
    Now,
    About,
    Keep,
    Desk,
    NotHere,
}

impl Title {
    fn key(self) -> &'static str {
        match self {
            Self::Start => "title-start",
            Self::Questions => "title-questions",
            Self::Yours => "title-yours",
            Self::Question => "title-question",
            Self::SignIn => "title-sign-in",
            Self::Now => "title-now",
            Self::About => "title-about",
            Self::Keep => "title-keep",
            Self::Desk => "title-desk",
            Self::NotHere => "title-not-here",
        }
    }
}

/// Added to a path when a cookie was just set, so that the next page can tell blocked cookies from a stray visit.
const COOKIE_DUE: &str = "c";

pub struct Page {
    house: House,
    lang: Lang,
    path: String,
    title: Title,
    has_error: bool,
    is_cookie_due: bool,
    bearer: Vec<u8>,
}

impl Page {
    /// `None` only where the app data holds no house.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let house = request.app_data::<House>()?.clone();
        let (lang, path) = Lang::from_path_prefix(request.path());
        let bearer = match cookies::read_session(&house, request) {
            Some(session) => session.token.digest().0.to_vec(),
            None => cookies::read_browser(&house, request).map_or_else(Vec::new, |secret| secret.to_vec()),
        };
        Some(Self {
            lang,
            path: path.to_owned(),
            title: Title::NotHere,
            has_error: false,
            is_cookie_due: request.query_string().split('&').any(|part| part == COOKIE_DUE),
            bearer,
            house,
        })
    }

    #[must_use]
    pub fn titled(mut self, title: Title) -> Self {
        self.title = title;
        self
    }

    /// For a page opened from a mail: strict cookies stay behind on that visit and come along with the press that follows,
    /// so the form token is bound to nobody. The link itself is the capability.
    #[must_use]
    pub fn by_link(mut self) -> Self {
        self.bearer.clear();
        self
    }

    /// Forgets the path: a page of trouble repeats nothing of what was asked for.
    #[must_use]
    pub fn bare(mut self) -> Self {
        "/".clone_into(&mut self.path);
        self
    }

    /// Says in the title that something is to be put right, if it is.
    #[must_use]
    pub fn about(mut self, form: &FormState) -> Self {
        self.has_error |= !form.is_fine();
        self
    }

    pub fn house(&self) -> &WebHouse {
        &self.house
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The path asked for, without its language: where a form on this page sends itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn talk(&self) -> Talk<'_> {
        self.house.words.talk(self.lang)
    }

    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        self.talk().t(key)
    }

    /// The words of a key with values put in.
    pub fn with(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.talk().with(key, args)
    }

    /// The words of a key that depend on one number.
    pub fn count(&self, key: &str, n: i64) -> String {
        self.talk().count(key, n)
    }

    /// What the tab of the browser shows.
    pub fn tab(&self) -> String {
        let title = self.t(self.title.key());
        let site = &self.house.settings.site_name;
        if self.has_error {
            format!("{} {title} - {site}", self.t("error-prefix"))
        } else {
            format!("{title} - {site}")
        }
    }

    pub fn site(&self) -> &str {
        &self.house.settings.site_name
    }

    /// One of our paths in the language of this page.
    pub fn link(&self, path: &str) -> String {
        in_language(self.lang, path)
    }

    /// The same as people type it, for what leaves the screen.
    pub fn address(&self, path: &str) -> Result<Url, Error> {
        self.house.settings.public_url.join(&self.link(path)).map_err(|_| Error::Bug("a path that joins no URL"))
    }

    /// The languages this page also has, with its path in each.
    pub fn others(&self) -> Vec<(Lang, String)> {
        Lang::ALL
            .iter()
            .filter(|lang| **lang != self.lang)
            .map(|lang| (*lang, in_language(*lang, &self.path)))
            .collect()
    }

    pub fn css(&self) -> String {
        format!("/s/{}", self.house.assets.css)
    }

    pub fn mark(&self) -> String {
        format!("/s/{}", self.house.assets.mark)
    }

    pub fn is_demo(&self) -> bool {
        self.house.settings.is_demo
    }

    /// The value of the hidden field `form::TOKEN_FIELD`.
    pub fn token(&self) -> String {
        token::issue(self)
    }

    /// Whom the form token is bound to; empty before there is a session or a code.
    pub(super) fn bearer(&self) -> &[u8] {
        &self.bearer
    }

    /// The page before this one set a cookie and sent the browser here with `see_other_with_cookie`.
    pub fn is_cookie_due(&self) -> bool {
        self.is_cookie_due
    }

    /// Where this page needs a cookie that is not there: blocked cookies get their sentence, a stray visit goes on.
    pub fn require(&self, request: &HttpRequest, jar: Jar) -> Result<bool, Error> {
        match cookies::is_there(&self.house, request, jar) {
            false if self.is_cookie_due => Err(Error::CookiesOff),
            is_there => Ok(is_there),
        }
    }

    pub fn show<T: Template>(template: &T) -> Result<HttpResponse, Error> {
        Self::show_as(StatusCode::OK, template)
    }

    pub fn show_as<T: Template>(status: StatusCode, template: &T) -> Result<HttpResponse, Error> {
        let html = template.render().map_err(|_| Error::Bug("a template does not render"))?;
        Ok(HttpResponse::build(status).insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8")).body(html))
    }

    /// 303 after a POST, in the language of this page: the browser asks with GET, and Back does not post again.
    pub fn see_other(&self, path: &str) -> HttpResponse {
        self.see_other_in(self.lang, path)
    }

    /// The same in another language, for who just chose it.
    pub fn see_other_in(&self, lang: Lang, path: &str) -> HttpResponse {
        HttpResponse::SeeOther().insert_header((header::LOCATION, in_language(lang, path))).finish()
    }

    /// The same, with cookies set on the way; the next page can then tell blocked cookies.
    pub fn see_other_with_cookies(&self, path: &str, set: Vec<actix_web::cookie::Cookie<'static>>) -> HttpResponse {
        let mut answer = HttpResponse::SeeOther();
        let mark = if path.contains('?') { '&' } else { '?' };
        answer.insert_header((header::LOCATION, format!("{}{mark}{COOKIE_DUE}", self.link(path))));
        for cookie in set {
            answer.cookie(cookie);
        }
        answer.finish()
    }
}

impl FromRequest for Page {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or(Error::Bug("no house in the app data")))
    }
}

fn in_language(lang: Lang, path: &str) -> String {
    format!("{}{path}", lang.path_prefix())
}

/// A row of a summary list: what, which, and where to change it.
pub struct Pair {
    pub name: String,
    pub value: String,
    pub change: Option<String>,
}

/// A row of an events list. `is_next` marks what has not happened yet.
pub struct Event {
    pub when: String,
    pub text: String,
    pub is_next: bool,
}
