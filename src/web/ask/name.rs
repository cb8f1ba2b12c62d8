//! `/ask/name`: what to call you. What looks like a full name gets one kind hint, once.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answers::Answers;
use crate::members::{FirstName, NameProblem};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};

#[derive(Template)]
#[template(path = "pages/ask/name.html")]
struct Name<'a> {
    page: &'a Page,
    form: &'a FormState,
    looks_full: bool,
    /// The answers of before are gone.
    is_again: bool,
}

/// `/ask` alone leads to the first question.
pub async fn start(page: Page) -> HttpResponse {
    page.see_other("/ask/name")
}

pub async fn shown(page: Page, house: House, request: HttpRequest) -> Result<HttpResponse, Error> {
    let answers = Answers::read(&house, &request);
    let form = answers.map_or_else(FormState::blank, |known| FormState::filled([("name", known.name.as_str())]));
    let page = page.titled(Title::Questions);
    Page::show(&Name { page: &page, form: &form, looks_full: false, is_again: request.query_string() == "again" })
}

pub async fn sent(page: Page, house: House, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&[]);
    let name = FirstName::parse(form.typed("name"));
    let name = form.take("name", name, problem_key);
    let looks_full = form.typed("seen").is_empty() && name.as_ref().is_some_and(FirstName::looks_full);
    let Some(name) = name.filter(|_| form.is_fine() && !looks_full) else {
        let page = page.titled(Title::Questions).about(&form);
        return Page::show(&Name { page: &page, form: &form, looks_full, is_again: false });
    };
    let mut answers = Answers::read(&house, &request).unwrap_or_else(|| Answers::begin(&house, &request, name.clone()));
    answers.name = name;
    answers.is_sent = false;
    Ok(page.see_other_with_cookies(answers.next_path(), vec![answers.cookie(&house)?]))
}

fn problem_key(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::Empty => "ask-name-empty",
        NameProblem::TooLong => "ask-name-long",
        NameProblem::Unseen => "ask-name-unseen",
        NameProblem::Address => "ask-name-address",
    }
}
