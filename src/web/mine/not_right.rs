//! `/mine/with/{reference}/not-right`: something is not right. Contact stops with the press; what was written is for one
//! coordinator. Also after the end of a contact.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::pair::{find, name_of};
use crate::ground::Ground;
use crate::members::Member;
use crate::safety::{self, Category, Reported, Said};
use crate::sponsorships::PairView;
use crate::store::ids::MemberId;
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::signed;

/// The query of the page after it was sent, with the category where that decides about the numbers shown.
const SENT: &str = "sent";
const SENT_YOUNG: &str = "sent-young";
/// Characters of what is written, and of what is pasted.
const MOST_CHARACTERS: usize = 20_000;
/// Nobody of the desk is involved, or nobody the reporter knows.
const NOBODY: &str = "";

#[derive(Template)]
#[template(path = "pages/mine/not_right.html")]
struct NotRight<'a> {
    page: &'a Page,
    form: &'a FormState,
    name: &'a str,
    path: String,
    pair_path: String,
    categories: Vec<(&'static str, String)>,
    /// Coordinators, each by a handle of this page.
    coordinators: Vec<(String, String)>,
    is_sent: bool,
    is_young: bool,
}

pub(super) fn path_of(reference: &str) -> String {
    format!("/mine/with/{reference}/not-right")
}

pub async fn shown(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    reference: Path<String>,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let Some(view) = find(&ground, &signed.member, &reference).await? else { return gone(page) };
    show(page, &ground, (&signed.member, &view), &FormState::blank(), request.query_string()).await
}

async fn show(
    page: Page,
    ground: &Ground,
    (reader, view): (&Member, &PairView),
    form: &FormState,
    query: &str,
) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours).about(form);
    let desk = ground.run(safety::list_coordinators).await?;
    // Whoever reports from the desk does not name themselves.
    let others = desk.into_iter().filter(|coordinator| coordinator.member != reader.id);
    let handle = |id: MemberId| ground.vault.seal_cookie(&handle_name(view), id.bytes(), &ground.chance);
    Page::show(&NotRight {
        name: name_of(view),
        path: path_of(&view.pair.reference),
        pair_path: format!("/mine/with/{}", view.pair.reference),
        categories: Category::ALL
            .iter()
            .map(|category| (category.word(), page.t(&format!("not-right-is-{}", category.word()))))
            .collect(),
        coordinators: others.map(|coordinator| (handle(coordinator.member), coordinator.first_name)).collect(),
        is_sent: query == SENT || query == SENT_YOUNG,
        is_young: query == SENT_YOUNG,
        page: &page,
        form,
    })
}

#[derive(Template)]
#[template(path = "pages/mine/not_right_gone.html")]
struct Gone<'a> {
    page: &'a Page,
}

/// The other was erased, and the pair with them; or it never was.
fn gone(page: Page) -> Result<HttpResponse, Error> {
    Page::show_as(StatusCode::NOT_FOUND, &Gone { page: &page.titled(Title::Yours) })
}

/// A handle names a coordinator on the page of one pair alone.
fn handle_name(view: &PairView) -> String {
    format!("coordinator for {}", view.pair.reference)
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    reference: Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let Some(view) = find(&ground, &signed.member, &reference).await? else { return gone(page) };
    let mut form = posted.form(&[]);
    let text = |name: &str| form.typed(name).trim().replace("\r\n", "\n");
    let (words, lines) = (text("words"), text("pasted"));
    let picked = Category::from_word(form.typed("is"));
    // Words without a tick are a report too.
    let category = picked.or((!words.is_empty()).then_some(Category::Other));
    let named = match form.typed("named") {
        NOBODY => None,
        handle => ground.vault.open_cookie(&handle_name(&view), handle).and_then(|bytes| bytes.try_into().ok()),
    };
    if words.chars().count() > MOST_CHARACTERS || lines.chars().count() > MOST_CHARACTERS {
        form.wrong("words", "not-right-long");
    }
    let Some(category) = category else {
        form.wrong("is", "not-right-pick");
        return show(page, &ground, (&signed.member, &view), &form, "").await;
    };
    if !form.is_fine() {
        return show(page, &ground, (&signed.member, &view), &form, "").await;
    }
    let (id, of) = (signed.member.id, reference.to_owned());
    let named = named.map(MemberId::from_bytes);
    let taken = ground
        .run(move |ground| safety::report(ground, id, &of, &Said { category, words: &words, pasted: &lines, named }))
        .await?;
    let query = if category == Category::Young { SENT_YOUNG } else { SENT };
    match taken {
        Reported::Taken => Ok(page.see_other(&format!("{}?{query}", path_of(&reference)))),
        Reported::TooMany => {
            form.wrong("", "not-right-many");
            show(page, &ground, (&signed.member, &view), &form, "").await
        }
        Reported::NotHere => gone(page),
    }
}
