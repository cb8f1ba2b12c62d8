//! The invented people of the demo. Their mail programs betray surname and phone, as real ones do; the service never
//! learns either except from their letters. Every address is under `.example` (RFC 2606), where no mail can go.

use crate::hands::Rhythm;
use crate::matching::DayPart::{self, Days, Evenings, Mornings, Nights, Weekend};

pub struct Person {
    pub first: &'static str,
    pub surname: &'static str,
    pub address: &'static str,
    pub phone: &'static str,
}

pub struct Sponsor {
    pub person: Person,
    pub languages: &'static [&'static str],
    pub places: u8,
    pub a_week: u8,
    pub rhythm: Rhythm,
    pub at_night: bool,
    pub for_now: bool,
    pub is: &'static [&'static str],
    pub walked_with: &'static [&'static str],
    pub ok_with_medicine: Option<bool>,
    pub accepts: &'static [&'static str],
    pub parts: &'static [DayPart],
    pub utc_offset_min: i32,
}

pub struct Newcomer {
    pub person: Person,
    /// How long before the demo starts the request is placed.
    pub minutes_ago: i64,
    pub languages: &'static [&'static str],
    pub wishes: &'static [&'static str],
    pub wishes_must: bool,
    pub parts: &'static [DayPart],
}

const fn person(first: &'static str, surname: &'static str, address: &'static str, phone: &'static str) -> Person {
    Person { first, surname, address, phone }
}

/// Whom the tour asks the visitor to be.
pub static DANA: Person = person("Dana", "Whitlock", "dana@inbox.example", "+1 555 010 0142");
pub static KIM: Person = person("Kim", "Hollis", "kim@lantern.example", "+1 555 010 0150");
/// Whose inbox is shown first among the sponsors; the last of [`SPONSORS`].
pub const RAY: &str = "ray@harbor.example";

const USUAL: Sponsor = Sponsor {
    person: person("", "", "", ""),
    languages: &["en"],
    places: 2,
    a_week: 7,
    rhythm: Rhythm::FewAWeek,
    at_night: false,
    for_now: false,
    is: &[],
    walked_with: &[],
    ok_with_medicine: None,
    accepts: &[],
    parts: &[Mornings, Days, Evenings],
    utc_offset_min: 0,
};

pub static SPONSORS: [Sponsor; 12] = [
    Sponsor {
        person: person("Ana", "Quiroga", "ana@post.example", "+1 555 010 0101"),
        languages: &["en", "es"],
        is: &["woman"],
        accepts: &["woman"],
        parts: &[Evenings],
        ..USUAL
    },
    Sponsor {
        person: person("Tom", "Ashby", "tom@letters.example", "+1 555 010 0102"),
        places: 5,
        is: &["man"],
        parts: &[Mornings, Evenings],
        for_now: true,
        ..USUAL
    },
    Sponsor {
        person: person("Mira", "Feld", "mira@mail.example", "+49 555 010 103"),
        languages: &["en", "de"],
        is: &["woman"],
        walked_with: &["parents"],
        ok_with_medicine: Some(true),
        utc_offset_min: 60,
        for_now: true,
        ..USUAL
    },
    Sponsor {
        person: person("Sol", "Ibarra", "sol@correo.example", "+34 555 010 104"),
        languages: &["es"],
        rhythm: Rhythm::Daily,
        utc_offset_min: 60,
        ..USUAL
    },
    Sponsor {
        person: person("Lena", "Brandt", "lena@mail.example", "+49 555 010 105"),
        languages: &["de", "en"],
        places: 1,
        is: &["woman"],
        parts: &[Weekend],
        utc_offset_min: 60,
        ..USUAL
    },
    Sponsor {
        person: person("Otis", "Larkin", "otis@letters.example", "+1 555 010 0106"),
        places: 5,
        rhythm: Rhythm::Daily,
        at_night: true,
        is: &["man"],
        walked_with: &["veterans", "no-belief"],
        ok_with_medicine: Some(true),
        parts: &[Days, Nights],
        ..USUAL
    },
    Sponsor {
        person: person("Priya", "Nair", "priya@post.example", "+44 555 010 107"),
        places: 3,
        is: &["woman"],
        accepts: &["woman", "non-binary"],
        ..USUAL
    },
    Sponsor {
        person: person("Marek", "Zielny", "marek@poczta.example", "+48 555 010 108"),
        languages: &["pl", "en"],
        places: 1,
        a_week: 2,
        is: &["man"],
        utc_offset_min: 60,
        ..USUAL
    },
    Sponsor {
        person: person("Yusuf", "Haddad", "yusuf@barid.example", "+44 555 010 109"),
        languages: &["en", "ar"],
        places: 3,
        rhythm: Rhythm::Weekly,
        ..USUAL
    },
    Sponsor {
        person: person("In\u{ea}s", "Moura", "ines@correio.example", "+351 555 010 110"),
        languages: &["pt", "es"],
        is: &["woman"],
        ..USUAL
    },
    Sponsor {
        person: person("Bea", "Thorne", "bea@letters.example", "+1 555 010 0111"),
        languages: &["en", "fr"],
        places: 5,
        is: &["non-binary", "lgbtq"],
        parts: &[Evenings, Weekend],
        ..USUAL
    },
    Sponsor {
        person: person("Ray", "Okafor", RAY, "+1 555 010 0112"),
        places: 4,
        rhythm: Rhythm::Daily,
        is: &["man"],
        ..USUAL
    },
];

const WAITS: Newcomer = Newcomer {
    person: person("", "", "", ""),
    minutes_ago: 0,
    languages: &["en"],
    wishes: &[],
    wishes_must: false,
    parts: &[],
};

/// Longest waiting first. Nobody fits Farid: the desk has something to do.
pub static WAITING: [Newcomer; 7] = [
    Newcomer {
        person: person("Jules", "Marchetti", "jules@box.example", "+1 555 010 0121"),
        minutes_ago: 30 * 60,
        ..WAITS
    },
    Newcomer {
        person: person("Farid", "Nouri", "farid@box.example", "+1 555 010 0122"),
        minutes_ago: 26 * 60,
        languages: &["fa"],
        ..WAITS
    },
    Newcomer {
        person: person("Noor", "Vance", "noor@box.example", "+1 555 010 0123"),
        minutes_ago: 20 * 60,
        wishes: &["woman"],
        wishes_must: true,
        ..WAITS
    },
    Newcomer {
        person: person("Luz", "Peralta", "luz@buzon.example", "+34 555 010 124"),
        minutes_ago: 9 * 60,
        languages: &["es"],
        ..WAITS
    },
    Newcomer {
        person: person("Wren", "Sadler", "wren@box.example", "+1 555 010 0125"),
        minutes_ago: 3 * 60,
        parts: &[Evenings],
        ..WAITS
    },
    Newcomer {
        person: person("Pawel", "Krol", "pawel@poczta.example", "+48 555 010 126"),
        minutes_ago: 90,
        languages: &["pl"],
        ..WAITS
    },
    Newcomer {
        person: person("Bo", "Lindqvist", "bo@box.example", "+46 555 010 127"),
        minutes_ago: 10,
        languages: &["en", "sv"],
        wishes: &["man"],
        ..WAITS
    },
];

/// The person behind an address, if the demo made them up.
pub fn find(address: &str) -> Option<&'static Person> {
    let hands = SPONSORS.iter().map(|sponsor| &sponsor.person);
    let newcomers = WAITING.iter().map(|newcomer| &newcomer.person);
    hands.chain(newcomers).chain([&DANA, &KIM]).find(|person| person.address == address)
}
