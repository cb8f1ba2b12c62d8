//! Cases: the list of who looks after them, one case, what was written (a press of its own, on record), the decision, and the
//! second word for a ban or for a hand that is down. A case of somebody else is like one that does not exist.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{at_desk, proven};
use crate::ground::Ground;
use crate::hands;
use crate::i18n;
use crate::members::Member;
use crate::safety::{self, Case, Decision, Evidence, Second, Suspended};
use crate::store::ids::MemberId;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

pub(super) const LIST: &str = "/desk/cases";
const DONE: &str = "done";

#[derive(Template)]
#[template(path = "pages/desk/cases.html")]
struct List<'a> {
    page: &'a Page,
    is_done: bool,
    rows: Vec<Row>,
    bans: Vec<Ban>,
    hands: Vec<Hand>,
}

struct Row {
    path: String,
    what: String,
    since: String,
}

struct Ban {
    path: String,
    what: String,
}

struct Hand {
    /// Names this hand on this coordinator's page; sealed, and another each time.
    handle: String,
    first_name: String,
    what: String,
    /// It would end by itself.
    has_day: bool,
}

pub async fn list(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk);
    let reader = match at_desk(&page, &request).await? {
        Err(door) => return Ok(door),
        Ok(signed) => signed.member,
    };
    let id = reader.id;
    let (cases, proposed) = ground
        .run(move |ground| {
            Ok::<_, safety::Error>((safety::list_cases(ground, id)?, safety::list_proposed(ground, id)?))
        })
        .await?;
    let suspended = ground.run(move |ground| safety::list_suspended(ground, id)).await?;
    let since = |at| {
        page.with("cases-on-hold-since", &[("when", &i18n::when(page.talk(), at, reader.utc_offset_min, ground.now()))])
    };
    let reason = |category: safety::Category| page.t(&format!("not-right-is-{}", category.word()));
    let rows = cases.iter().map(|row| Row {
        path: format!("{LIST}/{}", row.short),
        what: reason(row.category),
        since: since(row.made_at),
    });
    let bans = proposed.iter().map(|ban| Ban {
        path: format!("{LIST}/{}/ban", ban.short),
        what: match &ban.by {
            Some(by) => page.with("bans-what", &[("by", by), ("reason", &reason(ban.category))]),
            None => page.with("bans-what-left", &[("reason", &reason(ban.category))]),
        },
    });
    Page::show(&List {
        is_done: request.query_string() == DONE,
        rows: rows.collect(),
        bans: bans.collect(),
        hands: suspended.into_iter().map(|hand| hand_row(&page, &ground, id, hand)).collect(),
        page: &page,
    })
}

fn hand_row(page: &Page, ground: &Ground, coordinator: MemberId, hand: Suspended) -> Hand {
    let day = hand.until.map(|until| i18n::on_day(page.talk(), until.start(), 0));
    Hand {
        handle: ground.vault.seal_cookie(&handle_name(coordinator), hand.member.bytes(), &ground.chance),
        what: match &day {
            Some(day) => page.with("suspended-until", &[("day", day)]),
            None => page.t("suspended-for-now"),
        },
        has_day: day.is_some(),
        first_name: hand.first_name,
    }
}

/// What a handle is bound to: it works for the coordinator it was shown to.
fn handle_name(coordinator: MemberId) -> String {
    format!("suspended hand for {}", u128::from_be_bytes(*coordinator.bytes()))
}

/// The second word for a hand that is down.
pub async fn suspended(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let id = match proven(&page, &request, LIST).await? {
        Err(again) => return Ok(again),
        Ok(signed) => signed.member.id,
    };
    let form = posted.form(&["hand"]);
    if !form.is_fine() {
        return Ok(page.see_other(LIST));
    }
    let second = Second::from_word(form.typed("say")).ok_or(Error::BadRequest)?;
    let opened = ground.vault.open_cookie(&handle_name(id), form.typed("hand"));
    let hand = opened.and_then(|bytes| bytes.try_into().ok()).map(MemberId::from_bytes).ok_or(Error::NotHere)?;
    // Said by another meanwhile: the list shows how it stands.
    ground.run(move |ground| safety::say_of_suspended(ground, id, hand, second)).await?;
    Ok(page.see_other(LIST))
}

#[derive(Template)]
#[template(path = "pages/desk/one_case.html")]
struct Shown<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: String,
    headline: String,
    what: String,
    since: String,
    reporters: String,
    is_suspended: bool,
    has_hand: bool,
    evidence: Option<&'a Evidence>,
    they_read: Vec<String>,
}

