use chrono::TimeDelta;

use super::{Error, Policy, TimeOfDay};

fn complaint(text: &str) -> String {
    Policy::from_toml(text).unwrap_err().to_string()
}

#[test]
fn the_file_in_the_binary_holds_the_defaults_of_the_design() {
    let policy = Policy::defaults().unwrap();
    assert_eq!(policy.codes.sign_up_lives, TimeDelta::minutes(60));
    assert_eq!(policy.codes.sign_in_lives, TimeDelta::minutes(10));
    assert_eq!((policy.offers.at_once, policy.offers.at_once_later, policy.offers.weekly_default), (4, 5, 4));
    assert_eq!(policy.offers.soft_expiry, TimeDelta::hours(16));
    assert_eq!(policy.quiet_hours.from.minutes(), 21 * 60);
    assert_eq!(policy.quiet_hours.until.minutes(), 8 * 60);
    assert_eq!(policy.letters.kept_at_most, TimeDelta::hours(72));
    assert_eq!(policy.may_sponsor.steps_required, 12);
    assert_eq!(policy.may_sponsor.minimum_months, 0);
}

#[test]
fn an_operators_file_changes_single_keys_only() {
    let policy = Policy::from_toml("[offers]\nsoft_expiry = \"1 day\"\n[lists]\ndescriptions = []").unwrap();
    let mut expected = Policy::defaults().unwrap();
    expected.offers.soft_expiry = TimeDelta::hours(24);
    expected.lists.descriptions.clear();
    assert_eq!(policy, expected);
}

#[test]
fn a_complaint_is_one_line_and_names_the_key() {
    let cases = [
        ("[offers]\nsofft_expiry = \"1 h\"", "sofft_expiry"),
        ("[ofers]\nat_once = 2", "ofers"),
        ("[offers]\nsoft_expiry = 16", "soft_expiry"),
        ("[offers]\nsoft_expiry = \"0 h\"", "soft_expiry"),
        ("[offers]\nsoft_expiry = \"16 hours\"", "soft_expiry"),
        ("[offers]\nat_once = -1", "at_once"),
        ("[offers]\nat_once = 0", "offers.at_once"),
        ("[offers]\nat_once = 6", "offers.at_once_later"),
        ("[offers]\nweekly_default = 8", "offers.weekly_default"),
        ("[offers]\ncandidates = 9", "offers.candidates"), // five are asked at once later
        ("[quiet_hours]\nfrom = \"9 pm\"", "quiet_hours"),
        ("[hands]\ncapacity_at_first = 6", "hands.capacity_at_first"),
        ("[hands]\nvouches_of_sponsors = 0", "hands.vouches_of_sponsors"),
        ("[hands]\nlease = \"5 days\"", "hands.lease_reminders_before"),
        ("[sponsorships]\nreviews_at = [\"90 days\", \"30 days\"]", "sponsorships.reviews_at"),
        ("[letters]\nday_keys_kept = \"3 days\"", "letters.day_keys_kept"),
        ("[coordinators]\nterm = \"3 h\"", "coordinators.term"),
        ("[may_sponsor]\nsteps_required = 13", "may_sponsor.steps_required"),
        ("[meetings]\nfeed = \"meetings.json\"", "meetings"),
        ("[meetings]\nfeed = \"http://feed.example/list.json\"", "meetings.feed"),
        ("[meetings]\nfeed = \"https://me:secret@feed.example/\"", "meetings.feed"),
        ("[meetings]\nfeed = \"file:///list.json\"", "meetings.feed"),
        ("[meetings]\nlink = \"http://127.0.0.1/\"", "meetings.link"),
        ("[meetings]\nread_every = \"5 min\"", "meetings.read_every"),
        ("[meetings]\nstale_after = \"1 h\"", "meetings.stale_after"),
        ("[lists]\nlanguages = []", "lists.languages"),
        ("[lists]\ndescriptions = [\"woman\", \"woman\"]", "lists.descriptions"),
        ("[lists]\ndescriptions = [\"unstated\"]", "lists.descriptions"),
        ("[lists]\nexperience = [\"No Belief\"]", "lists.experience"),
        ("offers = 3", "offers"),
    ];
    for (text, key) in cases {
        let complaint = complaint(text);
        assert!(complaint.contains(key), "{text:?} gives {complaint:?}");
        assert!(!complaint.contains('\n'), "{complaint:?}");
    }
    assert!(matches!(Policy::from_toml("offers = ["), Err(Error::NotToml(_))));
}

#[test]
fn a_feed_is_https_or_on_this_machine() {
    assert_eq!(Policy::defaults().unwrap().meetings.feed, None);
    for feed in ["https://feed.example/list.json", "http://127.0.0.1:8080/", "http://[::1]/", "http://localhost/x"] {
        let policy = Policy::from_toml(&format!("[meetings]\nfeed = \"{feed}\"")).unwrap();
        assert_eq!(policy.meetings.feed.unwrap().as_str(), feed);
    }
}

#[test]
fn a_list_holds_no_more_than_its_stored_set_has_bits() {
    let descriptions = |count: u8| {
        let codes: Vec<_> = (0..count).map(|n| format!("\"{}\"", char::from(b'a' + n))).collect();
        Policy::from_toml(&format!("[lists]\ndescriptions = [{}]", codes.join(", ")))
    };
    assert!(descriptions(16).is_ok());
    assert!(descriptions(17).is_err());
}

#[test]
fn an_entry_of_a_list_is_found_at_its_place() {
    let lists = Policy::defaults().unwrap().lists;
    assert_eq!((lists.language("en"), lists.language("es"), lists.language("xx")), (Some(0), Some(1), None));
    assert_eq!(lists.description("man"), Some(1));
    assert_eq!(lists.experience("veterans"), Some(2));
}

#[test]
fn a_time_of_day_is_read_strictly() {
    assert_eq!(TimeOfDay::parse("00:00").map(TimeOfDay::minutes), Some(0));
    assert_eq!(TimeOfDay::parse("23:59").map(TimeOfDay::minutes), Some(1439));
    for text in ["24:00", "12:60", "8:00", "08:0", "+8:00", "0800", ""] {
        assert_eq!(TimeOfDay::parse(text), None, "{text:?}");
    }
}
