//! What the rules of asking look at: a request's wish and the facts of a hand. The rooms above fill them from their rows.

use super::hours::Hours;
use super::sets::{Descriptions, Experience, Languages};
use crate::clock::Timestamp;
use crate::word_enum;

word_enum! {
    /// What is asked of a hand, and what comes of its yes.
    Kind {
        Sponsor = "sponsor",
        /// Somebody who writes while the request for a sponsor still waits, or while the sponsor is away.
        ForNow = "for-now",
    }
}

impl Kind {
    /// Places of this kind of a hand with so many for sponsorships; beside them there is one to write for now.
    pub fn places(self, capacity: i32) -> i64 {
        match self {
            Self::Sponsor => i64::from(capacity),
            Self::ForNow => 1,
        }
    }
}

/// What a newcomer asked for. The preset asks for anyone, at any time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Languages the newcomer can write in; one must be common. "Only in Spanish" is this set with Spanish alone.
    pub languages: Languages,
    /// The language liked best, if any: it ranks and never excludes.
    pub first_language: Languages,
    /// `Hours::ALL` when no times were given.
    pub hours: Hours,
    /// Whom the newcomer would feel OK with. `Descriptions::ANYONE` when nobody in particular.
    pub who: Descriptions,
    /// Whether `who` excludes everybody else, or only ranks.
    pub who_must: bool,
    /// How the newcomer describes themselves.
    pub describes: Descriptions,
    /// Whom the sponsor should have walked with: it ranks and never excludes.
    pub walked_with: Experience,
    /// Only hands that said they are OK with people on prescribed medicine.
    pub ok_with_medicine: bool,
}

/// One hand as it stands when a request is looked at, for one [`Kind`]: places and limits are those of that kind.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct HandFacts {
    /// Carried through for the caller; no rule reads it.
    pub id: [u8; 16],
    pub languages: Languages,
    pub hours: Hours,
    /// How the sponsor describes themselves.
    pub describes: Descriptions,
    /// People the hand can sponsor.
    pub accepts: Descriptions,
    pub walked_with: Experience,
    /// Whether that may be told.
    pub shows_walked_with: bool,
    /// Said to be; nothing said is no.
    pub ok_with_medicine: bool,
    /// Sponsorships of the kind that the hand has room for in all.
    pub capacity: u32,
    /// Sponsorships that have not ended.
    pub sponsorships: u32,
    pub open_offers: u32,
    /// Offers in 7 days: the hand's own choice, less for a kind that asks for less.
    pub weekly_limit: u32,
    /// Offers of the last 7 days, of every kind and outcome.
    pub offers_last_week: u32,
    /// `None`: never.
    pub last_asked_at: Option<Timestamp>,
    /// Asked before all others: for now, a hand whose places for a sponsorship are full.
    pub goes_first: bool,
    /// A random number stored with the hand, which decides where all else is equal.
    pub tie: i64,
    pub utc_offset_min: i32,
    pub ask_at_night: bool,
    /// Vouched for, raised, neither lowered nor suspended, and of this kind.
    pub up: bool,
    pub paused_until: Option<Timestamp>,
    pub lease_ends_at: Timestamp,
    /// Never for this newcomer: a block, a past pair, "not a fit", or their own hand.
    pub barred: bool,
    /// Asked for this request, and not to be asked again.
    pub was_asked: bool,
}

impl HandFacts {
    /// Places that neither a sponsorship nor an open offer holds.
    pub fn room(&self) -> u32 {
        self.capacity.saturating_sub(self.sponsorships.saturating_add(self.open_offers))
    }
}
