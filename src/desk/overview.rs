//! The whole queue on one page.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::TimeDelta;

use super::band::Band;
use super::error::Error;
use super::queries::{self, OfferCounts, Room};
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::hands;
use crate::matching::{self, DayPart, Gap, Kind, Languages, Seeker};
use crate::members::{self, Duty};
use crate::outbox;
use crate::outbox::transport::{Health, Refusal};
use crate::requests::{self, Request};
use crate::safety;
use crate::store::Conn;
use crate::store::ids::{MemberId, RequestId};

/// Mail that waits less is on its way; 15 min is when the operator hears of it too.
const MAIL_IS_STUCK_AFTER: TimeDelta = TimeDelta::minutes(15);

pub struct Overview {
    /// Those who need the desk first, then by how long they wait.
    pub waiting: Vec<Waiting>,
    pub sponsors_with_room: usize,
    /// Places that neither a sponsorship nor an open offer holds.
    pub room: i64,
    /// Where hands are missing, the widest band first.
    pub missing: Vec<Missing>,
    /// The longest wait first.
    pub left_waiting: Vec<LeftWaiting>,
    pub mail: Mail,
    /// Hands that wait for somebody's word.
    pub hands_waiting: i64,
    pub last_match_at: Option<Timestamp>,
}

pub struct Waiting {
    pub name: String,
    pub short: String,
    pub waited: TimeDelta,
    pub offers: OfferCounts,
    /// In their own names for themselves.
    pub languages: Vec<String>,
    /// They have a sponsor, who is away, and want somebody to write with until then.
    pub is_for_now: bool,
    /// Until when the desk postponed it.
    pub postponed_until: Option<Timestamp>,
    /// Waits as long as the policy bears, or nobody fits, and no other coordinator looks after it.
    pub is_late: bool,
    /// First name of the coordinator who does.
    pub looked_after_by: Option<String>,
}

/// People wait, and nobody with room speaks their language when they have time.
pub struct Missing {
    /// Its own name for itself.
    pub language: String,
    /// `None`: for those who have time at any hour.
    pub part: Option<DayPart>,
    pub waiting: Band,
}

/// A newcomer whose sponsor owes them a letter.
pub struct LeftWaiting {
    pub name: String,
    pub since: TimeDelta,
}

/// How mail leaves.
pub struct Mail {
    /// Age of the oldest mail waiting, once it is long.
    pub stuck_for: Option<TimeDelta>,
    pub trouble: Option<Refusal>,
}

impl Overview {
    pub fn late(&self) -> usize {
        self.waiting.iter().filter(|row| row.is_late).count()
    }
}

/// As this coordinator sees it.
pub fn overview(ground: &Ground, health: &Health, reader: MemberId) -> Result<Overview, Error> {
    let now = ground.now();
    let (requests, counts, care, room, pairs, oldest, last_match_at, hands_waiting) = ground.store.read(|conn| {
        Ok::<_, Error>((
            queries::list_waiting(conn)?,
            queries::count_offers(conn)?,
            Care::read(conn, now)?,
            queries::list_room(conn, now, &ground.policy.hands)?,
            list_left(conn, ground)?,
            outbox::oldest_made_at(conn)?,
            queries::last_introduced_at(conn)?,
            hands::count_waiting(conn)?,
        ))
    })?;
    let missing = missing(ground, &requests, &room);
    let mut waiting = Vec::with_capacity(requests.len());
    for (request, name) in requests {
        let offers = counts.get(&request.id).copied().unwrap_or_default();
        let (by, looked_after_by) = care.of(request.id);
        waiting.push(Waiting {
            is_late: is_for(by, reader) && is_late(ground, &request, offers)?,
            looked_after_by,
            postponed_until: request.postponed_until(now),
            waited: now.since(request.asks_since()),
            is_for_now: request.kind == Kind::ForNow,
            languages: request.languages.names(&ground.policy.lists),
            short: request.short,
            name,
            offers,
        });
    }
    waiting.sort_by_key(|row| !row.is_late); // stable: the longest wait stays first
    let left = |(name, at)| LeftWaiting { name, since: now.since(at) };
    let stuck_for = oldest.map(|at| now.since(at)).filter(|age| *age >= MAIL_IS_STUCK_AFTER);
    Ok(Overview {
        waiting,
        sponsors_with_room: room.len(),
        room: room.iter().map(|hand| hand.places).sum(),
        missing,
        left_waiting: pairs.into_iter().map(left).collect(),
        mail: Mail { stuck_for, trouble: health.trouble() },
        last_match_at,
        hands_waiting,
    })
}

