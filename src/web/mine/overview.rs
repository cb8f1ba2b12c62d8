//! `/mine`: what happened, with times, and one next step. Nothing is promised that this service does not do.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{hand, meanwhile};
use crate::ground::Ground;
use crate::i18n::{named_day, when};
use crate::matching::{Kind, More, Part, Widening};
use crate::members::{self, FirstName, Member};
use crate::requests::{self, Next, Progress, State};
use crate::sponsorships::{self, PairView, Side, State as PairState};
use crate::web::cookies::Jar;
use crate::web::errors::Error;
use crate::web::form::Posted;
use crate::web::page::{Event, Page, Title};
use crate::web::signed;
use crate::web::wishes::{people_words, time_words};

/// A wish that nobody who has time meets.
struct Scarce {
    word: String,
    text: String,
    button: String,
}

/// What a member without a sponsor may do about it.
enum May {
    Nothing,
    Ask,
    /// Someone new is one press away, with the old place.
    AskAgain,
}

/// One contact, as a row of the list.
struct Row {
    name: String,
    text: String,
    path: String,
}

#[derive(Template)]
#[template(path = "pages/mine/overview.html")]
struct Overview<'a> {
    page: &'a Page,
    member: &'a Member,
    rows: Vec<Row>,
    is_waiting: bool,
    /// What would open more people, in a sentence, and the word its button sends.
    scarce: Vec<Scarce>,
    /// Somebody to write with is looked for while the sponsor is away.
    looks_for_now: bool,
    /// A coordinator chose a day to ask on.
    is_postponed: bool,
    events: Vec<Event>,
    /// How many meetings start soon, for who waits and has nobody yet.
    soon: Option<String>,
    may: May,
    /// The clocks of the install changed lately, and this member's shows this.
    clock: Option<String>,
    /// The sponsor's part of the page.
    hand: Option<String>,
    /// What there is to say about mail to this member that was stopped.
    about_mail: Option<&'static str>,
}

/// The query of the page after a sign-in that let mail go again.
pub(super) const MAIL_AGAIN: &str = "mail";

pub async fn shown(page: Page, ground: Data<Ground>, request: HttpRequest) -> Result<HttpResponse, Error> {
    page.require(&request, Jar::Session)?;
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let member = signed.member;
    let id = member.id;
    let progress = ground.run(move |ground| requests::progress_of(ground, id)).await?;
    let pairs = ground.run(move |ground| sponsorships::list_views(ground, id)).await?;
    let sponsor = member.clone();
    let hand = ground.run(move |ground| hand::summary(ground, &sponsor)).await?;
    let former = ground.run(|ground| ground.store.former_clock(ground.now())).await?;
    let clock = former.filter(|former| *former == member.utc_offset_min).map(|_| clock(&ground, &member));
    let stopped = ground.run(move |ground| ground.store.read(|conn| members::mail_stopped(conn, id))).await?;
    let goes_again = request.query_string().split('&').any(|part| part == MAIL_AGAIN);
    let about_mail = match stopped {
        Some(_) => Some("mine-mail-stopped"),
        None => goes_again.then_some("mine-mail-again"),
    };
    let page = page.titled(Title::Yours);
    let hand = hand.map(|hand| hand.html(&page)).transpose()?;
    let teller = Teller { page: &page, ground: &ground, utc_offset_min: member.utc_offset_min };
    let waits_for = |kind| {
        progress
            .as_ref()
            .is_some_and(|progress| progress.request.state == State::Waiting && progress.request.kind == kind)
    };
    let is_written_with = pairs.iter().any(|view| view.pair.is_for_now() && !view.pair.is_ended());
    let (is_waiting, looks_for_now) = (waits_for(Kind::Sponsor), waits_for(Kind::ForNow) && !is_written_with);
    let is_with = |view: &&PairView| !view.pair.is_ended() && !view.pair.is_held();
    let of_sponsee = pairs.iter().filter(|view| view.side == Side::Sponsee && !view.pair.is_for_now());
    let has_sponsor = of_sponsee.filter(is_with).count() > 0;
    // The request, and not the pair, which goes with whoever is erased.
    let was_found = progress.as_ref().is_some_and(|progress| progress.request.state == State::Matched);
    let may = match (is_waiting || has_sponsor, was_found) {
        (true, _) => May::Nothing,
        (false, true) => May::AskAgain,
        (false, false) => May::Ask,
    };
    let soon =
        if is_waiting && !has_sponsor { meanwhile::soon(&page, &ground, member.utc_offset_min).await? } else { None };
    Page::show(&Overview {
        soon,
        // Those a sponsor walks with stand in the hand's part.
        rows: pairs
            .iter()
            .filter(|view| !view.pair.is_ended() && view.side == Side::Sponsee)
            .map(|view| teller.row(view))
            .collect(),
        events: progress.as_ref().map(|progress| teller.events(progress, &pairs)).unwrap_or_default(),
        scarce: progress.iter().flat_map(|progress| scarce(&page, &ground, progress)).collect(),
        is_waiting,
        is_postponed: progress.as_ref().is_some_and(|progress| matches!(progress.next, Next::Postponed(_))),
        looks_for_now,
        may,
        about_mail,
        clock,
        hand,
        member: &member,
        page: &page,
    })
}

