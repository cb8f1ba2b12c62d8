//! The edge of every request: refuses what is not from our own pages, gives trouble its page, writes the headers and one
//! log line of method, route pattern, status and time. Nothing else of a request is logged, ever.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};

use super::errors::Error;
use super::headers::{self, Answer, Kind};
use super::page::{House, Page};
use super::public::sorry;
use super::signed::Renewed;
use super::{ASSET_PATTERN, LEAVE_PATH, guard};
use crate::i18n::Lang;
use crate::telemetry::Stopwatch;

pub async fn edge(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let watch = Stopwatch::start();
    let verdict = request.app_data::<House>().map_or(Err(Error::Bug("no house in the app data")), |house| {
        guard::check(request.method(), request.headers(), house.origin())
    });
    let answered = match verdict {
        Ok(()) => next.call(request).await?.map_into_boxed_body(),
        Err(refused) => request.into_response(refused.error_response()),
    };
    let mut answered = dress(answered);
    renew(&mut answered);
    let pattern = answered.request().match_pattern();
    finish(&mut answered, pattern.as_deref());
    log(answered.request().method(), pattern.as_deref(), answered.status(), watch);
    Ok(answered)
}

/// Puts the renewed session cookie on the answer, unless the page itself set or forgot one.
fn renew(answered: &mut ServiceResponse<BoxBody>) {
    let renewed = answered.request().extensions_mut().remove::<Renewed>();
    let Some(Renewed(cookie)) = renewed else { return };
    let is_set = answered.response().cookies().any(|set| set.name() == cookie.name());
    if !is_set {
        // A cookie that does not fit into a header would be a bug of the toolkit; the page is worth more.
        let _ = answered.response_mut().add_cookie(&cookie);
    }
}

/// Gives a bare answer of trouble its page. One that already says something in a type of its own stays as it is.
fn dress(answered: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = answered.status();
    let is_trouble = status.is_client_error() || status.is_server_error();
    let kind = answered.response().extensions().get::<Error>().copied();
    if !is_trouble || (kind.is_none() && answered.headers().contains_key(header::CONTENT_TYPE)) {
        return answered;
    }
    let kind = kind.unwrap_or_else(|| Error::of_status(status));
    let (request, bare) = answered.into_parts();
    let mut page = sorry_page(&request, kind, status);
    for (name, value) in bare.headers() {
        page.headers_mut().append(name.clone(), value.clone());
    }
    ServiceResponse::new(request, page)
}

fn sorry_page(request: &HttpRequest, kind: Error, status: StatusCode) -> HttpResponse {
    let page = Page::of(request).and_then(|page| sorry::page(page, kind, status).ok());
    let mut response = page.unwrap_or_else(|| HttpResponse::new(status));
    // Only what was asked for with GET may come again by itself.
    if let Some(seconds) = kind.wait_seconds().filter(|_| request.method() == Method::GET)
        && let Ok(value) = header::HeaderValue::from_str(&seconds.to_string())
    {
        response.headers_mut().insert(header::HeaderName::from_static("refresh"), value);
    }
    response
}

fn finish(answered: &mut ServiceResponse<BoxBody>, pattern: Option<&str>) {
    let Some(house) = answered.request().app_data::<House>().cloned() else { return };
    let path = answered.request().path().to_owned();
    let kind = kind_of(&path, pattern, answered.status());
    let is_page = matches!(kind, Kind::Landing | Kind::Page) && pattern.is_some_and(|pattern| !pattern.contains('{'));
    let onion = house.settings.onion.as_deref().filter(|_| is_page).map(|host| (host, path.as_str()));
    let answer = Answer { https: house.is_https(), kind, onion };
    headers::write(answered.response_mut().headers_mut(), answer);
}

fn kind_of(path: &str, pattern: Option<&str>, status: StatusCode) -> Kind {
    match Lang::from_path_prefix(path).1 {
        "/" if status == StatusCode::OK => Kind::Landing,
        LEAVE_PATH if status == StatusCode::SEE_OTHER => Kind::Leave,
        _ if status == StatusCode::OK && pattern == Some(ASSET_PATTERN) => Kind::Asset,
        _ => Kind::Page,
    }
}

fn log(method: &Method, pattern: Option<&str>, status: StatusCode, watch: Stopwatch) {
    // A method is free text on the wire; only the known ones are ours to repeat.
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    tracing::info!(
        method,
        route = pattern.unwrap_or("none"),
        status = status.as_u16(),
        ms = watch.millis(),
        "answered"
    );
}
