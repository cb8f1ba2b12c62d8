//! The hands as coordinators see them: whose is up, paused or comes down soon. First names and languages, by name: no rank,
//! no count of what anybody answered.

use diesel::prelude::*;

use super::error::Error;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::hands::{self, State};
use crate::matching::Languages;
use crate::store::schema::{hands as rows, members};

/// By first name.
pub struct Hands {
    pub up: Vec<Named>,
    /// Up, and their time runs out soon: they were asked whether they go on.
    pub down_soon: Vec<Named>,
    pub paused: Vec<Named>,
    /// They did not say that they go on, or did not answer when they were asked; one press brings them back.
    pub resting: Vec<Named>,
    pub waiting_for_a_word: i64,
}

pub struct Named {
    pub name: String,
    /// In their own names for themselves.
    pub languages: Vec<String>,
    /// When a hand that is up comes down by itself, or one that is paused comes back.
    pub until: Timestamp,
}

/// Hands that the desk suspended are told on the page of cases, and those that are down not at all.
pub fn list_hands(ground: &Ground) -> Result<Hands, Error> {
    type Row = (String, State, Languages, Option<Timestamp>, Timestamp);
    let (all, waiting_for_a_word) = ground.store.read(|conn| {
        let all: Vec<Row> = rows::table
            .inner_join(members::table.on(members::id.eq(rows::member)))
            .order((members::first_name, members::id))
            .select((members::first_name, rows::state, rows::languages, rows::paused_until, rows::lease_ends_at))
            .load(conn)?;
        Ok::<_, Error>((all, hands::count_waiting(conn)?))
    })?;
    let now = ground.now();
    let first_asked = ground.policy.hands.lease_reminders_before.first().copied().unwrap_or_default();
    let mut told = Hands { up: vec![], down_soon: vec![], paused: vec![], resting: vec![], waiting_for_a_word };
    for (name, state, languages, paused_until, lease_ends_at) in all {
        let paused_until = paused_until.filter(|at| *at > now);
        let (list, until) = match (state, paused_until) {
            (State::Paused | State::Up, Some(at)) => (&mut told.paused, at),
            (State::Paused | State::Up, None) if lease_ends_at <= now.plus(first_asked) => {
                (&mut told.down_soon, lease_ends_at)
            }
            (State::Paused | State::Up, None) => (&mut told.up, lease_ends_at),
            (State::Lapsed, _) => (&mut told.resting, lease_ends_at),
            (State::Pending | State::Suspended | State::Down, _) => continue,
        };
        list.push(Named { name, languages: languages.names(&ground.policy.lists), until });
    }
    Ok(told)
}
