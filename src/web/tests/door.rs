//! Headers, refusals, limits and the log line.

use std::io::Write;
use std::sync::Mutex;

use super::*;

/// One request for each status our code answers with.
fn of_every_status() -> Vec<(u16, TestRequest)> {
    let big = "a".repeat(64 * 1024 + 1);
    vec![
        (200, TestRequest::get().uri("/")),
        (200, TestRequest::get().uri("/healthz")),
        (303, TestRequest::get().uri("/leave")),
        (400, press("/try", &[]).insert_header(("content-type", "text/plain"))),
        (403, TestRequest::post().uri("/try")),
        (
            403,
            TestRequest::get()
                .uri("/")
                .insert_header(("sec-fetch-site", "cross-site"))
                .insert_header(("sec-fetch-mode", "cors")),
        ),
        (404, TestRequest::get().uri("/nowhere/secret-path?q=secret-query")),
        (404, TestRequest::get().uri("/s/none.css")),
        (405, press("/about", &[])),
        (405, TestRequest::delete().uri("/about").insert_header(("origin", "https://hello.example"))),
        (413, press("/try", &[("name", &big)])),
        (429, TestRequest::get().uri("/trouble/429")),
        (500, TestRequest::get().uri("/trouble/500")),
        (503, TestRequest::get().uri("/trouble/503")),
    ]
}

#[actix_web::test]
async fn every_answer_carries_every_header() {
    let house = Data::new(secure());
    let (statuses, requests): (Vec<_>, Vec<_>) = of_every_status().into_iter().unzip();
    for (status, answer) in statuses.into_iter().zip(ask_all(&house, requests).await) {
        assert_eq!(answer.status, status);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'")
                && policy.ends_with("; upgrade-insecure-requests")
        );
        assert!(!policy.contains("unsafe") && !policy.contains("  "));
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=63072000; includeSubDomains"));
        for (name, value) in [
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("origin-agent-cluster", "?1"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("x-dns-prefetch-control", "off"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.headers.get_all(name).count(), 1, "{status} {name}");
            assert_eq!(answer.header(name), Some(value), "{status} {name}");
        }
        assert!(answer.header("permissions-policy").unwrap().contains("interest-cohort=()"));
        let leaves = answer.status == StatusCode::SEE_OTHER;
        assert_eq!(answer.header("referrer-policy"), Some(if leaves { "no-referrer" } else { "same-origin" }));
        for absent in ["server", "x-powered-by", "onion-location"] {
            assert_eq!(answer.header(absent), None);
        }
    }
}

#[actix_web::test]
async fn plain_http_promises_no_https() {
    let house = Data::new(house("http://127.0.0.1:8080"));
    let answer = ask(&house, TestRequest::get().uri("/")).await;
    assert_eq!(answer.header("strict-transport-security"), None);
    assert!(!answer.header("content-security-policy").unwrap().contains("upgrade"));
}

#[actix_web::test]
async fn only_the_front_page_may_be_found_and_only_assets_kept() {
    let house = Data::new(secure());
    for (path, robots) in [("/", "noarchive"), ("/es/", "noarchive"), ("/about", "noindex, nofollow, noarchive")] {
        assert_eq!(ask(&house, TestRequest::get().uri(path)).await.header("x-robots-tag"), Some(robots), "{path}");
    }
    for file in [&house.assets.css, &house.assets.mark] {
        let answer = ask(&house, TestRequest::get().uri(&format!("/s/{file}"))).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, Some("private, max-age=3600")));
        assert!(answer.header("content-security-policy").is_some());
    }
}

#[actix_web::test]
async fn the_onion_address_is_named_on_pages_without_a_token() {
    let mut open = secure();
    open.settings.onion = Some("abc.onion".to_owned());
    let house = Data::new(open);
    assert_eq!(
        ask(&house, TestRequest::get().uri("/about")).await.header("onion-location"),
        Some("http://abc.onion/about")
    );
    for path in ["/trouble/500", "/nowhere", "/leave", &format!("/s/{}", house.assets.css)] {
        assert_eq!(ask(&house, TestRequest::get().uri(path)).await.header("onion-location"), None, "{path}");
    }
}

#[actix_web::test]
async fn a_page_of_trouble_is_bare() {
    let house = Data::new(secure());
    let (statuses, requests): (Vec<_>, Vec<_>) = of_every_status().into_iter().unzip();
    let mut not_here = Vec::new();
    for (status, answer) in statuses.into_iter().zip(ask_all(&house, requests).await) {
        if status < 400 {
            continue;
        }
        let text = answer.text();
        assert!(text.contains("<h1>") && answer.cookies().is_empty());
        for absent in ["secret", "nowhere", "actix", "a test", "panicked"] {
            assert!(!text.contains(absent), "{status} says {absent}");
        }
        if matches!(status, 403 | 404) && !text.contains("/s/none") {
            not_here.push(
                scraper::Html::parse_document(&text)
                    .select(&scraper::Selector::parse("main").unwrap())
                    .next()
                    .unwrap()
                    .html(),
            );
        }
    }
    not_here.dedup();
    assert_eq!(not_here.len(), 1, "not allowed reads like not here");
}

#[actix_web::test]
async fn who_must_wait_is_brought_back_by_itself_after_a_get_only() {
    let house = Data::new(secure());
    let shown = ask(&house, TestRequest::get().uri("/trouble/429")).await;
    assert_eq!((shown.header("refresh"), shown.header("retry-after")), (Some("30"), Some("30")));
    let head = ask(&house, TestRequest::default().method(actix_web::http::Method::HEAD).uri("/trouble/429")).await;
    assert_eq!(head.header("refresh"), None);
}

#[actix_web::test]
async fn head_is_answered_like_get() {
    let house = Data::new(secure());
    for path in ["/", "/about", "/help", "/privacy"] {
        let answer = ask(&house, TestRequest::default().method(actix_web::http::Method::HEAD).uri(path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[actix_web::test]
async fn the_log_holds_the_route_pattern_and_nothing_a_person_sent() {
    // Asked once before anybody listens: a place that logs for the first time while a listener comes may miss it.
    let house = Data::new(secure());
    ask(&house, TestRequest::get().uri("/trouble/500")).await;
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let request = TestRequest::get()
        .uri("/trouble/canary-parameter?canary-query")
        .insert_header(("user-agent", "canary-agent"))
        .insert_header(("cookie", "__Host-s=canary-cookie"))
        .peer_addr("203.0.113.77:4000".parse().unwrap());
    ask(&house, request).await;
    ask(&house, press("/try", &[("name", "canary-name")]).uri("/try?canary-query")).await;
    ask(&house, TestRequest::get().uri("/canary-path")).await;
    drop(guard);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains("/trouble/{status}") && text.contains("status=500") && text.contains("method=\"POST\""),
        "{text}"
    );
    assert!(!text.contains("canary") && !text.contains("203.0.113.77"), "{text}");
}
