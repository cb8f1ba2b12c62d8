//! An offer's states, and whether a hand was asked often enough for one request.

use super::model::Kind;
use crate::word_enum;

/// Offers of a kind to one hand for one request: a second where the first was withdrawn before it was answered, and no more,
/// so that wishes which go to and fro do not use up what others could be asked.
const OFFERS_AT_MOST: usize = 2;

word_enum! {
    OfferState {
        Open = "open",
        Accepted = "accepted",
        Declined = "declined",
        /// Soft: a late yes counts while the request waits.
        Lapsed = "lapsed",
        Withdrawn = "withdrawn",
    }
}

/// What happens to an offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfferEvent {
    Yes,
    NotNow,
    Silence,
    /// Somebody else said yes, the newcomer stopped looking, or the place is gone.
    Withdrawal,
}

impl OfferState {
    /// `None`: nothing changes.
    pub fn next(self, event: OfferEvent) -> Option<Self> {
        match (self, event) {
            (Self::Open | Self::Lapsed, OfferEvent::Yes) => Some(Self::Accepted),
            (Self::Open | Self::Lapsed, OfferEvent::NotNow) => Some(Self::Declined),
            (Self::Open, OfferEvent::Silence) => Some(Self::Lapsed),
            (Self::Open | Self::Lapsed, OfferEvent::Withdrawal) => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

/// `before`: what this hand was asked for this request. Who did not answer in time or said no to writing for now may still be
/// asked to sponsor; who said no to that is left alone.
pub fn was_asked(before: &[(Kind, OfferState)], kind: Kind) -> bool {
    let is_over = |(of_kind, state): &(Kind, OfferState)| match state {
        OfferState::Withdrawn => false,
        OfferState::Open | OfferState::Accepted => true,
        OfferState::Lapsed => *of_kind == kind,
        OfferState::Declined => *of_kind == kind || *of_kind == Kind::Sponsor,
    };
    before.iter().any(is_over) || before.iter().filter(|(of_kind, _)| *of_kind == kind).count() >= OFFERS_AT_MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_in_every_state_of_an_offer_is_listed() {
        use {OfferEvent as E, OfferState as S};
        let table = [
            (S::Open, [Some(S::Accepted), Some(S::Declined), Some(S::Lapsed), Some(S::Withdrawn)]),
            (S::Lapsed, [Some(S::Accepted), Some(S::Declined), None, Some(S::Withdrawn)]),
            (S::Accepted, [None; 4]),
            (S::Declined, [None; 4]),
            (S::Withdrawn, [None; 4]),
        ];
        for (state, next) in table {
            for (event, next) in [E::Yes, E::NotNow, E::Silence, E::Withdrawal].into_iter().zip(next) {
                assert_eq!(state.next(event), next, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn whoever_said_no_is_left_alone_and_whoever_was_only_late_is_not() {
        use Kind::{ForNow, Sponsor};
        use OfferState::{Accepted, Declined, Lapsed, Open, Withdrawn};
        for (before, kind, is_asked) in [
            (vec![], Sponsor, false),
            (vec![(Sponsor, Open)], ForNow, true),
            (vec![(ForNow, Accepted)], Sponsor, true),
            (vec![(Sponsor, Lapsed)], Sponsor, true),
            (vec![(Sponsor, Lapsed)], ForNow, false),
            (vec![(Sponsor, Declined)], ForNow, true),
            (vec![(ForNow, Declined)], Sponsor, false),
            (vec![(ForNow, Declined)], ForNow, true),
            (vec![(Sponsor, Withdrawn)], Sponsor, false),
            (vec![(Sponsor, Withdrawn), (Sponsor, Withdrawn)], Sponsor, true),
            (vec![(Sponsor, Withdrawn), (ForNow, Withdrawn)], Sponsor, false),
        ] {
            assert_eq!(was_asked(&before, kind), is_asked, "{before:?} {kind:?}");
        }
    }
}
