//! What a newcomer answered so far, in the sealed draft cookie.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::matching::{DayPart, Descriptions, Experience, Languages, is_utc_offset};
use crate::members::FirstName;
use crate::policy::Lists;
use crate::requests::Draft;
use crate::web::cookies;
use crate::web::errors::Error;
use crate::web::form::FormState;
use crate::web::house::WebHouse;
use crate::web::page::Page;
use crate::web::wishes::{ANYONE, UNSAID, YES, people_words, time_words, walked_with_words};

/// No `Debug`: people typed this.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Answers {
    /// Becomes the secret of the browser when the numbers are asked for, so that two presses at once ask in one name.
    pub browser: [u8; 16],
    pub name: FirstName,
    /// Empty before it is typed, and again after Send: no page shows it from then on.
    pub email: String,
    pub is_sent: bool,
    pub wishes: Option<Wishes>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wishes {
    /// Codes of the policy's list; none is anyone.
    pub who: Vec<String>,
    pub must: bool,
    pub languages: Vec<String>,
    /// None is any time.
    pub parts: Vec<DayPart>,
    pub utc_offset_min: i32,
    /// Codes of the policy's list; none is "rather not say".
    pub describes: Vec<String>,
    /// Codes of the policy's list, a few at most.
    #[serde(default)]
    pub walked_with: Vec<String>,
    #[serde(default)]
    pub ok_with_medicine: bool,
    pub note: String,
}

const NOTE_MOST_CHARACTERS: usize = 300;
const WALKED_WITH_MOST: usize = 3;

impl Answers {
    pub fn read(house: &WebHouse, request: &HttpRequest) -> Option<Self> {
        cookies::read_draft(house, request)
    }

    /// The first answers of a browser. One that has a secret already keeps it.
    pub fn begin(house: &WebHouse, request: &HttpRequest, name: FirstName) -> Self {
        let browser = cookies::read_browser(house, request).unwrap_or_else(|| house.chance.bytes());
        Self { browser, name, email: String::new(), is_sent: false, wishes: None }
    }

    pub fn cookie(&self, house: &WebHouse) -> Result<Cookie<'static>, Error> {
        cookies::draft(house, self)
    }

    /// The first question without an answer; the numbers once all was sent.
    pub fn next_path(&self) -> &'static str {
        if self.is_sent {
            "/ask/code"
        } else if self.email.is_empty() {
            "/ask/email"
        } else if self.wishes.is_none() {
            "/ask/who"
        } else {
            "/ask/check"
        }
    }
}

/// Back to the first question, which says that the answers are gone.
pub(super) fn start_again(page: &Page) -> HttpResponse {
    page.see_other("/ask/name?again")
}

impl Wishes {
    /// One press goes on: anyone, the language of the page, any time, rather not say.
    pub fn preset(page: &Page) -> Self {
        Self {
            who: Vec::new(),
            must: false,
            languages: vec![page.lang().word().to_owned()],
            parts: Vec::new(),
            utc_offset_min: page.house().settings.utc_offset_min,
            describes: Vec::new(),
            walked_with: Vec::new(),
            ok_with_medicine: false,
            note: String::new(),
        }
    }

    pub fn form(&self) -> FormState {
        let or = |codes: &[String], none: &str| if codes.is_empty() { vec![none.to_owned()] } else { codes.to_vec() };
        let mut fields = vec![
            ("must", if self.must { "must" } else { "nice" }.to_owned()),
            ("offset", self.utc_offset_min.to_string()),
            ("note", self.note.clone()),
        ];
        fields.extend(or(&self.who, ANYONE).into_iter().map(|code| ("who", code)));
        fields.extend(self.languages.iter().map(|code| ("languages", code.clone())));
        fields.extend(self.parts.iter().map(|part| ("times", part.word().to_owned())));
        fields.extend(or(&self.describes, UNSAID).into_iter().map(|code| ("describes", code)));
        fields.extend(self.walked_with.iter().map(|code| ("walked", code.clone())));
        if self.ok_with_medicine {
            fields.push(("medicine", YES.to_owned()));
        }
        FormState::filled(fields)
    }

