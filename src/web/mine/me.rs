//! `/mine/me`: what a member says of themselves. Each press takes effect at once; the address is shown nowhere.

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{address, kept, stop};
use crate::ground::Ground;
use crate::hands;
use crate::i18n::Lang;
use crate::matching::is_utc_offset;
use crate::members::{self, FirstName, Member, SessionDoor, Settings};
use crate::web::errors::Error;
use crate::web::form::{FormState, Posted};
use crate::web::page::{Page, Title};
use crate::web::raise::answers::offsets;
use crate::web::raise::name_key;
use crate::web::signed::Signed;
use crate::web::{get, post, signed};

const PATH: &str = "/mine/me";
/// On the path after a change, so that the page says it.
const SAVED: &str = "s";
const NEW_WORD: &str = "w";
const OWN_DEVICE: &str = "d";
/// The page after another address was proven.
pub(super) const MOVED: &str = "/mine/me?a";
const NEW_ADDRESS: &str = "a";

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource(PATH).route(get().to(show)).route(post().to(change)))
        .service(web::resource("/mine/me/word").route(post().to(new_word)))
        .service(web::resource("/mine/me/device").route(post().to(own_device)))
        .service(web::resource("/mine/me/out").route(post().to(stop::out_everywhere)))
        .service(web::resource("/mine/me/address").route(get().to(address::shown)).route(post().to(address::sent)))
        .service(
            web::resource("/mine/me/address/code")
                .route(get().to(address::code_shown))
                .route(post().to(address::code_sent)),
        )
        .service(web::resource("/mine/me/address/again").route(post().to(address::again)))
        .service(web::resource("/mine/me/kept").route(get().to(kept::shown)))
        .service(web::resource("/mine/me/copy").route(get().to(kept::copy)));
}

#[derive(Template)]
#[template(path = "pages/mine/me.html")]
struct Me<'a> {
    page: &'a Page,
    form: &'a FormState,
    /// Message key of what was just done.
    done: Option<&'static str>,
    word: &'a str,
    /// It may be asked for here, and was not yet.
    may_stay: bool,
    looks_full: bool,
    langs: Vec<(String, String)>,
    offsets: Vec<(String, String)>,
    /// What the member's clock shows now, if it is right.
    clock: String,
}

async fn show(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let done = match request.query_string() {
        SAVED => Some("me-saved"),
        NEW_WORD => Some("me-new-word"),
        OWN_DEVICE if signed.own_device => Some("me-device-kept"),
        NEW_ADDRESS => Some("me-new-address"),
        _ => None,
    };
    ask(page, &ground, &signed, &Asked { form: as_stored(&signed.member), done, looks_full: false })
}

/// How the page is shown.
struct Asked {
    form: FormState,
    done: Option<&'static str>,
    looks_full: bool,
}

fn as_stored(member: &Member) -> FormState {
    let (name, lang) = (member.first_name.as_str().to_owned(), member.lang.word().to_owned());
    FormState::filled([("name", name), ("lang", lang), ("offset", member.utc_offset_min.to_string())])
}

fn ask(page: Page, ground: &Ground, signed: &Signed, asked: &Asked) -> Result<HttpResponse, Error> {
    let page = page.titled(Title::Yours).about(&asked.form);
    Page::show(&Me {
        form: &asked.form,
        done: asked.done,
        word: &signed.member.check_word,
        may_stay: signed.door == SessionDoor::Member && !signed.own_device,
        looks_full: asked.looks_full,
        langs: Lang::ALL.iter().map(|lang| (lang.word().to_owned(), lang.own_name().to_owned())).collect(),
        offsets: offsets(ground.now()),
        clock: ground.now().local(signed.member.utc_offset_min).format("%H:%M").to_string(),
        page: &page,
    })
}

async fn change(page: Page, ground: Data<Ground>, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let member = &signed.member;
    let mut form = posted.form(&[]);
    let settings = read(&mut form);
    // One kind hint about a name that is new and looks like two; the same press once more keeps it.
    let is_new = |settings: &Settings| settings.first_name != member.first_name && settings.first_name.looks_full();
    let looks_full = form.typed("seen").is_empty() && settings.as_ref().is_some_and(is_new);
    let Some(settings) = settings.filter(|_| form.is_fine() && !looks_full) else {
        return ask(page, &ground, &signed, &Asked { form, done: None, looks_full });
    };
    let (id, lang) = (member.id, settings.lang);
    ground.run(move |ground| hands::change_settings(ground, id, &settings)).await?;
    // Who chooses another language goes on in it.
    let shown_in = if lang == member.lang { page.lang() } else { lang };
    Ok(page.see_other_in(shown_in, &format!("{PATH}?{SAVED}")))
}

fn read(form: &mut FormState) -> Option<Settings> {
    let name = FirstName::parse(form.typed("name"));
    let name = form.take("name", name, name_key);
    let lang = Lang::from_word(form.typed("lang")).ok_or(());
    let lang = form.take("lang", lang, |()| "hand-pick-one");
    let offset = form.typed("offset").parse().ok().filter(|minutes| is_utc_offset(*minutes)).ok_or(());
    let offset = form.take("offset", offset, |()| "hand-pick-one");
    Some(Settings { first_name: name?, lang: lang?, utc_offset_min: offset? })
}

async fn new_word(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let form = posted.form(&[]);
    if !form.is_fine() {
        let mut again = as_stored(&signed.member);
        again.wrong("", "form-again");
        return ask(page, &ground, &signed, &Asked { form: again, done: None, looks_full: false });
    }
    let id = signed.member.id;
    ground.run(move |ground| members::draw_new_word(ground, id)).await?;
    Ok(page.see_other(&format!("{PATH}?{NEW_WORD}")))
}

/// Stays signed in where this was pressed; a press on an old page of somebody signed out leads to the way in.
async fn own_device(page: Page, request: HttpRequest, posted: Posted) -> Result<HttpResponse, Error> {
    if !posted.form(&[]).is_fine() || signed::find(&request).await?.is_none() {
        return Ok(page.see_other(PATH));
    }
    let Some(cookie) = signed::keep(&request).await? else { return Ok(page.see_other(PATH)) };
    let mut done = page.see_other(&format!("{PATH}?{OWN_DEVICE}"));
    done.add_cookie(&cookie).map_err(|_| Error::Bug("a cookie that is no header"))?;
    Ok(done)
}
