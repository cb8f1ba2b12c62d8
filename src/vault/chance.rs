//! The one source of chance, handed in like the clock so that tests can repeat a run.

use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

/// Random bytes: the system's generator, or one that repeats from a seed (tests only).
#[derive(Clone)]
pub struct Chance(Source);

#[derive(Clone)]
enum Source {
    System,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Chance {
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// Repeats for the same seed. For tests: what it draws can be guessed.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }

    /// A number from 0 to `bound` - 1, each as likely; 0 for a bound of 0.
    pub fn below(&self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        self.with(|rng| rng.random_range(0..bound))
    }

    /// A generator of its own for libraries that ask for one, from 256 drawn bits.
    pub(super) fn generator(&self) -> StdRng {
        StdRng::from_seed(self.bytes())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system for chance")]
    fn with<T>(&self, draw: impl FnOnce(&mut dyn Rng) -> T) -> T {
        match &self.0 {
            Source::System => draw(&mut rand::rng()),
            Source::Seeded(rng) => draw(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}
