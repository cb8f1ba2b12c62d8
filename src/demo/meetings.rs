//! The list of meetings of the demo: invented, put where a list that was read is kept. Nothing is fetched.

use std::fs;
use std::path::{Path, PathBuf};

use super::start::Error;
use crate::ground::Ground;
use crate::meetings::{self, Marks};

/// An address at which nobody is; a list of that day does not grow old while the demo's clock is turned. The sponsors of the
/// demo are taken for people who have been here for long.
const POLICY: &str = "[meetings]\nfeed = \"https://meetings.example/list.json\"\nstale_after = \"365 days\"\n\
    [hands]\ncapacity_at_first = 5\n";

const LIST: &str = r#"[
{"name": "Coffee and Quiet", "day": [0,1,2,3,4,5,6], "time": "07:00", "attendance_option": "online", "conference_url": "https://meet.example/coffee"},
{"name": "First Days", "day": [0,1,2,3,4,5,6], "time": "12:00", "attendance_option": "hybrid", "conference_url": "https://meet.example/first-days", "location": "Harbor House", "formatted_address": "12 Quay Street"},
{"name": "Just Listening", "day": [1,3,5], "time": "13:30", "attendance_option": "online", "conference_url": "https://meet.example/listening"},
{"name": "Open Door", "day": [0,2,4,6], "time": "13:30", "attendance_option": "online", "conference_url": "https://meet.example/open-door"},
{"name": "After Work", "day": [1,2,3,4,5], "time": "17:30", "attendance_option": "in_person", "location": "Old Library", "formatted_address": "3 Mill Lane"},
{"name": "Evening Circle", "day": [0,1,2,3,4,5,6], "time": "19:00", "attendance_option": "in_person", "location": "Community Hall", "formatted_address": "40 Chapel Road"},
{"name": "Late and Awake", "day": [0,1,2,3,4,5,6], "time": "23:00", "attendance_option": "online", "conference_url": "https://meet.example/late"}
]"#;

/// Writes the policy of the demo into its folder.
pub fn write_policy(folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join("policy.toml");
    fs::write(&path, POLICY).map_err(Error::Folder)?;
    Ok(path)
}

pub async fn keep(ground: &Ground) -> Result<(), Error> {
    let list = meetings::read(LIST.as_bytes()).map_err(|_| Error::Seed("a list of meetings"))?;
    let due = ground.run(meetings::find_due).await?.ok_or(Error::Seed("a place for meetings"))?;
    ground
        .run(move |ground| {
            meetings::note_try(ground, &due)?;
            meetings::keep(ground, &due, &list, &Marks::default())
        })
        .await?;
    Ok(())
}
