//! Curves: from the value of a measure to points.

use serde::Serialize;

/// A list of value → points with straight lines between them, flat outside
/// (FORMULAS, "Health").
///
/// Values increase strictly; points lie from 0 to 100. Points need not rise or
/// fall throughout: seats may be best used at 90 % and worse above.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Curve {
    points: Vec<[f64; 2]>,
}

/// Why a list of points is no curve.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum CurveError {
    /// It has no point.
    #[error("the curve is empty; write at least one pair, e.g. [[0, 0], [1, 100]]")]
    Empty,
    /// A number is infinite or no number.
    #[error("pair {pair} of the curve is not two finite numbers")]
    NotFinite {
        /// Which pair, from 1.
        pair: usize,
    },
    /// A value is not larger than the one before.
    #[error(
        "pair {pair} of the curve has the value {value}, which must be larger than that of the pair before"
    )]
    NotIncreasing {
        /// Which pair, from 1.
        pair: usize,
        /// Its value.
        value: f64,
    },
    /// Points outside 0 to 100.
    #[error("pair {pair} of the curve gives {points} points; write 0 to 100")]
    OutOfRange {
        /// Which pair, from 1.
        pair: usize,
        /// Its points.
        points: f64,
    },
}

impl Curve {
    /// From pairs of value and points.
    ///
    /// # Errors
    /// See [`CurveError`].
    pub fn new(points: Vec<[f64; 2]>) -> Result<Self, CurveError> {
        if points.is_empty() {
            return Err(CurveError::Empty);
        }
        for (index, [value, height]) in points.iter().copied().enumerate() {
            let pair = index + 1;
            if !value.is_finite() || !height.is_finite() {
                return Err(CurveError::NotFinite { pair });
            }
            if index > 0 && value <= points[index - 1][0] {
                return Err(CurveError::NotIncreasing { pair, value });
            }
            if !(0.0..=100.0).contains(&height) {
                return Err(CurveError::OutOfRange { pair, points: height });
            }
        }
        Ok(Self { points })
    }

    /// The pairs of value and points.
    #[must_use]
    pub fn pairs(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The points, 0 to 100, of a finite value.
    #[must_use]
    pub fn points(&self, value: f64) -> f64 {
        let above = self.points.partition_point(|[at, _]| *at <= value);
        let Some([from, low]) = above.checked_sub(1).map(|index| self.points[index]) else {
            return self.points[0][1];
        };
        let Some([to, high]) = self.points.get(above).copied() else {
            return low;
        };
        // Weighing the two ends can't leave the range between them, not even
        // by rounding of a very steep or very long line.
        let share = ((value - from) / (to - from)).clamp(0.0, 1.0);
        (low + (high - low) * share).clamp(low.min(high), low.max(high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curve(points: &[[f64; 2]]) -> Curve {
        Curve::new(points.to_vec()).expect("a curve")
    }

    #[test]
    fn lines_are_straight_between_and_flat_outside() {
        let trend = curve(&[[-0.5, 0.0], [0.0, 70.0], [0.2, 100.0]]);
        let points = [-0.9, -0.5, -0.25, 0.0, 0.1, 0.2, 3.0].map(|value| trend.points(value));
        let expected = [0.0, 0.0, 35.0, 70.0, 85.0, 100.0, 100.0];
        assert!(points.iter().zip(expected).all(|(got, want)| (got - want).abs() < 1e-9), "{points:?}");
    }

    #[test]
    fn one_pair_is_the_same_for_every_value() {
        assert!((curve(&[[3.0, 60.0]]).points(-7.0) - 60.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_curve_is_refused_with_the_pair_at_fault() {
        let refused = |points: &[[f64; 2]]| Curve::new(points.to_vec()).expect_err("no curve");
        assert_eq!(refused(&[]), CurveError::Empty);
        assert_eq!(refused(&[[0.0, 0.0], [0.0, 9.0]]), CurveError::NotIncreasing { pair: 2, value: 0.0 });
        assert_eq!(refused(&[[0.0, 101.0]]), CurveError::OutOfRange { pair: 1, points: 101.0 });
        assert_eq!(refused(&[[f64::NAN, 1.0]]), CurveError::NotFinite { pair: 1 });
    }

    fn any_curve() -> impl Strategy<Value = Curve> {
        prop::collection::vec((1e-3..1e6f64, 0.0..=100.0f64), 1..8).prop_map(|steps| {
            let mut value = -1e6;
            let pairs = steps.into_iter().map(|(step, points)| {
                value += step;
                [value, points]
            });
            Curve::new(pairs.collect()).expect("increasing")
        })
    }

    proptest! {
        #[test]
        fn points_stay_between_the_lowest_and_the_highest(curve in any_curve(), value in -1e7..1e7f64) {
            let heights = || curve.pairs().iter().map(|[_, height]| *height);
            let points = curve.points(value);
            prop_assert!(points >= heights().fold(f64::INFINITY, f64::min));
            prop_assert!(points <= heights().fold(f64::NEG_INFINITY, f64::max));
        }

        #[test]
        fn a_rising_curve_never_falls(curve in any_curve(), a in -1e7..1e7f64, b in -1e7..1e7f64) {
            let mut pairs = curve.pairs().to_vec();
            let mut heights: Vec<f64> = pairs.iter().map(|[_, height]| *height).collect();
            heights.sort_by(f64::total_cmp);
            for (pair, height) in pairs.iter_mut().zip(heights) {
                pair[1] = height;
            }
            let rising = Curve::new(pairs).expect("increasing");
            prop_assert!(rising.points(a.min(b)) <= rising.points(a.max(b)) + 1e-9);
        }

        #[test]
        fn each_pair_lies_on_its_curve(curve in any_curve()) {
            for [value, height] in curve.pairs() {
                prop_assert!((curve.points(*value) - height).abs() < 1e-9);
            }
        }
    }
}
