//! The first visit of a coordinator, by a one-time invitation: name and address, then the mailed numbers, a passphrase and
//! an authenticator on one page. Between the two pages everything waits in the sealed draft cookie of this browser.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::codes::Made;
use super::{DOOR, busy_or};
use crate::ground::Ground;
use crate::members::{
    self, AskCode, CodeDoor, CodeProblem, Enrolled, Enrolment, EnrolmentProblem, FirstName, InvitationKind,
    InvitationProblem, NameProblem,
};
use crate::vault::{Address, Hasher, PassphraseProblem, Secret, Token, passphrase_problem, totp};
use crate::web::cookies::{self, Jar};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{House, Page, Title};
use crate::web::{qr, signed};

/// The second page of the first visit.
pub(super) const SET_UP: &str = "/desk/join";

const SECRETS: &[&str] = &["code", "passphrase", "app"];

/// What waits between the two pages. No `Debug`.
#[derive(Clone, Serialize, Deserialize)]
struct FirstVisit {
    invitation: String,
    first_name: FirstName,
    /// Shared with the authenticator; the store gets it once the enrolment is finished.
    secret: Vec<u8>,
}

#[derive(Template)]
#[template(path = "pages/desk/join.html")]
struct Join<'a> {
    page: &'a Page,
    form: &'a FormState,
    path: &'a str,
}

#[derive(Template)]
#[template(path = "pages/desk/closed.html")]
struct Closed<'a> {
    page: &'a Page,
    why: &'static str,
}

#[derive(Template)]
#[template(path = "pages/desk/set_up.html")]
struct SetUp<'a> {
    page: &'a Page,
    form: &'a FormState,
    /// The word to look for in the subject.
    word: Option<&'a str>,
    secret: &'a str,
    picture: &'a str,
}

pub async fn show(page: Page, path: web::Path<String>, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    match look(&ground, &path).await? {
        Err(problem) => closed(page, problem),
        Ok(_) => first_page(page, &path, &FormState::blank()),
    }
}

pub async fn ask(
    page: Page,
    request: HttpRequest,
    path: web::Path<String>,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let invitation = match look(&ground, &path).await? {
        Err(problem) => return closed(page, problem),
        Ok(token) => token.text(),
    };
    let mut form = posted.form(&[]);
    let name = form.take("name", FirstName::parse(form.typed("name")), name_key);
    let address = form.take("email", Address::parse(form.typed("email")), |_| "desk-join-email-wrong");
    let (Some(first_name), Some(address), true) = (name, address, form.is_fine()) else {
        return first_page(page, &path, &form);
    };
    page.house().limits.costly()?;
    let browser = cookies::read_browser(page.house(), &request).unwrap_or_else(|| ground.chance.bytes());
    let (lang, utc_offset_min) = (page.lang(), page.house().settings.utc_offset_min);
    let asked = ground
        .run(move |ground| {
            let door = CodeDoor::Desk;
            let ask = AskCode { door, browser: &browser, address: &address, lang, utc_offset_min, draft: None };
            members::ask_code(ground, &ask)
        })
        .await;
    match asked {
        Err(members::Error::TooManyCodes) => {
            form.wrong("email", "desk-join-many");
            return first_page(page, &path, &form);
        }
        other => other?,
    };
    let secret = members::begin_enrolment(&ground).expose().clone();
    let visit = cookies::draft(page.house(), &FirstVisit { invitation, first_name, secret })?;
    let browser = cookies::browser(page.house(), &browser)?;
    Ok(page.see_other_with_cookies(SET_UP, vec![visit, browser]))
}

pub async fn show_set_up(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Draft)?;
    let Some(visit) = cookies::read_draft::<FirstVisit>(page.house(), &request) else {
        return Ok(page.see_other(DOOR));
    };
    second_page(page, &request, &ground, (&visit, &FormState::blank())).await
}

/// New numbers for the same visit.
pub async fn send_again(
    page: Page,
    request: HttpRequest,
    ground: web::Data<Ground>,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let mut form = posted.form(SECRETS);
    let visit = cookies::read_draft::<FirstVisit>(page.house(), &request);
    let (Some(visit), Some(browser)) = (visit, cookies::read_browser(page.house(), &request)) else {
        return Ok(page.see_other(DOOR));
    };
    if form.is_fine() {
        page.house().limits.costly()?;
        let sent = ground.run(move |ground| members::send_again(ground, CodeDoor::Desk, &browser)).await;
        match sent {
            Err(members::Error::TooManyCodes) => form.wrong("code", "desk-join-many"),
            Err(members::Error::NothingAsked) => form.wrong("code", "desk-code-not-here"),
            other => {
                other?;
                let browser = cookies::browser(page.house(), &browser)?;
                return Ok(page.see_other_with_cookies(SET_UP, vec![browser]));
            }
        }
    }
    second_page(page, &request, &ground, (&visit, &form)).await
}

