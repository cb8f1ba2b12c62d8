//! `/mine/back`: a sponsor steps back for a while, with one button and without a reason. What each newcomer will read stands
//! on the page, word for word.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::hand::{PATH as HAND, SAVED, pause};
use crate::ground::Ground;
use crate::hands;
use crate::i18n::on_day;
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
    /// Whom the sponsor walks with, and what each of them will read.
    they_read: Vec<(String, String)>,
}

pub async fn shown(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    show(page, &ground, &signed.member, &FormState::filled([("pause", pause::PRESET)])).await
}

async fn show(page: Page, ground: &Ground, member: &Member, form: &FormState) -> Result<HttpResponse, Error> {
    let id = member.id;
    let pairs = ground.run(move |ground| sponsorships::list_views(ground, id)).await?;
    let page = page.titled(Title::Yours).about(form);
    let is_asked = |view: &&PairView| view.side == Side::Sponsor && !view.pair.is_ended() && !view.pair.is_for_now();
    Page::show(&Back {
        they_read: pairs.iter().filter(is_asked).map(|view| (name(view.partner.as_ref()), text(&page, view))).collect(),
        weeks: pause::weeks(&page),
        pause: form,
        page: &page,
    })
}

fn name(name: Option<&FirstName>) -> String {
    name.map(|name| name.as_str().to_owned()).unwrap_or_default()
}

/// The day is the one that is chosen below, so it stands open here.
fn text(page: &Page, view: &PairView) -> String {
    let day = page.t("back-that-day");
    page.with("mails-stepped-back", &[("name", &name(view.me.as_ref())), ("day", &day)])
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

/// Until when a contact rests, as the one who reads counts days.
pub fn day_of_return(page: &Page, view: &PairView, reader: &Member) -> Option<String> {
    view.pair.paused_until.map(|until| on_day(page.talk(), until, reader.utc_offset_min))
}
