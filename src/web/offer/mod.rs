//! The page behind an offer's link: it shows how the offer stands and takes the answer, without a sign-in. The link is the
//! capability for this one offer; looking changes nothing, a button acts. Before the yes it names wishes only.

mod shown;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Path, ServiceConfig};

use super::errors::Error;
use super::form::{FormState, Posted};
use super::page::Page;
use super::{get, post};
use crate::ground::Ground;
use crate::requests::{self, Answered, OfferView, Reply};
use crate::vault::Token;

/// Characters of a hello.
const MOST_HELLO: usize = 2_000;

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource("/o/{token}").route(get().to(show)).route(post().to(sent)));
}

async fn show(page: Page, ground: Data<Ground>, link: Path<String>) -> Result<HttpResponse, Error> {
    let (_, view) = find(&ground, &link).await?;
    shown::page(page, &ground, &view, None)
}

async fn sent(page: Page, ground: Data<Ground>, link: Path<String>, posted: Posted) -> Result<HttpResponse, Error> {
    let (token, view) = find(&ground, &link).await?;
    let mut form = posted.form_by_link();
    let reply = read(&mut form)?;
    let (Some(reply), true) = (reply, form.is_fine()) else {
        return shown::page(page, &ground, &view, Some(&form));
    };
    let answered = ground.run(move |ground| requests::answer(ground, &token, &reply)).await?;
    match answered {
        Answered::SaidYes(_) | Answered::SaidNotNow => Ok(page.see_other(&format!("/o/{link}"))),
        Answered::NotHere => Err(Error::NotHere),
        Answered::Taken => shown::too_late(page, "offer-taken", StatusCode::CONFLICT),
        Answered::MovedOn => shown::too_late(page, "offer-moved-on", StatusCode::CONFLICT),
        Answered::NoRoom => shown::no_room(page, &view, Some(&form), StatusCode::CONFLICT),
    }
}

async fn find(ground: &Ground, link: &str) -> Result<(Token, OfferView), Error> {
    let token = Token::parse(link).ok_or(Error::NotHere)?;
    let asked = token.clone();
    let view = ground.run(move |ground| requests::find_offer(ground, &asked)).await?;
    Ok((token, view.ok_or(Error::NotHere)?))
}

/// What was pressed. `None` when the hello is to be put right first.
fn read(form: &mut FormState) -> Result<Option<Reply>, Error> {
    match form.typed("answer") {
        "not-now" => Ok(Some(Reply::NotNow)),
        "yes" => {
            // Browsers send a line break as CR LF (HTML, form submission).
            let hello = form.typed("hello").replace("\r\n", "\n").replace('\r', "\n");
            if hello.chars().count() > MOST_HELLO {
                form.wrong("hello", "offer-hello-long");
            }
            if hello.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
                form.wrong("hello", "offer-hello-unseen");
            }
            Ok(form.is_fine().then_some(Reply::Yes { hello }))
        }
        _ => Err(Error::BadRequest),
    }
}
