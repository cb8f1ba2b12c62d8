//! `/q/{token}`: one mailed question and its two or three buttons. The link opens nothing else, shows a first name at most, and is
//! settled once answered.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::hands;
use crate::i18n::on_day;
use crate::members::{self, QuestionKind};
use crate::requests::{self, Asked};
use crate::sponsorships::Side;
use crate::vault::Token;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/mine/question.html")]
struct Question<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: String,
    text: String,
    buttons: Vec<Button>,
    is_settled: bool,
}

/// What a button sends, and the message key of its words. The first is the plain next step.
struct Button {
    choice: &'static str,
    key: &'static str,
}

#[derive(Template)]
#[template(path = "pages/mine/answered.html")]
struct Answered<'a> {
    page: &'a Page,
    h1: &'static str,
    text: &'static str,
}

/// What the query of the page after a button says, and its words. Typed by hand it shows nothing of anybody.
const ANSWERS: [(&str, &str, &str); 10] = [
    ("here", "answered-h1", "answered-clear-kept"),
    ("gone", "answered-h1", "answered-clear-go"),
    ("meanwhile", "answered-h1", "answered-meanwhile"),
    ("waits", "answered-h1", "answered-waits"),
    ("new", "answered-new-h1", "answered-new"),
    ("stopped", "answered-h1", "answered-stopped"),
    ("kept", "answered-h1", "answered-wait"),
    ("left", "answered-h1", "answered-leave"),
    ("up", "answered-h1", "answered-up"),
    ("hand", "answered-h1", "answered-hand"),
];

pub async fn shown(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, Error> {
    let asked = find(&ground, &token).await?;
    let answer = ANSWERS.into_iter().find(|(query, ..)| *query == request.query_string());
    // What is let go or waited for is not answered, so that there is a way back.
    let is_told = asked.is_settled || matches!(asked.kind, QuestionKind::Clear | QuestionKind::Back);
    if let Some((_, h1, text)) = answer.filter(|_| is_told) {
        return Page::show(&Answered { page: &page.titled(Title::Question), h1, text });
    }
    show(page, &token, &asked, &FormState::blank())
}

async fn find(ground: &Ground, token: &str) -> Result<Asked, Error> {
    let token = Token::parse(token).ok_or(Error::NotHere)?;
    let mut asked = ground.run(move |ground| requests::find_asked(ground, &token)).await?.ok_or(Error::NotHere)?;
    if asked.kind == QuestionKind::Clear && !asked.is_settled {
        let member = asked.member;
        let is_idle = move |ground: &Ground| ground.store.read(|conn| members::is_idle(conn, ground, member));
        // Whoever was here since is not asked any more.
        asked.is_settled = !ground.run(is_idle).await?;
    }
    if asked.kind.is_about_hand() && !asked.is_settled {
        let (kind, member) = (asked.kind, asked.member);
        asked.is_settled = ground.run(move |ground| hands::is_settled(ground, kind, member)).await?;
    }
    Ok(asked)
}

fn show(page: Page, token: &str, asked: &Asked, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Question).about(form);
    Page::show(&Question {
        path: format!("/q/{token}"),
        text: text(&page, asked),
        buttons: buttons(asked).iter().map(|(choice, key)| Button { choice, key }).collect(),
        is_settled: asked.is_settled,
        page: &page,
        form,
    })
}

fn text(page: &Page, asked: &Asked) -> String {
    let name = asked.first_name.as_ref().map_or("", |name| name.as_str());
    let about = |key| page.with(key, &[("name", name)]);
    match asked.kind {
        QuestionKind::Late => about("mails-choice"),
        // Without the name, which goes with whoever is erased.
        QuestionKind::Ended => format!("{} {}", page.t("pair-ended"), page.t("end-keep-place")),
        QuestionKind::StillThere => about("question-still-there"),
        QuestionKind::GoingOk => about("question-going-ok"),
        QuestionKind::GoOn => about("question-go-on"),
        QuestionKind::Back => {
            let day = asked.back_at.map(|(at, offset)| on_day(page.talk(), at, offset)).unwrap_or_default();
            page.with("mails-stepped-back", &[("name", name), ("day", &day)])
        }
        QuestionKind::Clear => page.t("question-clear"),
        QuestionKind::Rest => page.t("mails-rest"),
        QuestionKind::StillUp => page.t("question-still-up"),
    }
}

