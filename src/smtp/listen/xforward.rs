//! XFORWARD: a mail server in front says where a message came from, so that SPF asks about the right address. Not an
//! RFC: Postfix's `XFORWARD_README`, values in xtext (RFC 3461 4). Believed from configured peers only.

use std::net::{IpAddr, Ipv6Addr};

use super::replies;
use super::session::{Session, State};
use crate::smtp::Intake;

const VERB: &[u8] = b"XFORWARD";
const LONGEST_HELO: usize = 255;

/// What the peer said about the next transaction; nothing of it outlives that.
#[derive(Default)]
pub(super) struct Forwarded {
    pub(super) address: Option<IpAddr>,
    pub(super) helo: Option<String>,
}

/// What follows the verb, if this line is XFORWARD.
pub(super) fn arguments(line: &[u8]) -> Option<&str> {
    let (verb, rest) = line.split_at_checked(VERB.len())?;
    let is_whole = rest.first().is_some_and(u8::is_ascii_whitespace);
    (verb.eq_ignore_ascii_case(VERB) && is_whole).then(|| str::from_utf8(rest).ok())?
}

impl<I: Intake> Session<I> {
    pub(super) fn may_xforward(&self) -> bool {
        self.shared.settings.xforward_peers.contains(&self.peer)
    }

    pub(super) fn xforward(&mut self, arguments: &str) {
        if !self.may_xforward() {
            return self.answer(replies::UNKNOWN_COMMAND);
        }
        if !matches!(self.state, State::Ready) {
            return self.answer(replies::WRONG_ORDER);
        }
        let Some(said) = read(arguments) else {
            return self.answer(replies::BAD_ARGUMENT);
        };
        // Attributes may come in several commands.
        self.forwarded.address = said.address.or(self.forwarded.address);
        self.forwarded.helo = said.helo.or(self.forwarded.helo.take());
        self.answer(replies::OK);
    }
}

/// `NAME=value NAME=value`. Attributes that were not offered are passed over; a bad ADDR is an error, because SPF would
/// be asked about the wrong address.
fn read(arguments: &str) -> Option<Forwarded> {
    let mut said = Forwarded::default();
    for argument in arguments.split_ascii_whitespace() {
        let (name, value) = argument.split_once('=')?;
        let value = from_xtext(value)?;
        if matches!(value.as_str(), "[UNAVAILABLE]" | "[TEMPUNAVAIL]") {
            continue;
        }
        if name.eq_ignore_ascii_case("ADDR") {
            said.address = Some(address(&value)?);
        } else if name.eq_ignore_ascii_case("HELO") && value.len() <= LONGEST_HELO {
            said.helo = Some(value);
        }
    }
    Some(said)
}

fn address(value: &str) -> Option<IpAddr> {
    let address = match value.split_at_checked(5) {
        Some((tag, v6)) if tag.eq_ignore_ascii_case("IPV6:") => IpAddr::V6(v6.parse::<Ipv6Addr>().ok()?),
        _ => value.parse().ok()?,
    };
    Some(address.to_canonical())
}

/// RFC 3461 4: `+` and two hexadecimal digits stand for a character.
fn from_xtext(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'+' {
            let (digits, after) = tail.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    let is_plain = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    is_plain.then(|| String::from_utf8(bytes).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_and_helo_are_read_and_the_rest_passed_over() {
        let said = read(" NAME=spike.example ADDR=192.0.2.7 PORT=25 HELO=a+2Bb.example SOURCE=REMOTE").unwrap();
        assert_eq!(said.address, Some([192, 0, 2, 7].into()));
        assert_eq!(said.helo.as_deref(), Some("a+b.example"));
        let v6 = read(" ADDR=IPV6:2001:db8::1").unwrap();
        assert_eq!(v6.address, Some("2001:db8::1".parse().unwrap()));
        assert!(read(" ADDR=[UNAVAILABLE] HELO=[TEMPUNAVAIL]").unwrap().address.is_none());
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for bad in [" ADDR=somewhere", " ADDR", " HELO=a+0Ab", " HELO=+4", " ADDR=IPV6:nowhere", " HELO=+é1"] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
