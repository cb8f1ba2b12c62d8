//! What the desk did, from the record: who did what, by first name. Whoever left is nobody by name.

use std::collections::HashMap;

use super::error::Error;
use super::queries;
use crate::audit::{self, Act, Done, Head};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::store::ids::MemberId;

/// Rows read, and so the most that are shown.
const SHOWN: i64 = 200;

pub enum Who {
    Named(String),
    /// Somebody who is not here any more.
    Left,
    /// The operator, or a rule.
    Nobody,
}

pub struct Told {
    pub act: Act,
    pub at: Timestamp,
    pub who: Who,
    /// To whom it was done, where coordinators may know.
    pub whom: Who,
}

/// The newest first, and the head of the record. Of visits to the desk only the reader's own: they see when their way in
/// was last used.
pub fn history(ground: &Ground, reader: MemberId) -> Result<(Vec<Told>, Option<Head>), Error> {
    ground.store.read(|conn| {
        let head = audit::head(conn)?;
        let mut done = audit::list_newest(conn, SHOWN)?;
        done.retain(|done| done.act != Act::SignedInAtDesk || done.actor == Some(reader));
        let ids = done.iter().flat_map(|done| [done.actor, whom(done)]).flatten();
        let names = queries::names_of(conn, ids)?;
        let told = |done: Done| Told {
            act: done.act,
            at: done.at,
            who: who(&names, done.actor),
            whom: who(&names, whom(&done)),
        };
        Ok((done.into_iter().map(told).collect(), head))
    })
}

/// Only for whom a word was given is named: what else was done about somebody is known to whoever was in charge.
fn whom(done: &Done) -> Option<MemberId> {
    done.subject.filter(|_| done.act == Act::Vouched).map(MemberId::from_bytes)
}

fn who(names: &HashMap<MemberId, String>, id: Option<MemberId>) -> Who {
    match id.map(|id| names.get(&id)) {
        None => Who::Nobody,
        Some(None) => Who::Left,
        Some(Some(name)) => Who::Named(name.clone()),
    }
}
