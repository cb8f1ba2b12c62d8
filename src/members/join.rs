//! Proving an address by a mailed code of eight digits (D4).
//!
//! Asking for a code never looks the address up: every address gets one row, one mail, the same answer. What the person
//! asked for waits with the code, sealed, and is acted on when the code was typed in the same browser.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::banned::is_barred;
use super::error::{CodeProblem, Error};
use super::model::{FirstName, Member, MemberRow, TERMS_VERSION, address_place};
use super::queries;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::i18n::{Lang, check_words};
use crate::notices::{CodeDoor, Notice};
use crate::outbox::{self, About, Reader};
use crate::store::ids::{JoinId, MemberId};
use crate::store::schema::{joins, members};
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::{Address, Code, Place, Sealed, SealedToMailer, same};

/// A wish for a code.
pub struct AskCode<'a> {
    pub door: CodeDoor,
    /// The secret in the cookie of the browser that asks.
    pub browser: &'a [u8],
    pub address: &'a Address,
    pub lang: Lang,
    pub utc_offset_min: i32,
    /// What is to be done once the address is proven.
    pub draft: Option<&'a [u8]>,
}

/// A proven address, with what was asked for under it.
pub struct Joined {
    pub address_index: Digest,
    /// What the address is remembered by once its member is gone.
    pub memory_hash: Digest,
    pub lang: Lang,
    pub utc_offset_min: i32,
    pub draft: Option<Vec<u8>>,
    /// The member who has this address already.
    pub member: Option<Member>,
    pub(super) address: SealedToMailer,
    check_word: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = joins)]
pub(super) struct JoinRow {
    pub id: JoinId,
    pub door: CodeDoor,
    pub browser: Digest,
    pub address: SealedToMailer,
    pub address_index: Digest,
    pub memory_hash: Digest,
    pub check_word: String,
    pub language: Lang,
    pub utc_offset_min: i32,
    pub code_mac: Digest,
    pub tries_left: i32,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub draft: Option<Sealed>,
}

/// Writes the row and the mail with the code. Returns the word to look for in the subject, if the address is new to us.
///
/// # Errors
/// `TooManyCodes` when this address, known or not, had its share.
pub fn ask_code(ground: &Ground, ask: &AskCode<'_>) -> Result<String, Error> {
    mail_code(ground, new_row(ground, ask)?, ask.browser)
}

pub(super) fn new_row(ground: &Ground, ask: &AskCode<'_>) -> Result<JoinRow, Error> {
    let id = JoinId::random(&ground.chance);
    let index = ground.vault.index(ask.address);
    Ok(JoinRow {
        id,
        door: ask.door,
        browser: browser_digest(ground, ask.browser),
        address: ground.vault.seal_to_mailer(address_place(&index), ask.address, &ground.chance)?,
        address_index: index,
        memory_hash: ground.vault.memory_hash(ask.address),
        check_word: check_words::draw(ask.lang, &ground.chance).to_owned(),
        language: ask.lang,
        utc_offset_min: ask.utc_offset_min,
        code_mac: Digest([0; 32]),
        tries_left: 0,
        made_at: ground.now(),
        expires_at: ground.now(),
        used_at: None,
        draft: ask.draft.map(|draft| ground.vault.seal(draft_place(&id), draft, &ground.chance)).transpose()?,
    })
}

/// A code before everything of a member is erased. The web side cannot read the address, so the sealed one is copied.
///
/// # Errors
/// `TooManyCodes` when this address had its share.
pub fn ask_leave_code(ground: &Ground, member: MemberId, browser: &[u8]) -> Result<(), Error> {
    let found: Option<MemberRow> = ground.store.read(|conn| {
        members::table.find(member).select(MemberRow::as_select()).first(conn).optional().map_err(Error::from)
    })?;
    let Some(found) = found else { return Err(Error::NothingAsked) };
    let row = JoinRow {
        id: JoinId::random(&ground.chance),
        door: CodeDoor::Leave,
        browser: browser_digest(ground, browser),
        address: found.address,
        address_index: found.address_index,
        memory_hash: found.memory_hash,
        check_word: found.check_word,
        language: found.language,
        utc_offset_min: found.utc_offset_min,
        code_mac: Digest([0; 32]),
        tries_left: 0,
        made_at: ground.now(),
        expires_at: ground.now(),
        used_at: None,
        draft: None,
    };
    mail_code(ground, row, browser)?;
    Ok(())
}

