//! Every mail of ours, one enum, rendered from a few skeletons in `templates/mail` with words from `i18n`. Promises a
//! subject that begins with the reader's check word and says nothing else than the list of neutral subjects allows, first
//! lines that a lock screen may show, and one link at most. Never opens an address, never sends: rooms push a `Notice`
//! into the outbox, the mailer renders it when it knows the reader. The words around a relayed letter stand in `letter`.

mod letter;
mod shapes;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use letter::{LetterTexts, all_leads, all_new_message, letter_words, reply_words};

use crate::clock::Timestamp;
use crate::i18n::{Lang, Talk, Words};
use crate::word_enum;
use shapes::Shape;

/// The name of [`Notice::TestMail`], by which an answer to it is known.
pub const TEST_MAIL: &str = "test-mail";

/// What a mail of ours says. Sealed in an outbox row until it leaves; without `Debug`, since it holds names and tokens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Eight digits that prove an address in the browser that asked.
    Code { code: String, minutes: u32, door: CodeDoor },
    /// The newcomer's request is in.
    AllSet,
    /// An offer: wishes only, no name, no note.
    CanYouHelp(Offer),
    /// The sponsor's hand is up.
    YouAreIn,
    /// 24 h after a yes without a letter, to the sponsor.
    HelloIsDue { first_name: String },
    /// 48 h after a yes without a letter, to the newcomer.
    ChoiceForYou { first_name: String, token: String },
    /// A contact ended, whatever the cause: one text. `token` where a question goes with it.
    ContactEnded {
        first_name: String,
        token: Option<String>,
        #[serde(default)]
        for_now: bool,
    },
    /// The same to the one who sponsored.
    ContactEndedSponsor {
        first_name: String,
        #[serde(default)]
        for_now: bool,
    },
    /// Nothing goes either way for now, to the one who was reported. Nobody says why.
    OnHold { first_name: String },
    /// A letter of the reader's was not passed on.
    NoteDidNotGo { why: DidNotGo, first_name: Option<String> },
    /// Something in the reader's letter was left out; told once.
    OneThingLeftOut,
    /// The reader's letter went to others too, directly; told once.
    OthersGotIt,
    /// What the one word STOP did.
    Stopped(Stopped),
    /// STOP, and we do not know of what.
    HowToStop,
    /// The answer to the one word HELP.
    Numbers,
    /// Something else was written to the address of our notices.
    HowToWrite,
    /// The request still waits. `is_at_desk`: a coordinator looks too.
    ShortUpdate { is_at_desk: bool },
    /// To a newcomer whose request a coordinator postponed: when the day begins from which we ask on.
    AskedFrom {
        #[serde(with = "as_seconds")]
        from: Timestamp,
    },
    /// The other wrote days ago and waits, to the sponsor.
    NoteIsWaiting { first_name: String },
    /// The sponsor wrote days ago, to the newcomer.
    StillThere { first_name: String, token: String },
    /// To each of a pair alone, after some weeks.
    OneQuestion { first_name: String, token: String },
    /// The sponsor stepped back for a while, to the newcomer.
    SteppedBack {
        first_name: String,
        #[serde(with = "as_seconds")]
        until: Timestamp,
        token: String,
    },
    /// Offers stayed without an answer and the hand was lowered.
    WeGaveYouARest { token: String },
    /// The lease of a hand ends soon.
    StillUp {
        #[serde(with = "as_seconds")]
        until: Timestamp,
        token: String,
    },
    /// Nobody came for a year; what is here goes soon.
    WeWillClear {
        #[serde(with = "as_seconds")]
        until: Timestamp,
        token: String,
    },
    /// To the mailbox a member used until now; it does not say which one comes after it.
    AddressChanged,
    /// To a coordinator on duty. `mark`: the head of the record, for the footer.
    PleaseLook {
        count: u32,
        #[serde(default)]
        mark: Option<String>,
    },
    /// In the morning, to a coordinator on duty: how many things need them.
    NeedsYou { count: u32, mark: Option<String> },
    /// A coordinator asked for it, to see that mail goes out and an answer comes in.
    TestMail { code: String },
    /// The head of the record, to every coordinator, once a week.
    MarkOfTheWeek { mark: String },
    /// To who hosts this: a case that no coordinator may see.
    NobodyMaySee,
}

