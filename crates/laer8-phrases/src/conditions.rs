//! Conditions in words.

use laer8_domain::{conditions::Condition, values::Value};
use laer8_words::{Term, UNDEFINED, Words};

/// A condition in words: "Stage: Renew", "ARR ≥ 50,000".
#[must_use]
pub fn condition(words: Words, condition: &Condition) -> String {
    let facet = words.name(Term::Field, &condition.facet);
    let value = |value: &Value| match (condition.facet.as_str(), value.as_text()) {
        ("stage", Some(stage)) => words.name(Term::Standing, stage),
        ("segment", Some(segment)) => words.name(Term::Segment, segment),
        _ => words.value(value),
    };
    let list = |values: &[Value]| values.iter().map(value).collect::<Vec<_>>().join(" / ");
    let mut parts = Vec::new();
    if !condition.is.is_empty() {
        parts.push(format!("{facet} = {}", list(&condition.is)));
    }
    if !condition.not.is_empty() {
        parts.push(format!("{facet} ≠ {}", list(&condition.not)));
    }
    if let Some(least) = condition.at_least {
        parts.push(format!("{facet} ≥ {}", words.number(least, 0)));
    }
    if let Some(limit) = condition.below {
        parts.push(format!("{facet} < {}", words.number(limit, 0)));
    }
    if let Some(known) = condition.known {
        let known = words.say(if known { "value-known" } else { "value-unknown" });
        parts.push(format!("{facet}: {known}"));
    }
    if parts.is_empty() { UNDEFINED.to_owned() } else { parts.join(", ") }
}
