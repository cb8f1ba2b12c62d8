//! Chance that is asked by name: the same question has the same answer whatever else was asked before, so that policies meet
//! the same people. The finaliser of `SplitMix64` over the seed and what is asked.

/// What is drawn, each on its own.
#[derive(Clone, Copy)]
pub(super) enum What {
    Sponsor,
    Newcomer,
    Arrival,
    Answer,
    Delay,
    Fatigue,
    LostYes,
    Lasts,
    Back,
}

#[derive(Clone, Copy)]
pub(super) struct Draw(pub u64);

impl Draw {
    /// Uniform in 0..1.
    pub(super) fn uniform(self, what: What, whom: u64, number: u64) -> f64 {
        let asked = mix(mix(mix(self.0 ^ (what as u64) << 56) ^ whom) ^ number);
        // 53 bits are what a double holds.
        f64::from(u32::try_from(asked >> 32).unwrap_or(u32::MAX)) / 4_294_967_296.0
            + f64::from(u32::try_from((asked & 0xffff_ffff) >> 11).unwrap_or(0)) / 9_007_199_254_740_992.0
    }

    pub(super) fn is(self, share: f64, what: What, whom: u64, number: u64) -> bool {
        self.uniform(what, whom, number) < share
    }

    /// The position of the share that is drawn.
    pub(super) fn one_of(self, shares: &[f64], what: What, whom: u64, number: u64) -> usize {
        let mut left = self.uniform(what, whom, number);
        let taken = |share: &&f64| {
            left -= **share;
            left >= 0.0
        };
        shares.iter().take_while(taken).count().min(shares.len() - 1)
    }

    pub(super) fn exponential(self, mean: f64, what: What, whom: u64, number: u64) -> f64 {
        -mean * (1.0 - self.uniform(what, whom, number)).ln()
    }

    pub(super) fn weibull(self, (shape, median): (f64, f64), what: What, whom: u64, number: u64) -> f64 {
        let scale = median / std::f64::consts::LN_2.powf(1.0 / shape);
        scale * (-(1.0 - self.uniform(what, whom, number)).ln()).powf(1.0 / shape)
    }

    /// Box and Muller.
    pub(super) fn lognormal(self, (median, sigma): (f64, f64), what: What, whom: u64, number: u64) -> f64 {
        let (one, two) = (self.uniform(what, whom, 2 * number), self.uniform(what, whom, 2 * number + 1));
        let normal = (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * two).cos();
        median * (sigma * normal).exp()
    }

    /// Beta(3, 3): the middle of five.
    pub(super) fn beta_3_3(self, what: What, whom: u64, number: u64) -> f64 {
        let mut five = [0, 1, 2, 3, 4].map(|n| self.uniform(what, whom, number + n));
        five.sort_by(f64::total_cmp);
        five[2]
    }
}

fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(of: impl Fn(u64) -> f64) -> f64 {
        (0..20_000).map(of).sum::<f64>() / 20_000.0
    }

    #[test]
    fn draws_have_the_shape_they_say() {
        let draw = Draw(7);
        assert!((mean(|n| draw.uniform(What::Answer, n, 0)) - 0.5).abs() < 0.01);
        assert!((mean(|n| draw.exponential(120.0, What::Lasts, n, 0)) - 120.0).abs() < 3.0);
        assert!((mean(|n| draw.beta_3_3(What::Sponsor, n, 0)) - 0.5).abs() < 0.01);
        let below = |median: f64, of: &dyn Fn(u64) -> f64| mean(|n| f64::from(u8::from(of(n) < median)));
        assert!((below(6.0, &|n| draw.lognormal((6.0, 1.5), What::Delay, n, 0)) - 0.5).abs() < 0.02);
        assert!((below(21.0, &|n| draw.weibull((0.7, 21.0), What::Newcomer, n, 0)) - 0.5).abs() < 0.02);
        assert!(
            (mean(|n| f64::from(u8::from(draw.one_of(&[0.8, 0.12, 0.08], What::Sponsor, n, 0) == 1))) - 0.12).abs()
                < 0.01
        );
    }

    #[test]
    fn the_same_question_has_the_same_answer() {
        let draw = Draw(1);
        assert_eq!(draw.uniform(What::Answer, 3, 4).to_bits(), draw.uniform(What::Answer, 3, 4).to_bits());
        assert_ne!(draw.uniform(What::Answer, 3, 4).to_bits(), draw.uniform(What::Answer, 4, 3).to_bits());
        assert_ne!(draw.uniform(What::Answer, 3, 4).to_bits(), Draw(2).uniform(What::Answer, 3, 4).to_bits());
    }
}
