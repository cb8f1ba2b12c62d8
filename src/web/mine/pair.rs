//! `/mine/with/{reference}`: the two of a pair. A box to write in, how things stand, the ways out. Letters are not kept, so
//! there is nothing to read here. Once the contact has ended there is one page, whatever ended it and whoever is still here.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::not_right;
use crate::ground::Ground;
use crate::hands;
use crate::i18n::on_day;
use crate::members::{FirstName, Member};
use crate::relay::letter::Holds;
use crate::relay::{self, Say, WriteProblem};
use crate::requests;
use crate::sponsorships::{self, PairView, Side, State};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::signed;
use crate::web::wishes::walked_with_words;

/// How long the page says that a letter came from another mailbox.
const OTHER_MAILBOX_DAYS: i32 = 3;
/// The query of the page after a letter was taken.
const SENT: &str = "sent";

#[derive(Template)]
#[template(path = "pages/mine/pair.html")]
#[expect(clippy::struct_excessive_bools, reason = "each decides about one part of the page")]
struct Pair<'a> {
    page: &'a Page,
    form: &'a FormState,
    /// The other. Not `name`: the field macros of the templates call their own so.
    partner: &'a str,
    path: String,
    end_path: String,
    not_right_path: String,
    /// How it stands.
    standing: String,
    /// Message key of how often the sponsor answers.
    rhythm: Option<&'static str>,
    /// Whom the sponsor has walked with, where that may be told.
    walked_with: Option<String>,
    is_held: bool,
    is_sponsee: bool,
    may_step_back: bool,
    /// The sponsor is away, and back by one press.
    may_return: bool,
    /// Boxes above the rest: their look and their words.
    notes: Vec<(&'static str, String)>,
    /// What stands in the note is asked about before it goes.
    holds: Option<Holds>,
}

pub async fn shown(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    reference: Path<String>,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let Some(view) = find_open(&ground, &signed.member, &reference).await? else { return ended(page, &reference) };
    let state = if request.query_string() == SENT { Now::Sent } else { Now::Blank };
    show(page, &ground, (&signed.member, &view), &FormState::blank(), state).await
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    reference: Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let Some(view) = find_open(&ground, &signed.member, &reference).await? else { return ended(page, &reference) };
    let mut form = posted.form(&[]);
    let mut now = Now::Blank;
    if form.is_fine() {
        let say = match form.typed("numbers") {
            "send" => Say::NumbersPass,
            "out" => Say::LeaveOut,
            _ => Say::Nothing,
        };
        let (id, pair) = (signed.member.id, reference.to_owned());
        let text = form.typed("text").replace("\r\n", "\n");
        let written = ground.run(move |ground| relay::write(ground, id, &pair, (&text, say))).await?;
        match written {
            Ok(()) => return Ok(page.see_other(&format!("/mine/with/{reference}?{SENT}"))),
            Err(WriteProblem::NotHere | WriteProblem::Ended) => return ended(page, &reference),
            Err(WriteProblem::OnHold) => form.wrong("", "pair-held"),
            Err(WriteProblem::Empty) => form.wrong("text", "pair-empty"),
            Err(WriteProblem::TooLong) => form.wrong("text", "pair-long"),
            Err(WriteProblem::TooMany) => form.wrong("text", "pair-many"),
            Err(WriteProblem::NotReachable) => form.wrong("", "pair-not-reachable"),
            Err(WriteProblem::Holds(holds)) => now = Now::Asks(holds),
        }
    }
    show(page, &ground, (&signed.member, &view), &form, now).await
}

/// What happened to the note.
#[derive(Clone, Copy, PartialEq)]
enum Now {
    Blank,
    Sent,
    Asks(Holds),
}

async fn show(
    page: Page,
    ground: &Ground,
    (reader, view): (&Member, &PairView),
    form: &FormState,
    now: Now,
) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours).about(form);
    let sponsor = view.pair.sponsor;
    let is_sponsee = view.side == Side::Sponsee;
    let hand = ground.run(move |ground| ground.store.read(|conn| hands::find_hand(conn, sponsor))).await?;
    let today = ground.now().day();
    let walked_with =
        hand.as_ref().filter(|hand| is_sponsee && hand.shows_walked_with && !hand.walked_with.is_empty()).map(|hand| {
            let who = walked_with_words(&page, &hand.walked_with.codes(&ground.policy.lists));
            page.with("pair-walked-with", &[("name", name_of(view)), ("who", &who)])
        });
    let mut notes = Vec::new();
    if now == Now::Sent {
        notes.push(("done", page.with("pair-sent", &[("name", name_of(view))])));
    }
    if view.pair.until_request.is_some() && is_sponsee {
        notes.push(("wait", page.with("pair-hands-over", &[("name", name_of(view))])));
    }
    if view.other_mailbox_on.is_some_and(|day| today.0 - day.0 < OTHER_MAILBOX_DAYS) {
        notes.push(("wait", page.t("pair-other-mailbox")));
    }
    Page::show(&Pair {
        partner: name_of(view),
        path: path_of(view),
        end_path: format!("{}/end", path_of(view)),
        not_right_path: not_right::path_of(&view.pair.reference),
        standing: standing(&page, reader, view),
        rhythm: hand.filter(|_| is_sponsee && !view.pair.is_paused()).map(|hand| rhythm_key(hand.rhythm)),
        walked_with,
        is_held: view.pair.is_held(),
        is_sponsee,
        may_return: !is_sponsee && view.pair.is_paused(),
        may_step_back: !is_sponsee && !view.pair.is_for_now() && !view.pair.is_paused(),
        notes,
        holds: if let Now::Asks(holds) = now { Some(holds) } else { None },
        page: &page,
        form,
    })
}

