//! What the mail side learnt about a member's mailbox: that mail to it comes back or is not wanted, and which mailboxes
//! came before it. Stopping and starting is here; what a report means is the relay's to say.

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::error::Error;
use crate::clock::Day;
use crate::ground::Ground;
use crate::on_each;
use crate::store::ids::MemberId;
use crate::store::schema::{former_addresses, members, sponsorships};
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::SealedToMailer;
use crate::word_enum;

word_enum! {
    /// Why no mail but codes goes to a member until they sign in.
    MailStopped {
        /// It came back for good on two days.
        Bounced = "bounced",
        /// It was reported as unwanted.
        Complained = "complained",
    }
}

/// Two failures further apart than this are two accidents, not a mailbox that is gone.
const BOUNCES_WITHIN: TimeDelta = TimeDelta::days(30);

pub fn mail_stopped(conn: &mut Conn, member: MemberId) -> Result<Option<MailStopped>, Error> {
    Ok(on_each!(conn, c => members::table.find(member).select(members::mail_stopped).first(c)).optional()?.flatten())
}

/// A mail came back for good. The second time, on another day, stops the mail; tells whether it did.
pub fn note_bounce(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let today = ground.now().day();
    let before: Option<Option<Day>> =
        members::table.find(member).select(members::bounced_on).first(tx.conn()).optional()?;
    let days = before.flatten().map(|before| i64::from(today.0) - i64::from(before.0));
    match days {
        Some(0) => Ok(false),
        Some(days) if (1..=BOUNCES_WITHIN.num_days()).contains(&days) => {
            stop_mail(tx, member, MailStopped::Bounced)?;
            Ok(true)
        }
        _ => {
            diesel::update(members::table.find(member)).set(members::bounced_on.eq(today)).execute(tx.conn())?;
            Ok(false)
        }
    }
}

pub fn stop_mail(tx: &mut Tx<'_>, member: MemberId, why: MailStopped) -> Result<(), Error> {
    let going = members::table.filter(members::id.eq(member).and(members::mail_stopped.is_null()));
    diesel::update(going).set(members::mail_stopped.eq(why)).execute(tx.conn())?;
    Ok(())
}

/// Whoever signs in, or proves another mailbox, reads mail and wants it.
pub(super) fn let_mail_go(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Error> {
    let noted = members::bounced_on.is_not_null().or(members::mail_stopped.is_not_null());
    if diesel::select(exists(members::table.filter(members::id.eq(member).and(noted)))).get_result(tx.conn())? {
        diesel::update(members::table.find(member))
            .set((members::bounced_on.eq(None::<Day>), members::mail_stopped.eq(None::<MailStopped>)))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// An address that the member leaves, with the index it is sealed under.
pub(super) fn keep_former(
    tx: &mut Tx<'_>,
    ground: &Ground,
    member: MemberId,
    (address, index): (&SealedToMailer, Digest),
) -> Result<(), Error> {
    diesel::delete(former_addresses::table.find((member, index))).execute(tx.conn())?;
    diesel::insert_into(former_addresses::table)
        .values((
            former_addresses::member.eq(member),
            former_addresses::address_index.eq(index),
            former_addresses::address.eq(address),
            former_addresses::left_month.eq(ground.now().month()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// For the gate: sealed as the member's own address is, under the index of each.
pub fn list_former(conn: &mut Conn, member: MemberId) -> Result<Vec<(SealedToMailer, Digest)>, Error> {
    let theirs = former_addresses::table.filter(former_addresses::member.eq(member));
    Ok(on_each!(conn, c => theirs.select((former_addresses::address, former_addresses::address_index)).load(c))?)
}

/// An old address is of use to the gate as long as somebody may quote an old letter.
pub fn forget_former(ground: &Ground) -> Result<(), Error> {
    ground.store.sweep(|tx| {
        let running = sponsorships::table.filter(sponsorships::ended_at.is_null()).filter(
            sponsorships::sponsor.eq(former_addresses::member).or(sponsorships::sponsee.eq(former_addresses::member)),
        );
        let idle = former_addresses::table.filter(diesel::dsl::not(exists(running)));
        Ok(diesel::delete(idle).execute(tx.conn())?)
    })
}
