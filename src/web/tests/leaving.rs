use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::vault::SessionToken;
use crate::web::cookies::{self, SessionCookie};

/// A house that counts ended sessions, and a request for Leave with a session.
fn leaving() -> (Data<WebHouse>, Arc<AtomicU32>, impl Fn() -> TestRequest) {
    let ended = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&ended);
    let hooks = Hooks {
        end_session: Arc::new(move |_: &SessionToken| {
            counted.fetch_add(1, Ordering::SeqCst);
        }),
        ..Hooks::default()
    };
    let house = secure().with_hooks(hooks);
    let session = SessionCookie { token: SessionToken::draw(&house.chance), used_at: NOW, own_device: true };
    let cookie = cookies::session(&house, &session, NOW.plus(chrono::TimeDelta::hours(12))).unwrap();
    (Data::new(house), ended, move || TestRequest::get().uri("/leave").cookie(cookie.clone()))
}

#[actix_web::test]
async fn leaving_ends_the_session_and_clears_the_browser() {
    let (house, ended, request) = leaving();
    for own in [request().insert_header(("sec-fetch-site", "same-origin")), request(), request().uri("/es/leave")] {
        let before = ended.load(Ordering::SeqCst);
        let answer = ask(&house, own).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "https://weather.example/today"));
        assert_eq!(answer.header("clear-site-data"), Some("\"cookies\", \"storage\""));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.cookies().len(), 3);
        assert!(answer.cookies().iter().all(|cookie| cookie.contains("Max-Age=0") && cookie.contains("Secure")));
        assert_eq!(ended.load(Ordering::SeqCst), before + 1);
    }
}

#[actix_web::test]
async fn nobody_else_can_sign_somebody_out() {
    let (house, ended, request) = leaving();
    for foreign in [
        request().insert_header(("sec-fetch-site", "cross-site")).insert_header(("sec-fetch-mode", "navigate")),
        request().insert_header(("sec-fetch-site", "same-site")),
        request().insert_header(("sec-purpose", "prefetch;prerender")),
        request().insert_header(("purpose", "prefetch")),
        request().method(actix_web::http::Method::HEAD),
    ] {
        let answer = ask(&house, foreign).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "https://weather.example/today"));
        assert!(answer.cookies().is_empty() && answer.header("clear-site-data").is_none());
    }
    let posted = ask(&house, press("/leave", &[])).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(ended.load(Ordering::SeqCst), 0);
}

#[actix_web::test]
async fn a_session_cookie_is_read_back_whole() {
    let house = secure();
    let session = SessionCookie { token: SessionToken::draw(&house.chance), used_at: NOW, own_device: false };
    let cookie = cookies::session(&house, &session, NOW.plus(chrono::TimeDelta::hours(12))).unwrap();
    assert_eq!(cookie.max_age(), None, "ends with the browser window");
    let request = TestRequest::get().cookie(cookie).to_http_request();
    let read = cookies::read_session(&house, &request).unwrap();
    assert!(read.token.digest() == session.token.digest() && read.used_at == NOW && !read.own_device);
    house.clock.turn(chrono::TimeDelta::hours(12));
    assert!(cookies::read_session(&house, &request).is_none());
}
