//! The values of an account's measures on a day.

use crate::measures::Measure;

/// A value, or none, for each measure.
///
/// Kept by measure rather than by the place in a scorecard, so that the same
/// values can be scored by several scorecards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values([Option<f64>; Measure::ALL.len()]);

impl Values {
    /// Nothing is known.
    pub const NONE: Self = Self([None; Measure::ALL.len()]);

    /// The value of a measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<f64> {
        self.0[measure as usize]
    }

    /// Sets the value of a measure. What is not finite counts as no value.
    pub fn set(&mut self, measure: Measure, value: Option<f64>) {
        self.0[measure as usize] = value.filter(|value| value.is_finite());
    }
}

impl FromIterator<(Measure, Option<f64>)> for Values {
    fn from_iter<I: IntoIterator<Item = (Measure, Option<f64>)>>(values: I) -> Self {
        let mut all = Self::NONE;
        for (measure, value) in values {
            all.set(measure, value);
        }
        all
    }
}
