//! The desk: who waits, where there is room, whether mail leaves.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{at_desk, hands, number, press, rota, span};
use crate::desk::{self, Band, Overview, Waiting};
use crate::ground::Ground;
use crate::i18n::{self, Arg};
use crate::outbox::transport::{Health, Refusal};
use crate::web::errors::Error;
use crate::web::page::{Page, Title};
use crate::web::wishes::time_words;

#[derive(Template)]
#[template(path = "pages/desk/front.html")]
struct Front<'a> {
    page: &'a Page,
    headline: String,
    room: String,
    rows: Vec<Row<'a>>,
    /// Where hands are missing.
    missing: Vec<String>,
    left: Vec<String>,
    mail: Vec<String>,
    last_match: Option<String>,
    /// Cases of this coordinator and bans that want a second word; none: the plain link.
    cases: Option<String>,
    /// How many are up, paused and coming down.
    hands: String,
    /// Hands that wait for somebody's word, if some do.
    hands_waiting: Option<String>,
    duty: String,
    /// First steps that nobody took or skipped.
    steps: Option<String>,
    /// A request that was looked at does not wait any more.
    is_settled: bool,
}

struct Row<'a> {
    who: &'a Waiting,
    waited: String,
    so_far: String,
    languages: String,
    /// Who looks after it, and until when it is postponed.
    care: Vec<String>,
}

pub async fn show(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    health: web::Data<Health>,
) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk);
    let reader = match at_desk(&page, &request).await? {
        Err(door) => return Ok(door),
        Ok(signed) => signed.member,
    };
    let id = reader.id;
    let (all, cases, all_hands, steps) = ground
        .run(move |ground| {
            let all = desk::overview(ground, &health, id)?;
            let steps = desk::count_open_steps(ground)?;
            Ok::<_, desk::Error>((all, desk::count_cases(ground, id)?, desk::list_hands(ground)?, steps))
        })
        .await?;
    let duty = rota::find(&ground).await?;
    let when = |at| i18n::when(page.talk(), at, reader.utc_offset_min, ground.now());
    Page::show(&Front {
        headline: headline(&page, &all),
        room: room(&page, &all),
        rows: all.waiting.iter().map(|row| shown(&page, row)).collect(),
        missing: all.missing.iter().map(|gap| missing(&page, gap)).collect(),
        left: all.left_waiting.iter().map(|left| left_waiting(&page, left)).collect(),
        mail: mail(&page, &all.mail),
        duty: rota::on_duty_now(&page, &duty),
        last_match: all.last_match_at.map(when),
        cases: (cases > 0).then(|| page.count("cases-link", number(cases))),
        hands: hands::headline(&page, &all_hands, |one| i18n::named_day(page.talk(), one.until, reader.utc_offset_min)),
        hands_waiting: (all.hands_waiting > 0).then(|| page.count("desk-hands-waiting", all.hands_waiting)),
        steps: (steps > 0).then(|| page.count("start-open", number(steps))),
        is_settled: request.query_string() == super::case::SETTLED,
        page: &page,
    })
}

fn headline(page: &Page, all: &Overview) -> String {
    let waiting = page.count("desk-waiting", number(all.waiting.len()));
    match all.late() {
        0 => waiting,
        late => format!("{waiting} {}", page.count("desk-late", number(late))),
    }
}

fn room(page: &Page, all: &Overview) -> String {
    let args = [("n", Arg::Number(number(all.sponsors_with_room))), ("room", Arg::Number(all.room))];
    page.talk().say("desk-room", &args)
}

fn shown<'a>(page: &Page, row: &'a Waiting) -> Row<'a> {
    let so_far = match (row.offers.asked, row.offers.open) {
        (0, _) => page.t("desk-asked-none"),
        (asked, 0) => page.count("desk-asked-all-answered", asked),
        (asked, open) => page.talk().say("desk-asked", &[("n", Arg::Number(asked)), ("open", Arg::Number(open))]),
    };
    let looked_after = row.looked_after_by.as_ref().map(|name| page.with("desk-care-other", &[("name", name)]));
    let postponed = row.postponed_until.map(|until| press::postponed(page, (until, None)));
    Row {
        who: row,
        waited: span(page, row.waited),
        so_far,
        languages: row.languages.join(", "),
        care: looked_after.into_iter().chain(postponed).collect(),
    }
}

pub(super) fn missing(page: &Page, gap: &desk::Missing) -> String {
    let times = time_words(page, gap.part.as_slice()).to_lowercase();
    let waiting = page.t(match gap.waiting {
        Band::Few => "desk-missing-few",
        Band::Five => "desk-missing-5",
        Band::Ten => "desk-missing-10",
        Band::Twenty => "desk-missing-20",
        Band::Fifty => "desk-missing-50",
    });
    page.with("desk-missing", &[("language", &gap.language), ("times", &times), ("waiting", &waiting)])
}

fn left_waiting(page: &Page, left: &desk::LeftWaiting) -> String {
    page.with("desk-left-waiting", &[("name", &left.name), ("since", &span(page, left.since))])
}

fn mail(page: &Page, mail: &desk::Mail) -> Vec<String> {
    let trouble = mail.trouble.map(|refusal| match refusal {
        Refusal::Credentials => "desk-mail-credentials",
        Refusal::Unreachable => "desk-mail-unreachable",
        Refusal::Temporary | Refusal::Permanent => "desk-mail-later",
    });
    let stuck = mail.stuck_for.map(|age| page.with("desk-mail-stuck", &[("since", &span(page, age))]));
    trouble.map(|key| page.t(key)).into_iter().chain(stuck).collect()
}
