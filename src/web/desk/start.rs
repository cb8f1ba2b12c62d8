//! First steps: does mail go out and come in, who read the numbers, who is on duty, is there a sheet. What is not for this
//! desk is skipped.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{acting, at_desk, rota};
use crate::clock::Day;
use crate::desk;
use crate::ground::Ground;
use crate::i18n::help::numbers;
use crate::i18n::on_day;
use crate::members::{Progress, Step, StepState};
use crate::vault::Code;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::public::help;

pub(super) const PATH: &str = "/desk/start";
pub(super) const TEST: &str = "/desk/start/test";
pub(super) const DIGITS: &str = "/desk/start/digits";

#[derive(Template)]
#[template(path = "pages/desk/start.html")]
struct Start<'a> {
    page: &'a Page,
    form: &'a FormState,
    lead: String,
    rows: Vec<Row>,
    /// When the numbers to call were last checked.
    checked: String,
    /// There is still something to learn from a test mail.
    may_test: bool,
}

struct Row {
    step: Step,
    heading: String,
    progress: Option<Progress>,
    said: String,
    /// The first that is open: its button is the one of the page.
    is_next: bool,
}

impl Row {
    fn is(&self, state: StepState) -> bool {
        self.progress.is_some_and(|progress| progress.state == state)
    }

    fn is_done(&self) -> bool {
        self.is(StepState::Done)
    }

    fn needs_you(&self) -> bool {
        self.is(StepState::Begun)
    }

    fn may_skip(&self) -> bool {
        desk::is_open(self.progress)
    }
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    match at_desk(&page, &request).await? {
        Err(door) => Ok(door),
        Ok(_) => page_of(page, &ground, &FormState::blank()).await,
    }
}

/// "I have read them", "I have printed it", "Skip".
pub async fn note(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    acting(&request).await?;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return page_of(page, &ground, &form).await;
    }
    let said = (Step::from_word(form.typed("step")), StepState::from_word(form.typed("say")));
    let (step, state) = match said {
        (Some(step), Some(StepState::Skipped)) => (step, StepState::Skipped),
        // Nobody but the mail and the rota can tell of the others.
        (Some(step @ (Step::Numbers | Step::Sheet)), Some(StepState::Done)) => (step, StepState::Done),
        _ => return Err(Error::BadRequest),
    };
    ground.run(move |ground| desk::note_step(ground, step, state)).await?;
    Ok(page.see_other(PATH))
}

pub async fn test(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let me = acting(&request).await?.member.id;
    let form = posted.form(&[]);
    if !form.is_fine() {
        return page_of(page, &ground, &form).await;
    }
    ground.run(move |ground| desk::send_test_mail(ground, me)).await?;
    Ok(page.see_other(PATH))
}

pub async fn take_digits(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    acting(&request).await?;
    let mut form = posted.form(&[]);
    if form.is_fine() {
        let fits = match Code::parse(form.typed("code")) {
            Some(code) => ground.run(move |ground| desk::take_test_digits(ground, &code)).await?,
            None => false,
        };
        if fits {
            return Ok(page.see_other(PATH));
        }
        form.wrong("code", "start-digits-wrong");
    }
    page_of(page, &ground, &form).await
}

async fn page_of(page: Page, ground: &Ground, form: &FormState) -> Result<HttpResponse, Error> {
    let steps = ground.run(desk::first_steps).await?;
    let page = page.titled(Title::Desk).about(form);
    let open: Vec<Step> =
        steps.iter().filter(|(_, progress)| desk::is_open(*progress)).map(|(step, _)| *step).collect();
    let lead = match open.len() {
        0 => page.t("start-all-done"),
        count => page.count("start-lead", i64::try_from(count).unwrap_or(i64::MAX)),
    };
    let row = |(step, progress): (Step, Option<Progress>)| Row {
        heading: heading(&page, step),
        said: said(&page, progress),
        is_next: open.first() == Some(&step),
        step,
        progress,
    };
    let is_done = |of: Step| move |row: &Row| row.step == of && row.is_done();
    let rows: Vec<Row> = steps.into_iter().map(row).collect();
    let may_test = !(rows.iter().any(is_done(Step::MailOut)) && rows.iter().any(is_done(Step::MailIn)));
    Page::show(&Start { lead, rows, checked: help::checked(&page, &numbers().reviewed)?, may_test, page: &page, form })
}

fn heading(page: &Page, step: Step) -> String {
    page.t(match step {
        Step::MailOut => "start-mail-out-h2",
        Step::MailIn => "start-mail-in-h2",
        Step::Numbers => "start-numbers-h2",
        Step::Rota => "desk-rota-h1",
        Step::Sheet => "start-sheet-h2",
    })
}

fn said(page: &Page, progress: Option<Progress>) -> String {
    // A day is kept, not a moment: it is told as it was for the service.
    let on = |since: Day| on_day(page.talk(), since.start(), 0);
    match progress.map(|progress| (progress.state, progress.since)) {
        None => page.t("start-not-begun"),
        Some((StepState::Begun, _)) => page.t("desk-needs-you"),
        Some((StepState::Done, day)) => page.with("start-done", &[("day", &on(day))]),
        Some((StepState::Skipped, day)) => page.with("start-skipped", &[("day", &on(day))]),
    }
}
