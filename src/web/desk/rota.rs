//! Who is on duty, whose term runs until when, and the way out: hand over, or sign out in every browser.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{acting, at_desk};
use crate::ground::Ground;
use crate::i18n::on_day;
use crate::members::{self, Coordinator, Duty, Week};
use crate::store::ids::MemberId;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};

pub(super) const PATH: &str = "/desk/rota";
pub(super) const END: &str = "/desk/rota/end";

#[derive(Template)]
#[template(path = "pages/desk/rota.html")]
struct Rota<'a> {
    page: &'a Page,
    form: &'a FormState,
    now: String,
    next: String,
    may_take_this: bool,
    may_take_next: bool,
    terms: Vec<String>,
    /// Length of a term by the policy.
    days: i64,
}

#[derive(Template)]
#[template(path = "pages/desk/end.html")]
struct End<'a> {
    page: &'a Page,
    form: &'a FormState,
    /// Nobody else is at the desk.
    is_last: bool,
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    match at_desk(&page, &request).await? {
        Err(door) => Ok(door),
        Ok(signed) => page_of(page, &ground, signed.member.id, &FormState::blank()).await,
    }
}

/// "I take this week", "I take next week".
pub async fn take(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let me = acting(&request).await?.member.id;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return page_of(page, &ground, me, &form).await;
    }
    let week = Week::from_word(form.typed("week")).ok_or(Error::BadRequest)?;
    ground.run(move |ground| members::take_week(ground, me, week)).await?;
    Ok(page.see_other(PATH))
}

pub async fn ask_end(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    match at_desk(&page, &request).await? {
        Err(door) => Ok(door),
        Ok(_) => end_page(page, &ground, &FormState::blank()).await,
    }
}

pub async fn end(
    page: Page,
    request: HttpRequest,
    house: House,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let me = acting(&request).await?.member.id;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return end_page(page, &ground, &form).await;
    }
    ground.run(move |ground| members::end_term(ground, me)).await?;
    signed_out(&page, &house)
}

/// Signs out in every browser, the member's own pages included; a form too old does so too.
pub async fn out_everywhere(
    page: Page,
    request: HttpRequest,
    house: House,
    ground: web::Data<Ground>,
    _from_our_form: Posted,
) -> Result<HttpResponse, Error> {
    let me = acting(&request).await?.member.id;
    ground.run(move |ground| members::sign_out_everywhere(ground, me)).await?;
    signed_out(&page, &house)
}

fn signed_out(page: &Page, house: &House) -> Result<HttpResponse, Error> {
    let mut answer = page.see_other("/");
    let forget = cookies::forget(house, Jar::Session);
    answer.add_cookie(&forget).map_err(|_| Error::Bug("a cookie that is no header"))?;
    Ok(answer)
}

async fn page_of(page: Page, ground: &Ground, me: MemberId, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk).about(form);
    let duty = find(ground).await?;
    let next = duty.next_week.and_then(|member| duty.name_of(member));
    Page::show(&Rota {
        now: on_duty_now(&page, &duty),
        next: next.map_or_else(|| page.t("desk-rota-next-none"), |name| page.with("desk-rota-next", &[("name", name)])),
        may_take_this: duty.this_week != Some(me),
        may_take_next: duty.next_week != Some(me) && duty.has_next_week(me, ground.now()),
        terms: duty.in_term.iter().map(|coordinator| term(&page, coordinator)).collect(),
        days: ground.policy.coordinators.term.num_days(),
        page: &page,
        form,
    })
}

async fn end_page(page: Page, ground: &Ground, form: &FormState) -> Result<HttpResponse, Error> {
    let is_last = find(ground).await?.in_term.len() == 1;
    Page::show(&End { page: &page.titled(Title::Desk).about(form), form, is_last })
}

pub(super) async fn find(ground: &Ground) -> Result<Duty, Error> {
    Ok(ground.run(|ground| ground.store.read(|conn| members::find_duty(conn, ground.now()))).await?)
}

/// "On duty this week: Kim."
pub(super) fn on_duty_now(page: &Page, duty: &Duty) -> String {
    if let Some(name) = duty.this_week.and_then(|member| duty.name_of(member)) {
        return page.with("desk-rota-now", &[("name", name)]);
    }
    let all: Vec<&str> = duty.in_term.iter().map(|one| one.first_name.as_str()).collect();
    page.with("desk-rota-now-all", &[("names", &all.join(", "))])
}

fn term(page: &Page, coordinator: &Coordinator) -> String {
    let name = ("name", coordinator.first_name.as_str());
    match coordinator.term_ends_on {
        None => page.with("desk-rota-term-open", &[name]),
        Some(day) => page.with("desk-rota-term", &[name, ("day", &on_day(page.talk(), day.start(), 0))]),
    }
}
