//! The hands: up, paused, coming down soon.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{at_desk, number};
use crate::desk::{self, Hands, Named};
use crate::ground::Ground;
use crate::i18n;
use crate::web::errors::Error;
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/desk/hands.html")]
struct Shown<'a> {
    page: &'a Page,
    headline: String,
    groups: Vec<Group>,
    waiting: Option<String>,
    nobody: bool,
}

struct Group {
    title: String,
    /// Name, languages, until when.
    rows: Vec<(String, String, String)>,
}

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk);
    let reader = match at_desk(&page, &request).await? {
        Err(door) => return Ok(door),
        Ok(signed) => signed.member,
    };
    let hands = ground.run(desk::list_hands).await?;
    let day = |named: &Named| i18n::named_day(page.talk(), named.until, reader.utc_offset_min);
    let group = |title: &str, until: Option<&str>, all: &[Named]| Group {
        title: page.t(title),
        rows: all
            .iter()
            .map(|one| {
                let until = until.map(|key| page.with(key, &[("day", &day(one))])).unwrap_or_default();
                (one.name.clone(), one.languages.join(", "), until)
            })
            .collect(),
    };
    let mut groups = vec![
        group("hands-soon-h2", Some("hands-soon-day"), &hands.down_soon),
        group("hands-up-h2", None, &hands.up),
        group("hands-paused-h2", Some("hands-paused-day"), &hands.paused),
        group("hands-resting-h2", None, &hands.resting),
    ];
    groups.retain(|group| !group.rows.is_empty());
    Page::show(&Shown {
        headline: headline(&page, &hands, day),
        waiting: (hands.waiting_for_a_word > 0).then(|| page.count("desk-hands-waiting", hands.waiting_for_a_word)),
        nobody: groups.is_empty(),
        groups,
        page: &page,
    })
}

/// "4 up, 2 paused, 1 comes down on Friday".
pub fn headline(page: &Page, hands: &Hands, day: impl Fn(&Named) -> String) -> String {
    let mut parts = vec![page.count("hands-count-up", number(hands.up.len() + hands.down_soon.len()))];
    if !hands.paused.is_empty() {
        parts.push(page.count("hands-count-paused", number(hands.paused.len())));
    }
    match hands.down_soon.as_slice() {
        [] => {}
        [one] => parts.push(page.with("hands-one-soon", &[("day", &day(one))])),
        more => parts.push(page.count("hands-count-soon", number(more.len()))),
    }
    format!("{}.", parts.join(", "))
}
