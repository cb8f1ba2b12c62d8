//! Eight codes for a day without the authenticator: how many are left, and new ones after fresh proof.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{acting, at_desk, busy_or};
use crate::ground::Ground;
use crate::members::{self, DeskProof};
use crate::store::ids::MemberId;
use crate::vault::Hasher;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};

pub(super) const PATH: &str = "/desk/codes";

#[derive(Template)]
#[template(path = "pages/desk/codes.html")]
struct Codes<'a> {
    page: &'a Page,
    form: &'a FormState,
    left: i64,
}

/// The codes are in no cookie and no path: the answer to the POST that made them is the only page that has them.
#[derive(Template)]
#[template(path = "pages/desk/codes_made.html")]
pub(super) struct Made<'a> {
    pub page: &'a Page,
    pub codes: &'a [String],
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    match at_desk(&page, &request).await? {
        Err(door) => Ok(door),
        Ok(signed) => page_of(page, &ground, signed.member.id, &FormState::blank()).await,
    }
}

pub async fn make(
    page: Page,
    request: HttpRequest,
    house: House,
    (ground, hasher): (web::Data<Ground>, web::Data<Hasher>),
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let me = acting(&request).await?.member.id;
    let mut form = posted.form(&["passphrase", "app"]);
    if form.is_fine() {
        house.limits.desk_try(&request, house.settings.trusted_proxy)?;
        let proof = DeskProof { passphrase: form.typed("passphrase"), digits: form.typed("app"), recovery: "" };
        match members::renew_codes(&ground, &hasher, me, &proof).await.map_err(busy_or)? {
            Some(codes) => return Page::show(&Made { page: &page.titled(Title::Desk), codes: &codes }),
            None => form.wrong("", "desk-codes-wrong"),
        }
    }
    page_of(page, &ground, me, &form).await
}

async fn page_of(page: Page, ground: &Ground, me: MemberId, form: &FormState) -> Result<HttpResponse, Error> {
    let left = ground.run(move |ground| ground.store.read(|conn| members::count_codes(conn, me))).await?;
    Page::show(&Codes { page: &page.titled(Title::Desk).about(form), form, left })
}
