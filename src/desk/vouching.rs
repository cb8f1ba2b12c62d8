//! Hands that wait for somebody's word, as one coordinator sees them, and what they say of one.

use std::collections::HashMap;

use super::error::Error;
use super::queries;
use crate::clock::Day;
use crate::ground::Ground;
use crate::hands::{self, Vouched};
use crate::store::ids::MemberId;
use crate::word_enum;

pub struct WaitingHand {
    /// Names this hand on this coordinator's page; sealed, and another each time.
    pub handle: String,
    pub first_name: String,
    pub check_word: String,
    pub since: Option<Day>,
    /// First names of those who gave their word so far.
    pub vouchers: Vec<String>,
    /// The coordinator's own, or of somebody they are or were a pair with.
    pub is_anothers: bool,
}

word_enum! {
    /// What a coordinator says of a hand.
    Say { Yes = "yes", NotNow = "not-now" }
}

/// The longest wait first.
pub fn list_waiting_hands(ground: &Ground, coordinator: MemberId) -> Result<Vec<WaitingHand>, Error> {
    ground.store.read(|conn| {
        let mut shown = Vec::new();
        for hand in hands::list_waiting(conn)? {
            let vouchers = hands::list_vouchers(conn, hand.member)?;
            let names: HashMap<MemberId, String> = queries::names_of(conn, vouchers.iter().copied())?;
            shown.push(WaitingHand {
                handle: ground.vault.seal_cookie(&handle_name(coordinator), hand.member.bytes(), &ground.chance),
                vouchers: vouchers.iter().filter_map(|who| names.get(who).cloned()).collect(),
                is_anothers: !hands::may_vouch_for(conn, coordinator, hand.member)?,
                first_name: hand.first_name,
                check_word: hand.check_word,
                since: hand.since,
            });
        }
        Ok(shown)
    })
}

/// Those of them for whom this coordinator may give their word.
pub(super) fn count_waiting_hands(ground: &Ground, coordinator: MemberId) -> Result<usize, Error> {
    ground.store.read(|conn| {
        let mut count = 0;
        for hand in hands::list_waiting(conn)? {
            count += usize::from(hands::may_vouch_for(conn, coordinator, hand.member)?);
        }
        Ok(count)
    })
}

pub fn say(ground: &Ground, coordinator: MemberId, handle: &str, what: Say) -> Result<Vouched, Error> {
    let opened = ground.vault.open_cookie(&handle_name(coordinator), handle);
    let Some(hand) = opened.and_then(|bytes| bytes.try_into().ok()) else { return Ok(Vouched::NotHere) };
    let hand = MemberId::from_bytes(hand);
    Ok(match what {
        Say::Yes => hands::vouch_as_coordinator(ground, coordinator, hand)?,
        Say::NotNow => hands::not_now(ground, coordinator, hand)?,
    })
}

/// What a handle is bound to: it works for the coordinator it was shown to.
fn handle_name(coordinator: MemberId) -> String {
    format!("waiting hand for {}", u128::from_be_bytes(*coordinator.bytes()))
}
