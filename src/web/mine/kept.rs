//! `/mine/me/kept`: what is kept about a member, in words. `/mine/me/copy`: the same for taking along, as a file whose
//! name tells nobody what it is about.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::i18n::Lang;
use crate::privacy::{self, Kept, KeptMonth};
use crate::web::errors::Error;
use crate::web::page::{Page, Pair, Title};
use crate::web::signed;

#[derive(Template)]
#[template(path = "pages/mine/kept.html")]
struct KeptPage<'a> {
    page: &'a Page,
    rows: Vec<Pair>,
    /// What else there is, one sentence each.
    lines: Vec<String>,
}

pub async fn shown(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let id = signed.member.id;
    let kept = ground.run(move |ground| privacy::find_kept(ground, id)).await?.ok_or(Error::NotHere)?;
    let page = page.titled(Title::Yours);
    Page::show(&KeptPage { rows: rows(&page, &kept), lines: lines(&page, &kept), page: &page })
}

fn rows(page: &Page, kept: &Kept) -> Vec<Pair> {
    let me = &kept.members;
    let row = |key: &str, value: String| Pair { name: page.t(key), value, change: None };
    let changed = |key: &str, value: String| Pair { change: Some("/mine/me".to_owned()), ..row(key, value) };
    let lang = Lang::from_word(me.language).map_or("", Lang::own_name);
    vec![
        changed("ask-check-name", me.first_name.clone()),
        row("kept-email", page.t("kept-email-how")),
        changed("me-word-h2", me.check_word.clone()),
        changed("me-lang", lang.to_owned()),
        changed("kept-clock", clock(me.minutes_from_utc)),
        row("kept-since", month(page, me.here_since)),
        row("kept-last", month(page, me.last_here)),
        row("kept-agreed", month(page, me.agreed_in)),
    ]
}

fn clock(minutes: i32) -> String {
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    format!("UTC{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn month(page: &Page, KeptMonth(month): KeptMonth) -> String {
    let named = page.count("when-month", i64::from(month.0.rem_euclid(12)) + 1);
    format!("{named} {}", month.0.div_euclid(12))
}

fn lines(page: &Page, kept: &Kept) -> Vec<String> {
    let count = |key: &str, n: usize| (n > 0).then(|| page.count(key, i64::try_from(n).unwrap_or(i64::MAX)));
    let names: Vec<&str> = kept.sponsorships.iter().map(|pair| pair.first_name_of_the_other.as_str()).collect();
    let pairs = (!names.is_empty()).then(|| page.with("kept-pairs", &[("names", &names.join(", "))]));
    let vouched = kept.hands.iter().find_map(|hand| hand.somebody_gave_their_word_in);
    let vouched = vouched.map(|in_month| page.with("kept-vouched", &[("month", &month(page, in_month))]));
    let given = kept.vouches.iter().map(|told| told.you_gave_your_word_for_others).sum();
    let all = [
        count("kept-requests", kept.requests.len()),
        count("kept-hand", kept.hands.len()),
        vouched,
        count("kept-vouches", given),
        count("kept-offers", kept.offers.len()),
        pairs,
        count("kept-questions", kept.questions.len()),
        count("kept-invitations", kept.invitations.len()),
        count("kept-desk", kept.coordinators.len()),
        count("kept-sessions", kept.sessions.len()),
    ];
    all.into_iter().flatten().collect()
}

pub async fn copy(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let id = signed.member.id;
    let copy = ground.run(move |ground| privacy::export(ground, id)).await?.ok_or(Error::NotHere)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"copy.json\""))
        .body(copy))
}
