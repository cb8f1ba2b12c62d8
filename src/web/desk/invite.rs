//! Inviting a sponsor: a link that works once, shown once, handed over in person. No mail goes out.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{acting, at_desk};
use crate::ground::Ground;
use crate::members::{self, InvitationKind};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::qr;

#[derive(Template)]
#[template(path = "pages/desk/invite.html")]
struct Invite<'a> {
    page: &'a Page,
    form: &'a FormState,
    days: i64,
    made: Option<Made>,
}

struct Made {
    link: String,
    picture: String,
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    match at_desk(&page, &request).await? {
        Err(door) => Ok(door),
        Ok(_) => page_of(page, &ground, &FormState::blank(), None),
    }
}

/// The one page that answers a POST itself: the link is in no cookie and no path, and cannot be shown again.
pub async fn make(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let by = acting(&request).await?.member.id;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return page_of(page, &ground, &form, None);
    }
    let token = ground.run(move |ground| members::invite(ground, InvitationKind::Sponsor, Some(by))).await?;
    let link = page.address(&format!("/raise/{}", token.text()))?;
    let picture = qr::svg(link.as_str(), &page.t("desk-invite-picture"))?;
    page_of(page, &ground, &form, Some(Made { link: link.into(), picture }))
}

fn page_of(page: Page, ground: &Ground, form: &FormState, made: Option<Made>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk).about(form);
    Page::show(&Invite { page: &page, form, days: ground.policy.invitations.sponsor_lives.num_days(), made })
}
