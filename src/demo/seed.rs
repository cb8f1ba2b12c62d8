//! The demo's people come in through the same use cases as everybody, with their codes read from their inboxes, while the
//! clock runs from the day before yesterday to the morning on which the demo begins.

use chrono::TimeDelta;

use super::drive::Drive;
use super::mailbox::Mailbox;
use super::meetings;
use super::people::{KIM, Newcomer, Person, SPONSORS, Sponsor, WAITING};
use super::start::Error;
use crate::clock::Timestamp;
use crate::ground::Ground;
use crate::hands::{self, Raised};
use crate::i18n::Lang;
use crate::matching::{Descriptions, Experience, Languages};
use crate::members::{self, AskCode, CodeDoor, Enrolment, FirstName, InvitationKind};
use crate::requests::{self, Placed};
use crate::vault::{Address, Cost, Hasher, Secret, totp};

/// What opens the desk of a demo, shown on its page.
#[derive(Clone)]
pub struct DeskKey {
    pub address: &'static str,
    pub passphrase: &'static str,
    pub totp: Secret<Vec<u8>>,
}

const PASSPHRASE: &str = "seven quiet boats at noon";
/// Ray comes last: nobody has asked him yet, so Dana's request reaches him.
const BEFORE_RAY: usize = SPONSORS.len() - 1;
type Browser = [u8; 16];

pub async fn seed(drive: &Drive, mailbox: &Mailbox, cost: Cost, begins: Timestamp) -> Result<DeskKey, Error> {
    let desk = enrol(drive, mailbox, cost).await?;
    let (early, last) = SPONSORS.split_at(BEFORE_RAY);
    raise(drive, mailbox, early).await?;
    for newcomer in &WAITING {
        run_to(drive, begins.minus(TimeDelta::minutes(newcomer.minutes_ago))).await;
        ask(drive, mailbox, newcomer).await?;
    }
    run_to(drive, begins.minus(TimeDelta::minutes(1))).await;
    raise(drive, mailbox, last).await?;
    run_to(drive, begins).await;
    meetings::keep(&drive.inside.ground).await?;
    Ok(desk)
}

/// Lets time pass, and everything happen that it brings.
async fn run_to(drive: &Drive, at: Timestamp) {
    drive.turn(at.since(drive.inside.ground.now())).await;
}

async fn enrol(drive: &Drive, mailbox: &Mailbox, cost: Cost) -> Result<DeskKey, Error> {
    let ground = &drive.inside.ground;
    let browser: Browser = ground.chance.bytes();
    let invitation = ground.run(|ground| members::invite(ground, InvitationKind::Coordinator, None)).await?;
    ask_code(ground, CodeDoor::Desk, browser, &KIM, (0, None)).await?;
    drive.settle().await;
    let code = code_for(mailbox, KIM.address)?;
    let hash = Hasher::new(&ground.vault, cost, &ground.chance)?.hash(PASSPHRASE).await?;
    let secret = members::begin_enrolment(ground);
    let kept = secret.clone();
    let first_name = name_of(&KIM)?;
    let enrolled = ground
        .run(move |ground| {
            let shown = totp::code_now(&secret, ground.now());
            let first = Enrolment {
                invitation: &invitation,
                browser: &browser,
                code: &code,
                first_name: &first_name,
                passphrase_hash: &hash,
                totp_secret: &secret,
                totp_code: shown.as_ref().map(|code| code.expose().as_str()).unwrap_or_default(),
            };
            members::finish_enrolment(ground, &first)
        })
        .await?;
    enrolled.map_err(|_| Error::Seed("the coordinator's first visit"))?;
    Ok(DeskKey { address: KIM.address, passphrase: PASSPHRASE, totp: kept })
}

async fn raise(drive: &Drive, mailbox: &Mailbox, sponsors: &'static [Sponsor]) -> Result<(), Error> {
    let ground = &drive.inside.ground;
    let mut browsers = Vec::new();
    for sponsor in sponsors {
        let browser: Browser = ground.chance.bytes();
        let invitation = ground.run(|ground| members::invite(ground, InvitationKind::Sponsor, None)).await?;
        let draft = hand_draft(ground, sponsor, invitation.text())?;
        let draft = serde_json::to_vec(&draft).map_err(|_| Error::Seed("a draft of a hand"))?;
        ask_code(ground, CodeDoor::Raise, browser, &sponsor.person, (sponsor.utc_offset_min, Some(draft))).await?;
        browsers.push(browser);
    }
    drive.settle().await;
    for (sponsor, browser) in sponsors.iter().zip(browsers) {
        let code = code_for(mailbox, sponsor.person.address)?;
        let raised = ground.run(move |ground| hands::raise(ground, &browser, &code)).await?;
        if !matches!(raised, Raised::Up(_)) {
            return Err(Error::Seed("a hand"));
        }
    }
    drive.settle().await;
    Ok(())
}