word_enum! {
    /// Where a code was asked for, which decides what it is good for.
    CodeDoor {
        Ask = "ask",
        Raise = "raise",
        In = "in",
        /// Before everything of a member is erased.
        Leave = "leave",
        /// Before another address takes the place of a member's own.
        Address = "address",
        Desk = "desk",
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The capability behind `/o/`.
    pub token: String,
    /// Own names of the languages ("English"), as the policy's list has them.
    pub languages: Vec<String>,
    /// Codes of the ticked times ("evenings"); none means any.
    pub times: Vec<String>,
    /// Codes of whom the newcomer asked for ("woman"); none means anyone.
    pub who: Vec<String>,
    /// To write for now, while a sponsor is looked for.
    #[serde(default)]
    pub for_now: bool,
    #[serde(with = "as_seconds")]
    pub asks_on_by: Timestamp,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DidNotGo {
    Ended,
    TooBig,
    Empty,
    /// Encrypted, so that nothing in it could be checked.
    Locked,
    /// The other mailbox takes no mail.
    Bounced,
    /// It came from another mailbox than the member's.
    OtherMailbox,
    /// The gate found what must not be passed on.
    Kept,
    /// More in an hour or a day than any two write each other.
    TooMany,
    /// One of the two said that something is not right.
    OnHold,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stopped {
    Contact {
        first_name: String,
    },
    /// The hand is down.
    Hand,
    /// Nobody is looked for any more.
    Request,
    /// There was nothing left to stop.
    Already,
}

/// What a notice speaks of, where it speaks of no contact: what STOP as an answer to it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    Hand,
    Request,
    Other,
}

/// Who reads the mail, as the mailer knows it once the address is open.
pub struct Reader<'a> {
    /// None while the address belongs to no member.
    pub first_name: Option<&'a str>,
    pub check_word: &'a str,
    pub lang: Lang,
    pub utc_offset_min: i32,
    /// The address is a member's. Only the mailer learns this.
    pub known: bool,
}

/// The mail side of an install, as its mails show it.
#[derive(Clone)]
pub struct Site {
    /// Without a slash at the end.
    pub public_url: String,
    pub sender_name: String,
    /// Of the relay addresses and of the notices.
    pub domain: String,
}

impl Site {
    /// Local part of the one address our notices come from.
    pub const NOTE_LOCAL: &str = "note";

    pub fn note_address(&self) -> String {
        format!("{}@{}", Self::NOTE_LOCAL, self.domain)
    }
}

pub struct Mail {
    pub subject: String,
    pub text: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a mail could not be rendered")]
    Template(#[from] askama::Error),
}

impl Notice {
    /// Names the kind, in the outbox and in log lines; holds nothing of what it says.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Code { .. } => "code",
            Self::AllSet => "all-set",
            Self::CanYouHelp(_) => "can-you-help",
            Self::YouAreIn => "you-are-in",
            Self::HelloIsDue { .. } => "hello-is-due",
            Self::ChoiceForYou { .. } => "choice-for-you",
            Self::ContactEnded { .. } => "contact-ended",
            Self::ContactEndedSponsor { .. } => "contact-ended-sponsor",
            Self::SteppedBack { .. } => "stepped-back",
            Self::WeWillClear { .. } => "we-will-clear",
            Self::OnHold { .. } => "on-hold",
            Self::NoteDidNotGo { .. } => "note-did-not-go",
            Self::OneThingLeftOut => "one-thing-left-out",
            Self::OthersGotIt => "others-got-it",
            Self::Stopped(_) => "stopped",
            Self::HowToStop => "how-to-stop",
            Self::Numbers => "numbers",
            Self::HowToWrite => "how-to-write",
            Self::ShortUpdate { .. } => "short-update",
            Self::AskedFrom { .. } => "asked-from",
            Self::NoteIsWaiting { .. } => "note-is-waiting",
            Self::StillThere { .. } => "still-there",
            Self::OneQuestion { .. } => "one-question",
            Self::WeGaveYouARest { .. } => "we-gave-you-a-rest",
            Self::StillUp { .. } => "still-up",
            Self::AddressChanged => "address-changed",
            Self::PleaseLook { .. } => "please-look",
            Self::NeedsYou { .. } => "needs-you",
            Self::TestMail { .. } => TEST_MAIL,
            Self::MarkOfTheWeek { .. } => "mark-of-the-week",
            Self::NobodyMaySee => "nobody-may-see",
        }
    }

    /// Whether STOP as an answer to it ends something: only then it says so.
    pub fn has_end(&self) -> bool {
        let is_of_pair = matches!(
            self,
            Self::HelloIsDue { .. }
                | Self::ChoiceForYou { .. }
                | Self::NoteIsWaiting { .. }
                | Self::StillThere { .. }
                | Self::OneQuestion { .. }
                | Self::SteppedBack { .. }
        );
        is_of_pair || topic_of(self.name()) != Topic::Other
    }
}

