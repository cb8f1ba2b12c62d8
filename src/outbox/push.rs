//! Writing a mail down, and taking it back while it has not left.

use diesel::prelude::*;

use super::bounces::{self, LETTER, SentRow};
use super::{Error, Finished, Kind, days, payload_place};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::notices::Notice;
use crate::on_each;
use crate::store::ids::{JoinId, MemberId, OfferId, OutboxId, SponsorshipId};
use crate::store::schema::outbox;
use crate::store::{Conn, Tx};
use crate::vault::SealedToDay;

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
    let payload = serde_json::to_vec(notice).map_err(|_| crate::store::Error::Bug("a notice is not JSON"))?;
    push(tx, ground, to, about, &Parcel { kind: Kind::Notice, reason: notice.name(), payload: &payload })
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
        let sealed = ground.store.read(|conn| SealedPayload::seal(conn, ground, &finished.encode()))?;
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
    let row = SentRow { member: Some(to), reason: LETTER, sponsorship: about.sponsorship };
    bounces::insert(tx, ground, &letter.finished, &row)?;
    insert(tx, ground, (Reader::Member(to), about), (Kind::Finished, LETTER), &letter.sealed)
}

/// What a row holds, and the id it is bound to.
struct SealedPayload {
    id: OutboxId,
    payload: SealedToDay,
}

impl SealedPayload {
    fn seal(conn: &mut Conn, ground: &Ground, payload: &[u8]) -> Result<Self, Error> {
        let id = OutboxId::random(&ground.chance);
        let key = days::key_for(conn, &ground.vault, ground.now().day())?;
        let payload = ground.vault.seal_to_day(&key, payload_place(&id), payload, &ground.chance)?;
        Ok(Self { id, payload })
    }
}

struct Parcel<'a> {
    kind: Kind,
    reason: &'a str,
    payload: &'a [u8],
}

fn push(tx: &mut Tx<'_>, ground: &Ground, to: Reader, about: About, parcel: &Parcel<'_>) -> Result<(), Error> {
    let sealed = SealedPayload::seal(tx.conn(), ground, parcel.payload)?;
    insert(tx, ground, (to, about), (parcel.kind, parcel.reason), &sealed)
}

fn insert(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (to, about): (Reader, About),
    (kind, reason): (Kind, &str),
    sealed: &SealedPayload,
) -> Result<(), Error> {
    let now = ground.now();
    let (member, join) = match to {
        Reader::Member(member) => (Some(member), None),
        Reader::Joining(join) => (None, Some(join)),
        Reader::Operator => (None, None),
    };
    let kept = ground.policy.letters.kept_at_most;
    let values = (
        outbox::id.eq(sealed.id),
        outbox::kind.eq(kind),
        outbox::reason.eq(reason),
        outbox::member.eq(member),
        outbox::join_id.eq(join),
        outbox::sponsorship.eq(about.sponsorship),
        outbox::writer.eq(about.writer),
        outbox::offer.eq(about.offer),
        outbox::payload.eq(&sealed.payload),
        outbox::due_at.eq(now),
        outbox::attempts.eq(0),
        outbox::made_at.eq(now),
        outbox::gives_up_at.eq(about.useful_until.unwrap_or_else(|| now.plus(kept))),
    );
    on_each!(tx.conn(), c => diesel::insert_into(outbox::table).values(values).execute(c))?;
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
