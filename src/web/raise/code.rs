//! The code that proves the address; typing it keeps the hand and signs in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::invited;
use crate::ground::Ground;
use crate::hands::{self, Raised};
use crate::members::{self, CodeDoor};
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::numbers::{self, Numbers, Said};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/raise/elsewhere.html")]
struct Elsewhere<'a> {
    page: &'a Page,
}

pub(super) async fn show(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Browser)?;
    ask(page, &ground, &request, &FormState::blank()).await
}

pub(super) async fn sent(
    page: Page,
    (house, ground): (House, Data<Ground>),
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(browser) = cookies::read_browser(&house, &request) else { return elsewhere(page) };
    let mut form = posted.form(&["code"]);
    if !form.is_fine() {
        return ask(page, &ground, &request, &form).await;
    }
    let typed = form.typed("code").to_owned();
    let problem = match ground.run(move |ground| hands::raise(ground, &browser, &typed)).await? {
        Raised::Up(token) | Raised::Waits(token) => {
            let gone = [Jar::Draft, Jar::Browser].map(|jar| cookies::forget(&house, jar));
            let set = [signed::cookie(&house, token)?].into_iter().chain(gone).collect();
            return Ok(page.see_other_with_cookies("/mine", set));
        }
        Raised::Invitation(problem) => return invited::closed(page, problem),
        Raised::Code(problem) => problem,
    };
    let Said::Key(key) = numbers::say(&house, &ground, CodeDoor::Raise, browser, problem).await? else {
        return elsewhere(page);
    };
    form.wrong("code", key);
    ask(page, &ground, &request, &form).await
}

/// "Send new numbers".
pub(super) async fn again(
    page: Page,
    (house, ground): (House, Data<Ground>),
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(browser) = cookies::read_browser(&house, &request) else { return elsewhere(page) };
    let mut form = posted.form(&["code"]);
    if form.is_fine() {
        match numbers::send_again(&house, &ground, CodeDoor::Raise, browser).await? {
            None => return Ok(page.see_other(&format!("/raise/code?{}", numbers::SENT))),
            Some(Said::Key(key)) => form.wrong("code", key),
            Some(_) => return elsewhere(page),
        }
    }
    ask(page, &ground, &request, &form).await
}

async fn ask(page: Page, ground: &Ground, request: &HttpRequest, form: &FormState) -> Result<HttpResponse, Error> {
    let Some(browser) = cookies::read_browser(page.house(), request) else { return elsewhere(page) };
    let waiting = ground.run(move |ground| members::waiting_draft(ground, CodeDoor::Raise, &browser)).await?;
    let Some((word, _)) = waiting else { return elsewhere(page) };
    let page = page.titled(Title::Questions).about(form);
    Page::show(&Numbers {
        page: &page,
        form,
        word: Some(word),
        path: "/raise/code",
        again: "/raise/again",
        other: Some("/raise/you"),
        button: "button-continue",
        slow: "numbers-slow-hour",
        is_sent: request.query_string() == numbers::SENT,
    })
}

/// Nothing waits for a code in this browser: it was asked for in another one, or it is done.
fn elsewhere(page: Page) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Questions);
    Page::show(&Elsewhere { page: &page })
}