/// The same where nothing else of the overview is wanted.
pub(super) fn list_missing(ground: &Ground) -> Result<Vec<Missing>, Error> {
    let (waiting, room) = ground.store.read(|conn| {
        let room = queries::list_room(conn, ground.now(), &ground.policy.hands)?;
        Ok::<_, Error>((queries::list_waiting(conn)?, room))
    })?;
    Ok(missing(ground, &waiting, &room))
}

fn missing(ground: &Ground, waiting: &[(Request, String)], room: &[Room]) -> Vec<Missing> {
    let of_sponsors = waiting.iter().filter(|(request, _)| request.kind == Kind::Sponsor);
    let seekers: Vec<Seeker> = of_sponsors
        .map(|(request, _)| Seeker { languages: request.languages, parts: request.parts, hours: request.hours })
        .collect();
    let free: Vec<_> = room.iter().map(|hand| (hand.languages, hand.hours)).collect();
    let told = |gap: Gap| Missing {
        language: Languages::NONE.with(gap.language).names(&ground.policy.lists).join(", "),
        part: gap.part,
        waiting: Band::of(gap.waiting),
    };
    let mut missing: Vec<Missing> = matching::gaps(&seekers, &free).into_iter().map(told).collect();
    missing.sort_by_key(|gap| Reverse(gap.waiting)); // by band alone, which tells no more than it says
    missing
}

/// Newcomers without a letter, with the moment that began.
fn list_left(conn: &mut Conn, ground: &Ground) -> Result<Vec<(String, Timestamp)>, Error> {
    let policy = &ground.policy.sponsorships;
    let letter_by = ground.now().minus(policy.sponsor_desk_after).day();
    queries::list_left_waiting(conn, ground.now().minus(policy.hello_choice_after), letter_by)
}

/// What needs whoever is on duty.
pub(super) struct Needed {
    /// Late requests, by who looks after them.
    late: Vec<Option<MemberId>>,
    /// Newcomers left without a letter.
    left: usize,
}

impl Needed {
    pub(super) fn find(ground: &Ground) -> Result<Self, Error> {
        let (requests, counts, care, left) = ground.store.read(|conn| {
            let (waiting, counts) = (queries::list_waiting(conn)?, queries::count_offers(conn)?);
            Ok::<_, Error>((waiting, counts, Care::read(conn, ground.now())?, list_left(conn, ground)?.len()))
        })?;
        let mut late = Vec::new();
        for (request, _) in &requests {
            if is_late(ground, request, counts.get(&request.id).copied().unwrap_or_default())? {
                late.push(care.of(request.id).0);
            }
        }
        Ok(Self { late, left })
    }

    pub(super) fn count_for(&self, reader: MemberId) -> usize {
        self.left + self.late.iter().filter(|by| is_for(**by, reader)).count()
    }
}

/// What another coordinator looks after does not need this one.
fn is_for(looked_after_by: Option<MemberId>, reader: MemberId) -> bool {
    looked_after_by.is_none_or(|by| by == reader)
}

/// Cases and proposals that wait for this coordinator.
pub fn count_cases(ground: &Ground, coordinator: MemberId) -> Result<usize, Error> {
    Ok(safety::list_cases(ground, coordinator)?.len() + safety::list_proposed(ground, coordinator)?.len())
}

/// Which coordinators look after what. Whoever's term is over does not any more.
pub(super) struct Care {
    by: HashMap<RequestId, MemberId>,
    duty: Duty,
}

impl Care {
    pub(super) fn read(conn: &mut Conn, now: Timestamp) -> Result<Self, Error> {
        Ok(Self { by: requests::list_looked_after(conn)?, duty: members::find_duty(conn, now)? })
    }

    /// Who looks after this request, and their first name.
    pub(super) fn of(&self, request: RequestId) -> (Option<MemberId>, Option<String>) {
        let found = self.by.get(&request).and_then(|by| Some((*by, self.duty.name_of(*by)?.to_owned())));
        found.unzip()
    }
}

/// At the desk: after the policy's time, or at once when nobody fits and nobody is being asked; not while it is postponed.
fn is_late(ground: &Ground, request: &Request, offers: OfferCounts) -> Result<bool, Error> {
    if request.postponed_until(ground.now()).is_some() {
        return Ok(false);
    }
    Ok(is_overdue(ground, request) || (offers.open == 0 && requests::find_fitting(ground, request, 1)?.nobody_fits()))
}

pub(super) fn is_overdue(ground: &Ground, request: &Request) -> bool {
    let is_old = ground.now().since(request.asks_since()) >= ground.policy.requests.desk_after;
    is_old && request.postponed_until(ground.now()).is_none()
}
