//! The three cookies: the session, the browser that asked for a code, the draft. All are sealed, so that a browser keeps
//! them without being able to read, change or rename them, and carry their own end. Nobody gets one for reading.
//!
//! Sealed bytes: `end, seconds since 1970, big endian (8) | content`.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use chrono::TimeDelta;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::errors::Error;
use super::house::WebHouse;
use crate::clock::Timestamp;
use crate::vault::SessionToken;

/// As long as what waits for its code, so that numbers that got too old can be sent anew.
const BROWSER_LIFE: TimeDelta = TimeDelta::hours(24);
const DRAFT_LIFE: TimeDelta = TimeDelta::hours(24);
/// Browsers drop a cookie over 4096 bytes, name and attributes included.
const MAX_VALUE_BYTES: usize = 3_900;
const END_BYTES: usize = 8;
const TOKEN_CHARS: usize = 52;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Jar {
    Session,
    Browser,
    Draft,
}

impl Jar {
    pub const ALL: [Self; 3] = [Self::Session, Self::Browser, Self::Draft];

    /// `__Host-` binds a cookie to this host, to https and to `/`; over plain http (the demo, an onion) no browser takes it.
    fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-s",
            (Self::Browser, true) => "__Host-b",
            (Self::Draft, true) => "__Host-d",
            (Self::Session, false) => "s",
            (Self::Browser, false) => "b",
            (Self::Draft, false) => "d",
        }
    }
}

/// What the session cookie holds; the store knows only the digest of the token.
#[derive(Clone)]
pub struct SessionCookie {
    pub token: SessionToken,
    /// Last use, for the idle end.
    pub used_at: Timestamp,
    /// "My own device": the cookie outlives the browser window.
    pub own_device: bool,
}

/// A new session cookie for this use; `until` is the absolute end.
pub fn session(house: &WebHouse, session: &SessionCookie, until: Timestamp) -> Result<Cookie<'static>, Error> {
    let mut content = vec![u8::from(session.own_device)];
    content.extend_from_slice(&session.used_at.0.to_be_bytes());
    content.extend_from_slice(session.token.text().as_bytes());
    let mut cookie = sealed(house, Jar::Session, &content, until)?;
    if !session.own_device {
        cookie.unset_expires();
        cookie.set_max_age(None);
    }
    Ok(cookie)
}

pub fn read_session(house: &WebHouse, request: &HttpRequest) -> Option<SessionCookie> {
    let content = opened(house, request, Jar::Session)?;
    let (&own_device, rest) = content.split_first()?;
    let (used_at, token) = rest.split_first_chunk::<8>()?;
    let token = SessionToken::parse(std::str::from_utf8(token).ok().filter(|text| text.len() == TOKEN_CHARS)?)?;
    Some(SessionCookie { token, used_at: Timestamp(i64::from_be_bytes(*used_at)), own_device: own_device == 1 })
}

/// Marks the browser that asked for a code; the code works in no other.
pub fn browser(house: &WebHouse, secret: &[u8; 16]) -> Result<Cookie<'static>, Error> {
    sealed(house, Jar::Browser, secret, house.clock.now().plus(BROWSER_LIFE))
}

pub fn read_browser(house: &WebHouse, request: &HttpRequest) -> Option<[u8; 16]> {
    opened(house, request, Jar::Browser)?.try_into().ok()
}

/// Answers not yet sent, in this browser only, for 24 h.
///
/// # Errors
/// `TooLarge` if it does not fit a cookie, `Bug` if it is no JSON.
pub fn draft<T: Serialize>(house: &WebHouse, answers: &T) -> Result<Cookie<'static>, Error> {
    let content = serde_json::to_vec(answers).map_err(|_| Error::Bug("a draft that is no JSON"))?;
    sealed(house, Jar::Draft, &content, house.clock.now().plus(DRAFT_LIFE))
}

pub fn read_draft<T: DeserializeOwned>(house: &WebHouse, request: &HttpRequest) -> Option<T> {
    serde_json::from_slice(&opened(house, request, Jar::Draft)?).ok()
}

/// Tells the browser to drop a cookie.
pub fn forget(house: &WebHouse, jar: Jar) -> Cookie<'static> {
    let mut cookie = with_flags(house, jar, String::new());
    cookie.make_removal();
    cookie
}

/// Did this browser send the cookie at all, readable or not?
pub fn is_there(house: &WebHouse, request: &HttpRequest, jar: Jar) -> bool {
    request.cookie(jar.name(house.is_https())).is_some()
}

fn sealed(house: &WebHouse, jar: Jar, content: &[u8], until: Timestamp) -> Result<Cookie<'static>, Error> {
    let bytes = [until.0.to_be_bytes().as_slice(), content].concat();
    let value = house.vault.seal_cookie(jar.name(house.is_https()), &bytes, &house.chance);
    if value.is_empty() || value.len() > MAX_VALUE_BYTES {
        return Err(Error::TooLarge);
    }
    let mut cookie = with_flags(house, jar, value);
    cookie.set_max_age(Duration::seconds(until.since(house.clock.now()).num_seconds()));
    Ok(cookie)
}

fn with_flags(house: &WebHouse, jar: Jar, value: String) -> Cookie<'static> {
    Cookie::build(jar.name(house.is_https()), value)
        .path("/")
        .http_only(true)
        .secure(house.is_https())
        .same_site(SameSite::Strict)
        .finish()
}

fn opened(house: &WebHouse, request: &HttpRequest, jar: Jar) -> Option<Vec<u8>> {
    let name = jar.name(house.is_https());
    let bytes = house.vault.open_cookie(name, request.cookie(name)?.value())?;
    let (end, content) = bytes.split_first_chunk::<END_BYTES>()?;
    (house.clock.now() < Timestamp(i64::from_be_bytes(*end))).then(|| content.to_vec())
}
