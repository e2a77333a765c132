//! What can be wrong with a scorecard, said so that it can be mended.

use crate::{
    curve::CurveError, departures::Departure, measures::Measure, scorecard::MAX_CAPS,
    scorecard::document::SCHEMA, when::ConditionFault,
};
use std::fmt;

/// Why a text is no scorecard.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScorecardError {
    /// It is no TOML of that form; says the line.
    #[error("{0}")]
    Syntax(Box<toml::de::Error>),
    /// It does not say its version.
    #[error("the document does not say its version; write schema = {SCHEMA} as its first line")]
    NoSchema,
    /// It is written for another version.
    #[error("the document has schema {found}; this program reads schema {SCHEMA}")]
    Schema {
        /// The version that it states.
        found: i64,
    },
    /// It was read, but can't be used.
    #[error("the scorecard can't be used:{}", list(.0))]
    Faults(Vec<Fault>),
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n- {fault}")).collect()
}

/// Where in a scorecard something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// In the scorecard itself.
    Card,
    /// In a group.
    Group {
        /// The group's key.
        group: String,
    },
    /// In an item of a group.
    Item {
        /// The group's key.
        group: String,
        /// Which item, from 1.
        number: usize,
        /// What it says it measures.
        measure: String,
    },
    /// In a cap.
    Cap {
        /// Which cap, from 1.
        number: usize,
        /// Its English label.
        label: String,
    },
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Card => write!(f, "scorecard"),
            Self::Group { group } => write!(f, "group `{group}`"),
            Self::Item { group, number, measure } => {
                write!(f, "group `{group}`, item {number} (`{measure}`)")
            }
            Self::Cap { number, label } => write!(f, "cap {number} (“{label}”)"),
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Where.
    pub spot: Spot,
    /// What.
    pub kind: FaultKind,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.kind)
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FaultKind {
    /// Written for another version.
    #[error("schema is {0}; write {SCHEMA}")]
    Schema(u32),
    /// The key is not usable as a name.
    #[error("key `{0}` is no name; write lower-case letters, digits and underscores")]
    Key(String),
    /// A language is left out.
    #[error("a name or label is empty; write both en and es")]
    Name,
    /// A condition can't be used.
    #[error(transparent)]
    Condition(#[from] ConditionFault),
    /// Neither conditions nor the default.
    #[error("nothing says when it applies; write `when` conditions, or default = true")]
    NeverApplies,
    /// Coverage outside 0 to 1.
    #[error("min_coverage is {0}; write a share from 0 to 1, such as 0.4")]
    MinCoverage(f64),
    /// Bands out of order or range.
    #[error("bands are healthy = {healthy}, watch = {watch}; write 0 < watch < healthy ≤ 100")]
    Bands {
        /// Where healthy begins.
        healthy: f64,
        /// Where watch begins.
        watch: f64,
    },
    /// No group.
    #[error("there is no group; add a [[groups]]")]
    NoGroups,
    /// A group without items.
    #[error("it has no items; add one, or remove the group")]
    NoItems,
    /// Two groups of the same key.
    #[error("another group has the same key; give it a key of its own")]
    RepeatedGroup,
    /// A weight that is not positive.
    #[error("weight is {0}; write a number above 0, or remove the line")]
    Weight(f64),
    /// No such measure.
    #[error("there is no measure of that name; write {}", suggest(.0, &Measure::ALL.map(Measure::key)))]
    UnknownMeasure(String),
    /// The measure is in the scorecard twice.
    #[error("the scorecard has this measure already; keep one of the two")]
    RepeatedMeasure,
    /// Not a curve.
    #[error(transparent)]
    Curve(#[from] CurveError),
    /// No such rule.
    #[error("missing is `{0}`; write skip, neutral or worst")]
    Missing(String),
    /// More caps than fit.
    #[error("there are {0} caps; {MAX_CAPS} are the most")]
    TooManyCaps(usize),
    /// A cap outside 0 to 100.
    #[error("at_most is {0}; write 0 to 100")]
    AtMost(f64),
    /// Not exactly one trigger.
    #[error("it has {0} of measure, event and condition; write exactly one")]
    Triggers(usize),
    /// A limit where there is no measure, or none where there is one.
    #[error("at_least and below belong to `measure`, which needs at least one of them, finite and in order")]
    Limits,
    /// No such event.
    #[error("there is no event `{event}`; write {}", suggest(event, &Departure::ALL.map(Departure::key)))]
    UnknownEvent {
        /// What was written.
        event: String,
    },
    /// Days without an event, or none of them.
    #[error("within_days belongs to `event` and is at least 1")]
    WithinDays,
}

/// The name nearest to what was written, or else all of them.
fn suggest(written: &str, names: &[&str]) -> String {
    let nearest = names.iter().map(|name| (distance(written, name), *name)).min();
    match nearest {
        Some((distance, name)) if distance <= 2 => format!("`{name}`"),
        _ => format!("one of {}", names.join(", ")),
    }
}

/// How many letters have to be changed, added or taken away (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_answered_with_the_name_meant() {
        let names = Measure::ALL.map(Measure::key);
        assert_eq!(suggest("usage_tend", &names), "`usage_trend`");
        assert!(suggest("happiness", &names).starts_with("one of usage_trend, active_days"));
        assert_eq!(distance("silence", "silence"), 0);
        assert_eq!(distance("nps", "csat"), 4);
    }
}
