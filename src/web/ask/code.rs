//! `/ask/code`: the numbers from the mail prove the address, and the request joins the queue. `/ask/done`: relief.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::members::{self, CodeDoor};
use crate::requests::{self, Placed};
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::numbers::{self, Numbers, Said};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

pub async fn shown(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Browser)?;
    let form = FormState::blank();
    match cookies::read_browser(&house, &request) {
        Some(browser) => show(page, &ground, &request, browser, &form).await,
        None => not_waiting(page, &request, Said::NotHere).await,
    }
}

pub async fn sent(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else {
        return not_waiting(page, &request, Said::NotHere).await;
    };
    if !form.is_fine() {
        return show(page, &ground, &request, browser, &form).await;
    }
    let typed = form.typed("code").to_owned();
    match ground.run(move |ground| requests::place(ground, &browser, &typed)).await? {
        Placed::In(session) => {
            let gone = [Jar::Draft, Jar::Browser].map(|jar| cookies::forget(&house, jar));
            let mut set = vec![signed::cookie(&house, session)?];
            set.extend(gone);
            Ok(page.see_other_with_cookies("/ask/done", set))
        }
        Placed::Problem(problem) => match numbers::say(&house, &ground, CodeDoor::Ask, browser, problem).await? {
            Said::Key(key) => {
                form.wrong("code", key);
                show(page, &ground, &request, browser, &form).await
            }
            said => not_waiting(page, &request, said).await,
        },
    }
}

/// New numbers for the same request.
pub async fn again(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else {
        return not_waiting(page, &request, Said::NotHere).await;
    };
    if form.is_fine() {
        match numbers::send_again(&house, &ground, CodeDoor::Ask, browser).await? {
            None => return Ok(page.see_other(&format!("/ask/code?{}", numbers::SENT))),
            Some(Said::Key(key)) => form.wrong("code", key),
            Some(said) => return not_waiting(page, &request, said).await,
        }
    }
    show(page, &ground, &request, browser, &form).await
}

async fn show(
    page: Page,
    ground: &Ground,
    request: &HttpRequest,
    browser: [u8; 16],
    form: &FormState,
) -> Result<HttpResponse, Error> {
    let waiting = ground.run(move |ground| members::waiting_draft(ground, CodeDoor::Ask, &browser)).await?;
    let Some((word, _)) = waiting else {
        let said = numbers::why_not_here(ground, CodeDoor::Ask, browser).await?;
        return not_waiting(page, request, said).await;
    };
    let page = page.titled(Title::Questions).about(form);
    Page::show(&Numbers {
        page: &page,
        form,
        word: Some(word),
        path: "/ask/code",
        again: "/ask/code/again",
        other: Some("/ask/email"),
        button: "button-continue",
        slow: "numbers-slow-hour",
        is_sent: request.query_string() == numbers::SENT,
    })
}

#[derive(Template)]
#[template(path = "pages/ask/elsewhere.html")]
struct Elsewhere<'a> {
    page: &'a Page,
    is_used: bool,
}

/// Who typed the numbers already goes to the page that follows; another browser, or one that forgot, reads where they work.
async fn not_waiting(page: Page, request: &HttpRequest, said: Said) -> Result<HttpResponse, Error> {
    if signed::find(request).await?.is_some() {
        return Ok(page.see_other("/ask/done"));
    }
    Page::show(&Elsewhere { page: &page.titled(Title::Questions), is_used: said == Said::Used })
}

#[derive(Template)]
#[template(path = "pages/ask/done.html")]
struct Done<'a> {
    page: &'a Page,
    name: &'a str,
    word: &'a str,
}

pub async fn done(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Session)?;
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let (name, word) = (signed.member.first_name.as_str(), signed.member.check_word.as_str());
    Page::show(&Done { page: &page.titled(Title::Questions), name, word })
}