pub async fn set_up(
    page: Page,
    request: HttpRequest,
    house: House,
    (ground, hasher): (web::Data<Ground>, web::Data<Hasher>),
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(visit) = cookies::read_draft::<FirstVisit>(&house, &request) else { return Ok(page.see_other(DOOR)) };
    let mut form = posted.form(SECRETS);
    let own_words = [visit.first_name.as_str(), page.site()];
    if let Some(problem) = passphrase_problem(form.typed("passphrase"), &own_words) {
        form.wrong("passphrase", passphrase_key(problem));
    }
    if !form.is_fine() {
        return second_page(page, &request, &ground, (&visit, &form)).await;
    }
    house.limits.costly()?;
    let browser = cookies::read_browser(&house, &request).unwrap_or_default();
    match enrol(&ground, &hasher, &visit, (browser, &form)).await? {
        Ok(enrolled) => {
            let mut answer = Page::show(&Made { page: &page.titled(Title::Desk), codes: &enrolled.recovery_codes })?;
            let forget = [Jar::Draft, Jar::Browser].map(|jar| cookies::forget(&house, jar));
            let session = signed::cookie(&house, enrolled.session)?;
            for cookie in forget.iter().chain([&session]) {
                answer.add_cookie(cookie).map_err(|_| Error::Bug("a cookie that is no header"))?;
            }
            Ok(answer)
        }
        Err(EnrolmentProblem::Invitation(problem)) => closed(page, problem),
        Err(problem) => {
            let (field, key) = match problem {
                EnrolmentProblem::Code(problem) => ("code", code_key(problem)),
                _ => ("app", "desk-app-wrong"),
            };
            form.wrong(field, key);
            second_page(page, &request, &ground, (&visit, &form)).await
        }
    }
}

async fn enrol(
    ground: &Ground,
    hasher: &Hasher,
    visit: &FirstVisit,
    (browser, form): ([u8; 16], &FormState),
) -> Result<Result<Enrolled, EnrolmentProblem>, Error> {
    let invitation = Token::parse(&visit.invitation).ok_or(Error::NotHere)?;
    let passphrase_hash =
        hasher.hash(form.typed("passphrase")).await.map_err(|error| busy_or(members::Error::Vault(error)))?;
    let (visit, form) = (visit.clone(), form.clone());
    let done = ground.run(move |ground| {
        let first = Enrolment {
            invitation: &invitation,
            browser: &browser,
            code: form.typed("code"),
            first_name: &visit.first_name,
            passphrase_hash: &passphrase_hash,
            totp_secret: &Secret::new(visit.secret),
            totp_code: form.typed("app"),
        };
        members::finish_enrolment(ground, &first)
    });
    Ok(done.await?)
}

/// The token of the path, if the invitation would be taken.
async fn look(ground: &Ground, text: &str) -> Result<Result<Token, InvitationProblem>, Error> {
    let Some(token) = Token::parse(text) else { return Ok(Err(InvitationProblem::Unknown)) };
    let looked = {
        let token = token.clone();
        ground.run(move |ground| members::look_at_invitation(ground, InvitationKind::Coordinator, &token)).await?
    };
    Ok(looked.map(|()| token))
}

fn closed(page: Page, problem: InvitationProblem) -> Result<HttpResponse, Error> {
    let why = match problem {
        InvitationProblem::Unknown => return Err(Error::NotHere),
        InvitationProblem::Used => "desk-join-used",
        InvitationProblem::TooOld => "desk-join-old",
    };
    Page::show_as(StatusCode::GONE, &Closed { page: &page.titled(Title::Desk), why })
}

fn first_page(page: Page, token: &str, form: &FormState) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk).about(form);
    Page::show(&Join { page: &page, form, path: &format!("/desk/join/{token}") })
}

async fn second_page(
    page: Page,
    request: &HttpRequest,
    ground: &Ground,
    (visit, form): (&FirstVisit, &FormState),
) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Desk).about(form);
    let browser = cookies::read_browser(page.house(), request).unwrap_or_default();
    let waiting = ground.run(move |ground| members::waiting_draft(ground, CodeDoor::Desk, &browser)).await?;
    let word = waiting.map(|(word, _)| word);
    let secret = Secret::new(visit.secret.clone());
    let issuer = page.site().replace(':', " ");
    let url = totp::otpauth_url(&secret, &issuer, &page.t("title-desk")).map_err(members::Error::from)?;
    let picture = qr::svg(url.expose(), &page.t("desk-join-picture"))?;
    let text = totp::secret_text(&secret);
    Page::show(&SetUp { page: &page, form, word: word.as_deref(), secret: text.expose(), picture: &picture })
}

fn name_key(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::Empty => "desk-join-name-empty",
        NameProblem::TooLong => "desk-join-name-long",
        NameProblem::Unseen => "desk-join-name-unseen",
        NameProblem::Address => "desk-join-name-address",
    }
}

fn passphrase_key(problem: PassphraseProblem) -> &'static str {
    match problem {
        PassphraseProblem::TooShort => "desk-passphrase-short",
        PassphraseProblem::TooLong => "desk-passphrase-long",
        PassphraseProblem::Common => "desk-passphrase-common",
        PassphraseProblem::OwnWord => "desk-passphrase-own",
    }
}

fn code_key(problem: CodeProblem) -> &'static str {
    match problem {
        CodeProblem::Format => "desk-code-format",
        CodeProblem::Wrong => "desk-code-wrong",
        CodeProblem::NoTriesLeft => "desk-code-no-tries",
        CodeProblem::TooOld => "desk-code-old",
        CodeProblem::NotHere => "desk-code-not-here",
    }
}
