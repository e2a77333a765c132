//! The layer-8 matrix: does it work as promised × is it used to its potential.

use crate::config::MatrixRule;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Works and is used.
    Thriving,
    /// Works and is not used: the vendor's layer-8 error.
    #[serde(rename = "layer8_gap")]
    Layer8Gap,
    /// Is used and does not work.
    ProductProblem,
    /// Neither.
    Rescue,
}

impl Quadrant {
    /// All fields.
    pub const ALL: [Self; 4] = [Self::Thriving, Self::Layer8Gap, Self::ProductProblem, Self::Rescue];

    /// The name in the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Thriving => "thriving",
            Self::Layer8Gap => "layer8_gap",
            Self::ProductProblem => "product_problem",
            Self::Rescue => "rescue",
        }
    }
}

/// The field for `works` and `potential`, both 0 to 100; a value at the crossing
/// is on the good side. None when either is unknown.
#[must_use]
pub fn quadrant(rule: &MatrixRule, works: Option<f64>, potential: Option<f64>) -> Option<Quadrant> {
    let (works, used) = (works? >= rule.crossing, potential? >= rule.crossing);
    Some(match (works, used) {
        (true, true) => Quadrant::Thriving,
        (true, false) => Quadrant::Layer8Gap,
        (false, true) => Quadrant::ProductProblem,
        (false, false) => Quadrant::Rescue,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_are_crossed_at_fifty() {
        let field = |works, used| quadrant(&MatrixRule { crossing: 50.0 }, works, used);
        assert_eq!(field(Some(50.0), Some(50.0)), Some(Quadrant::Thriving));
        assert_eq!(field(Some(90.0), Some(49.9)), Some(Quadrant::Layer8Gap));
        assert_eq!(field(Some(49.9), Some(90.0)), Some(Quadrant::ProductProblem));
        assert_eq!(field(Some(0.0), Some(0.0)), Some(Quadrant::Rescue));
        assert_eq!(field(None, Some(90.0)), None);
        assert_eq!(field(Some(90.0), None), None);
    }

    #[test]
    fn a_field_is_serialised_under_its_key() {
        for quadrant in Quadrant::ALL {
            let json = serde_json::to_value(quadrant).expect("JSON");
            assert_eq!(json, quadrant.key());
        }
    }
}
