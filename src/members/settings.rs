//! What members set of themselves: what they are called, the language of their mails, their clock, their word.
//!
//! What a clock decides elsewhere (the hours of a hand or a request) moves with it in the rooms above, which call
//! [`change_settings`] in their own transaction.

use diesel::prelude::*;

use super::error::Error;
use super::model::{FirstName, Member};
use super::queries;
use crate::ground::Ground;
use crate::i18n::{Lang, check_words};
use crate::store::Tx;
use crate::store::ids::MemberId;
use crate::store::schema::members;

/// The answers of the member's own page.
#[derive(Clone)]
pub struct Settings {
    pub first_name: FirstName,
    pub lang: Lang,
    pub utc_offset_min: i32,
}

pub fn change_settings(tx: &mut Tx<'_>, member: MemberId, settings: &Settings) -> Result<(), Error> {
    diesel::update(members::table.find(member))
        .set((
            members::first_name.eq(settings.first_name.as_str()),
            members::language.eq(settings.lang),
            members::utc_offset_min.eq(settings.utc_offset_min),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Draws another word than the one the member has, in the language of their mails.
pub fn draw_new_word(ground: &Ground, member: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let Some(found) = queries::find_member(tx.conn(), member)? else { return Ok(()) };
        diesel::update(members::table.find(member))
            .set(members::check_word.eq(another_word(ground, &found)))
            .execute(tx.conn())?;
        Ok(())
    })
}

fn another_word(ground: &Ground, member: &Member) -> &'static str {
    let drawn = check_words::draw(member.lang, &ground.chance);
    if drawn != member.check_word {
        return drawn;
    }
    check_words::all(member.lang).find(|word| *word != drawn).unwrap_or(drawn)
}
