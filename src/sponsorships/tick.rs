//! What is due for pairs: a yes without a letter. 24 h: the sponsor is reminded. 48 h: the newcomer gets "find me someone
//! else", and the desk sees it.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Side, Sponsorship, State};
use super::queries::partner_name;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::matching::is_quiet;
use crate::members::{self, QuestionKind};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::store::Tx;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::schema::sponsorships;

/// One pass. Each mail is a transaction of its own; a pair that changed meanwhile is left for the next pass.
pub fn tick(ground: &Ground) -> Result<(), Error> {
    let now = ground.now();
    let reminder = now.minus(ground.policy.sponsorships.hello_reminder_after);
    let choice = now.minus(ground.policy.sponsorships.hello_choice_after);
    let silent = ground.store.read(|conn| {
        sponsorships::table
            .filter(sponsorships::state.eq(State::Introduced).and(sponsorships::introduced_at.le(reminder)))
            .filter(sponsorships::reminded_at.is_null().or(sponsorships::choice_at.is_null()))
            .select(Sponsorship::as_select())
            .load(conn)
            .map_err(Error::from)
    })?;
    for pair in silent {
        if pair.choice_at.is_none() && pair.introduced_at <= choice {
            offer_choice(ground, pair.id)?;
        } else if pair.reminded_at.is_none() && pair.introduced_at > choice {
            remind(ground, pair.id)?;
        }
    }
    Ok(())
}

fn remind(ground: &Ground, id: SponsorshipId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let Some(pair) = still_silent(tx, id)?.filter(|pair| pair.reminded_at.is_none()) else { return Ok(()) };
        if is_asleep(tx, ground, pair.sponsor)? {
            return Ok(());
        }
        let first_name = name_of_partner(tx, &pair, Side::Sponsor)?;
        let about = About { sponsorship: Some(id), ..About::default() };
        outbox::push_notice(tx, ground, Reader::Member(pair.sponsor), about, &Notice::HelloIsDue { first_name })?;
        diesel::update(sponsorships::table.find(id))
            .set(sponsorships::reminded_at.eq(ground.now()))
            .execute(tx.conn())?;
        Ok(())
    })
}

fn offer_choice(ground: &Ground, id: SponsorshipId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let Some(pair) = still_silent(tx, id)?.filter(|pair| pair.choice_at.is_none()) else { return Ok(()) };
        if is_asleep(tx, ground, pair.sponsee)? {
            return Ok(());
        }
        let first_name = name_of_partner(tx, &pair, Side::Sponsee)?;
        let token = members::ask_question(tx, ground, pair.sponsee, id, QuestionKind::Late)?.text();
        let about = About { sponsorship: Some(id), ..About::default() };
        let notice = Notice::ChoiceForYou { first_name, token };
        outbox::push_notice(tx, ground, Reader::Member(pair.sponsee), about, &notice)?;
        let now: Option<Timestamp> = Some(ground.now());
        diesel::update(sponsorships::table.find(id))
            .set((sponsorships::choice_at.eq(now), sponsorships::reminded_at.eq(pair.reminded_at.or(now))))
            .execute(tx.conn())?;
        Ok(())
    })
}

fn still_silent(tx: &mut Tx<'_>, id: SponsorshipId) -> Result<Option<Sponsorship>, Error> {
    let found = super::queries::find_sponsorship(tx.conn(), id)?;
    Ok(found.filter(|pair| pair.state == State::Introduced))
}

fn is_asleep(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let found = members::find_member(tx.conn(), member)?;
    Ok(found.is_none_or(|member| is_quiet(ground.now(), member.utc_offset_min, &ground.policy.quiet_hours)))
}

fn name_of_partner(tx: &mut Tx<'_>, pair: &Sponsorship, reader: Side) -> Result<String, Error> {
    let name = partner_name(tx.conn(), pair, reader)?;
    Ok(name.map(|name| name.as_str().to_owned()).unwrap_or_default())
}
