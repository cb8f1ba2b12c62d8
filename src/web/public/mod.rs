//! Pages for everybody: no cookie, no store, nothing to type. They answer even when everything else is away.

pub mod help;
mod leave;
pub mod sorry;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, web::Json};
use askama::Template;
use serde_json::{Value, json};

use super::errors::Error;
use super::page::{House, Page, Title};
use super::{LEAVE_PATH, get};
use crate::desk::Band;

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource(["/", ""]).route(get().to(landing)))
        .service(web::resource("/about").route(get().to(about)))
        .service(web::resource("/privacy").route(get().to(privacy)))
        .service(web::resource("/help").route(get().to(help::show)))
        .service(web::resource(LEAVE_PATH).route(get().to(leave::leave)));
}

#[derive(Template)]
#[template(path = "pages/public/landing.html")]
struct Landing<'a> {
    page: &'a Page,
    band: Option<&'static str>,
}

async fn landing(page: Page, house: House) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start);
    let hands = web::block(move || (house.hooks.hands_up)()).await.unwrap_or(None);
    Page::show(&Landing { page: &page, band: hands.map(|hands| band_of(i64::from(hands))) })
}

/// The sentence that says how many hands are up.
pub(super) fn band_of(hands: i64) -> &'static str {
    match Band::of(usize::try_from(hands).unwrap_or(0)) {
        Band::Few => "landing-band-few",
        Band::Five => "landing-band-5",
        Band::Ten => "landing-band-10",
        Band::Twenty => "landing-band-20",
        Band::Fifty => "landing-band-50",
    }
}

#[derive(Template)]
#[template(path = "pages/public/about.html")]
struct About<'a> {
    page: &'a Page,
}

async fn about(page: Page) -> Result<HttpResponse, Error> {
    Page::show(&About { page: &page.titled(Title::About) })
}

#[derive(Template)]
#[template(path = "pages/public/privacy.html")]
struct Privacy<'a> {
    page: &'a Page,
}

async fn privacy(page: Page) -> Result<HttpResponse, Error> {
    Page::show(&Privacy { page: &page.titled(Title::Keep) })
}

/// The process answers. Whether its parts do is for the readiness check.
pub async fn healthz() -> Json<Value> {
    Json(json!({ "ok": true }))
}

pub async fn nothing_here() -> Result<HttpResponse, Error> {
    Err(Error::NotHere)
}
