//! Mail that no person wrote: what it says about a mail of ours, if anything. It is never answered and never passed on; all
//! that is kept of it is that a mailbox takes no mail, or wants none.

use super::MailSide;
use super::accept::{NOTICES_A_DAY, tell};
use super::error::Error;
use super::rcpt::Target;
use super::report::{self, Kind};
use super::tally::{DAY, take_turn};
use crate::ground::Ground;
use crate::members::{self, MailStopped};
use crate::notices::{DidNotGo, Notice};
use crate::outbox::{self, LETTER, SentMail};
use crate::requests;
use crate::sponsorships::{self, Side};
use crate::store::Conn;

/// What a report says about the mail it belongs to: that which had this envelope sender, else one that it quotes.
pub(super) fn note(side: &MailSide, target: &Target, raw: &[u8]) -> Result<(), Error> {
    let ground = &side.ground;
    let Some(report) = report::read(raw, &side.site.domain) else { return Ok(()) };
    let mail = match target {
        Target::Sent(mail) => Some(mail.clone()),
        _ => ground.store.read(|conn| find_marked(conn, ground, &report.marks))?,
    };
    let Some(mail) = mail else { return Ok(()) };
    match report.kind {
        Kind::Permanent => note_refused(side, &mail),
        Kind::Complaint => {
            tracing::warn!("a mail of ours was reported as unwanted");
            let Some(member) = mail.member else { return Ok(()) };
            ground.store.write_tx(|tx| {
                members::stop_mail(tx, member, MailStopped::Complained)?;
                Ok(requests::withdraw_offers_of(tx, ground, member)?)
            })
        }
        Kind::Temporary | Kind::Delivered => Ok(()),
    }
}

/// A mailbox takes no mail, for good: counted, and the writer of a letter is told that much.
fn note_refused(side: &MailSide, mail: &SentMail) -> Result<(), Error> {
    let ground = &side.ground;
    let Some(member) = mail.member else { return Ok(()) };
    ground.store.write_tx(|tx| {
        if !outbox::mark_reported(tx, mail)? {
            return Ok(());
        }
        if members::note_bounce(tx, ground, member)? {
            // What this hand was asked goes on to others, who can read it.
            requests::withdraw_offers_of(tx, ground, member)?;
        }
        let Some(id) = mail.sponsorship.filter(|_| mail.reason == LETTER) else { return Ok(()) };
        let Some(pair) = sponsorships::find_sponsorship(tx.conn(), id)? else { return Ok(()) };
        let Some(by) = pair.side_of(member).map(Side::other).filter(|_| !pair.is_ended()) else {
            return Ok(());
        };
        if !take_turn(tx, ground, &[b"came-back", member.bytes()], &[(DAY, NOTICES_A_DAY)])? {
            return Ok(());
        }
        let first_name = sponsorships::partner_name(tx.conn(), &pair, by)?.map(|name| name.as_str().to_owned());
        tell(tx, side, pair.member(by), &Notice::NoteDidNotGo { why: DidNotGo::Bounced, first_name })
    })
}

fn find_marked(conn: &mut Conn, ground: &Ground, marks: &[String]) -> Result<Option<SentMail>, Error> {
    for mark in marks {
        if let Some(mail) = outbox::find_by_sender(conn, &ground.vault, mark)? {
            return Ok(Some(mail));
        }
        if let Some(mail) = outbox::find_by_message_id(conn, &ground.vault, mark)? {
            return Ok(Some(mail));
        }
    }
    Ok(None)
}
