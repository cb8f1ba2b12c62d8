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
/// As long as the longest session; the store knows the real end.
const COOKIE_LIVES: TimeDelta = TimeDelta::hours(12);

pub struct Signed {
    pub member: Member,
    pub door: SessionDoor,
}

/// A cookie that the edge puts on the answer.
pub(super) struct Renewed(pub Cookie<'static>);

/// The member who asks, if the session still opens something.
pub async fn find(request: &HttpRequest) -> Result<Option<Signed>, Error> {
    let (Some(house), Some(ground)) = (request.app_data::<House>(), request.app_data::<web::Data<Ground>>()) else {
        return Err(Error::Bug("no house or no ground in the app data"));
    };
    let Some(session) = cookies::read_session(house, request) else { return Ok(None) };
    let idle = ground.now().since(session.used_at);
    let token = session.token.clone();
    let found = ground.run(move |ground| members::find_session(ground, &token)).await?;
    let Some((member, door)) = found else { return Ok(None) };
    let most = if door == SessionDoor::Desk { DESK_IDLE } else { MEMBER_IDLE };
    if idle > most {
        return Ok(None);
    }
    let used = SessionCookie { used_at: ground.now(), ..session };
    let cookie = cookies::session(house, &used, ground.now().plus(COOKIE_LIVES))?;
    request.extensions_mut().insert(Renewed(cookie));
    Ok(Some(Signed { member, door }))
}

/// The same, for the desk's pages: a member's own session does not open them.
pub async fn find_at_desk(request: &HttpRequest) -> Result<Option<Signed>, Error> {
    Ok(find(request).await?.filter(|signed| signed.door == SessionDoor::Desk))
}

/// The cookie of a session just opened.
pub fn cookie(house: &House, token: SessionToken) -> Result<Cookie<'static>, Error> {
    let now = house.clock.now();
    cookies::session(house, &SessionCookie { token, used_at: now, own_device: false }, now.plus(COOKIE_LIVES))
}
