//! Requests and offers as they are stored, and their states.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::matching::{DayParts, Descriptions, Experience, Hours, Kind, Languages, OfferState, Wish};
use crate::members::FirstName;
use crate::store::ids::{MemberId, OfferId, RequestId};
use crate::store::schema::{offers, requests};
use crate::store::types::Digest;
use crate::vault::{Place, Sealed};
use crate::word_enum;

word_enum! {
    /// There is no "rejected". A request at the desk still waits; that is a date, not a state.
    State { Waiting = "waiting", Matched = "matched", Withdrawn = "withdrawn" }
}

/// A request whose address is not proven yet. It waits, sealed, with the code (`members::ask_code`), and is erased with it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    pub first_name: FirstName,
    /// Masks over the lists of the policy.
    pub languages: i64,
    pub first_language: i64,
    pub accepts: i64,
    pub accepts_must: bool,
    pub describes: i64,
    pub parts: Vec<crate::matching::DayPart>,
    pub note: String,
    #[serde(default)]
    pub walked_with: i64,
    #[serde(default)]
    pub ok_with_medicine: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = requests, treat_none_as_default_value = false)]
pub struct Request {
    pub id: RequestId,
    pub member: MemberId,
    pub state: State,
    /// Random; names the case at the desk.
    pub short: String,
    pub placed_at: Timestamp,
    /// Earlier than `placed_at` by the time an earlier request waited.
    pub waiting_since: Timestamp,
    pub languages: Languages,
    pub first_language: Languages,
    pub accepts: Descriptions,
    pub accepts_must: bool,
    pub describes: Descriptions,
    pub parts: DayParts,
    pub hours: Hours,
    /// For the sponsor who said yes, nobody else.
    pub note: Option<Sealed>,
    pub next_look_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// For now: somebody to write while the sponsor stepped back, and no longer.
    pub kind: Kind,
    pub walked_with: Experience,
    pub ok_with_medicine: bool,
    /// Postponed by a coordinator: nobody is asked before this.
    pub not_before: Option<Timestamp>,
    pub postpone_reason: Option<PostponeReason>,
}

word_enum! {
    /// Why a coordinator postponed a request. A few to choose from, so that nothing about a person is written down.
    PostponeReason {
        TheyAsked = "they-asked",
        SponsorComes = "sponsor-comes",
        MetInPerson = "met-in-person",
        Else = "else",
    }
}

impl Request {
    /// Until when it is postponed, if it still is.
    pub fn postponed_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.not_before.filter(|at| *at > now)
    }

    /// From when the wait counts. A place in the queue is carried for a sponsor alone.
    pub fn asks_since(&self) -> Timestamp {
        match self.kind {
            Kind::Sponsor => self.waiting_since,
            Kind::ForNow => self.placed_at,
        }
    }

    pub fn wish(&self) -> Wish {
        Wish {
            languages: self.languages,
            first_language: self.first_language,
            hours: self.hours,
            who: self.accepts,
            who_must: self.accepts_must,
            describes: self.describes,
            walked_with: self.walked_with,
            ok_with_medicine: self.ok_with_medicine,
        }
    }
}

impl Offer {
    pub fn is_open(&self) -> bool {
        self.state == OfferState::Open
    }
}

pub fn note_place(id: &RequestId) -> Place<'_> {
    Place { table: "requests", column: "note", row: id.bytes() }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offers, treat_none_as_default_value = false)]
pub struct Offer {
    pub id: OfferId,
    pub request: RequestId,
    pub hand: MemberId,
    pub state: OfferState,
    pub token: Digest,
    pub made_at: Timestamp,
    pub lapses_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub suggested: bool,
    pub kind: Kind,
}
