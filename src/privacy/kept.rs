//! Everything that is kept about one member, as they may read it. The fields of [`Kept`] are the tables that
//! [`TABLES`](super::TABLES) exports, by their names. Of others it holds the first name in a pair and nothing else: not who
//! was asked, not who ended a contact, not what they answered.

mod desk;

use diesel::prelude::*;
use serde::{Serialize, Serializer};

use super::error::Error;
use crate::clock::{Day, Month, Timestamp};
use crate::ground::Ground;
use crate::hands::{self, Hand};
use crate::i18n::Lang;
use crate::members::{InvitationKind, MailStopped, SessionDoor};
use crate::policy::Lists;
use crate::requests::{self, Offer, OfferState, PostponeReason, Request};
use crate::safety::Category;
use crate::sponsorships::{self, Side, Sponsorship};
use crate::store::Conn;
use crate::store::ids::MemberId;
use crate::store::schema as tables;

/// How an address is told: the web side has no key for it, and no page or file shows one.
pub const ADDRESS_TOLD: &str = "kept sealed; only the mail side can open it";
const HASH_TOLD: &str = "kept as a keyed hash";

#[derive(Serialize)]
pub struct Kept {
    pub members: Myself,
    pub former_addresses: Vec<Former>,
    pub sessions: Vec<Visit>,
    pub coordinators: Vec<desk::Coordinator>,
    pub rota: Vec<desk::WeekOnDuty>,
    pub invitations: Vec<Invitation>,
    pub hands: Vec<HandTold>,
    pub requests: Vec<RequestTold>,
    pub offers: Vec<OfferTold>,
    pub sponsorships: Vec<PairTold>,
    pub questions: Vec<QuestionTold>,
    pub reports: Vec<ReportTold>,
    pub vouches: Vec<WordsGiven>,
}

/// What the member said of somebody. What others said of the member is theirs.
#[derive(Serialize)]
pub struct ReportTold {
    pub about: &'static str,
    pub made: String,
    pub closed: Option<String>,
    pub words: &'static str,
}

#[derive(Serialize)]
pub struct Myself {
    pub first_name: String,
    pub address: &'static str,
    pub address_to_find_it_again: &'static str,
    pub address_after_leaving: &'static str,
    pub check_word: String,
    pub language: &'static str,
    pub minutes_from_utc: i32,
    pub here_since: KeptMonth,
    pub last_here: KeptMonth,
    pub agreed_to_version: i32,
    pub agreed_in: KeptMonth,
    pub mail_last_came_back: Option<String>,
    /// Why no mail goes, if none does.
    pub mail_stopped: Option<&'static str>,
}

#[derive(Serialize)]
pub struct Former {
    pub address: &'static str,
    pub left: KeptMonth,
}

/// A month, told as 2027-01.
#[derive(Clone, Copy)]
pub struct KeptMonth(pub Month);

impl Serialize for KeptMonth {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&month(self.0))
    }
}

#[derive(Serialize)]
pub struct Visit {
    pub opens: &'static str,
    pub begun: String,
    pub ends: String,
}

#[derive(Serialize)]
pub struct Invitation {
    pub kind: &'static str,
    pub made: String,
    pub ends: String,
    pub used: Option<String>,
}

#[derive(Serialize)]
pub struct HandTold {
    pub state: &'static str,
    pub how_many: i32,
    pub offers_a_week: i32,
    pub rhythm: &'static str,
    pub may_be_asked_at_night: bool,
    pub can_write_for_now: bool,
    pub has_walked_with: Vec<String>,
    pub that_may_be_told: bool,
    /// None: not said.
    pub ok_with_prescribed_medicine: Option<bool>,
    pub languages: Vec<String>,
    pub describes: Vec<String>,
    /// Nobody in particular: anyone.
    pub can_sponsor: Vec<String>,
    pub times: Vec<&'static str>,
    pub paused_until: Option<String>,
    pub up_until: String,
    pub promise_version: i32,
    pub promised_in: String,
    pub raised: Option<String>,
    /// The month in which somebody's word put it up.
    pub somebody_gave_their_word_in: Option<KeptMonth>,
}

