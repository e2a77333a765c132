//! A payment failed or is overdue.

use super::{Evidence, NextStep, PaymentRiskRule, Severity, Signal, SignalKind, Situation};
use laer8_domain::{accounts::fields, days::days_between, values::Value};

/// The field `payment_overdue` says yes. Critical after `critical_days`.
pub(super) fn detect(rule: &PaymentRiskRule, situation: &Situation<'_>) -> Option<Signal> {
    let fact = situation.seen.field(fields::PAYMENT_OVERDUE).filter(|_| rule.enabled)?;
    if fact.value != Some(Value::Bool(true)) {
        return None;
    }
    let days = days_between(fact.occurred_on, situation.day());
    Some(Signal {
        kind: SignalKind::PaymentRisk,
        severity: Severity::critical_if(days >= i64::from(rule.critical_days)),
        since: Some(fact.occurred_on),
        evidence: Evidence::PaymentRisk { overdue_since: fact.occurred_on, days },
        stake: situation.arr,
        opportunity: false,
        next_step: NextStep::SettlePayment,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Example, day};

    #[test]
    fn it_lasts_from_the_failed_payment_until_it_is_settled() {
        let mut example = Example::customer();
        example.field(fields::PAYMENT_OVERDUE, true.into(), "2026-03-01");
        example.field(fields::PAYMENT_OVERDUE, false.into(), "2026-04-20");
        let signal = |on| example.signal(SignalKind::PaymentRisk, on);
        assert_eq!(signal("2026-02-28"), None);
        let raised = signal("2026-03-02").expect("raised");
        assert_eq!((raised.since, raised.severity), (Some(day("2026-03-01")), Severity::Warning));
        assert_eq!(signal("2026-04-01").map(|signal| signal.severity), Some(Severity::Critical));
        assert_eq!(signal("2026-04-20"), None);
    }
}
