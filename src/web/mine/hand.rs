//! A sponsor's hand on their own pages: how it stands, what it offers, a break, down and up again. Each takes effect with
//! the press, and nobody asks why. `summary` is the sponsor's part of `/mine`.

pub mod pause;
mod summary;

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

pub use summary::{HandSummary, summary};

use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::hands::{self, Hand, State};
use crate::i18n::{Arg, when};
use crate::matching;
use crate::members::Member;
use crate::store::ids::MemberId;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::raise::answers::{self, Answers, Choices};
use crate::web::{get, post, signed};

pub const PATH: &str = "/mine/hand";
/// On the path after a change, so that the page says it.
pub const SAVED: &str = "s";

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource(PATH).route(get().to(show)).route(post().to(change)))
        .service(web::resource("/mine/hand/lower").route(post().to(lower)))
        .service(web::resource("/mine/hand/pause").route(post().to(pause)))
        .service(web::resource("/mine/hand/back").route(post().to(back)));
}

#[derive(Template)]
#[template(path = "pages/mine/hand.html")]
struct HandPage<'a> {
    page: &'a Page,
    stands: String,
    /// Why there are fewer places than chosen.
    at_first: Option<String>,
    state: State,
    may_vouch: bool,
    is_saved: bool,
    form: &'a FormState,
    choices: Choices,
    pause: &'a FormState,
    weeks: Vec<(String, String)>,
}

impl HandPage<'_> {
    fn is_up(&self) -> bool {
        self.state == State::Up
    }

    fn is_pending(&self) -> bool {
        self.state == State::Pending
    }

    /// One press back.
    fn may_return(&self) -> bool {
        matches!(self.state, State::Paused | State::Lapsed | State::Down)
    }

    fn may_pause(&self) -> bool {
        matches!(self.state, State::Up | State::Paused)
    }

    fn may_lower(&self) -> bool {
        !matches!(self.state, State::Suspended | State::Down)
    }
}

/// What was typed into the two forms of the page.
#[derive(Default)]
struct Typed {
    change: Option<FormState>,
    pause: FormState,
    is_saved: bool,
}

/// Whose hand, and the hand: who is not signed in signs in, who has none reads how to get one.
async fn mine(
    page: &Page,
    ground: &Ground,
    request: &HttpRequest,
) -> Result<Result<(Member, Hand), HttpResponse>, Error> {
    let Some(signed) = signed::find(request).await? else { return Ok(Err(page.see_other("/in"))) };
    let id = signed.member.id;
    let hand = ground.run(move |ground| ground.store.read(|conn| hands::find_hand(conn, id))).await?;
    Ok(hand.map(|hand| (signed.member, hand)).ok_or_else(|| page.see_other("/raise")))
}

async fn show(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let (member, hand) = match mine(&page, &ground, &request).await? {
        Ok(mine) => mine,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let typed = Typed { is_saved: request.query_string() == SAVED, ..Typed::default() };
    ask(page, &ground, (&member, &hand), typed)
}

/// New answers; the state stays as it is, and saving them renews the lease.
async fn change(page: Page, ground: Data<Ground>, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let (member, hand) = match mine(&page, &ground, &request).await? {
        Ok(mine) => mine,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut form = posted.form(&[]);
    let answers = answers::read(&mut form, &ground.policy);
    let (Some(answers), true) = (answers, form.is_fine()) else {
        return ask(page, &ground, (&member, &hand), Typed { change: Some(form), ..Typed::default() });
    };
    let draft = answers.into_draft(member.first_name.clone(), String::new());
    ground.run(move |ground| hands::change(ground, &member, &draft)).await?;
    Ok(done(&page))
}

async fn lower(page: Page, ground: Data<Ground>, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    act(page, ground, request, posted, hands::lower).await
}

async fn back(page: Page, ground: Data<Ground>, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    act(page, ground, request, posted, hands::resume).await
}

/// A button that needs nothing typed. A state that does not allow it, which only an old page shows, changes nothing.
async fn act(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
    what: fn(&Ground, MemberId) -> Result<bool, hands::Error>,
) -> Result<HttpResponse, Error> {
    let (member, hand) = match mine(&page, &ground, &request).await? {
        Ok(mine) => mine,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let form = posted.form(&[]);
    if !form.is_fine() {
        return ask(page, &ground, (&member, &hand), Typed { pause: form, ..Typed::default() });
    }
    ground.run(move |ground| what(ground, member.id)).await?;
    Ok(done(&page))
}

async fn pause(page: Page, ground: Data<Ground>, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let (member, hand) = match mine(&page, &ground, &request).await? {
        Ok(mine) => mine,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut form = posted.form(&[]);
    let until = pause::read(&mut form, ground.now(), member.utc_offset_min);
    let (Some(until), true) = (until, form.is_fine()) else {
        return ask(page, &ground, (&member, &hand), Typed { pause: form, ..Typed::default() });
    };
    ground.run(move |ground| hands::pause(ground, member.id, until)).await?;
    Ok(done(&page))
}

fn done(page: &Page) -> HttpResponse {
    page.see_other(&format!("{PATH}?{SAVED}"))
}

fn ask(page: Page, ground: &Ground, (member, hand): (&Member, &Hand), typed: Typed) -> Result<HttpResponse, Error> {
    let form = typed.change.unwrap_or_else(|| FormState::filled(Answers::of_hand(hand).fields(&ground.policy)));
    let page = page.titled(Title::Yours).about(&form).about(&typed.pause);
    let pause = if typed.pause.typed("pause").is_empty() && typed.pause.is_fine() {
        FormState::filled([("pause", pause::PRESET)])
    } else {
        typed.pause
    };
    Page::show(&HandPage {
        stands: stands(&page, ground.now(), member, hand),
        at_first: at_first(&page, ground, hand),
        may_vouch: hands::may_vouch(ground, hand),
        state: hand.state,
        is_saved: typed.is_saved,
        choices: Choices::of(&page, &ground.policy),
        weeks: pause::weeks(&page),
        form: &form,
        pause: &pause,
        page: &page,
    })
}

/// One sentence: how the hand stands, and until when.
fn stands(page: &Page, now: Timestamp, member: &Member, hand: &Hand) -> String {
    let day = |at: Timestamp| when(page.talk(), at, member.utc_offset_min, now);
    match hand.state {
        State::Up => page.with("hand-up", &[("when", &day(hand.lease_ends_at))]),
        State::Paused => page.with("hand-paused", &[("when", &day(hand.paused_until.unwrap_or(hand.lease_ends_at)))]),
        State::Lapsed => page.t("hand-lapsed"),
        State::Down if hand.vouched_on.is_none() => page.t("hand-down-pending"),
        State::Down => page.t("hand-down"),
        State::Suspended => page.t("hand-suspended"),
        State::Pending => {
            let (name, word) = (member.first_name.as_str(), member.check_word.as_str());
            page.with("hand-pending", &[("name", name), ("word", word)])
        }
    }
}

/// While the word for a hand is young it has fewer places than its owner may choose.
fn at_first(page: &Page, ground: &Ground, hand: &Hand) -> Option<String> {
    let policy = &ground.policy.hands;
    let is_so = policy.capacity_at_first < policy.capacity_most
        && matching::is_at_first(hand.vouched_on, ground.now().day(), policy);
    let places = ("places", Arg::Number(i64::from(policy.capacity_at_first)));
    let days = ("days", Arg::Number(policy.at_first_lasts.num_days()));
    is_so.then(|| page.talk().say("hand-at-first", &[places, days]))
}
