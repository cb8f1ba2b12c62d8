//! Who did what at the desk, and the mark of the record.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::at_desk;
use crate::audit::Act;
use crate::desk::{self, Told, Who};
use crate::ground::Ground;
use crate::i18n;
use crate::web::errors::Error;
use crate::web::page::{Event, Page, Title};

#[derive(Template)]
#[template(path = "pages/desk/history.html")]
struct History<'a> {
    page: &'a Page,
    events: Vec<Event>,
    mark: Option<String>,
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk);
    let reader = match at_desk(&page, &request).await? {
        Err(door) => return Ok(door),
        Ok(signed) => signed.member,
    };
    let id = reader.id;
    let (told, head) = ground.run(move |ground| desk::history(ground, id)).await?;
    let when = |at| i18n::when(page.talk(), at, reader.utc_offset_min, ground.now());
    let event = |told: &Told| Event { when: when(told.at), text: sentence(&page, told), is_next: false };
    Page::show(&History { events: told.iter().map(event).collect(), mark: head.map(|head| head.short()), page: &page })
}

fn sentence(page: &Page, told: &Told) -> String {
    let who = match &told.who {
        Who::Named(name) => name.clone(),
        Who::Left => page.t("desk-who-left"),
        Who::Nobody => page.t("desk-who-nobody"),
    };
    let whom = match &told.whom {
        Who::Named(name) => name.clone(),
        Who::Left | Who::Nobody => page.t("desk-whom-left"),
    };
    let by = [("who", who.as_str())];
    match told.act {
        Act::Invited => page.with("desk-act-invited", &by),
        Act::JoinedDesk => page.with("desk-act-joined", &by),
        Act::SignedInAtDesk => page.with("desk-act-signed-in", &by),
        Act::EndedTerm => page.with("desk-act-ended-term", &by),
        Act::TookDuty => page.with("desk-act-took-duty", &by),
        Act::Suggested => page.with("desk-act-suggested", &by),
        Act::TookBack => page.with("desk-act-took-back", &by),
        Act::Postponed => page.with("desk-act-postponed", &by),
        Act::Vouched => page.with("desk-act-vouched", &[("who", &who), ("whom", &whom)]),
        Act::DidNotVouch => page.with("desk-act-did-not-vouch", &by),
        // Who said so is told to nobody.
        Act::Reported => page.t("desk-act-reported"),
        Act::Assigned => page.t("desk-act-assigned"),
        Act::OpenedEvidence => page.with("desk-act-opened", &by),
        Act::Decided => page.with("desk-act-decided", &by),
        Act::Suspended => page.with("desk-act-suspended", &by),
        Act::LiftedSuspension => page.with("desk-act-lifted", &by),
        Act::ProposedBan => page.with("desk-act-proposed", &by),
        Act::Banned => page.with("desk-act-banned", &by),
        Act::ErasedMember => page.t("desk-act-erased"),
    }
}
