//! Mails to coordinators, and to who hosts the service.

use super::{Code, Question, Shape, Told, Writer, in_groups};

impl Writer<'_> {
    pub(super) fn please_look(&self, count: u32, mark: Option<&str>) -> Shape {
        let mark = mark.map(|mark| self.talk.with("mails-footer-mark", &[("mark", mark)]));
        let footer: Vec<String> = mark.into_iter().chain([self.footer()]).collect();
        Shape::Question(Question {
            hello: self.hello(),
            body: vec![self.talk.count("mails-look", i64::from(count))],
            link: self.link("/desk", ""),
            after: Vec::new(),
            footer: footer.join("\n"),
        })
    }

    pub(super) fn test_mail(&self, code: &str) -> Shape {
        Shape::Code(Code {
            digits: in_groups(code),
            how: self.talk.t("mails-test"),
            known: Some(self.talk.t("mails-test-answer")),
            forget: self.talk.t("mails-code-forget"),
            footer: self.footer(),
        })
    }

    pub(super) fn mark_of_the_week(&self, mark: &str) -> Shape {
        let talk = self.talk;
        self.told(vec![talk.with("mails-mark", &[("mark", mark)]), talk.t("mails-mark-why"), talk.t("mails-mark-keep")])
    }

    pub(super) fn nobody_may_see(&self) -> Shape {
        let body = ["mails-nobody-may-see", "mails-nobody-may-see-how"].map(|key| self.talk.t(key)).to_vec();
        // A host has no page of their own to be led to.
        Shape::Told(Told { hello: self.hello(), body, footer: self.footer() })
    }
}
