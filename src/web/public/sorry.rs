//! The page of every trouble: a heading, a sentence, the numbers to call. Only the edge shows it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::errors::Error;
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/public/sorry.html")]
struct Sorry<'a> {
    page: &'a Page,
    heading: &'static str,
    text: &'static str,
}

pub(in crate::web) fn page(page: Page, kind: Error, status: StatusCode) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::NotHere).bare();
    let (heading, text) = kind.words();
    Page::show_as(status, &Sorry { page: &page, heading, text })
}
