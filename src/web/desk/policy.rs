//! The policy in force, in words. It is a file of the host, so this page only shows it and says where it stands.

use std::fmt::Display;
use std::path::Path;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;

use super::{at_desk, span};
use crate::ground::Ground;
use crate::policy::Policy;
use crate::web::errors::Error;
use crate::web::page::{Page, Pair, Title};
use crate::web::wishes::{people_words, walked_with_words};

pub(super) const PATH: &str = "/desk/policy";

#[derive(Template)]
#[template(path = "pages/desk/policy.html")]
struct Shown<'a> {
    page: &'a Page,
    parts: Vec<Part>,
    /// Where the host changes it, and the words of pages and mails; none where the defaults hold.
    policy_file: Option<String>,
    words_folder: Option<String>,
}

struct Part {
    heading: String,
    rows: Vec<Pair>,
}

/// The key of what is decided, and how.
type Row = (&'static str, String);

pub async fn show(page: Page, request: HttpRequest, ground: web::Data<Ground>) -> Result<HttpResponse, Error> {
    if let Err(door) = at_desk(&page, &request).await? {
        return Ok(door);
    }
    let page = page.titled(Title::Desk);
    let (say, policy) = (Say { page: &page }, &ground.policy);
    let settings = &page.house().settings;
    let path = |path: &Option<_>| path.as_deref().map(|path: &Path| path.display().to_string());
    Page::show(&Shown {
        parts: vec![
            say.part("policy-who", say.who(policy)),
            say.part("policy-asking", say.asking(policy)),
            say.part("policy-waiting", say.waiting(policy)),
            say.part("policy-pairs", say.pairs(policy)),
            say.part("policy-letters", say.letters(policy)),
            say.part("policy-safety", say.safety(policy)),
            say.part("policy-doors", say.doors(policy)),
            say.part("policy-lists", say.lists(policy)),
        ],
        policy_file: path(&settings.policy_file),
        words_folder: path(&settings.words_folder),
        page: &page,
    })
}

struct Say<'a> {
    page: &'a Page,
}

