//! Pages below `/desk`, for coordinators: passphrase and authenticator, always. Whoever has no session of the desk is led
//! to its door, or told that there is nothing here. The app data must hold a `web::Data` of `Ground`, `Hasher` and
//! `Health` beside the house.

mod again;
mod case;
mod cases;
mod chart;
mod codes;
mod csv;
mod door;
mod front;
mod hands;
mod history;
mod invite;
mod join;
mod numbers;
mod paper;
mod policy;
mod press;
mod rota;
mod start;
mod vouch;

#[cfg(test)]
mod tests;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use chrono::TimeDelta;

use super::errors::Error;
use super::page::Page;
use super::signed::{self, Signed};
use super::{get, post};
use crate::i18n::Arg;
use crate::{members, vault};

const DOOR: &str = "/desk/in";

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource("/desk").route(get().to(front::show)))
        .service(web::resource(DOOR).route(get().to(door::show)).route(post().to(door::enter)))
        .service(web::resource("/desk/out").route(post().to(door::leave)))
        .service(web::resource("/desk/out/everywhere").route(post().to(rota::out_everywhere)))
        .service(web::resource(rota::PATH).route(get().to(rota::show)).route(post().to(rota::take)))
        .service(web::resource(rota::END).route(get().to(rota::ask_end)).route(post().to(rota::end)))
        .service(web::resource("/desk/hands").route(get().to(hands::show)))
        .service(web::resource("/desk/numbers").route(get().to(numbers::show)))
        .service(web::resource(csv::PATH).route(get().to(csv::download)))
        .service(web::resource(start::PATH).route(get().to(start::show)).route(post().to(start::note)))
        .service(web::resource(start::TEST).route(post().to(start::test)))
        .service(web::resource(start::DIGITS).route(post().to(start::take_digits)))
        .service(web::resource("/desk/history").route(get().to(history::show)))
        .service(web::resource(codes::PATH).route(get().to(codes::show)).route(post().to(codes::make)))
        .service(web::resource("/desk/invite").route(get().to(invite::show)).route(post().to(invite::make)))
        .service(web::resource(paper::PATH).route(get().to(paper::sheet)))
        .service(web::resource(paper::SHEET).route(get().to(paper::sheet)))
        .service(web::resource(paper::FLYER).route(get().to(paper::flyer)))
        .service(web::resource(policy::PATH).route(get().to(policy::show)))
        .service(web::resource(cases::LIST).route(get().to(cases::list)))
        .service(web::resource("/desk/cases/{short}").route(get().to(cases::show)).route(post().to(cases::decide)))
        .service(web::resource("/desk/cases/{short}/open").route(post().to(cases::open)))
        .service(web::resource("/desk/cases/{short}/ban").route(post().to(cases::ban)))
        .service(web::resource(again::PATH).route(get().to(again::show)).route(post().to(again::prove)))
        .service(web::resource("/desk/suspended").route(post().to(cases::suspended)))
        .service(web::resource(vouch::PATH).route(get().to(vouch::show)).route(post().to(vouch::say)))
        .service(web::resource("/desk/r/{short}").route(get().to(case::show)).route(post().to(case::suggest)))
        .service(web::resource("/desk/r/{short}/press").route(post().to(press::press)))
        .service(web::resource(join::SET_UP).route(get().to(join::show_set_up)).route(post().to(join::set_up)))
        .service(web::resource("/desk/join/again").route(post().to(join::send_again)))
        .service(web::resource("/desk/join/{token}").route(get().to(join::show)).route(post().to(join::ask)));
}

/// Who looks, or the answer for somebody who may not: the door.
async fn at_desk(page: &Page, request: &HttpRequest) -> Result<Result<Signed, HttpResponse>, Error> {
    let found = signed::find_at_desk(request).await?;
    if found.is_none() {
        page.require(request, super::cookies::Jar::Session)?;
    }
    Ok(found.ok_or_else(|| page.see_other(DOOR)))
}

/// Who acts. Anybody else learns nothing, not even that there is a desk.
async fn acting(request: &HttpRequest) -> Result<Signed, Error> {
    signed::find_at_desk(request).await?.ok_or(Error::NotHere)
}

/// Who acts where a session that somebody left open must not be enough: the page that asks who it is, where the last proof
/// is too old. It leads to `back`, and nothing was done.
async fn proven(page: &Page, request: &HttpRequest, back: &str) -> Result<Result<Signed, HttpResponse>, Error> {
    let signed = acting(request).await?;
    Ok(if signed.is_fresh { Ok(signed) } else { Err(page.see_other(&again::path_to(back))) })
}

/// "1 day 4 h", "9 h", "20 min".
fn span(page: &Page, time: TimeDelta) -> String {
    let (days, hours) = (time.num_days(), time.num_hours() % 24);
    if days > 0 && hours > 0 {
        page.talk().say("desk-days-hours", &[("days", Arg::Number(days)), ("hours", Arg::Number(hours))])
    } else if days > 0 {
        page.count("desk-days", days)
    } else if hours > 0 {
        page.count("desk-hours", hours)
    } else {
        page.count("desk-minutes", time.num_minutes().max(1))
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Too many passphrases at once is a page to wait on, not a bug.
fn busy_or(error: members::Error) -> Error {
    match error {
        members::Error::Vault(vault::Error::Busy) => Error::Busy,
        other => other.into(),
    }
}
