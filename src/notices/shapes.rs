//! The skeletons of our mails and which notice takes which. A shape holds finished sentences; the templates only place them.

mod desk;

use askama::Template;

use super::{CodeDoor, DidNotGo, Error, Notice, Offer, Reader, Site, Stopped, in_groups};
use crate::i18n::{Talk, day_part, named_day, on_day};

pub(super) enum Shape {
    Code(Code),
    Told(Told),
    Question(Question),
    Asked(Asked),
    Ended(Ended),
}

/// Digits first: many read them on a lock screen. No link, so that a mail scanner has nothing to press.
#[derive(Template)]
#[template(path = "mail/code.txt")]
pub(super) struct Code {
    digits: String,
    how: String,
    known: Option<String>,
    forget: String,
    footer: String,
}

/// Something to know, nothing to press.
#[derive(Template)]
#[template(path = "mail/told.txt")]
pub(super) struct Told {
    hello: String,
    body: Vec<String>,
    footer: String,
}

/// One link to one question or page.
#[derive(Template)]
#[template(path = "mail/question.txt")]
pub(super) struct Question {
    hello: String,
    body: Vec<String>,
    link: String,
    after: Vec<String>,
    footer: String,
}

/// An offer.
#[derive(Template)]
#[template(path = "mail/offer.txt")]
pub(super) struct Asked {
    hello: String,
    what: String,
    wishes: String,
    answer_here: String,
    link: String,
    nothing_yet: String,
    on_by: String,
    footer: String,
}

/// The end of a contact, with numbers to call.
#[derive(Template)]
#[template(path = "mail/ended.txt")]
pub(super) struct Ended {
    hello: String,
    body: Vec<String>,
    link: Option<String>,
    if_hard: String,
    footer: String,
}

impl Shape {
    #[expect(clippy::too_many_lines, reason = "a table: one arm for each notice")]
    pub(super) fn of(notice: &Notice, reader: &Reader<'_>, site: &Site, talk: Talk<'_>) -> Self {
        let writer = Writer { reader, site, talk, has_end: notice.has_end() };
        match notice {
            Notice::Code { code, minutes, door } => writer.code(code, *minutes, *door),
            Notice::CanYouHelp(offer) => writer.asked(offer),
            Notice::AllSet => writer
                .told(vec![talk.t("mails-all-set"), talk.with("mails-all-set-word", &[("word", reader.check_word)])]),
            Notice::YouAreIn => writer.told(vec![talk.t("mails-you-are-in"), talk.t("mails-you-are-in-pause")]),
            Notice::HelloIsDue { first_name } => writer.told(vec![
                talk.with("mails-hello-is-due", &[("name", first_name)]),
                talk.t("mails-hello-is-due-page"),
            ]),
            Notice::ChoiceForYou { first_name, token } => writer
                .question(vec![talk.with("mails-choice", &[("name", first_name)]), talk.t("mails-choice-here")], token),
            Notice::ContactEnded { first_name, for_now: true, .. } => {
                let text = talk.with("mails-ended", &[("name", first_name)]);
                writer.ended(vec![text, talk.t("mails-ended-for-now")], None)
            }
            Notice::ContactEnded { first_name, token, .. } => writer.contact_ended(first_name, token.as_deref()),
            Notice::ContactEndedSponsor { first_name, for_now } => {
                let text = if *for_now { "mails-ended-sponsor-for-now" } else { "mails-ended-sponsor" };
                writer.ended(vec![talk.with(text, &[("name", first_name)])], None)
            }
            Notice::OnHold { first_name } => writer
                .ended(vec![talk.with("mails-on-hold", &[("name", first_name)]), talk.t("mails-on-hold-what")], None),
            Notice::NoteDidNotGo { why: DidNotGo::Ended, .. } => {
                writer.ended(vec![talk.t("mails-did-not-go-ended")], None)
            }
            Notice::NoteDidNotGo { why, first_name } => {
                writer.told(vec![writer.did_not_go(*why, first_name.as_deref())])
            }
            Notice::OneThingLeftOut => writer.told(vec![talk.t("mails-left-out"), talk.t("mails-left-out-why")]),
            Notice::OthersGotIt => writer.told(vec![talk.t("mails-others"), talk.t("mails-others-why")]),
            Notice::Stopped(what) => writer.stopped(what),
            Notice::HowToStop => writer.told(vec![talk.t("mails-how-to-stop"), talk.t("mails-how-to-stop-page")]),
            Notice::Numbers => {
                writer.told(vec![talk.t("mails-numbers"), talk.t("mails-if-hard"), talk.t("mails-numbers-desk")])
            }
            Notice::HowToWrite => writer.told(vec![talk.t("mails-how-to-write"), talk.t("mails-how-to-write-page")]),
            Notice::ShortUpdate { is_at_desk } => writer.short_update(*is_at_desk),
            Notice::AskedFrom { from } => {
                let day = named_day(talk, *from, reader.utc_offset_min);
                writer.told(vec![talk.with("mails-asked-from", &[("day", &day)]), talk.t("mails-asked-from-now")])
            }
            Notice::NoteIsWaiting { first_name } => writer.told(vec![
                talk.with("mails-note-waiting", &[("name", first_name)]),
                talk.t("mails-note-waiting-page"),
            ]),
            Notice::StillThere { first_name, token } => writer.question(
                vec![talk.with("mails-still-there", &[("name", first_name)]), talk.t("mails-still-there-here")],
                token,
            ),
            Notice::OneQuestion { first_name, token } => {
                writer.question(vec![talk.with("mails-one-question", &[("name", first_name)])], token)
            }
            Notice::SteppedBack { first_name, until, token } => {
                let day = on_day(talk, *until, reader.utc_offset_min);
                let text = talk.with("mails-stepped-back", &[("name", first_name), ("day", &day)]);
                writer.question(vec![text, talk.t("mails-stepped-back-here")], token)
            }
            Notice::WeGaveYouARest { token } => {
                writer.question(vec![talk.t("mails-rest"), talk.t("mails-rest-here")], token)
            }
            Notice::StillUp { until, token } => {
                let day = on_day(talk, *until, reader.utc_offset_min);
                writer.question(vec![talk.with("mails-still-up", &[("day", &day)])], token)
            }
            Notice::WeWillClear { until, token } => {
                let day = on_day(talk, *until, reader.utc_offset_min);
                writer.question(vec![talk.with("mails-clear", &[("day", &day)])], token)
            }
            Notice::AddressChanged => writer.told(vec![talk.t("mails-address"), talk.t("mails-address-not-you")]),
            Notice::PleaseLook { count, mark } | Notice::NeedsYou { count, mark } => {
                writer.please_look(*count, mark.as_deref())
            }
            Notice::TestMail { code } => writer.test_mail(code),
            Notice::MarkOfTheWeek { mark } => writer.mark_of_the_week(mark),
            Notice::NobodyMaySee => writer.nobody_may_see(),
        }
    }

