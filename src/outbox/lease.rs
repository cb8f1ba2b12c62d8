//! Taking rows to send them. A lease keeps two mailers from one row; a mailer that died gives it back by the clock.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::bounces::{self, SentRow};
use super::{About, Error, Finished, Kind, Reader, Row, days, push};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::notices::Notice;
use crate::store::Conn;
use crate::store::ids::{MemberId, OutboxId};
use crate::store::schema::outbox;
use crate::vault::Place;

/// A send that takes longer than this is taken for dead. Longer than every time-out of the transport together.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// Waits after the first, second, … failed try; then hourly.
const WAITS_MIN: [i64; 6] = [1, 2, 5, 15, 30, 60];

/// How a try ended.
pub enum Outcome {
    /// Taken by the next hop, or of no use any more.
    Gone,
    /// To be tried again.
    Later,
    /// Gone, and somebody is told in the same transaction.
    GoneAndTold { reader: MemberId, notice: Notice },
}

/// Where the payload of a row lies.
pub fn payload_place(id: &OutboxId) -> Place<'_> {
    Place { table: "outbox", column: "payload", row: id.bytes() }
}

/// Leases up to `limit` rows that are due, oldest first: they are this mailer's until the lease ends.
pub fn claim(ground: &Ground, limit: i64) -> Result<Vec<Row>, Error> {
    let now = ground.now();
    ground.store.write_tx(|tx| {
        let free = outbox::lease_until.is_null().or(outbox::lease_until.lt(now));
        let ids: Vec<OutboxId> = outbox::table
            .filter(outbox::due_at.le(now).and(free))
            .order((outbox::due_at, outbox::made_at))
            .limit(limit)
            .select(outbox::id)
            .load(tx.conn())?;
        diesel::update(outbox::table.filter(outbox::id.eq_any(&ids)))
            .set(outbox::lease_until.eq(now.plus(LEASE)))
            .execute(tx.conn())?;
        let rows = outbox::table.filter(outbox::id.eq_any(&ids)).order((outbox::due_at, outbox::made_at));
        Ok(rows.select(Row::as_select()).load(tx.conn())?)
    })
}

/// Puts the finished bytes in the place of what they were made of. False if the row was withdrawn meanwhile.
pub fn store_finished(ground: &Ground, row: &Row, finished: &Finished) -> Result<bool, Error> {
    let now = ground.now();
    ground.store.write_tx(|tx| {
        let key = days::key_for(tx.conn(), &ground.vault, now.day())?;
        let sealed = ground.vault.seal_to_day(&key, payload_place(&row.id), &finished.encode(), &ground.chance)?;
        let changed = diesel::update(outbox::table.find(row.id))
            .set((outbox::kind.eq(Kind::Finished), outbox::payload.eq(sealed)))
            .execute(tx.conn())?;
        if changed == 1 {
            let sent = SentRow { member: row.member, reason: &row.reason, sponsorship: row.sponsorship };
            bounces::insert(tx, ground, finished, &sent)?;
        }
        Ok(changed == 1)
    })
}

/// Ends a try: the row goes, or waits for the next one.
pub fn settle(ground: &Ground, row: &Row, outcome: &Outcome) -> Result<(), Error> {
    let now = ground.now();
    let wait = wait_after(row.attempts, ground.chance.below(41));
    ground.store.write_tx(|tx| {
        match outcome {
            Outcome::Gone => diesel::delete(outbox::table.find(row.id)).execute(tx.conn())?,
            Outcome::GoneAndTold { reader, notice } => {
                let gone = diesel::delete(outbox::table.find(row.id)).execute(tx.conn())?;
                if gone == 1 {
                    push::push_notice(tx, ground, Reader::Member(*reader), About::default(), notice)?;
                }
                gone
            }
            Outcome::Later => diesel::update(outbox::table.find(row.id))
                .set((
                    outbox::lease_until.eq(None::<Timestamp>),
                    outbox::attempts.eq(row.attempts.saturating_add(1)),
                    outbox::due_at.eq(now.plus(wait)),
                ))
                .execute(tx.conn())?,
        };
        Ok(())
    })
}

/// The wait after a failed try, 80 to 120 % of the table by `jitter` 0..=40, so that a smarthost that comes back is not
/// met by everything at once.
fn wait_after(attempts: i32, jitter: u32) -> TimeDelta {
    let minutes = usize::try_from(attempts).ok().and_then(|n| WAITS_MIN.get(n)).copied().unwrap_or(60);
    TimeDelta::seconds(minutes * 60 * (80 + i64::from(jitter)) / 100)
}

/// When the mailer should look again, if anything waits: the next row that is due, or whose lease ends.
pub fn next_due_at(conn: &mut Conn, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let free = outbox::lease_until.is_null().or(outbox::lease_until.lt(now));
    let free: Option<Timestamp> =
        outbox::table.filter(free).select(outbox::due_at).order(outbox::due_at).first(conn).optional()?;
    let leased: Option<Timestamp> = outbox::table
        .filter(outbox::lease_until.ge(now))
        .select(outbox::lease_until.assume_not_null())
        .order(outbox::lease_until)
        .first(conn)
        .optional()?;
    Ok(free.into_iter().chain(leased.map(|until| until.plus(TimeDelta::seconds(1)))).min())
}

/// The oldest mail waiting, for `/readyz` and the desk.
pub fn oldest_made_at(conn: &mut Conn) -> Result<Option<Timestamp>, Error> {
    Ok(outbox::table.select(outbox::made_at).order(outbox::made_at).first(conn).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_an_hour_and_differ_by_a_fifth() {
        assert_eq!(wait_after(0, 20), TimeDelta::minutes(1));
        assert_eq!(wait_after(2, 0), TimeDelta::minutes(4));
        assert_eq!(wait_after(5, 20), TimeDelta::minutes(60));
        assert_eq!(wait_after(900, 40), TimeDelta::minutes(72));
    }
}
