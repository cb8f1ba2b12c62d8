//! Invented people. Every number is an assumption with its source; none is a fact about a fellowship.

use std::time::Duration;

use chrono::{TimeDelta, Timelike};

use super::draw::{Draw, What};
use crate::clock::Timestamp;
use crate::matching::{Descriptions, Experience, Hours, Languages, Wish};

/// A Monday, 00:00 UTC.
pub(super) const START: Timestamp = Timestamp(1_767_571_200);
/// Until then the town fills, and nothing is counted.
pub(super) const WARM_UP: TimeDelta = TimeDelta::days(45);
/// Requests of the last days are not counted: their answers are not all in.
pub(super) const TAIL: TimeDelta = TimeDelta::days(14);

/// Places for sponsees; median 1 (Whelan et al. 2009).
const CAPACITY: [(u32, f64); 4] = [(1, 0.50), (2, 0.30), (3, 0.15), (5, 0.05)];
/// Places in use at the start (assumption).
const IN_USE: f64 = 0.55;
/// Entries nobody is behind any more (GROW: dead entries stay listed).
const DEAD: f64 = 0.15;
/// Hands that also write for now (assumption).
const FOR_NOW: f64 = 0.30;
/// Speakers of four languages; half of those of another also speak the first (assumption).
const LANGUAGES: [f64; 4] = [0.80, 0.12, 0.05, 0.03];
const ALSO_FIRST: f64 = 0.5;
/// Those who speak only the third or the fourth (assumption).
const RARE: [f64; 2] = [0.625, 0.375];
/// Men, women, non-binary people (assumption).
const GENDERS: [f64; 3] = [0.47, 0.47, 0.06];
/// Sponsors who sponsor anyone; the others their own gender (assumption).
const ANY_GENDER: f64 = 0.35;
/// Newcomers who want somebody of their gender (assumption).
const SAME_GENDER: f64 = 0.75;
/// Who has walked with whom, and who would like a sponsor who has (assumption).
const EXPERIENCE: [f64; 4] = [0.15, 0.25, 0.08, 0.06];
/// Blocks of four hours a week (assumption).
const BLOCKS: std::ops::RangeInclusive<u32> = 6..=17;
/// Hard to match: a rare language, or something that few hands are there for (same-gender shortage as in BBBS).
const HARD: f64 = 0.15;
const HARD_BY_LANGUAGE: f64 = 0.60;
/// Hands that are there for the second kind of hard requests, and for all others.
const REACH_RARE: f64 = 1.0 / 6.0;
const REACH_OTHERS: f64 = 7.0 / 8.0;
/// Weibull shape and median, days, after which somebody stops looking (assumption).
const PATIENCE: (f64, f64) = (0.7, 21.0);
/// Mean days of a sponsorship: about half of newcomers are gone in three months (AA triennial survey comments).
pub(super) const LASTS: f64 = 120.0;
/// Minutes from UTC of a continent (assumption).
const OFFSETS: [i32; 4] = [-300, -360, -420, -480];

/// Somebody with a hand up.
pub(super) struct Sponsor {
    pub languages: Languages,
    pub hours: Hours,
    pub describes: Descriptions,
    pub accepts: Descriptions,
    pub walked_with: Experience,
    pub capacity: u32,
    pub held_at_start: u32,
    /// Twice a Beta(3, 3): how likely they answer, beside others.
    pub reliability: f64,
    pub is_dead: bool,
    pub writes_for_now: bool,
    pub offset_min: i32,
    pub tie: i64,
}

/// Somebody who asks.
pub(super) struct Newcomer {
    pub at: Timestamp,
    pub wish: Wish,
    pub is_hard: bool,
    pub patience: TimeDelta,
}

pub(super) fn sponsor(draw: Draw, number: u64) -> Sponsor {
    let is = |share, n| draw.is(share, What::Sponsor, number, n);
    let one_of = |shares: &[f64], n| draw.one_of(shares, What::Sponsor, number, n);
    let offset_min = OFFSETS[one_of(&[0.25; 4], 0)];
    let (gender, capacity) = (position(one_of(&GENDERS, 1)), CAPACITY[one_of(&CAPACITY.map(|(_, share)| share), 2)].0);
    let mut accepts = Descriptions::NONE;
    if is(ANY_GENDER, 3) {
        accepts = accepts.with(0).with(1).with(2);
    } else {
        accepts = accepts.with(gender);
    }
    // Somebody is accepted by gender *and* by what they need: each pair is a description of its own.
    let accepts = pairs(accepts, is(REACH_RARE, 4), is(REACH_OTHERS, 5));
    Sponsor {
        languages: languages(draw, What::Sponsor, number, one_of(&LANGUAGES, 6)),
        hours: hours(draw, What::Sponsor, number, offset_min),
        describes: Descriptions::NONE.with(gender),
        accepts,
        walked_with: experience(draw, What::Sponsor, number),
        capacity,
        held_at_start: (0..capacity).map(|place| u32::from(is(IN_USE, 20 + u64::from(place)))).sum(),
        reliability: 2.0 * draw.beta_3_3(What::Sponsor, number, 30),
        is_dead: is(DEAD, 7),
        writes_for_now: is(FOR_NOW, 8),
        offset_min,
        tie: i64::try_from(number).unwrap_or(0) ^ 0x5bd1,
    }
}

