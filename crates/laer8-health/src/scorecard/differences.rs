//! What changed from one version of a scorecard to another.

use super::{Bands, Cap, Group, Item, MissingRule, Scorecard};
use crate::{measures::Measure, names::Name};

/// One thing that differs.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// What people call it.
    Name,
    /// Its place in the order in which scorecards are tried, or to which
    /// accounts it applies.
    Applies,
    /// The least coverage, 0 to 1.
    MinCoverage(Shift<f64>),
    /// Where the bands begin.
    Bands(Shift<Bands>),
    /// The weight of a group against the others.
    GroupWeight(Name, Shift<f64>),
    /// A group that is new.
    GroupAdded(Name),
    /// A group that is gone.
    GroupGone(Name),
    /// The weight of a measure within its group.
    Weight(Measure, Shift<f64>),
    /// The curve of a measure: pairs of value and points.
    Curve(Measure, Shift<Vec<[f64; 2]>>),
    /// What becomes of a measure without a value.
    Missing(Measure, Shift<MissingRule>),
    /// A measure that is new, or in another group.
    MeasureAdded(Measure),
    /// A measure that is gone from its group.
    MeasureGone(Measure),
    /// A cap that is new.
    CapAdded(Name),
    /// A cap that is gone.
    CapGone(Name),
    /// The most that a cap leaves.
    CapAtMost(Name, Shift<f64>),
    /// What brings a cap into force.
    CapTrigger(Name),
}

/// A value before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

/// Everything that differs, in the order in which a scorecard is read.
#[must_use]
pub fn differences(before: &Scorecard, after: &Scorecard) -> Vec<Difference> {
    let mut found = Vec::new();
    if before.name != after.name {
        found.push(Difference::Name);
    }
    let place = |card: &Scorecard| (card.priority, card.is_default, card.when.clone());
    if place(before) != place(after) {
        found.push(Difference::Applies);
    }
    found.extend(shift(&before.min_coverage, &after.min_coverage).map(Difference::MinCoverage));
    found.extend(shift(&before.bands, &after.bands).map(Difference::Bands));
    for group in &after.groups {
        match before.groups.iter().find(|other| other.key == group.key) {
            Some(old) => groups(old, group, &mut found),
            None => found.push(Difference::GroupAdded(group.name.clone())),
        }
    }
    let is_gone = |group: &&Group| after.groups.iter().all(|other| other.key != group.key);
    found.extend(before.groups.iter().filter(is_gone).map(|group| Difference::GroupGone(group.name.clone())));
    for cap in &after.caps {
        match before.caps.iter().find(|other| other.label == cap.label) {
            Some(old) => caps(old, cap, &mut found),
            None => found.push(Difference::CapAdded(cap.label.clone())),
        }
    }
    let is_gone = |cap: &&Cap| after.caps.iter().all(|other| other.label != cap.label);
    found.extend(before.caps.iter().filter(is_gone).map(|cap| Difference::CapGone(cap.label.clone())));
    found
}

fn groups(before: &Group, after: &Group, found: &mut Vec<Difference>) {
    let weight = shift(&before.weight, &after.weight);
    found.extend(weight.map(|weight| Difference::GroupWeight(after.name.clone(), weight)));
    for item in &after.items {
        match before.items.iter().find(|other| other.measure == item.measure) {
            Some(old) => items(old, item, found),
            None => found.push(Difference::MeasureAdded(item.measure)),
        }
    }
    let is_gone = |item: &&Item| after.items.iter().all(|other| other.measure != item.measure);
    found.extend(before.items.iter().filter(is_gone).map(|item| Difference::MeasureGone(item.measure)));
}

fn items(before: &Item, after: &Item, found: &mut Vec<Difference>) {
    let measure = after.measure;
    found.extend(shift(&before.weight, &after.weight).map(|weight| Difference::Weight(measure, weight)));
    let curve = shift(&before.curve.pairs().to_vec(), &after.curve.pairs().to_vec());
    found.extend(curve.map(|curve| Difference::Curve(measure, curve)));
    found.extend(shift(&before.missing, &after.missing).map(|rule| Difference::Missing(measure, rule)));
}

fn caps(before: &Cap, after: &Cap, found: &mut Vec<Difference>) {
    let most = shift(&before.at_most, &after.at_most);
    found.extend(most.map(|most| Difference::CapAtMost(after.label.clone(), most)));
    if before.trigger != after.trigger {
        found.push(Difference::CapTrigger(after.label.clone()));
    }
}

fn shift<T: PartialEq + Clone>(before: &T, after: &T) -> Option<Shift<T>> {
    (before != after).then(|| Shift { before: before.clone(), after: after.clone() })
}
