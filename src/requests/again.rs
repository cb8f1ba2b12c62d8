//! "Find me someone else": the contact ends and a new request carries the wishes and the old waiting time.

use diesel::prelude::*;

use super::error::Error;
use super::model::{Request, State};
use super::place::{may_place, short};
use super::queries::{find_request, find_waiting_of, latest_of};
use crate::clock::Timestamp;
use crate::counts::{self, What};
use crate::ground::Ground;
use crate::matching::{DayParts, Descriptions, Experience, Hours, Kind, Languages};
use crate::members::{self, FirstName, Member, QuestionKind};
use crate::notices::Notice;
use crate::outbox::{self, About, Reader};
use crate::sponsorships::{self, Side, Sponsorship};
use crate::store::Tx;
use crate::store::ids::{MemberId, RequestId};
use crate::store::schema::requests;
use crate::vault::Token;

/// From the pair's page: ends it if it has not ended, and asks again. False if the pair is not this newcomer's.
pub fn someone_else(ground: &Ground, member: MemberId, reference: &str) -> Result<bool, Error> {
    ground.store.write_tx(|tx| {
        let found = sponsorships::find_sponsorship_of(tx.conn(), member, reference)?;
        let Some((pair, Side::Sponsee)) = found else { return Ok(false) };
        sponsorships::end(tx, ground, &pair, Side::Sponsee)?;
        // Who wrote for now leaves a request that waits, or a sponsor.
        if !pair.is_for_now() {
            ask_again(tx, ground, member, pair.request, Kind::Sponsor)?;
        }
        Ok(true)
    })
}

/// From their own page, after the contact that the last request led to has ended or stopped.
pub fn once_more(ground: &Ground, member: MemberId) -> Result<(), Error> {
    ground.store.write_tx(|tx| {
        let pairs = sponsorships::list_active_of_sponsee(tx.conn(), member)?;
        // Who said that something is not right need not wait for the desk.
        if pairs.iter().any(|pair| !pair.is_for_now() && !pair.is_held()) {
            return Ok(());
        }
        let last = latest_of(tx.conn(), member)?.filter(|request| request.state == State::Matched);
        last.map_or(Ok(()), |last| ask_again(tx, ground, member, Some(last.id), Kind::Sponsor))
    })
}

/// What the newcomer pressed on a mailed question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    SomeoneNew,
    /// The contact ends, and nothing else happens.
    Stop,
    /// The sponsor stepped back: somebody to write with until then.
    ForNow,
    /// Wait a little more, go on, or leave it at that.
    Keep,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chosen {
    AskedAgain,
    Stopped,
    Kept,
    /// Somebody is looked for, and the contact stays as it is meanwhile.
    LooksMeanwhile,
    /// "This is settled. Nothing to do."
    Settled,
    NotHere,
}

pub fn choose(ground: &Ground, token: &Token, choice: Choice) -> Result<Chosen, Error> {
    ground.store.write_tx(|tx| {
        let found = members::find_question(tx.conn(), token)?.filter(|question| question.kind.is_about_pair());
        let Some(question) = found else { return Ok(Chosen::NotHere) };
        // The pair is gone where the other side erased themselves; the question stands.
        let pair = match question.sponsorship {
            Some(id) => sponsorships::find_sponsorship(tx.conn(), id)?,
            None => None,
        };
        // The other of the pair may have left for good, and the pair with them; "contact ended" asks on all the same.
        // Who waits for a sponsor to be back may think again until then.
        if (question.kind, choice) == (QuestionKind::Back, Choice::Keep) && !is_settled(question.kind, pair.as_ref()) {
            return Ok(if question.answered_at.is_none() { Chosen::Kept } else { Chosen::Settled });
        }
        if is_settled(question.kind, pair.as_ref()) || !members::answer_question(tx, ground, token)? {
            return Ok(Chosen::Settled);
        }
        if choice == Choice::Keep {
            if let Some(pair) = pair.as_ref().filter(|_| question.kind == QuestionKind::StillThere) {
                sponsorships::go_on(tx, pair, ground.now())?;
            }
            return Ok(Chosen::Kept);
        }
        if let (QuestionKind::Back, Some(pair)) = (question.kind, &pair) {
            return while_away(tx, ground, pair, choice);
        }
        let side = pair.as_ref().and_then(|pair| pair.side_of(question.member)).unwrap_or(Side::Sponsee);
        if let Some(pair) = &pair {
            sponsorships::end(tx, ground, pair, side)?;
        }
        // A sponsor does not look for anybody; the page offers them no such button.
        if choice == Choice::Stop || side == Side::Sponsor {
            return Ok(Chosen::Stopped);
        }
        ask_again(tx, ground, question.member, pair.and_then(|pair| pair.request), Kind::Sponsor)?;
        Ok(Chosen::AskedAgain)
    })
}

/// What helps while the sponsor is away. For someone new the contact lasts until the new yes.
fn while_away(tx: &mut Tx<'_>, ground: &Ground, pair: &Sponsorship, choice: Choice) -> Result<Chosen, Error> {
    match choice {
        Choice::Keep => Ok(Chosen::Kept),
        Choice::Stop => {
            sponsorships::end(tx, ground, pair, Side::Sponsee)?;
            Ok(Chosen::Stopped)
        }
        Choice::ForNow => {
            ask_again(tx, ground, pair.sponsee, pair.request, Kind::ForNow)?;
            Ok(Chosen::LooksMeanwhile)
        }
        Choice::SomeoneNew => {
            ask_again(tx, ground, pair.sponsee, pair.request, Kind::Sponsor)?;
            let waiting = find_waiting_of(tx.conn(), pair.sponsee)?.map(|request| request.id);
            sponsorships::set_handover(tx, pair.id, waiting)?;
            Ok(Chosen::LooksMeanwhile)
        }
    }
}

