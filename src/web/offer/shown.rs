//! How an offer stands, as its page says it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::ground::Ground;
use crate::i18n::day_part;
use crate::matching::Kind;
use crate::requests::{OfferView, Standing};
use crate::sponsorships::{Sponsorship, State};
use crate::web::errors::Error;
use crate::web::form::FormState;
use crate::web::page::{Page, Pair, Title};
use crate::web::wishes::{people_words, time, walked_with_words};

#[derive(Template)]
#[template(path = "pages/offer/open.html")]
struct Open<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: &'a str,
    wishes: Vec<Pair>,
    is_lapsed: bool,
    asks_on_by: String,
    lead: String,
}

#[derive(Template)]
#[template(path = "pages/offer/yes.html")]
struct Yes<'a> {
    page: &'a Page,
    lead: String,
    name: &'a str,
    note: Option<&'a str>,
    has_written: bool,
}

#[derive(Template)]
#[template(path = "pages/offer/over.html")]
struct Over<'a> {
    page: &'a Page,
    said: &'static str,
    more: &'static str,
}

#[derive(Template)]
#[template(path = "pages/offer/full.html")]
struct Full<'a> {
    page: &'a Page,
    path: &'a str,
    hello: &'a str,
}

/// `typed` is a form to be put right, where there is one.
pub(super) fn page(
    page: Page,
    ground: &Ground,
    view: &OfferView,
    typed: Option<&FormState>,
) -> Result<HttpResponse, Error> {
    match &view.standing {
        Standing::Open | Standing::Lapsed => {
            let name = view.sponsor.first_name.as_str();
            let blank = FormState::filled([("hello", page.with("offer-hello", &[("name", name)]))]);
            open(page, ground, view, typed.unwrap_or(&blank))
        }
        Standing::SaidYes { pair, first_name, note } => yes(page, pair, first_name.as_str(), note.as_deref()),
        Standing::SaidNotNow => over(page, ("offer-said-not-now", "offer-said-not-now-more"), StatusCode::OK),
        Standing::Taken => too_late(page, "offer-taken", StatusCode::OK),
        Standing::MovedOn => too_late(page, "offer-moved-on", StatusCode::OK),
        Standing::NoRoom => no_room(page, view, typed, StatusCode::OK),
    }
}

fn open(page: Page, ground: &Ground, view: &OfferView, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Question).about(form).by_link();
    let asks_on_by = day_part(page.talk(), view.offer.lapses_at, view.sponsor.utc_offset_min);
    let template = Open {
        wishes: wishes(&page, ground, view),
        is_lapsed: matches!(view.standing, Standing::Lapsed),
        path: page.path(),
        asks_on_by,
        lead: match view.offer.kind {
            Kind::Sponsor => page.t("offer-lead"),
            Kind::ForNow => page.count("offer-lead-for-now", ground.policy.for_now.lasts.num_days()),
        },
        form,
        page: &page,
    };
    Page::show(&template)
}

/// Wishes only: no name, no note.
fn wishes(page: &Page, ground: &Ground, view: &OfferView) -> Vec<Pair> {
    let lists = &ground.policy.lists;
    let row = |name: &str, value: String| Pair { name: page.t(name), value, change: None };
    let times: Vec<String> = view.shared_parts.parts().map(|part| time(page, part)).collect();
    let times = if times.is_empty() {
        page.t("offer-times-any")
    } else {
        page.with("offer-times-like-you", &[("times", &times.join(", "))])
    };
    let who = people_words(page, &view.request.accepts.codes(lists));
    let mut rows = vec![
        row("offer-language", view.shared_languages.names(lists).join(", ")),
        row("offer-times", times),
        row("offer-who", who),
    ];
    let walked = walked_with_words(page, &view.walked_with.codes(lists));
    if !walked.is_empty() {
        rows.push(row("offer-walked", walked));
    }
    if view.offer.kind == Kind::Sponsor {
        rows.push(row("offer-room", page.count("offer-room-for", view.room)));
    }
    rows
}

fn yes(page: Page, pair: &Sponsorship, name: &str, note: Option<&str>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Question);
    let lead = if pair.is_for_now() { "offer-said-yes-for-now" } else { "offer-said-yes-name" };
    let lead = page.with(lead, &[("name", name)]);
    Page::show(&Yes { lead, name, note, has_written: pair.state != State::Introduced, page: &page })
}

/// The question is settled, and nothing is left to do.
pub(super) fn too_late(page: Page, said: &'static str, status: StatusCode) -> Result<HttpResponse, Error> {
    over(page, (said, "offer-thanks"), status)
}

fn over(page: Page, (said, more): (&'static str, &'static str), status: StatusCode) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Question);
    Page::show_as(status, &Over { page: &page, said, more })
}

/// A yes without a place. What was typed is kept on the page, to be taken along.
pub(super) fn no_room(
    page: Page,
    view: &OfferView,
    typed: Option<&FormState>,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    if view.offer.kind == Kind::ForNow {
        return too_late(page, "offer-full-for-now", status);
    }
    let page = page.titled(Title::Question).by_link();
    let hello = typed.map(|form| form.typed("hello")).unwrap_or_default();
    Page::show_as(status, &Full { path: page.path(), hello, page: &page })
}