pub async fn show(
    page: Page,
    request: HttpRequest,
    short: web::Path<String>,
    ground: web::Data<Ground>,
) -> Result<HttpResponse, Error> {
    let reader = match at_desk(&page, &request).await? {
        Err(door) => return Ok(door),
        Ok(signed) => signed.member,
    };
    let case = find(&ground, &reader, &short).await?;
    page_of(page, &ground, (&reader, &case), (&FormState::blank(), None))
}

async fn find(ground: &Ground, reader: &Member, short: &str) -> Result<Case, Error> {
    let (id, short) = (reader.id, short.to_owned());
    ground.run(move |ground| safety::find_case(ground, id, &short)).await?.ok_or(Error::NotHere)
}

fn page_of(
    page: Page,
    ground: &Ground,
    (reader, case): (&Member, &Case),
    (form, evidence): (&FormState, Option<&Evidence>),
) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk).about(form);
    let left = page.t("case-left");
    let [accused, reporter] = [&case.accused, &case.reporter].map(|name| name.as_deref().unwrap_or(&left));
    let when = i18n::when(page.talk(), case.made_at, reader.utc_offset_min, ground.now());
    Page::show(&Shown {
        path: format!("{LIST}/{}", case.short),
        headline: page.with("case-h1", &[("accused", accused), ("reporter", reporter)]),
        what: page.t(&format!("not-right-is-{}", case.category.word())),
        since: page.with("cases-on-hold-since", &[("when", &when)]),
        reporters: page.count("case-reporters", i64::try_from(case.reporters).unwrap_or(i64::MAX)),
        is_suspended: case.hand == Some(hands::State::Suspended),
        has_hand: case.hand.is_some(),
        evidence,
        they_read: vec![
            page.with("mails-ended", &[("name", accused)]),
            page.with("mails-ended-sponsor", &[("name", reporter)]),
        ],
        page: &page,
        form,
    })
}

/// Shows what was written on the answer itself: it is nowhere to come back to.
pub async fn open(
    page: Page,
    request: HttpRequest,
    short: web::Path<String>,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let reader = match proven(&page, &request, &format!("{LIST}/{short}")).await? {
        Err(again) => return Ok(again),
        Ok(signed) => signed.member,
    };
    let form = posted.form(&[]);
    let case = find(&ground, &reader, &short).await?;
    if !form.is_fine() {
        return page_of(page, &ground, (&reader, &case), (&form, None));
    }
    let (id, of) = (reader.id, short.into_inner());
    let evidence = ground.run(move |ground| safety::open_evidence(ground, id, &of)).await?.ok_or(Error::NotHere)?;
    page_of(page, &ground, (&reader, &case), (&form, Some(&evidence)))
}

pub async fn decide(
    page: Page,
    request: HttpRequest,
    short: web::Path<String>,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let reader = match proven(&page, &request, &format!("{LIST}/{short}")).await? {
        Err(again) => return Ok(again),
        Ok(signed) => signed.member,
    };
    let form = posted.form(&["how"]);
    let decision = Decision::from_word(form.typed("how")).filter(|_| form.is_fine());
    let Some(decision) = decision else {
        let case = find(&ground, &reader, &short).await?;
        return page_of(page, &ground, (&reader, &case), (&form, None));
    };
    let (id, of) = (reader.id, short.into_inner());
    let is_done = ground.run(move |ground| safety::decide(ground, id, &of, decision)).await?;
    if is_done { Ok(page.see_other(&format!("{LIST}?{DONE}"))) } else { Err(Error::NotHere) }
}

/// The second word for a lasting ban.
pub async fn ban(
    page: Page,
    request: HttpRequest,
    short: web::Path<String>,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let id = match proven(&page, &request, LIST).await? {
        Err(again) => return Ok(again),
        Ok(signed) => signed.member.id,
    };
    let form = posted.form(&["how"]);
    let of = short.into_inner();
    let is_done = match form.typed("how") {
        _ if !form.is_fine() => return Ok(page.see_other(LIST)),
        "yes" => ground.run(move |ground| safety::confirm(ground, id, &of)).await?,
        "no" => ground.run(move |ground| safety::turn_down(ground, id, &of)).await?,
        _ => return Ok(page.see_other(LIST)),
    };
    if is_done { Ok(page.see_other(LIST)) } else { Err(Error::NotHere) }
}
