//! `/mine/change`: other wishes while the request waits, on the page that asked for them first.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::answers::Wishes;
use super::who::{Asked, show};
use crate::ground::Ground;
use crate::members::Member;
use crate::requests::{self, Request};
use crate::web::errors::Error;
use crate::web::form::Posted;
use crate::web::page::Page;
use crate::web::signed;

pub async fn shown(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    match ground.run(move |ground| waiting(ground, &signed.member)).await? {
        Some(wishes) => show(page, &ground, &wishes.form(), Asked::Again),
        None => Ok(page.see_other("/mine")),
    }
}

/// `None` if nothing waits any more; the page that follows shows how it stands.
fn waiting(ground: &Ground, member: &Member) -> Result<Option<Wishes>, requests::Error> {
    let Some(request) = ground.store.read(|conn| requests::find_waiting_of(conn, member.id))? else { return Ok(None) };
    let note = requests::note_of(ground, &request)?.unwrap_or_default();
    Ok(Some(wishes(ground, member, &request, note)))
}

fn wishes(ground: &Ground, member: &Member, request: &Request, note: String) -> Wishes {
    let lists = &ground.policy.lists;
    Wishes {
        who: request.accepts.codes(lists),
        must: request.accepts_must,
        languages: request.languages.codes(lists),
        parts: request.parts.parts().collect(),
        utc_offset_min: member.utc_offset_min,
        describes: request.describes.codes(lists),
        walked_with: request.walked_with.codes(lists),
        ok_with_medicine: request.ok_with_medicine,
        note,
    }
}

pub async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let mut form = posted.form(&[]);
    let wishes = Wishes::parse(&mut form, &ground.policy.lists)?;
    if !form.is_fine() {
        return show(page, &ground, &form, Asked::Again);
    }
    let draft = wishes.draft(&signed.member.first_name, &page, &ground.policy.lists)?;
    ground.run(move |ground| requests::change(ground, &signed.member, &draft)).await?;
    Ok(page.see_other("/mine"))
}
