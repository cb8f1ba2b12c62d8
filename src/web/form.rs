//! Forms: what was typed, what is wrong with it in words next to the field, and the body they came in. A form that is
//! shown again keeps every answer except secrets; a form whose token is too old is one that must be sent once more,
//! never an error page. Every handler of a POST takes a `Posted`.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use tokio::time::timeout;
use url::form_urlencoded;

use super::errors::Error;
use super::page::Page;
use super::token;

/// Bytes of a body; the longest honest form (a letter of 20 000 characters, percent-encoded) stays below.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// Time for a whole body: 64 KiB take 13 s at 5 kB/s. actix itself only times the head.
const BODY_DEADLINE: Duration = Duration::from_secs(20);
/// The field that carries the form token.
pub const TOKEN_FIELD: &str = "k";

/// Fields in the order they were sent; one name may come more than once. No `Debug`: people typed this.
#[derive(Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads an urlencoded body. Bytes that are no UTF-8 become replacement characters, which no field accepts.
    fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// Something a person can put right, and the message key that says how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The id and name of the field; empty when it is about the whole form.
    pub field: &'static str,
    pub key: &'static str,
}

/// A form as it is shown: blank, filled from a draft, or with what was just typed and what is wrong with it.
#[derive(Clone, Default)]
pub struct FormState {
    fields: Fields,
    secrets: &'static [&'static str],
    problems: Vec<Problem>,
}

impl FormState {
    pub fn blank() -> Self {
        Self::default()
    }

    /// Filled with what is known already.
    pub fn filled<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let fields = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { fields: Fields(fields), ..Self::default() }
    }

    /// What was typed, for the use case; secrets included.
    pub fn typed(&self, name: &str) -> &str {
        self.fields.first(name).unwrap_or_default()
    }

    /// Every value of a group of boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.all(name)
    }

    /// What the page shows in the field: nothing for a secret.
    pub fn value(&self, name: &str) -> &str {
        if self.secrets.contains(&name) { "" } else { self.typed(name) }
    }

    pub fn is_picked(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).any(|picked| picked == value)
    }

    /// Notes what is wrong. The first problem of a field is the one shown.
    pub fn wrong(&mut self, field: &'static str, key: &'static str) {
        if self.said(field).is_none() || field.is_empty() {
            self.problems.push(Problem { field, key });
        }
    }

    /// Takes a parsed field, or notes its problem: `let name = form.take("name", FirstName::parse(form.typed("name")), key_of)`.
    pub fn take<T, E>(
        &mut self,
        field: &'static str,
        parsed: Result<T, E>,
        key: impl FnOnce(E) -> &'static str,
    ) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(kind) => {
                self.wrong(field, key(kind));
                None
            }
        }
    }

    /// The message key to show next to the field.
    pub fn said(&self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.key)
    }

    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    pub fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }
}

/// A form that came in: from our own page (the guard saw to that) and with its token looked at.
pub struct Posted {
    fields: Fields,
    is_fresh: bool,
    is_fresh_by_link: bool,
}

impl Posted {
    /// The form to work on. A token too old is its first problem, so a handler that asks `is_fine()` before it acts
    /// shows the same page again with every answer kept.
    pub fn form(self, secrets: &'static [&'static str]) -> FormState {
        Self::looked_at(self.fields, secrets, self.is_fresh)
    }

    /// The same for a page that was opened from a mail, which issued its token with `Page::by_link`.
    pub fn form_by_link(self) -> FormState {
        Self::looked_at(self.fields, &[], self.is_fresh_by_link)
    }

    fn looked_at(fields: Fields, secrets: &'static [&'static str], is_fresh: bool) -> FormState {
        let mut form = FormState { fields, secrets, problems: Vec::new() };
        if !is_fresh {
            form.wrong("", "form-again");
        }
        form
    }
}

impl FromRequest for Posted {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let page = Page::of(&request).ok_or(Error::Bug("no house in the app data"))?;
            let body = timeout(BODY_DEADLINE, read_body(&request, payload)).await.map_err(|_| Error::TooSlow)??;
            let fields = Fields::parse(&body);
            let said = fields.first(TOKEN_FIELD).unwrap_or_default();
            let is_fresh = token::is_fresh(&page, said);
            let is_fresh_by_link = token::is_fresh(&page.by_link(), said);
            Ok(Self { fields, is_fresh, is_fresh_by_link })
        })
    }
}

/// The size limit is in the app data (`web::routes` puts it there), so that a long body is not even read.
async fn read_body(request: &HttpRequest, mut payload: Payload) -> Result<Bytes, Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Error::BadRequest);
    }
    Bytes::from_request(request, &mut payload).await.map_err(|error| match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Error::TooLarge,
        _ => Error::BadRequest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_one_name_are_all_kept_in_order() {
        let fields = Fields::parse(b"who=woman&name=Jo+%26+co&who=man");
        assert_eq!(fields.all("who").collect::<Vec<_>>(), ["woman", "man"]);
        assert_eq!(fields.first("name"), Some("Jo & co"));
    }

    #[test]
    fn a_secret_is_read_but_never_shown_again() {
        let posted =
            Posted { fields: Fields::parse(b"code=12345678&name=Jo"), is_fresh: true, is_fresh_by_link: false };
        let form = posted.form(&["code"]);
        assert_eq!((form.typed("code"), form.value("code"), form.value("name")), ("12345678", "", "Jo"));
        assert!(form.is_fine());
    }

    #[test]
    fn an_old_token_is_a_problem_of_the_form_and_keeps_the_answers() {
        let posted = Posted { fields: Fields::parse(b"name=Jo"), is_fresh: false, is_fresh_by_link: true };
        let form = posted.form(&[]);
        assert_eq!(form.problems(), [Problem { field: "", key: "form-again" }]);
        assert_eq!(form.value("name"), "Jo");
    }

    #[test]
    fn the_first_problem_of_a_field_is_the_one_shown() {
        let mut form = FormState::blank();
        form.wrong("name", "first");
        form.wrong("name", "second");
        assert_eq!(form.said("name"), Some("first"));
        assert_eq!(form.problems().len(), 1);
    }
}
