//! A reply as a real mail program writes it, with everything the relay has to take out: a display name with a surname,
//! a signature with a phone, the whole mail before it quoted with its addresses, an HTML half with a tracking pixel,
//! headers that name the machine. Pure: the same input gives the same bytes.

use crate::clock::Timestamp;
use crate::outbox::mime;

/// Who writes, as their mail program knows them.
pub struct Writer {
    pub first: String,
    pub surname: String,
    pub phone: String,
    pub address: String,
}

pub struct Letter<'a> {
    pub writer: &'a Writer,
    /// The relay address that is answered.
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub quoted: &'a str,
    /// Without angle brackets; random.
    pub message_id: &'a str,
    pub in_reply_to: Option<&'a str>,
    pub at: Timestamp,
}

const BOUNDARY: &str = "=_part_7d1f";

impl Letter<'_> {
    /// RFC 5322 bytes, lines closed by CRLF.
    pub fn raw(&self) -> String {
        let Writer { first, surname, phone, address } = self.writer;
        let host = address.rsplit('@').next().unwrap_or_default();
        let date = mime::date(self.at);
        let reply =
            self.in_reply_to.map_or_else(String::new, |id| format!("In-Reply-To: <{id}>\nReferences: <{id}>\n"));
        let subject = mime::encoded_words(&format!("Re: {}", self.subject.trim_start_matches("Re: ")));
        let from = mime::mailbox(&format!("{first} {surname}"), address);
        let to = self.to;
        let attribution = format!("On {date}, <{to}> wrote to {first} {surname} <{address}>:");
        let quoted = format!("> {}", self.quoted.trim_end().replace('\n', "\n> "));
        let plain = format!(
            "{}\n\n-- \n{first} {surname}\nTel. {phone}\nSent from my phone\n\n{attribution}\n{quoted}",
            self.text.trim_end()
        );
        let html = format!(
            "<html><body><div>{}</div>\n<div class=\"signature\">-- <br>{first} {surname}<br>Tel. {phone}</div>\n\
             <img src=\"http://pixel.example/seen.gif?reader={address}\" width=\"1\" height=\"1\" alt=\"\">\n\
             <blockquote>{}<br>{}</blockquote></body></html>\n",
            escape(self.text.trim_end()).replace('\n', "</div>\n<div>"),
            escape(&attribution),
            escape(self.quoted.trim_end()).replace('\n', "<br>\n")
        );
        let raw = format!(
            "Received: from [192.0.2.44] (phone.{surname}.example [192.0.2.44]) by mx.{host}; {date}\n\
             Date: {date}\nFrom: {from}\nTo: <{to}>\nSubject: {subject}\nMessage-ID: <{id}@{host}>\n{reply}\
             X-Originating-IP: [192.0.2.44]\nUser-Agent: Pocket Mail 9 ({first} {surname}'s phone)\nMIME-Version: 1.0\n\
             Content-Type: multipart/alternative; boundary=\"{BOUNDARY}\"\n\n\
             --{BOUNDARY}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{plain}\n\
             --{BOUNDARY}\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{html}\n\
             --{BOUNDARY}--\n",
            id = self.message_id,
        );
        raw.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;

    #[test]
    fn the_reply_is_a_mail_that_gives_its_writer_away() {
        let writer = Writer {
            first: "Dana".into(),
            surname: "Whitlock".into(),
            phone: "+1 555 010 0142".into(),
            address: "dana@inbox.example".into(),
        };
        let letter = Letter {
            writer: &writer,
            to: "r.abc@notes.example",
            subject: "river: new message",
            text: "Hello <b>\r\nthere",
            quoted: "Hi Dana",
            message_id: "x1",
            in_reply_to: Some("y@notes.example"),
            at: Timestamp(1_800_000_000),
        };
        let raw = letter.raw();
        assert!(!raw.replace("\r\n", "").contains(['\r', '\n']));
        let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(parsed.subject(), Some("Re: river: new message"));
        let text = parsed.body_text(0).unwrap();
        let html = parsed.body_html(0).unwrap();
        for body in [text.as_ref(), html.as_ref()] {
            assert!(
                body.contains("Whitlock") && body.contains("+1 555 010 0142") && body.contains("dana@inbox.example")
            );
        }
        assert!(text.starts_with("Hello <b>"));
        assert!(html.contains("&lt;b&gt;") && html.contains("pixel.example"));
    }
}
