//! Small sets over the policy's lists, one bit per position: languages, how people describe themselves, whom a sponsor has
//! walked with. Stored as a number, so that a query can test two of them with one `&`.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::BigInt;

use crate::number_column;
use crate::policy::Lists;

macro_rules! set_type {
    ($(#[$meta:meta])* $name:ident, bits: $bits:expr) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, AsExpression, FromSqlRow)]
        #[diesel(sql_type = BigInt)]
        pub struct $name(i64);

        impl $name {
            pub const NONE: Self = Self(0);
            const EVERY: i64 = (1 << $bits) - 1;

            /// Bits outside the set are dropped.
            pub fn from_bits(bits: i64) -> Self {
                Self(bits & Self::EVERY)
            }

            pub fn bits(self) -> i64 {
                self.0
            }

            /// The set with one position more; a position outside changes nothing.
            #[must_use]
            pub fn with(self, position: u32) -> Self {
                Self::from_bits(self.0 | 1_i64.checked_shl(position).unwrap_or(0))
            }

            pub fn has(self, position: u32) -> bool {
                self.0 & 1_i64.checked_shl(position).unwrap_or(0) != 0
            }

            pub fn is_empty(self) -> bool {
                self.0 == 0
            }

            pub fn meets(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// What is in both.
            #[must_use]
            pub fn common(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            pub fn positions(self) -> impl Iterator<Item = u32> {
                (0..$bits).filter(move |position| self.has(*position))
            }
        }

        number_column!($name, BigInt, i64);
    };
}

set_type!(
    /// Languages a person can write in, over `policy.lists.languages`.
    Languages,
    bits: 32
);

set_type!(
    /// People, over `policy.lists.descriptions`, with one position more for "unstated". Both a person's own description
    /// and the people somebody accepts.
    Descriptions,
    bits: Descriptions::UNSTATED_POSITION + 1
);

set_type!(
    /// "Someone who has walked with …", over `policy.lists.experience`: whom a sponsor has, and whom a newcomer would like.
    Experience,
    bits: 32
);

impl Experience {
    /// `None` if a code is not in the list.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>, lists: &Lists) -> Option<Self> {
        codes.into_iter().try_fold(Self::NONE, |set, code| Some(set.with(lists.experience(code)?)))
    }

    /// Their codes, in the order of the list.
    pub fn codes(self, lists: &Lists) -> Vec<String> {
        self.positions().filter_map(|position| lists.experience.get(position as usize).cloned()).collect()
    }

    pub fn count(self) -> u32 {
        self.bits().count_ones()
    }
}

impl Languages {
    /// `None` if a code is not in the list.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>, lists: &Lists) -> Option<Self> {
        codes.into_iter().try_fold(Self::NONE, |set, code| Some(set.with(lists.language(code)?)))
    }

    /// Their own names for themselves, in the order of the list.
    pub fn names(self, lists: &Lists) -> Vec<String> {
        let named = |position| lists.languages.get(position as usize).map(|language| language.name.clone());
        self.positions().filter_map(named).collect()
    }

    /// Their codes, in the order of the list.
    pub fn codes(self, lists: &Lists) -> Vec<String> {
        let coded = |position| lists.languages.get(position as usize).map(|language| language.code.clone());
        self.positions().filter_map(coded).collect()
    }
}

impl Descriptions {
    const UNSTATED_POSITION: u32 = 16;
    /// "Rather not say".
    pub const UNSTATED: Self = Self(1 << Self::UNSTATED_POSITION);
    /// Everybody, those who say nothing included.
    pub const ANYONE: Self = Self(Self::EVERY);

    /// What a person says of themselves, or whom they accept; `None` if a code is not in the list. Nothing said gives
    /// the empty set: see `or_unstated` and `or_anyone`.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>, lists: &Lists) -> Option<Self> {
        codes.into_iter().try_fold(Self::NONE, |set, code| Some(set.with(lists.description(code)?)))
    }

    /// The codes of those named, in the order of the list; nobody in particular gives none.
    pub fn codes(self, lists: &Lists) -> Vec<String> {
        if self == Self::ANYONE {
            return Vec::new();
        }
        self.positions().filter_map(|position| lists.descriptions.get(position as usize).cloned()).collect()
    }

    /// As a person's own description is stored: nothing said is "unstated".
    #[must_use]
    pub fn or_unstated(self) -> Self {
        if self.is_empty() { Self::UNSTATED } else { self }
    }

    /// As the people somebody accepts are stored: nobody in particular is anyone.
    #[must_use]
    pub fn or_anyone(self) -> Self {
        if self.is_empty() { Self::ANYONE } else { self }
    }

    /// Whether these accepted people include a person who describes themselves as `who`. What is unset is never a yes:
    /// "unstated" is accepted only where it is said to be, which "anyone" does.
    pub fn accept(self, who: Self) -> bool {
        self.meets(who.or_unstated())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn codes_become_bits_at_their_place() {
        let lists = Policy::defaults().unwrap().lists;
        assert_eq!(Languages::from_codes(["es", "en"], &lists).map(Languages::bits), Some(0b11));
        assert_eq!(Languages::from_codes(["es", "xx"], &lists), None);
        assert_eq!(Descriptions::from_codes(["lgbtq"], &lists).map(Descriptions::bits), Some(0b1000));
    }

    #[test]
    fn a_position_outside_the_set_is_ignored() {
        assert_eq!(Languages::NONE.with(31).positions().collect::<Vec<_>>(), [31]);
        for position in [32, 63, 64, 1000] {
            assert!(Languages::NONE.with(position).is_empty());
            assert!(!Languages::from_bits(-1).has(position));
        }
    }

    #[test]
    fn silence_is_accepted_only_by_anyone() {
        let women = Descriptions::NONE.with(0);
        assert!(!women.accept(Descriptions::NONE));
        assert!(!women.accept(Descriptions::UNSTATED));
        assert!(women.accept(women.with(3)), "more than one description may fit");
        assert!(Descriptions::ANYONE.accept(Descriptions::NONE));
        assert!(Descriptions::NONE.or_anyone().accept(women));
    }
}
