//! `/q/{token}`: one mailed question and its two buttons. The link opens nothing else, shows a first name at most, and is
//! settled once answered.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::members::QuestionKind;
use crate::requests::{self, Asked, Choice, Chosen};
use crate::vault::Token;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/mine/question.html")]
struct Question<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: String,
    name: String,
    /// The 48 hours are over and nobody wrote; else the contact ended.
    is_late: bool,
    is_settled: bool,
}

/// The queries of the page after a button was pressed. Typed by hand they show nothing that is not so.
const ASKED_AGAIN: &str = "new";
const KEPT: &str = "kept";

pub async fn shown(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let asked = find(&ground, &token).await?;
    let is_asked_again = request.query_string() == ASKED_AGAIN;
    if asked.is_settled && (is_asked_again || request.query_string() == KEPT) {
        let is_late = asked.kind == QuestionKind::Late;
        return Page::show(&Answered { page: &page.titled(Title::Question), is_asked_again, is_late });
    }
    show(page, &token, asked, &FormState::blank())
}

async fn find(ground: &Ground, token: &str) -> Result<Asked, Error> {
    let token = Token::parse(token).ok_or(Error::NotHere)?;
    ground.run(move |ground| requests::find_asked(ground, &token)).await?.ok_or(Error::NotHere)
}

fn show(page: Page, token: &str, asked: Asked, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Question).about(form);
    Page::show(&Question {
        path: format!("/q/{token}"),
        name: asked.first_name.map(|name| name.as_str().to_owned()).unwrap_or_default(),
        is_late: asked.kind == QuestionKind::Late,
        is_settled: asked.is_settled,
        page: &page,
        form,
    })
}

#[derive(Template)]
#[template(path = "pages/mine/answered.html")]
struct Answered<'a> {
    page: &'a Page,
    is_asked_again: bool,
    is_late: bool,
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    token: Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let asked = find(&ground, &token).await?;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return show(page, &token, asked, &form);
    }
    let choice = if form.typed("choice") == "new" { Choice::SomeoneNew } else { Choice::Keep };
    let parsed = Token::parse(&token).ok_or(Error::NotHere)?;
    let path = match ground.run(move |ground| requests::choose(ground, &parsed, choice)).await? {
        Chosen::AskedAgain => format!("/q/{token}?{ASKED_AGAIN}"),
        Chosen::Kept => format!("/q/{token}?{KEPT}"),
        Chosen::Settled => format!("/q/{token}"),
        Chosen::NotHere => return Err(Error::NotHere),
    };
    Ok(page.see_other(&path))
}