/// By the name of a notice, as the outbox keeps it.
pub fn topic_of(name: &str) -> Topic {
    match name {
        "can-you-help" | "you-are-in" | "we-gave-you-a-rest" | "still-up" => Topic::Hand,
        "all-set" | "short-update" => Topic::Request,
        _ => Topic::Other,
    }
}

/// The finished subject and text in the reader's language.
pub fn render(notice: &Notice, reader: &Reader<'_>, site: &Site, words: &Words) -> Result<Mail, Error> {
    let talk = words.talk(reader.lang);
    let phrase = subject_phrase(notice, talk);
    let subject = match notice {
        Notice::NobodyMaySee => phrase, // who hosts this has no check word
        _ => talk.with("mails-subject", &[("word", reader.check_word), ("phrase", &phrase)]),
    };
    Ok(Mail { subject, text: Shape::of(notice, reader, site, talk).text()? })
}

/// What stands behind the check word.
fn subject_phrase(notice: &Notice, talk: Talk<'_>) -> String {
    match notice {
        Notice::Code { code, .. } => talk.with("mails-subject-code", &[("code", &in_groups(code))]),
        Notice::AllSet => talk.t("mails-subject-all-set"),
        Notice::CanYouHelp(_) => talk.t("mails-subject-can-you-help"),
        Notice::YouAreIn => talk.t("mails-subject-you-are-in"),
        Notice::HelloIsDue { .. } => talk.t("mails-subject-hello-is-due"),
        Notice::ChoiceForYou { .. } => talk.t("mails-subject-choice"),
        Notice::ContactEnded { .. }
        | Notice::ContactEndedSponsor { .. }
        | Notice::SteppedBack { .. }
        | Notice::AddressChanged => talk.t("mails-subject-change"),
        Notice::NoteDidNotGo { .. } | Notice::HowToWrite => talk.t("mails-subject-did-not-go"),
        Notice::OnHold { .. } => talk.t("mails-subject-on-hold"),
        Notice::OneThingLeftOut => talk.t("mails-subject-left-out"),
        Notice::ShortUpdate { .. } | Notice::AskedFrom { .. } | Notice::OthersGotIt => talk.t("mails-subject-update"),
        Notice::Stopped(_) => talk.t("mails-subject-stopped"),
        Notice::Numbers => talk.t("mails-subject-numbers"),
        Notice::NoteIsWaiting { .. } => talk.t("mails-subject-note-waiting"),
        Notice::StillThere { .. } => talk.t("mails-subject-still-there"),
        Notice::OneQuestion { .. } | Notice::HowToStop | Notice::TestMail { .. } => {
            talk.t("mails-subject-one-question")
        }
        Notice::WeGaveYouARest { .. } => talk.t("mails-subject-rest"),
        Notice::StillUp { .. } => talk.t("mails-subject-still-up"),
        Notice::WeWillClear { .. } => talk.t("mails-subject-clear"),
        Notice::PleaseLook { .. } => talk.t("mails-subject-look"),
        Notice::NeedsYou { count, .. } => talk.count("mails-subject-needs-you", i64::from(*count)),
        Notice::MarkOfTheWeek { .. } => talk.t("mails-subject-mark"),
        Notice::NobodyMaySee => talk.t("mails-subject-server"),
    }
}

/// "48291375" as "4829 1375", which is read and typed with fewer slips.
fn in_groups(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}

mod as_seconds {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::clock::Timestamp;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
    pub fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(at.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        i64::deserialize(from).map(Timestamp)
    }
}
