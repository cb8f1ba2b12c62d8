//! Making a pair.

use diesel::prelude::*;

use super::aliases::insert_aliases;
use super::error::Error;
use super::model::{Sponsorship, State};
use crate::counts::{self, What};
use crate::ground::Ground;
use crate::matching::Kind;
use crate::store::Tx;
use crate::store::ids::{MemberId, RequestId, SponsorshipId};
use crate::store::schema::sponsorships;
use crate::vault::Token;

/// The pair and its two relay addresses, in the caller's transaction, which has seen to it that the sponsor has a place.
pub fn introduce(
    tx: &mut Tx<'_>,
    ground: &Ground,
    request: RequestId,
    (sponsor, sponsee): (MemberId, MemberId),
    kind: Kind,
) -> Result<Sponsorship, Error> {
    let pair = Sponsorship {
        id: SponsorshipId::random(&ground.chance),
        request: Some(request),
        sponsor,
        sponsee,
        state: State::Introduced,
        reference: Token::draw(&ground.chance).text(),
        introduced_at: ground.now(),
        reminded_at: None,
        choice_at: None,
        last_letter_on: None,
        last_writer: None,
        ended_at: None,
        ended_by: None,
        kind,
        sponsor_wrote_on: None,
        paused_until: None,
        back_at: None,
        until_request: None,
    };
    diesel::insert_into(sponsorships::table).values(&pair).execute(tx.conn())?;
    insert_aliases(tx, ground, &pair)?;
    if kind == Kind::Sponsor {
        counts::add(tx, ground.now(), What::Matched, 0)?;
    }
    Ok(pair)
}
