//! Third step: writes the letter that leaves, every byte from typed values. Nothing of the incoming message is here to
//! be copied. Headers and their order: exactly these ten, in a letter of any kind.

use super::{Envelope, LetterWords, Scrubbed};
use crate::outbox::mime::{date, encoded_words, mailbox, write_mail};

/// Header names of a finished letter, in order; gate insists on them.
pub(super) const HEADERS: [&str; 10] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

pub fn rebuild(scrubbed: &Scrubbed, words: &LetterWords, envelope: &Envelope) -> Vec<u8> {
    let id = |local: &str| format!("<{local}@{}>", envelope.relay_domain);
    let [from, to, subject, sent, message_id, in_reply_to, references, ..] = HEADERS;
    let headers = [
        (from, mailbox(&envelope.from_name, &envelope.from_alias)),
        (to, mailbox("", &envelope.to_alias)),
        // D6: the writer's own subject is a line of the text; a lock screen shows this one.
        (subject, encoded_words(&format!("{}: {}", envelope.check_word, words.new_message))),
        (sent, date(envelope.date)),
        (message_id, id(&envelope.message_id)),
        (in_reply_to, id(&envelope.thread_root)),
        (references, id(&envelope.thread_root)),
    ];
    write_mail(&headers, &body(scrubbed, words))
}

/// lead · the writer's subject · text · what was not passed on · "-- " · footer
fn body(scrubbed: &Scrubbed, words: &LetterWords) -> String {
    let subject = if scrubbed.text.starts_with(&scrubbed.subject) { "" } else { scrubbed.subject.as_str() };
    let paragraphs = [words.lead.as_str(), subject, &scrubbed.text, &words.not_passed_on];
    let mut body = String::new();
    for paragraph in paragraphs.iter().filter(|p| !p.is_empty()) {
        body.push_str(paragraph);
        body.push_str("\n\n");
    }
    // RFC 3676 4.3: what follows is a signature to every mail program, and is cut from answers.
    format!("{body}-- \n{}\n", words.footer)
}
