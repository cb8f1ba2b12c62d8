//! What may be said of a link in a page: where it leads, without what says who clicked. Called by html.

use url::Url;

/// Parameters that say who clicked.
const TRACKERS: &[&str] =
    &["gclid", "fbclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_hsenc", "_hsmi"];
/// An http or https address without tracking parameters; empty for `mailto:` and everything else.
pub(super) fn target(href: &str) -> String {
    let Ok(mut url) = Url::parse(href.trim()) else { return String::new() };
    if !matches!(url.scheme(), "http" | "https") {
        return String::new();
    }
    let is_tracker = |key: &str| key.starts_with("utm_") || TRACKERS.contains(&key);
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(key, _)| !is_tracker(key)).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    if kept.len() < url.query_pairs().count() {
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    url.to_string()
}
