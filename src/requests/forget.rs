//! Closed requests and their offers end after thirty days; the wishes of a pair live on with it, for "someone new".

use diesel::prelude::*;

use super::error::Error;
use super::model::State;
use crate::ground::Ground;
use crate::members::QuestionKind;
use crate::sponsorships;
use crate::store::schema::{offers, questions, requests, sponsorships as pairs};

pub fn forget_closed(ground: &Ground) -> Result<(), Error> {
    let before = ground.now().minus(ground.policy.sponsorships.wishes_kept_after_end);
    ground.store.sweep(|tx| {
        let lives_on = pairs::state.ne(sponsorships::State::Ended).or(pairs::ended_at.ge(before));
        let of_pairs =
            pairs::table.filter(lives_on.and(pairs::request.is_not_null())).select(pairs::request.assume_not_null());
        // Where the other of a pair was erased the pair is gone, but "someone new?" was asked when it ended.
        let asked = questions::table
            .filter(questions::kind.eq(QuestionKind::Ended).and(questions::made_at.ge(before)))
            .select(questions::member);
        let over = requests::table
            .filter(requests::closed_at.lt(before))
            .filter(requests::id.ne_all(of_pairs))
            .filter(requests::member.ne_all(asked));
        let gone = diesel::delete(over).execute(tx.conn())?;
        // Those of a waiting request stay, so that nobody is asked for it twice.
        let closed = requests::table.filter(requests::state.ne(State::Waiting)).select(requests::id);
        let over = offers::table.filter(offers::made_at.lt(before)).filter(offers::request.eq_any(closed));
        Ok(gone + diesel::delete(over).execute(tx.conn())?)
    })
}
