//! `/ask/who`: wishes, all of them preset, so that one press goes on.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answers::{Answers, Wishes, start_again};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::DayPart;
use crate::web::cookies::Jar;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};
use crate::web::wishes::{self, ANYONE, Choice, UNSAID, YES};

/// The offsets of the places people live in, in minutes.
const OFFSETS: [i32; 38] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270,
    300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
];

#[derive(Template)]
#[template(path = "pages/ask/who.html")]
struct Who<'a> {
    page: &'a Page,
    form: &'a FormState,
    /// Where the answers go.
    path: &'static str,
    /// It is asked for the first time, as the third question; later the clock is set on the member's own page.
    is_first: bool,
    anyone: &'static str,
    unsaid: &'static str,
    yes: &'static str,
    people: Vec<Choice>,
    experience: Vec<Choice>,
    languages: Vec<Choice>,
    times: Vec<Choice>,
    offsets: Vec<Choice>,
    /// Parts of the page that are not as they were set, and so stand open.
    open: Vec<&'static str>,
}

pub async fn shown(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    let Some(answers) = Answers::read(&house, &request) else { return Ok(start_again(&page)) };
    let wishes = answers.wishes.unwrap_or_else(|| Wishes::preset(&page));
    show(page, &ground, &wishes.form(), Asked::First)
}

pub async fn sent(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(mut answers) = Answers::read(&house, &request) else { return Ok(start_again(&page)) };
    let mut form = posted.form(&[]);
    let wishes = Wishes::parse(&mut form, &ground.policy.lists)?;
    if !form.is_fine() {
        return show(page, &ground, &form, Asked::First);
    }
    answers.wishes = Some(wishes);
    answers.is_sent = false;
    Ok(page.see_other_with_cookies(answers.next_path(), vec![answers.cookie(&house)?]))
}

/// When the page of wishes is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    First,
    /// While the request waits.
    Again,
}

pub(super) fn show(page: Page, ground: &Ground, form: &FormState, asked: Asked) -> Result<HttpResponse, Error> {
    let (title, path) = match asked {
        Asked::First => (Title::Questions, "/ask/who"),
        Asked::Again => (Title::Yours, "/mine/change"),
    };
    let page = page.titled(title).about(form);
    let lists = &ground.policy.lists;
    let preset = Wishes::preset(&page);
    let is_another_clock = form.typed("offset") != preset.utc_offset_min.to_string();
    let parts = [
        ("languages", form.said("languages").is_some() || !form.all("languages").eq([page.lang().word()])),
        ("times", form.all("times").next().is_some() || is_another_clock),
        ("sponsor", form.all("walked").next().is_some() || form.is_picked("medicine", YES)),
        ("describes", form.all("describes").any(|code| code != UNSAID)),
        ("note", form.said("note").is_some() || !form.typed("note").is_empty()),
    ];
    Page::show(&Who {
        anyone: ANYONE,
        unsaid: UNSAID,
        yes: YES,
        people: wishes::people(&page, lists),
        experience: wishes::experience(&page, lists),
        languages: lists.languages.iter().map(|language| (language.code.clone(), language.name.clone())).collect(),
        times: DayPart::ALL.iter().map(|part| (part.word().to_owned(), wishes::time(&page, *part))).collect(),
        offsets: offsets(ground.now(), form.typed("offset")),
        open: parts.into_iter().filter(|(_, is_touched)| *is_touched).map(|(name, _)| name).collect(),
        path,
        is_first: asked == Asked::First,
        page: &page,
        form,
    })
}

/// Each offset by what a clock shows there now; one that an install or a person has beside the list is there too.
fn offsets(now: Timestamp, picked: &str) -> Vec<Choice> {
    let mut all: Vec<i32> = OFFSETS.to_vec();
    all.extend(picked.parse::<i32>().ok().filter(|minutes| !OFFSETS.contains(minutes)));
    all.sort_unstable();
    let shown = |minutes: i32| {
        let clock = now.local(minutes).format("%H:%M");
        let sign = if minutes < 0 { '−' } else { '+' };
        format!("{clock} (UTC{sign}{}:{:02})", minutes.abs() / 60, minutes.abs() % 60)
    };
    all.into_iter().map(|minutes| (minutes.to_string(), shown(minutes))).collect()
}
