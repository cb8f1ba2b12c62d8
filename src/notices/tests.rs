use super::DidNotGo::{Bounced, Empty, Ended, Kept, Locked, OtherMailbox, TooBig, TooMany};
use super::*;
use crate::i18n::{WordList, neutral_subjects};

fn site() -> Site {
    Site { public_url: "https://n.example".into(), sender_name: "Show of Hands".into(), domain: "n.example".into() }
}

/// As long as a 128-bit token is in base64.
const TOKEN: &str = "7Kq2mVbXw0aTzLr5cHdE9g";
const MARK: &str = "12:9f86d081884c7d65";

fn reader(lang: Lang, known: bool) -> Reader<'static> {
    let check_word = if lang == Lang::En { "river" } else { "puerto" };
    Reader { first_name: known.then_some("Jo"), check_word, lang, utc_offset_min: 60, known }
}

fn offer() -> Offer {
    Offer {
        token: TOKEN.into(),
        languages: vec!["English".into()],
        times: vec!["evenings".into()],
        who: Vec::new(),
        for_now: false,
        asks_on_by: Timestamp(1_773_302_400), // Thursday 2026-03-12 08:00 UTC
    }
}

fn every_notice() -> Vec<Notice> {
    let name = || "Ray".to_owned();
    let mut all = vec![
        Notice::AllSet,
        Notice::CanYouHelp(offer()),
        Notice::CanYouHelp(Offer { who: vec!["woman".into(), "non-binary".into()], times: Vec::new(), ..offer() }),
        Notice::YouAreIn,
        Notice::HelloIsDue { first_name: name() },
        Notice::ChoiceForYou { first_name: name(), token: TOKEN.into() },
        Notice::ContactEnded { first_name: name(), token: None, for_now: false },
        Notice::ContactEnded { first_name: name(), token: Some(TOKEN.into()), for_now: false },
        Notice::ContactEnded { first_name: name(), token: None, for_now: true },
        Notice::ContactEndedSponsor { first_name: name(), for_now: false },
        Notice::ContactEndedSponsor { first_name: name(), for_now: true },
        Notice::OneThingLeftOut,
        Notice::OthersGotIt,
        Notice::Stopped(Stopped::Contact { first_name: name() }),
        Notice::Stopped(Stopped::Hand),
        Notice::Stopped(Stopped::Request),
        Notice::Stopped(Stopped::Already),
        Notice::HowToStop,
        Notice::Numbers,
        Notice::HowToWrite,
        Notice::ShortUpdate { is_at_desk: true },
        Notice::ShortUpdate { is_at_desk: false },
        Notice::AskedFrom { from: Timestamp(1_800_000_000) },
        Notice::NoteIsWaiting { first_name: name() },
        Notice::StillThere { first_name: name(), token: TOKEN.into() },
        Notice::OneQuestion { first_name: name(), token: TOKEN.into() },
        Notice::SteppedBack { first_name: name(), until: Timestamp(1_773_302_400), token: TOKEN.into() },
        Notice::CanYouHelp(Offer { for_now: true, ..offer() }),
        Notice::WeGaveYouARest { token: TOKEN.into() },
        Notice::StillUp { until: Timestamp(1_773_302_400), token: TOKEN.into() },
        Notice::WeWillClear { until: Timestamp(1_773_302_400), token: TOKEN.into() },
        Notice::AddressChanged,
        Notice::PleaseLook { count: 1, mark: None },
        Notice::PleaseLook { count: 3, mark: Some(MARK.into()) },
        Notice::NeedsYou { count: 1, mark: None },
        Notice::NeedsYou { count: 3, mark: Some(MARK.into()) },
        Notice::TestMail { code: "48291375".into() },
        Notice::MarkOfTheWeek { mark: MARK.into() },
        Notice::NobodyMaySee,
    ];
    for door in [CodeDoor::Ask, CodeDoor::Raise, CodeDoor::In, CodeDoor::Leave, CodeDoor::Address, CodeDoor::Desk] {
        all.push(Notice::Code { code: "48291375".into(), minutes: 60, door });
    }
    for why in [Ended, TooBig, Empty, Locked, Bounced, OtherMailbox, Kept, TooMany] {
        all.push(Notice::NoteDidNotGo { why, first_name: Some(name()) });
        all.push(Notice::NoteDidNotGo { why, first_name: None });
    }
    all
}