/// What the clock of a member shows now, if it is right.
fn clock(ground: &Ground, member: &Member) -> String {
    ground.now().local(member.utc_offset_min).format("%H:%M").to_string()
}

fn scarce(page: &Page, ground: &Ground, progress: &Progress) -> Vec<Scarce> {
    let request = &progress.request;
    let who = people_words(page, &request.accepts.codes(&ground.policy.lists));
    let times = time_words(page, &request.parts.parts().collect::<Vec<_>>());
    let in_words = |part: &Part| match part {
        Part::Who => page.with("mine-wished-who", &[("who", &who)]),
        Part::Times => page.with("mine-wished-times", &[("times", &times)]),
        Part::Medicine => page.t("mine-wished-medicine"),
    };
    let told = |(widening, more): &(Widening, More)| {
        let more = page.t(match more {
            More::AFew => "mine-more-few",
            More::FiveOrMore => "mine-more-five",
        });
        let (text, button) = match widening.parts() {
            [Part::Who] => ("mine-scarce-who", "mine-widen-who"),
            [Part::Times] => ("mine-scarce-times", "mine-widen-times"),
            [Part::Medicine] => ("mine-scarce-medicine", "mine-widen-medicine"),
            _ => ("mine-scarce-together", "mine-widen-together"),
        };
        let wishes = widening.parts().iter().map(in_words).collect::<Vec<_>>().join("; ");
        Scarce {
            word: widening.word(),
            text: page.with(text, &[("who", &who), ("times", &times), ("wishes", &wishes), ("more", &more)]),
            button: page.t(button),
        }
    };
    progress.scarce.iter().map(told).collect()
}

/// One wish given up by one press. An old page changes nothing.
pub async fn widen(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    let form = posted.form(&[]);
    if form.is_fine() {
        let widening = Widening::from_word(form.typed("wish")).ok_or(Error::BadRequest)?;
        ground.run(move |ground| requests::widen(ground, signed.member.id, &widening)).await?;
    }
    Ok(page.see_other("/mine"))
}

/// Not to wait until the day that a coordinator chose. An old page changes nothing.
pub async fn ask_now(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    if posted.form(&[]).is_fine() {
        ground.run(move |ground| requests::ask_now(ground, signed.member.id)).await?;
    }
    Ok(page.see_other("/mine"))
}

/// Someone new, after a contact that has ended. An old page changes nothing.
pub async fn again(
    page: Page,
    ground: Data<Ground>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Error> {
    let Some(signed) = signed::find(&request).await? else { return Ok(page.see_other("/in")) };
    if posted.form(&[]).is_fine() {
        ground.run(move |ground| requests::once_more(ground, signed.member.id)).await?;
    }
    Ok(page.see_other("/mine"))
}

/// Says moments in the words and the time of the reader.
struct Teller<'a> {
    page: &'a Page,
    ground: &'a Ground,
    utc_offset_min: i32,
}

