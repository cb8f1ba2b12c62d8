//! A sponsor steps back for a while: every contact rests, each newcomer is asked alone what would help, and one press comes
//! back. Nobody learns why, and nobody loses their place.

use diesel::prelude::*;

use super::end::{end, name_of_partner};
use super::error::Error;
use super::model::{Side, Sponsorship, State};
use super::queries::{list_active_of_sponsor, owe_anew};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::members::{self, QuestionKind};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::store::ids::{MemberId, RequestId, SponsorshipId};
use crate::store::schema::sponsorships;
use crate::store::{Conn, Tx};

/// Rests every contact of a sponsor until then and asks each newcomer. What is written for now ends, since it is short by its
/// nature.
pub fn step_back(tx: &mut Tx<'_>, ground: &Ground, sponsor: MemberId, until: Timestamp) -> Result<(), Error> {
    for pair in list_active_of_sponsor(tx.conn(), sponsor)? {
        if pair.is_for_now() {
            end(tx, ground, &pair, Side::Sponsor)?;
        } else {
            rest(tx, ground, &pair, until)?;
        }
    }
    Ok(())
}

/// Another day to be back, for those contacts that rest already.
pub fn move_return(tx: &mut Tx<'_>, ground: &Ground, sponsor: MemberId, until: Timestamp) -> Result<(), Error> {
    for pair in list_active_of_sponsor(tx.conn(), sponsor)? {
        if pair.is_paused() {
            rest(tx, ground, &pair, until)?;
        }
    }
    Ok(())
}

/// Another day is told too: the newcomer chose by the one before. A second press on the same day is nothing new.
fn rest(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, until: Timestamp) -> Result<(), Error> {
    diesel::update(sponsorships::table.find(pair.id)).set(sponsorships::paused_until.eq(until)).execute(tx.conn())?;
    if pair.paused_until.is_some_and(|told| told.day() == until.day()) {
        return Ok(());
    }
    let first_name = name_of_partner(tx, pair, Side::Sponsee)?;
    let token = members::ask_question(tx, ground, pair.sponsee, Some(pair.id), QuestionKind::Back)?.text();
    let about = About { sponsorship: Some(pair.id), ..About::default() };
    let notice = Notice::SteppedBack { first_name, until, token };
    outbox::push_notice(tx, ground, Reader::Member(pair.sponsee), about, &notice)?;
    Ok(())
}

/// The sponsor is back: what was owed is owed from today.
pub fn come_back(tx: &mut Tx<'_>, ground: &Ground, sponsor: MemberId) -> Result<(), Error> {
    for pair in list_active_of_sponsor(tx.conn(), sponsor)? {
        if pair.is_paused() {
            end_pause(tx, ground, &pair)?;
        }
    }
    Ok(())
}

/// The same by the press on a contact's own page; the hand stays as it is.
pub fn return_of(ground: &Ground, sponsor: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| come_back(tx, ground, sponsor))
}

pub(super) fn end_pause(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship) -> Result<(), Error> {
    let never = None::<Timestamp>;
    diesel::update(sponsorships::table.find(pair.id))
        .set((
            sponsorships::paused_until.eq(never),
            sponsorships::back_at.eq(ground.now()),
            sponsorships::reminded_at.eq(never),
            sponsorships::choice_at.eq(never),
        ))
        .execute(tx.conn())?;
    match pair.last_writer {
        Some(writer) => owe_anew(tx, pair.id, writer, ground.now()),
        None => Ok(()),
    }
}

/// The contact lasts until somebody says yes to this request; `None`: it goes on as before.
pub fn set_handover(tx: &mut Tx<'_>, pair: SponsorshipId, until: Option<RequestId>) -> Result<(), Error> {
    diesel::update(sponsorships::table.find(pair)).set(sponsorships::until_request.eq(until)).execute(tx.conn())?;
    Ok(())
}

/// The pairs that last until somebody new says yes.
pub fn list_handovers(conn: &mut Conn) -> Result<Vec<Sponsorship>, Error> {
    Ok(sponsorships::table
        .filter(sponsorships::until_request.is_not_null().and(sponsorships::state.ne(State::Ended)))
        .order((sponsorships::introduced_at, sponsorships::id))
        .select(Sponsorship::as_select())
        .load(conn)?)
}
