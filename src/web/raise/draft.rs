//! What a sponsor said so far, in the sealed draft cookie of this browser. Tagged by door: the answers of somebody who
//! asks lie in the same jar and are none of ours.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use serde::{Deserialize, Serialize};

use super::answers::Answers;
use crate::web::cookies;
use crate::web::errors::Error;
use crate::web::house::WebHouse;

/// No `Debug`: a person typed this.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The invitation's token as text.
    pub invitation: String,
    pub name: String,
    pub email: String,
    pub utc_offset_min: Option<i32>,
    pub answers: Option<Answers>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "door", rename_all = "lowercase")]
enum Tagged<T> {
    Raise(T),
}

pub fn read(house: &WebHouse, request: &HttpRequest) -> Option<Draft> {
    let Tagged::Raise(draft) = cookies::read_draft(house, request)?;
    Some(draft)
}

pub fn cookie(house: &WebHouse, draft: &Draft) -> Result<Cookie<'static>, Error> {
    cookies::draft(house, &Tagged::Raise(draft))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_another_door_are_not_read() {
        let ours = serde_json::to_string(&Tagged::Raise(Draft::default())).unwrap();
        assert!(ours.starts_with("{\"door\":\"raise\""));
        assert!(serde_json::from_str::<Tagged<Draft>>(&ours.replace("raise", "ask")).is_err());
        assert!(serde_json::from_str::<Tagged<Draft>>(&ours.replace("\"door\":\"raise\",", "")).is_err());
    }
}
