//! `/mine/stop`: stop looking, in two presses and without a reason. `/mine/out`: sign out here.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::members;
use crate::requests;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/mine/stop.html")]
struct Stop<'a> {
    page: &'a Page,
    form: &'a FormState,
}

pub async fn shown(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    if signed::find(&request).await?.is_none() {
        return Ok(page.see_other("/in"));
    }
    Page::show(&Stop { page: &page.titled(Title::Yours), form: &FormState::blank() })
}

/// Stopped before, or matched meanwhile: the page that follows shows how it stands.
pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let form = posted.form(&[]);
    if !form.is_fine() {
        return Page::show(&Stop { page: &page.titled(Title::Yours).about(&form), form: &form });
    }
    ground.run(move |ground| requests::withdraw(ground, signed.member.id)).await?;
    Ok(page.see_other("/mine"))
}

/// A form too old signs out all the same: nothing is lost by it.
pub async fn out(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    _posted: Posted,
) -> Result<HttpResponse, Error> {
    if let Some(session) = cookies::read_session(&house, &request) {
        ground.run(move |ground| members::end_session(ground, &session.token)).await?;
    }
    signed_out(&page, &house)
}

/// `/mine/me/out`: the same, in every browser that is signed in.
pub async fn out_everywhere(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    _posted: Posted,
) -> Result<HttpResponse, Error> {
    if let Some(signed) = signed::find(&request).await? {
        ground.run(move |ground| members::sign_out_everywhere(ground, signed.member.id)).await?;
    }
    signed_out(&page, &house)
}

/// The front page, and none of our cookies.
fn signed_out(page: &Page, house: &House) -> Result<HttpResponse, Error> {
    let mut answer = page.see_other("/");
    for jar in Jar::ALL {
        answer.add_cookie(&cookies::forget(house, jar)).map_err(|_| Error::Bug("a cookie that is no header"))?;
    }
    Ok(answer)
}
