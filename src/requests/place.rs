//! Placing a request once its address is proven, and stopping.

use std::panic::{self, AssertUnwindSafe};

use diesel::prelude::*;

use super::again::plain;
use super::ask::{self, Known, Outcome};
use super::error::Error;
use super::facts::Memory;
use super::look_after::leave;
use super::model::{Draft, Request, State, note_place};
use super::queries::{find_waiting_by_short, find_waiting_of, list_offers};
use super::tick::{list_due, move_offer, withdraw_offers_of};
use crate::counts::{self, What};
use crate::ground::Ground;
use crate::matching::{DayParts, Descriptions, Experience, Hours, Kind, Languages, OfferEvent, Round};
use crate::members::{self, CodeDoor, CodeProblem, Member, SessionDoor};
use crate::notices::Notice;
use crate::outbox::{About, Reader};
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::requests;
use crate::store::types::Digest;
use crate::store::{Conn, Tx};
use crate::vault::SessionToken;

/// How typing the code ended.
pub enum Placed {
    /// The request is in the queue and its owner signed in.
    In(SessionToken),
    Problem(CodeProblem),
}

/// How a request is looked at in the transaction that places it; the hash is the one its newcomer is remembered by.
type LookFirst<'a> = &'a dyn Fn(&mut Conn, &Ground, &Request, Digest) -> Result<Outcome, Error>;

/// Takes the code, places what waits under it and asks the first sponsors, all in one transaction. A member who has a request
/// open keeps it.
pub fn place(ground: &Ground, browser: &[u8], typed_code: &str) -> Result<Placed, Error> {
    place_in_any_case(&look_if_first, ground, browser, typed_code)
}

/// A look that fails, or panics, costs nobody their request: it is placed without, and the tick looks.
fn place_in_any_case(look: LookFirst<'_>, ground: &Ground, browser: &[u8], code: &str) -> Result<Placed, Error> {
    let looked = panic::catch_unwind(AssertUnwindSafe(|| place_with(look, ground, browser, code)));
    match looked {
        Ok(Ok(placed)) => Ok(placed),
        Ok(Err(_)) | Err(_) => place_with(&|_, _, request, _| Ok(leave_to_tick(request)), ground, browser, code),
    }
}

/// Whoever waits and is due goes before: the tick looks at all of them in turn.
fn look_if_first(conn: &mut Conn, ground: &Ground, request: &Request, own: Digest) -> Result<Outcome, Error> {
    if !list_due(conn, ground)?.is_empty() {
        return Ok(leave_to_tick(request));
    }
    let memory = Memory::read_with(conn, ground, request.member, Some(own))?;
    ask::look(conn, ground, Known { request, memory, offers: Vec::new() }, Round::Full)
}

fn leave_to_tick(request: &Request) -> Outcome {
    Outcome::nobody_until(request.next_look_at)
}

fn place_with(look: LookFirst<'_>, ground: &Ground, browser: &[u8], typed_code: &str) -> Result<Placed, Error> {
    ground.store.write_tx(|tx| {
        let joined = match members::take_code(tx, ground, CodeDoor::Ask, browser, typed_code)? {
            Err(problem) => return Ok(Placed::Problem(problem)),
            Ok(joined) => joined,
        };
        let bytes = joined.draft.clone().ok_or(Error::Bug("a code to ask without a draft"))?;
        let draft: Draft = serde_json::from_slice(&bytes).map_err(|_| Error::Bug("a draft is not JSON"))?;
        let (is_new, own) = (joined.member.is_none(), joined.memory_hash);
        let member = members::enter(tx, ground, joined, &draft.first_name)?;
        if is_new || may_place(tx, ground, member.id)? {
            let request = from_draft(tx, ground, &member, &draft)?;
            let outcome = look(tx.conn(), ground, &request, own)?;
            let request = Request { next_look_at: outcome.next_look_at, ..request };
            diesel::insert_into(requests::table).values(&request).execute(tx.conn())?;
            counts::add(tx, ground.now(), What::Placed, 0)?;
            let all_set = (Reader::Member(member.id), About::default(), Notice::AllSet);
            outcome.write(tx, ground, Some(all_set))?;
        }
        Ok(Placed::In(members::open_session(tx, ground, member.id, SessionDoor::Member)?))
    })
}

