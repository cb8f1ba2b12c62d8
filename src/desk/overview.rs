//! The whole queue on one page.

use std::cmp::Reverse;

use chrono::TimeDelta;

use super::band::Band;
use super::error::Error;
use super::queries::{self, OfferCounts};
use super::queue::{Queue, seeker};
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::hands;
use crate::matching::{self, DayPart, Gap, Kind, Languages, Seeker};
use crate::outbox;
use crate::outbox::transport::{Health, Refusal};
use crate::safety;
use crate::store::Conn;
use crate::store::ids::MemberId;

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
    pub postponed_until: Option<Day>,
    /// Waits as long as the policy bears, or nobody fits, and no other coordinator who is on duty looks after it.
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
    let (queue, pairs, oldest, last_match_at, hands_waiting) = ground.store.read(|conn| {
        Ok::<_, Error>((
            Queue::read(conn, ground)?,
            list_left(conn, ground)?,
            outbox::oldest_made_at(conn)?,
            queries::last_introduced_at(conn)?,
            hands::count_waiting(conn)?,
        ))
    })?;
    let mut waiting = Vec::with_capacity(queue.waiting.len());
    for (request, name) in &queue.waiting {
        waiting.push(Waiting {
            is_late: is_for(queue.care.on_duty(request.id), reader) && queue.is_late(ground, request)?,
            looked_after_by: queue.care.of(request.id).map(|(_, name)| name.to_owned()),
            postponed_until: queue.postponed.get(&request.id).copied(),
            waited: now.since(request.asks_since()),
            is_for_now: request.kind == Kind::ForNow,
            languages: request.languages.names(&ground.policy.lists),
            short: request.short.clone(),
            name: name.clone(),
            offers: queue.offers_of(request),
        });
    }
    waiting.sort_by_key(|row| !row.is_late); // stable: the longest wait stays first
    let left = |(name, at)| LeftWaiting { name, since: now.since(at) };
    let stuck_for = oldest.map(|at| now.since(at)).filter(|age| *age >= MAIL_IS_STUCK_AFTER);
    Ok(Overview {
        waiting,
        sponsors_with_room: queue.room.len(),
        room: queue.room.iter().map(|hand| hand.places).sum(),
        missing: missing(ground, &queue),
        left_waiting: pairs.into_iter().map(left).collect(),
        mail: Mail { stuck_for, trouble: health.trouble() },
        last_match_at,
        hands_waiting,
    })
}

/// The same where nothing else of the overview is wanted.
pub(super) fn list_missing(ground: &Ground) -> Result<Vec<Missing>, Error> {
    Ok(missing(ground, &ground.store.read(|conn| Queue::read(conn, ground))?))
}

fn missing(ground: &Ground, queue: &Queue) -> Vec<Missing> {
    let of_sponsors = queue.waiting.iter().filter(|(request, _)| request.kind == Kind::Sponsor);
    let seekers: Vec<Seeker> = of_sponsors.map(|(request, _)| seeker(request)).collect();
    let told = |gap: Gap| Missing {
        language: Languages::NONE.with(gap.language).names(&ground.policy.lists).join(", "),
        part: gap.part,
        waiting: Band::of(gap.waiting),
    };
    let mut missing: Vec<Missing> = matching::gaps(&seekers, &queue.free).into_iter().map(told).collect();
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
        let (queue, left) =
            ground.store.read(|conn| Ok::<_, Error>((Queue::read(conn, ground)?, list_left(conn, ground)?.len())))?;
        let mut late = Vec::new();
        for (request, _) in &queue.waiting {
            if queue.is_late(ground, request)? {
                late.push(queue.care.on_duty(request.id));
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