/// A mailed question as its page shows it: a first name at most.
pub struct Asked {
    pub kind: QuestionKind,
    pub member: MemberId,
    /// Which of the two is asked.
    pub side: Side,
    /// `None` once the other is erased.
    pub first_name: Option<FirstName>,
    /// When a sponsor who stepped back means to be here again, and the clock of the one who is asked, in minutes from UTC.
    pub back_at: Option<(Timestamp, i32)>,
    /// Answered, or nothing is left to ask.
    pub is_settled: bool,
}

/// `None` for a link that leads to nothing.
pub fn find_asked(ground: &Ground, token: &Token) -> Result<Option<Asked>, Error> {
    ground.store.read(|conn| {
        let Some(question) = members::find_question(conn, token)? else { return Ok(None) };
        let pair = match question.sponsorship {
            Some(id) => sponsorships::find_sponsorship(conn, id)?,
            None => None,
        };
        let side = pair.as_ref().and_then(|pair| pair.side_of(question.member)).unwrap_or(Side::Sponsee);
        let asked = members::find_member(conn, question.member)?;
        let until = pair.as_ref().and_then(|pair| pair.paused_until);
        Ok(Some(Asked {
            back_at: until.zip(asked.map(|member| member.utc_offset_min)),
            kind: question.kind,
            side,
            first_name: match &pair {
                Some(pair) => sponsorships::partner_name(conn, pair, side)?,
                None => None,
            },
            is_settled: question.answered_at.is_some() || is_settled(question.kind, pair.as_ref()),
            member: question.member,
        }))
    })
}

/// A late hello that came, or a contact that ended meanwhile, leaves nothing to ask. That a contact ended stays a question
/// even when the other is not here any more.
fn is_settled(kind: QuestionKind, pair: Option<&Sponsorship>) -> bool {
    match kind {
        QuestionKind::Ended | QuestionKind::Rest | QuestionKind::StillUp | QuestionKind::Clear => false,
        QuestionKind::Back => pair.is_none_or(|pair| pair.is_ended() || !pair.is_paused()),
        QuestionKind::Late => pair.is_none_or(|pair| pair.state != sponsorships::State::Introduced),
        QuestionKind::StillThere | QuestionKind::GoingOk | QuestionKind::GoOn => pair.is_none_or(Sponsorship::is_ended),
    }
}

/// One request at a time: a newcomer who asked again already keeps that one. Without the `old` one the latest counts.
fn ask_again(
    tx: &mut Tx<'_>,
    ground: &Ground,
    newcomer: MemberId,
    old: Option<RequestId>,
    kind: Kind,
) -> Result<(), Error> {
    if !may_place(tx, ground, newcomer)? {
        return Ok(());
    }
    let Some(member) = members::find_member(tx.conn(), newcomer)? else { return Ok(()) };
    let short = short(tx, ground)?;
    let old = match old {
        Some(id) => find_request(tx.conn(), id)?,
        None => latest_of(tx.conn(), newcomer)?,
    };
    let request = match old {
        Some(old) => carried(ground, &old, short),
        None => plain(ground, &member, short),
    };
    let request = Request { kind, ..request };
    diesel::insert_into(requests::table).values(&request).execute(tx.conn())?;
    if kind == Kind::Sponsor {
        counts::add(tx, ground.now(), What::Placed, 0)?;
    }
    outbox::push_notice(tx, ground, Reader::Member(member.id), About::default(), &Notice::AllSet)?;
    Ok(())
}

/// The same wishes, and a place in the queue as if the wait had never stopped.
fn carried(ground: &Ground, old: &Request, short: String) -> Request {
    let now = ground.now();
    let waited = old.closed_at.unwrap_or(now).since(old.waiting_since);
    Request {
        id: RequestId::random(&ground.chance),
        state: State::Waiting,
        short,
        placed_at: now,
        waiting_since: now.minus(waited),
        note: None, // asked again, never carried
        next_look_at: now,
        closed_at: None,
        member: old.member,
        languages: old.languages,
        first_language: old.first_language,
        accepts: old.accepts,
        accepts_must: old.accepts_must,
        describes: old.describes,
        parts: old.parts,
        hours: old.hours,
        walked_with: old.walked_with,
        ok_with_medicine: old.ok_with_medicine,
        kind: Kind::Sponsor,
        not_before: None,
        postpone_reason: None,
    }
}

/// The presets.
pub(super) fn plain(ground: &Ground, member: &Member, short: String) -> Request {
    let now = ground.now();
    let code = member.lang.word();
    let language = Languages::from_codes([code], &ground.policy.lists).unwrap_or(Languages::NONE.with(0));
    Request {
        id: RequestId::random(&ground.chance),
        member: member.id,
        state: State::Waiting,
        short,
        placed_at: now,
        waiting_since: now,
        languages: language,
        first_language: language,
        accepts: Descriptions::ANYONE,
        accepts_must: false,
        describes: Descriptions::UNSTATED,
        parts: DayParts::NONE,
        hours: Hours::ALL,
        note: None,
        next_look_at: now,
        closed_at: None,
        walked_with: Experience::NONE,
        ok_with_medicine: false,
        kind: Kind::Sponsor,
        not_before: None,
        postpone_reason: None,
    }
}
