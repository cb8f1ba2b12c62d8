//! Sessions: a random token whose hash alone is stored, looked up each time. The last use rides in the sealed cookie, so
//! reading a page writes nothing.

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::duty::is_coordinator;
use super::error::{CodeProblem, Error};
use super::idle::note_active;
use super::join;
use super::mailbox::{let_mail_go, mail_stopped};
use super::model::{Member, SessionDoor};
use super::queries;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::notices::CodeDoor;
use crate::on_each;
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::{members, sessions};
use crate::vault::SessionToken;

/// Absolute life of a session, whatever its use.
const MEMBER_LIVES: TimeDelta = TimeDelta::hours(12);
const DESK_LIVES: TimeDelta = TimeDelta::hours(8);
/// A proof at the desk that is younger is fresh enough for what asks for one.
const DESK_FRESH: TimeDelta = TimeDelta::minutes(30);
/// On a device that is nobody else's.
const OWN_DEVICE_LIVES: TimeDelta = TimeDelta::days(30);

/// A new token; the caller puts it into the cookie.
pub fn open_session(
    tx: &mut Tx<'_>,
    ground: &Ground,
    member: MemberId,
    door: SessionDoor,
) -> Result<SessionToken, Error> {
    note_here(tx, ground, member)?;
    let token = SessionToken::draw(&ground.chance);
    let lives = if door == SessionDoor::Desk { DESK_LIVES } else { MEMBER_LIVES };
    diesel::insert_into(sessions::table)
        .values((
            sessions::token.eq(token.digest()),
            sessions::member.eq(member),
            sessions::door.eq(door),
            sessions::made_at.eq(ground.now()),
            sessions::ends_at.eq(ground.now().plus(lives)),
        ))
        .execute(tx.conn())?;
    Ok(token)
}

/// Whoever comes in is active, and mail to them goes again. One question tells that both are so already, as mostly.
fn note_here(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    let is_news = members::active_month
        .lt(ground.now().month())
        .or(members::bounced_on.is_not_null())
        .or(members::mail_stopped.is_not_null());
    let stands = members::table.filter(members::id.eq(member).and(is_news));
    if on_each!(tx.conn(), c => diesel::select(exists(stands)).get_result(c))? {
        note_active(tx, ground, member)?;
        let_mail_go(tx, member)?;
    }
    Ok(())
}

/// A session that runs.
pub struct Session {
    pub member: Member,
    /// What it opens; one of the desk opens the member's own pages too.
    pub door: SessionDoor,
    /// Whether the proof is young enough for what a stolen session must not do.
    pub is_fresh: bool,
}

/// None of the desk's lives longer than the term.
pub fn find_session(ground: &Ground, token: &SessionToken) -> Result<Option<Session>, Error> {
    ground.store.read(|conn| {
        let found: Option<(MemberId, SessionDoor, Timestamp)> = sessions::table
            .filter(sessions::token.eq(token.digest()).and(sessions::ends_at.gt(ground.now())))
            .select((sessions::member, sessions::door, sessions::made_at))
            .first(conn)
            .optional()?;
        let Some((id, door, proven_at)) = found else { return Ok(None) };
        if door == SessionDoor::Desk && !is_coordinator(conn, id, ground.now())? {
            return Ok(None);
        }
        let is_fresh = ground.now().since(proven_at) < DESK_FRESH;
        Ok(queries::find_member(conn, id)?.map(|member| Session { member, door, is_fresh }))
    })
}

/// The one at the desk has proven themselves anew. What the session began with is of no other use there: its end stays.
pub(super) fn note_proof(tx: &mut Tx<'_>, ground: &Ground, token: &SessionToken) -> Result<(), Error> {
    let at_desk = sessions::table.filter(sessions::token.eq(token.digest()).and(sessions::door.eq(SessionDoor::Desk)));
    diesel::update(at_desk).set(sessions::made_at.eq(ground.now())).execute(tx.conn())?;
    Ok(())
}

/// "My own device": the session a member asks this in lives longer, counted from its beginning. Gives its new end; `None` for
/// one of the desk, which never does.
pub fn keep_session(ground: &Ground, token: &SessionToken) -> Result<Option<Timestamp>, Error> {
    ground.store.write_tx(|tx| {
        let mine = sessions::table
            .filter(sessions::token.eq(token.digest()).and(sessions::door.eq(SessionDoor::Member)))
            .filter(sessions::ends_at.gt(ground.now()));
        let made_at: Option<Timestamp> = mine.select(sessions::made_at).first(tx.conn()).optional()?;
        let Some(ends_at) = made_at.map(|at| at.plus(OWN_DEVICE_LIVES)) else { return Ok(None) };
        diesel::update(sessions::table.find(token.digest())).set(sessions::ends_at.eq(ends_at)).execute(tx.conn())?;
        Ok(Some(ends_at))
    })
}

pub fn end_session(ground: &Ground, token: &SessionToken) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        diesel::delete(sessions::table.find(token.digest())).execute(tx.conn())?;
        Ok(())
    })
}

/// Signs a member out everywhere.
pub fn end_sessions_of(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Error> {
    diesel::delete(sessions::table.filter(sessions::member.eq(member))).execute(tx.conn())?;
    Ok(())
}

/// The same by the member's own press; the session it was pressed in ends too.
pub fn sign_out_everywhere(ground: &Ground, member: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| end_sessions_of(tx, member))
}

/// How signing in by code ended.
pub enum SignIn {
    Open {
        token: SessionToken,
        /// Mail to them had been stopped; it goes again from now on.
        mail_was_stopped: bool,
    },
    /// The address is proven and nobody's: "we do not know this address yet, ask here".
    NotYet,
    Problem(CodeProblem),
}

pub fn sign_in(ground: &Ground, browser: &[u8], typed: &str) -> Result<SignIn, Error> {
    ground.store.write_tx(|tx| match join::take_code(tx, ground, CodeDoor::In, browser, typed)? {
        Err(problem) => Ok(SignIn::Problem(problem)),
        Ok(joined) => match joined.member {
            None => Ok(SignIn::NotYet),
            Some(member) => {
                let mail_was_stopped = mail_stopped(tx.conn(), member.id)?.is_some();
                let token = open_session(tx, ground, member.id, SessionDoor::Member)?;
                Ok(SignIn::Open { token, mail_was_stopped })
            }
        },
    })
}

pub fn forget_sessions(ground: &Ground) -> Result<(), Error> {
    ground
        .store
        .sweep(|tx| Ok(diesel::delete(sessions::table.filter(sessions::ends_at.le(ground.now()))).execute(tx.conn())?))
}
