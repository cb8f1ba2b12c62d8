//! A hand, its states, and the one that waits for its code.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::{Day, Month, Timestamp};
use crate::matching::{DayPart, DayParts, Descriptions, Experience, Hours, Languages};
use crate::members::FirstName;
use crate::store::ids::MemberId;
use crate::store::schema::hands;
use crate::word_enum;

word_enum! {
    State {
        /// Nobody has given their word for this sponsor yet.
        Pending = "pending",
        Up = "up",
        /// By its owner, until a day.
        Paused = "paused",
        /// The lease ran out; back by one press.
        Lapsed = "lapsed",
        /// By the desk; only the desk lifts it.
        Suspended = "suspended",
        Down = "down",
    }
}

/// What happens to a hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    Vouch,
    Pause,
    /// One press back, or the end of a pause.
    Return,
    LeaseOver,
    /// Offers stayed without an answer: lowered kindly.
    Rest,
    Lower,
    /// By the desk, or after a second report.
    Suspend,
    Lift,
}

impl State {
    /// `None`: nothing changes. A hand for which nobody gave their word comes back to wait for it.
    pub fn next(self, event: Event, is_vouched: bool) -> Option<Self> {
        match (self, event) {
            (Self::Pending, Event::Vouch) => Some(Self::Up),
            (Self::Paused | Self::Lapsed | Self::Down, Event::Return) => {
                Some(if is_vouched { Self::Up } else { Self::Pending })
            }
            (Self::Up | Self::Paused, Event::Pause) => Some(Self::Paused),
            // After a suspension its owner says when it goes up again.
            (Self::Up, Event::LeaseOver | Event::Rest) | (Self::Suspended, Event::Lift) => Some(Self::Lapsed),
            (Self::Pending | Self::Up | Self::Paused | Self::Lapsed, Event::Lower) => Some(Self::Down),
            (Self::Suspended, Event::Suspend) => None,
            (_, Event::Suspend) => Some(Self::Suspended),
            _ => None,
        }
    }
}

word_enum! {
    /// How often a sponsor means to answer, read by the other after the yes.
    Rhythm { Daily = "daily", FewAWeek = "few-a-week", Weekly = "weekly" }
}

/// The wording of the promise a sponsor agreed to.
pub const PROMISE_VERSION: i32 = 1;

/// The answers of a sponsor whose address is not proven yet, or who changes them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    pub first_name: FirstName,
    /// The invitation it came with, as text; empty without one.
    pub invitation: String,
    pub capacity: u8,
    pub weekly_limit: u8,
    pub rhythm: Rhythm,
    pub ask_at_night: bool,
    #[serde(default)]
    pub writes_for_now: bool,
    /// Masks over the lists of the policy.
    pub languages: i64,
    pub describes: i64,
    pub accepts: i64,
    pub parts: Vec<DayPart>,
    #[serde(default)]
    pub walked_with: i64,
    #[serde(default)]
    pub shows_walked_with: bool,
    #[serde(default)]
    pub ok_with_medicine: Option<bool>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = hands)]
pub struct Hand {
    pub member: MemberId,
    pub state: State,
    pub capacity: i32,
    pub weekly_limit: i32,
    pub rhythm: Rhythm,
    pub ask_at_night: bool,
    pub languages: Languages,
    pub describes: Descriptions,
    pub accepts: Descriptions,
    pub parts: DayParts,
    pub hours: Hours,
    pub paused_until: Option<Timestamp>,
    pub lease_ends_at: Timestamp,
    pub tie: i64,
    pub promise_version: i32,
    pub promise_month: Month,
    /// The coordinator whose word alone put it up, if one did; every word is a row of `vouches`.
    pub vouched_by: Option<MemberId>,
    /// The day it was put up by somebody's word. `None`: nobody gave it yet.
    pub vouched_on: Option<Day>,
    /// The day its owner raised it; none for hands of before this was kept.
    pub raised_on: Option<Day>,
    /// Beside the places for sponsorships, one to write with somebody who still waits.
    pub writes_for_now: bool,
    pub walked_with: Experience,
    /// To the one they said yes to, and at the desk.
    pub shows_walked_with: bool,
    /// Shown to nobody. `None`: not said, which is never a yes.
    pub ok_with_medicine: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_in_every_state_of_a_hand_is_listed() {
        use {Event as E, State as S};
        let events = [E::Vouch, E::Pause, E::Return, E::LeaseOver, E::Rest, E::Lower, E::Suspend, E::Lift];
        let off = Some(S::Suspended);
        let table = [
            (S::Pending, [Some(S::Up), None, None, None, None, Some(S::Down), off, None]),
            (S::Up, [None, Some(S::Paused), None, Some(S::Lapsed), Some(S::Lapsed), Some(S::Down), off, None]),
            (S::Paused, [None, Some(S::Paused), Some(S::Up), None, None, Some(S::Down), off, None]),
            (S::Lapsed, [None, None, Some(S::Up), None, None, Some(S::Down), off, None]),
            (S::Suspended, [None, None, None, None, None, None, None, Some(S::Lapsed)]),
            (S::Down, [None, None, Some(S::Up), None, None, None, off, None]),
        ];
        for (state, nexts) in table {
            for (event, next) in events.into_iter().zip(nexts) {
                assert_eq!(state.next(event, true), next, "{state:?} {event:?}");
                // Without somebody's word the one way up is to get it.
                let unvouched = match (event, next) {
                    (E::Return, Some(S::Up)) => Some(S::Pending),
                    _ => next,
                };
                assert_eq!(state.next(event, false), unvouched, "{state:?} {event:?}, nobody vouched");
            }
        }
    }
}
