//! Who may change something: only our own forms. A changing request must say `Sec-Fetch-Site: same-origin`; a browser
//! too old to say it must name our exact origin; one that says neither is refused. The form token (`token.rs`) comes on
//! top. Requests of other sites that are no navigation are refused whatever they ask.

use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, ORIGIN};

use super::errors::Error;

/// May this request go on? `origin` is the public URL's, as a browser writes it.
pub fn check(method: &Method, headers: &HeaderMap, origin: &str) -> Result<(), Error> {
    let site = text(headers, "sec-fetch-site");
    if site == Some("cross-site") && text(headers, "sec-fetch-mode").is_some_and(|mode| mode != "navigate") {
        return Err(Error::Foreign);
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let is_ours = match site {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|said| said.as_bytes() == origin.as_bytes()),
    };
    if is_ours { Ok(()) } else { Err(Error::Foreign) }
}

/// A header's value. One that is no text counts as present and matches nothing.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    const OURS: &str = "https://hello.example";

    fn verdict(method: &Method, said: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        check(method, &headers, OURS).is_ok()
    }

    #[test]
    fn a_post_passes_only_from_our_own_pages() {
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            (&[("sec-fetch-site", "same-site"), ("origin", OURS)], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", OURS)], false),
            (&[("sec-fetch-site", "none"), ("origin", OURS)], false),
            (&[("sec-fetch-site", ""), ("origin", OURS)], false),
            (&[("origin", OURS)], true),
            (&[("origin", "https://hello.example:8443")], false),
            (&[("origin", "http://hello.example")], false),
            (&[("origin", "https://hello.example.net")], false),
            (&[("origin", "null")], false),
            (&[], false),
        ];
        for (said, expected) in table {
            assert_eq!(verdict(&Method::POST, said), *expected, "{said:?}");
            assert_eq!(verdict(&Method::DELETE, said), *expected, "{said:?}");
        }
    }

    #[test]
    fn other_sites_may_link_to_us_but_not_load_from_us() {
        assert!(verdict(&Method::GET, &[]));
        assert!(verdict(&Method::GET, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
        assert!(!verdict(&Method::GET, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]));
        assert!(!verdict(&Method::HEAD, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")]));
        assert!(verdict(&Method::GET, &[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "no-cors")]));
    }
}
