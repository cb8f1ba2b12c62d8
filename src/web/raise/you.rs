//! Name and email of somebody who can sponsor. Nothing is stored here but in the browser.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::draft::{self, Draft};
use crate::members::{FirstName, NameProblem};
use crate::vault::{Address, AddressProblem};
use crate::web::cookies::Jar;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/raise/you.html")]
struct You<'a> {
    page: &'a Page,
    form: &'a FormState,
}

pub(super) async fn show(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    let Some(draft) = draft::read(page.house(), &request) else { return Ok(page.see_other("/raise")) };
    ask(page, &FormState::filled([("name", draft.name), ("email", draft.email)]))
}

pub(super) async fn sent(page: Page, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let Some(draft) = draft::read(page.house(), &request) else { return Ok(page.see_other("/raise")) };
    let mut form = posted.form(&[]);
    let name = FirstName::parse(form.typed("name"));
    let name = form.take("name", name, name_key);
    let address = Address::parse(form.typed("email"));
    let address = form.take("email", address, address_key);
    let (Some(name), Some(address), true) = (name, address, form.is_fine()) else { return ask(page, &form) };
    let email = address.as_str().to_owned();
    let cookie = draft::cookie(page.house(), &Draft { name: name.as_str().to_owned(), email, ..draft })?;
    Ok(page.see_other_with_cookies("/raise/hand", vec![cookie]))
}

fn ask(page: Page, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Questions).about(form);
    Page::show(&You { page: &page, form })
}

pub(in crate::web) fn name_key(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::Empty => "raise-name-empty",
        NameProblem::TooLong => "raise-name-long",
        NameProblem::Unseen => "raise-name-unseen",
        NameProblem::Address => "raise-name-address",
    }
}

fn address_key(problem: AddressProblem) -> &'static str {
    match problem {
        AddressProblem::Empty => "raise-email-empty",
        AddressProblem::Format | AddressProblem::ControlCharacter => "raise-email-format",
        AddressProblem::NonAsciiLocal => "raise-email-letters",
        AddressProblem::TooLong => "raise-email-long",
    }
}
