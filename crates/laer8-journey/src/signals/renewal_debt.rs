//! Renewal is near, and adoption is not where it should be.

use super::{Evidence, NextStep, RenewalDebtRule, Severity, Signal, SignalKind, Situation};
use crate::stages::SubscriptionStage;
use laer8_domain::{days::days_between, money::Amount};

/// A subscription is in its renewal window with adoption debt. Terms of less
/// than `min_term_days` renew too often for it to be news.
pub(super) fn detect(rule: &RenewalDebtRule, situation: &Situation<'_>) -> Option<Signal> {
    if !rule.enabled {
        return None;
    }
    let long_enough = |one: &&SubscriptionStage| {
        one.term.is_none_or(|term| days_between(term.start, term.end) >= i64::from(rule.min_term_days))
    };
    let in_debt = || {
        let subscriptions = situation.journey.subscriptions.iter();
        subscriptions.filter(|one| !one.adoption_debt.is_empty()).filter(long_enough)
    };
    let first = in_debt().min_by_key(|one| (one.renewal_on, one.subscription))?;
    let renewal_on = first.renewal_on?;
    let mrr: Amount = in_debt().filter_map(|one| one.mrr_reported).sum();
    let days_left = days_between(situation.day(), first.notice_by.unwrap_or(renewal_on));
    Some(Signal {
        kind: SignalKind::RenewalDebt,
        severity: Severity::critical_if(days_left <= i64::from(rule.critical_days)),
        since: first.window_start,
        evidence: Evidence::RenewalDebt {
            subscription: first.subscription,
            renewal_on,
            notice_by: first.notice_by,
            ends_on: first.ends_on,
            unmet: first.adoption_debt.clone(),
            subscriptions: in_debt().map(|one| one.subscription).collect(),
        },
        stake: mrr.scaled(12, 1).unwrap_or_default(),
        opportunity: false,
        next_step: if first.ends_on.is_some() { NextStep::SaveConversation } else { NextStep::PlanRenewal },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::CriterionKind,
        examples::{Example, day},
    };

    #[test]
    fn it_begins_with_the_window_and_ends_when_the_debt_is_paid() {
        let mut example = Example::customer(); // annual since 1 January, 100 a month
        let signal = |example: &Example, on| example.signal(SignalKind::RenewalDebt, on);
        assert_eq!(signal(&example, "2026-10-02"), None);
        let raised = signal(&example, "2026-10-03").expect("in the window");
        assert_eq!(raised.since, Some(day("2026-10-03")));
        assert_eq!(raised.stake.to_string(), "1200.00");
        assert_eq!(raised.severity, Severity::Warning);
        assert_eq!(signal(&example, "2026-12-20").map(|signal| signal.severity), Some(Severity::Critical));
        for offset in 0..28 {
            example.use_after("2026-10-20", offset, &[1, 2, 3, 4]);
        }
        assert_eq!(signal(&example, "2026-11-16"), None);
    }

    #[test]
    fn it_names_what_is_missing() {
        let example = Example::customer();
        let signal = example.signal(SignalKind::RenewalDebt, "2026-11-01").expect("raised");
        let Evidence::RenewalDebt { unmet, .. } = signal.evidence else { panic!("renewal debt") };
        let missing: Vec<CriterionKind> = unmet.iter().map(|unmet| unmet.criterion).collect();
        use CriterionKind::{ActiveDays, Breadth, FeaturesUsed, SeatsUsed};
        assert_eq!(missing, [ActiveDays, FeaturesUsed, SeatsUsed, ActiveDays, Breadth, SeatsUsed]);
    }

    #[test]
    fn a_month_that_ends_is_no_news() {
        let mut example = Example::new();
        example.subscribe(1, "2026-01-01", Some(1), 10, "10");
        assert_eq!(example.signal(SignalKind::RenewalDebt, "2026-03-28"), None);
    }
}
