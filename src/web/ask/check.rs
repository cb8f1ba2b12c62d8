//! `/ask/check`: everything at a glance, and the button that sends it. The request waits, sealed, with the code.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answers::{Answers, Wishes, start_again};
use crate::ground::Ground;
use crate::members::{self, AskCode, CodeDoor};
use crate::vault::Address;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Pair, Title};

#[derive(Template)]
#[template(path = "pages/ask/check.html")]
struct Check<'a> {
    page: &'a Page,
    form: &'a FormState,
    rows: Vec<Pair>,
}

pub async fn shown(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    let Some(answers) = Answers::read(&house, &request) else { return Ok(start_again(&page)) };
    match &answers.wishes {
        Some(wishes) if answers.next_path() == "/ask/check" => {
            show(page, &ground, &answers, wishes, &FormState::blank())
        }
        _ => Ok(page.see_other(answers.next_path())),
    }
}

pub async fn sent(
    page: Page,
    house: House,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(mut answers) = Answers::read(&house, &request) else { return Ok(start_again(&page)) };
    let (Some(wishes), Ok(address)) = (answers.wishes.clone(), Address::parse(&answers.email)) else {
        return Ok(page.see_other(answers.next_path()));
    };
    let mut form = posted.form(&[]);
    if form.is_fine() {
        house.limits.costly()?;
        if send(&page, &ground, &answers, &wishes, address).await? {
            answers.is_sent = true;
            answers.email.clear();
            let browser = cookies::browser(&house, &answers.browser)?;
            return Ok(page.see_other_with_cookies("/ask/code", vec![answers.cookie(&house)?, browser]));
        }
        form.wrong("", "ask-check-too-many");
    }
    show(page, &ground, &answers, &wishes, &form)
}

/// False when this address had as many codes as it may have.
async fn send(
    page: &Page,
    ground: &Ground,
    answers: &Answers,
    wishes: &Wishes,
    address: Address,
) -> Result<bool, Error> {
    let draft = wishes.draft(&answers.name, page, &ground.policy.lists)?;
    let draft = serde_json::to_vec(&draft).map_err(|_| Error::Bug("a draft that is no JSON"))?;
    let (browser, lang, utc_offset_min) = (answers.browser, page.lang(), wishes.utc_offset_min);
    let asked = ground.run(move |ground| {
        let draft = Some(draft.as_slice());
        let ask = AskCode { door: CodeDoor::Ask, browser: &browser, address: &address, lang, utc_offset_min, draft };
        members::ask_code(ground, &ask)
    });
    match asked.await {
        Ok(_) => Ok(true),
        Err(members::Error::TooManyCodes) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn show(
    page: Page,
    ground: &Ground,
    answers: &Answers,
    wishes: &Wishes,
    form: &FormState,
) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Questions).about(form);
    let row = |key: &str, value: String, path: &str| Pair { name: page.t(key), value, change: Some(path.to_owned()) };
    let mut rows = vec![
        row("ask-check-name", answers.name.as_str().to_owned(), "/ask/name"),
        row("ask-check-email", answers.email.clone(), "/ask/email"),
        row("ask-check-who", wishes.who_words(&page), "/ask/who"),
        row("ask-check-languages", wishes.language_words(&ground.policy.lists), "/ask/who#languages"),
        row("ask-check-times", wishes.time_words(&page), "/ask/who#times"),
        row(
            "ask-check-sponsor",
            wishes.sponsor_words(&page).unwrap_or_else(|| page.t("ask-check-sponsor-any")),
            "/ask/who#sponsor",
        ),
        row("ask-check-you", wishes.describes_words(&page), "/ask/who#describes"),
    ];
    if !wishes.note.is_empty() {
        rows.push(row("ask-check-note", wishes.note.clone(), "/ask/who#note"));
    }
    Page::show(&Check { page: &page, form, rows })
}
