//! The door of the desk: in with address, passphrase and authenticator (or one of eight codes in its place); out. Every cause of a no reads the same.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::busy_or;
use crate::ground::Ground;
use crate::members::{self, DeskProof};
use crate::vault::{Address, Hasher};
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/desk/door.html")]
struct Door<'a> {
    page: &'a Page,
    form: &'a FormState,
}

fn page_of(page: Page, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::SignIn).about(form);
    Page::show(&Door { page: &page, form })
}

pub async fn show(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    if signed::find_at_desk(&request).await?.is_some() {
        return Ok(page.see_other("/desk"));
    }
    page_of(page, &FormState::blank())
}

pub async fn enter(
    page: Page,
    request: HttpRequest,
    house: House,
    (ground, hasher): (web::Data<Ground>, web::Data<Hasher>),
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&["passphrase", "app", "spare"]);
    if !form.is_fine() {
        return page_of(page, &form);
    }
    house.limits.desk_try(&request, house.settings.trusted_proxy)?;
    let token = match Address::parse(form.typed("email")) {
        Err(_) => None,
        Ok(address) => {
            let proof = DeskProof {
                passphrase: form.typed("passphrase"),
                digits: form.typed("app"),
                recovery: form.typed("spare"),
            };
            members::desk_enter(&ground, &hasher, &address, &proof).await.map_err(busy_or)?
        }
    };
    let Some(token) = token else {
        form.wrong("", "desk-in-wrong");
        return page_of(page, &form);
    };
    Ok(page.see_other_with_cookies("/desk", vec![signed::cookie(&house, token)?]))
}

/// Ends this session, whatever the age of the form it came from.
pub async fn leave(
    page: Page,
    request: HttpRequest,
    house: House,
    ground: web::Data<Ground>,
    _from_our_form: Posted,
) -> Result<HttpResponse, Error> {
    if let Some(session) = cookies::read_session(&house, &request) {
        ground.run(move |ground| members::end_session(ground, &session.token)).await?;
    }
    Ok(page.see_other_with_cookies(super::DOOR, vec![cookies::forget(&house, Jar::Session)]))
}
