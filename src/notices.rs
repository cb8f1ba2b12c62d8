//! stand-in until merge
#[derive(serde::Serialize, serde::Deserialize)]
pub enum Notice { Code { code: String, minutes: u32 }, NoteDidNotGo{why: DidNotGo, first_name: Option<String>}, ContactEndedSponsor{first_name:String}, ContactEnded{first_name:String, link:Option<String>}, HelloIsDue{first_name:String}, ChoiceForYou{first_name:String, link:String} }
#[derive(serde::Serialize, serde::Deserialize)]
pub enum DidNotGo {Ended}
impl Notice { pub fn name(&self) -> &'static str { "x" } }