#[derive(Serialize)]
pub struct RequestTold {
    /// A sponsor, or somebody for now.
    pub kind: &'static str,
    pub state: &'static str,
    pub name_at_the_desk: String,
    pub placed: String,
    pub waiting_since: String,
    pub languages: Vec<String>,
    pub first_language: Vec<String>,
    /// Nobody in particular: anyone.
    pub who_would_be_ok: Vec<String>,
    pub only_those: bool,
    pub someone_who_has_walked_with: Vec<String>,
    pub only_who_is_ok_with_prescribed_medicine: bool,
    pub describes: Vec<String>,
    pub times: Vec<&'static str>,
    pub note: Option<String>,
    pub closed: Option<String>,
    /// By a coordinator.
    pub nobody_is_asked_before: Option<String>,
    pub postponed_because: Option<&'static str>,
}

/// A request of somebody else that the member's hand was asked about.
#[derive(Serialize)]
pub struct OfferTold {
    pub kind: &'static str,
    pub state: &'static str,
    pub asked: String,
    pub lapses: String,
    pub answered: Option<String>,
    pub by_a_coordinator: bool,
}

#[derive(Serialize)]
pub struct PairTold {
    pub kind: &'static str,
    pub you_are: &'static str,
    pub first_name_of_the_other: String,
    pub state: &'static str,
    pub begun: String,
    pub last_letter: Option<String>,
    pub you_wrote_last: bool,
    pub sponsor_first_wrote: Option<String>,
    pub rests_until: Option<String>,
    pub sponsor_came_back: Option<String>,
    pub lasts_until_someone_new: bool,
    pub ended: Option<String>,
    /// False says nothing of who did.
    pub you_ended_it: bool,
}

#[derive(Serialize)]
pub struct QuestionTold {
    pub kind: &'static str,
    pub asked: String,
    pub answered: Option<String>,
}

/// For whom is theirs to tell.
#[derive(Serialize)]
pub struct WordsGiven {
    pub you_gave_your_word_for_others: usize,
    pub others_gave_their_word_for_you: usize,
}

/// `None` for somebody who is nobody here.
pub fn find_kept(ground: &Ground, member: MemberId) -> Result<Option<Kept>, Error> {
    ground.store.read(|conn| {
        let Some(members) = myself(conn, member)? else { return Ok(None) };
        Ok(Some(Kept {
            members,
            former_addresses: former(conn, member)?,
            sessions: visits(conn, member)?,
            coordinators: desk::coordinators(conn, member)?,
            rota: desk::weeks_on_duty(conn, member)?,
            invitations: invitations(conn, member)?,
            hands: told_hands(conn, &ground.policy.lists, member)?,
            requests: told_requests(conn, ground, member)?,
            offers: offers(conn, member)?,
            sponsorships: pairs(conn, member)?,
            questions: questions(conn, member)?,
            reports: told_reports(conn, member)?,
            vouches: words_given(conn, member)?,
        }))
    })
}

fn minute(at: Timestamp) -> String {
    at.utc().format("%Y-%m-%d %H:%M UTC").to_string()
}

fn day(day: Day) -> String {
    day.start().utc().format("%Y-%m-%d").to_string()
}

fn month(month: Month) -> String {
    format!("{:04}-{:02}", month.0.div_euclid(12), month.0.rem_euclid(12) + 1)
}

fn myself(conn: &mut Conn, member: MemberId) -> Result<Option<Myself>, Error> {
    use tables::members as t;
    let named = t::table.find(member).select((t::first_name, t::check_word, t::language, t::utc_offset_min));
    let Some((first_name, check_word, lang, minutes_from_utc)) =
        named.first::<(String, String, Lang, i32)>(conn).optional()?
    else {
        return Ok(None);
    };
    let dated = t::table.find(member).select((t::made_month, t::active_month, t::terms_version, t::terms_month));
    let (made, active, agreed_to_version, agreed): (Month, Month, i32, Month) = dated.first(conn)?;
    let mail = t::table.find(member).select((t::bounced_on, t::mail_stopped));
    let (came_back, stopped): (Option<Day>, Option<MailStopped>) = mail.first(conn)?;
    Ok(Some(Myself {
        first_name,
        address: ADDRESS_TOLD,
        address_to_find_it_again: HASH_TOLD,
        address_after_leaving: HASH_TOLD,
        check_word,
        language: lang.word(),
        minutes_from_utc,
        here_since: KeptMonth(made),
        last_here: KeptMonth(active),
        agreed_to_version,
        agreed_in: KeptMonth(agreed),
        mail_last_came_back: came_back.map(day),
        mail_stopped: stopped.map(MailStopped::word),
    }))
}

