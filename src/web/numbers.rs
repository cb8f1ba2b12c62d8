//! The page on which the numbers from a mail are typed, for whatever they open. Numbers that can be of no use any more are
//! sent anew without being asked for; what is said is the same for every address.

use askama::Template;

use super::errors::Error;
use super::form::FormState;
use super::house::WebHouse;
use super::page::Page;
use crate::ground::Ground;
use crate::members::{self, CodeDoor, CodeProblem};

/// The query of the page after new numbers were sent.
pub const SENT: &str = "sent";

#[derive(Template)]
#[template(path = "parts/numbers.html")]
pub struct Numbers<'a> {
    pub page: &'a Page,
    pub form: &'a FormState,
    /// Starts the subject of the mail, if this page may say it.
    pub word: Option<String>,
    /// Where the numbers go.
    pub path: &'static str,
    /// Where the button for new numbers goes.
    pub again: &'static str,
    /// Where another address can be typed.
    pub other: Option<&'static str>,
    /// Message key of the button.
    pub button: &'static str,
    /// Message key of how long the numbers work.
    pub slow: &'static str,
    /// New numbers were just sent.
    pub is_sent: bool,
}

/// What a page says to typed numbers that open nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// A message key, next to the field.
    Key(&'static str),
    /// Nothing was asked for in this browser.
    NotHere,
    /// They did their work already.
    Used,
}

pub async fn say(
    house: &WebHouse,
    ground: &Ground,
    door: CodeDoor,
    browser: [u8; 16],
    problem: CodeProblem,
) -> Result<Said, Error> {
    let sent_anew = match problem {
        CodeProblem::Format => return Ok(Said::Key("numbers-format")),
        CodeProblem::Wrong => return Ok(Said::Key("numbers-wrong")),
        CodeProblem::NotHere => return why_not_here(ground, door, browser).await,
        CodeProblem::TooOld => "numbers-old",
        CodeProblem::NoTriesLeft => "numbers-tries",
    };
    Ok(send_again(house, ground, door, browser).await?.unwrap_or(Said::Key(sent_anew)))
}

/// Sends new numbers; what to say instead if none were sent.
pub async fn send_again(
    house: &WebHouse,
    ground: &Ground,
    door: CodeDoor,
    browser: [u8; 16],
) -> Result<Option<Said>, Error> {
    house.limits.costly()?;
    match ground.run(move |ground| members::send_again(ground, door, &browser)).await {
        Ok(_) => Ok(None),
        Err(members::Error::TooManyCodes) => Ok(Some(Said::Key("numbers-too-many"))),
        Err(members::Error::NothingAsked) => why_not_here(ground, door, browser).await.map(Some),
        Err(error) => Err(error.into()),
    }
}

pub async fn why_not_here(ground: &Ground, door: CodeDoor, browser: [u8; 16]) -> Result<Said, Error> {
    let was_used = ground.run(move |ground| members::was_used(ground, door, &browser)).await?;
    Ok(if was_used { Said::Used } else { Said::NotHere })
}