/// New numbers for what was asked for last in this browser.
pub fn send_again(ground: &Ground, door: CodeDoor, browser: &[u8]) -> Result<String, Error> {
    let digest = browser_digest(ground, browser);
    let found = ground.store.read(|conn| find_newest(conn, door, &digest))?;
    let Some(old) = found.filter(|row| row.used_at.is_none()) else { return Err(Error::NothingAsked) };
    let id = JoinId::random(&ground.chance);
    let draft = open_draft(ground, &old)?;
    let draft = draft.map(|bytes| ground.vault.seal(draft_place(&id), &bytes, &ground.chance)).transpose()?;
    mail_code(ground, JoinRow { id, draft, made_at: ground.now(), ..old }, browser)
}

pub(super) fn mail_code(ground: &Ground, mut row: JoinRow, browser: &[u8]) -> Result<String, Error> {
    let codes = &ground.policy.codes;
    let code = Code::draw(&ground.chance);
    // The desk's first visit is a sign-up too: an authenticator has to be found and set up while the code lives.
    let lives = match row.door {
        CodeDoor::Ask | CodeDoor::Raise | CodeDoor::Desk => codes.sign_up_lives,
        CodeDoor::In | CodeDoor::Leave | CodeDoor::Address => codes.sign_in_lives,
    };
    row.code_mac = ground.vault.code_mac(&code, browser);
    row.tries_left = i32::try_from(codes.tries).unwrap_or(i32::MAX);
    row.expires_at = ground.now().plus(lives);
    let notice =
        Notice::Code { code: code.digits(), minutes: u32::try_from(lives.num_minutes()).unwrap_or(60), door: row.door };
    let (id, until, word) = (row.id, row.expires_at, row.check_word.clone());
    ground.store.write_tx(|tx| {
        let now = ground.now();
        let hour = count_codes(tx.conn(), &row.address_index, now.minus(TimeDelta::hours(1)))?;
        let day = count_codes(tx.conn(), &row.address_index, now.minus(TimeDelta::days(1)))?;
        if hour >= i64::from(codes.per_address_an_hour) || day >= i64::from(codes.per_address_a_day) {
            return Err(Error::TooManyCodes);
        }
        diesel::insert_into(joins::table).values(&row).execute(tx.conn())?;
        let about = About { useful_until: Some(until), ..About::default() };
        outbox::push_notice(tx, ground, Reader::Joining(id), about, &notice)?;
        Ok::<_, Error>(())
    })?;
    Ok(word)
}

/// Looks at a typed code. What is wrong comes back as a value, so that a wrong try is counted and kept.
pub fn take_code(
    tx: &mut Tx<'_>,
    ground: &Ground,
    door: CodeDoor,
    browser: &[u8],
    typed: &str,
) -> Result<Result<Joined, CodeProblem>, Error> {
    let Some(code) = Code::parse(typed) else { return Ok(Err(CodeProblem::Format)) };
    let digest = browser_digest(ground, browser);
    let Some(row) = find_newest(tx.conn(), door, &digest)?.filter(|row| row.used_at.is_none()) else {
        return Ok(Err(CodeProblem::NotHere));
    };
    if row.expires_at <= ground.now() {
        return Ok(Err(CodeProblem::TooOld));
    }
    if row.tries_left <= 0 {
        return Ok(Err(CodeProblem::NoTriesLeft));
    }
    let is_barred = is_barred(tx.conn(), ground.now().day(), door, &row.memory_hash)?;
    if !same(&ground.vault.code_mac(&code, browser).0, &row.code_mac.0) || is_barred {
        let left = row.tries_left - 1;
        diesel::update(joins::table.find(row.id)).set(joins::tries_left.eq(left)).execute(tx.conn())?;
        return Ok(Err(if left > 0 { CodeProblem::Wrong } else { CodeProblem::NoTriesLeft }));
    }
    let draft = open_draft(ground, &row)?;
    // The rows stay for a day so that the codes of an address can be counted; what was asked for does not, nor do earlier
    // numbers of this browser work any more.
    let of_this_browser = joins::table.filter(joins::browser.eq(digest).and(joins::door.eq(door)));
    let done = (joins::used_at.eq(ground.now()), joins::draft.eq(None::<Sealed>));
    diesel::update(of_this_browser).set(done).execute(tx.conn())?;
    let member = queries::find_by_index(tx.conn(), &row.address_index)?;
    Ok(Ok(Joined {
        address_index: row.address_index,
        lang: row.language,
        utc_offset_min: row.utc_offset_min,
        draft,
        member,
        address: row.address,
        memory_hash: row.memory_hash,
        check_word: row.check_word,
    }))
}

