//! The invitation: by invitation only, how to get one, and what became of one that does not open any more.

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
}

#[derive(Template)]
#[template(path = "pages/raise/closed.html")]
struct Closed<'a> {
    page: &'a Page,
    /// Nothing: no invitation was shown.
    problem: Option<&'static str>,
    is_used: bool,
}

/// `/raise`: nothing to press without an invitation.
pub(super) async fn without(page: Page) -> Result<HttpResponse, Error> {
    closed(page, None)
}

/// The page of an invitation that opens nothing; also for one that was used between the first page and the code.
pub(super) fn closed(page: Page, problem: Option<InvitationProblem>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start);
    let words = problem.map(|problem| match problem {
        InvitationProblem::Unknown => "raise-unknown",
        InvitationProblem::Used => "raise-used",
        InvitationProblem::TooOld => "raise-too-old",
    });
    Page::show(&Closed { page: &page, problem: words, is_used: problem == Some(InvitationProblem::Used) })
}

pub(super) async fn show(page: Page, ground: Data<Ground>, token: web::Path<String>) -> Result<HttpResponse, Error> {
    match look(&ground, &token).await? {
        Ok(_) => invite(page, &token, &FormState::blank()),
        Err(problem) => closed(page, Some(problem)),
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
        Err(problem) => return closed(page, Some(problem)),
    };
    if !form.is_fine() {
        return invite(page, &token, &form);
    }
    let begun = draft::read(page.house(), &request).unwrap_or_default();
    let cookie = draft::cookie(page.house(), &Draft { invitation, ..begun })?;
    Ok(page.see_other_with_cookies("/raise/you", vec![cookie]))
}

fn invite(page: Page, token: &str, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start).about(form).by_link();
    Page::show(&Invited { page: &page, form, path: format!("/raise/{token}") })
}

/// Looks, and takes nothing.
async fn look(ground: &Ground, typed: &str) -> Result<Result<Token, InvitationProblem>, Error> {
    let Some(token) = Token::parse(typed) else { return Ok(Err(InvitationProblem::Unknown)) };
    let asked = token.clone();
    let kind = InvitationKind::Sponsor;
    let found = ground.run(move |ground| members::look_at_invitation(ground, kind, &asked)).await?;
    Ok(found.map(|()| token))
}