fn former(conn: &mut Conn, member: MemberId) -> Result<Vec<Former>, Error> {
    use tables::former_addresses as t;
    let left: Vec<Month> =
        t::table.filter(t::member.eq(member)).order(t::left_month).select(t::left_month).load(conn)?;
    Ok(left.into_iter().map(|left| Former { address: ADDRESS_TOLD, left: KeptMonth(left) }).collect())
}

fn visits(conn: &mut Conn, member: MemberId) -> Result<Vec<Visit>, Error> {
    use tables::sessions as t;
    let mine = t::table.filter(t::member.eq(member)).order(t::made_at).select((t::door, t::made_at, t::ends_at));
    let rows: Vec<(SessionDoor, Timestamp, Timestamp)> = mine.load(conn)?;
    let told = |(door, made, ends): (SessionDoor, Timestamp, Timestamp)| Visit {
        opens: door.word(),
        begun: minute(made),
        ends: minute(ends),
    };
    Ok(rows.into_iter().map(told).collect())
}

fn invitations(conn: &mut Conn, member: MemberId) -> Result<Vec<Invitation>, Error> {
    use tables::invitations as t;
    type Row = (InvitationKind, Timestamp, Timestamp, Option<Timestamp>);
    let mine = t::table.filter(t::made_by.eq(member)).order(t::made_at);
    let rows: Vec<Row> = mine.select((t::kind, t::made_at, t::expires_at, t::used_at)).load(conn)?;
    let told = |(kind, made, ends, used): Row| Invitation {
        kind: kind.word(),
        made: minute(made),
        ends: minute(ends),
        used: used.map(minute),
    };
    Ok(rows.into_iter().map(told).collect())
}

fn told_hands(conn: &mut Conn, lists: &Lists, member: MemberId) -> Result<Vec<HandTold>, Error> {
    let told = |hand: Hand| HandTold {
        state: hand.state.word(),
        how_many: hand.capacity,
        offers_a_week: hand.weekly_limit,
        rhythm: hand.rhythm.word(),
        may_be_asked_at_night: hand.ask_at_night,
        can_write_for_now: hand.writes_for_now,
        has_walked_with: hand.walked_with.codes(lists),
        that_may_be_told: hand.shows_walked_with,
        ok_with_prescribed_medicine: hand.ok_with_medicine,
        languages: hand.languages.codes(lists),
        describes: hand.describes.codes(lists),
        can_sponsor: hand.accepts.codes(lists),
        times: hand.parts.words(),
        paused_until: hand.paused_until.map(minute),
        up_until: minute(hand.lease_ends_at),
        promise_version: hand.promise_version,
        promised_in: month(hand.promise_month),
        raised: hand.raised_on.map(day),
        somebody_gave_their_word_in: hand.vouched_on.map(|day| KeptMonth(day.start().month())),
    };
    Ok(hands::find_hand(conn, member)?.map(told).into_iter().collect())
}

fn told_requests(conn: &mut Conn, ground: &Ground, member: MemberId) -> Result<Vec<RequestTold>, Error> {
    use tables::requests as t;
    let lists = &ground.policy.lists;
    let mine = t::table.filter(t::member.eq(member)).order(t::placed_at);
    let rows: Vec<Request> = mine.select(Request::as_select()).load(conn)?;
    let told = |request: Request| {
        Ok(RequestTold {
            kind: request.kind.word(),
            note: requests::note_of(ground, &request)?,
            state: request.state.word(),
            placed: minute(request.placed_at),
            waiting_since: minute(request.waiting_since),
            languages: request.languages.codes(lists),
            first_language: request.first_language.codes(lists),
            who_would_be_ok: request.accepts.codes(lists),
            only_those: request.accepts_must,
            someone_who_has_walked_with: request.walked_with.codes(lists),
            only_who_is_ok_with_prescribed_medicine: request.ok_with_medicine,
            describes: request.describes.codes(lists),
            times: request.parts.words(),
            closed: request.closed_at.map(minute),
            nobody_is_asked_before: request.not_before.map(minute),
            postponed_because: request.postpone_reason.map(PostponeReason::word),
            name_at_the_desk: request.short,
        })
    };
    rows.into_iter().map(told).collect()
}