fn standing(page: &Page, reader: &Member, view: &PairView) -> String {
    let until = view.pair.paused_until;
    let day = until.map(|until| on_day(page.talk(), until, reader.utc_offset_min)).unwrap_or_default();
    page.with(standing_key(view), &[("name", name_of(view)), ("day", &day)])
}

fn standing_key(view: &PairView) -> &'static str {
    let (is_for_now, is_paused) = (view.pair.is_for_now(), view.pair.is_paused());
    match (view.pair.state, view.side) {
        (State::Introduced | State::Live, Side::Sponsee) if is_paused => "pair-rests",
        (State::Introduced | State::Live, Side::Sponsor) if is_paused => "pair-rests-yours",
        (State::Introduced | State::Live, Side::Sponsee) if is_for_now => "pair-for-now",
        (State::Live, Side::Sponsor) if is_for_now => "pair-for-now-yours",
        (State::Held, _) => "pair-held",
        (State::Ended, _) => "pair-ended", // it ended while the page was made
        (State::Introduced, Side::Sponsee) => "pair-writes-first",
        (State::Introduced, Side::Sponsor) => "pair-waits-for-you",
        (State::Live, _) => "pair-live",
    }
}

fn rhythm_key(rhythm: hands::Rhythm) -> &'static str {
    match rhythm {
        hands::Rhythm::Daily => "pair-rhythm-daily",
        hands::Rhythm::FewAWeek => "pair-rhythm-few",
        hands::Rhythm::Weekly => "pair-rhythm-weekly",
    }
}

/// Somebody else's pair is like one that does not exist.
pub(super) async fn find(ground: &Ground, member: &Member, reference: &str) -> Result<Option<PairView>, Error> {
    let (id, reference) = (member.id, reference.to_owned());
    Ok(ground.run(move |ground| sponsorships::find_view(ground, id, &reference)).await?)
}

async fn find_open(ground: &Ground, member: &Member, reference: &str) -> Result<Option<PairView>, Error> {
    Ok(find(ground, member, reference).await?.filter(|view| !view.pair.is_ended()))
}

#[derive(Template)]
#[template(path = "pages/mine/ended.html")]
struct Ended<'a> {
    page: &'a Page,
    not_right_path: String,
}

/// Ended, blocked, erased, never there: the page knows no difference.
fn ended(page: Page, reference: &str) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours);
    Page::show_as(StatusCode::NOT_FOUND, &Ended { not_right_path: not_right::path_of(reference), page: &page })
}

pub(super) fn name_of(view: &PairView) -> &str {
    view.partner.as_ref().map(FirstName::as_str).unwrap_or_default()
}

fn path_of(view: &PairView) -> String {
    format!("/mine/with/{}", view.pair.reference)
}

#[derive(Template)]
#[template(path = "pages/mine/end.html")]
struct End<'a> {
    page: &'a Page,
    form: &'a FormState,
    name: &'a str,
    path: String,
    not_right_path: String,
    is_sponsee: bool,
    /// Someone else may be looked for: not for somebody for now, whose request still waits.
    may_look_on: bool,
    /// What the other reads, word for word.
    they_read: Vec<String>,
}

pub async fn end_shown(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    reference: Path<String>,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    match find_open(&ground, &signed.member, &reference).await? {
        Some(view) => show_end(page, &view, &FormState::blank()),
        None => ended(page, &reference),
    }
}

fn show_end(page: Page, view: &PairView, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours).about(form);
    let me = view.me.as_ref().map(FirstName::as_str).unwrap_or_default();
    let they_read = match view.side {
        Side::Sponsee if view.pair.is_for_now() => vec![page.with("mails-ended-sponsor-for-now", &[("name", me)])],
        Side::Sponsee => vec![page.with("mails-ended-sponsor", &[("name", me)])],
        Side::Sponsor if view.pair.is_for_now() => {
            vec![page.with("mails-ended", &[("name", me)]), page.t("mails-ended-for-now")]
        }
        Side::Sponsor => vec![page.with("mails-ended", &[("name", me)]), page.t("mails-ended-question")],
    };
    Page::show(&End {
        name: name_of(view),
        path: format!("{}/end", path_of(view)),
        not_right_path: not_right::path_of(&view.pair.reference),
        is_sponsee: view.side == Side::Sponsee,
        may_look_on: view.side == Side::Sponsee && !view.pair.is_for_now(),
        they_read,
        page: &page,
        form,
    })
}

/// `how` is `else` for someone else, `block` for good, anything other for just an end.
pub async fn end_sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    reference: Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let form = posted.form(&[]);
    if !form.is_fine() {
        return match find_open(&ground, &signed.member, &reference).await? {
            Some(view) => show_end(page, &view, &form),
            None => ended(page, &reference),
        };
    }
    let (id, of) = (signed.member.id, reference.to_owned());
    let is_done = match form.typed("how") {
        "else" => ground.run(move |ground| requests::someone_else(ground, id, &of)).await?,
        "block" => ground.run(move |ground| sponsorships::block(ground, id, &of)).await?,
        _ => ground.run(move |ground| sponsorships::end_of(ground, id, &of)).await?,
    };
    if is_done { Ok(page.see_other("/mine")) } else { ended(page, &reference) }
}
