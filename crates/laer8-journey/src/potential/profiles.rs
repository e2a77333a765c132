//! What an account uses of what it pays for, in units that can be compared.

use super::PotentialPartKind;
use crate::{config::PotentialRule, rules::Rules, tracking::Tracked};
use laer8_domain::{
    days::{Window, shift},
    history::Seen,
    ids::{AccountId, FeatureId, PlanId},
    money::Amount,
    usage::UsageTotals,
};
use serde::Serialize;

/// What an account uses of what it pays for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct UsageProfile {
    /// Which account.
    pub account: AccountId,
    /// The plan of its largest subscription.
    pub plan: PlanId,
    /// Its size band by seats, 0 for the smallest.
    pub size_band: usize,
    /// Entitled features used ÷ entitled features, 0 to 1.
    pub features: Option<f64>,
    /// People active ÷ seats; may exceed 1.
    pub seats: Option<f64>,
    /// Mean share of the depth targets of the entitled features that have one,
    /// 0 to 1; where none has, uses per seat.
    pub depth: Option<f64>,
    /// Whether `depth` is in uses per seat.
    pub depth_in_uses: bool,
}

impl UsageProfile {
    /// The value of one part.
    #[must_use]
    pub fn value(&self, part: PotentialPartKind) -> Option<f64> {
        match part {
            PotentialPartKind::Features => self.features,
            PotentialPartKind::Seats => self.seats,
            PotentialPartKind::Depth => self.depth,
        }
    }
}

/// What the account uses of what it pays for, over the last
/// `potential.window_days`. None for what is no customer, and where usage is not
/// tracked.
#[must_use]
pub fn usage_profile(rules: &Rules<'_>, seen: Seen<'_>, tracked: Tracked) -> Option<UsageProfile> {
    let plan = main_plan(seen).filter(|_| tracked.usage)?;
    let rule = &rules.config().potential;
    let window = window(rule, seen);
    let entitled = rules.catalog().entitled(seen.plans());
    let counts = |feature: FeatureId| {
        entitled.as_ref().is_none_or(|entitled| entitled.binary_search(&feature).is_ok())
    };
    let used: Vec<(FeatureId, UsageTotals)> =
        seen.usage().features(window).filter(|(feature, _)| counts(*feature)).collect();
    let seats = seen.seats().unwrap_or(0);
    let (depth, depth_in_uses) = depth(rules, rule, entitled.as_deref(), &used, seats);
    Some(UsageProfile {
        account: seen.id(),
        plan,
        size_band: rule.size_band(seats),
        features: entitled
            .as_ref()
            .filter(|entitled| !entitled.is_empty())
            .map(|entitled| count(used.len()) / count(entitled.len())),
        seats: people(seen, window, tracked, counts)
            .filter(|_| seats > 0)
            .map(|people| f64::from(people) / f64::from(seats)),
        depth,
        depth_in_uses,
    })
}