fn buttons(asked: &Asked) -> &'static [(&'static str, &'static str)] {
    match (asked.kind, asked.side) {
        (QuestionKind::Late, _) => &[("new", "pair-else"), ("keep", "question-wait")],
        (QuestionKind::Ended, _) => &[("new", "pair-else"), ("keep", "question-leave")],
        (QuestionKind::StillThere, _) | (QuestionKind::GoingOk | QuestionKind::GoOn, Side::Sponsee) => {
            &[("keep", "question-go-on-button"), ("new", "pair-else"), ("stop", "question-stop")]
        }
        (QuestionKind::GoingOk | QuestionKind::GoOn, Side::Sponsor) => {
            &[("keep", "question-go-on-button"), ("stop", "question-end-contact")]
        }
        (QuestionKind::Back, _) => {
            &[("keep", "question-wait-for"), ("now", "question-for-now"), ("new", "question-new")]
        }
        (QuestionKind::Clear, _) => &[("keep", "question-clear-keep"), ("go", "question-clear-go")],
        (QuestionKind::Rest, _) => &[("up", "question-back"), ("down", "question-stay-down")],
        (QuestionKind::StillUp, _) => &[("up", "question-up"), ("pause", "question-pause"), ("down", "hand-lower")],
    }
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    token: Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let asked = find(&ground, &token).await?;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return show(page, &token, &asked, &form);
    }
    let parsed = Token::parse(&token).ok_or(Error::NotHere)?;
    if !buttons(&asked).iter().any(|(choice, _)| *choice == form.typed("choice")) {
        return show(page, &token, &asked, &form);
    }
    let query = if asked.kind == QuestionKind::Clear {
        about_all(&ground, parsed, form.typed("choice")).await?
    } else if asked.kind.is_about_hand() {
        about_hand(&ground, parsed, form.typed("choice")).await?
    } else {
        about_pair(&ground, parsed, &asked, form.typed("choice")).await?
    };
    Ok(page.see_other(&match query {
        Some(query) => format!("/q/{token}?{query}"),
        None => format!("/q/{token}"),
    }))
}

/// The query of the page that follows; none for a question that was settled before.
async fn about_pair(ground: &Ground, token: Token, asked: &Asked, typed: &str) -> Result<Option<&'static str>, Error> {
    let choice = match typed {
        "new" => requests::Choice::SomeoneNew,
        "stop" => requests::Choice::Stop,
        "now" => requests::Choice::ForNow,
        _ => requests::Choice::Keep,
    };
    let kept = match asked.kind {
        QuestionKind::Ended => "left",
        QuestionKind::Back => "waits",
        _ => "kept",
    };
    match ground.run(move |ground| requests::choose(ground, &token, choice)).await? {
        requests::Chosen::AskedAgain => Ok(Some("new")),
        requests::Chosen::Stopped => Ok(Some("stopped")),
        requests::Chosen::Kept => Ok(Some(kept)),
        requests::Chosen::LooksMeanwhile => Ok(Some("meanwhile")),
        requests::Chosen::Settled => Ok(None),
        requests::Chosen::NotHere => Err(Error::NotHere),
    }
}

/// Letting go needs no act: what is here goes by itself. Erasing at once takes a code, never a mailed link.
async fn about_all(ground: &Ground, token: Token, typed: &str) -> Result<Option<&'static str>, Error> {
    if typed == "go" {
        return Ok(Some("gone"));
    }
    let kept = ground.run(move |ground| members::keep_all(ground, &token)).await?;
    Ok(kept.then_some("here"))
}

async fn about_hand(ground: &Ground, token: Token, typed: &str) -> Result<Option<&'static str>, Error> {
    let (choice, query) = match typed {
        "up" => (hands::Choice::Up, "up"),
        "pause" => (hands::Choice::Pause, "hand"),
        _ => (hands::Choice::Down, "hand"),
    };
    match ground.run(move |ground| hands::choose(ground, &token, choice)).await? {
        hands::Chosen::Done => Ok(Some(query)),
        hands::Chosen::Settled => Ok(None),
        hands::Chosen::NotHere => Err(Error::NotHere),
    }
}
