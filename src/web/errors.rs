//! Kinds of trouble, and the one place where a kind becomes a status and a page. A page of trouble carries no path, no
//! query, no id and no version. Unknown, not yours, ended and blocked are one kind, so that nobody learns which.
//! Handlers return an `Error`; the edge renders it in the language of the path.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};

use crate::store::Cause;
use crate::{desk, hands, members, privacy, relay, requests, safety, sponsorships, store};

/// What a page may have to say instead of what was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    #[error("not understood")]
    BadRequest,
    /// No such page, or none for this person.
    #[error("not here")]
    NotHere,
    /// A changing request that did not come from our own form. Reads like `NotHere`.
    #[error("not from our own form")]
    Foreign,
    #[error("no such method here")]
    NoSuchMethod,
    #[error("the body took too long")]
    TooSlow,
    #[error("too large")]
    TooLarge,
    /// Come back in so many seconds.
    #[error("wait")]
    Wait(u32),
    /// The browser did not send back the cookie that the page before had set.
    #[error("cookies are off")]
    CookiesOff,
    /// The store or another part is away for a moment.
    #[error("busy")]
    Busy,
    /// What cannot happen, happened. The place goes to the log, not to the page.
    #[error("bug: {0}")]
    Bug(&'static str),
}

/// Seconds after which a busy service is worth another try.
const BUSY_SECONDS: u32 = 10;

impl Error {
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::CookiesOff => StatusCode::BAD_REQUEST,
            Self::NotHere => StatusCode::NOT_FOUND,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Bug(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The kind behind a bare status, as actix or one of its extractors answers.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotHere,
            StatusCode::FORBIDDEN => Self::Foreign,
            StatusCode::METHOD_NOT_ALLOWED => Self::NoSuchMethod,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::Wait(BUSY_SECONDS),
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            other if other.is_server_error() => Self::Bug("an answer of the framework"),
            _ => Self::BadRequest,
        }
    }

    /// Seconds to wait before the next try, where waiting helps.
    pub fn wait_seconds(self) -> Option<u32> {
        match self {
            Self::Wait(seconds) => Some(seconds.max(1)),
            Self::Busy => Some(BUSY_SECONDS),
            _ => None,
        }
    }

    /// Message keys of the heading and the sentence below it.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotHere | Self::Foreign | Self::NoSuchMethod => ("not-here-title", "not-here-text"),
            Self::BadRequest | Self::TooSlow => ("sorry-unclear-title", "sorry-unclear-text"),
            Self::TooLarge => ("sorry-large-title", "sorry-large-text"),
            Self::Wait(_) => ("sorry-wait-title", "sorry-wait-text"),
            Self::CookiesOff => ("cookies-off-title", "cookies-off-text"),
            Self::Busy => ("sorry-busy-title", "sorry-busy-text"),
            Self::Bug(_) => ("sorry-bug-title", "sorry-bug-text"),
        }
    }
}

/// Trouble of the rooms below. What a person can put right never comes this way: use cases return it as a value.
macro_rules! from_room {
    ($($room:ident),+) => {
        $(impl From<$room::Error> for Error {
            fn from(error: $room::Error) -> Self {
                match error.store_error() {
                    Some(store::Error::Pool(_) | store::Error::Connect(_)) => Self::Busy,
                    Some(error) if error.is_conflict() => Self::Busy,
                    _ => {
                        tracing::error!(room = stringify!($room), "a use case failed");
                        Self::Bug("a use case failed")
                    }
                }
            }
        })+
    };
}

from_room!(store, members, sponsorships, requests, hands, relay, safety, desk, privacy);

/// A bare answer that carries the kind to the edge, which knows the language and dresses it.
impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        if let Self::Bug(place) = self {
            tracing::error!(place, "bug");
        }
        let mut response = HttpResponse::new(self.status());
        if let Some(seconds) = self.wait_seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(*self);
        response
    }
}
