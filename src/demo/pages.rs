//! `/demo`: three inboxes side by side, the clock, the scanner, a letter sent beside the letter that arrived. These pages
//! exist once, in English paths. They read the demo's mailbox, never the store.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;
use url::form_urlencoded::Serializer;

use super::mailbox::Delivered;
use super::people::{DANA, KIM, RAY, SPONSORS};
use super::scanner::{self, Piece, Scan};
use super::stage::{self, Sent, Stage};
use crate::vault::totp;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::{Error, get, post};

/// What a letter may hold at most, in characters.
const LONGEST: usize = 20_000;

pub fn routes(stage: Arc<Stage>) -> impl FnOnce(&mut ServiceConfig) + Clone + Send + 'static {
    move |app| {
        app.app_data(Data::from(stage))
            .service(web::resource("/demo").route(get().to(overview)))
            .service(web::resource("/demo/mail.json").route(get().to(all_mail)))
            .service(web::resource("/demo/turn").route(post().to(turn)))
            .service(web::resource("/demo/scan").route(post().to(scan)))
            .service(web::resource("/demo/mail/{place}").route(get().to(mail)).route(post().to(reply)))
            .service(web::resource("/demo/letter/{place}").route(get().to(letter)));
    }
}

/// Whose inboxes are shown.
#[derive(Deserialize, Default)]
struct Choice {
    newcomer: Option<String>,
    sponsor: Option<String>,
}

struct Inbox {
    heading: String,
    address: String,
    mails: Vec<Line>,
}

/// One mail in a list.
struct Line {
    place: usize,
    subject: String,
    is_letter: bool,
}

/// An address to choose, and how it is shown.
struct Choosable {
    address: String,
    shown: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "pages/demo/overview.html")]
struct Overview<'a> {
    page: &'a Page,
    form: &'a FormState,
    clock: String,
    newcomers: Vec<Choosable>,
    sponsors: Vec<Choosable>,
    inboxes: Vec<Inbox>,
    scan: Option<Scan>,
    desk: Desk,
    newcomer: String,
    sponsor: String,
}

struct Desk {
    address: &'static str,
    passphrase: &'static str,
    code: String,
}

async fn overview(page: Page, stage: Data<Stage>, choice: Query<Choice>) -> Result<HttpResponse, Error> {
    stage.drive.settle().await;
    show_overview(page, &stage, choice.into_inner(), &FormState::blank())
}

fn show_overview(page: Page, stage: &Stage, choice: Choice, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start).bare().about(form);
    let mails = stage.mails();
    let known = stage.newcomers();
    let newcomer = choice.newcomer.filter(|chosen| known.contains(chosen)).unwrap_or_else(|| DANA.address.to_owned());
    let is_sponsor = |chosen: &String| SPONSORS.iter().any(|sponsor| sponsor.person.address == chosen);
    let sponsor = choice.sponsor.filter(is_sponsor).unwrap_or_else(|| RAY.to_owned());
    let count = |address: &str| mails.iter().filter(|(_, mail)| mail.to == address).count().to_string();
    let option = |address: &str, chosen: &str| Choosable {
        shown: page.with("demo-option", &[("address", address), ("count", &count(address))]),
        is_chosen: address == chosen,
        address: address.to_owned(),
    };
    let columns = [("demo-newcomer", newcomer.as_str()), ("demo-sponsor", &sponsor), ("demo-coordinator", KIM.address)];
    let ground = &stage.drive.inside.ground;
    let code = totp::code_now(&stage.desk.totp, ground.now());
    let overview = Overview {
        form,
        clock: clock(&page, stage),
        newcomers: known.iter().map(|address| option(address, &newcomer)).collect(),
        sponsors: SPONSORS.iter().map(|one| option(one.person.address, &sponsor)).collect(),
        inboxes: columns.iter().map(|(key, address)| inbox(page.t(key), address, &mails)).collect(),
        scan: stage.scan(),
        desk: Desk {
            address: stage.desk.address,
            passphrase: stage.desk.passphrase,
            code: code.map(|code| code.expose().clone()).unwrap_or_default(),
        },
        page: &page,
        newcomer: newcomer.clone(),
        sponsor: sponsor.clone(),
    };
    Page::show(&overview)
}

fn clock(page: &Page, stage: &Stage) -> String {
    let local = stage.drive.inside.ground.now().utc();
    page.with(
        "demo-clock",
        &[("date", &local.format("%Y-%m-%d").to_string()), ("time", &local.format("%H:%M").to_string())],
    )
}

