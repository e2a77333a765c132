//! What an account's use is held against: the upper quartile of comparable
//! accounts, or the fixed target where there are too few.

use super::{PotentialPartKind, UsageProfile};
use crate::config::PotentialRule;
use laer8_domain::ids::{AccountId, PlanId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Where a benchmark comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BenchmarkSource {
    /// Other accounts on the same plan and in the same size band.
    PlanAndSize,
    /// Other accounts on the same plan.
    Plan,
    /// The fixed target of `journey.toml`.
    FixedTarget,
}

/// What a part is held against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Benchmark {
    /// In the unit of the part; more than 0.
    pub value: f64,
    /// Where it comes from.
    pub source: BenchmarkSource,
    /// How many other accounts it is the upper quartile of; 0 for a fixed
    /// target.
    pub accounts: usize,
}

/// The values of one group of accounts, sorted.
type Values = Vec<(f64, AccountId)>;

/// All profiles of the book, grouped.
#[derive(Debug, Clone, Default)]
pub struct Peers {
    by_plan_and_size: BTreeMap<(PlanId, usize, PotentialPartKind), Values>,
    by_plan: BTreeMap<(PlanId, PotentialPartKind), Values>,
}

impl Peers {
    /// Groups the profiles of the whole book, as of one day.
    #[must_use]
    pub fn new<'a>(profiles: impl IntoIterator<Item = &'a UsageProfile>) -> Self {
        let mut peers = Self::default();
        for profile in profiles {
            for part in PotentialPartKind::ALL {
                let Some(value) = profile.value(part) else { continue };
                let group = (profile.plan, profile.size_band, part);
                peers.by_plan_and_size.entry(group).or_default().push((value, profile.account));
                peers.by_plan.entry((profile.plan, part)).or_default().push((value, profile.account));
            }
        }
        for values in peers.by_plan_and_size.values_mut().chain(peers.by_plan.values_mut()) {
            values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        peers
    }

    /// What a part of `profile` is held against. The account itself is not
    /// among its peers. An upper quartile of 0 says nothing, so the next larger
    /// group is asked.
    #[must_use]
    pub fn benchmark(
        &self,
        rule: &PotentialRule,
        profile: &UsageProfile,
        part: PotentialPartKind,
    ) -> Benchmark {
        let least = usize::try_from(rule.comparable_accounts).unwrap_or(usize::MAX);
        let quartile = |values: Option<&Values>, source| {
            let (value, accounts) = upper_quartile_of_others(values?, profile, part)?;
            (accounts >= least && value > 0.0).then_some(Benchmark { value, source, accounts })
        };
        let same_size = self.by_plan_and_size.get(&(profile.plan, profile.size_band, part));
        quartile(same_size, BenchmarkSource::PlanAndSize)
            .or_else(|| quartile(self.by_plan.get(&(profile.plan, part)), BenchmarkSource::Plan))
            .unwrap_or_else(|| fixed_target(rule, profile, part))
    }
}

fn fixed_target(rule: &PotentialRule, profile: &UsageProfile, part: PotentialPartKind) -> Benchmark {
    let value = match part {
        PotentialPartKind::Features => rule.targets.features,
        PotentialPartKind::Seats => rule.targets.seats,
        PotentialPartKind::Depth if profile.depth_in_uses => rule.targets.uses_per_seat,
        PotentialPartKind::Depth => rule.targets.depth,
    };
    Benchmark { value, source: BenchmarkSource::FixedTarget, accounts: 0 }
}

/// The 75th percentile, straight lines between the ranks (type 7 of Hyndman and
/// Fan, 1996), of all `values` but the profile's own, and how many those are.
fn upper_quartile_of_others(
    values: &Values,
    profile: &UsageProfile,
    part: PotentialPartKind,
) -> Option<(f64, usize)> {
    let own = profile.value(part).and_then(|own| {
        values
            .binary_search_by(|(value, account)| value.total_cmp(&own).then(account.cmp(&profile.account)))
            .ok()
    });
    let others = values.len() - usize::from(own.is_some());
    let last = others.checked_sub(1)?;
    let value = |rank: usize| values[rank + usize::from(own.is_some_and(|own| rank >= own))].0;
    // rank = 3/4 × last, in quarters.
    let (below, quarters) = (3 * last / 4, 3 * last % 4);
    let fraction = [0.0, 0.25, 0.5, 0.75][quarters];
    let above = value((below + 1).min(last));
    Some((value(below) + fraction * (above - value(below)), others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::shipped_config,
        potential::{Potential, potential},
    };

    fn profile(account: i64, size_band: usize, features: f64) -> UsageProfile {
        UsageProfile {
            account: AccountId(account),
            plan: PlanId(1),
            size_band,
            features: Some(features),
            seats: None,
            depth: None,
            depth_in_uses: false,
        }
    }

    /// Ten accounts that use 10 %, 20 %, … 100 % of their features.
    fn ten(size_band: usize) -> Vec<UsageProfile> {
        (1..=10).map(|n| profile(i64::from(n), size_band, f64::from(n) / 10.0)).collect()
    }

    fn realised(profile: &UsageProfile, book: &[UsageProfile]) -> Potential {
        potential(&shipped_config().potential, profile, &Peers::new(book)).expect("known")
    }

    #[test]
    fn eight_comparable_accounts_set_the_benchmark() {
        let book = ten(0);
        let own = book[3];
        let potential = realised(&own, &book);
        let benchmark = potential.parts[0].benchmark;
        // Of the nine others the upper quartile is the seventh: 80 %.
        assert_eq!((benchmark.source, benchmark.accounts), (BenchmarkSource::PlanAndSize, 9));
        assert!((benchmark.value - 0.8).abs() < 1e-9);
        assert!((potential.percent - 50.0).abs() < 1e-9);
    }

    #[test]
    fn with_fewer_in_the_size_band_the_whole_plan_is_asked() {
        let mut book = ten(0);
        book.push(profile(50, 2, 0.4));
        let benchmark = realised(&book[10], &book).parts[0].benchmark;
        assert_eq!((benchmark.source, benchmark.accounts), (BenchmarkSource::Plan, 10));
    }

    #[test]
    fn with_fewer_on_the_whole_plan_the_target_is_fixed() {
        let book: Vec<UsageProfile> = ten(0).into_iter().take(8).collect();
        let potential = realised(&book[6], &book);
        assert_eq!(potential.parts[0].benchmark.source, BenchmarkSource::FixedTarget, "seven others");
        assert!((potential.percent - 100.0).abs() < 1e-9, "70 % of features against a target of 70 %");
    }

    #[test]
    fn peers_that_use_nothing_are_no_benchmark() {
        let book: Vec<UsageProfile> = (1..=20).map(|account| profile(account, 0, 0.0)).collect();
        assert_eq!(realised(&book[0], &book).parts[0].benchmark.source, BenchmarkSource::FixedTarget);
    }

    #[test]
    fn nothing_known_is_no_potential() {
        let unknown = UsageProfile { features: None, ..profile(1, 0, 0.0) };
        assert_eq!(potential(&shipped_config().potential, &unknown, &Peers::default()), None);
    }

    #[test]
    fn more_than_the_benchmark_is_a_hundred_and_no_more() {
        let book = ten(0);
        assert!((realised(&book[9], &book).percent - 100.0).abs() < 1e-9);
    }
}
