//! The TOML form of a scorecard.
//!
//! ```toml
//! schema = 1
//! key = "adoption"
//! name = { en = "Adoption", es = "Adopción" }
//! priority = 50                   # lower is tried first
//! default = true                  # taken when the conditions of none hold
//! when = { all = [{ facet = "stage", is = "adopt" }] }
//! min_coverage = 0.4
//! bands = { healthy = 75, watch = 50 }
//!
//! [[groups]]
//! key = "usage"
//! name = { en = "Usage", es = "Uso" }
//! weight = 50
//! items = [
//!   { measure = "silence", weight = 10, curve = [[3, 100], [21, 0]], missing = "skip" },
//! ]
//!
//! [[caps]]                        # one of measure, event, condition
//! label = { en = "The sponsor left", es = "El patrocinador se fue" }
//! at_most = 40
//! event = "sponsor_left"
//! within_days = 180
//! ```

use super::{Bands, Cap, Group, Item, MissingRule, Scorecard, Trigger, faults::ScorecardError};
use crate::{names::Name, when::When};
use laer8_domain::conditions::Condition;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The version of the format that this program reads and writes.
pub const SCHEMA: u32 = 1;

/// The least coverage with which there is a score, where a scorecard does not
/// say (FORMULAS, "Health").
pub const DEFAULT_MIN_COVERAGE: f64 = 0.40;

/// A scorecard as it is written, not checked yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardDocument {
    /// The version of the format.
    pub schema: u32,
    /// Its name in documents and the API.
    pub key: String,
    /// What people call it.
    pub name: Name,
    /// Scorecards with a lower number are tried first.
    pub priority: i32,
    /// Whether it is taken when the conditions of none hold.
    #[serde(default, skip_serializing_if = "is_false")]
    pub default: bool,
    /// To which accounts it applies.
    #[serde(default, skip_serializing_if = "When::is_always")]
    pub when: When,
    /// The least coverage, 0 to 1, with which there is a score.
    #[serde(default = "default_min_coverage")]
    pub min_coverage: f64,
    /// Where the bands begin.
    #[serde(default)]
    pub bands: Bands,
    /// Its groups.
    #[serde(default)]
    pub groups: Vec<GroupDocument>,
    /// Its caps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<CapDocument>,
}

/// A group as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupDocument {
    /// Its name in documents and the API.
    pub key: String,
    /// What people call it.
    pub name: Name,
    /// How much it counts against the other groups.
    pub weight: f64,
    /// Its measures.
    #[serde(default)]
    pub items: Vec<ItemDocument>,
}

/// A measure in a scorecard as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemDocument {
    /// The key of a measure.
    pub measure: String,
    /// How much it counts within its group.
    pub weight: f64,
    /// Pairs of value and points.
    pub curve: Vec<[f64; 2]>,
    /// `skip`, `neutral` or `worst`.
    #[serde(default = "default_missing")]
    pub missing: String,
}

/// A cap as it is written: with one of `measure`, `event` and `condition`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CapDocument {
    /// What people read when it is in force.
    pub label: Name,
    /// The most that the score can be.
    pub at_most: f64,
    /// The key of a measure, with `at_least`, `below` or both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The value is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// The value is less than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// `sponsor_left` or `champion_left`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// For how many days the event counts; 180 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u32>,
    /// A condition on a facet of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn default_min_coverage() -> f64 {
    DEFAULT_MIN_COVERAGE
}

fn default_missing() -> String {
    MissingRule::default().key().to_owned()
}

impl ScorecardDocument {
    /// Reads TOML. What it says is checked by [`Scorecard::from_document`].
    ///
    /// # Errors
    /// [`ScorecardError`] when it is no TOML, has a key that does not belong
    /// there, lacks one that does, or is of another version.
    pub fn from_toml(text: &str) -> Result<Self, ScorecardError> {
        let table: toml::Table = toml::from_str(text).map_err(syntax)?;
        match table.get("schema").and_then(toml::Value::as_integer) {
            Some(schema) if schema == i64::from(SCHEMA) => toml::from_str(text).map_err(syntax),
            Some(schema) => Err(ScorecardError::Schema { found: schema }),
            None => Err(ScorecardError::NoSchema),
        }
    }

    /// Writes TOML. Comments of the text that it was read from are not kept.
    ///
    /// # Errors
    /// Those of the TOML writer; there are none for a document that was read.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }
}

fn syntax(error: toml::de::Error) -> ScorecardError {
    ScorecardError::Syntax(Box::new(error))
}

impl From<&Scorecard> for ScorecardDocument {
    fn from(card: &Scorecard) -> Self {
        Self {
            schema: SCHEMA,
            key: card.key.clone(),
            name: card.name.clone(),
            priority: card.priority,
            default: card.is_default,
            when: card.when.clone(),
            min_coverage: card.min_coverage,
            bands: card.bands,
            groups: card.groups.iter().map(GroupDocument::from).collect(),
            caps: card.caps.iter().map(CapDocument::from).collect(),
        }
    }
}

impl From<&Group> for GroupDocument {
    fn from(group: &Group) -> Self {
        let items = group.items.iter().map(ItemDocument::from).collect();
        Self { key: group.key.clone(), name: group.name.clone(), weight: group.weight, items }
    }
}

impl From<&Item> for ItemDocument {
    fn from(item: &Item) -> Self {
        Self {
            measure: item.measure.key().to_owned(),
            weight: item.weight,
            curve: item.curve.pairs().to_vec(),
            missing: item.missing.key().to_owned(),
        }
    }
}

impl From<&Cap> for CapDocument {
    fn from(cap: &Cap) -> Self {
        let mut document = Self {
            label: cap.label.clone(),
            at_most: cap.at_most,
            measure: None,
            at_least: None,
            below: None,
            event: None,
            within_days: None,
            condition: None,
        };
        match &cap.trigger {
            Trigger::Measure { measure, at_least, below } => {
                document.measure = Some(measure.key().to_owned());
                (document.at_least, document.below) = (*at_least, *below);
            }
            Trigger::Departure { departure, within_days } => {
                document.event = Some(departure.key().to_owned());
                document.within_days = Some(*within_days);
            }
            Trigger::Facet(condition) => document.condition = Some(condition.clone()),
        }
        document
    }
}
