//! Reads the list of meetings that the policy names, over HTTP, when it is due. It runs beside the mailer and in its role
//! only: the pages fetch nothing.
//!
//! Promises: a list that cannot be read, is none, is empty or does not end changes nothing; one reading takes bounded time and
//! memory; it stops when told to. Never does: send a cookie or anything about a person or this install, follow a redirect
//! away from TLS, log what the server said.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use reqwest::{Client, Response, StatusCode, redirect};
use rustls::crypto::{CryptoProvider, ring};
use tokio::sync::watch;
use url::Url;

use crate::ground::Ground;
use crate::meetings::{self, Due, Marks, Meeting};
use crate::store;

/// How often it is looked whether a reading is due.
const LOOKS_EVERY: Duration = Duration::from_mins(1);
const MOST_REDIRECTS: usize = 3;
/// Longer marks are not worth their room.
const LONGEST_MARK: usize = 200;

/// What one reading may take.
#[derive(Clone, Copy)]
pub struct Limits {
    pub connect: Duration,
    /// From the first octet sent to the last received.
    pub whole: Duration,
}

impl Limits {
    pub const USUAL: Self = Self { connect: Duration::from_secs(10), whole: Duration::from_secs(30) };
}

/// Why nothing was read; the word of it is all that the log says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Failure {
    #[error("the client cannot be set up")]
    SetUp,
    #[error("nobody answers, or not over TLS")]
    Unreachable,
    #[error("too slow")]
    Slow,
    #[error("redirected too often, or away from TLS")]
    Redirected,
    #[error("an answer other than a list")]
    Status,
    #[error("the answer broke off")]
    Broken,
    #[error("too large")]
    TooLarge,
    #[error("not in the Meeting Guide format")]
    NotAList,
    #[error("no meeting in it that can be shown")]
    Empty,
}

/// What became of a pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    NotDue,
    Kept,
    Unchanged,
    Failed(Failure),
}

enum Answer {
    Unchanged,
    List { octets: Vec<u8>, marks: Marks },
}

/// Reads whenever it is due, until told to stop; a reading under way is dropped then.
pub async fn run(ground: Ground, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            done = pass(&ground, Limits::USUAL) => report(&done),
            _ = stop.changed() => continue,
        }
        tokio::select! {
            () = tokio::time::sleep(LOOKS_EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

fn report(done: &Result<Pass, store::Error>) {
    match done {
        Ok(Pass::Failed(why)) => tracing::warn!(%why, "the list of meetings could not be read"),
        Ok(Pass::Kept) => tracing::info!("the list of meetings was read"),
        Ok(Pass::NotDue | Pass::Unchanged) => {}
        Err(_) => tracing::error!("the list of meetings could not be kept"),
    }
}

/// Reads the list if it is due.
pub async fn pass(ground: &Ground, limits: Limits) -> Result<Pass, store::Error> {
    let Some(due) = ground.run(meetings::find_due).await? else { return Ok(Pass::NotDue) };
    let due = Arc::new(due);
    let noted = Arc::clone(&due);
    ground.run(move |ground| meetings::note_try(ground, &noted)).await?;
    match ask(&due, limits).await {
        Err(why) => Ok(Pass::Failed(why)),
        Ok(Answer::Unchanged) => {
            ground.run(move |ground| meetings::keep_unchanged(ground, &due)).await?;
            Ok(Pass::Unchanged)
        }
        // A large list takes the processor for a while: off the async threads.
        Ok(Answer::List { octets, marks }) => ground.run(move |ground| keep(ground, &due, &octets, &marks)).await,
    }
}

fn keep(ground: &Ground, due: &Due, octets: &[u8], marks: &Marks) -> Result<Pass, store::Error> {
    let meetings: Vec<Meeting> = match meetings::read(octets) {
        Err(meetings::NotAList) => return Ok(Pass::Failed(Failure::NotAList)),
        Ok(meetings) if meetings.is_empty() => return Ok(Pass::Failed(Failure::Empty)),
        Ok(meetings) => meetings,
    };
    meetings::keep(ground, due, &meetings, marks)?;
    Ok(Pass::Kept)
}

async fn ask(due: &Due, limits: Limits) -> Result<Answer, Failure> {
    let mut request = client(&due.address, limits)?.get(due.address.clone()).header(ACCEPT, "application/json");
    let marks = [(IF_NONE_MATCH, &due.marks.etag), (IF_MODIFIED_SINCE, &due.marks.last_modified)];
    let is_conditional = marks.iter().any(|(_, mark)| mark.is_some());
    for (name, mark) in marks {
        if let Some(mark) = mark {
            request = request.header(name, mark);
        }
    }
    let answer = request.send().await.map_err(|error| kind(&error))?;
    match answer.status() {
        StatusCode::OK => {
            let marks =
                Marks { etag: mark(answer.headers(), ETAG), last_modified: mark(answer.headers(), LAST_MODIFIED) };
            Ok(Answer::List { octets: body(answer).await?, marks })
        }
        StatusCode::NOT_MODIFIED if is_conditional => Ok(Answer::Unchanged),
        _ => Err(Failure::Status),
    }
}

/// Every TLS of this program is rustls with ring. The HTTP client brings no cryptography of its own and stops without one, so
/// this comes before the first client of the process; to say it again changes nothing.
pub fn use_ring() {
    let _: Result<(), Arc<CryptoProvider>> = ring::default_provider().install_default();
}

/// Made anew for each reading: between two of them lie hours.
fn client(address: &Url, limits: Limits) -> Result<Client, Failure> {
    use_ring();
    Client::builder()
        .user_agent("list-reader")
        .connect_timeout(limits.connect)
        .timeout(limits.whole)
        .redirect(redirects(address))
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(0)
        .build()
        .map_err(|_| Failure::SetUp)
}

/// To itself, or to another name under TLS: a feed on this machine stays on its port, and none leads into a private network by
/// an address instead of a name.
fn redirects(address: &Url) -> redirect::Policy {
    let feed = address.clone();
    redirect::Policy::custom(move |attempt| {
        let to = attempt.url();
        let is_same_server = to.origin() == feed.origin();
        let has_name = to.domain().is_some_and(|name| name.contains('.') && !name.ends_with(".localhost"));
        let is_elsewhere = to.scheme() == "https" && has_name;
        if attempt.previous().len() > MOST_REDIRECTS || !(is_same_server || is_elsewhere) {
            attempt.error(Failure::Redirected)
        } else {
            attempt.follow()
        }
    })
}

fn mark(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    (text.len() <= LONGEST_MARK).then(|| text.to_owned())
}

/// The whole of it, or nothing: what is longer than a list is not read on.
async fn body(mut answer: Response) -> Result<Vec<u8>, Failure> {
    let most = meetings::MOST_BYTES;
    if answer.content_length().is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > most)) {
        return Err(Failure::TooLarge);
    }
    let mut octets = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| kind(&error))? {
        if octets.len() + piece.len() > most {
            return Err(Failure::TooLarge);
        }
        octets.extend_from_slice(&piece);
    }
    Ok(octets)
}

fn kind(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        Failure::Slow
    } else if error.is_redirect() {
        Failure::Redirected
    } else if error.is_connect() {
        Failure::Unreachable
    } else if error.is_builder() {
        Failure::SetUp
    } else {
        Failure::Broken
    }
}
