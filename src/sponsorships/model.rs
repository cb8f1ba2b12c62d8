//! A sponsorship and its states.

use diesel::prelude::*;

use crate::clock::{Day, Timestamp};
use crate::matching::Kind;
use crate::store::ids::{MemberId, RequestId, SponsorshipId};
use crate::store::schema::sponsorships;
use crate::word_enum;

word_enum! {
    State {
        /// No letter yet.
        Introduced = "introduced",
        Live = "live",
        /// One of the two reported the other: no mail either way until it ends.
        Held = "held",
        Ended = "ended",
    }
}

word_enum! {
    /// One of the two.
    Side { Sponsor = "sponsor", Sponsee = "sponsee" }
}

/// What happens to a sponsorship.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    Letter,
    Hold,
    End,
}

impl State {
    /// `None`: this cannot happen in this state, and nothing is to be done.
    pub fn next(self, event: Event) -> Option<Self> {
        match (self, event) {
            (Self::Introduced | Self::Live, Event::Letter) => Some(Self::Live),
            (Self::Introduced | Self::Live, Event::Hold) => Some(Self::Held),
            (Self::Introduced | Self::Live | Self::Held, Event::End) => Some(Self::Ended),
            (Self::Held, Event::Letter | Event::Hold) | (Self::Ended, _) => None,
        }
    }
}

impl Side {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sponsor => Self::Sponsee,
            Self::Sponsee => Self::Sponsor,
        }
    }
}

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = sponsorships)]
pub struct Sponsorship {
    pub id: SponsorshipId,
    pub request: Option<RequestId>,
    pub sponsor: MemberId,
    pub sponsee: MemberId,
    pub state: State,
    /// Random, in the path of the pair's page.
    pub reference: String,
    pub introduced_at: Timestamp,
    pub reminded_at: Option<Timestamp>,
    pub choice_at: Option<Timestamp>,
    /// Since when the other side of `last_writer` owes a letter.
    pub last_letter_on: Option<Day>,
    pub last_writer: Option<Side>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<Side>,
    pub kind: Kind,
    /// The day of the sponsor's first letter.
    pub sponsor_wrote_on: Option<Day>,
    /// The sponsor stepped back until then: nobody is nudged, mail still flows.
    pub paused_until: Option<Timestamp>,
    /// When the sponsor came back from such a rest; a first letter is owed from then.
    pub back_at: Option<Timestamp>,
    /// The newcomer waits for someone new, and this contact lasts until the yes to that request.
    pub until_request: Option<RequestId>,
}

impl Sponsorship {
    pub fn side_of(&self, member: MemberId) -> Option<Side> {
        match member {
            id if id == self.sponsor => Some(Side::Sponsor),
            id if id == self.sponsee => Some(Side::Sponsee),
            _ => None,
        }
    }

    pub fn member(&self, side: Side) -> MemberId {
        match side {
            Side::Sponsor => self.sponsor,
            Side::Sponsee => self.sponsee,
        }
    }

    /// Since when somebody waits for a letter of the other: the first since a yes, or an answer.
    pub fn owed_since(&self) -> Timestamp {
        self.last_letter_on.map_or_else(|| self.begun_at(), Day::start)
    }

    /// From when a first letter is owed.
    pub fn begun_at(&self) -> Timestamp {
        self.back_at.map_or(self.introduced_at, |back_at| back_at.max(self.introduced_at))
    }

    pub fn is_paused(&self) -> bool {
        self.paused_until.is_some()
    }

    pub fn is_for_now(&self) -> bool {
        self.kind == Kind::ForNow
    }

    pub fn is_held(&self) -> bool {
        self.state == State::Held
    }

    pub fn is_ended(&self) -> bool {
        self.state == State::Ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_in_every_state_is_listed() {
        let table = [
            (State::Introduced, Event::Letter, Some(State::Live)),
            (State::Introduced, Event::Hold, Some(State::Held)),
            (State::Introduced, Event::End, Some(State::Ended)),
            (State::Live, Event::Letter, Some(State::Live)),
            (State::Live, Event::Hold, Some(State::Held)),
            (State::Live, Event::End, Some(State::Ended)),
            (State::Held, Event::Letter, None),
            (State::Held, Event::Hold, None),
            (State::Held, Event::End, Some(State::Ended)),
            (State::Ended, Event::Letter, None),
            (State::Ended, Event::Hold, None),
            (State::Ended, Event::End, None),
        ];
        for (state, event, next) in table {
            assert_eq!(state.next(event), next, "{state:?} {event:?}");
        }
    }
}