async fn ask(drive: &Drive, mailbox: &Mailbox, newcomer: &'static Newcomer) -> Result<(), Error> {
    let ground = &drive.inside.ground;
    let browser: Browser = ground.chance.bytes();
    let draft =
        serde_json::to_vec(&request_draft(ground, newcomer)?).map_err(|_| Error::Seed("a draft of a request"))?;
    ask_code(ground, CodeDoor::Ask, browser, &newcomer.person, (0, Some(draft))).await?;
    drive.settle().await;
    let code = code_for(mailbox, newcomer.person.address)?;
    let placed = ground.run(move |ground| requests::place(ground, &browser, &code)).await?;
    if !matches!(placed, Placed::In(_)) {
        return Err(Error::Seed("a request"));
    }
    drive.settle().await;
    Ok(())
}

async fn ask_code(
    ground: &Ground,
    door: CodeDoor,
    browser: Browser,
    person: &Person,
    (utc_offset_min, draft): (i32, Option<Vec<u8>>),
) -> Result<(), Error> {
    let address = Address::parse(person.address).map_err(|_| Error::Seed("an address"))?;
    ground
        .run(move |ground| {
            let ask = AskCode {
                door,
                browser: &browser,
                address: &address,
                lang: Lang::En,
                utc_offset_min,
                draft: draft.as_deref(),
            };
            members::ask_code(ground, &ask)
        })
        .await?;
    Ok(())
}

/// The digits in the subject of the last mail with a code.
fn code_for(mailbox: &Mailbox, address: &str) -> Result<String, Error> {
    let mails = mailbox.list();
    let subjects = mails.iter().rev().filter(|mail| mail.to == address).map(|mail| &mail.subject);
    let digits = subjects.map(|subject| subject.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.into_iter().find(|digits| digits.len() == 8).ok_or(Error::Seed("a mail with a code"))
}

fn name_of(person: &Person) -> Result<FirstName, Error> {
    FirstName::parse(person.first).map_err(|_| Error::Seed("a name"))
}

fn hand_draft(ground: &Ground, sponsor: &Sponsor, invitation: String) -> Result<hands::Draft, Error> {
    let lists = &ground.policy.lists;
    Ok(hands::Draft {
        first_name: name_of(&sponsor.person)?,
        invitation,
        capacity: sponsor.places,
        weekly_limit: sponsor.a_week,
        rhythm: sponsor.rhythm,
        ask_at_night: sponsor.at_night,
        writes_for_now: sponsor.for_now,
        walked_with: experience(sponsor.walked_with, lists)?.bits(),
        shows_walked_with: true,
        ok_with_medicine: sponsor.ok_with_medicine,
        languages: languages(ground, sponsor.languages)?.bits(),
        describes: descriptions(sponsor.is, lists)?.bits(),
        accepts: descriptions(sponsor.accepts, lists)?.bits(),
        parts: sponsor.parts.to_vec(),
    })
}

fn request_draft(ground: &Ground, newcomer: &Newcomer) -> Result<requests::Draft, Error> {
    let lists = &ground.policy.lists;
    let first = newcomer.languages.get(..1).unwrap_or_default();
    Ok(requests::Draft {
        first_name: name_of(&newcomer.person)?,
        languages: languages(ground, newcomer.languages)?.bits(),
        first_language: languages(ground, first)?.bits(),
        accepts: descriptions(newcomer.wishes, lists)?.bits(),
        accepts_must: newcomer.wishes_must,
        describes: Descriptions::NONE.bits(),
        parts: newcomer.parts.to_vec(),
        note: String::new(),
        walked_with: 0,
        ok_with_medicine: false,
    })
}

fn languages(ground: &Ground, codes: &[&str]) -> Result<Languages, Error> {
    Languages::from_codes(codes.iter().copied(), &ground.policy.lists).ok_or(Error::Seed("a language"))
}

fn experience(codes: &[&str], lists: &crate::policy::Lists) -> Result<Experience, Error> {
    Experience::from_codes(codes.iter().copied(), lists).ok_or(Error::Seed("an experience"))
}

fn descriptions(codes: &[&str], lists: &crate::policy::Lists) -> Result<Descriptions, Error> {
    Descriptions::from_codes(codes.iter().copied(), lists).ok_or(Error::Seed("a description"))
}
