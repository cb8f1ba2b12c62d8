//! What stands in a text before it is sent, so that a page can ask. It sees what anybody would see; the addresses of the
//! two are not known here, and scrub and gate still look for them.

use super::normal::View;
use super::numbers::phones;
use super::tokens;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holds {
    /// Something like a phone number.
    pub number: bool,
    pub address: bool,
}

pub fn look(text: &str, emergency_numbers: &[String]) -> Holds {
    let view = View::of(text);
    Holds {
        number: !phones(&view, emergency_numbers).is_empty(),
        address: !tokens::addresses(text, &view, &[]).is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_seen_and_help_lines_are_not() {
        let seen = |text: &str| {
            let holds = look(text, &["988".into()]);
            (holds.number, holds.address)
        };
        assert_eq!(seen("Mine is 555 010 9999."), (true, false));
        assert_eq!(seen("jo@example.org or 988"), (false, true));
        assert_eq!(seen("It is jo at example dot org."), (false, true));
        assert_eq!(seen("See you at 10:30 on 2026-01-15."), (false, false));
    }
}
