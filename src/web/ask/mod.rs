//! Pages below `/ask`: a newcomer asks once. Three questions, a look at all of it, the numbers from the mail, done. Until
//! Send everything typed lives in the sealed draft cookie of that browser; a page whose answers are missing leads back to
//! the first.

mod answers;
mod change;
mod check;
mod code;
mod email;
mod name;
mod who;

pub(super) use email::take_address;

use actix_web::web::{self, ServiceConfig};

use super::{get, post};

pub fn routes(app: &mut ServiceConfig) {
    app.service(web::resource("/ask").route(get().to(name::start)))
        .service(web::resource("/ask/name").route(get().to(name::shown)).route(post().to(name::sent)))
        .service(web::resource("/ask/email").route(get().to(email::shown)).route(post().to(email::sent)))
        .service(web::resource("/ask/who").route(get().to(who::shown)).route(post().to(who::sent)))
        .service(web::resource("/ask/check").route(get().to(check::shown)).route(post().to(check::sent)))
        .service(web::resource("/ask/code").route(get().to(code::shown)).route(post().to(code::sent)))
        .service(web::resource("/ask/code/again").route(post().to(code::again)))
        .service(web::resource("/ask/done").route(get().to(code::done)))
        .service(web::resource("/mine/change").route(get().to(change::shown)).route(post().to(change::sent)));
}
