//! Everybody who waits, as the queue, its mails and the page of one request look at them: who is late, and who looks after whom.

use std::collections::HashMap;

use super::error::Error;
use super::queries::{self, OfferCounts, Room};
use crate::clock::{Day, Timestamp};
use crate::ground::Ground;
use crate::matching::{self, Hours, Kind, Languages, Seeker};
use crate::members::{self, Duty};
use crate::requests::{self, Request};
use crate::store::Conn;
use crate::store::ids::{MemberId, RequestId};

pub(super) struct Queue {
    /// With their first names, the longest wait first.
    pub waiting: Vec<(Request, String)>,
    pub care: Care,
    /// Until which day, of those that the desk postponed.
    pub postponed: HashMap<RequestId, Day>,
    /// Hands with room.
    pub room: Vec<Room>,
    /// What they speak, and when.
    pub free: Vec<(Languages, Hours)>,
    offers: HashMap<RequestId, OfferCounts>,
}

impl Queue {
    pub fn read(conn: &mut Conn, ground: &Ground) -> Result<Self, Error> {
        let now = ground.now();
        let room = queries::list_room(conn, now, &ground.policy.hands)?;
        let waiting = queries::list_waiting(conn)?;
        let mut postponed = HashMap::new();
        for (request, _) in &waiting {
            postponed.extend(postponed_day(conn, request, now)?.map(|day| (request.id, day)));
        }
        Ok(Self {
            waiting,
            postponed,
            care: Care::read(conn, now)?,
            free: room.iter().map(|hand| (hand.languages, hand.hours)).collect(),
            room,
            offers: queries::count_offers(conn)?,
        })
    }

    pub fn offers_of(&self, request: &Request) -> OfferCounts {
        self.offers.get(&request.id).copied().unwrap_or_default()
    }

    /// At the desk: after the policy's time, or at once when nobody fits and nobody is being asked; not while it is postponed.
    pub fn is_late(&self, ground: &Ground, request: &Request) -> Result<bool, Error> {
        if is_overdue(ground, request) {
            return Ok(true);
        }
        if request.postponed_until(ground.now()).is_some() || self.offers_of(request).open > 0 {
            return Ok(false);
        }
        Ok(self.has_nobody_for(request) || requests::find_fitting(ground, request, 1)?.nobody_fits())
    }

    /// Without a look at each hand: two hundred looks would keep a coordinator waiting.
    fn has_nobody_for(&self, request: &Request) -> bool {
        request.kind == Kind::Sponsor && !matching::is_anybody_free(&seeker(request), &self.free)
    }
}

pub(super) fn seeker(request: &Request) -> Seeker {
    Seeker { languages: request.languages, parts: request.parts, hours: request.hours }
}

pub(super) fn is_overdue(ground: &Ground, request: &Request) -> bool {
    let is_old = ground.now().since(request.asks_since()) >= ground.policy.requests.desk_after;
    is_old && request.postponed_until(ground.now()).is_none()
}

/// Until which day the desk postponed it, as its newcomer's calendar has it.
pub(super) fn postponed_day(conn: &mut Conn, request: &Request, now: Timestamp) -> Result<Option<Day>, Error> {
    let Some(until) = request.postponed_until(now) else { return Ok(None) };
    let newcomer = members::find_member(conn, request.member)?;
    Ok(newcomer.map(|newcomer| until.local_day(newcomer.utc_offset_min)))
}

/// Which coordinators look after what. Whoever's term is over does not any more; while whoever does is off duty, it needs all
/// the same those who are on.
pub(super) struct Care {
    by: HashMap<RequestId, MemberId>,
    duty: Duty,
}

impl Care {
    pub fn read(conn: &mut Conn, now: Timestamp) -> Result<Self, Error> {
        Ok(Self { by: requests::list_looked_after(conn)?, duty: members::find_duty(conn, now)? })
    }

    /// Who looks after this request, and their first name.
    pub fn of(&self, request: RequestId) -> Option<(MemberId, &str)> {
        self.by.get(&request).and_then(|by| Some((*by, self.duty.name_of(*by)?)))
    }

    /// Whom alone it needs.
    pub fn on_duty(&self, request: RequestId) -> Option<MemberId> {
        let (by, _) = self.of(request)?;
        self.duty.now().iter().any(|one| one.member == by).then_some(by)
    }
}
