//! The header set that every answer of our code carries, whatever its status. Called by the edge, once per answer.
//! It never names software or version, and never repeats anything that a request brought, except a path without a
//! token for the onion address.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// What the headers depend on.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The public URL is https: browsers may be told never to come back without it.
    pub https: bool,
    pub kind: Kind,
    /// An onion address and the path it serves, for pages whose path holds no token.
    pub onion: Option<(&'a str, &'a str)>,
}

/// Three kinds of answer differ in what a browser and a search engine may keep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The front page may be found, not kept.
    Landing,
    Page,
    /// A file with its hash in the name.
    Asset,
    /// Leaving: the next site must not learn where one comes from.
    Leave,
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const POLICY_HTTPS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
    upgrade-insecure-requests";
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), display-capture=(), \
    fullscreen=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), interest-cohort=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), web-share=(), \
    xr-spatial-tracking=()";

/// The same on every answer.
const ALWAYS: &[(&str, &str)] = &[
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("origin-agent-cluster", "?1"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-dns-prefetch-control", "off"),
    ("permissions-policy", PERMISSIONS),
];

/// Writes the whole set, over whatever a handler may have set of the same names.
pub fn write(headers: &mut HeaderMap, answer: Answer<'_>) {
    for &(name, value) in ALWAYS {
        put(headers, name, value);
    }
    put(headers, "content-security-policy", if answer.https { POLICY_HTTPS } else { POLICY });
    if answer.https {
        put(headers, "strict-transport-security", "max-age=63072000; includeSubDomains"); // two years
    }
    // `no-referrer` on a page would make its own forms say `Origin: null`; the answer that leaves has no form.
    put(headers, "referrer-policy", if answer.kind == Kind::Leave { "no-referrer" } else { "same-origin" });
    let robots = if answer.kind == Kind::Landing { "noarchive" } else { "noindex, nofollow, noarchive" };
    put(headers, "x-robots-tag", robots);
    put(headers, "cache-control", if answer.kind == Kind::Asset { "private, max-age=3600" } else { "no-store" });
    if let Some((host, path)) = answer.onion
        && let Ok(value) = HeaderValue::from_str(&format!("http://{host}{path}"))
    {
        headers.insert(HeaderName::from_static("onion-location"), value);
    }
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}
