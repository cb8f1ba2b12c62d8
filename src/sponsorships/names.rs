//! What members call those they are or were a pair with. Two people of one name are told apart by a number that stays:
//! the first is "Jo", the next "Jo (2)", also when the contact with the first has ended. A letter to one Jo is not read
//! as one from the other.

use super::error::Error;
use super::model::{Side, Sponsorship};
use super::queries::list_of_member;
use crate::clock::Timestamp;
use crate::members::{self, FirstName, Member};
use crate::store::Conn;
use crate::store::ids::MemberId;

/// Somebody the reader met, once for each pair.
struct Met<'a> {
    who: MemberId,
    name: &'a FirstName,
    introduced_at: Timestamp,
    /// Decides between two of one second.
    reference: &'a str,
}

/// Characters of a name, its number included.
const MOST_CHARACTERS: usize = 40;

/// What one of a pair reads of the other; `None` once the other is erased.
pub fn partner_name(conn: &mut Conn, pair: &Sponsorship, reader: Side) -> Result<Option<FirstName>, Error> {
    match members::find_member(conn, pair.member(reader.other()))? {
        Some(partner) => name_of(conn, (pair.member(reader), &partner)),
        None => Ok(None),
    }
}

/// What `me` calls a partner who was looked up already.
pub fn name_of(conn: &mut Conn, (me, partner): (MemberId, &Member)) -> Result<Option<FirstName>, Error> {
    let mut known = Vec::new();
    for other in list_of_member(conn, me)? {
        let Some(side) = other.side_of(me) else { continue };
        let who = other.member(side.other());
        if who == partner.id {
            known.push((who, partner.first_name.clone(), other));
        } else if let Some(member) = members::find_member(conn, who)? {
            known.push((who, member.first_name, other));
        }
    }
    let met: Vec<Met<'_>> = known
        .iter()
        .map(|(who, name, pair)| Met { who: *who, name, introduced_at: pair.introduced_at, reference: &pair.reference })
        .collect();
    Ok(told_apart(partner.id, &met))
}

/// The name of one of those met, with its number among the same names in the order they were met.
fn told_apart(who: MemberId, met: &[Met<'_>]) -> Option<FirstName> {
    let first = |of: MemberId| {
        let times = met.iter().filter(|one| one.who == of);
        times.map(|one| (one.introduced_at, one.reference)).min()
    };
    let name = met.iter().find(|one| one.who == who)?.name;
    let same = |one: &&Met<'_>| one.who != who && looks_like(one.name, name);
    let mut earlier: Vec<MemberId> =
        met.iter().filter(same).map(|one| one.who).filter(|other| first(*other) < first(who)).collect();
    earlier.sort_unstable();
    earlier.dedup();
    match earlier.len() {
        0 => Some(name.clone()),
        namesakes => Some(numbered(name, namesakes + 1)),
    }
}

/// By eye and ear "jo" is no other name than "Jo".
fn looks_like(one: &FirstName, two: &FirstName) -> bool {
    one.as_str().to_lowercase() == two.as_str().to_lowercase()
}

/// A name too long for its number loses some of its end, not the number.
fn numbered(name: &FirstName, number: usize) -> FirstName {
    let number = format!(" ({number})");
    let room = MOST_CHARACTERS.saturating_sub(number.chars().count());
    let short: String = name.as_str().chars().take(room).collect();
    FirstName::parse(&format!("{}{number}", short.trim_end())).unwrap_or_else(|_| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everybody met, told as (person, name, when, reference), and what each is called.
    fn called(people: &[(u8, &str, i64, &str)]) -> Vec<String> {
        let names: Vec<FirstName> = people.iter().map(|(_, name, ..)| FirstName::parse(name).unwrap()).collect();
        let met: Vec<Met<'_>> = people
            .iter()
            .zip(&names)
            .map(|(&(who, _, at, reference), name)| Met {
                who: MemberId::from_bytes([who; 16]),
                name,
                introduced_at: Timestamp(at),
                reference,
            })
            .collect();
        met.iter().map(|one| told_apart(one.who, &met).unwrap().as_str().to_owned()).collect()
    }

    #[test]
    fn a_name_of_one_person_has_no_number() {
        assert_eq!(called(&[(1, "Jo", 5, "a"), (2, "Kim", 6, "b")]), ["Jo", "Kim"]);
        assert_eq!(called(&[(1, "Jo", 5, "a"), (1, "Jo", 9, "b")]), ["Jo", "Jo"], "the same person, twice");
    }

    #[test]
    fn namesakes_are_numbered_in_the_order_they_were_met_whatever_the_list_has_first() {
        assert_eq!(called(&[(3, "Jo", 9, "a"), (1, "jo", 7, "b"), (2, "Jo", 5, "c")]), ["Jo (3)", "jo (2)", "Jo"]);
        assert_eq!(called(&[(1, "Jo", 5, "b"), (2, "Jo", 5, "a")]), ["Jo (2)", "Jo"], "in one second: by reference");
        assert_eq!(called(&[(1, "Jo", 8, "a"), (2, "Jo", 6, "b"), (1, "Jo", 5, "c")]), ["Jo", "Jo (2)", "Jo"]);
    }

    #[test]
    fn a_long_name_keeps_its_number() {
        let long = "a".repeat(40);
        let called = called(&[(1, &long, 5, "a"), (2, &long, 6, "b")]);
        assert_eq!(
            (called[0].as_str(), called[1].as_str()),
            (long.as_str(), format!("{} (2)", "a".repeat(36)).as_str())
        );
    }

    #[test]
    fn who_was_never_met_has_no_name_here() {
        assert!(told_apart(MemberId::from_bytes([1; 16]), &[]).is_none());
    }
}
