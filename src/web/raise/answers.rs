//! The page of a hand: what a sponsor offers, as boxes. Shown blank with its presets, filled from a draft or from the hand
//! that is up, and read back with a problem next to each question that has no answer. `/raise/hand` and `/mine/hand` use it.

use chrono::Timelike;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::hands::{self, Hand, Rhythm};
use crate::i18n::Lang;
use crate::matching::{DayPart, Descriptions, Experience, Languages};
use crate::members::FirstName;
use crate::policy::Policy;
use crate::web::form::FormState;
use crate::web::page::Page;
use crate::web::wishes::{self, ANYONE, UNSAID, YES};

const NO: &str = "no";

#[derive(Clone, Serialize, Deserialize)]
pub struct Answers {
    pub capacity: u8,
    pub weekly_limit: u8,
    pub rhythm: Rhythm,
    pub ask_at_night: bool,
    pub writes_for_now: bool,
    /// Masks over the lists of the policy.
    pub languages: i64,
    pub describes: i64,
    /// Nobody ticked is no answer here: a hand says whom it is for.
    pub accepts: i64,
    pub parts: Vec<DayPart>,
    #[serde(default)]
    pub walked_with: i64,
    #[serde(default)]
    pub shows_walked_with: bool,
    #[serde(default)]
    pub ok_with_medicine: Option<bool>,
}

impl Answers {
    /// Already chosen before anything is pressed; times and whom to sponsor are for the person to say.
    pub fn preset(lang: Lang, policy: &Policy) -> Self {
        let language = policy.lists.language(lang.word());
        Self {
            capacity: u8::try_from(policy.hands.capacity_default).unwrap_or(1),
            weekly_limit: u8::try_from(policy.offers.weekly_default).unwrap_or(1),
            rhythm: Rhythm::FewAWeek,
            ask_at_night: false,
            writes_for_now: false,
            languages: language.map_or(Languages::NONE, |position| Languages::NONE.with(position)).bits(),
            describes: 0,
            accepts: 0,
            parts: Vec::new(),
            walked_with: 0,
            shows_walked_with: false,
            ok_with_medicine: None,
        }
    }

    pub fn of_hand(hand: &Hand) -> Self {
        Self {
            capacity: u8::try_from(hand.capacity).unwrap_or(1),
            weekly_limit: u8::try_from(hand.weekly_limit).unwrap_or(1),
            rhythm: hand.rhythm,
            ask_at_night: hand.ask_at_night,
            writes_for_now: hand.writes_for_now,
            languages: hand.languages.bits(),
            describes: hand.describes.bits(),
            accepts: hand.accepts.bits(),
            parts: hand.parts.parts().collect(),
            walked_with: hand.walked_with.bits(),
            shows_walked_with: hand.shows_walked_with,
            ok_with_medicine: hand.ok_with_medicine,
        }
    }

    /// What the room takes. `invitation` is empty where there is none, or the hand is there already.
    pub fn into_draft(self, first_name: FirstName, invitation: String) -> hands::Draft {
        hands::Draft {
            first_name,
            invitation,
            capacity: self.capacity,
            weekly_limit: self.weekly_limit,
            rhythm: self.rhythm,
            ask_at_night: self.ask_at_night,
            writes_for_now: self.writes_for_now,
            languages: self.languages,
            describes: self.describes,
            accepts: self.accepts,
            parts: self.parts,
            walked_with: self.walked_with,
            shows_walked_with: self.shows_walked_with,
            ok_with_medicine: self.ok_with_medicine,
        }
    }

    /// The fields of the form, for `FormState::filled`.
    pub fn fields(&self, policy: &Policy) -> Vec<(&'static str, String)> {
        let lists = &policy.lists;
        let accepts = Descriptions::from_bits(self.accepts);
        let mut fields = vec![
            ("capacity", self.capacity.to_string()),
            ("weekly", self.weekly_limit.to_string()),
            ("rhythm", self.rhythm.word().to_owned()),
        ];
        fields.extend(Languages::from_bits(self.languages).codes(lists).into_iter().map(|code| ("languages", code)));
        fields.extend(self.parts.iter().map(|part| ("times", part.word().to_owned())));
        fields.extend(Descriptions::from_bits(self.describes).codes(lists).into_iter().map(|code| ("describes", code)));
        fields.extend(accepts.codes(lists).into_iter().map(|code| ("accepts", code)));
        if accepts == Descriptions::ANYONE {
            fields.push(("accepts", ANYONE.to_owned()));
        }
        let walked_with = Experience::from_bits(self.walked_with).codes(lists);
        fields.extend(walked_with.into_iter().map(|code| ("walked", code)));
        let medicine = match self.ok_with_medicine {
            Some(true) => YES,
            Some(false) => NO,
            None => UNSAID,
        };
        fields.push(("medicine", medicine.to_owned()));
        let ticks = [("night", self.ask_at_night), ("now", self.writes_for_now), ("told", self.shows_walked_with)];
        fields.extend(ticks.into_iter().filter(|(_, is_on)| *is_on).map(|(name, _)| (name, YES.to_owned())));
        fields
    }
}

