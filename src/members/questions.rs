//! One mailed question, one answer: the link opens nothing else and is settled once answered (D5).

use diesel::prelude::*;

use super::error::Error;
use super::idle::note_active;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::store::ids::{MemberId, SponsorshipId};
use crate::store::schema::questions;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::Token;
use crate::word_enum;

word_enum! {
    QuestionKind {
        /// 48 h without a first letter: someone else, or wait.
        Late = "late",
        /// A contact ended: someone new, or stop.
        Ended = "ended",
        /// The newcomer owes a letter: stop, or keep it.
        StillThere = "still-there",
        /// Day 30, each of a pair alone: going OK?
        GoingOk = "going-ok",
        /// Day 90, each of a pair alone: go on, someone new, stop.
        GoOn = "go-on",
        /// The sponsor stepped back: wait, someone for now, someone new.
        Back = "back",
        /// A hand was lowered after silent offers: I am back.
        Rest = "rest",
        /// A lease ends soon: still up for this?
        StillUp = "still-up",
        /// Nobody came for a year: keep what is here, or let it go.
        Clear = "clear",
    }
}

impl QuestionKind {
    pub fn is_about_hand(self) -> bool {
        matches!(self, Self::Rest | Self::StillUp)
    }

    pub fn is_about_pair(self) -> bool {
        !self.is_about_hand() && self != Self::Clear
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = questions)]
pub struct Question {
    pub token: Digest,
    pub member: MemberId,
    pub sponsorship: Option<SponsorshipId>,
    pub kind: QuestionKind,
    pub answered_at: Option<Timestamp>,
}

/// Writes the question down; the token goes into the one mail that asks it.
pub fn ask_question(
    tx: &mut Tx<'_>,
    ground: &Ground,
    member: MemberId,
    sponsorship: Option<SponsorshipId>,
    kind: QuestionKind,
) -> Result<Token, Error> {
    let token = Token::draw(&ground.chance);
    diesel::insert_into(questions::table)
        .values((
            questions::token.eq(token.digest()),
            questions::member.eq(member),
            questions::sponsorship.eq(sponsorship),
            questions::kind.eq(kind),
            questions::made_at.eq(ground.now()),
        ))
        .execute(tx.conn())?;
    Ok(token)
}

pub fn find_question(conn: &mut Conn, token: &Token) -> Result<Option<Question>, Error> {
    Ok(questions::table.find(token.digest()).select(Question::as_select()).first(conn).optional()?)
}

/// Whether this member was asked this about this pair already.
pub fn was_asked(
    conn: &mut Conn,
    member: MemberId,
    sponsorship: SponsorshipId,
    kind: QuestionKind,
) -> Result<bool, Error> {
    let asked = questions::table
        .filter(questions::member.eq(member).and(questions::sponsorship.eq(sponsorship)).and(questions::kind.eq(kind)));
    Ok(diesel::select(diesel::dsl::exists(asked)).get_result(conn)?)
}

/// Marks it answered; false if it was already.
pub fn answer_question(tx: &mut Tx<'_>, ground: &Ground, token: &Token) -> Result<bool, Error> {
    let open = questions::table.filter(questions::token.eq(token.digest()).and(questions::answered_at.is_null()));
    if diesel::update(open).set(questions::answered_at.eq(ground.now())).execute(tx.conn())? == 0 {
        return Ok(false);
    }
    if let Some(question) = find_question(tx.conn(), token)? {
        note_active(tx, ground, question.member)?;
    }
    Ok(true)
}
