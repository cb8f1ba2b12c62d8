//! How a waiting request is asked for: how many hands at once, who of the hands read, when an offer lapses, when the
//! request is looked at again.

use chrono::TimeDelta;

use super::fit::{NotNow, can_ask};
use super::model::{HandFacts, Kind, Wish};
use super::rank::rank;
use crate::clock::Timestamp;
use crate::policy::{ForNow, Offers, Policy, QuietHours};

/// What one look at a request found.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Look {
    /// Hands that may be asked now, the first to be asked first.
    pub ranked: Vec<HandFacts>,
    /// The soonest moment at which a hand that only sleeps may be asked.
    pub quiet_ends_at: Option<Timestamp>,
}

impl Look {
    /// Nobody fits, now or in the morning. With no offer open, such a request is at the desk at once.
    pub fn nobody_fits(&self) -> bool {
        self.ranked.is_empty() && self.quiet_ends_at.is_none()
    }
}

/// Keeps the hands that may be asked now, in the order to ask them.
pub fn look(wish: &Wish, hands: Vec<HandFacts>, now: Timestamp, quiet: &QuietHours) -> Look {
    let mut found = Look { ranked: Vec::new(), quiet_ends_at: None };
    for hand in hands {
        match can_ask(wish, &hand, now, quiet) {
            Ok(()) => found.ranked.push(hand),
            Err(NotNow::QuietHours(ends)) => {
                found.quiet_ends_at = Some(found.quiet_ends_at.map_or(ends, |soonest| soonest.min(ends)));
            }
            Err(_) => {}
        }
    }
    rank(wish, &mut found.ranked);
    found
}

/// Where several requests are due together, everybody is asked for once before anybody is asked for more: places are few when
/// many wait, and one who has four of them asked leaves three others without any.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Round {
    First,
    Full,
}

/// D2: how many more hands to ask for a request with `open` offers that has waited `waited`.
pub fn offers_wanted(open: usize, waited: TimeDelta, round: Round, offers: &Offers) -> usize {
    let at_once = match round {
        Round::First => 1,
        Round::Full if waited >= offers.later_after => offers.at_once_later,
        Round::Full => offers.at_once,
    };
    usize::try_from(at_once).unwrap_or(usize::MAX).saturating_sub(open)
}

/// What was done already to find a request somebody for now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ForNowSoFar {
    /// From when on it may be asked at all.
    pub from: Timestamp,
    /// Somebody is asked or writes.
    pub is_taken: bool,
    /// Offers to write for now, of every outcome.
    pub offers: u32,
    pub last_offer_at: Option<Timestamp>,
}

/// When somebody may be asked to write for now: one at a time, some hours apart, not without end. `None`: nobody, as it
/// stands.
pub fn for_now_due_at(so_far: &ForNowSoFar, for_now: &ForNow) -> Option<Timestamp> {
    if so_far.is_taken || so_far.offers >= for_now.per_request {
        return None;
    }
    let after_last = so_far.last_offer_at.map(|at| at.plus(for_now.at_least_apart));
    Some(after_last.map_or(so_far.from, |at| at.max(so_far.from)))
}

/// When an offer made now stops holding its place. Plain hours: a night counts. A late yes still counts (D2).
pub fn lapses_at(now: Timestamp, kind: Kind, policy: &Policy) -> Timestamp {
    now.plus(match kind {
        Kind::Sponsor => policy.offers.soft_expiry,
        Kind::ForNow => policy.for_now.soft_expiry,
    })
}

/// How long after it was made a lapsed offer is a silence of the one who was asked. Who is asked to write for now has as
/// long as others.
pub fn silence_after(policy: &Policy) -> TimeDelta {
    policy.offers.soft_expiry.max(policy.for_now.soft_expiry)
}

/// When the request is due again: its first lapse, the moment for a "for now", the end of a fitting hand's quiet hours, or
/// the hour, whichever comes first; always after `now`, so that what is already due cannot make the tick spin.
pub fn next_look(now: Timestamp, due: &[Timestamp], look: &Look, offers: &Offers) -> Timestamp {
    let at_the_latest = now.plus(offers.look_again);
    due.iter().copied().chain(look.quiet_ends_at).filter(|moment| *moment > now).fold(at_the_latest, Timestamp::min)
}
