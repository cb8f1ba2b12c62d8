//! `/mine/me/address`: another address, proven by numbers typed in the browser that asked. Whose it is shows nowhere: an
//! address that another member has gets the same pages, and the mail to it explains.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::me::MOVED;
use crate::ground::Ground;
use crate::members::{self, CodeDoor, NewAddress};
use crate::sponsorships;
use crate::web::ask::take_address;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::numbers::{self, Numbers, Said};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

const PATH: &str = "/mine/me/address";

#[derive(Template)]
#[template(path = "pages/mine/address.html")]
struct Another<'a> {
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
    Page::show(&Another { page: &page.titled(Title::Yours).about(form), form })
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
    let typed = form.typed("email").to_owned();
    let address = take_address(&mut form, &house, &typed);
    let Some(address) = address.filter(|_| form.is_fine()) else { return show(page, &form) };
    house.limits.costly()?;
    let browser = cookies::read_browser(&house, &request).unwrap_or_else(|| house.chance.bytes());
    let member = signed.member;
    match ground.run(move |ground| members::ask_address_code(ground, &member, &browser, &address)).await {
        Ok(()) => {
            let cookie = cookies::browser(&house, &browser)?;
            Ok(page.see_other_with_cookies("/mine/me/address/code", vec![cookie]))
        }
        Err(members::Error::TooManyCodes) => {
            form.wrong("email", "numbers-too-many");
            show(page, &form)
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn code_shown(page: Page, house: House, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Browser)?;
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    match cookies::read_browser(&house, &request) {
        Some(_) => {
            let is_sent = request.query_string() == numbers::SENT;
            show_code(page, &FormState::blank(), signed.member.check_word, is_sent)
        }
        None => Ok(page.see_other(PATH)),
    }
}

fn show_code(page: Page, form: &FormState, word: String, is_sent: bool) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours).about(form);
    Page::show(&Numbers {
        page: &page,
        form,
        word: Some(word),
        path: "/mine/me/address/code",
        again: "/mine/me/address/again",
        other: Some(PATH),
        button: "button-continue",
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
    let Some(browser) = cookies::read_browser(&house, &request) else { return Ok(page.see_other(PATH)) };
    if !form.is_fine() {
        return show_code(page, &form, signed.member.check_word, false);
    }
    let (member, typed) = (signed.member.id, form.typed("code").to_owned());
    let taken = ground.run(move |ground| sponsorships::change_address(ground, member, &browser, &typed)).await?;
    let key = match taken {
        NewAddress::Moved { .. } | NewAddress::Same => return Ok(page.see_other(MOVED)),
        NewAddress::Taken => "address-taken",
        NewAddress::Problem(problem) => {
            match numbers::say(&house, &ground, CodeDoor::Address, browser, problem).await? {
                Said::Key(key) => key,
                Said::Used => return Ok(page.see_other("/mine/me")),
                Said::NotHere => return Ok(page.see_other(PATH)),
            }
        }
    };
    form.wrong("code", key);
    show_code(page, &form, signed.member.check_word, false)
}

pub async fn again(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else { return Ok(page.see_other(PATH)) };
    if form.is_fine() {
        match numbers::send_again(&house, &ground, CodeDoor::Address, browser).await? {
            None => return Ok(page.see_other(&format!("/mine/me/address/code?{}", numbers::SENT))),
            Some(Said::Key(key)) => form.wrong("code", key),
            Some(Said::NotHere | Said::Used) => return Ok(page.see_other(PATH)),
        }
    }
    show_code(page, &form, signed.member.check_word, false)
}
