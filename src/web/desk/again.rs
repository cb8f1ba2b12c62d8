//! Passphrase and authenticator once more, before what a session that was left open must not do.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{acting, at_desk, busy_or};
use crate::ground::Ground;
use crate::members::{self, DeskProof};
use crate::vault::Hasher;
use crate::web::cookies;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};

pub(super) const PATH: &str = "/desk/again";

#[derive(Template)]
#[template(path = "pages/desk/again.html")]
struct Again<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: String,
}

/// The page that asks, and leads to `back` then.
pub(super) fn path_to(back: &str) -> String {
    format!("{PATH}?{back}")
}

/// Pages of the desk alone: nobody is led elsewhere by a link that was made for them.
fn back_of(request: &HttpRequest) -> String {
    let query = request.query_string();
    let is_plain = query.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-'));
    if is_plain && query.starts_with("/desk/") { query.to_owned() } else { "/desk".to_owned() }
}

pub async fn show(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    match at_desk(&page, &request).await? {
        Err(door) => Ok(door),
        Ok(_) => page_of(page, &request, &FormState::blank()),
    }
}

fn page_of(page: Page, request: &HttpRequest, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk).about(form);
    Page::show(&Again { path: path_to(&back_of(request)), page: &page, form })
}

pub async fn prove(
    page: Page,
    request: HttpRequest,
    house: House,
    (ground, hasher): (web::Data<Ground>, web::Data<Hasher>),
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let me = acting(&request).await?.member.id;
    let mut form = posted.form(&["passphrase", "app"]);
    let session = cookies::read_session(&house, &request).ok_or(Error::NotHere)?;
    if form.is_fine() {
        house.limits.desk_try(&request, house.settings.trusted_proxy)?;
        let proof = DeskProof { passphrase: form.typed("passphrase"), digits: form.typed("app"), recovery: "" };
        if members::prove_again(&ground, &hasher, (me, session.token), &proof).await.map_err(busy_or)? {
            return Ok(page.see_other(&back_of(&request)));
        }
        form.wrong("", "desk-codes-wrong");
    }
    page_of(page, &request, &form)
}
