//! Conditions in words.

use laer8_domain::{
    conditions::{Condition, Limit},
    values::Value,
};
use laer8_words::{Term, UNDEFINED, Words};

/// A condition in words: "Stage = Renew", "ARR ≥ 50,000".
#[must_use]
pub fn condition(words: Words, condition: &Condition) -> String {
    let facet = words.name(Term::Field, &condition.facet);
    let list = |values: &[Value]| {
        let mut said: Vec<String> = Vec::new();
        for value in values.iter().map(|value| facet_value(words, &condition.facet, value)) {
            // What was typed may be meant as a number and as a text.
            if !said.contains(&value) {
                said.push(value);
            }
        }
        said.join(" / ")
    };
    let mut parts = Vec::new();
    if !condition.is.is_empty() {
        parts.push(format!("{facet} = {}", list(&condition.is)));
    }
    if !condition.not.is_empty() {
        parts.push(format!("{facet} ≠ {}", list(&condition.not)));
    }
    if let Some(least) = condition.at_least {
        parts.push(format!("{facet} ≥ {}", limit(words, least)));
    }
    if let Some(below) = condition.below {
        parts.push(format!("{facet} < {}", limit(words, below)));
    }
    if let Some(known) = condition.known {
        let known = words.say(if known { "value-known" } else { "value-unknown" });
        parts.push(format!("{facet}: {known}"));
    }
    if parts.is_empty() { UNDEFINED.to_owned() } else { parts.join(", ") }
}

/// What people call a value of a facet.
#[must_use]
pub fn facet_value(words: Words, facet: &str, value: &Value) -> String {
    let term = match facet {
        "stage" => Term::Standing,
        "segment" => Term::Segment,
        "band" => Term::Band,
        "signal" => Term::Signal,
        "quadrant" => Term::Quadrant,
        "country" => return value.as_text().map_or_else(|| words.value(value), |code| words.country(code)),
        _ => return words.value(value),
    };
    value.as_text().map_or_else(|| words.value(value), |key| words.name(term, key))
}

fn limit(words: Words, limit: Limit) -> String {
    match limit {
        Limit::Number(number) => words.value(&Value::Number(number)),
        Limit::Day(day) => words.day(day),
    }
}