impl Teller<'_> {
    fn when(&self, at: crate::clock::Timestamp) -> String {
        when(self.page.talk(), at, self.utc_offset_min, self.ground.now())
    }

    fn row(&self, view: &PairView) -> Row {
        let name = view.partner.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
        let key = match (view.pair.state, view.side) {
            _ if view.pair.is_held() => "mine-row-held",
            _ if view.pair.is_paused() => "mine-row-rests",
            (PairState::Live, _) if view.pair.is_for_now() => "mine-row-for-now",
            (PairState::Introduced, Side::Sponsee) => "mine-row-writes-first",
            (PairState::Introduced, Side::Sponsor) => "mine-row-waits-for-you",
            _ => "mine-row-live",
        };
        Row { text: self.page.with(key, &[("name", &name)]), path: format!("/mine/with/{}", view.pair.reference), name }
    }

    /// Of a request that waits, or that led to a contact which goes on.
    fn events(&self, progress: &Progress, pairs: &[PairView]) -> Vec<Event> {
        let request = &progress.request;
        if request.kind == Kind::ForNow {
            return Vec::new();
        }
        let of_this = |view: &&PairView| view.pair.request == Some(request.id) && !view.pair.is_ended();
        let matched = pairs.iter().filter(of_this).find(|view| !view.pair.is_for_now());
        let for_now = pairs.iter().filter(of_this).find(|view| view.pair.is_for_now());
        if request.state != State::Waiting && matched.is_none() {
            return Vec::new();
        }
        let past = |at, key: &str| Event { when: self.when(at), text: self.page.t(key), is_next: false };
        let kept_place = request.waiting_since < request.placed_at;
        let placed = if kept_place { "mine-event-placed-again" } else { "mine-event-placed" };
        let mut events = vec![past(request.placed_at, placed)];
        events.extend(progress.asked_at.map(|at| past(at, "mine-event-asked")));
        events.extend(progress.for_now_asked_at.map(|at| past(at, "mine-event-for-now-asked")));
        if let Some(view) = for_now {
            let name = view.partner.as_ref().map(FirstName::as_str).unwrap_or_default();
            let text = self.page.with("mine-event-for-now", &[("name", name)]);
            events.push(Event { when: self.when(view.pair.introduced_at), text, is_next: false });
        }
        let stepped_in = progress.desk_at.max(request.placed_at);
        let is_postponed = matches!(progress.next, Next::Postponed(_));
        if !is_postponed && stepped_in <= request.closed_at.unwrap_or(self.ground.now()) {
            events.push(past(stepped_in, "mine-event-desk"));
        }
        match matched {
            Some(view) => {
                let name = view.partner.as_ref().map(FirstName::as_str).unwrap_or_default();
                let text = self.page.with("mine-event-yes", &[("name", name)]);
                events.push(Event { when: self.when(view.pair.introduced_at), text, is_next: false });
            }
            None => events.extend(self.next(progress)),
        }
        events
    }

    /// What comes now, and after it.
    fn next(&self, progress: &Progress) -> Vec<Event> {
        let next = |when: String, text: String| Event { when, text, is_next: true };
        let now = self.ground.now();
        let is_at_desk = progress.desk_at <= now;
        match progress.next {
            Next::Closed => Vec::new(),
            Next::Desk if is_at_desk => vec![next(String::new(), self.page.t("mine-next-keep"))],
            Next::Desk => vec![next(String::new(), self.page.t("mine-next-nobody"))],
            Next::Asking => {
                let mut events = Vec::new();
                if progress.asked_at.is_none() {
                    events.push(next(self.page.t("mine-now"), self.page.t("mine-next-asking")));
                }
                events.push(self.until_desk(progress));
                events
            }
            Next::Postponed(at) => {
                let day = named_day(self.page.talk(), at, self.utc_offset_min);
                vec![next(day, self.page.t("mine-next-postponed"))]
            }
            Next::AskingFrom(at) => {
                let clock = at.local(self.utc_offset_min).format("%H:%M").to_string();
                let text = self.page.with("mine-next-night", &[("clock", &clock)]);
                vec![next(self.when(at), text), self.until_desk(progress)]
            }
        }
    }

    fn until_desk(&self, progress: &Progress) -> Event {
        let when = self.page.with("mine-next-by", &[("when", &self.when(progress.desk_at))]);
        Event { when, text: self.page.t("mine-next-desk"), is_next: true }
    }
}
