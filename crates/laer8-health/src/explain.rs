//! How a score came about.
//!
//! Each measure contributes its points above or below a neutral 50, times its
//! effective weight. The contributions and 50 add up to the score without
//! caps; less what the caps took, to the score.

use crate::{
    measures::{Measure, Missing, evidence::Evidence},
    names::Name,
    score::{Circumstances, NEUTRAL, Outcome, caps_in_force, score_values},
    scorecard::{Group, Item, MissingRule, Scorecard},
    values::Values,
};
use serde::Serialize;

/// What one measure did for the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution<'a> {
    /// The measure.
    pub measure: Measure,
    /// The key of its group.
    pub group: &'a str,
    /// Its value.
    pub value: Option<f64>,
    /// The rule that was applied because there is no value.
    pub rule: Option<MissingRule>,
    /// The points that it counts, 0 to 100; none when it does not count.
    pub points: Option<f64>,
    /// Its share of the scorecard's full weight, 0 to 1.
    pub weight: f64,
    /// Its share of what counts here, 0 to 1; 0 when it does not count.
    pub effective_weight: f64,
    /// Effective weight × (points − 50): points of the score, −50 to 50.
    pub contribution: f64,
    /// Where the value comes from; only when the account was at hand.
    #[serde(flatten)]
    pub detail: Option<Detail>,
}

/// Where a value comes from, and how it was before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Detail {
    /// Why there is no value.
    pub missing: Option<Missing>,
    /// The facts behind it.
    pub evidence: Evidence,
    /// Days since the newest of these facts; none where the value does not
    /// age.
    pub age_days: Option<i64>,
    /// The value 30 days ago, as known then.
    pub value_30_days_ago: Option<f64>,
    /// The value 90 days ago, as known then.
    pub value_90_days_ago: Option<f64>,
}

/// What one group of measures came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupScore<'a> {
    /// Its key.
    pub key: &'a str,
    /// What people call it.
    pub name: &'a Name,
    /// 0 to 100; none when none of its measures counts.
    pub score: Option<f64>,
    /// Its share of the scorecard's full weight, 0 to 1.
    pub weight: f64,
    /// Its share of what counts here, 0 to 1.
    pub effective_weight: f64,
    /// The share of its weight that has a value, 0 to 1.
    pub coverage: f64,
}

/// A cap in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CapInForce<'a> {
    /// What people read.
    pub label: &'a Name,
    /// The most that the score can be.
    pub at_most: f64,
}

/// A score with everything that made it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation<'a> {
    /// The key of the scorecard.
    pub scorecard: &'a str,
    /// The result: the same as [`score_values`] gives.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The coverage below which there is no score.
    pub min_coverage: f64,
    /// 50 and all contributions; the score, but for the caps. None when
    /// nothing counts. Also there when coverage is too low for a score.
    pub uncapped: Option<f64>,
    /// The groups, as the scorecard has them.
    pub groups: Vec<GroupScore<'a>>,
    /// The measures, as the scorecard has them.
    pub contributions: Vec<Contribution<'a>>,
    /// The caps in force, also those that took nothing.
    pub caps: Vec<CapInForce<'a>>,
    /// What the caps took, in points; 0 or more.
    pub taken_by_caps: f64,
}

/// Scores an account and says how.
#[must_use]
pub fn explain<'a>(card: &'a Scorecard, values: &Values, circumstances: Circumstances) -> Explanation<'a> {
    let weights = Weights::of(card, values);
    let mut groups = Vec::new();
    let mut contributions = Vec::new();
    for group in card.groups() {
        let counted = counted_weight(group, values);
        let known: f64 =
            group.items.iter().filter(|it| values.get(it.measure).is_some()).map(|it| it.weight).sum();
        let points = |item: &Item| Some(item.weight * item.points(values.get(item.measure))?);
        let sum: f64 = group.items.iter().filter_map(points).sum();
        let counts = counted > 0.0;
        groups.push(GroupScore {
            key: &group.key,
            name: &group.name,
            score: counts.then(|| sum / counted),
            weight: group.weight / weights.full,
            effective_weight: if counts { group.weight / weights.counted } else { 0.0 },
            coverage: known / group.items_weight(),
        });
        contributions.extend(group.items.iter().map(|item| contribution(item, group, values, weights)));
    }
    let total: f64 = contributions.iter().map(|it| it.contribution).sum();
    let uncapped = (weights.counted > 0.0).then_some(NEUTRAL + total);
    let outcome = score_values(card, values, circumstances);
    let caps: Vec<CapInForce<'_>> = caps_in_force(card, values, circumstances)
        .map(|cap| CapInForce { label: &cap.label, at_most: cap.at_most })
        .collect();
    let lowest = caps.iter().map(|cap| cap.at_most).fold(f64::INFINITY, f64::min);
    let taken_by_caps = uncapped.map_or(0.0, |uncapped| (uncapped - lowest).max(0.0));
    Explanation {
        scorecard: card.key(),
        outcome,
        min_coverage: card.min_coverage(),
        uncapped,
        groups,
        contributions,
        caps,
        taken_by_caps,
    }
}

/// The weights of the groups added up.
#[derive(Clone, Copy)]
struct Weights {
    full: f64,
    /// Of those in which something counts.
    counted: f64,
}

impl Weights {
    fn of(card: &Scorecard, values: &Values) -> Self {
        let full = card.groups().iter().map(|group| group.weight).sum();
        let counts = |group: &&Group| counted_weight(group, values) > 0.0;
        Self { full, counted: card.groups().iter().filter(counts).map(|group| group.weight).sum() }
    }
}

/// The weights of the measures of a group that count, added up.
fn counted_weight(group: &Group, values: &Values) -> f64 {
    let counts = |item: &&Item| item.points(values.get(item.measure)).is_some();
    group.items.iter().filter(counts).map(|item| item.weight).sum()
}

fn contribution<'a>(item: &Item, group: &'a Group, values: &Values, weights: Weights) -> Contribution<'a> {
    let value = values.get(item.measure);
    let points = item.points(value);
    let effective_weight =
        points.map_or(0.0, |_| group.weight / weights.counted * item.weight / counted_weight(group, values));
    Contribution {
        measure: item.measure,
        group: &group.key,
        value,
        rule: value.is_none().then_some(item.missing),
        points,
        weight: group.weight / weights.full * item.weight / group.items_weight(),
        effective_weight,
        contribution: points.map_or(0.0, |points| effective_weight * (points - NEUTRAL)),
        detail: None,
    }
}
