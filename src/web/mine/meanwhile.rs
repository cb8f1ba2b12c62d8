//! `/mine/while`: what a person can do while they wait: meetings that come next, something to read, numbers. Without a list of
//! meetings it leads to where there is one; the rest stands without it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::i18n::when;
use crate::meetings::{self, Meeting, Shown};
use crate::web::errors::Error;
use crate::web::page::{Page, Title};
use crate::web::signed;

/// One meeting as the page says it.
struct Row {
    name: String,
    when: String,
    link: Option<String>,
    place: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/mine/while.html")]
struct Meanwhile<'a> {
    page: &'a Page,
    online: Vec<Row>,
    in_person: Vec<Row>,
    /// When the list was read, if that is long ago.
    checked: Option<String>,
    /// A page with meetings of the fellowship.
    link: Option<&'a str>,
}

pub async fn shown(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let offset_min = signed.member.utc_offset_min;
    let list = find(&page, &ground, offset_min).await?;
    let page = page.titled(Title::Yours);
    let now = ground.now();
    let said = |at| when(page.talk(), at, offset_min, now);
    let row = |(at, meeting): &(Timestamp, Meeting), link, place| Row {
        name: meeting.name.clone(),
        when: said(*at),
        link,
        place,
    };
    let (online, in_person): (Vec<Row>, Vec<Row>) = match &list {
        None => (Vec::new(), Vec::new()),
        Some(list) => (
            list.online.iter().map(|start| row(start, start.1.link.clone(), None)).collect(),
            list.in_person.iter().map(|start| row(start, None, start.1.place.clone())).collect(),
        ),
    };
    let checked = list.as_ref().filter(|list| list.is_stale).map(|list| said(list.read_at));
    let needs_link = checked.is_some() || (online.is_empty() && in_person.is_empty());
    let link = ground.policy.meetings.link.as_ref().filter(|_| needs_link).map(url::Url::as_str);
    Page::show(&Meanwhile { online, in_person, checked, link, page: &page })
}

async fn find(page: &Page, ground: &Ground, offset_min: i32) -> Result<Option<Shown>, Error> {
    let house_offset_min = page.house().settings.utc_offset_min;
    Ok(ground.run(move |ground| meetings::find_shown(ground, offset_min, house_offset_min)).await?)
}

/// The sentence on `/mine`: how many meetings start soon. None where that is none, or the list is too old to say so.
pub(super) async fn soon(page: &Page, ground: &Ground, offset_min: i32) -> Result<Option<String>, Error> {
    let count = find(page, ground, offset_min).await?.map_or(0, |list| list.soon);
    let hours = meetings::SOON.num_hours().to_string();
    let said = i64::try_from(count).ok().filter(|count| *count > 0);
    Ok(said.map(|count| page.talk().say("while-soon", &[("n", count.into()), ("hours", hours.as_str().into())])))
}
