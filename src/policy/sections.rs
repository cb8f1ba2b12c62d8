//! The sections of the policy file: lengths of time, limits, who may sponsor, each with the bounds it must keep.

use chrono::TimeDelta;
use serde::Deserialize;
use url::Url;

use super::values::{TimeOfDay, address, span, spans};

/// Eight-digit codes that prove an address or sign in.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    #[serde(deserialize_with = "span")]
    pub sign_up_lives: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub sign_in_lives: TimeDelta,
    /// Wrong tries after which the code is dead.
    pub tries: u32,
    pub per_address_an_hour: u32,
    pub per_address_a_day: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requests {
    /// A request whose address is not proven is erased after this.
    #[serde(deserialize_with = "span")]
    pub draft_lives: TimeDelta,
    /// Waiting this long, people who can write for now are asked as well.
    #[serde(deserialize_with = "span")]
    pub for_now_after: TimeDelta,
    /// Waiting this long, the request is at the desk.
    #[serde(deserialize_with = "span")]
    pub desk_after: TimeDelta,
    /// A coordinator may postpone a request for so long.
    #[serde(deserialize_with = "span")]
    pub postponed_at_most: TimeDelta,
    /// Ages of a request at which the newcomer hears how it stands.
    #[serde(deserialize_with = "spans")]
    pub waiting_mails_after: Vec<TimeDelta>,
    #[serde(deserialize_with = "span")]
    pub waiting_mails_then_every: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// Open offers of one request; D2.
    pub at_once: u32,
    /// The same once the request waits `later_after`.
    pub at_once_later: u32,
    #[serde(deserialize_with = "span")]
    pub later_after: TimeDelta,
    /// An offer lapses after this; a late yes still counts while the request waits.
    #[serde(deserialize_with = "span")]
    pub soft_expiry: TimeDelta,
    /// Offers to one sponsor in 7 days, unless the hand says otherwise.
    pub weekly_default: u32,
    /// The most a hand may choose.
    pub weekly_most: u32,
    /// A waiting request is looked at again after this at the latest.
    #[serde(deserialize_with = "span")]
    pub look_again: TimeDelta,
    /// Hands read for one look.
    pub candidates: u32,
}

/// Local times between which nobody is asked or nudged. Equal times: no quiet hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    pub from: TimeOfDay,
    pub until: TimeOfDay,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForNow {
    /// The same as `offers.soft_expiry`: one is asked at a time, so a silent one holds up the others.
    #[serde(deserialize_with = "span")]
    pub soft_expiry: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub at_least_apart: TimeDelta,
    pub per_request: u32,
    /// Hands asked this often in 7 days, for either kind, are not asked to write for now.
    pub weekly_most: u32,
    #[serde(deserialize_with = "span")]
    pub lasts: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub after_first_letter: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hands {
    pub capacity_default: u32,
    pub capacity_most: u32,
    /// The most places a hand has, whatever it chose, until somebody's word for it is older than `at_first_lasts`.
    pub capacity_at_first: u32,
    #[serde(deserialize_with = "span")]
    pub at_first_lasts: TimeDelta,
    /// So many sponsors together give a word that counts like a coordinator's.
    pub vouches_of_sponsors: u32,
    /// The word for a sponsor is this old before theirs counts for others.
    #[serde(deserialize_with = "span")]
    pub vouches_after: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub lease: TimeDelta,
    #[serde(deserialize_with = "spans")]
    pub lease_reminders_before: Vec<TimeDelta>,
    /// Silent offers in a row that lower the hand kindly.
    pub silent_offers_until_rest: u32,
    #[serde(deserialize_with = "span")]
    pub break_lasts: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sponsorships {
    /// No letter this long after the yes: the sponsor is reminded.
    #[serde(deserialize_with = "span")]
    pub hello_reminder_after: TimeDelta,
    /// No letter this long after the yes: the newcomer may be found someone else, and the desk sees it.
    #[serde(deserialize_with = "span")]
    pub hello_choice_after: TimeDelta,
    #[serde(deserialize_with = "spans")]
    pub sponsor_nudges_after: Vec<TimeDelta>,
    #[serde(deserialize_with = "span")]
    pub sponsor_desk_after: TimeDelta,
    #[serde(deserialize_with = "spans")]
    pub sponsee_nudges_after: Vec<TimeDelta>,
    #[serde(deserialize_with = "span")]
    pub sponsee_ends_after: TimeDelta,
    #[serde(deserialize_with = "spans")]
    pub reviews_at: Vec<TimeDelta>,
    #[serde(deserialize_with = "span")]
    pub wishes_kept_after_end: TimeDelta,
    /// The relay answers kindly this long after the end, then as if the address never was.
    #[serde(deserialize_with = "span")]
    pub alias_kind_after_end: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// A letter that could not be delivered is given up after this.
    #[serde(deserialize_with = "span")]
    pub kept_at_most: TimeDelta,
    pub pair_an_hour: u32,
    pub pair_a_day: u32,
    /// Age at which the private half of a day's key is destroyed; D10.
    #[serde(deserialize_with = "span")]
    pub day_keys_kept: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitations {
    #[serde(deserialize_with = "span")]
    pub sponsor_lives: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub coordinator_lives: TimeDelta,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinators {
    /// The desk is open to a coordinator this long, counted from the first visit.
    #[serde(deserialize_with = "span")]
    pub term: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// Without any activity for this long a member is asked, then erased.
    #[serde(deserialize_with = "span")]
    pub asked_after_idle: TimeDelta,
    /// What is here is erased this long after an unanswered question.
    #[serde(deserialize_with = "span")]
    pub cleared_after_asked: TimeDelta,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// By one member.
    pub reports_a_day: u32,
    /// So many members who each reported the same one suspend that hand without a coordinator.
    pub reports_until_suspended: u32,
    /// A case without a decision for so long is told of once more.
    #[serde(deserialize_with = "span")]
    pub decided_within: TimeDelta,
    /// A suspension by one coordinator ends after this.
    #[serde(deserialize_with = "span")]
    pub suspension_lasts: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub ban_lasts: TimeDelta,
    #[serde(deserialize_with = "span")]
    pub kept_after_closed: TimeDelta,
    /// A report that somebody may be under 18, counted from the day it was made.
    #[serde(deserialize_with = "span")]
    pub kept_of_the_young: TimeDelta,
}

/// Meetings for somebody who waits.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meetings {
    /// Where a list in the Meeting Guide format is read.
    #[serde(deserialize_with = "address")]
    pub feed: Option<Url>,
    #[serde(deserialize_with = "span")]
    pub read_every: TimeDelta,
    /// A list that was last read this long ago is shown with the day of that.
    #[serde(deserialize_with = "span")]
    pub stale_after: TimeDelta,
    /// A public page with meetings.
    #[serde(deserialize_with = "address")]
    pub link: Option<Url>,
}

/// What a sponsor ticks before the hand goes up; never a date.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaySponsor {
    pub steps_required: u32,
    /// 0: no minimum time.
    pub minimum_months: u32,
}
