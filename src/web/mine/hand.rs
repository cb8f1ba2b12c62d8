//! What `/mine` says of a member's own hand.

use crate::ground::Ground;
use crate::members::Member;
use crate::web::errors::Error;

pub struct Summary;

/// `None` for a member who never raised one.
#[expect(clippy::unused_async, reason = "asks the store once there is something to ask for")]
pub async fn summary(_ground: &Ground, _member: &Member) -> Result<Option<Summary>, Error> {
    Ok(None)
}
