//! What one press does with a request besides asking somebody: take a question back, look after it, postpone it. All of it can
//! be taken back by another press.

use actix_web::{HttpRequest, HttpResponse, web};

use super::acting;
use super::case::{SETTLED, page_of};
use crate::clock::Day;
use crate::desk::{self, Press, Pressed};
use crate::ground::Ground;
use crate::i18n;
use crate::requests::PostponeReason;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::Page;

const TAKE_BACK: &str = "back";
const LOOK_AFTER: &str = "mine";
const TAKE_OVER: &str = "over";
const LEAVE_TO_ALL: &str = "all";
const POSTPONE: &str = "postpone";
const ASK_ON: &str = "on";

/// What became of it, on the path it leads to, and in words.
pub fn done(mark: &str) -> Option<&'static str> {
    match mark {
        TAKE_BACK => Some("desk-done-back"),
        LOOK_AFTER | TAKE_OVER => Some("desk-done-mine"),
        LEAVE_TO_ALL => Some("desk-done-all"),
        POSTPONE => Some("desk-done-postponed"),
        ASK_ON => Some("desk-done-on"),
        _ => None,
    }
}

pub async fn press(
    page: Page,
    request: HttpRequest,
    short: web::Path<String>,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let reader = acting(&request).await?.member;
    let mut form = posted.form(&["do", "hand", "day", "reason"]);
    let short = short.into_inner();
    let mark = form.typed("do").to_owned();
    if form.is_fine()
        && let Some(what) = read(&mut form, &mark)?
    {
        let (by, of) = (reader.id, short.clone());
        match ground.run(move |ground| desk::press(ground, by, &of, what)).await? {
            Pressed::Done => return Ok(page.see_other(&format!("/desk/r/{short}?{mark}"))),
            Pressed::Settled => return Ok(page.see_other(&format!("/desk?{SETTLED}"))),
            Pressed::NotThatDay => form.wrong("day", "desk-postpone-not-that-day"),
            Pressed::NotOpen => form.wrong("", "desk-take-back-late"),
            Pressed::Anothers => form.wrong("", "desk-care-anothers"),
        }
    }
    page_of(page, &ground, (short, None), (&reader, &form)).await
}

/// `None`: the form says what is missing.
fn read(form: &mut FormState, what: &str) -> Result<Option<Press>, Error> {
    Ok(match what {
        LOOK_AFTER => Some(Press::LookAfter),
        TAKE_OVER => Some(Press::TakeOver),
        LEAVE_TO_ALL => Some(Press::LeaveToAll),
        ASK_ON => Some(Press::AskOn),
        TAKE_BACK => Some(Press::TakeBack(form.typed("hand").to_owned())),
        POSTPONE => {
            let day = form.typed("day").parse().ok().map(Day);
            let reason = PostponeReason::from_word(form.typed("reason"));
            if day.is_none() {
                form.wrong("day", "desk-postpone-not-that-day");
            }
            if reason.is_none() {
                form.wrong("reason", "hand-pick-one");
            }
            day.zip(reason).map(|(day, reason)| Press::Postpone(day, reason))
        }
        _ => return Err(Error::BadRequest),
    })
}

/// The days a request can be postponed to, as the reader's calendar has them.
pub fn days(page: &Page, ground: &Ground, offset_min: i32) -> Vec<(String, String)> {
    let today = ground.now().local_day(offset_min).0;
    let most = i32::try_from(ground.policy.requests.postponed_at_most.num_days()).unwrap_or(i32::MAX);
    let days = (today + 1..today.saturating_add(most)).map(Day);
    days.map(|day| (day.0.to_string(), i18n::named_day(page.talk(), day.start(), 0))).collect()
}

pub fn reasons(page: &Page) -> Vec<(String, String)> {
    PostponeReason::ALL.iter().map(|reason| (reason.word().to_owned(), page.t(key(*reason)))).collect()
}

/// Until when, and why.
pub fn postponed(page: &Page, (until, reason): (Day, Option<PostponeReason>)) -> String {
    let day = i18n::named_day(page.talk(), until.start(), 0);
    let said = page.with("desk-postponed", &[("day", &day)]);
    reason.map_or(said.clone(), |reason| format!("{said} {}.", page.t(key(reason))))
}

fn key(reason: PostponeReason) -> &'static str {
    match reason {
        PostponeReason::TheyAsked => "desk-postpone-they-asked",
        PostponeReason::SponsorComes => "desk-postpone-sponsor-comes",
        PostponeReason::MetInPerson => "desk-postpone-met-in-person",
        PostponeReason::Else => "desk-postpone-else",
    }
}