    pub(super) fn text(&self) -> Result<String, Error> {
        Ok(match self {
            Self::Code(shape) => shape.render()?,
            Self::Told(shape) => shape.render()?,
            Self::Question(shape) => shape.render()?,
            Self::Asked(shape) => shape.render()?,
            Self::Ended(shape) => shape.render()?,
        })
    }
}

/// What every sentence needs to be written.
struct Writer<'a> {
    reader: &'a Reader<'a>,
    site: &'a Site,
    talk: Talk<'a>,
    has_end: bool,
}

impl Writer<'_> {
    fn code(&self, code: &str, minutes: u32, door: CodeDoor) -> Shape {
        let talk = self.talk;
        let how = if door == CodeDoor::Leave { "mails-code-leave" } else { "mails-code-how" };
        let known = match (door, self.reader.known) {
            (CodeDoor::Ask | CodeDoor::Raise, true) => Some(talk.t("mails-code-known")),
            (CodeDoor::Address, true) => Some(talk.t("mails-code-taken")),
            (CodeDoor::In, false) => Some(talk.t("mails-code-new")),
            _ => None,
        };
        Shape::Code(Code {
            digits: in_groups(code),
            how: talk.count(how, i64::from(minutes)),
            known,
            forget: talk.t("mails-code-forget"),
            footer: self.footer(),
        })
    }

    fn asked(&self, offer: &Offer) -> Shape {
        let talk = self.talk;
        let by = day_part(talk, offer.asks_on_by, self.reader.utc_offset_min);
        Shape::Asked(Asked {
            hello: self.hello(),
            what: talk.t(if offer.for_now { "mails-offer-for-now" } else { "mails-offer-asked" }),
            wishes: self.wishes(offer),
            answer_here: talk.t("mails-offer-answer"),
            link: self.link("/o/", &offer.token),
            nothing_yet: talk.t("mails-nothing-yet"),
            on_by: talk.with("mails-offer-asked-on", &[("by", &by)]),
            footer: self.footer(),
        })
    }

    /// "English. Evenings, weekend. A woman."
    fn wishes(&self, offer: &Offer) -> String {
        let times = self.named("asks-time-", &offer.times, "any");
        let who = self.named("asks-who-", &offer.who, "anyone");
        let parts: [(&str, &str); 3] = [("languages", &offer.languages.join(", ")), ("times", &times), ("who", &who)];
        self.talk.with("mails-offer-wishes", &parts)
    }

    /// The words of codes in a row, or of the code for none. A code without words stands for itself.
    fn named(&self, prefix: &str, codes: &[String], none: &str) -> String {
        let word = |code: &str| {
            let key = format!("{prefix}{code}");
            if self.talk.has(&key) { self.talk.t(&key) } else { code.to_owned() }
        };
        if codes.is_empty() {
            return word(none);
        }
        codes.iter().map(|code| word(code)).collect::<Vec<_>>().join(", ")
    }

    fn question(&self, body: Vec<String>, token: &str) -> Shape {
        Shape::Question(Question {
            hello: self.hello(),
            body,
            link: self.link("/q/", token),
            after: vec![self.talk.t("mails-nothing-yet")],
            footer: self.footer(),
        })
    }

    fn contact_ended(&self, first_name: &str, token: Option<&str>) -> Shape {
        let next = if token.is_some() { "mails-ended-question" } else { "mails-ended-page" };
        let body = vec![self.talk.with("mails-ended", &[("name", first_name)]), self.talk.t(next)];
        self.ended(body, token)
    }

    fn did_not_go(&self, why: DidNotGo, first_name: Option<&str>) -> String {
        let talk = self.talk;
        match (why, first_name) {
            (DidNotGo::Ended, _) => talk.t("mails-did-not-go-ended"),
            (DidNotGo::TooBig, _) => talk.t("mails-did-not-go-too-big"),
            (DidNotGo::Empty, _) => talk.t("mails-did-not-go-empty"),
            (DidNotGo::Locked, _) => talk.t("mails-did-not-go-locked"),
            (DidNotGo::Bounced, Some(name)) => talk.with("mails-did-not-go-bounced-name", &[("name", name)]),
            (DidNotGo::Bounced, None) => talk.t("mails-did-not-go-bounced"),
            (DidNotGo::OtherMailbox, _) => talk.t("mails-did-not-go-other-mailbox"),
            (DidNotGo::Kept, _) => talk.t("mails-did-not-go-kept"),
            (DidNotGo::TooMany, _) => talk.t("mails-did-not-go-too-many"),
            (DidNotGo::OnHold, _) => talk.t("mails-did-not-go-on-hold"),
        }
    }

    fn stopped(&self, what: &Stopped) -> Shape {
        let talk = self.talk;
        match what {
            Stopped::Contact { first_name } => {
                self.ended(vec![talk.with("mails-stopped-contact", &[("name", first_name)])], None)
            }
            Stopped::Hand => self.told(vec![talk.t("mails-stopped-hand")]),
            Stopped::Already => self.told(vec![talk.t("mails-stopped-already")]),
            Stopped::Request => self.ended(vec![talk.t("mails-stopped-request")], None),
        }
    }

    fn short_update(&self, is_at_desk: bool) -> Shape {
        let mut body = vec![self.talk.t("mails-update")];
        body.extend(is_at_desk.then(|| self.talk.t("mails-update-desk")));
        body.push(self.talk.t("mails-update-nothing"));
        self.told(body)
    }

    /// No link in the text, so the footer may carry the one to the reader's own page.
    fn told(&self, body: Vec<String>) -> Shape {
        Shape::Told(Told { hello: self.hello(), body, footer: self.footer_with_page() })
    }

    fn ended(&self, body: Vec<String>, token: Option<&str>) -> Shape {
        Shape::Ended(Ended {
            hello: self.hello(),
            body,
            link: token.map(|token| self.link("/q/", token)),
            if_hard: self.talk.t("mails-if-hard"),
            footer: if token.is_some() { self.footer() } else { self.footer_with_page() },
        })
    }

    fn hello(&self) -> String {
        match self.reader.first_name {
            Some(name) => self.talk.with("mails-hello-name", &[("name", name)]),
            None => self.talk.t("mails-hello"),
        }
    }

    fn footer(&self) -> String {
        let end = self.has_end.then(|| self.talk.t("mails-footer-stop"));
        end.into_iter().chain([self.talk.t("mails-footer")]).collect::<Vec<_>>().join("\n")
    }

    fn footer_with_page(&self) -> String {
        format!("{}\n{}", self.talk.with("mails-footer-page", &[("link", &self.link("/in", ""))]), self.footer())
    }

    fn link(&self, path: &str, token: &str) -> String {
        format!("{}{}{path}{token}", self.site.public_url, self.reader.lang.path_prefix())
    }
}