/// One request at a time. One for somebody for now gives way to one for a sponsor.
pub(super) fn may_place(tx: &mut Tx<'_>, ground: &Ground, newcomer: MemberId) -> Result<bool, Error> {
    match find_waiting_of(tx.conn(), newcomer)? {
        Some(open) if open.kind == Kind::Sponsor => Ok(false),
        Some(open) => close(tx, ground, open.id, State::Withdrawn),
        None => Ok(true),
    }
}

fn from_draft(tx: &mut Tx<'_>, ground: &Ground, member: &Member, draft: &Draft) -> Result<Request, Error> {
    let request = plain(ground, member, short(tx, ground)?);
    with_wishes(ground, request, member.utc_offset_min, draft)
}

/// The request with the wishes of these answers, everything else as it was.
pub(super) fn with_wishes(
    ground: &Ground,
    request: Request,
    utc_offset_min: i32,
    draft: &Draft,
) -> Result<Request, Error> {
    let parts = DayParts::of(draft.parts.iter().copied());
    let note = draft.note.trim();
    let note = (!note.is_empty())
        .then(|| ground.vault.seal(note_place(&request.id), note.as_bytes(), &ground.chance))
        .transpose()
        .map_err(members::Error::from)?;
    Ok(Request {
        languages: Languages::from_bits(draft.languages),
        first_language: Languages::from_bits(draft.first_language),
        accepts: Descriptions::from_bits(draft.accepts).or_anyone(),
        accepts_must: draft.accepts_must,
        describes: Descriptions::from_bits(draft.describes).or_unstated(),
        parts,
        hours: Hours::wished(parts, utc_offset_min),
        walked_with: Experience::from_bits(draft.walked_with),
        ok_with_medicine: draft.ok_with_medicine,
        note,
        ..request
    })
}

/// Draws of a short name before one that is taken is taken all the same: with a thousand waiting, one draw in thirty meets
/// another, and eight in a row in none that anybody lives to see.
const SHORT_DRAWS: u32 = 8;

/// Three characters that read well aloud: no I, L, O, 0 or 1. It names a request beside a first name, at the desk and in
/// the path of its page, so that no two that wait have the same while there are fewer of them than names.
pub(super) fn short(tx: &mut Tx<'_>, ground: &Ground) -> Result<String, Error> {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    let count = u32::try_from(LETTERS.len()).unwrap_or(1);
    let letter = || LETTERS.get(ground.chance.below(count) as usize).copied().map_or('7', char::from);
    let mut drawn = String::new();
    for _ in 0..SHORT_DRAWS {
        drawn = (0..3).map(|_| letter()).collect();
        if find_waiting_by_short(tx.conn(), &drawn)?.is_none() {
            break;
        }
    }
    Ok(drawn)
}

/// The newcomer stops looking. False if nothing was open.
pub fn withdraw(ground: &Ground, member: MemberId) -> Result<bool, Error> {
    ground.store.write_tx(|tx| stop_looking(tx, ground, member))
}

