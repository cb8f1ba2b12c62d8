//! `/mine/delete`: leave for good. Being signed in is not enough; fresh numbers from the mail are, in this browser.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::members::{self, CodeDoor};
use crate::privacy::{self, Erased};
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::numbers::{self, Numbers, Said};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/mine/delete.html")]
struct Delete<'a> {
    page: &'a Page,
    form: &'a FormState,
}

pub async fn shown(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    if signed::find(&request).await?.is_none() {
        return Ok(page.see_other("/in"));
    }
    show(page, &FormState::blank())
}

fn show(page: Page, form: &FormState) -> Result<HttpResponse, Error> {
    Page::show(&Delete { page: &page.titled(Title::Yours).about(form), form })
}

pub async fn sent(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let mut form = posted.form(&[]);
    if !form.is_fine() {
        return show(page, &form);
    }
    house.limits.costly()?;
    let (member, browser) = (signed.member.id, cookies::read_browser(&house, &request));
    let browser = browser.unwrap_or_else(|| house.chance.bytes());
    match ground.run(move |ground| members::ask_leave_code(ground, member, &browser)).await {
        Ok(()) => {
            let cookie = cookies::browser(&house, &browser)?;
            Ok(page.see_other_with_cookies("/mine/delete/code", vec![cookie]))
        }
        Err(members::Error::TooManyCodes) => {
            form.wrong("", "numbers-too-many");
            show(page, &form)
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn code_shown(page: Page, house: House, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Browser)?;
    if signed::find(&request).await?.is_none() {
        return Ok(page.see_other("/in"));
    }
    match cookies::read_browser(&house, &request) {
        Some(_) => show_code(page, &FormState::blank(), request.query_string() == numbers::SENT),
        None => Ok(page.see_other("/mine/delete")),
    }
}

fn show_code(page: Page, form: &FormState, is_sent: bool) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours).about(form);
    Page::show(&Numbers {
        page: &page,
        form,
        word: None,
        path: "/mine/delete/code",
        again: "/mine/delete/again",
        other: None,
        button: "delete-all",
        slow: "numbers-slow-short",
        is_sent,
    })
}

pub async fn code_sent(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else { return Ok(page.see_other("/mine/delete")) };
    if !form.is_fine() {
        return show_code(page, &form, false);
    }
    let (member, typed) = (signed.member.id, form.typed("code").to_owned());
    match ground.run(move |ground| privacy::erase(ground, member, &browser, &typed)).await? {
        Erased::Gone => {
            let gone = Jar::ALL.map(|jar| cookies::forget(&house, jar));
            let mut answer = page.see_other("/mine/gone");
            for cookie in gone {
                answer.add_cookie(&cookie).map_err(|_| Error::Bug("a cookie that is no header"))?;
            }
            Ok(answer)
        }
        Erased::Problem(problem) => match numbers::say(&house, &ground, CodeDoor::Leave, browser, problem).await? {
            Said::Key(key) => {
                form.wrong("code", key);
                show_code(page, &form, false)
            }
            Said::NotHere | Said::Used => Ok(page.see_other("/mine/delete")),
        },
    }
}

pub async fn again(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    if signed::find(&request).await?.is_none() {
        return Ok(page.see_other("/in"));
    }
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else { return Ok(page.see_other("/mine/delete")) };
    if form.is_fine() {
        match numbers::send_again(&house, &ground, CodeDoor::Leave, browser).await? {
            None => return Ok(page.see_other(&format!("/mine/delete/code?{}", numbers::SENT))),
            Some(Said::Key(key)) => form.wrong("code", key),
            Some(Said::NotHere | Said::Used) => return Ok(page.see_other("/mine/delete")),
        }
    }
    show_code(page, &form, false)
}

#[derive(Template)]
#[template(path = "pages/mine/gone.html")]
struct Gone<'a> {
    page: &'a Page,
}

/// For somebody who is nobody here any more.
pub async fn gone(page: Page) -> Result<HttpResponse, Error> {
    Page::show(&Gone { page: &page.titled(Title::Yours) })
}