/// Gender and need as one description: positions 0..3 without a need, 3..6 with one.
fn pairs(genders: Descriptions, rare: bool, others: bool) -> Descriptions {
    let mut all = Descriptions::NONE;
    for gender in genders.positions() {
        if others {
            all = all.with(gender);
        }
        if rare {
            all = all.with(gender + 3);
        }
    }
    all
}

pub(super) fn newcomer(draw: Draw, number: u64, at: Timestamp) -> Newcomer {
    let is = |share, n| draw.is(share, What::Newcomer, number, n);
    let is_hard = is(HARD, 0);
    let by_language = is_hard && is(HARD_BY_LANGUAGE, 1);
    let gender = position(draw.one_of(&GENDERS, What::Newcomer, number, 2));
    let languages = if by_language {
        Languages::NONE.with(2 + position(draw.one_of(&RARE, What::Newcomer, number, 7)))
    } else {
        languages(draw, What::Newcomer, number, draw.one_of(&LANGUAGES[..3], What::Newcomer, number, 3))
    };
    let offset_min = OFFSETS[draw.one_of(&[0.25; 4], What::Newcomer, number, 4)];
    let wants_same = is(SAME_GENDER, 5);
    Newcomer {
        at,
        wish: Wish {
            languages,
            first_language: languages,
            hours: hours(draw, What::Newcomer, number, offset_min),
            who: if wants_same { Descriptions::NONE.with(gender) } else { Descriptions::ANYONE },
            who_must: wants_same,
            describes: Descriptions::NONE.with(if is_hard && !by_language { gender + 3 } else { gender }),
            walked_with: experience(draw, What::Newcomer, number),
            ok_with_medicine: false,
        },
        is_hard,
        patience: days(draw.weibull(PATIENCE, What::Newcomer, number, 6)),
    }
}

fn experience(draw: Draw, what: What, number: u64) -> Experience {
    let tags = EXPERIENCE.into_iter().enumerate();
    let own = tags.filter(|(tag, share)| draw.is(*share, what, number, 100 + u64::from(position(*tag))));
    own.fold(Experience::NONE, |set, (tag, _)| set.with(position(tag)))
}

fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(0)
}

fn languages(draw: Draw, what: What, number: u64, own: usize) -> Languages {
    let set = Languages::NONE.with(position(own));
    if own > 0 && draw.is(ALSO_FIRST, what, number, 9) { set.with(0) } else { set }
}

/// Blocks of the waking day, each as likely as another.
fn hours(draw: Draw, what: What, number: u64, offset_min: i32) -> Hours {
    let most = f64::from(BLOCKS.end() - BLOCKS.start() + 1);
    let mut left = f64::from(*BLOCKS.start()) + (draw.uniform(what, number, 10) * most).floor();
    let mut waking: Vec<i64> =
        (0..42).filter(|block| is_awake(START.plus(TimeDelta::hours(4 * block + 2)), offset_min)).collect();
    let mut bits = 0;
    let mut step = 40;
    while left >= 1.0 && !waking.is_empty() {
        let share = 1.0 / f64::from(u32::try_from(waking.len()).unwrap_or(1));
        let one = draw.one_of(&vec![share; waking.len()], what, number, step);
        bits |= 1 << waking.swap_remove(one);
        left -= 1.0;
        step += 1;
    }
    Hours::from_bits(bits)
}

/// Between 08:00 and 23:00, when mail is read.
pub(super) fn is_awake(at: Timestamp, offset_min: i32) -> bool {
    (8..23).contains(&at.local(offset_min).hour())
}

pub(super) fn days(number: f64) -> TimeDelta {
    hours_of(24.0 * number)
}

/// Some years at most.
pub(super) fn hours_of(number: f64) -> TimeDelta {
    let time = Duration::try_from_secs_f64(3600.0 * number.clamp(0.0, 100_000.0)).unwrap_or_default();
    TimeDelta::from_std(time).unwrap_or_default()
}
