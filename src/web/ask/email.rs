//! `/ask/email`: where to write. A likely slip of the finger is asked about once, and one press puts it right.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answers::{Answers, start_again};
use crate::vault::{Address, AddressProblem, typo_hint};
use crate::web::cookies::Jar;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::house::WebHouse;
use crate::web::page::{House, Page, Title};

#[derive(Template)]
#[template(path = "pages/ask/email.html")]
struct Email<'a> {
    page: &'a Page,
    form: &'a FormState,
    meant: Option<String>,
}

pub async fn shown(page: Page, house: House, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    let Some(answers) = Answers::read(&house, &request) else { return Ok(start_again(&page)) };
    let form = FormState::filled([("email", answers.email)]);
    Page::show(&Email { page: &page.titled(Title::Questions), form: &form, meant: None })
}

pub async fn sent(page: Page, house: House, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let Some(mut answers) = Answers::read(&house, &request) else { return Ok(start_again(&page)) };
    let mut form = posted.form(&[]);
    let fixed = form.typed("fix");
    let typed = if fixed.is_empty() { form.typed("email") } else { fixed }.to_owned();
    let address = take_address(&mut form, &house, &typed);
    let meant = typo_hint(&typed).filter(|_| form.typed("seen") != typed && address.is_some());
    let Some(address) = address.filter(|_| form.is_fine() && meant.is_none()) else {
        let page = page.titled(Title::Questions).about(&form);
        return Page::show(&Email { page: &page, form: &form, meant });
    };
    address.as_str().clone_into(&mut answers.email);
    answers.is_sent = false;
    Ok(page.see_other_with_cookies(answers.next_path(), vec![answers.cookie(&house)?]))
}

/// Reads a mailbox from the field `email`; what is wrong is noted there.
pub(in crate::web) fn take_address(form: &mut FormState, house: &WebHouse, typed: &str) -> Option<Address> {
    let address = form.take("email", Address::parse(typed), problem_key)?;
    if address.domain().eq_ignore_ascii_case(&house.settings.mail_domain) {
        form.wrong("email", "ask-email-ours");
        return None;
    }
    Some(address)
}

fn problem_key(problem: AddressProblem) -> &'static str {
    match problem {
        AddressProblem::Empty | AddressProblem::Format | AddressProblem::ControlCharacter => "ask-email-format",
        AddressProblem::NonAsciiLocal => "ask-email-letters",
        AddressProblem::TooLong => "ask-email-long",
    }
}