fn inbox(heading: String, address: &str, mails: &[(usize, Delivered)]) -> Inbox {
    let line = |(place, mail): &(usize, Delivered)| Line {
        place: *place,
        subject: mail.subject.clone(),
        is_letter: stage::can_answer(mail),
    };
    let mails = mails.iter().rev().filter(|(_, mail)| mail.to == address).map(line).collect();
    Inbox { heading, address: address.to_owned(), mails }
}

async fn all_mail(stage: Data<Stage>) -> HttpResponse {
    stage.drive.settle().await;
    let mails = stage.mails();
    let list = mails.iter().map(|(_, mail)| {
        json!({ "to": mail.to, "subject": mail.subject, "text": mail.text, "raw": String::from_utf8_lossy(&mail.raw) })
    });
    HttpResponse::Ok().json(list.collect::<Vec<_>>())
}

async fn turn(page: Page, stage: Data<Stage>, posted: Posted) -> Result<HttpResponse, Error> {
    let form = posted.form(&[]);
    if !form.is_fine() {
        return show_overview(page, &stage, chosen(&form), &form);
    }
    match form.typed("by") {
        "hour" => stage.drive.turn(TimeDelta::hours(1)).await,
        "day" => stage.drive.turn(TimeDelta::days(1)).await,
        _ => return Err(Error::BadRequest),
    }
    Ok(back(&page, &form))
}

async fn scan(page: Page, stage: Data<Stage>, posted: Posted) -> Result<HttpResponse, Error> {
    let form = posted.form(&[]);
    if !form.is_fine() {
        return show_overview(page, &stage, chosen(&form), &form);
    }
    stage.let_scan().await?;
    Ok(back(&page, &form))
}

fn chosen(form: &FormState) -> Choice {
    let typed = |name| Some(form.typed(name).to_owned());
    Choice { newcomer: typed("newcomer"), sponsor: typed("sponsor") }
}

/// The overview again, with the same inboxes open.
fn back(page: &Page, form: &FormState) -> HttpResponse {
    let mut query = Serializer::new(String::new());
    for name in ["newcomer", "sponsor"] {
        query.append_pair(name, form.typed(name));
    }
    page.see_other(&format!("/demo?{}", query.finish()))
}

#[derive(Template)]
#[template(path = "pages/demo/mail.html")]
struct Opened<'a> {
    page: &'a Page,
    form: &'a FormState,
    place: usize,
    mail: &'a Delivered,
    raw: String,
    pieces: Vec<Piece>,
    is_letter: bool,
}

async fn mail(page: Page, stage: Data<Stage>, place: Path<usize>) -> Result<HttpResponse, Error> {
    let form = FormState::filled([("text", page.t("demo-reply-sample"))]);
    show_mail(page, &stage, *place, &form)
}

fn show_mail(page: Page, stage: &Stage, place: usize, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start).bare().about(form);
    let mail = stage.mail(place).ok_or(Error::NotHere)?;
    Page::show(&Opened {
        page: &page,
        form,
        place,
        raw: String::from_utf8_lossy(&mail.raw).into_owned(),
        pieces: scanner::pieces(mail.text.trim_end(), &stage.public_url),
        is_letter: stage::can_answer(&mail),
        mail: &mail,
    })
}

async fn reply(page: Page, stage: Data<Stage>, place: Path<usize>, posted: Posted) -> Result<HttpResponse, Error> {
    let mut form = posted.form(&[]);
    if form.typed("text").trim().is_empty() || form.typed("text").chars().count() > LONGEST {
        form.wrong("text", "demo-reply-empty");
    }
    if !form.is_fine() {
        return show_mail(page, &stage, *place, &form);
    }
    let sent = stage.reply(*place, form.typed("text")).await.ok_or(Error::NotHere)?;
    Ok(page.see_other(&format!("/demo/letter/{sent}")))
}

#[derive(Template)]
#[template(path = "pages/demo/letter.html")]
struct Compared<'a> {
    page: &'a Page,
    sent: &'a Sent,
    arrived: Vec<(usize, Delivered, String)>,
}

async fn letter(page: Page, stage: Data<Stage>, place: Path<usize>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Start).bare();
    let sent = stage.sent(*place).ok_or(Error::NotHere)?;
    let arrived = sent.arrived.iter().filter_map(|place| {
        let mail = stage.mail(*place)?;
        let raw = String::from_utf8_lossy(&mail.raw).into_owned();
        Some((*place, mail, raw))
    });
    Page::show(&Compared { page: &page, arrived: arrived.collect(), sent: &sent })
}