fn told_reports(conn: &mut Conn, member: MemberId) -> Result<Vec<ReportTold>, Error> {
    use tables::reports as t;
    type Row = (Category, Timestamp, Option<Timestamp>);
    let mine = t::table.filter(t::reporter.eq(member)).order(t::made_at);
    let rows: Vec<Row> = mine.select((t::category, t::made_at, t::closed_at)).load(conn)?;
    let told = |(category, made, closed): Row| ReportTold {
        about: category.word(),
        made: day(made.day()),
        closed: closed.map(|at| day(at.day())),
        words: "kept sealed; one coordinator can open it, and each opening is written down",
    };
    Ok(rows.into_iter().map(told).collect())
}

fn offers(conn: &mut Conn, member: MemberId) -> Result<Vec<OfferTold>, Error> {
    use tables::offers as t;
    let mine = t::table.filter(t::hand.eq(member)).order(t::made_at);
    let rows: Vec<Offer> = mine.select(Offer::as_select()).load(conn)?;
    let told = |offer: Offer| {
        // What others did with their request stays theirs: an answer is told where the member gave one.
        let is_answer = matches!(offer.state, OfferState::Accepted | OfferState::Declined);
        OfferTold {
            kind: offer.kind.word(),
            state: offer.state.word(),
            asked: minute(offer.made_at),
            lapses: minute(offer.lapses_at),
            answered: offer.answered_at.filter(|_| is_answer).map(minute),
            by_a_coordinator: offer.suggested,
        }
    };
    Ok(rows.into_iter().map(told).collect())
}

fn pairs(conn: &mut Conn, member: MemberId) -> Result<Vec<PairTold>, Error> {
    let mut told = Vec::new();
    for pair in sponsorships::list_of_member(conn, member)? {
        let Some(side) = pair.side_of(member) else { continue };
        let name = sponsorships::partner_name(conn, &pair, side)?;
        told.push(told_pair(&pair, side, name.map(|name| name.as_str().to_owned()).unwrap_or_default()));
    }
    Ok(told)
}

fn told_pair(pair: &Sponsorship, side: Side, first_name_of_the_other: String) -> PairTold {
    PairTold {
        kind: pair.kind.word(),
        sponsor_first_wrote: pair.sponsor_wrote_on.map(day),
        rests_until: pair.paused_until.map(minute),
        // Asked for by the newcomer, and theirs to know.
        lasts_until_someone_new: pair.until_request.is_some() && side == Side::Sponsee,
        sponsor_came_back: pair.back_at.map(minute),
        you_are: side.word(),
        first_name_of_the_other,
        state: pair.state.word(),
        begun: minute(pair.introduced_at),
        last_letter: pair.last_letter_on.map(day),
        you_wrote_last: pair.last_writer == Some(side),
        ended: pair.ended_at.map(minute),
        you_ended_it: pair.ended_by == Some(side),
    }
}

fn questions(conn: &mut Conn, member: MemberId) -> Result<Vec<QuestionTold>, Error> {
    use tables::questions as t;
    type Row = (crate::members::QuestionKind, Timestamp, Option<Timestamp>);
    let mine = t::table.filter(t::member.eq(member)).order(t::made_at);
    let rows: Vec<Row> = mine.select((t::kind, t::made_at, t::answered_at)).load(conn)?;
    let told = |(kind, asked, answered): Row| QuestionTold {
        kind: kind.word(),
        asked: minute(asked),
        answered: answered.map(minute),
    };
    Ok(rows.into_iter().map(told).collect())
}

fn words_given(conn: &mut Conn, member: MemberId) -> Result<Vec<WordsGiven>, Error> {
    use tables::vouches as t;
    let rows: Vec<(MemberId, MemberId)> =
        t::table.filter(t::hand.eq(member).or(t::voucher.eq(member))).select((t::hand, t::voucher)).load(conn)?;
    let given = rows.iter().filter(|(_, voucher)| *voucher == member).count();
    let told = WordsGiven { you_gave_your_word_for_others: given, others_gave_their_word_for_you: rows.len() - given };
    Ok((!rows.is_empty()).then_some(told).into_iter().collect())
}
