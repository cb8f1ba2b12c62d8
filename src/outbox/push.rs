//! Writing a mail down, and taking it back while it has not left.

use diesel::prelude::*;

use super::bounces::{self, LETTER, SentRow};
use super::{Error, Finished, Kind, days, payload_place};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::notices::Notice;
use crate::store::ids::{JoinId, MemberId, OfferId, OutboxId, SponsorshipId};
use crate::store::schema::outbox;
use crate::store::{Conn, Tx};
use crate::vault::{DayKey, SealedToDay};
use crate::{insert_all, on_each};

/// Who reads a mail: a member, whoever has the address that is being proven, or who hosts this.
#[derive(Clone, Copy)]
pub enum Reader {
    Member(MemberId),
    Joining(JoinId),
    Operator,
}

/// What a mail is about, so that it can be withdrawn with it.
#[derive(Clone, Copy, Default)]
pub struct About {
    pub sponsorship: Option<SponsorshipId>,
    pub writer: Option<MemberId>,
    pub offer: Option<OfferId>,
    /// Useless after this moment (a code); otherwise the policy's longest stay.
    pub useful_until: Option<Timestamp>,
}

pub fn push_notice(tx: &mut Tx<'_>, ground: &Ground, to: Reader, about: About, notice: &Notice) -> Result<(), Error> {
    push(tx, ground, to, about, &Parcel { kind: Kind::Notice, reason: notice.name(), payload: &notice_bytes(notice)? })
}

/// Several at once.
pub fn push_notices(tx: &mut Tx<'_>, ground: &Ground, notices: &[(Reader, About, Notice)]) -> Result<(), Error> {
    let key = days::key_for(tx.conn(), &ground.vault, ground.now().day())?;
    let rows = notices.iter().map(|(to, about, notice)| {
        let sealed = SealedPayload::seal(ground, &key, &notice_bytes(notice)?)?;
        Ok(row(ground, (*to, *about), (Kind::Notice, notice.name()), sealed))
    });
    let rows = rows.collect::<Result<Vec<Row>, Error>>()?;
    insert_all!(tx.conn(), outbox::table, rows);
    Ok(())
}

fn notice_bytes(notice: &Notice) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec(notice).map_err(|_| crate::store::Error::Bug("a notice is not JSON"))?)
}

/// What somebody wrote on a page, for the mailer to scrub and rebuild.
pub struct PageLetter<'a> {
    pub text: &'a str,
    /// Its writer said that the numbers in it are meant.
    pub numbers_pass: bool,
}

pub fn push_letter(
    tx: &mut Tx<'_>,
    ground: &Ground,
    to: MemberId,
    about: About,
    letter: &PageLetter<'_>,
) -> Result<(), Error> {
    let kind = if letter.numbers_pass { Kind::LetterWithNumbers } else { Kind::Letter };
    let parcel = Parcel { kind, reason: LETTER, payload: letter.text.as_bytes() };
    push(tx, ground, Reader::Member(to), about, &parcel)
}

/// A letter that came by mail and is rebuilt already, sealed before the transaction: while one writes, all others wait.
pub struct SealedLetter {
    finished: Finished,
    sealed: SealedPayload,
}

impl SealedLetter {
    pub fn seal(ground: &Ground, finished: Finished) -> Result<Self, Error> {
        let sealed = ground.store.read(|conn| SealedPayload::seal_today(conn, ground, &finished.encode()))?;
        Ok(Self { finished, sealed })
    }
}

/// The bytes that leave.
pub fn push_finished(
    tx: &mut Tx<'_>,
    ground: &Ground,
    to: MemberId,
    about: About,
    letter: &SealedLetter,
) -> Result<(), Error> {
    let sent = SentRow { member: Some(to), reason: LETTER, sponsorship: about.sponsorship };
    bounces::insert(tx, ground, &letter.finished, &sent)?;
    let sealed = letter.sealed.clone(); // the transaction may run again
    insert(tx, &row(ground, (Reader::Member(to), about), (Kind::Finished, LETTER), sealed))
}

/// What a row holds, and the id it is bound to.
#[derive(Clone)]
struct SealedPayload {
    id: OutboxId,
    payload: SealedToDay,
}

impl SealedPayload {
    fn seal_today(conn: &mut Conn, ground: &Ground, payload: &[u8]) -> Result<Self, Error> {
        Self::seal(ground, &days::key_for(conn, &ground.vault, ground.now().day())?, payload)
    }

    fn seal(ground: &Ground, key: &DayKey, payload: &[u8]) -> Result<Self, Error> {
        let id = OutboxId::random(&ground.chance);
        let payload = ground.vault.seal_to_day(key, payload_place(&id), payload, &ground.chance)?;
        Ok(Self { id, payload })
    }
}

struct Parcel<'a> {
    kind: Kind,
    reason: &'static str,
    payload: &'a [u8],
}

fn push(tx: &mut Tx<'_>, ground: &Ground, to: Reader, about: About, parcel: &Parcel<'_>) -> Result<(), Error> {
    let sealed = SealedPayload::seal_today(tx.conn(), ground, parcel.payload)?;
    insert(tx, &row(ground, (to, about), (parcel.kind, parcel.reason), sealed))
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct Row {
    id: OutboxId,
    kind: Kind,
    reason: &'static str,
    member: Option<MemberId>,
    join_id: Option<JoinId>,
    sponsorship: Option<SponsorshipId>,
    writer: Option<MemberId>,
    offer: Option<OfferId>,
    payload: SealedToDay,
    due_at: Timestamp,
    attempts: i32,
    made_at: Timestamp,
    gives_up_at: Timestamp,
}

fn row(
    ground: &Ground,
    (to, about): (Reader, About),
    (kind, reason): (Kind, &'static str),
    sealed: SealedPayload,
) -> Row {
    let now = ground.now();
    let (member, join_id) = match to {
        Reader::Member(member) => (Some(member), None),
        Reader::Joining(join) => (None, Some(join)),
        Reader::Operator => (None, None),
    };
    Row {
        id: sealed.id,
        kind,
        reason,
        member,
        join_id,
        sponsorship: about.sponsorship,
        writer: about.writer,
        offer: about.offer,
        payload: sealed.payload,
        due_at: now,
        attempts: 0,
        made_at: now,
        gives_up_at: about.useful_until.unwrap_or_else(|| now.plus(ground.policy.letters.kept_at_most)),
    }
}

fn insert(tx: &mut Tx<'_>, row: &Row) -> Result<(), Error> {
    on_each!(tx.conn(), c => diesel::insert_into(outbox::table).values(row).execute(c))?;
    Ok(())
}

/// The mail of an offer that was withdrawn or answered: nobody should read it now.
pub fn withdraw_offer(tx: &mut Tx<'_>, offer: OfferId) -> Result<(), Error> {
    diesel::delete(outbox::table.filter(outbox::offer.eq(offer))).execute(tx.conn())?;
    Ok(())
}

/// Letters and notices of a contact that ends. Returns those whose letters did not go, once each.
pub fn withdraw_sponsorship(tx: &mut Tx<'_>, sponsorship: SponsorshipId) -> Result<Vec<MemberId>, Error> {
    let mut writers: Vec<MemberId> = outbox::table
        .filter(outbox::sponsorship.eq(sponsorship).and(outbox::writer.is_not_null()))
        .select(outbox::writer.assume_not_null())
        .load(tx.conn())?;
    writers.sort_unstable();
    writers.dedup();
    diesel::delete(outbox::table.filter(outbox::sponsorship.eq(sponsorship))).execute(tx.conn())?;
    Ok(writers)
}