/// The same within another use case.
pub fn stop_looking(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<bool, Error> {
    let Some(request) = find_waiting_of(tx.conn(), member)? else { return Ok(false) };
    close(tx, ground, request.id, State::Withdrawn)
}

/// For an erasure: what this member waits for and what they were asked for goes on without them.
pub fn withdraw_all_of(tx: &mut Tx<'_>, ground: &Ground, member: MemberId) -> Result<(), Error> {
    stop_looking(tx, ground, member)?;
    withdraw_offers_of(tx, ground, member)
}

/// Closes a waiting request and withdraws what is still asked for it. False if it did not wait any more.
pub(super) fn close(tx: &mut Tx<'_>, ground: &Ground, id: RequestId, state: State) -> Result<bool, Error> {
    let waiting = requests::table.filter(requests::id.eq(id).and(requests::state.eq(State::Waiting)));
    let closed = diesel::update(waiting)
        .set((requests::state.eq(state), requests::closed_at.eq(ground.now())))
        .execute(tx.conn())?;
    if closed == 0 {
        return Ok(false);
    }
    leave(tx, id)?;
    for offer in list_offers(tx.conn(), id)? {
        move_offer(tx, ground, &offer, OfferEvent::Withdrawal)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use diesel::sql_query;

    use super::*;
    use crate::desk::tests::World;
    use crate::requests::{list_waiting, tick};
    use crate::store::schema::outbox;
    use crate::vault::Chance;

    /// How many were asked for each who waits, the longest waiting first.
    fn asked(world: &World) -> Vec<usize> {
        let count = |conn: &mut Conn| {
            let waiting = list_waiting(conn)?;
            waiting.iter().map(|request| Ok(list_offers(conn, request.id)?.len())).collect::<Result<_, Error>>()
        };
        world.ground.store.read(count).unwrap()
    }

    #[test]
    fn sponsors_are_asked_in_the_moment_of_the_request() {
        let world = World::new();
        for name in ["Ada", "Bea", "Cleo", "Dora", "Eva"] {
            world.sponsor(name, 1);
        }
        world.newcomer("Ana");
        assert_eq!(asked(&world), [4]);
        let waiting = world.ground.store.read(list_waiting).unwrap();
        assert!(waiting[0].next_look_at > world.ground.now(), "nothing is left for the tick");
    }

    #[test]
    fn whoever_waited_and_is_due_is_asked_for_first() {
        let world = World::new();
        world.newcomer("Ana");
        for name in ["Ada", "Bea", "Cleo"] {
            world.sponsor(name, 1);
        }
        world.newcomer("Bo");
        assert_eq!(asked(&world), [0, 0]);
        tick(&world.ground).unwrap();
        assert_eq!(asked(&world), [2, 1]);
    }

    /// Without the first of these tables nobody is found to be asked, without the second nothing of them is written.
    #[test]
    fn a_look_that_fails_costs_nobody_their_request() {
        for needed in ["pair_memory", "offers"] {
            let world = World::new();
            world.sponsor("Ada", 1);
            let rename = |from: &str, to: &str| {
                let rename = format!("ALTER TABLE {from} RENAME TO {to}");
                let done = world.ground.store.write_tx(|tx| sql_query(&rename).execute(tx.conn()).map_err(Error::from));
                done.unwrap();
            };
            rename(needed, "elsewhere");
            world.newcomer("Ana");
            rename("elsewhere", needed);
            assert_eq!(asked(&world), [0], "without {needed}");
            let told = outbox::table.filter(outbox::reason.eq("all-set")).count();
            assert_eq!(world.ground.store.read(|conn| told.get_result::<i64>(conn).map_err(Error::from)).unwrap(), 1);
            tick(&world.ground).unwrap();
            assert_eq!(asked(&world), [1]);
        }
    }

    #[test]
    fn a_look_that_panics_costs_nobody_their_request() {
        let world = World::new();
        world.sponsor("Ada", 1);
        let (browser, code) = world.asks("Bo");
        let placed = place_in_any_case(&|_, _, _, _| panic!("in the middle of it"), &world.ground, &browser, &code);
        assert!(matches!(placed, Ok(Placed::In(_))));
        assert_eq!(asked(&world), [0]);
        tick(&world.ground).unwrap();
        assert_eq!(asked(&world), [1]);
    }

    #[test]
    fn no_two_that_wait_share_a_short_name() {
        let world = World::new();
        world.newcomer("Ana");
        // The same chance twice draws the same name first.
        let draw = || {
            let ground = Ground { chance: Chance::seeded(3), ..world.ground.clone() };
            world.ground.store.write_tx(|tx| short(tx, &ground)).unwrap()
        };
        let first = draw();
        let name_it = |state| {
            let named = (requests::short.eq(&first), requests::state.eq(state));
            world
                .ground
                .store
                .write_tx(|tx| diesel::update(requests::table).set(named).execute(tx.conn()).map_err(Error::from))
        };
        name_it(State::Withdrawn).unwrap();
        assert_eq!(draw(), first, "a name is free again once its request is settled");
        name_it(State::Waiting).unwrap();
        assert_ne!(draw(), first);
    }
}
