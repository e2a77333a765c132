//! The document: what a measure says.

use laer8_domain::{
    conditions::{Condition, Facets, all_hold},
    days::Day,
};
use serde::{Deserialize, Serialize};

/// What people call a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureName {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

/// Calls of which an event must be one to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// Somebody did something.
    Track,
    /// A page was looked at.
    Page,
    /// A screen of an app was looked at.
    Screen,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Events.
    Count,
    /// The number at this path in the properties, to the nearest whole one.
    Sum(String),
    /// Distinct people in the window.
    People,
}

/// In which part of a day's usage a count or a sum goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Uses.
    #[default]
    Uses,
    /// Seconds of use.
    Seconds,
    /// Errors met.
    Errors,
}

/// Within which time a person counts once. Counts and sums add up over any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// A day.
    #[default]
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
}

impl Window {
    /// The first day of the window that `day` lies in.
    #[must_use]
    pub fn start(self, day: Day) -> Day {
        use chrono::{Datelike, Days};
        let back = match self {
            Self::Day => 0,
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
        };
        day.checked_sub_days(Days::new(u64::from(back))).unwrap_or(day)
    }
}

/// Holds when every condition of `all` does and, where `any` names some, at
/// least one of them.
///
/// A facet is a path into the properties (`plan`, `cart.total`), `event`,
/// `name`, `category`, or `context.` and a path into the context.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// All of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Condition>,
    /// At least one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Condition>,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.any.is_empty()
    }

    pub(super) fn holds(&self, facets: &impl Facets) -> bool {
        all_hold(&self.all, facets) && (self.any.is_empty() || self.any.iter().any(|one| one.holds(facets)))
    }
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its name in documents.
    pub key: String,
    /// What people call it.
    pub name: MeasureName,
    /// Which calls.
    #[serde(with = "one_or_many")]
    pub on: Vec<On>,
    /// The events of these names (of pages and screens, theirs); all where none
    /// is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub events: Vec<String>,
    /// Only events of which this holds.
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub when: Filter,
    /// What is counted.
    #[serde(with = "one_or_many")]
    pub what: Vec<What>,
    /// Where a count or a sum goes.
    #[serde(default)]
    pub into: Part,
    /// Within which time a person counts once.
    #[serde(default)]
    pub window: Window,
    /// The external id of the feature that it counts for.
    pub feature: String,
}

mod one_or_many {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum OneOrMany<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::Many(values) => values,
            OneOrMany::One(value) => vec![value],
        })
    }

    pub(super) fn serialize<S: Serializer, T: Serialize>(
        values: &[T],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        values.serialize(serializer)
    }
}
