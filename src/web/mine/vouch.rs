//! `/mine/vouch`: a sponsor of some time gives their word for somebody whose hand waits. They type what that person told
//! them; there is no list and no search.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::ground::Ground;
use crate::hands::{self, Said, Vouched};
use crate::members::Member;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::signed;

pub(super) const PATH: &str = "/mine/vouch";
/// On the path after a word was given, so that the page says it.
const NOTED: &str = "noted";

#[derive(Template)]
#[template(path = "pages/mine/vouch.html")]
struct VouchPage<'a> {
    page: &'a Page,
    form: &'a FormState,
    may: bool,
    is_noted: bool,
}

pub async fn show(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let is_noted = request.query_string() == NOTED;
    page_of(page, &ground, &signed.member, (&FormState::blank(), is_noted)).await
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let mut form = posted.form(&[]);
    for (field, empty) in [("name", "vouch-name-empty"), ("word", "vouch-word-empty")] {
        if form.typed(field).trim().is_empty() {
            form.wrong(field, empty);
        }
    }
    if form.is_fine() {
        page.house().limits.desk_try(&request, page.house().settings.trusted_proxy)?;
        let said = Said { first_name: form.typed("name").to_owned(), check_word: form.typed("word").to_owned() };
        let id = signed.member.id;
        match ground.run(move |ground| hands::vouch_as_sponsor(ground, id, &said)).await? {
            Vouched::Noted => return Ok(page.see_other(&format!("{PATH}?{NOTED}"))),
            Vouched::NotTheirs => form.wrong("", "vouch-not-yours"),
            Vouched::NotHere => form.wrong("", "vouch-not-here"),
            // The page says it.
            Vouched::NotYet => {}
        }
    }
    page_of(page, &ground, &signed.member, (&form, false)).await
}

async fn page_of(
    page: Page,
    ground: &Ground,
    member: &Member,
    (form, is_noted): (&FormState, bool),
) -> Result<HttpResponse, Error> {
    let id = member.id;
    let own = ground.run(move |ground| ground.store.read(|conn| hands::find_hand(conn, id))).await?;
    let may = own.is_some_and(|own| hands::may_vouch(ground, &own));
    let page = page.titled(Title::Yours).about(form);
    Page::show(&VouchPage { page: &page, form, may, is_noted })
}
