//! The way out: ends one's own session, clears what the browser keeps for us, and goes to a bland page. The one GET that
//! changes anything, and only for the person who pressed it. A plain link, since browsers drop a form's redirect to
//! another site under our content security policy.

use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::web::cookies::{self, Jar};
use crate::web::page::House;

pub(super) async fn leave(house: House, request: HttpRequest) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((header::LOCATION, house.settings.leave_to.as_str()));
    if !is_own_press(request.method(), request.headers()) {
        return answer.finish();
    }
    if let Some(session) = cookies::read_session(&house, &request) {
        let house = house.clone();
        // Going away must work even if the store does not: the browser forgets in any case.
        if web::block(move || (house.hooks.end_session)(&session.token)).await.is_err() {
            tracing::warn!("a session could not be ended on leaving");
        }
    }
    // "cache" stays out: it holds the answer back for seconds, and no-store keeps nothing there.
    answer.insert_header(("clear-site-data", "\"cookies\", \"storage\""));
    for gone in Jar::ALL.map(|jar| cookies::forget(&house, jar)) {
        set(&mut answer, gone);
    }
    answer.finish()
}

fn set(answer: &mut actix_web::HttpResponseBuilder, cookie: Cookie<'static>) {
    answer.cookie(cookie);
}

/// A scanner, a prefetch or another site may fetch the link; that must not sign anybody out. A browser that says nothing
/// is believed, since the strict cookie comes only with our own pages' requests.
fn is_own_press(method: &Method, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    *method == Method::GET
        && matches!(said("sec-fetch-site"), None | Some("same-origin" | "none"))
        && !said("sec-purpose").or_else(|| said("purpose")).is_some_and(|purpose| purpose.contains("prefetch"))
}
