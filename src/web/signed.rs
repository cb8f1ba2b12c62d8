//! Who asks: the member behind the session cookie. An idle session is over like one that ended. Every page that knows its
//! reader renews the time of the last use, which rides in the sealed cookie, so that reading writes nothing.

use actix_web::cookie::Cookie;
use actix_web::{HttpMessage, HttpRequest, web};
use chrono::TimeDelta;

use super::cookies::{self, SessionCookie};
use super::errors::Error;
use super::page::House;
use crate::ground::Ground;
use crate::members::{self, Member, SessionDoor};
use crate::vault::SessionToken;

const MEMBER_IDLE: TimeDelta = TimeDelta::minutes(30);
const DESK_IDLE: TimeDelta = TimeDelta::minutes(15);
const OWN_DEVICE_IDLE: TimeDelta = TimeDelta::days(14);
/// As long as the longest session of its kind; the store knows the real end.
const COOKIE_LIVES: TimeDelta = TimeDelta::hours(12);
const OWN_DEVICE_COOKIE_LIVES: TimeDelta = TimeDelta::days(30);

pub struct Signed {
    pub member: Member,
    pub door: SessionDoor,
    /// Stays signed in here.
    pub own_device: bool,
    /// Proven lately enough for what asks for a fresh proof.
    pub is_fresh: bool,
}

/// A cookie that the edge puts on the answer.
pub(super) struct Renewed(pub Cookie<'static>);

fn inside(request: &HttpRequest) -> Result<(&House, &Ground), Error> {
    let (house, ground) = (request.app_data::<House>(), request.app_data::<web::Data<Ground>>());
    let ground = ground.map(web::Data::get_ref);
    house.zip(ground).ok_or(Error::Bug("no house or no ground in the app data"))
}

/// The member who asks, if the session still opens something.
pub async fn find(request: &HttpRequest) -> Result<Option<Signed>, Error> {
    let (house, ground) = inside(request)?;
    let Some(session) = cookies::read_session(house, request) else { return Ok(None) };
    let idle = ground.now().since(session.used_at);
    let token = session.token.clone();
    let found = ground.run(move |ground| members::find_session(ground, &token)).await?;
    let Some(members::Session { member, door, is_fresh }) = found else { return Ok(None) };
    let most = match door {
        SessionDoor::Desk => DESK_IDLE,
        SessionDoor::Member if session.own_device => OWN_DEVICE_IDLE,
        SessionDoor::Member => MEMBER_IDLE,
    };
    if idle > most {
        return Ok(None);
    }
    let own_device = session.own_device;
    let cookie = renewed(house, session)?;
    request.extensions_mut().insert(Renewed(cookie));
    Ok(Some(Signed { member, door, own_device, is_fresh }))
}

/// The cookie with this use in it.
fn renewed(house: &House, session: SessionCookie) -> Result<Cookie<'static>, Error> {
    let now = house.clock.now();
    let lives = if session.own_device { OWN_DEVICE_COOKIE_LIVES } else { COOKIE_LIVES };
    cookies::session(house, &SessionCookie { used_at: now, ..session }, now.plus(lives))
}

/// Stays signed in on this device, which is the member's own. `None`: a session that may not, or is over.
pub async fn keep(request: &HttpRequest) -> Result<Option<Cookie<'static>>, Error> {
    let (house, ground) = inside(request)?;
    let Some(session) = cookies::read_session(house, request) else { return Ok(None) };
    let token = session.token.clone();
    let kept = ground.run(move |ground| members::keep_session(ground, &token)).await?;
    kept.map(|_| renewed(house, SessionCookie { own_device: true, ..session })).transpose()
}

/// Who asks, for the desk's pages: a member's own session does not open them.
pub async fn find_at_desk(request: &HttpRequest) -> Result<Option<Signed>, Error> {
    Ok(find(request).await?.filter(|signed| signed.door == SessionDoor::Desk))
}

/// The cookie of a session just opened.
pub fn cookie(house: &House, token: SessionToken) -> Result<Cookie<'static>, Error> {
    renewed(house, SessionCookie { token, used_at: house.clock.now(), own_device: false })
}
