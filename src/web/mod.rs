//! The web door: pages that work without scripts, in every language of the install. A handler parses, calls one use case
//! and shows a template; it never sees the database. The toolkit is `page` (what a template is given), `form` (what was
//! typed), `cookies`, `limits`, `errors` (kinds of trouble); `edge` guards, dresses and logs every answer.
//! `app.rs` puts a `WebHouse` into the app data and calls `routes`.

pub mod ask;
pub mod assets;
pub mod cookies;
pub mod desk;
mod edge;
pub mod errors;
pub mod form;
mod guard;
mod headers;
pub mod house;
pub mod limits;
pub mod mine;
pub mod numbers;
pub mod offer;
pub mod page;
pub mod public;
mod qr;
pub mod raise;
pub mod signed;
mod token;
pub mod wishes;

#[cfg(test)]
mod tests;

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, PayloadConfig, ServiceConfig};
use actix_web::{Route, guard as matches};

pub use errors::Error;
pub use house::{Hooks, Settings, WebHouse};

use crate::i18n::Lang;

const ASSET_PATTERN: &str = "/s/{file}";
const LEAVE_PATH: &str = "/leave";

/// Every path of the service, and a page for all others. The app data must hold a `web::Data<WebHouse>`.
pub fn routes(app: &mut ServiceConfig) {
    routes_with(app, |_| ());
}

/// The same, with more routes that exist once and in no language: the demo's, a readiness check.
pub fn routes_with(app: &mut ServiceConfig, more: impl FnOnce(&mut ServiceConfig)) {
    let mut all = web::scope("")
        .wrap(from_fn(edge::edge))
        .wrap(Compress::default())
        .app_data(PayloadConfig::new(form::MAX_BODY_BYTES))
        .service(web::resource(ASSET_PATTERN).route(get().to(assets::get)))
        .service(web::resource("/healthz").route(get().to(public::healthz)))
        .configure(more);
    for prefix in Lang::ALL.iter().map(|lang| lang.path_prefix()).filter(|prefix| !prefix.is_empty()) {
        all = all.service(web::scope(prefix).configure(pages));
    }
    app.service(all.configure(pages).default_service(web::to(public::nothing_here)));
}

/// The folders, once per language.
fn pages(app: &mut ServiceConfig) {
    public::routes(app);
    ask::routes(app);
    raise::routes(app);
    offer::routes(app);
    mine::routes(app);
    desk::routes(app);
}

/// GET and HEAD: they only show.
pub fn get() -> Route {
    web::route().guard(matches::Any(matches::Get()).or(matches::Head()))
}

pub fn post() -> Route {
    web::post()
}
