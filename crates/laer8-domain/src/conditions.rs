//! Conditions on accounts, as segments, scorecards and filters write them.
//!
//! ```toml
//! all = [{ facet = "plan", is = ["Enterprise", "Pro"] }, { facet = "arr", at_least = 50000 }]
//! ```
//!
//! A facet is a built-in field, a custom trait, or one of the computed ones:
//! `plan` (keys of the plans subscribed to), `mrr` and `arr` (major units of
//! the reporting currency), `seats`, `tenure_days`, `customer`, `trial`, and,
//! where the caller knows it, `stage` and `segment`.

use crate::{
    accounts::fields,
    catalog::Catalog,
    days::{Day, days_between},
    exchange::Rates,
    history::Seen,
    values::Value,
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use utoipa::ToSchema;

/// One test of one facet. A facet with several values passes when one does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is tested.
    pub facet: String,
    /// It has one of these values.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    #[schema(value_type = Vec<crate::values::TraitValue>)]
    pub is: Vec<Value>,
    /// It has none of these values.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    #[schema(value_type = Vec<crate::values::TraitValue>)]
    pub not: Vec<Value>,
    /// It is a number and at least this, or a day and not before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Limit>,
    /// It is a number and less than this, or a day before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Limit>,
    /// Whether it must have a value, or must have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
}

/// Where a range begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged, expecting = "a limit is a number, or a day as \"2026-11-22\"")]
pub enum Limit {
    /// At a finite number.
    Number(f64),
    /// At a calendar day.
    Day(chrono::NaiveDate),
}

impl Limit {
    /// Whether it is one that something can be held against.
    #[must_use]
    pub fn is_finite(self) -> bool {
        match self {
            Self::Number(number) => number.is_finite(),
            Self::Day(_) => true,
        }
    }

    /// How a value stands to it; none where they are of different kinds.
    fn order(self, value: &Value) -> Option<Ordering> {
        match (self, value) {
            (Self::Number(limit), Value::Number(number)) => number.partial_cmp(&limit),
            (Self::Day(limit), Value::Day(day)) => Some(day.cmp(&limit)),
            _ => None,
        }
    }
}

impl From<f64> for Limit {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Day> for Limit {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

mod one_or_many {
    use super::Value;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        Many(Vec<Value>),
        One(Value),
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::Many(values) => values,
            OneOrMany::One(value) => vec![value],
        })
    }

    pub(super) fn serialize<S: Serializer>(values: &[Value], serializer: S) -> Result<S::Ok, S::Error> {
        values.serialize(serializer)
    }
}

impl Condition {
    /// A condition on a facet that asks nothing yet.
    #[must_use]
    pub fn on(facet: &str) -> Self {
        Self {
            facet: facet.to_owned(),
            is: Vec::new(),
            not: Vec::new(),
            at_least: None,
            below: None,
            known: None,
        }
    }

    /// Whether it asks nothing, so that everything passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::on(&self.facet)
    }

    /// Whether `facets` passes.
    #[must_use]
    pub fn holds(&self, facets: &impl Facets) -> bool {
        self.holds_for(&facets.facet(&self.facet))
    }

    /// Whether something passes whose facet has these values; none where it is
    /// unknown.
    #[must_use]
    pub fn holds_for(&self, values: &[Value]) -> bool {
        if self.known.is_some_and(|known| known == values.is_empty()) {
            return false;
        }
        let same = |expected: &Value| values.iter().any(|value| same_value(value, expected));
        if !self.is.is_empty() && !self.is.iter().any(same) {
            return false;
        }
        if self.not.iter().any(same) {
            return false;
        }
        let any = |limit: Limit, test: fn(Ordering) -> bool| {
            values.iter().filter_map(|value| limit.order(value)).any(test)
        };
        self.at_least.is_none_or(|limit| any(limit, Ordering::is_ge))
            && self.below.is_none_or(|limit| any(limit, Ordering::is_lt))
    }
}

/// Texts are compared without regard to case.
fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
        }
        (a, b) => a == b,
    }
}

