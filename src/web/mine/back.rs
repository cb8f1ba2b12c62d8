//! `/mine/back`: a sponsor steps back for a while, with one button and without a reason. What each newcomer will read stands
//! on the page, word for word.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::hand::{PATH as HAND, SAVED, pause};
use crate::ground::Ground;
use crate::hands;
use crate::members::{FirstName, Member};
use crate::sponsorships::{self, PairView, Side};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/mine/back.html")]
struct Back<'a> {
    page: &'a Page,
    pause: &'a FormState,
    weeks: Vec<(String, String)>,
    they_read: Vec<Read>,
}

/// Whom the sponsor writes with, and what they will read.
struct Read {
    name: String,
    lines: Vec<String>,
}

impl Read {
    fn of(page: &Page, view: &PairView) -> Self {
        let me = name(view.me.as_ref());
        let lines = if view.pair.is_for_now() {
            vec![page.with("mails-ended", &[("name", &me)]), page.t("mails-ended-for-now")]
        } else {
            // The day is the one that is chosen below, so it stands open here.
            let text = page.with("mails-stepped-back", &[("name", &me), ("day", &page.t("back-that-day"))]);
            let choices = ["question-wait-for", "question-for-now", "question-new"].map(|key| page.t(key));
            vec![text, page.t("mails-stepped-back-here"), choices.join(" \u{b7} ")]
        };
        Self { name: name(view.partner.as_ref()), lines }
    }
}

pub async fn shown(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    show(page, &ground, &signed.member, &FormState::filled([("pause", pause::PRESET)])).await
}

async fn show(page: Page, ground: &Ground, member: &Member, form: &FormState) -> Result<HttpResponse, Error> {
    let id = member.id;
    let pairs = ground.run(move |ground| sponsorships::list_views(ground, id)).await?;
    let page = page.titled(Title::Yours).about(form);
    let is_with_them = |view: &&PairView| view.side == Side::Sponsor && !view.pair.is_ended();
    Page::show(&Back {
        they_read: pairs.iter().filter(is_with_them).map(|view| Read::of(&page, view)).collect(),
        weeks: pause::weeks(&page),
        pause: form,
        page: &page,
    })
}

fn name(name: Option<&FirstName>) -> String {
    name.map(|name| name.as_str().to_owned()).unwrap_or_default()
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let member = signed.member;
    let mut form = posted.form(&[]);
    let until = pause::read(&mut form, ground.now(), member.utc_offset_min);
    let (Some(until), true) = (until, form.is_fine()) else {
        return show(page, &ground, &member, &form).await;
    };
    ground.run(move |ground| hands::step_back(ground, member.id, until)).await?;
    Ok(page.see_other(&format!("{HAND}?{SAVED}")))
}

/// Back by one press on the page of a contact; the hand stays as it is.
pub async fn over(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    if posted.form(&[]).is_fine() {
        ground.run(move |ground| sponsorships::return_of(ground, signed.member.id)).await?;
    }
    Ok(page.see_other("/mine"))
}
