//! Scorecards: which measures count for how much, and what they are worth.
//!
//! A [`document::ScorecardDocument`] is what people write, export and edit; a
//! [`Scorecard`] is a document that was checked. Only the latter is scored.

pub mod differences;
pub mod document;
pub mod faults;
pub mod lines;
pub mod rewrite;

mod check;

pub(crate) use check::is_key;

use crate::{curve::Curve, departures::Departure, measures::Measure, names::Name, when::When};
use document::ScorecardDocument;
use faults::ScorecardError;
use laer8_domain::conditions::Condition;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Caps that one scorecard may have; they are kept as the bits of a number.
pub const MAX_CAPS: usize = 32;

/// What becomes of a measure without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// It is left out, and the others weigh more.
    #[default]
    Skip,
    /// It counts 50 points.
    Neutral,
    /// It counts 0 points.
    Worst,
}

impl MissingRule {
    /// The name in documents.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Neutral => "neutral",
            Self::Worst => "worst",
        }
    }

    /// The rule of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Skip, Self::Neutral, Self::Worst].into_iter().find(|rule| rule.key() == key)
    }
}

/// A measure in a scorecard.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What is measured.
    pub measure: Measure,
    /// How much it counts within its group; only its ratio to the others
    /// matters.
    pub weight: f64,
    /// What a value is worth.
    pub curve: Curve,
    /// What no value is worth.
    pub missing: MissingRule,
}

impl Item {
    /// The points, 0 to 100, that a value or its absence counts; none when it
    /// does not count.
    #[must_use]
    pub fn points(&self, value: Option<f64>) -> Option<f64> {
        match (value, self.missing) {
            (Some(value), _) => Some(self.curve.points(value)),
            (None, MissingRule::Skip) => None,
            (None, MissingRule::Neutral) => Some(crate::score::NEUTRAL),
            (None, MissingRule::Worst) => Some(0.0),
        }
    }
}

/// Measures that are weighed against each other before the groups are.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name in documents and the API.
    pub key: String,
    /// What people call it.
    pub name: Name,
    /// How much it counts; only its ratio to the others matters.
    pub weight: f64,
    /// Its measures; at least one.
    pub items: Vec<Item>,
}

impl Group {
    /// The weights of its measures added up.
    #[must_use]
    pub fn items_weight(&self) -> f64 {
        self.items.iter().map(|item| item.weight).sum()
    }
}

/// Where the bands begin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// From this score on, healthy.
    pub healthy: f64,
    /// From this score on, to be watched; at risk below.
    pub watch: f64,
}

impl Default for Bands {
    fn default() -> Self {
        Self { healthy: 75.0, watch: 50.0 }
    }
}

/// What brings a cap into force.
#[derive(Debug, Clone, PartialEq)]
pub enum Trigger {
    /// A measure lies in `at_least ≤ value < below`. Without a value, no.
    Measure {
        /// Which.
        measure: Measure,
        /// The lower limit, if any.
        at_least: Option<f64>,
        /// The upper limit, if any.
        below: Option<f64>,
    },
    /// Somebody who matters left.
    Departure {
        /// Who.
        departure: Departure,
        /// For how many days it counts.
        within_days: u32,
    },
    /// A facet of the account.
    Facet(Condition),
}

/// An exception that limits the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// What people read when it is in force.
    pub label: Name,
    /// The most that the score can be, 0 to 100.
    pub at_most: f64,
    /// What brings it into force.
    pub trigger: Trigger,
}

/// A scorecard that can be used: everything in it was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    pub(crate) key: String,
    pub(crate) name: Name,
    pub(crate) priority: i32,
    pub(crate) is_default: bool,
    pub(crate) when: When,
    pub(crate) min_coverage: f64,
    pub(crate) bands: Bands,
    pub(crate) groups: Vec<Group>,
    pub(crate) caps: Vec<Cap>,
}

impl Scorecard {
    /// Reads a TOML document.
    ///
    /// # Errors
    /// [`ScorecardError`], which names everything that has to be changed.
    pub fn from_toml(text: &str) -> Result<Self, ScorecardError> {
        Self::from_document(&ScorecardDocument::from_toml(text)?)
    }

    /// Checks a document.
    ///
    /// # Errors
    /// [`ScorecardError::Faults`], which names everything that has to be
    /// changed.
    pub fn from_document(document: &ScorecardDocument) -> Result<Self, ScorecardError> {
        check::check(document).map_err(ScorecardError::Faults)
    }

    /// Its name in documents and the API.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Scorecards with a lower number are tried first.
    #[must_use]
    pub fn priority(&self) -> i32 {
        self.priority
    }

    /// Whether it is taken when the conditions of none hold.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.is_default
    }

    /// To which accounts it applies.
    #[must_use]
    pub fn when(&self) -> &When {
        &self.when
    }

    /// The least coverage, 0 to 1, with which there is a score.
    #[must_use]
    pub fn min_coverage(&self) -> f64 {
        self.min_coverage
    }

    /// Where its bands begin.
    #[must_use]
    pub fn bands(&self) -> Bands {
        self.bands
    }

    /// Its groups; at least one.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Its caps.
    #[must_use]
    pub fn caps(&self) -> &[Cap] {
        &self.caps
    }

    /// The measures that scoring needs: those of the items, and those of caps.
    pub fn measures(&self) -> impl Iterator<Item = Measure> {
        let items = self.groups.iter().flat_map(|group| &group.items).map(|item| item.measure);
        let caps = self.caps.iter().filter_map(|cap| match &cap.trigger {
            Trigger::Measure { measure, .. } => Some(*measure),
            Trigger::Departure { .. } | Trigger::Facet(_) => None,
        });
        items.chain(caps)
    }
}