/// Reads the form; `None` when something is to be put right, which then stands next to its question.
pub fn read(form: &mut FormState, policy: &Policy) -> Option<Answers> {
    let lists = &policy.lists;
    let languages = Languages::from_codes(form.all("languages"), lists).filter(|set| !set.is_empty());
    let parts: Option<Vec<DayPart>> = form.all("times").map(DayPart::from_word).collect();
    let parts = parts.filter(|parts| !parts.is_empty());
    let describes = Descriptions::from_codes(form.all("describes"), lists);
    let accepts = if form.is_picked("accepts", ANYONE) {
        Some(Descriptions::ANYONE)
    } else {
        Descriptions::from_codes(form.all("accepts"), lists).filter(|set| !set.is_empty())
    };
    let capacity = number(form.typed("capacity"), policy.hands.capacity_most);
    let weekly_limit = number(form.typed("weekly"), policy.offers.weekly_most);
    let rhythm = Rhythm::from_word(form.typed("rhythm"));
    let walked_with = Experience::from_codes(form.all("walked"), lists);
    // A page from before the question was asked has no answer to it, which is one.
    let ok_with_medicine = match form.typed("medicine") {
        YES => Some(Some(true)),
        NO => Some(Some(false)),
        UNSAID | "" => Some(None),
        _ => None,
    };
    // Each question is looked at before any answer is taken, so that a page names everything there is to put right.
    let missing = [
        (languages.is_none(), "languages", "hand-languages-none"),
        (parts.is_none(), "times", "hand-times-none"),
        (accepts.is_none(), "accepts", "hand-accepts-none"),
        (describes.is_none(), "describes", "hand-pick-one"),
        (capacity.is_none(), "capacity", "hand-pick-one"),
        (weekly_limit.is_none(), "weekly", "hand-pick-one"),
        (rhythm.is_none(), "rhythm", "hand-pick-one"),
        (walked_with.is_none(), "walked", "hand-pick-one"),
        (ok_with_medicine.is_none(), "medicine", "hand-pick-one"),
    ];
    for (_, field, key) in missing.into_iter().filter(|(is_missing, ..)| *is_missing) {
        form.wrong(field, key);
    }
    Some(Answers {
        languages: languages?.bits(),
        parts: parts?,
        describes: describes?.bits(),
        accepts: accepts?.bits(),
        capacity: capacity?,
        weekly_limit: weekly_limit?,
        rhythm: rhythm?,
        ask_at_night: form.is_picked("night", YES),
        writes_for_now: form.is_picked("now", YES),
        walked_with: walked_with?.bits(),
        shows_walked_with: form.is_picked("told", YES),
        ok_with_medicine: ok_with_medicine?,
    })
}

/// A number from 1 to `most`.
fn number(typed: &str, most: u32) -> Option<u8> {
    typed.parse().ok().filter(|number| (1..=most).contains(&u32::from(*number)))
}

/// What there is to choose from, in the words of the page.
pub struct Choices {
    pub languages: Vec<(String, String)>,
    pub times: Vec<(&'static str, String)>,
    pub people: Vec<(String, String)>,
    pub experience: Vec<(String, String)>,
    pub capacities: Vec<(String, String)>,
    pub weekly: Vec<(String, String)>,
    pub rhythms: Vec<(&'static str, String)>,
}

impl Choices {
    pub fn of(page: &Page, policy: &Policy) -> Self {
        let languages = policy.lists.languages.iter();
        Self {
            languages: languages.map(|language| (language.code.clone(), language.name.clone())).collect(),
            times: DayPart::ALL.iter().map(|part| (part.word(), wishes::time(page, *part))).collect(),
            people: wishes::people(page, &policy.lists),
            experience: wishes::experience(page, &policy.lists),
            capacities: up_to(policy.hands.capacity_most),
            weekly: up_to(policy.offers.weekly_most),
            rhythms: Rhythm::ALL.iter().map(|rhythm| (rhythm.word(), rhythm_shown(page, *rhythm))).collect(),
        }
    }
}

fn up_to(most: u32) -> Vec<(String, String)> {
    (1..=most).map(|number| (number.to_string(), number.to_string())).collect()
}

fn rhythm_shown(page: &Page, rhythm: Rhythm) -> String {
    page.t(match rhythm {
        Rhythm::Daily => "hand-rhythm-daily",
        Rhythm::FewAWeek => "hand-rhythm-few",
        Rhythm::Weekly => "hand-rhythm-weekly",
    })
}

/// Clocks to choose from, told by the time they show now: nobody has to know an offset.
pub fn offsets(now: Timestamp) -> Vec<(String, String)> {
    let quarters = (-12 * 4..=14 * 4).map(|quarter| quarter * 15);
    quarters
        .map(|minutes: i32| {
            let local = now.local(minutes);
            let (sign, away) = (if minutes < 0 { '\u{2212}' } else { '+' }, minutes.abs());
            let shown = format!("{:02}:{:02} (UTC{sign}{}:{:02})", local.hour(), local.minute(), away / 60, away % 60);
            (minutes.to_string(), shown)
        })
        .collect()
}
