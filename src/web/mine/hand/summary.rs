//! The sponsor's part of `/mine`: what needs them, and otherwise thanks.

use askama::Template;

use super::stands;
use crate::ground::Ground;
use crate::hands::{self, Hand};
use crate::matching;
use crate::members::Member;
use crate::requests;
use crate::sponsorships::{self, Side, Sponsorship, State};
use crate::store::Conn;
use crate::web::errors::Error;
use crate::web::page::Page;

/// A hand and what goes on around it.
pub struct HandSummary {
    member: Member,
    hand: Hand,
    /// Offers that wait for an answer.
    open: i64,
    /// Places left.
    room: i64,
    /// Pairs that have not ended, with what the sponsor calls the other.
    pairs: Vec<(Sponsorship, String)>,
}

/// `None` for a member without a hand. Blocks on the store.
pub fn summary(ground: &Ground, member: &Member) -> Result<Option<HandSummary>, Error> {
    ground.store.read(|conn| {
        let Some(hand) = hands::find_hand(conn, member.id)? else { return Ok(None) };
        let pairs = pairs(conn, member)?;
        let held = pairs.iter().filter(|(pair, _)| !pair.is_for_now()).count();
        let held = i64::try_from(held).unwrap_or(i64::MAX);
        let today = ground.now().day();
        let places = matching::places_of_hand(hand.capacity, hand.vouched_on, today, &ground.policy.hands);
        Ok(Some(HandSummary {
            member: member.clone(),
            open: requests::count_open_of(conn, member.id)?,
            room: i64::from(places).saturating_sub(held).max(0),
            hand,
            pairs,
        }))
    })
}

fn pairs(conn: &mut Conn, member: &Member) -> Result<Vec<(Sponsorship, String)>, Error> {
    let mut named = Vec::new();
    for pair in sponsorships::list_of_member(conn, member.id)? {
        if pair.is_ended() || pair.side_of(member.id) != Some(Side::Sponsor) {
            continue;
        }
        if let Some(name) = sponsorships::partner_name(conn, &pair, Side::Sponsor)? {
            named.push((pair, name.as_str().to_owned()));
        }
    }
    // What waits for the sponsor comes first, the longest wait on top.
    named.sort_by_key(|(pair, _)| (!needs_sponsor(pair), pair.owed_since()));
    Ok(named)
}

/// Nobody waits for a sponsor who stepped back; they were told.
fn needs_sponsor(pair: &Sponsorship) -> bool {
    !pair.is_paused() && !pair.is_held() && owes(pair)
}

fn owes(pair: &Sponsorship) -> bool {
    pair.state == State::Introduced || pair.last_writer == Some(Side::Sponsee)
}

/// A pair as one line and where it leads.
struct Line {
    path: String,
    text: String,
}

#[derive(Template)]
#[template(path = "pages/mine/hand_summary.html")]
struct Section<'a> {
    page: &'a Page,
    stands: String,
    /// Not while the hand waits for somebody's word.
    room: Option<String>,
    open: Option<String>,
    lines: Vec<Line>,
    needs_nothing: bool,
}

impl HandSummary {
    /// The section, for a template to put in as it is.
    pub fn html(&self, page: &Page) -> Result<String, Error> {
        let is_pending = self.hand.state == hands::State::Pending;
        let section = Section {
            page,
            stands: stands(page, page.house().clock.now(), &self.member, &self.hand),
            room: (!is_pending).then(|| page.count("hand-room", self.room)),
            open: (self.open > 0).then(|| page.count("hand-open", self.open)),
            lines: self.pairs.iter().map(|(pair, name)| line(page, pair, name)).collect(),
            needs_nothing: !is_pending && self.open == 0 && !self.pairs.iter().any(|(pair, _)| needs_sponsor(pair)),
        };
        section.render().map_err(|_| Error::Bug("a template does not render"))
    }
}

fn line(page: &Page, pair: &Sponsorship, name: &str) -> Line {
    let key = match (pair.state, pair.last_writer) {
        _ if pair.is_held() => "hand-pair-held",
        _ if pair.is_paused() => "hand-pair-rests",
        (State::Introduced, _) => "hand-pair-first",
        (_, Some(Side::Sponsee)) => "hand-pair-theirs",
        _ => "hand-pair-yours",
    };
    Line { path: format!("/mine/with/{}", pair.reference), text: text(page, pair, key, name) }
}

/// Somebody for now is said to be so, since it is another promise.
fn text(page: &Page, pair: &Sponsorship, key: &str, name: &str) -> String {
    let text = page.with(key, &[("name", name)]);
    if pair.is_for_now() { page.with("hand-pair-for-now", &[("text", &text)]) } else { text }
}
