//! The health score fell.

use super::{Evidence, NextStep, ScoreDropRule, Severity, Signal, SignalKind, Situation};
use laer8_domain::days::shift;

/// The score is at least `points_in_30_days` lower than 30 days ago, or at least
/// `points_in_90_days` lower than 90 days ago; the larger drop is shown.
pub(super) fn detect(rule: &ScoreDropRule, situation: &Situation<'_>) -> Option<Signal> {
    let score = situation.score;
    let now = score.now.filter(|_| rule.enabled)?;
    let drop = |before: Option<f64>, days: u32, points: f64| {
        let before = before?;
        (before - now >= points).then_some((before, days, before - now))
    };
    let drops = [
        drop(score.days_30_ago, 30, rule.points_in_30_days),
        drop(score.days_90_ago, 90, rule.points_in_90_days),
    ];
    let (before, days, drop) = drops.into_iter().flatten().max_by(|a, b| a.2.total_cmp(&b.2))?;
    Some(Signal {
        kind: SignalKind::ScoreDrop,
        severity: Severity::critical_if(drop >= rule.critical_points),
        since: Some(shift(situation.day(), -i64::from(days))),
        evidence: Evidence::ScoreDrop { now, before, days, drop },
        stake: situation.arr,
        opportunity: false,
        next_step: NextStep::ReviewHealth,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{examples::Example, signals::ScoreTrend};

    fn drop(now: f64, days_30_ago: f64, days_90_ago: f64) -> Option<Signal> {
        let (days_30_ago, days_90_ago) = (Some(days_30_ago), Some(days_90_ago));
        let score = ScoreTrend { now: Some(now), days_30_ago, days_90_ago };
        Example::customer().signal_with_score(SignalKind::ScoreDrop, "2026-05-01", score)
    }

    #[test]
    fn the_larger_drop_is_shown() {
        assert_eq!(
            drop(60.0, 76.0, 85.0).map(|signal| (signal.evidence, signal.severity)),
            Some((Evidence::ScoreDrop { now: 60.0, before: 85.0, days: 90, drop: 25.0 }, Severity::Critical))
        );
    }

    #[test]
    fn it_ends_when_the_score_has_recovered() {
        assert!(drop(60.0, 75.0, 70.0).is_some());
        assert_eq!(drop(61.0, 75.0, 70.0), None);
    }

    #[test]
    fn without_a_score_nothing_fell() {
        let score = ScoreTrend { now: None, days_30_ago: Some(90.0), days_90_ago: Some(90.0) };
        let signal = Example::customer().signal_with_score(SignalKind::ScoreDrop, "2026-05-01", score);
        assert_eq!(signal, None);
    }
}