impl Say<'_> {
    fn part(&self, heading: &str, rows: Vec<Row>) -> Part {
        let rows = rows.into_iter().map(|(key, value)| Pair { name: self.page.t(key), value, change: None });
        Part { heading: self.page.t(heading), rows: rows.collect() }
    }

    fn time(&self, time: TimeDelta) -> String {
        span(self.page, time)
    }

    /// "3 days, 7 days".
    fn times(&self, times: &[TimeDelta]) -> String {
        times.iter().map(|time| self.time(*time)).collect::<Vec<_>>().join(", ")
    }

    /// Values put into a sentence.
    fn with(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let texts: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        self.page.with(key, &texts)
    }

    fn who(&self, policy: &Policy) -> Vec<Row> {
        let (may, hands) = (&policy.may_sponsor, &policy.hands);
        let steps = match may.steps_required {
            0 => self.page.t("policy-none"),
            12 => self.page.t("policy-steps-all"),
            some => self.with("policy-steps-some", &[("n", &some)]),
        };
        let months = match may.minimum_months {
            0 => self.page.t("policy-none"),
            some => self.page.count("policy-months-some", some.into()),
        };
        let (first, early) = (&hands.capacity_at_first, self.time(hands.at_first_lasts));
        let (vouches, long) = (&hands.vouches_of_sponsors, self.time(hands.vouches_after));
        vec![
            ("policy-steps", steps),
            ("policy-months", months),
            ("policy-vouch", self.with("policy-vouch-is", &[("n", vouches), ("time", &long)])),
            ("policy-room-first", self.with("policy-room-first-is", &[("n", first), ("time", &early)])),
            ("policy-room", hands.capacity_most.to_string()),
            ("policy-lease", self.time(hands.lease)),
            ("policy-lease-before", self.times(&hands.lease_reminders_before)),
            ("policy-silent", hands.silent_offers_until_rest.to_string()),
            ("policy-break", self.time(hands.break_lasts)),
        ]
    }

    fn asking(&self, policy: &Policy) -> Vec<Row> {
        let (offers, quiet) = (&policy.offers, policy.quiet_hours);
        let hours = if quiet.from == quiet.until {
            self.page.t("policy-none")
        } else {
            self.with("policy-quiet-is", &[("from", &quiet.from), ("until", &quiet.until)])
        };
        vec![
            ("policy-at-once", offers.at_once.to_string()),
            (
                "policy-at-once-later",
                self.with("policy-later-is", &[("n", &offers.at_once_later), ("time", &self.time(offers.later_after))]),
            ),
            ("policy-answer", self.time(offers.soft_expiry)),
            (
                "policy-weekly",
                self.with("policy-weekly-is", &[("n", &offers.weekly_default), ("most", &offers.weekly_most)]),
            ),
            ("policy-quiet", hours),
            ("policy-look", self.time(offers.look_again)),
        ]
    }

    fn waiting(&self, policy: &Policy) -> Vec<Row> {
        let (requests, for_now) = (&policy.requests, &policy.for_now);
        let news = [
            ("times", &self.times(&requests.waiting_mails_after) as &dyn Display),
            ("every", &self.time(requests.waiting_mails_then_every)),
        ];
        let lasts =
            [("time", &self.time(for_now.lasts) as &dyn Display), ("after", &self.time(for_now.after_first_letter))];
        vec![
            ("policy-desk", self.time(requests.desk_after)),
            ("policy-postponed", self.time(requests.postponed_at_most)),
            ("policy-news", self.with("policy-news-is", &news)),
            ("policy-now-after", self.time(requests.for_now_after)),
            ("policy-now-apart", self.time(for_now.at_least_apart)),
            ("policy-now-answer", self.time(for_now.soft_expiry)),
            ("policy-now-most", for_now.per_request.to_string()),
            ("policy-now-weekly", for_now.weekly_most.to_string()),
            ("policy-now-lasts", self.with("policy-now-lasts-is", &lasts)),
        ]
    }

    fn pairs(&self, policy: &Policy) -> Vec<Row> {
        let pairs = &policy.sponsorships;
        vec![
            ("policy-hello", self.time(pairs.hello_reminder_after)),
            ("policy-hello-choice", self.time(pairs.hello_choice_after)),
            ("policy-sponsor-nudge", self.times(&pairs.sponsor_nudges_after)),
            ("policy-sponsor-desk", self.time(pairs.sponsor_desk_after)),
            ("policy-sponsee-nudge", self.times(&pairs.sponsee_nudges_after)),
            ("policy-sponsee-ends", self.time(pairs.sponsee_ends_after)),
            ("policy-reviews", self.times(&pairs.reviews_at)),
            ("policy-wishes", self.time(pairs.wishes_kept_after_end)),
            ("policy-kind", self.time(pairs.alias_kind_after_end)),
        ]
    }

    fn letters(&self, policy: &Policy) -> Vec<Row> {
        let letters = &policy.letters;
        vec![
            ("policy-pair-most", self.most(letters.pair_an_hour, letters.pair_a_day)),
            ("policy-given-up", self.time(letters.kept_at_most)),
            ("policy-day-keys", self.time(letters.day_keys_kept)),
        ]
    }

    fn safety(&self, policy: &Policy) -> Vec<Row> {
        let safety = &policy.safety;
        vec![
            ("policy-reports", safety.reports_a_day.to_string()),
            ("policy-reports-until", safety.reports_until_suspended.to_string()),
            ("policy-decided", self.time(safety.decided_within)),
            ("policy-suspension", self.time(safety.suspension_lasts)),
            ("policy-ban", self.time(safety.ban_lasts)),
            ("policy-closed", self.time(safety.kept_after_closed)),
            ("policy-young", self.time(safety.kept_of_the_young)),
        ]
    }

    fn doors(&self, policy: &Policy) -> Vec<Row> {
        let (codes, members) = (&policy.codes, &policy.members);
        vec![
            ("policy-sign-up", self.time(codes.sign_up_lives)),
            ("policy-sign-in", self.time(codes.sign_in_lives)),
            ("policy-tries", codes.tries.to_string()),
            ("policy-codes-most", self.most(codes.per_address_an_hour, codes.per_address_a_day)),
            ("policy-draft", self.time(policy.requests.draft_lives)),
            ("policy-invite-sponsor", self.time(policy.invitations.sponsor_lives)),
            ("policy-invite-desk", self.time(policy.invitations.coordinator_lives)),
            ("policy-term", self.time(policy.coordinators.term)),
            ("policy-idle", self.time(members.asked_after_idle)),
            ("policy-cleared", self.time(members.cleared_after_asked)),
        ]
    }

    fn lists(&self, policy: &Policy) -> Vec<Row> {
        let (lists, meetings) = (&policy.lists, &policy.meetings);
        let languages: Vec<&str> = lists.languages.iter().map(|language| language.name.as_str()).collect();
        let address =
            |url: &Option<url::Url>| url.as_ref().map_or_else(|| self.page.t("policy-none"), url::Url::to_string);
        vec![
            ("policy-languages", languages.join(", ")),
            ("policy-people", people_words(self.page, &lists.descriptions)),
            ("policy-walked", walked_with_words(self.page, &lists.experience)),
            ("policy-feed", address(&meetings.feed)),
            ("policy-feed-link", address(&meetings.link)),
            ("policy-feed-every", self.time(meetings.read_every)),
            ("policy-feed-stale", self.time(meetings.stale_after)),
        ]
    }

    fn most(&self, an_hour: u32, a_day: u32) -> String {
        self.with("policy-most-is", &[("hour", &an_hour), ("day", &a_day)])
    }
}
