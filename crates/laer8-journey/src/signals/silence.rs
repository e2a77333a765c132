//! Not used for much longer than usual, by the account's own rhythm.

use super::{Evidence, NextStep, Severity, Signal, SignalKind, SilenceRule, Situation};
use laer8_domain::days::{Day, Window, days_between, shift};

/// Silent for longer than the larger of `min_days` and `usual_gaps` times the
/// usual gap between days with use, as it was up to the last use.
///
/// Says nothing where usage is not tracked, or where the whole workspace has had
/// none for `stale_feed_days`: then the feed is silent, not the account.
pub(super) fn detect(rule: &SilenceRule, situation: &Situation<'_>) -> Option<Signal> {
    let (day, seen) = (situation.day(), situation.seen);
    if !rule.enabled || !situation.tracked.usage {
        return None;
    }
    let feed_is_stale = |newest: Day| days_between(newest, day) > i64::from(rule.stale_feed_days);
    if situation.tracked.last_usage_day.is_none_or(feed_is_stale) {
        return None;
    }
    let last_used = seen.usage().last_day();
    // A customer who never used it is silent since the day it became one; so is
    // one who came back and has not used it since.
    let running_since = seen.paid().map(|active| active.since).min()?;
    let silent_since = last_used.map_or(running_since, |last| last.max(running_since));
    let silent_days = days_between(silent_since, day);
    let usual_gap = last_used.and_then(|last| usual_gap(rule, situation, last));
    let threshold = usual_gap.map_or(0.0, |gap| rule.usual_gaps * gap).max(f64::from(rule.min_days));
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "counts of days")]
    let (silent, first_day) = (silent_days as f64, shift(silent_since, threshold as i64 + 1));
    (silent > threshold).then(|| Signal {
        kind: SignalKind::Silence,
        severity: Severity::critical_if(silent > 2.0 * threshold),
        since: Some(first_day),
        evidence: Evidence::Silence { last_used, silent_days, usual_gap, threshold },
        stake: situation.arr,
        opportunity: false,
        next_step: NextStep::ReachOut,
    })
}

/// Days for each day with use, over the `rhythm_days` that end with the last
/// use.
fn usual_gap(rule: &SilenceRule, situation: &Situation<'_>, last: Day) -> Option<f64> {
    let usage = situation.seen.usage();
    let end = shift(last, 1);
    let start = usage.first_day()?.max(shift(end, -i64::from(rule.rhythm_days)));
    let window = Window::new(start, end);
    #[expect(clippy::cast_precision_loss, reason = "a count of days")]
    let days = window.len() as f64;
    let active = usage.active_days(window);
    (active > 0).then(|| days / f64::from(active))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{Example, day, everything_tracked},
        tracking::Tracked,
    };

    fn silence(example: &Example, on: &str) -> Option<Signal> {
        let tracked = Tracked { last_usage_day: Some(day(on)), ..everything_tracked() };
        example.signal_with(SignalKind::Silence, on, tracked)
    }

    fn daily_until(last: i64) -> Example {
        let mut example = Example::customer();
        for offset in 0..=last {
            example.use_after("2026-01-01", offset, &[1]);
        }
        example
    }

    #[test]
    fn a_daily_user_is_silent_after_two_weeks_and_no_more_once_they_are_back() {
        let mut example = daily_until(59); // last use: 1 March
        assert_eq!(silence(&example, "2026-03-15"), None);
        let signal = silence(&example, "2026-03-16").expect("silent");
        assert_eq!((signal.since, signal.severity), (Some(day("2026-03-16")), Severity::Warning));
        assert_eq!(silence(&example, "2026-03-30").expect("silent").severity, Severity::Critical);
        example.use_on("2026-03-31", &[1], None);
        assert_eq!(silence(&example, "2026-03-31"), None);
    }

    #[test]
    fn a_monthly_user_may_be_silent_for_longer() {
        let mut example = Example::customer();
        for month in ["2026-01-05", "2026-02-04", "2026-03-06", "2026-04-05"] {
            example.use_on(month, &[1], None);
        }
        assert_eq!(silence(&example, "2026-05-20"), None);
        let signal = silence(&example, "2026-07-01").expect("silent");
        let Evidence::Silence { silent_days, usual_gap, .. } = signal.evidence else { panic!("silence") };
        assert_eq!((silent_days, usual_gap), (87, Some(22.75)));
    }

    #[test]
    fn a_customer_who_never_used_it_is_silent_from_the_start() {
        let example = Example::customer(); // since 1 January
        assert_eq!(silence(&example, "2026-01-15"), None);
        assert!(silence(&example, "2026-01-16").is_some());
    }

    #[test]
    fn a_feed_that_stopped_makes_nobody_silent() {
        let example = daily_until(30);
        let stale = Tracked { last_usage_day: Some(day("2026-01-31")), ..everything_tracked() };
        assert_eq!(example.signal_with(SignalKind::Silence, "2026-06-01", stale), None);
        assert_eq!(example.signal_with(SignalKind::Silence, "2026-06-01", Tracked::default()), None);
    }
}
