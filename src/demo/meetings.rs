//! The list of meetings of the demo: invented, put where a list that was read is kept. Nothing is fetched.

use super::start::Error;
use crate::ground::Ground;
use crate::meetings::{self, Marks};

const LIST: &str = r#"[
{"name": "Coffee and Quiet", "day": [0,1,2,3,4,5,6], "time": "07:00", "attendance_option": "online", "conference_url": "https://meet.example/coffee"},
{"name": "First Days", "day": [0,1,2,3,4,5,6], "time": "12:00", "attendance_option": "hybrid", "conference_url": "https://meet.example/first-days", "location": "Harbor House", "formatted_address": "12 Quay Street"},
{"name": "Just Listening", "day": [1,3,5], "time": "13:30", "attendance_option": "online", "conference_url": "https://meet.example/listening"},
{"name": "Open Door", "day": [0,2,4,6], "time": "13:30", "attendance_option": "online", "conference_url": "https://meet.example/open-door"},
{"name": "After Work", "day": [1,2,3,4,5], "time": "17:30", "attendance_option": "in_person", "location": "Old Library", "formatted_address": "3 Mill Lane"},
{"name": "Evening Circle", "day": [0,1,2,3,4,5,6], "time": "19:00", "attendance_option": "in_person", "location": "Community Hall", "formatted_address": "40 Chapel Road"},
{"name": "Late and Awake", "day": [0,1,2,3,4,5,6], "time": "23:00", "attendance_option": "online", "conference_url": "https://meet.example/late"}
]"#;

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
