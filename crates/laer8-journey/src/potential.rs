//! Potential realised, 0 to 100: how much of the features, seats and depth that
//! an account pays for it really uses, relative to comparable accounts.
//!
//! Two passes: first the [`UsageProfile`] of every account, then each profile
//! against its [`Peers`].

mod benchmarks;
mod profiles;

pub use benchmarks::{Benchmark, BenchmarkSource, Peers};
pub use profiles::{UsageProfile, usage_profile};

use crate::config::PotentialRule;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a part of the potential looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PotentialPartKind {
    /// Entitled features used ÷ entitled features.
    Features,
    /// People active ÷ seats.
    Seats,
    /// Mean share of the features' depth targets; where no entitled feature has
    /// one, uses per seat.
    Depth,
}

impl PotentialPartKind {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Features, Self::Seats, Self::Depth];
}

/// One part with what it came from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct PotentialPart {
    /// What it looks at.
    pub part: PotentialPartKind,
    /// What the account uses.
    pub used: f64,
    /// What it is held against.
    pub benchmark: Benchmark,
    /// `used ÷ benchmark`, at most 1, in percent.
    pub percent: f64,
    /// What it weighs.
    pub weight: f64,
}

/// How much of its potential an account realises, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Potential {
    /// The weighted mean of the parts, 0 to 100.
    pub percent: f64,
    /// The parts that could be known.
    pub parts: Vec<PotentialPart>,
}

/// The potential that `profile` realises. None when no part can be known.
#[must_use]
pub fn potential(rule: &PotentialRule, profile: &UsageProfile, peers: &Peers) -> Option<Potential> {
    let part = |kind| {
        let used = profile.value(kind)?;
        let benchmark = peers.benchmark(rule, profile, kind);
        let percent = 100.0 * (used / benchmark.value).clamp(0.0, 1.0);
        Some(PotentialPart { part: kind, used, benchmark, percent, weight: weight(rule, kind) })
    };
    let parts: Vec<PotentialPart> = PotentialPartKind::ALL.into_iter().filter_map(part).collect();
    let weight: f64 = parts.iter().map(|part| part.weight).sum();
    if weight <= 0.0 {
        return None;
    }
    let percent = parts.iter().map(|part| part.weight * part.percent).sum::<f64>() / weight;
    Some(Potential { percent, parts })
}

fn weight(rule: &PotentialRule, kind: PotentialPartKind) -> f64 {
    match kind {
        PotentialPartKind::Features => rule.weights.features,
        PotentialPartKind::Seats => rule.weights.seats,
        PotentialPartKind::Depth => rule.weights.depth,
    }
}
