//! One request: what was done so far, whom to suggest, and what else a press can do.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{acting, at_desk, press, span};
use crate::clock::Timestamp;
use crate::desk::{self, Asked, Case, LookedAfter};
use crate::ground::Ground;
use crate::i18n;
use crate::matching::{More, Part, Reason, Widening};
use crate::members::Member;
use crate::requests::{OfferState, Suggested};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Event, Page, Pair, Title};
use crate::web::wishes::{people_words, time_words, walked_with_words};

/// What became of a press, said by the page it leads to.
const SENT: &str = "sent";
pub(super) const SETTLED: &str = "settled";

#[derive(Template)]
#[template(path = "pages/desk/case.html")]
struct Shown<'a> {
    page: &'a Page,
    form: &'a FormState,
    case: &'a Case,
    /// Where everything but a question to somebody goes.
    press_path: String,
    headline: String,
    /// What the press before did.
    done: Option<&'static str>,
    wishes: Vec<Pair>,
    events: Vec<Event>,
    hands: Vec<Hand<'a>>,
    nobody: Option<String>,
    /// Which wish closes it.
    scarce: Vec<String>,
    postponed: Option<String>,
    days: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
}

struct Hand<'a> {
    handle: &'a str,
    name: &'a str,
    languages: String,
    reasons: Vec<String>,
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
    let mark = request.query_string();
    let done = if mark == SENT { Some("desk-sent") } else { press::done(mark) };
    page_of(page, &ground, (short.into_inner(), done), (&reader, &FormState::blank())).await
}

pub async fn suggest(
    page: Page,
    request: HttpRequest,
    short: web::Path<String>,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let reader = acting(&request).await?.member;
    let mut form = posted.form(&["hand"]);
    let short = short.into_inner();
    if form.is_fine() {
        let (by, of, handle) = (reader.id, short.clone(), form.typed("hand").to_owned());
        match ground.run(move |ground| desk::suggest(ground, by, &of, &handle)).await? {
            Suggested::Asked => return Ok(page.see_other(&format!("/desk/r/{short}?{SENT}"))),
            Suggested::Settled => return Ok(page.see_other(&format!("/desk?{SETTLED}"))),
            Suggested::NotNow => form.wrong("", "desk-suggest-not-now"),
        }
    }
    page_of(page, &ground, (short, None), (&reader, &form)).await
}

pub(super) async fn page_of(
    page: Page,
    ground: &Ground,
    (short, done): (String, Option<&'static str>),
    (reader, form): (&Member, &FormState),
) -> Result<HttpResponse, Error> {
    let id = reader.id;
    let case = ground.run(move |ground| desk::find_case(ground, id, &short)).await?.ok_or(Error::NotHere)?;
    let page = page.titled(Title::Desk).about(form);
    let when = |at| i18n::when(page.talk(), at, reader.utc_offset_min, ground.now());
    let nobody = case.fitting.is_empty().then(|| match case.quiet_ends_at {
        Some(at) => page.with("desk-nobody-awake", &[("when", &when(at))]),
        None => page.t("desk-nobody-fits"),
    });
    let waited = span(&page, case.waited);
    Page::show(&Shown {
        press_path: format!("/desk/r/{}/press", case.short),
        headline: page.with("desk-case-h1", &[("name", &case.name), ("since", &waited)]),
        done,
        wishes: wishes(&page, &case),
        events: events(&page, &case, when),
        hands: case.fitting.iter().map(|hand| shown(&page, hand)).collect(),
        nobody,
        scarce: case.scarce.iter().map(|opened| scarce(&page, &case, opened)).collect(),
        postponed: case.postponed.map(|postponed| press::postponed(&page, postponed)),
        days: press::days(&page, ground, reader.utc_offset_min),
        reasons: press::reasons(&page),
        page: &page,
        form,
        case: &case,
    })
}

fn scarce(page: &Page, case: &Case, (widening, more): &(Widening, More)) -> String {
    let in_words = |part: &Part| match part {
        Part::Who => page.with("mine-wished-who", &[("who", &people_words(page, &case.who))]),
        Part::Times => page.with("mine-wished-times", &[("times", &time_words(page, &case.times))]),
        Part::Medicine => page.t("mine-wished-medicine"),
    };
    let wishes = widening.parts().iter().map(in_words).collect::<Vec<_>>().join("; ");
    let more = page.t(match more {
        More::AFew => "mine-more-few",
        More::FiveOrMore => "mine-more-five",
    });
    page.with("desk-scarce", &[("wishes", &wishes), ("more", &more)])
}

fn wishes(page: &Page, case: &Case) -> Vec<Pair> {
    let who_name = if case.who_must { "desk-wish-who-must" } else { "desk-wish-who" };
    let walked = walked_with_words(page, &case.walked_with);
    let mut rows = vec![
        ("desk-wish-language", case.languages.join(", ")),
        ("desk-wish-times", time_words(page, &case.times)),
        (who_name, people_words(page, &case.who)),
    ];
    if !walked.is_empty() {
        rows.push(("desk-wish-walked", walked));
    }
    rows.into_iter().map(|(key, value)| Pair { name: page.t(key), value, change: None }).collect()
}

/// What happened, oldest first, and what is still open.
fn events(page: &Page, case: &Case, when: impl Fn(Timestamp) -> String) -> Vec<Event> {
    let mut happened = vec![(case.placed_at, page.t("desk-event-placed"))];
    for asked in &case.asked {
        let name = [("name", asked.name.as_str())];
        let key = if asked.suggested { "desk-event-suggested" } else { "desk-event-asked" };
        happened.push((asked.made_at, page.with(key, &name)));
        if let (Some(key), Some(at)) = (answer_key(asked), asked.answered_at) {
            happened.push((at, page.with(key, &name)));
        }
    }
    happened.sort_by_key(|(at, _)| *at);
    let mut events: Vec<Event> =
        happened.into_iter().map(|(at, text)| Event { when: when(at), text, is_next: false }).collect();
    let open: Vec<&str> = case.asked.iter().filter(|asked| is_open(asked)).map(|asked| asked.name.as_str()).collect();
    if !open.is_empty() {
        let text = page.with("desk-event-open", &[("names", &open.join(", "))]);
        events.push(Event { when: String::new(), text, is_next: true });
    }
    events
}

fn is_open(asked: &Asked) -> bool {
    asked.state == OfferState::Open
}

fn answer_key(asked: &Asked) -> Option<&'static str> {
    match asked.state {
        OfferState::Open => None,
        OfferState::Accepted => Some("desk-event-yes"),
        OfferState::Declined => Some("desk-event-not-now"),
        OfferState::Lapsed => Some("desk-event-lapsed"),
        OfferState::Withdrawn => Some("desk-event-withdrawn"),
    }
}

fn shown<'a>(page: &Page, hand: &'a desk::Fitting) -> Hand<'a> {
    let reason = |reason: &Reason| match reason {
        Reason::SharedTimes => page.t("desk-reason-times"),
        Reason::FirstLanguage => page.t("desk-reason-language"),
        Reason::AskedFor => page.t("desk-reason-who"),
        Reason::WalkedWith => page.t("desk-reason-walked"),
    };
    Hand {
        handle: &hand.handle,
        name: &hand.name,
        languages: hand.languages.join(", "),
        reasons: hand.reasons.iter().map(reason).collect(),
    }
}
