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
use laer8_domain::{conditions::Facets, records::FeatureRecord, values::Value};
use serde_json::value::RawValue;
use std::borrow::Cow;

mod check;
mod document;
mod template;

pub use check::MeasuresError;
pub use document::{Filter, Measure, MeasureName, On, Part, What, Window};
use template::Template;

/// The version of the document that this program reads.
const SCHEMA: u32 = 1;

/// The most that one event counts for: what is more nobody can have meant.
const MOST: f64 = u32::MAX as f64;

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
