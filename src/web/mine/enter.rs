//! `/in`: sign in by the numbers from a mail. A known and an unknown address get the same answer; only the mail, and the
//! right numbers, tell.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::members::{self, AskCode, CodeDoor, SignIn};
use crate::vault::Address;
use crate::web::ask::take_address;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::numbers::{self, Numbers, Said};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/mine/in.html")]
struct In<'a> {
    page: &'a Page,
    form: &'a FormState,
    /// The numbers were right, and the address is nobody's.
    is_not_yet: bool,
}

pub async fn shown(page: Page, request: HttpRequest) -> Result<HttpResponse, Error> {
    if signed::find(&request).await?.is_some() {
        return Ok(page.see_other("/mine"));
    }
    show(page, &FormState::blank(), false)
}

fn show(page: Page, form: &FormState, is_not_yet: bool) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::SignIn).about(form);
    Page::show(&In { page: &page, form, is_not_yet })
}

pub async fn sent(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&[]);
    let typed = form.typed("email").to_owned();
    let address = take_address(&mut form, &house, &typed);
    if let Some(address) = address.filter(|_| form.is_fine()) {
        house.limits.costly()?;
        let browser = cookies::read_browser(&house, &request).unwrap_or_else(|| house.chance.bytes());
        if ask(&page, &ground, browser, address).await? {
            let cookie = cookies::browser(&house, &browser)?;
            return Ok(page.see_other_with_cookies("/in/code", vec![cookie]));
        }
        form.wrong("email", "numbers-too-many");
    }
    show(page, &form, false)
}

/// False when this address had as many codes as it may have.
async fn ask(page: &Page, ground: &Ground, browser: [u8; 16], address: Address) -> Result<bool, Error> {
    let (lang, utc_offset_min) = (page.lang(), page.house().settings.utc_offset_min);
    let asked = ground.run(move |ground| {
        let (door, draft) = (CodeDoor::In, None);
        let ask = AskCode { door, browser: &browser, address: &address, lang, utc_offset_min, draft };
        members::ask_code(ground, &ask)
    });
    match asked.await {
        Ok(_) => Ok(true),
        Err(members::Error::TooManyCodes) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

pub async fn code_shown(page: Page, house: House, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Browser)?;
    if signed::find(&request).await?.is_some() {
        return Ok(page.see_other("/mine"));
    }
    match cookies::read_browser(&house, &request) {
        Some(_) => show_code(page, &FormState::blank(), request.query_string() == numbers::SENT),
        None => Ok(page.see_other("/in")),
    }
}

fn show_code(page: Page, form: &FormState, is_sent: bool) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::SignIn).about(form);
    Page::show(&Numbers {
        page: &page,
        form,
        word: None,
        path: "/in/code",
        again: "/in/code/again",
        other: Some("/in"),
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
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else { return elsewhere(page, &request).await };
    if !form.is_fine() {
        return show_code(page, &form, false);
    }
    let typed = form.typed("code").to_owned();
    match ground.run(move |ground| members::sign_in(ground, &browser, &typed)).await? {
        SignIn::Open { token, mail_was_stopped } => {
            let set = vec![signed::cookie(&house, token)?, cookies::forget(&house, Jar::Browser)];
            let to =
                if mail_was_stopped { format!("/mine?{}", super::overview::MAIL_AGAIN) } else { "/mine".to_owned() };
            Ok(page.see_other_with_cookies(&to, set))
        }
        SignIn::NotYet => show(page, &FormState::blank(), true),
        SignIn::Problem(problem) => match numbers::say(&house, &ground, CodeDoor::In, browser, problem).await? {
            Said::Key(key) => {
                form.wrong("code", key);
                show_code(page, &form, false)
            }
            Said::NotHere | Said::Used => elsewhere(page, &request).await,
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
    let mut form = posted.form(&["code"]);
    let Some(browser) = cookies::read_browser(&house, &request) else { return elsewhere(page, &request).await };
    if form.is_fine() {
        match numbers::send_again(&house, &ground, CodeDoor::In, browser).await? {
            None => return Ok(page.see_other(&format!("/in/code?{}", numbers::SENT))),
            Some(Said::Key(key)) => form.wrong("code", key),
            Some(Said::NotHere | Said::Used) => return elsewhere(page, &request).await,
        }
    }
    show_code(page, &form, false)
}

/// A second press of the same button is signed in already; anybody else asks here.
async fn elsewhere(page: Page, request: &HttpRequest) -> Result<HttpResponse, Error> {
    if signed::find(request).await?.is_some() {
        return Ok(page.see_other("/mine"));
    }
    let mut form = FormState::blank();
    form.wrong("email", "in-elsewhere");
    show(page, &form, false)
}
