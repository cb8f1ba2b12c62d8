//! A member's own pages, below `/mine`, with the way in (`/in`) and the mailed questions (`/q`). Somebody who is not
//! signed in is led to `/in`; what is not theirs is like what does not exist.

mod address;
mod back;
mod delete;
mod enter;
pub mod hand;
mod kept;
mod me;
mod meanwhile;
mod not_right;
mod overview;
mod pair;
mod question;
mod stop;
mod vouch;

use actix_web::web::{self, ServiceConfig};

use super::{get, post};

pub fn routes(app: &mut ServiceConfig) {
    hand::routes(app);
    me::routes(app);
    app.service(web::resource("/in").route(get().to(enter::shown)).route(post().to(enter::sent)))
        .service(web::resource("/in/code").route(get().to(enter::code_shown)).route(post().to(enter::code_sent)))
        .service(web::resource("/in/code/again").route(post().to(enter::again)))
        .service(web::resource("/mine").route(get().to(overview::shown)))
        .service(web::resource("/mine/while").route(get().to(meanwhile::shown)))
        .service(web::resource("/mine/back").route(get().to(back::shown)).route(post().to(back::sent)))
        .service(web::resource("/mine/back/over").route(post().to(back::over)))
        .service(web::resource("/mine/now").route(post().to(overview::ask_now)))
        .service(web::resource("/mine/widen").route(post().to(overview::widen)))
        .service(web::resource("/mine/again").route(post().to(overview::again)))
        .service(web::resource(vouch::PATH).route(get().to(vouch::show)).route(post().to(vouch::sent)))
        .service(web::resource("/mine/out").route(post().to(stop::out)))
        .service(web::resource("/mine/stop").route(get().to(stop::shown)).route(post().to(stop::sent)))
        .service(web::resource("/mine/with/{reference}").route(get().to(pair::shown)).route(post().to(pair::sent)))
        .service(
            web::resource("/mine/with/{reference}/end")
                .route(get().to(pair::end_shown))
                .route(post().to(pair::end_sent)),
        )
        .service(
            web::resource("/mine/with/{reference}/not-right")
                .route(get().to(not_right::shown))
                .route(post().to(not_right::sent)),
        )
        .service(web::resource("/mine/delete").route(get().to(delete::shown)).route(post().to(delete::sent)))
        .service(
            web::resource("/mine/delete/code").route(get().to(delete::code_shown)).route(post().to(delete::code_sent)),
        )
        .service(web::resource("/mine/delete/again").route(post().to(delete::again)))
        .service(web::resource("/mine/gone").route(get().to(delete::gone)))
        .service(web::resource("/q/{token}").route(get().to(question::shown)).route(post().to(question::sent)));
}
