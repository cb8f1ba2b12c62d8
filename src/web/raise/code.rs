//! The code that proves the address; typing it puts the hand up and signs in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::invited;
use crate::ground::Ground;
use crate::hands::{self, Raised};
use crate::members::{self, CodeDoor, CodeProblem};
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};
use crate::web::signed;

/// On the path after new numbers were sent, so that the page says it.
const SENT_AGAIN: &str = "n";

#[derive(Template)]
#[template(path = "pages/raise/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    form: &'a FormState,
    word: String,
    is_sent_again: bool,
}

#[derive(Template)]
#[template(path = "pages/raise/elsewhere.html")]
struct Elsewhere<'a> {
    page: &'a Page,
}

pub(super) async fn show(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Browser)?;
    let is_sent_again = request.query_string() == SENT_AGAIN;
    ask(page, &ground, &request, (&FormState::blank(), is_sent_again)).await
}

pub(super) async fn sent(
    page: Page,
    (house, ground): (House, Data<Ground>),
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(browser) = cookies::read_browser(page.house(), &request) else { return elsewhere(page) };
    let mut form = posted.form(&["code"]);
    if !form.is_fine() {
        return ask(page, &ground, &request, (&form, false)).await;
    }
    let typed = form.typed("code").to_owned();
    let problem = match ground.run(move |ground| hands::raise(ground, &browser, &typed)).await? {
        Raised::Up(token) => {
            let gone = [Jar::Draft, Jar::Browser].map(|jar| cookies::forget(&house, jar));
            let set = [signed::cookie(&house, token)?].into_iter().chain(gone).collect();
            return Ok(page.see_other_with_cookies("/mine", set));
        }
        Raised::Invitation(problem) => return invited::closed(page, Some(problem)),
        Raised::Code(problem) => problem,
    };
    let key = match problem {
        CodeProblem::Format => "raise-code-format",
        CodeProblem::Wrong => "raise-code-wrong",
        CodeProblem::NoTriesLeft => "raise-code-tries",
        // New ones leave by themselves; only the share of this address can be in the way.
        CodeProblem::TooOld if send_again(&ground, browser).await? != Again::Many => "raise-code-old",
        CodeProblem::TooOld => "raise-code-many",
        CodeProblem::NotHere => return elsewhere(page),
    };
    form.wrong("code", key);
    ask(page, &ground, &request, (&form, false)).await
}

/// "Send new numbers".
pub(super) async fn again(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(browser) = cookies::read_browser(page.house(), &request) else { return elsewhere(page) };
    let mut form = posted.form(&[]);
    if form.is_fine() {
        page.house().limits.costly()?;
        match send_again(&ground, browser).await? {
            Again::Sent => return Ok(page.see_other(&format!("/raise/code?{SENT_AGAIN}"))),
            Again::Many => form.wrong("", "raise-code-many"),
            Again::Nothing => return elsewhere(page),
        }
    }
    ask(page, &ground, &request, (&form, false)).await
}

#[derive(PartialEq, Eq)]
enum Again {
    Sent,
    /// This address had its share.
    Many,
    Nothing,
}

async fn send_again(ground: &Ground, browser: [u8; 16]) -> Result<Again, Error> {
    let sent = ground.run(move |ground| match members::send_again(ground, CodeDoor::Raise, &browser) {
        Err(members::Error::TooManyCodes) => Ok(Again::Many),
        Err(members::Error::NothingAsked) => Ok(Again::Nothing),
        sent => sent.map(|_| Again::Sent),
    });
    Ok(sent.await?)
}

async fn ask(
    page: Page,
    ground: &Ground,
    request: &HttpRequest,
    (form, is_sent_again): (&FormState, bool),
) -> Result<HttpResponse, Error> {
    let Some(browser) = cookies::read_browser(page.house(), request) else { return elsewhere(page) };
    let waiting = ground.run(move |ground| members::waiting_draft(ground, CodeDoor::Raise, &browser)).await?;
    let Some((word, _)) = waiting else { return elsewhere(page) };
    let page = page.titled(Title::Questions).about(form);
    Page::show(&CodePage { page: &page, form, word, is_sent_again })
}

/// Nothing waits for a code in this browser: it was asked for in another one, or it is done.
fn elsewhere(page: Page) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Questions);
    Page::show(&Elsewhere { page: &page })
}
