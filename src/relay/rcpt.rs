//! Is there somebody at this address? Answered by the address alone: an answer that depended on the sender would confirm
//! guesses (D8).

use super::MailSide;
use super::error::Error;
use crate::ground::Ground;
use crate::notices::Site;
use crate::outbox::{self, SentMail};
use crate::sponsorships::{self, Alias};
use crate::store::Conn;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RcptAnswer {
    Known,
    Unknown,
}

/// What stands behind one of our addresses.
pub(super) enum Target {
    Alias(Alias),
    /// The address our notices come from.
    Note,
    /// The envelope sender of a mail of ours.
    Sent(SentMail),
    Nobody,
}

pub fn rcpt_answer(side: &MailSide, address: &str) -> Result<RcptAnswer, Error> {
    let target = side.ground.store.read(|conn| find_target(conn, side, address))?;
    Ok(if matches!(target, Target::Nobody) { RcptAnswer::Unknown } else { RcptAnswer::Known })
}

pub(super) fn find_target(conn: &mut Conn, side: &MailSide, address: &str) -> Result<Target, Error> {
    let MailSide { ground, site, .. } = side;
    let Some((local_part, domain)) = address.rsplit_once('@') else { return Ok(Target::Nobody) };
    if !domain.eq_ignore_ascii_case(&site.domain) {
        return Ok(Target::Nobody);
    }
    if local_part.eq_ignore_ascii_case(Site::NOTE_LOCAL) {
        return Ok(Target::Note);
    }
    if let Some(mail) = outbox::find_by_sender(conn, &ground.vault, local_part)? {
        return Ok(Target::Sent(mail));
    }
    let hash = sponsorships::alias_hash(&ground.vault, local_part);
    let alias = sponsorships::find_alias(conn, &hash)?.filter(|alias| is_heard(ground, alias));
    Ok(alias.map_or(Target::Nobody, Target::Alias))
}

/// Live, or ended so lately that its writer is told.
fn is_heard(ground: &Ground, alias: &Alias) -> bool {
    let kind_for = ground.policy.sponsorships.alias_kind_after_end;
    alias.ended_at.is_none_or(|ended_at| ground.now() < ended_at.plus(kind_for))
}