/// Whether every condition holds; of none, yes.
#[must_use]
pub fn all_hold(conditions: &[Condition], facets: &impl Facets) -> bool {
    conditions.iter().all(|condition| condition.holds(facets))
}

/// Something whose facets can be tested.
pub trait Facets {
    /// The values of a facet; none when it is unknown.
    fn facet(&self, name: &str) -> Vec<Value>;
}

/// The facets of an account on a day.
#[derive(Debug, Clone, Copy)]
pub struct AccountFacets<'a> {
    /// The account.
    pub seen: Seen<'a>,
    /// What is sold.
    pub catalog: &'a Catalog,
    /// For `mrr` and `arr`; amounts without a rate count as unknown.
    pub rates: &'a Rates,
    /// The account's stage, where known already.
    pub stage: Option<&'a str>,
    /// The account's segment, where known already.
    pub segment: Option<&'a str>,
}

impl AccountFacets<'_> {
    fn mrr(&self) -> Option<f64> {
        let day = self.seen.day();
        let converted = self.seen.mrr().into_iter().map(|money| self.rates.convert(money, day));
        Some(converted.sum::<Result<crate::money::Amount, _>>().ok()?.to_f64())
    }
}

impl Facets for AccountFacets<'_> {
    fn facet(&self, name: &str) -> Vec<Value> {
        let number = |number: Option<f64>| number.map(Value::Number).into_iter().collect();
        match name {
            "plan" => self
                .seen
                .plans()
                .into_iter()
                .filter_map(|id| self.catalog.plan(id))
                .map(|plan| Value::Text(plan.key.clone()))
                .collect(),
            "mrr" => number(self.mrr()),
            "arr" => number(self.mrr().map(|mrr| mrr * 12.0)),
            fields::SEATS => number(self.seen.seats().map(f64::from)),
            "customer" => vec![Value::Bool(self.seen.is_customer())],
            "trial" => vec![Value::Bool(self.seen.is_trialing())],
            "tenure_days" => {
                let since = self.seen.customer_since();
                #[expect(clippy::cast_precision_loss, reason = "a count of days")]
                number(since.map(|since| days_between(since, self.seen.day()) as f64))
            }
            "stage" => self.stage.map(Value::from).into_iter().collect(),
            "segment" => self.segment.map(Value::from).into_iter().collect(),
            field => self.seen.field(field).and_then(|fact| fact.value.clone()).into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Example;

    impl Facets for Example {
        fn facet(&self, name: &str) -> Vec<Value> {
            match name {
                "plan" => vec!["Pro".into(), "Add-on".into()],
                "arr" => vec![60_000.0.into()],
                "signed_up" => vec![Day::from_ymd_opt(2025, 3, 1).expect("a day").into()],
                _ => vec![],
            }
        }
    }

    fn condition(value: serde_json::Value) -> Condition {
        serde_json::from_value(value).expect("a condition")
    }

    #[test]
    fn conditions_read_as_they_are_written() {
        let holds = |value| condition(value).holds(&Example);
        assert!(holds(serde_json::json!({"facet": "plan", "is": "pro"})));
        assert!(!holds(serde_json::json!({"facet": "plan", "is": ["Basic", "Enterprise"]})));
        assert!(!holds(serde_json::json!({"facet": "plan", "not": "Add-on"})));
        assert!(holds(serde_json::json!({"facet": "arr", "at_least": 50_000, "below": 100_000})));
        assert!(!holds(serde_json::json!({"facet": "arr", "below": 60_000})));
        assert!(holds(serde_json::json!({"facet": "country", "known": false})));
        assert!(!holds(serde_json::json!({"facet": "country", "at_least": 0})));
        assert!(holds(serde_json::json!({"facet": "signed_up", "at_least": "2025-03-01"})));
        assert!(!holds(serde_json::json!({"facet": "signed_up", "below": "2025-03-01"})));
        assert!(!holds(serde_json::json!({"facet": "signed_up", "at_least": 0})), "a day is no number");
    }
}
