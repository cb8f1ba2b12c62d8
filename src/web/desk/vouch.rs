//! Hands that wait for somebody's word: who knows them says so.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{at_desk, proven};
use crate::desk::{self, Say, WaitingHand};
use crate::ground::Ground;
use crate::hands::Vouched;
use crate::i18n;
use crate::members::Member;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

pub(super) const PATH: &str = "/desk/vouch";

/// What became of a press, on the path it leads to, and in words.
const DONE: [(&str, &str); 3] =
    [("up", "desk-vouch-up"), ("later", "desk-vouch-later"), ("settled", "desk-vouch-settled")];

#[derive(Template)]
#[template(path = "pages/desk/vouch.html")]
struct Shown<'a> {
    page: &'a Page,
    form: &'a FormState,
    done: Option<&'static str>,
    rows: Vec<Row>,
}

struct Row {
    hand: WaitingHand,
    since: Option<String>,
    so_far: String,
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    let reader = match at_desk(&page, &request).await? {
        Err(door) => return Ok(door),
        Ok(signed) => signed.member,
    };
    let done = DONE.iter().find(|(mark, _)| request.query_string() == *mark).map(|(_, key)| *key);
    page_of(page, &ground, &reader, (&FormState::blank(), done)).await
}

pub async fn say(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let reader = match proven(&page, &request, PATH).await? {
        Err(again) => return Ok(again),
        Ok(signed) => signed.member,
    };
    let mut form = posted.form(&["hand"]);
    if form.is_fine() {
        let what = Say::from_word(form.typed("say")).ok_or(Error::BadRequest)?;
        let (id, handle) = (reader.id, form.typed("hand").to_owned());
        let mark = match (ground.run(move |ground| desk::say(ground, id, &handle, what)).await?, what) {
            (Vouched::Noted, Say::Yes) => Some("up"),
            (Vouched::Noted, Say::NotNow) => Some("later"),
            (Vouched::NotTheirs, _) => None,
            (Vouched::NotHere | Vouched::NotYet, _) => Some("settled"),
        };
        if let Some(mark) = mark {
            return Ok(page.see_other(&format!("{PATH}?{mark}")));
        }
        form.wrong("", "vouch-not-yours");
    }
    page_of(page, &ground, &reader, (&form, None)).await
}

async fn page_of(
    page: Page,
    ground: &Ground,
    reader: &Member,
    (form, done): (&FormState, Option<&'static str>),
) -> Result<HttpResponse, Error> {
    let id = reader.id;
    let hands = ground.run(move |ground| desk::list_waiting_hands(ground, id)).await?;
    let page = page.titled(Title::Desk).about(form);
    let rows = hands.into_iter().map(|hand| row(&page, hand)).collect();
    Page::show(&Shown { page: &page, form, done, rows })
}

fn row(page: &Page, hand: WaitingHand) -> Row {
    // A day is kept, not a moment: it is told as it was for the service.
    let day = hand.since.map(|day| i18n::on_day(page.talk(), day.start(), 0));
    let so_far = match hand.vouchers.as_slice() {
        [] => page.t("desk-vouch-nobody-yet"),
        names => page.with("desk-vouch-so-far", &[("names", &names.join(", "))]),
    };
    Row { since: day.map(|day| page.with("desk-vouch-since", &[("day", &day)])), so_far, hand }
}
