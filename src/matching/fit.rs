//! May this hand be asked for this request now? Every hard constraint, in both directions.

use super::model::{HandFacts, Wish};
use super::quiet::{is_quiet, quiet_ends_at};
use crate::clock::Timestamp;
use crate::policy::QuietHours;

/// Why not. Read by the desk and by tests; neither side of a request ever sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NotNow {
    NotUp,
    LeaseOver,
    Paused,
    Barred,
    NoCommonLanguage,
    NoCommonHours,
    /// The sponsor is not whom the newcomer would feel OK with.
    NotWhoWasAskedFor,
    /// The newcomer is not whom this hand can sponsor.
    HandDoesNotSponsor,
    /// The sponsor did not say that people on prescribed medicine are OK.
    NotOkWithMedicine,
    NoPlace,
    WeeklyLimit,
    /// All else fits; the hand may be asked from this moment on.
    QuietHours(Timestamp),
}

/// Whether the two may meet at all, whatever the hour and however many the hand has already.
pub fn fits(wish: &Wish, hand: &HandFacts) -> Result<(), NotNow> {
    let constraints = [
        (wish.languages.meets(hand.languages), NotNow::NoCommonLanguage),
        (!wish.hours.common(hand.hours).is_empty(), NotNow::NoCommonHours),
        (!wish.who_must || wish.who.accept(hand.describes), NotNow::NotWhoWasAskedFor),
        (hand.accepts.accept(wish.describes), NotNow::HandDoesNotSponsor),
        (!wish.ok_with_medicine || hand.ok_with_medicine, NotNow::NotOkWithMedicine),
    ];
    first_that_fails(constraints)
}

fn first_that_fails(constraints: impl IntoIterator<Item = (bool, NotNow)>) -> Result<(), NotNow> {
    constraints.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, reason)| Err(reason))
}

/// # Errors
/// The first constraint that does not hold. Quiet hours come last, so that `NotNow::QuietHours` means "this hand fits".
pub fn can_ask(wish: &Wish, hand: &HandFacts, now: Timestamp, quiet: &QuietHours) -> Result<(), NotNow> {
    let is_paused = hand.paused_until.is_some_and(|until| now < until);
    first_that_fails([
        (hand.up, NotNow::NotUp),
        (now < hand.lease_ends_at, NotNow::LeaseOver),
        (!is_paused, NotNow::Paused),
        (!hand.barred && !hand.was_asked, NotNow::Barred),
    ])?;
    fits(wish, hand)?;
    first_that_fails([
        (hand.room() > 0, NotNow::NoPlace),
        (hand.offers_last_week < hand.weekly_limit, NotNow::WeeklyLimit),
    ])?;
    if !hand.ask_at_night && is_quiet(now, hand.utc_offset_min, quiet) {
        return Err(NotNow::QuietHours(quiet_ends_at(now, hand.utc_offset_min, quiet)));
    }
    Ok(())
}