/// Every notice in every language, to a member and to an address nobody knows.
fn every_mail() -> Vec<(Lang, Mail)> {
    let words = Words::load(None).unwrap();
    let mut mails = Vec::new();
    for lang in Lang::ALL {
        for known in [true, false] {
            for notice in every_notice() {
                mails.push((*lang, render(&notice, &reader(*lang, known), &site(), &words).unwrap()));
            }
        }
    }
    mails
}

fn text_of(notice: &Notice, lang: Lang, known: bool) -> String {
    render(notice, &reader(lang, known), &site(), &Words::load(None).unwrap()).unwrap().text
}

/// What a lock screen shows of a text: white space is one blank.
fn first_140(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(140).collect()
}

#[test]
fn subjects_begin_with_the_check_word_and_say_only_what_the_list_has() {
    for (lang, mail) in every_mail() {
        let phrase = mail.subject.strip_prefix(reader(lang, true).check_word).and_then(|rest| rest.strip_prefix(": "));
        // Who hosts this has no check word.
        let phrase = phrase.unwrap_or(&mail.subject);
        assert!(phrase != mail.subject || ["check the server", "mira el servidor"].contains(&phrase), "{phrase}");
        let is_code = phrase.starts_with("4829 1375 ");
        assert!(is_code || neutral_subjects(lang).contains(&without_count(phrase).as_str()), "{phrase}");
    }
}

/// As the list has it: `…` in the place of "3 things".
fn without_count(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(' ').collect();
    match words.as_slice() {
        [number, "thing" | "things" | "cosa" | "cosas", rest @ ..] if number.parse::<u32>().is_ok() => {
            format!("… {}", rest.join(" "))
        }
        _ => phrase.to_owned(),
    }
}

#[test]
fn a_code_stands_in_the_subject_in_two_groups() {
    let code = Notice::Code { code: "48291375".into(), minutes: 60, door: CodeDoor::Ask };
    let words = Words::load(None).unwrap();
    let subject = |lang| render(&code, &reader(lang, false), &site(), &words).unwrap().subject;
    assert_eq!(subject(Lang::En), "river: 4829 1375 is your code");
    assert_eq!(subject(Lang::Es), "puerto: 4829 1375 es tu código");
}

#[test]
fn sender_subject_and_first_lines_show_nothing() {
    for (lang, mail) in every_mail() {
        let outside = WordList::outside(lang);
        for seen in [&mail.subject, &first_140(&mail.text), &site().sender_name] {
            assert_eq!(outside.first_in(seen), None, "{seen}");
        }
    }
}

#[test]
fn no_mail_says_what_is_never_said_or_has_a_hole() {
    for (lang, mail) in every_mail() {
        assert_eq!(WordList::never(lang).first_in(&mail.text), None, "{}", mail.text);
        for hole in ["{", "}", "[mails", "[asks", "[letter", "!"] {
            assert!(!mail.text.contains(hole) && !mail.subject.contains(hole), "{}", mail.text);
        }
    }
}

#[test]
fn a_mail_has_one_short_link_at_most_and_is_small() {
    for (lang, mail) in every_mail() {
        let links: Vec<_> = mail.text.split_whitespace().filter(|word| word.contains("://")).collect();
        assert!(links.len() <= 1, "{}", mail.text);
        assert!(links.iter().all(|link| link.len() <= 120 && link.contains("/es/") == (lang == Lang::Es)), "{links:?}");
        assert!(mail.text.len() < 25_000);
    }
}

#[test]
fn a_code_mail_has_no_link() {
    for door in [CodeDoor::Ask, CodeDoor::In, CodeDoor::Leave] {
        let code = Notice::Code { code: "48291375".into(), minutes: 10, door };
        assert!(!text_of(&code, Lang::En, true).contains("://"));
    }
}

