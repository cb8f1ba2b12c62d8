//! Counts of people are told in bands, so that nobody learns from a page that one person came or went.

/// Fewer are never told apart.
pub const SHOWN_FROM: i64 = 5;

/// At least so many; fewer than five are never told apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Band {
    Few,
    Five,
    Ten,
    Twenty,
    Fifty,
}

impl Band {
    pub fn of(count: usize) -> Self {
        match count {
            0..5 => Self::Few,
            5..10 => Self::Five,
            10..20 => Self::Ten,
            20..50 => Self::Twenty,
            50.. => Self::Fifty,
        }
    }
}

/// How many of a time that is over and of nobody else: what is told once never changes, and no two overlap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HowMany {
    FewerThanFive,
    Number(i64),
}

impl HowMany {
    pub fn of(count: i64) -> Self {
        if count < SHOWN_FROM { Self::FewerThanFive } else { Self::Number(count) }
    }
}
