//! What a report is.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::store::ids::{MemberId, ReportId, SponsorshipId};
use crate::store::schema::reports;
use crate::store::types::Digest;
use crate::vault::{Place, Sealed};
use crate::word_enum;

word_enum! {
    /// What the reporter picked, the closest.
    Category {
        Unsafe = "unsafe",
        Personal = "personal",
        Money = "money",
        Pushed = "pushed",
        Hurtful = "hurtful",
        /// The other may be under 18.
        Young = "young",
        Other = "other",
    }
}

word_enum! {
    /// How a coordinator closed a case. The contact ends each time: whoever reported it does not go back.
    Decision {
        Ended = "ended",
        /// The hand rests, too, until a second coordinator or time.
        Rested = "rested",
        /// A lasting ban was proposed; another coordinator confirms it or not.
        BanProposed = "ban-proposed",
    }
}

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = reports)]
pub(super) struct Report {
    pub id: ReportId,
    pub short: String,
    pub sponsorship: Option<SponsorshipId>,
    pub reporter: Option<MemberId>,
    pub accused: Option<MemberId>,
    pub reporter_hash: Digest,
    pub accused_hash: Digest,
    pub category: Category,
    pub words: Option<Sealed>,
    /// A coordinator who is involved, as the reporter says.
    pub named: Option<MemberId>,
    pub assigned: Option<MemberId>,
    pub made_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub decision: Option<Decision>,
}

pub(super) fn words_place(id: &ReportId) -> Place<'_> {
    Place { table: "reports", column: "words", row: id.bytes() }
}
