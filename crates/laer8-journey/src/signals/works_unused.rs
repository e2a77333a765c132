//! It works, and they don't use it: the layer-8 gap.

use super::{Evidence, NextStep, Severity, Signal, SignalKind, Situation, WorksUnusedRule, share_of};
use crate::matrix::{Quadrant, quadrant};
use laer8_domain::days::days_between;

/// The account lies in the layer-8 gap, and has been a customer for
/// `min_tenure_days`. The stake is the share of the ARR that they pay and do not
/// use.
pub(super) fn detect(rule: &WorksUnusedRule, situation: &Situation<'_>) -> Option<Signal> {
    let works = situation.works.filter(|_| rule.enabled)?.percent;
    let potential = situation.potential?.percent;
    let field = quadrant(situation.matrix, Some(works), Some(potential))?;
    let tenure = days_between(situation.seen.customer_since()?, situation.day());
    if field != Quadrant::Layer8Gap || tenure < i64::from(rule.min_tenure_days) {
        return None;
    }
    let is_low = potential < rule.warning_below;
    Some(Signal {
        kind: SignalKind::WorksUnused,
        severity: if is_low { Severity::Warning } else { Severity::Info },
        since: None,
        evidence: Evidence::WorksUnused { works, potential },
        stake: share_of(situation.arr, 1.0 - potential / 100.0),
        opportunity: false,
        next_step: NextStep::DriveAdoption,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::Example;

    #[test]
    fn it_lasts_as_long_as_the_gap() {
        let mut example = Example::customer(); // four entitled features, ten seats
        for offset in 0..200 {
            example.use_after("2026-01-01", offset, &[1]);
        }
        let signal = |example: &Example, on| example.signal(SignalKind::WorksUnused, on);
        assert_eq!(signal(&example, "2026-02-01"), None, "new customers get their time");
        let raised = signal(&example, "2026-05-01").expect("raised");
        assert!(raised.stake.is_positive() && raised.stake < example.arr());
        for offset in 0..60 {
            example.busy_after("2026-05-20", offset, &[1, 2, 3, 4], 9);
        }
        assert_eq!(signal(&example, "2026-07-01"), None);
    }
}
