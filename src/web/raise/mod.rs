//! A sponsor's way in: the invitation, if there is one, name and email, the promise and the hand, the code. Until "Put my
//! hand up" the answers live in this browser alone; when the code was typed the hand goes up, or waits for somebody's word.
//! Four pages, each a press.

pub mod answers;
mod code;
mod draft;
mod hand;
mod invited;
mod you;

pub(super) use hand::ticks;
pub(super) use you::name_key;

use actix_web::web::{self, ServiceConfig};

use super::{get, post};

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource("/raise").route(get().to(invited::without)).route(post().to(invited::open)))
        .service(web::resource("/raise/you").route(get().to(you::show)).route(post().to(you::sent)))
        .service(web::resource("/raise/hand").route(get().to(hand::show)).route(post().to(hand::sent)))
        .service(web::resource("/raise/code").route(get().to(code::show)).route(post().to(code::sent)))
        .service(web::resource("/raise/again").route(post().to(code::again)))
        .service(web::resource("/raise/{token}").route(get().to(invited::show)).route(post().to(invited::sent)));
}