    /// Reads the page of wishes; what is wrong is noted in the form.
    ///
    /// # Errors
    /// `BadRequest` for a value that no box of ours has.
    pub fn parse(form: &mut FormState, lists: &Lists) -> Result<Self, Error> {
        let codes = |name: &str, none: &str| -> Vec<String> {
            form.all(name).filter(|code| *code != none).map(str::to_owned).collect()
        };
        let (who, describes, languages) = (codes("who", ANYONE), codes("describes", UNSAID), codes("languages", ""));
        let walked_with = codes("walked", "");
        let parts: Option<Vec<DayPart>> = form.all("times").map(DayPart::from_word).collect();
        let offset = form.typed("offset").parse().ok().filter(|minutes| is_utc_offset(*minutes));
        let note = form.typed("note").replace("\r\n", "\n").trim().to_owned();
        let wishes = Self {
            must: form.typed("must") == "must" && !who.is_empty(),
            who,
            languages,
            parts: parts.ok_or(Error::BadRequest)?,
            utc_offset_min: offset.ok_or(Error::BadRequest)?,
            describes,
            walked_with,
            ok_with_medicine: form.is_picked("medicine", YES),
            note,
        };
        wishes.masks(lists).ok_or(Error::BadRequest)?;
        if wishes.languages.is_empty() {
            form.wrong("languages", "ask-who-language-none");
        }
        if wishes.walked_with.len() > WALKED_WITH_MOST {
            form.wrong("walked", "ask-walked-many");
        }
        if wishes.note.chars().count() > NOTE_MOST_CHARACTERS {
            form.wrong("note", "ask-note-long");
        }
        if wishes.note.chars().any(|c| c.is_control() && c != '\n') {
            form.wrong("note", "ask-note-unseen");
        }
        Ok(wishes)
    }

    fn masks(&self, lists: &Lists) -> Option<Masks> {
        Some(Masks {
            languages: Languages::from_codes(self.languages.iter().map(String::as_str), lists)?,
            accepts: Descriptions::from_codes(self.who.iter().map(String::as_str), lists)?,
            describes: Descriptions::from_codes(self.describes.iter().map(String::as_str), lists)?,
            walked_with: Experience::from_codes(self.walked_with.iter().map(String::as_str), lists)?,
        })
    }

    /// What waits with the code. The language of the page is liked best, if it is among them.
    pub fn draft(&self, name: &FirstName, page: &Page, lists: &Lists) -> Result<Draft, Error> {
        let Masks { languages, accepts, describes, walked_with } = self.masks(lists).ok_or(Error::BadRequest)?;
        let own = Languages::from_codes([page.lang().word()], lists).unwrap_or_default().common(languages);
        Ok(Draft {
            first_name: name.clone(),
            languages: languages.bits(),
            first_language: if own.is_empty() { languages } else { own }.bits(),
            accepts: accepts.or_anyone().bits(),
            accepts_must: self.must,
            describes: describes.or_unstated().bits(),
            parts: self.parts.clone(),
            walked_with: walked_with.bits(),
            ok_with_medicine: self.ok_with_medicine,
            note: self.note.clone(),
        })
    }

    pub fn who_words(&self, page: &Page) -> String {
        let who = people_words(page, &self.who);
        if self.must { page.with("ask-check-must", &[("who", &who)]) } else { who }
    }

    pub fn language_words(&self, lists: &Lists) -> String {
        let languages = Languages::from_codes(self.languages.iter().map(String::as_str), lists).unwrap_or_default();
        languages.names(lists).join(", ")
    }

    pub fn time_words(&self, page: &Page) -> String {
        time_words(page, &self.parts)
    }

    /// What else was wished of the sponsor; `None` where nothing was.
    pub fn sponsor_words(&self, page: &Page) -> Option<String> {
        let who = walked_with_words(page, &self.walked_with);
        let walked = (!who.is_empty()).then(|| page.with("ask-check-walked", &[("who", &who)]));
        let medicine = self.ok_with_medicine.then(|| page.t("ask-check-medicine"));
        let said: Vec<String> = walked.into_iter().chain(medicine).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    pub fn describes_words(&self, page: &Page) -> String {
        if self.describes.is_empty() {
            return page.t("ask-who-unsaid");
        }
        people_words(page, &self.describes)
    }
}

/// The codes as sets.
struct Masks {
    languages: Languages,
    accepts: Descriptions,
    describes: Descriptions,
    walked_with: Experience,
}
