//! They use more than the plan includes.

use super::{Evidence, NextStep, OutgrownRule, Severity, Signal, SignalKind, Situation, share_of};
use crate::stages::SubscriptionStage;
use laer8_domain::{
    days::{Day, Granularity, Window, shift, shift_months},
    ids::PlanId,
    money::Amount,
};

/// In this calendar month so far, or in the whole of the last, the uses of the
/// features that a plan entitles to came to at least `full_share` of what the
/// account's subscriptions to it include. Where several plans are outgrown the
/// one outgrown most is shown.
///
/// Plans have no list price, so the stake is an estimate: `expected_uplift`
/// times what the subscriptions to the plan cost a year.
pub(super) fn detect(rule: &OutgrownRule, situation: &Situation<'_>) -> Option<Signal> {
    if !rule.enabled || !situation.tracked.usage {
        return None;
    }
    let mut plans = situation.seen.plans();
    plans.dedup();
    let (_, signal) = plans
        .into_iter()
        .filter_map(|plan| outgrown(rule, situation, plan))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(signal)
}

fn outgrown(rule: &OutgrownRule, situation: &Situation<'_>, plan: PlanId) -> Option<(f64, Signal)> {
    let offer = situation.catalog.plan(plan)?;
    let on_plan = || situation.journey.subscriptions.iter().filter(|one| one.plan == plan);
    let largest: &SubscriptionStage = on_plan().max_by_key(|one| (one.mrr_reported, one.subscription))?;
    let count = i64::try_from(on_plan().count()).unwrap_or(1);
    let included = offer.included_uses.filter(|uses| *uses > 0)?.saturating_mul(count);
    let (month, uses) = busiest_month(situation, plan);
    #[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
    let share = uses as f64 / included as f64;
    if share < rule.full_share {
        return None;
    }
    let mrr: Amount = on_plan().filter_map(|one| one.mrr_reported).sum();
    let arr = mrr.scaled(12, 1).unwrap_or_default();
    let upgrade = offer.upgrade;
    let signal = Signal {
        kind: SignalKind::Outgrown,
        severity: if share > 1.0 { Severity::Warning } else { Severity::Info },
        since: Some(month),
        evidence: Evidence::Outgrown {
            subscription: largest.subscription,
            plan,
            upgrade,
            month,
            uses,
            included,
        },
        stake: share_of(arr, rule.expected_uplift),
        opportunity: true,
        next_step: if upgrade.is_some() { NextStep::OfferUpgrade } else { NextStep::NegotiateTerms },
    };
    Some((share, signal))
}

/// The busier of this calendar month so far and the whole of the last; months in
/// which the plan was not subscribed to on the first day do not count back.
fn busiest_month(situation: &Situation<'_>, plan: PlanId) -> (Day, i64) {
    let this_month = Granularity::Month.floor(situation.day());
    let last_month = shift_months(this_month, -1);
    let uses = |window: Window| uses_of_plan(situation, plan, window);
    let now = (this_month, uses(Window::new(this_month, shift(situation.day(), 1))));
    let had_it_then = situation.seen.on(last_month).plans().contains(&plan);
    let before = if had_it_then { uses(Window::new(last_month, this_month)) } else { 0 };
    if before > now.1 { (last_month, before) } else { now }
}

fn uses_of_plan(situation: &Situation<'_>, plan: PlanId, window: Window) -> i64 {
    let usage = situation.seen.usage();
    match situation.catalog.entitled([plan]) {
        None => usage.totals(window).count,
        Some(features) => {
            features.into_iter().map(|feature| usage.feature_totals(feature, window).count).sum()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, day};

    #[test]
    fn a_month_above_what_is_included_asks_for_the_larger_plan() {
        let mut example = Example::customer(); // plan 1 includes 1,000 uses a month
        example.count_on("2026-03-10", 1, 800);
        assert_eq!(example.signal(SignalKind::Outgrown, "2026-03-15"), None);
        example.count_on("2026-03-20", 2, 400);
        let raised = example.signal(SignalKind::Outgrown, "2026-03-20").expect("raised");
        let Evidence::Outgrown { month, uses, included, upgrade, .. } = raised.evidence else {
            panic!("outgrown")
        };
        assert_eq!((month, uses, included), (day("2026-03-01"), 1_200, 1_000));
        assert_eq!(upgrade, Some(PlanId(2)));
        assert!(raised.opportunity && raised.next_step == NextStep::OfferUpgrade);
    }

    #[test]
    fn it_lasts_through_the_next_month_and_then_ends() {
        let mut example = Example::customer();
        example.count_on("2026-03-20", 1, 1_200);
        assert!(example.signal(SignalKind::Outgrown, "2026-04-30").is_some());
        assert_eq!(example.signal(SignalKind::Outgrown, "2026-05-01"), None);
    }
}
