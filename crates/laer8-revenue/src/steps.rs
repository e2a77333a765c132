//! An account's changes in the order in which the ledger counts them.

use crate::{ledger::LedgerOptions, state::Totals};
use laer8_domain::{
    days::{Day, days_between},
    money::Money,
    subscriptions::{SubscriptionHistory, SubscriptionVersion},
};

/// One version of one subscription takes effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    /// The day on which the ledger counts it: the day of effect, unless it lies
    /// in a gap that is bridged.
    pub(crate) day: Day,
    /// Index of the subscription within the account.
    pub(crate) subscription: usize,
    pub(crate) version: &'a SubscriptionVersion,
    /// The version's MRR while it runs, worked out once.
    pub(crate) mrr: Option<Money>,
}

/// Fills `steps` with all that was known and in effect on `known`, ordered by
/// day, then by subscription; of one subscription on one day the last counts.
pub(crate) fn collect<'a>(
    steps: &mut Vec<Step<'a>>,
    subscriptions: &'a [SubscriptionHistory],
    known: Day,
    options: LedgerOptions,
) {
    steps.clear();
    for (subscription, history) in subscriptions.iter().enumerate() {
        let in_effect = history.steps(known).take_while(|version| version.effective_from <= known);
        steps.extend(in_effect.map(|version| Step {
            day: version.effective_from,
            subscription,
            version,
            mrr: version.state.terms().map(|terms| terms.mrr()),
        }));
    }
    if subscriptions.len() > 1 {
        put_in_order(steps);
    }
    if options.grace_days > 0 {
        bridge_gaps(steps, subscriptions.len(), known, i64::from(options.grace_days));
        put_in_order(steps); // what was bridged now shares a day
    }
}

/// Stable: what happened earlier to a subscription stays earlier.
fn put_in_order(steps: &mut [Step<'_>]) {
    steps.sort_by_key(|step| (step.day, step.subscription));
}

/// A gap of at most `grace` days without revenue is netted like a single day:
/// all its changes count on the day on which the account pays again. A gap that
/// is still open and not longer than that has not happened yet.
fn bridge_gaps(steps: &mut Vec<Step<'_>>, subscriptions: usize, known: Day, grace: i64) {
    let mut held: Vec<Option<Money>> = vec![None; subscriptions];
    let mut totals = Totals::default();
    let mut gap_from: Option<usize> = None;
    let mut start = 0;
    while let Some(first) = steps.get(start) {
        let day = first.day;
        let paid = totals.pays();
        let length = steps[start..].iter().take_while(|step| step.day == day).count();
        let end = start + length;
        for step in &steps[start..end] {
            totals.replace(held[step.subscription], step.mrr);
            held[step.subscription] = step.mrr;
        }
        match gap_from {
            None if paid && !totals.pays() => gap_from = Some(start),
            Some(gap) if totals.pays() => {
                if days_between(steps[gap].day, day) <= grace {
                    steps[gap..end].iter_mut().for_each(|step| step.day = day);
                }
                gap_from = None;
            }
            _ => {}
        }
        start = end;
    }
    if let Some(gap) = gap_from
        && days_between(steps[gap].day, known) < grace
    {
        steps.truncate(gap);
    }
}
