//! The four steps together: no token of either side in any layer, and no letter lost.

mod corpus;
mod gates;
mod layers;
mod letters;
mod reading;
mod slots;

use super::*;

const MARK: &str = "[left out]";
const TOKENS: [&str; 3] = ["jo.smith+aa@gmail.com", "al@private.example", "jo@old.example"];

fn words() -> LetterWords {
    LetterWords {
        lead: "Jo has written to you. To answer, just answer this mail and write above this line. Neither of you sees the \
            other's address, and what follows is only for you: please read it when you are by yourself."
            .into(),
        footer: "Write STOP to end this contact.".into(),
        new_message: "new message".into(),
        left_out: MARK.into(),
        earlier: "Earlier:".into(),
        not_passed_on: String::new(),
        all_leads: vec!["Al te ha escrito. Para responder, contesta a este correo y escribe encima de esta línea.".into()],
        all_new_message: vec!["nuevo mensaje".into()],
        stop_words: vec!["STOP".into(), "ALTO".into()],
        help_words: vec!["HELP".into(), "AYUDA".into()],
        emergency_numbers: vec!["988".into(), "911".into(), "1-800-662-4357".into()],
    }
}

fn known() -> Known {
    Known {
        addresses: TOKENS.map(String::from).to_vec(),
        own: 1,
        relay_domain: "relay.example".into(),
        full_name: None,
        first_name: "Jo".into(),
    }
}

fn envelope() -> Envelope {
    Envelope {
        from_name: "Jo".into(),
        from_alias: "aaaaaaaaaaaaaaaaaaaaaaaaaa@relay.example".into(),
        to_alias: "bbbbbbbbbbbbbbbbbbbbbbbbbb@relay.example".into(),
        check_word: "river".into(),
        date: Timestamp(1_798_761_599),
        message_id: "m1".into(),
        thread_root: "t1".into(),
        relay_domain: "relay.example".into(),
    }
}

fn carried(raw: &str) -> Carried {
    let incoming = read(raw.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
    let context = Context { known: &known(), words: &words(), envelope: &envelope() };
    carry(&incoming, &context).unwrap_or_else(|e| panic!("{e}\n{raw}"))
}

fn typed(text: &str) -> Incoming {
    Incoming { origin: Origin::Mail, ..from_page(text, false) }
}

fn scrubbed(text: &str) -> Scrubbed {
    scrubbed_of(&typed(text))
}

fn scrubbed_of(incoming: &Incoming) -> Scrubbed {
    let (known, words) = (known(), words());
    scrub(incoming, &Secrets::of(incoming, &known, &words), (&known.first_name, &words), SCRUB_ROUNDS)
}

fn mail(headers: &str, body: &str) -> String {
    format!("From: Jo Smith <jo.smith@gmail.com>\r\nSubject: x\r\n{headers}\r\n{body}")
}
