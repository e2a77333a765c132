//! Chance, the same every time.
//!
//! Two kinds. [`Dice`] are independent draws, one stream for each account and
//! area, so that a change in how tickets are drawn leaves surveys as they are.
//! [`spread`] is for what decides the shape of the whole book (size, start,
//! fate): it fills its range evenly over the account numbers, so that a small
//! book has the shares of a large one and its retention is not a matter of
//! luck.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of dice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Book,
    Profile,
    Trajectory,
    Contract,
    Account,
    People,
    Usage,
    Tickets,
    Surveys,
    Notes,
}

/// A stream of draws.
#[derive(Debug, Clone)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of an account for an area; account 0 is the company.
    pub(crate) fn of(seed: u64, account: u32, area: Area) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(u64::from(account) << 8 | area as u64);
        Self(rng)
    }

    /// Uniform in `[0, 1)`.
    pub(crate) fn fraction(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// Whether something of this probability happens.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }

    /// Uniform in `[low, high)`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.fraction()
    }

    /// A whole number in `low..=high`, each as likely.
    pub(crate) fn whole(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// One of several; `items` must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.0.random_range(0..items.len())]
    }

    /// Bell-shaped around 0 with standard deviation 1, never beyond ±3.5: the
    /// sum of four uniform draws.
    pub(crate) fn bell(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.fraction()).sum();
        (sum - 2.0) * 3.0_f64.sqrt()
    }

    /// A factor around 1.
    pub(crate) fn around(&mut self) -> f64 {
        self.between(0.82, 1.18)
    }

    /// `expected` rounded up or down so that it is right on average.
    pub(crate) fn rounded(&mut self, expected: f64) -> i64 {
        (expected.max(0.0) + self.fraction()).floor() as i64
    }

    /// How many of rare, independent things happen when `expected` do on
    /// average (Poisson by inversion; for an expectation of up to about 20).
    pub(crate) fn how_many(&mut self, expected: f64) -> i64 {
        let limit = (-expected.clamp(0.0, 20.0)).exp();
        let (mut product, mut count) = (self.fraction(), 0);
        while product > limit && count < 100 {
            product *= self.fraction();
            count += 1;
        }
        count
    }
}

/// The questions whose answers must be spread evenly over the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    Size,
    Start,
    Fate,
    Commitment,
}

/// The powers of 1/g for the real root g of x⁵ = x + 1: the additive
/// recurrence R₄, the four-dimensional kin of the golden ratio's.
const STEPS: [f64; 4] =
    [0.856_674_883_854_502_9, 0.733_891_856_627_126_1, 0.628_706_721_040_608_6, 0.538_597_250_078_274_1];

/// Account `number`'s answer in `[0, 1)`; over many numbers evenly spread.
pub(crate) fn spread(seed: u64, number: u32, question: Question) -> f64 {
    let mut dice = Dice::of(seed, 0, Area::Book);
    let index = question as usize;
    let offset = (0..=index).map(|_| dice.fraction()).last().unwrap_or(0.5);
    (offset + STEPS[index] * f64::from(number)).fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_says_the_same_every_time_and_no_other_does() {
        let draws = |account, area| {
            let mut dice = Dice::of(8, account, area);
            [dice.whole(0, i64::MAX - 1), dice.whole(0, i64::MAX - 1)]
        };
        assert_eq!(draws(17, Area::Usage), draws(17, Area::Usage));
        assert_ne!(draws(17, Area::Usage), draws(18, Area::Usage));
        assert_ne!(draws(17, Area::Usage), draws(17, Area::Tickets));
    }

    /// Drawn independently, a quarter of 300 would be off by nine or more one
    /// time in four.
    #[test]
    fn answers_are_spread_evenly_even_over_few_accounts() {
        for question in [Question::Size, Question::Start, Question::Fate, Question::Commitment] {
            for seed in 1..=20 {
                let below = (1..=300).filter(|number| spread(seed, *number, question) < 0.25).count();
                assert!((67..=83).contains(&below), "{question:?} of seed {seed}: {below}");
            }
        }
    }

    #[test]
    fn rare_things_happen_as_often_as_expected() {
        let mut dice = Dice::of(8, 1, Area::Tickets);
        let total: i64 = (0..2_000).map(|_| dice.how_many(0.5)).sum();
        assert!((900..1_100).contains(&total), "{total}");
        let rounded: i64 = (0..2_000).map(|_| dice.rounded(2.25)).sum();
        assert!((4_400..4_600).contains(&rounded), "{rounded}");
    }
}
