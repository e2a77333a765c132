//! Which usage an event counts for: `measures.toml`.
//!
//! ```toml
//! schema = 1
//!
//! [[measures]]
//! key = "exports"
//! name = { en = "Exports", es = "Exportaciones" }
//! on = "track"
//! events = ["Report Exported", "Chart Exported"]
//! when = { all = [{ facet = "format", not = "preview" }] }
//! what = [{ sum = "pages" }, "people"]
//! feature = "exports"
//! ```
//!
//! A feature may be named by the event: `{event}`, `{name}`, `{category}` or a
//! path into the properties such as `{module.id}` stand for what the event
//! says there; an event that says nothing there does not count.

use super::{
    event::{Event, EventKind},
    object::Object,
};
use crate::json;
use laer8_domain::{
    conditions::{Condition, Facets, all_hold},
    days::Day,
    records::FeatureRecord,
    values::Value,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

mod check;
mod template;

pub use check::MeasuresError;
use template::Template;

/// The version of the document that this program reads.
const SCHEMA: u32 = 1;

/// The most that one event counts for: what is more nobody can have meant.
const MOST: f64 = u32::MAX as f64;

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
    fn is_empty(&self) -> bool {
        self.all.is_empty() && self.any.is_empty()
    }

    fn holds(&self, facets: &impl Facets) -> bool {
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

/// How much an event counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So many uses.
    Uses(i64),
    /// So many seconds.
    Seconds(i64),
    /// So many errors.
    Errors(i64),
    /// Whoever it was, once from the [start](Window::start) of the window that
    /// its day lies in to the end of that.
    Person(Window),
}

/// That an event counts for a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution<'m> {
    /// The key of the measure.
    pub measure: &'m str,
    /// The external id of the feature.
    pub feature: Cow<'m, str>,
    /// How much.
    pub amount: Amount,
}

/// A checked document, ready to look at events.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    measures: Vec<Compiled>,
}

#[derive(Debug, Clone, PartialEq)]
struct Compiled {
    measure: Measure,
    feature: Template,
}

impl Measures {
    /// All measures, in the order of the document.
    pub fn all(&self) -> impl Iterator<Item = &Measure> {
        self.measures.iter().map(|compiled| &compiled.measure)
    }

    /// The features that measures count for whatever the event says, with
    /// their names in `language`, such as `es`; English where there is no such
    /// translation.
    #[must_use]
    pub fn features(&self, language: &str) -> Vec<FeatureRecord> {
        let mut features: Vec<FeatureRecord> = Vec::new();
        for Compiled { measure, feature } in &self.measures {
            let Some(id) = feature.fixed() else { continue };
            if features.iter().any(|other| other.id == id) {
                continue;
            }
            let is_spanish =
                language.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case("es"));
            let name = if is_spanish { &measure.name.es } else { &measure.name.en };
            let (id, name) = (id.to_owned(), name.clone());
            features.push(FeatureRecord { id, name, product: None, core: false, depth_target: None });
        }
        features
    }

    /// What `event` counts for.
    #[must_use]
    pub fn contributions<'m>(&'m self, event: &'m Event<'_>) -> Vec<Contribution<'m>> {
        let Some(said) = Said::of(event) else { return Vec::new() };
        let mut found = Vec::new();
        for Compiled { measure, feature } in &self.measures {
            if !measure.on.contains(&said.on)
                || !(measure.events.is_empty() || said.named(&measure.events))
                || !(measure.when.is_empty() || measure.when.holds(&said))
            {
                continue;
            }
            let Some(feature) = feature.fill(&said) else { continue };
            for what in &measure.what {
                if let Some(amount) = said.amount(what, measure) {
                    found.push(Contribution { measure: &measure.key, feature: feature.clone(), amount });
                }
            }
        }
        found
    }
}

/// An event as measures see it.
struct Said<'e> {
    on: On,
    event: Option<&'e str>,
    name: Option<&'e str>,
    category: Option<&'e str>,
    properties: &'e Object<'e>,
    whole: &'e Event<'e>,
}

impl<'e> Said<'e> {
    fn of(whole: &'e Event<'_>) -> Option<Self> {
        let (on, name, category, properties) = match &whole.kind {
            EventKind::Track { event, properties } => {
                let event = Some(&**event);
                return Some(Self { on: On::Track, event, name: None, category: None, properties, whole });
            }
            EventKind::Page { name, category, properties } => (On::Page, name, category, properties),
            EventKind::Screen { name, category, properties } => (On::Screen, name, category, properties),
            EventKind::Identify { .. } | EventKind::Group { .. } | EventKind::Alias { .. } => return None,
        };
        let (name, category) = (name.as_deref(), category.as_deref());
        Some(Self { on, event: None, name, category, properties, whole })
    }

    fn named(&self, events: &[String]) -> bool {
        self.event.or(self.name).is_some_and(|name| events.iter().any(|event| event == name))
    }

    fn raw(&self, path: &str) -> Option<&'e RawValue> {
        match path.strip_prefix("context.") {
            Some(path) => self.whole.context.path(path),
            None => self.properties.path(path),
        }
    }

    fn text(&self, path: &str) -> Option<Cow<'e, str>> {
        let own = match path {
            "event" => self.event,
            "name" => self.name,
            "category" => self.category,
            _ => None,
        };
        own.map(Cow::Borrowed).or_else(|| json::text_or_number(self.raw(path)?))
    }

    fn amount(&self, what: &What, measure: &Measure) -> Option<Amount> {
        let number = match what {
            What::People => return Some(Amount::Person(measure.window)),
            What::Count => 1,
            What::Sum(path) => {
                let number = json::number(self.raw(path)?).filter(|number| number.abs() <= MOST)?;
                #[expect(clippy::cast_possible_truncation, reason = "checked against the most")]
                {
                    number.round() as i64
                }
            }
        };
        Some(match measure.into {
            Part::Uses => Amount::Uses(number),
            Part::Seconds => Amount::Seconds(number),
            Part::Errors => Amount::Errors(number),
        })
    }
}

impl Facets for Said<'_> {
    fn facet(&self, name: &str) -> Vec<Value> {
        if let "event" | "name" | "category" = name
            && let Some(text) = self.text(name)
        {
            return vec![Value::Text(text.into_owned())];
        }
        let Some(raw) = self.raw(name) else { return Vec::new() };
        if json::is_list(raw) {
            let items: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
            return items.into_iter().filter_map(value).collect();
        }
        value(raw).into_iter().collect()
    }
}

/// Yes or no, a number, a day or a text.
fn value(raw: &RawValue) -> Option<Value> {
    match json::text(raw) {
        Some(text) => Some(text.parse().map_or_else(|_| Value::Text(text.into_owned()), Value::Day)),
        None => serde_json::from_str(raw.get()).ok(),
    }
}
