//! stand-in until merge
#[derive(serde::Serialize, serde::Deserialize)]
pub enum Notice { Code { code: String, minutes: u32 } }
impl Notice { pub fn name(&self) -> &'static str { "x" } }
