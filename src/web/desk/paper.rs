//! Paper for the next meeting: a sheet for who can sponsor, and a flyer for who looks for somebody, with strips to tear off.
//! A strip goes home in a pocket, so it has our host on it and nothing else.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use url::{Position, Url};

use super::at_desk;
use crate::ground::Ground;
use crate::web::errors::Error;
use crate::web::page::{Page, Title};
use crate::web::{qr, raise};

pub(super) const PATH: &str = "/desk/print";
pub(super) const SHEET: &str = "/desk/print/sheet";
pub(super) const FLYER: &str = "/desk/print/flyer";

#[derive(Template)]
#[template(path = "pages/desk/sheet.html")]
struct Sheet<'a> {
    page: &'a Page,
    square: Square,
    /// What a sponsor ticks before the hand goes up.
    ticks: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/desk/flyer.html")]
struct Flyer<'a> {
    page: &'a Page,
    square: Square,
    host: &'a str,
}

/// An address to scan, and the same in letters.
struct Square {
    picture: String,
    address: String,
}

pub async fn sheet(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    if let Err(door) = at_desk(&page, &request).await? {
        return Ok(door);
    }
    let page = page.titled(Title::Desk);
    let square = Square::of(&page, &page.address("/raise")?)?;
    let ticks = raise::ticks(&page, &ground.policy.may_sponsor);
    Page::show(&Sheet { page: &page, square, ticks: ticks.into_iter().map(|(_, words)| words).collect() })
}

pub async fn flyer(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    if let Err(door) = at_desk(&page, &request).await? {
        return Ok(door);
    }
    let page = page.titled(Title::Desk);
    let square = Square::of(&page, &page.address("/")?)?;
    let host = &page.house().settings.public_url[Position::BeforeHost..Position::AfterPort];
    Page::show(&Flyer { page: &page, square, host })
}

impl Square {
    fn of(page: &Page, address: &Url) -> Result<Self, Error> {
        // Shorter to type, and the same page.
        let address = address.as_str().trim_end_matches('/').to_owned();
        Ok(Self { picture: qr::svg(&address, &page.t("paper-square"))?, address })
    }
}