/// The member who has the proven address; a new one with this name if nobody has it yet. An old member keeps the old name.
pub fn enter(tx: &mut Tx<'_>, ground: &Ground, joined: Joined, name: &FirstName) -> Result<Member, Error> {
    let month = ground.now().month();
    if let Some(member) = joined.member {
        return Ok(member);
    }
    let row = MemberRow {
        id: MemberId::random(&ground.chance),
        first_name: name.as_str().to_owned(),
        address: joined.address,
        address_index: joined.address_index,
        memory_hash: joined.memory_hash,
        check_word: joined.check_word,
        language: joined.lang,
        utc_offset_min: joined.utc_offset_min,
        made_month: month,
        active_month: month,
        terms_version: TERMS_VERSION,
        terms_month: month,
    };
    diesel::insert_into(members::table).values(&row).execute(tx.conn())?;
    Ok(row.into())
}

/// The check word drawn for an address being proven, and what was asked for under it.
pub type Waiting = (String, Option<Vec<u8>>);

/// What waits for its code in this browser, to show a form again or the word to look for.
pub fn waiting_draft(ground: &Ground, door: CodeDoor, browser: &[u8]) -> Result<Option<Waiting>, Error> {
    let digest = browser_digest(ground, browser);
    let found = ground.store.read(|conn| find_newest(conn, door, &digest))?;
    let Some(row) = found.filter(|row| row.used_at.is_none()) else { return Ok(None) };
    let draft = open_draft(ground, &row)?;
    Ok(Some((row.check_word, draft)))
}

/// Whether the newest numbers of this browser did their work already: a second press of the same button.
pub fn was_used(ground: &Ground, door: CodeDoor, browser: &[u8]) -> Result<bool, Error> {
    let digest = browser_digest(ground, browser);
    let found = ground.store.read(|conn| find_newest(conn, door, &digest))?;
    Ok(found.is_some_and(|row| row.used_at.is_some()))
}

/// Erases addresses that were not proven in time (24 h), and the used rows that only count codes.
pub fn forget_drafts(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(ground.policy.requests.draft_lives);
    ground.store.sweep(|tx| Ok(diesel::delete(joins::table.filter(joins::made_at.lt(before))).execute(tx.conn())?))
}

fn browser_digest(ground: &Ground, browser: &[u8]) -> Digest {
    ground.vault.mac(crate::vault::Purpose::Code, &[b"browser", browser])
}

fn draft_place(id: &JoinId) -> Place<'_> {
    Place { table: "joins", column: "draft", row: id.bytes() }
}

fn open_draft(ground: &Ground, row: &JoinRow) -> Result<Option<Vec<u8>>, Error> {
    let opened = row.draft.as_ref().map(|sealed| ground.vault.open(draft_place(&row.id), sealed)).transpose()?;
    Ok(opened.map(|draft| draft.expose().clone()))
}

fn find_newest(conn: &mut Conn, door: CodeDoor, browser: &Digest) -> Result<Option<JoinRow>, Error> {
    Ok(joins::table
        .filter(joins::browser.eq(browser).and(joins::door.eq(door)))
        .order((joins::made_at.desc(), joins::expires_at.desc()))
        .select(JoinRow::as_select())
        .first(conn)
        .optional()?)
}

fn count_codes(conn: &mut Conn, index: &Digest, since: Timestamp) -> Result<i64, Error> {
    Ok(joins::table.filter(joins::address_index.eq(index).and(joins::made_at.gt(since))).count().get_result(conn)?)
}