fn window(rule: &PotentialRule, seen: Seen<'_>) -> Window {
    let end = shift(seen.day(), 1);
    Window::new(shift(end, -i64::from(rule.window_days)), end)
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The plan of the subscription with the highest price; of two with the same,
/// the one with the lower id. Amounts in several currencies are compared as
/// they stand: it only decides with whom the account is compared.
fn main_plan(seen: Seen<'_>) -> Option<PlanId> {
    let by_size = |amount: Amount, plan: PlanId| (amount, std::cmp::Reverse(plan));
    seen.paid()
        .map(|active| (active.terms.mrr().amount, active.terms.plan))
        .max_by_key(|(amount, plan)| by_size(*amount, *plan))
        .map(|(_, plan)| plan)
}

/// Distinct people on the busiest day; none where they are not counted.
fn people(
    seen: Seen<'_>,
    window: Window,
    tracked: Tracked,
    counts: impl Fn(FeatureId) -> bool,
) -> Option<u32> {
    if !tracked.people {
        return None;
    }
    let rows = || seen.usage().rows(window).filter(|row| row.count > 0 && counts(row.feature));
    if rows().next().is_none() {
        return Some(0);
    }
    rows().filter_map(|row| row.people).max()
}

/// Depth and whether it is in uses per seat.
fn depth(
    rules: &Rules<'_>,
    rule: &PotentialRule,
    entitled: Option<&[FeatureId]>,
    used: &[(FeatureId, UsageTotals)],
    seats: u32,
) -> (Option<f64>, bool) {
    let per_seat = |uses: i64, days: f64| {
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let uses = uses.max(0) as f64;
        uses / f64::from(seats.max(1)) * days
    };
    let uses_of = |feature: FeatureId| {
        used.iter().find(|(other, _)| *other == feature).map_or(0, |(_, totals)| totals.count)
    };
    // Depth targets are meant for 28 days.
    let to_28_days = 28.0 / f64::from(rule.window_days);
    let in_scope = |feature: &FeatureId| entitled.is_none_or(|entitled| entitled.contains(feature));
    let (mut targets, mut reached) = (0_u32, 0.0);
    for feature in rules.catalog().features().filter(|feature| in_scope(&feature.id)) {
        let Some(target) = feature.depth_target.filter(|target| *target > 0.0) else { continue };
        targets += 1;
        reached += (per_seat(uses_of(feature.id), to_28_days) / target).min(1.0);
    }
    if seats == 0 {
        return (None, targets == 0);
    }
    if targets > 0 {
        return (Some(reached / f64::from(targets)), false);
    }
    let all = used.iter().map(|(_, totals)| totals.count).sum();
    (Some(per_seat(all, 1.0)), true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, catalog, day, everything_tracked, shipped_config};
    use laer8_domain::catalog::Catalog;

    fn profile_with(
        example: &Example,
        catalog: &Catalog,
        on: &str,
        tracked: Tracked,
    ) -> Option<UsageProfile> {
        let (config, history) = (shipped_config(), example.history());
        usage_profile(&Rules::new(&config, catalog), history.seen(day(on)), tracked)
    }

    fn profile(example: &Example, on: &str) -> UsageProfile {
        profile_with(example, &catalog(), on, everything_tracked()).expect("a customer")
    }

    #[test]
    fn use_is_held_against_what_is_paid_for() {
        let mut example = Example::customer(); // four features, ten seats
        example.busy_after("2026-02-01", 0, &[1, 2, 5], 4);
        let profile = profile(&example, "2026-02-10");
        assert_eq!((profile.features, profile.seats), (Some(0.5), Some(0.4)), "feature 5 is not in the plan");
        assert_eq!((profile.depth, profile.depth_in_uses), (Some(4.0), true), "40 uses for ten seats");
        assert_eq!((profile.plan, profile.size_band), (PlanId(1), 1));
    }

    #[test]
    fn use_longer_ago_than_the_window_does_not_count() {
        let mut example = Example::customer();
        example.busy_after("2026-02-01", 0, &[1, 2], 4);
        assert_eq!(profile(&example, "2026-02-28").features, Some(0.5));
        let later = profile(&example, "2026-03-01");
        assert_eq!((later.features, later.seats, later.depth), (Some(0.0), Some(0.0), Some(0.0)));
    }

    #[test]
    fn where_features_have_depth_targets_depth_is_the_mean_share_of_them() {
        let (plain, mut features) = (catalog(), Vec::new());
        for feature in plain.features() {
            let target = [(1, 4.0), (2, 2.0)].into_iter().find(|(id, _)| feature.id.0 == *id);
            let depth_target = target.map(|(_, target)| target);
            features.push(laer8_domain::catalog::Feature { depth_target, ..feature.clone() });
        }
        let catalog = Catalog::new(Vec::new(), plain.plans().cloned().collect(), features);
        let mut example = Example::customer();
        example.count_on("2026-02-01", 1, 20); // half of 4 for each of ten seats
        example.count_on("2026-02-01", 2, 90); // more than 2 for each counts as 2
        let profile =
            profile_with(&example, &catalog, "2026-02-10", everything_tracked()).expect("a customer");
        assert_eq!((profile.depth, profile.depth_in_uses), (Some(0.75), false));
    }

    #[test]
    fn what_nobody_counts_is_unknown() {
        let mut example = Example::customer();
        example.use_on("2026-02-01", &[1], None);
        assert_eq!(profile(&example, "2026-02-10").seats, None);
        assert_eq!(profile_with(&example, &catalog(), "2026-02-10", Tracked::default()), None);
        assert_eq!(
            profile_with(&Example::new(), &catalog(), "2026-02-10", everything_tracked()),
            None,
            "no customer"
        );
    }
}
