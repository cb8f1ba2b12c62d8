//! Counts of people are told in bands, so that nobody learns from a page that one person came or went.

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
