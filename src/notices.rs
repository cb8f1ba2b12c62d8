//! stand-in until merge
#[derive(serde::Serialize, serde::Deserialize)]
pub enum Notice {
    Code {
        code: String,
        minutes: u32,
    },
    NoteDidNotGo {
        why: DidNotGo,
        first_name: Option<String>,
    },
    ContactEndedSponsor {
        first_name: String,
    },
    ContactEnded {
        first_name: String,
        link: Option<String>,
    },
    HelloIsDue {
        first_name: String,
    },
    AllSet,
    YouAreIn,
    CanYouHelp {
        link: String,
        languages: Vec<String>,
        parts: Vec<crate::matching::DayPart>,
        who: Vec<String>,
        asks_on_by: i64,
    },
    ChoiceForYou {
        first_name: String,
        link: String,
    },
}
#[derive(serde::Serialize, serde::Deserialize)]
pub enum DidNotGo {
    Ended,
}
impl Notice {
    pub fn name(&self) -> &'static str {
        "x"
    }
}
