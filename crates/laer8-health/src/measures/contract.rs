//! Measures of the contract.

use super::{
    Direction, Missing, Properties, Unit,
    evidence::{Rows, Trace},
};
use crate::{subject::Subject, tracked::Family};
use laer8_domain::days::{Day, days_between};

const fn contract(key: &'static str) -> Properties {
    Properties { key, unit: Unit::Days, direction: Direction::Higher, family: Family::Subscriptions }
}

/// Days since the account first paid for anything. None for an account that
/// pays nothing now.
pub const TENURE: Properties = contract("tenure");

/// Days until the first end of a term among the subscriptions paid for. None
/// when every one of them can be cancelled at any moment.
pub const DAYS_TO_RENEWAL: Properties = contract("days_to_renewal");

pub(super) fn tenure(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let seen = subject.seen();
    let since = seen.customer_since().filter(|_| seen.is_customer()).ok_or(Missing::NotACustomer)?;
    trace.rows(|| Rows::Subscriptions(subject.running_subscriptions()));
    Ok(days(since, subject.day()))
}

pub(super) fn days_to_renewal(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let mut is_customer = false;
    let mut next = None;
    for paid in subject.seen().paid() {
        is_customer = true;
        let end = paid.term.map(|term| (term.end, paid.history.id));
        next = next.into_iter().chain(end).min();
    }
    let none = if is_customer { Missing::NoTerm } else { Missing::NotACustomer };
    let (end, subscription) = next.ok_or(none)?;
    trace.rows(|| Rows::Subscriptions(vec![subscription]));
    Ok(days(subject.day(), end))
}

#[expect(clippy::cast_precision_loss, reason = "a number of days")]
fn days(from: Day, to: Day) -> f64 {
    days_between(from, to) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, catalog, day, subscription},
        measures::Measure,
        tracked::Tracked,
    };
    use laer8_domain::{history::AccountHistory, ids::SubscriptionId, subscriptions::SubscriptionHistory};

    fn account(subscriptions: Vec<SubscriptionHistory>) -> AccountHistory {
        AccountHistory { subscriptions, ..examples::account() }
    }

    fn value(account: &AccountHistory, measure: Measure) -> Result<f64, Missing> {
        Subject::new(account.seen(day("2026-06-30")), &catalog(), Tracked::ALL).value(measure)
    }

    #[test]
    fn tenure_counts_from_the_first_payment() {
        let two =
            vec![subscription(1, 1, 5, "2026-06-20", None), subscription(2, 1, 5, "2025-06-30", Some(12))];
        assert_eq!(value(&account(two), Measure::Tenure), Ok(365.0));
        assert_eq!(value(&account(vec![]), Measure::Tenure), Err(Missing::NotACustomer));
    }

    #[test]
    fn the_next_term_to_end_is_the_renewal() {
        let account = account(vec![
            subscription(1, 1, 5, "2026-01-01", Some(12)),
            subscription(2, 1, 5, "2025-08-01", Some(12)),
            subscription(3, 1, 5, "2026-01-01", None),
        ]);
        assert_eq!(value(&account, Measure::DaysToRenewal), Ok(32.0)); // 1 August
        let catalog = catalog();
        let subject = Subject::new(account.seen(day("2026-06-30")), &catalog, Tracked::ALL);
        let rows = subject.evidence(Measure::DaysToRenewal).1.rows;
        assert_eq!(rows, [Rows::Subscriptions(vec![SubscriptionId(2)])]);
    }

    #[test]
    fn what_can_be_cancelled_at_any_moment_has_no_renewal() {
        let monthly = account(vec![subscription(1, 1, 5, "2026-01-01", None)]);
        assert_eq!(value(&monthly, Measure::DaysToRenewal), Err(Missing::NoTerm));
        assert_eq!(value(&account(vec![]), Measure::DaysToRenewal), Err(Missing::NotACustomer));
    }
}
