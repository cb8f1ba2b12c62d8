//! The promise and the one page of boxes. Its button asks for the code; the answers wait, sealed, under it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answers::{self, Answers, Choices};
use super::draft::{self, Draft};
use crate::ground::Ground;
use crate::i18n::Lang;
use crate::matching::is_utc_offset;
use crate::members::{self, AskCode, CodeDoor, FirstName};
use crate::policy::MaySponsor;
use crate::vault::Address;
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};

#[derive(Template)]
#[template(path = "pages/raise/hand.html")]
struct HandPage<'a> {
    page: &'a Page,
    form: &'a FormState,
    choices: Choices,
    offsets: Vec<(String, String)>,
    ticks: Vec<(&'static str, String)>,
    /// An invitation carries somebody's word; without one it is still to come.
    is_invited: bool,
}

/// What a sponsor ticks before the hand goes up, as the policy has it: the value of each box and its words.
pub fn ticks(page: &Page, may: &MaySponsor) -> Vec<(&'static str, String)> {
    let steps = match may.steps_required {
        0 => None,
        12 => Some(page.t("raise-steps-all")),
        some => Some(page.count("raise-steps", i64::from(some))),
    };
    let months = (may.minimum_months > 0).then(|| page.count("raise-months", i64::from(may.minimum_months)));
    let sponsor = Some(page.t("raise-may-sponsor"));
    let all = [("steps", steps), ("months", months), ("sponsor", sponsor)];
    all.into_iter().filter_map(|(value, words)| Some((value, words?))).collect()
}

pub(super) async fn show(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    let Some(draft) = draft::read(page.house(), &request) else { return Ok(page.see_other("/raise")) };
    let is_invited = !draft.invitation.is_empty();
    if draft.name.is_empty() || draft.email.is_empty() {
        return Ok(page.see_other("/raise/you"));
    }
    let is_back = draft.answers.is_some();
    let answers = draft.answers.unwrap_or_else(|| Answers::preset(page.lang(), &ground.policy));
    let mut fields = answers.fields(&ground.policy);
    fields.push(("offset", draft.utc_offset_min.unwrap_or(page.house().settings.utc_offset_min).to_string()));
    if is_back {
        fields.extend(["steps", "months", "sponsor"].map(|value| ("may", value.to_owned())));
    }
    ask(page, &ground, &FormState::filled(fields), is_invited)
}

pub(super) async fn sent(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(draft) = draft::read(page.house(), &request) else { return Ok(page.see_other("/raise")) };
    let (Ok(name), Ok(address)) = (FirstName::parse(&draft.name), Address::parse(&draft.email)) else {
        return Ok(page.see_other("/raise/you"));
    };
    let is_invited = !draft.invitation.is_empty();
    let mut form = posted.form(&[]);
    // Each asked tick is one to give.
    let asked = ticks(&page, &ground.policy.may_sponsor);
    if asked.iter().any(|(value, _)| !form.is_picked("may", value)) {
        form.wrong("may", "raise-may-none");
    }
    let answers = answers::read(&mut form, &ground.policy);
    let offset = form.typed("offset").parse().ok().filter(|minutes| is_utc_offset(*minutes));
    if offset.is_none() {
        form.wrong("offset", "hand-pick-one");
    }
    let (Some(answers), Some(offset), true) = (answers, offset, form.is_fine()) else {
        return ask(page, &ground, &form, is_invited);
    };
    page.house().limits.costly()?;
    let waiting = answers.clone().into_draft(name, draft.invitation.clone());
    let browser = cookies::read_browser(page.house(), &request).unwrap_or_else(|| page.house().chance.bytes());
    let wish = Wish { browser, address, lang: page.lang(), offset, waiting: json(&waiting)? };
    if !wish.ask(&ground).await? {
        form.wrong("", "numbers-too-many");
        return ask(page, &ground, &form, is_invited);
    }
    let kept = Draft { utc_offset_min: Some(offset), answers: Some(answers), ..draft };
    let set = vec![draft::cookie(page.house(), &kept)?, cookies::browser(page.house(), &browser)?];
    Ok(page.see_other_with_cookies("/raise/code", set))
}

struct Wish {
    browser: [u8; 16],
    address: Address,
    lang: Lang,
    offset: i32,
    waiting: Vec<u8>,
}

impl Wish {
    /// False: this address had its share of codes, whoever's it is.
    async fn ask(self, ground: &Ground) -> Result<bool, Error> {
        let asked = ground.run(move |ground| {
            let ask = AskCode {
                door: CodeDoor::Raise,
                browser: &self.browser,
                address: &self.address,
                lang: self.lang,
                utc_offset_min: self.offset,
                draft: Some(&self.waiting),
            };
            match members::ask_code(ground, &ask) {
                Err(members::Error::TooManyCodes) => Ok(false),
                asked => asked.map(|_| true),
            }
        });
        Ok(asked.await?)
    }
}

fn json(draft: &crate::hands::Draft) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(draft).map_err(|_| Error::Bug("a draft that is no JSON"))
}

fn ask(page: Page, ground: &Ground, form: &FormState, is_invited: bool) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Questions).about(form);
    let choices = Choices::of(&page, &ground.policy);
    let (ticks, offsets) = (ticks(&page, &ground.policy.may_sponsor), answers::offsets(ground.now()));
    Page::show(&HandPage { page: &page, form, choices, offsets, ticks, is_invited })
}
