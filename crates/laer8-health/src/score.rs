//! The score, in bulk (FORMULAS, "Health").
//!
//! - **Group score** = Σ wᵢ·pᵢ ÷ Σ wᵢ over the measures that count: those with
//!   a value, and those without one whose rule is `neutral` (50 points) or
//!   `worst` (0 points). A group in which none counts has no score.
//! - **Overall** = Σ W·s ÷ Σ W over the groups that have a score.
//! - **Coverage** = Σ over all groups of W ÷ ΣW × (Σ wᵢ with a value ÷ Σ wᵢ in
//!   the group). It is the share of the scorecard's full weight that is known.
//!   Points by rule are not knowledge: they do not raise it.
//! - Coverage below the scorecard's minimum, or nothing that counts: no score.
//! - **Caps** then limit the score to the lowest `at_most` in force.

use crate::{
    departures::{Departure, departed},
    measured::Measured,
    scorecard::{Bands, Cap, Scorecard, Trigger},
    values::Values,
};
use laer8_domain::{
    conditions::{Condition, Facets},
    days::Window,
    history::Seen,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The points that are neither good nor bad.
pub const NEUTRAL: f64 = 50.0;

/// How a score is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// All is well.
    Healthy,
    /// Something is not.
    Watch,
    /// The customer may leave.
    AtRisk,
    /// Too little is known for a score.
    NotEnoughData,
}

impl Band {
    /// All bands, from the best; "not enough data" last.
    pub const ALL: [Self; 4] = [Self::Healthy, Self::Watch, Self::AtRisk, Self::NotEnoughData];

    /// The name in the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Watch => "watch",
            Self::AtRisk => "at_risk",
            Self::NotEnoughData => "not_enough_data",
        }
    }

    /// The band of a score.
    #[must_use]
    pub fn of(score: Option<f64>, bands: Bands) -> Self {
        match score {
            None => Self::NotEnoughData,
            Some(score) if score >= bands.healthy => Self::Healthy,
            Some(score) if score >= bands.watch => Self::Watch,
            Some(_) => Self::AtRisk,
        }
    }
}

/// What scoring says of an account on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Outcome {
    /// 0 to 100; none exactly when the band is [`Band::NotEnoughData`].
    pub score: Option<f64>,
    /// How it is read.
    pub band: Band,
    /// The share of the scorecard's weight that has a value, 0 to 1.
    pub coverage: f64,
}

/// Which caps of one scorecard are in force for a reason other than a measure:
/// somebody left, or a facet of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstances(u32);

impl Circumstances {
    /// None are.
    pub const NONE: Self = Self(0);

    /// Those of `card` that are in force for the account.
    #[must_use]
    pub fn of(card: &Scorecard, seen: Seen<'_>, facets: &impl Facets) -> Self {
        Self::by(card, facets, |departure, within_days| !departed(seen, departure, within_days).is_empty())
    }

    /// Those of `card` that are in force for an account whose people were
    /// looked at before.
    #[must_use]
    pub fn of_measured(card: &Scorecard, seen: Seen<'_>, facets: &impl Facets, measured: &Measured) -> Self {
        let day = seen.day();
        Self::by(card, facets, |departure, within_days| {
            let vacant = measured.vacant_since(departure);
            vacant.is_some_and(|since| Window::last_days(day, within_days).contains(since))
        })
    }

    fn by(card: &Scorecard, facets: &impl Facets, left: impl Fn(Departure, u32) -> bool) -> Self {
        let mut bits = 0;
        for (index, cap) in card.caps().iter().enumerate() {
            let holds = match &cap.trigger {
                Trigger::Measure { .. } => false,
                Trigger::Departure { departure, within_days } => left(*departure, *within_days),
                Trigger::Facet(condition) => Condition::holds(condition, facets),
            };
            bits |= u32::from(holds) << index;
        }
        Self(bits)
    }

    /// With the cap at `index` of the scorecard (below
    /// [`crate::scorecard::MAX_CAPS`]) in force.
    #[must_use]
    pub fn with(self, index: usize) -> Self {
        Self(self.0 | 1 << index)
    }

    fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }
}

/// Scores an account. Allocates nothing; for bulk.
#[must_use]
pub fn score_values(card: &Scorecard, values: &Values, circumstances: Circumstances) -> Outcome {
    let (mut sum, mut counted, mut known, mut full) = (0.0, 0.0, 0.0, 0.0);
    for group in card.groups() {
        let (mut group_sum, mut group_counted, mut group_known, mut group_full) = (0.0, 0.0, 0.0, 0.0);
        for item in &group.items {
            let value = values.get(item.measure);
            if let Some(points) = item.points(value) {
                group_sum += item.weight * points;
                group_counted += item.weight;
            }
            if value.is_some() {
                group_known += item.weight;
            }
            group_full += item.weight;
        }
        if group_counted > 0.0 {
            sum += group.weight * (group_sum / group_counted);
            counted += group.weight;
        }
        known += group.weight * (group_known / group_full);
        full += group.weight;
    }
    let coverage = known / full;
    let enough = counted > 0.0 && is_enough(coverage, card.min_coverage());
    let score = enough.then(|| limited(sum / counted, card, values, circumstances));
    Outcome { score, band: Band::of(score, card.bands()), coverage }
}

/// Whether a coverage reaches the minimum, forgiving the last bits of a sum
/// that should be exactly it.
pub(crate) fn is_enough(coverage: f64, minimum: f64) -> bool {
    coverage >= minimum - 1e-12
}

fn limited(score: f64, card: &Scorecard, values: &Values, circumstances: Circumstances) -> f64 {
    caps_in_force(card, values, circumstances).map(|cap| cap.at_most).fold(score, f64::min)
}

/// The caps that hold for these values and circumstances.
pub(crate) fn caps_in_force<'a>(
    card: &'a Scorecard,
    values: &Values,
    circumstances: Circumstances,
) -> impl Iterator<Item = &'a Cap> {
    let in_force = move |index: usize, cap: &Cap| match cap.trigger {
        Trigger::Measure { measure, at_least, below } => values.get(measure).is_some_and(|value| {
            at_least.is_none_or(|limit| value >= limit) && below.is_none_or(|limit| value < limit)
        }),
        Trigger::Departure { .. } | Trigger::Facet(_) => circumstances.has(index),
    };
    card.caps().iter().enumerate().filter(move |(index, cap)| in_force(*index, cap)).map(|(_, cap)| cap)
}