#[test]
fn no_sentence_is_longer_than_twenty_words() {
    for (_, mail) in every_mail() {
        for sentence in mail.text.split(['.', '?', '\n']) {
            assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
        }
    }
}

#[test]
fn a_footer_offers_stop_where_it_ends_something() {
    for notice in every_notice() {
        let text = text_of(&notice, Lang::En, true);
        assert_eq!(text.contains("Reply STOP"), notice.has_end(), "{text}");
    }
    for name in ["can-you-help", "still-up", "all-set", "short-update"] {
        assert_ne!(topic_of(name), Topic::Other);
        assert!(every_notice().iter().any(|notice| notice.name() == name), "{name} is a notice");
    }
}

#[test]
fn an_offer_shows_wishes_and_by_when_it_moves_on() {
    insta::assert_snapshot!(text_of(&Notice::CanYouHelp(offer()), Lang::En, true), @r"
Hi Jo.

Someone asked for a person to talk to. English. Evenings. Anyone. Can you help this week?

See it and answer here:
https://n.example/o/7Kq2mVbXw0aTzLr5cHdE9g

Nothing happens until you press a button. If it is not for you, that is fine. We ask on by Thursday morning.

-- 
Reply STOP to end this. Reply HELP if something is not right.
We send this automatically.
");
    let asked = Offer { who: vec!["woman".into(), "non-binary".into()], times: Vec::new(), ..offer() };
    insta::assert_snapshot!(text_of(&Notice::CanYouHelp(asked), Lang::Es, true), @r"
Hola, Jo.

Alguien pidió una persona con quien hablar. English. A cualquier hora. Una mujer, Una persona no binaria. ¿Puedes ayudar esta semana?

Míralo y contesta aquí:
https://n.example/es/o/7Kq2mVbXw0aTzLr5cHdE9g

No pasa nada hasta que pulses un botón. Si no es para ti, está bien. Seguimos preguntando a más tardar el jueves por la mañana.

-- 
Contesta ALTO para terminar esto. Contesta AYUDA si algo no está bien.
Este correo se envía solo.
");
}

#[test]
fn a_known_address_is_told_so_and_a_new_one_is_not() {
    let code = Notice::Code { code: "48291375".into(), minutes: 60, door: CodeDoor::Ask };
    insta::assert_snapshot!(text_of(&code, Lang::En, false), @r"
4829 1375

Type these numbers on the page where you asked for them. They work for 60 minutes, in that browser only.

You did not ask for this? Then you can forget it. Nothing happens without these numbers.

We send this automatically.
");
    insta::assert_snapshot!(text_of(&code, Lang::En, true), @r"
4829 1375

Type these numbers on the page where you asked for them. They work for 60 minutes, in that browser only.

You are already with us. These numbers open your page.

You did not ask for this? Then you can forget it. Nothing happens without these numbers.

We send this automatically.
");
}

#[test]
fn a_contact_that_ended_leaves_a_way_on_and_numbers() {
    insta::assert_snapshot!(text_of(&Notice::ContactEnded { first_name: "Ray".into(), token: Some(TOKEN.into()), for_now: false }, Lang::En, true), @r"
Hi Jo.

Your contact with Ray has ended. It is not about you.

You keep your place. What would help now? Choose here:

https://n.example/q/7Kq2mVbXw0aTzLr5cHdE9g

If today is hard, you can talk to a person. US and Canada: call or text 988. UK and Ireland: call 116 123. Spain: call 024. In danger, call your emergency number.

-- 
We send this automatically.
");
    insta::assert_snapshot!(text_of(&Notice::ContactEnded { first_name: "Ray".into(), token: None, for_now: false }, Lang::Es, true), @r"
Hola, Jo.

Tu contacto con Ray ha terminado. No tiene que ver contigo.

Conservas tu lugar. Puedes pedir a otra persona en tu página.

Si hoy es difícil, puedes hablar con alguien. Estados Unidos y Canadá: llama o escribe al 988. España: llama al 024. México: llama al 800 911 2000. En peligro, llama a tu número de emergencia.

-- 
Tu propia página: https://n.example/es/in
Este correo se envía solo.
");
}

#[test]
fn told_and_asked_mails_keep_their_shape() {
    insta::assert_snapshot!(text_of(&Notice::AllSet, Lang::En, true), @r"
Hi Jo.

Your request is in. You do not have to do anything now. When someone can help, they write to you.

Every email from us starts with your word, river. You can stop any time on your page.

-- 
Your own page: https://n.example/in
Reply STOP to end this. Reply HELP if something is not right.
We send this automatically.
");
    insta::assert_snapshot!(text_of(&Notice::ChoiceForYou { first_name: "Ray".into(), token: TOKEN.into() }, Lang::En, true), @r"
Hi Jo.

Ray said yes and has not written yet. That happens. It is not about you.

You can wait, or we find someone else for you. Choose here:

https://n.example/q/7Kq2mVbXw0aTzLr5cHdE9g

Nothing happens until you press a button.

-- 
Reply STOP to end this. Reply HELP if something is not right.
We send this automatically.
");
    insta::assert_snapshot!(text_of(&Notice::PleaseLook { count: 3, mark: Some(MARK.into()) }, Lang::Es, true), @r"
Hola, Jo.

Hoy te esperan 3 cosas. Míralas aquí:

https://n.example/es/desk

-- 
Marca: 12:9f86d081884c7d65
Este correo se envía solo.
");
}

#[test]
fn the_mark_of_the_week_says_what_it_is_for() {
    insta::assert_snapshot!(text_of(&Notice::MarkOfTheWeek { mark: MARK.into() }, Lang::En, true), @r"
Hi Jo.

The mark of this week is 12:9f86d081884c7d65.

It stands for all that the desk has done so far. If that is changed later, the mark does not fit any more.

You do not have to do anything. Keep this mail, and delete it after a year.

-- 
Your own page: https://n.example/in
We send this automatically.
");
}

#[test]
fn a_notice_comes_back_from_its_row_as_it_went_in() {
    for notice in every_notice() {
        let row = serde_json::to_vec(&notice).unwrap();
        assert!(serde_json::from_slice::<Notice>(&row).unwrap() == notice);
    }
}

#[test]
fn the_lead_of_a_letter_fills_a_lock_screen_with_nothing() {
    let words = Words::load(None).unwrap();
    for lang in Lang::ALL {
        let texts = letter_words(words.talk(*lang), "", 0, 0, 0);
        assert!(texts.lead.trim().chars().count() >= 140, "{}", texts.lead);
        assert_eq!(WordList::outside(*lang).first_in(&texts.lead), None);
        assert!(neutral_subjects(*lang).contains(&texts.new_message.as_str()));
        assert!(!texts.lead.contains(['@', '/']) && !texts.footer.contains(['@', '/']));
        assert_eq!(texts.not_passed_on, None);
    }
}

#[test]
fn what_was_dropped_is_said_by_kind_and_number() {
    let words = Words::load(None).unwrap();
    let said = |lang, p, d, o| letter_words(words.talk(lang), "Jo", p, d, o).not_passed_on.unwrap();
    assert_eq!(said(Lang::En, 1, 0, 0), "1 picture was not passed on.");
    assert_eq!(said(Lang::En, 1, 1, 0), "1 picture and 1 document were not passed on.");
    assert_eq!(said(Lang::En, 2, 1, 3), "2 pictures, 1 document and 3 files were not passed on.");
    assert_eq!(said(Lang::Es, 0, 2, 0), "No se pasaron 2 documentos.");
    assert_eq!(said(Lang::Es, 1, 0, 1), "No se pasaron 1 imagen y 1 archivo.");
}

#[test]
fn all_leads_hold_every_name_in_every_language() {
    let words = Words::load(None).unwrap();
    let leads = all_leads(&words, &["Jo", "Ray"]);
    for lang in Lang::ALL {
        for name in ["Jo", "Ray"] {
            let texts = letter_words(words.talk(*lang), name, 0, 0, 0);
            assert!(leads.contains(&texts.lead) && leads.contains(&texts.footer));
        }
    }
    assert_eq!(all_new_message(&words), ["new message", "mensaje nuevo"]);
}
