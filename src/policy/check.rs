//! The bounds a policy must keep. Each sentence names the key and what it must be.

use chrono::TimeDelta;
use url::{Host, Url};

use super::lists::{MOST_DESCRIPTIONS, MOST_EXPERIENCE, MOST_LANGUAGES, are_codes};
use super::{Error, Policy};

impl Policy {
    pub(super) fn check(&self) -> Result<(), Error> {
        self.check_limits()?;
        self.check_times()?;
        self.check_meetings()?;
        self.check_lists()
    }

    fn check_limits(&self) -> Result<(), Error> {
        let (codes, offers, hands) = (&self.codes, &self.offers, &self.hands);
        must((1..=10).contains(&codes.tries), "codes.tries", "must be 1 to 10")?;
        must(codes.per_address_an_hour >= 1, "codes.per_address_an_hour", "must be at least 1")?;
        let a_day = codes.per_address_a_day >= codes.per_address_an_hour;
        must(a_day, "codes.per_address_a_day", "must not be below codes.per_address_an_hour")?;
        must((1..=20).contains(&offers.at_once), "offers.at_once", "must be 1 to 20")?;
        let later = (offers.at_once..=20).contains(&offers.at_once_later);
        must(later, "offers.at_once_later", "must be at least offers.at_once and at most 20")?;
        must((1..=21).contains(&offers.weekly_most), "offers.weekly_most", "must be 1 to 21")?;
        let weekly = (1..=offers.weekly_most).contains(&offers.weekly_default);
        must(weekly, "offers.weekly_default", "must be 1 to offers.weekly_most")?;
        // Whoever was just asked to sponsor is read first again when somebody to write for now is looked for.
        let candidates = (2 * offers.at_once_later..=512).contains(&offers.candidates);
        must(candidates, "offers.candidates", "must be from twice offers.at_once_later to 512")?;
        must((1..=20).contains(&hands.capacity_most), "hands.capacity_most", "must be 1 to 20")?;
        let at_first = (1..=hands.capacity_most).contains(&hands.capacity_at_first);
        must(at_first, "hands.capacity_at_first", "must be 1 to hands.capacity_most")?;
        let default = (1..=hands.capacity_at_first).contains(&hands.capacity_default);
        must(default, "hands.capacity_default", "must be 1 to hands.capacity_at_first")?;
        must((1..=20).contains(&hands.vouches_of_sponsors), "hands.vouches_of_sponsors", "must be 1 to 20")?;
        must(hands.silent_offers_until_rest >= 1, "hands.silent_offers_until_rest", "must be at least 1")?;
        must(self.letters.pair_an_hour >= 1, "letters.pair_an_hour", "must be at least 1")?;
        let letters = self.letters.pair_a_day >= self.letters.pair_an_hour;
        must(letters, "letters.pair_a_day", "must not be below letters.pair_an_hour")?;
        must(self.may_sponsor.steps_required <= 12, "may_sponsor.steps_required", "must be 0 to 12")
    }

    fn check_times(&self) -> Result<(), Error> {
        let pairs = &self.sponsorships;
        rising(&self.requests.waiting_mails_after, "requests.waiting_mails_after")?;
        rising(&pairs.sponsor_nudges_after, "sponsorships.sponsor_nudges_after")?;
        rising(&pairs.sponsee_nudges_after, "sponsorships.sponsee_nudges_after")?;
        rising(&pairs.reviews_at, "sponsorships.reviews_at")?;
        let postponed = self.requests.postponed_at_most >= TimeDelta::days(2);
        must(postponed, "requests.postponed_at_most", "must be at least 2 days")?;
        let choice = pairs.hello_choice_after >= pairs.hello_reminder_after;
        must(choice, "sponsorships.hello_choice_after", "must not be before sponsorships.hello_reminder_after")?;
        let reminders = self.hands.lease_reminders_before.iter().all(|before| *before < self.hands.lease);
        must(reminders, "hands.lease_reminders_before", "must be shorter than hands.lease")?;
        let term = self.coordinators.term >= TimeDelta::days(1);
        must(term, "coordinators.term", "must be at least a day")?;
        // A letter sealed to a key that is gone could never leave.
        let keys = self.letters.day_keys_kept >= self.letters.kept_at_most + TimeDelta::days(1);
        must(keys, "letters.day_keys_kept", "must be at least a day longer than letters.kept_at_most")
    }

    fn check_meetings(&self) -> Result<(), Error> {
        let meetings = &self.meetings;
        let feed = meetings.feed.as_ref().is_none_or(|feed| is_https(feed) || is_here(feed));
        must(feed, "meetings.feed", "must be an https address without a name or password (http on this machine only)")?;
        let link = meetings.link.as_ref().is_none_or(is_https);
        must(link, "meetings.link", "must be an https address without a name or password")?;
        // A feed is somebody else's machine.
        let often = meetings.read_every >= TimeDelta::minutes(30);
        must(often, "meetings.read_every", "must be at least 30 min")?;
        let stale = meetings.stale_after >= meetings.read_every;
        must(stale, "meetings.stale_after", "must not be shorter than meetings.read_every")
    }

    fn check_lists(&self) -> Result<(), Error> {
        let lists = &self.lists;
        let languages = (1..=MOST_LANGUAGES).contains(&lists.languages.len())
            && are_codes(lists.languages.iter().map(|language| language.code.as_str()));
        must(languages, "lists.languages", "must be 1 to 32 languages with lower-case codes, none twice")?;
        let named = lists.languages.iter().all(|language| (1..=40).contains(&language.name.chars().count()));
        must(named, "lists.languages", "must give every language a name of 1 to 40 letters")?;
        let descriptions = lists.descriptions.len() <= MOST_DESCRIPTIONS
            && are_codes(lists.descriptions.iter().map(String::as_str))
            && lists.description("unstated").is_none();
        must(descriptions, "lists.descriptions", "must be at most 16 lower-case codes, none twice, none `unstated`")?;
        let experience =
            lists.experience.len() <= MOST_EXPERIENCE && are_codes(lists.experience.iter().map(String::as_str));
        must(experience, "lists.experience", "must be at most 32 lower-case codes, none twice")
    }
}

fn must(holds: bool, key: &'static str, must: &'static str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::Invalid { key, must }) }
}

fn is_https(url: &Url) -> bool {
    url.scheme() == "https" && url.username().is_empty() && url.password().is_none()
}

fn is_here(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && is_loopback && url.username().is_empty() && url.password().is_none()
}

fn rising(spans: &[TimeDelta], key: &'static str) -> Result<(), Error> {
    must(spans.is_sorted_by(|earlier, later| earlier < later), key, "must be in rising order")
}
