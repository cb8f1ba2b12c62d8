//! The first page of a sponsor's way in: with an invitation, or without one. What became of an invitation that does not open
//! any more.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::draft::{self, Draft};
use crate::ground::Ground;
use crate::members::{self, InvitationKind, InvitationProblem};
use crate::vault::Token;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/raise/invited.html")]
struct Invited<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: String,
    /// Without an invitation: somebody's word is still to come.
    is_open: bool,
}

#[derive(Template)]
#[template(path = "pages/raise/closed.html")]
struct Closed<'a> {
    page: &'a Page,
    problem: &'static str,
    is_used: bool,
}

/// `/raise`: anybody may put a hand up, and it waits for somebody's word.
pub(super) async fn without(page: Page) -> Result<HttpResponse, Error> {
    invite(page, None, &FormState::blank())
}

/// "I can sponsor", without an invitation.
pub(super) async fn open(page: Page, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let form = posted.form_by_link();
    if !form.is_fine() {
        return invite(page, None, &form);
    }
    begin(&page, &request, String::new())
}

/// The page of an invitation that opens nothing; also for one that was used between the first page and the code.
pub(super) fn closed(page: Page, problem: InvitationProblem) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start);
    let words = match problem {
        InvitationProblem::Unknown => "raise-unknown",
        InvitationProblem::Used => "raise-used",
        InvitationProblem::TooOld => "raise-too-old",
    };
    Page::show(&Closed { page: &page, problem: words, is_used: problem == InvitationProblem::Used })
}

pub(super) async fn show(page: Page, ground: Data<Ground>, token: web::Path<String>) -> Result<HttpResponse, Error> {
    match look(&ground, &token).await? {
        Ok(_) => invite(page, Some(&token), &FormState::blank()),
        Err(problem) => closed(page, problem),
    }
}

/// "I can sponsor": the invitation goes along in the draft.
pub(super) async fn sent(
    page: Page,
    ground: Data<Ground>,
    (token, request): (web::Path<String>, HttpRequest),
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let form = posted.form_by_link();
    let invitation = match look(&ground, &token).await? {
        Ok(invitation) => invitation.text(),
        Err(problem) => return closed(page, problem),
    };
    if !form.is_fine() {
        return invite(page, Some(&token), &form);
    }
    begin(&page, &request, invitation)
}

/// On to the questions; what was answered before stays.
fn begin(page: &Page, request: &HttpRequest, invitation: String) -> Result<HttpResponse, Error> {
    let begun = draft::read(page.house(), request).unwrap_or_default();
    let cookie = draft::cookie(page.house(), &Draft { invitation, ..begun })?;
    Ok(page.see_other_with_cookies("/raise/you", vec![cookie]))
}

fn invite(page: Page, token: Option<&str>, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start).about(form).by_link();
    let path = token.map_or_else(|| "/raise".to_owned(), |token| format!("/raise/{token}"));
    Page::show(&Invited { page: &page, form, path, is_open: token.is_none() })
}

/// Looks, and takes nothing.
async fn look(ground: &Ground, typed: &str) -> Result<Result<Token, InvitationProblem>, Error> {
    let Some(token) = Token::parse(typed) else { return Ok(Err(InvitationProblem::Unknown)) };
    let asked = token.clone();
    let kind = InvitationKind::Sponsor;
    let found = ground.run(move |ground| members::look_at_invitation(ground, kind, &asked)).await?;
    Ok(found.map(|()| token))
}
