//! Measures of usage.

use super::{
    Direction, Missing, Properties, Unit,
    evidence::{FigureKind, Rows, Trace},
};
use crate::{subject::Subject, tracked::Family};
use laer8_domain::{
    days::{Day, Window, days_between},
    ids::FeatureId,
};

/// Days before the last 28 that they are compared with.
pub const BASELINE_DAYS: u32 = 91;
/// Uses in the baseline from which on a comparison means something: with
/// fewer, chance alone moves it by a fifth.
pub const MIN_BASELINE_USES: i64 = 30;
/// Uses in 28 days from which on an error rate means something.
pub const MIN_ERROR_RATE_USES: i64 = 50;
/// Days that an account connected but not yet used is not called silent.
pub const YOUNG_DAYS: i64 = 14;

const fn usage(key: &'static str, unit: Unit, direction: Direction) -> Properties {
    Properties { key, unit, direction, family: Family::Usage }
}

/// Uses of the last 28 days against the account's own 28-day average over the
/// [`BASELINE_DAYS`] before, as ratio − 1: −0.34 is 34 % less than usual.
///
/// None when usage was first recorded after the baseline began
/// ([`Missing::TooYoung`]) or the baseline has fewer than
/// [`MIN_BASELINE_USES`] uses ([`Missing::TooFew`]).
pub const USAGE_TREND: Properties = usage("usage_trend", Unit::Change, Direction::Higher);

/// On how many of the last 28 days anything was used, 0 to 28. None when no
/// usage of the account was ever recorded.
pub const ACTIVE_DAYS: Properties = usage("active_days", Unit::Days, Direction::Higher);

/// The most distinct people on one of the last 28 days: a lower bound of how
/// many used it. 0 when nothing was used but people were counted before. None
/// when nobody counts people.
pub const PEOPLE_ACTIVE: Properties = usage("people_active", Unit::People, Direction::Higher);

/// People active (see [`PEOPLE_ACTIVE`]) for each seat; above 1 when seats are
/// shared or exceeded. None without seats.
pub const SEATS_USED: Properties = usage("seats_used", Unit::Share, Direction::Higher);

/// The share of the entitled features that were used in the last 28 days, 0 to
/// 1. None when nobody said what the plans entitle to.
pub const BREADTH: Properties = usage("breadth", Unit::Share, Direction::Higher);

/// Of the entitled core features with a depth target, the share that was used
/// at least that often for each seat in the last 28 days, 0 to 1. None when
/// there is no such feature, or no seats.
pub const DEPTH: Properties = usage("depth", Unit::Share, Direction::Higher);

/// Days since anything was last used; 0 when it was used today.
///
/// An account whose usage is recorded but which never used anything has been
/// silent since its first row, once that is [`YOUNG_DAYS`] days ago. An account
/// of which no usage was ever recorded has no value: it may be silent, or not
/// connected.
pub const SILENCE: Properties = usage("silence", Unit::Days, Direction::Lower);

/// Errors for each use in the last 28 days. None with fewer than
/// [`MIN_ERROR_RATE_USES`] uses.
pub const ERROR_RATE: Properties = usage("error_rate", Unit::Share, Direction::Lower);

pub(super) fn usage_trend(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let first_day = recorded_since(subject)?;
    let usage = subject.seen().usage();
    let baseline = subject.month().before(BASELINE_DAYS);
    trace.rows(|| Rows::Usage { features: None, window: subject.month(), baseline: Some(baseline) });
    if first_day > baseline.start {
        return Err(Missing::TooYoung);
    }
    let uses = subject.month_usage().count.max(0);
    let baseline_uses = usage.totals(baseline).count;
    let usual_uses = count(baseline_uses) / f64::from(BASELINE_DAYS) * 28.0;
    trace.figure(FigureKind::Uses, count(uses));
    trace.figure(FigureKind::UsualUses, usual_uses);
    trace.observed(|| usage.last_day());
    if baseline_uses < MIN_BASELINE_USES {
        return Err(Missing::TooFew);
    }
    Ok(count(uses) / usual_uses - 1.0)
}

pub(super) fn active_days(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    recorded_since(subject)?;
    trace_month(subject, trace);
    Ok(f64::from(subject.seen().usage().active_days(subject.month())))
}

pub(super) fn people_active(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    recorded_since(subject)?;
    trace_month(subject, trace);
    if let Some(people) = subject.month_people() {
        return Ok(f64::from(people));
    }
    // Nothing in these 28 days: nobody was there, if people are counted at all.
    let usage = subject.seen().usage();
    let ever = Window::new(Day::MIN, subject.month().end);
    let nobody = subject.month_usage().count <= 0 && usage.rows(ever).any(|row| row.people.is_some());
    if nobody { Ok(0.0) } else { Err(Missing::PeopleNotCounted) }
}

pub(super) fn seats_used(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let people = people_active(subject, trace)?;
    let seats = subject.seats().ok_or(Missing::SeatsUnknown)?;
    trace.rows(|| subject.seat_rows());
    trace.figure(FigureKind::People, people);
    trace.figure(FigureKind::Seats, seats);
    Ok(people / seats)
}

pub(super) fn breadth(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    recorded_since(subject)?;
    let entitled = subject.entitled().filter(|features| !features.is_empty());
    let entitled = entitled.ok_or(Missing::EntitlementUnknown)?;
    let usage = subject.seen().usage();
    let is_entitled = |feature: &FeatureId| entitled.binary_search(feature).is_ok();
    let used = usage.features(subject.month()).filter(|(feature, _)| is_entitled(feature)).count();
    trace.rows(|| Rows::Usage { features: Some(entitled.to_vec()), window: subject.month(), baseline: None });
    trace.rows(|| Rows::Subscriptions(subject.running_subscriptions()));
    trace.figure(FigureKind::FeaturesUsed, size(used));
    trace.figure(FigureKind::FeaturesEntitled, size(entitled.len()));
    trace.observed(|| usage.last_day());
    Ok(size(used) / size(entitled.len()))
}

pub(super) fn depth(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    recorded_since(subject)?;
    let entitled = subject.entitled().ok_or(Missing::EntitlementUnknown)?;
    let seats = subject.seats().ok_or(Missing::SeatsUnknown)?;
    let usage = subject.seen().usage();
    let targets = || {
        let core = entitled.iter().filter_map(|id| subject.catalog().feature(*id)).filter(|it| it.core);
        core.filter_map(|feature| Some((feature.id, feature.depth_target.filter(|uses| *uses > 0.0)?)))
    };
    let (mut with_target, mut deep) = (0, 0);
    for (feature, target) in targets() {
        with_target += 1;
        let uses = count(usage.feature_totals(feature, subject.month()).count);
        deep += usize::from(uses / seats >= target);
    }
    if with_target == 0 {
        return Err(Missing::NoTarget);
    }
    trace.rows(|| Rows::Usage {
        features: Some(targets().map(|(feature, _)| feature).collect()),
        window: subject.month(),
        baseline: None,
    });
    trace.rows(|| subject.seat_rows());
    trace.figure(FigureKind::FeaturesUsed, size(deep));
    trace.figure(FigureKind::FeaturesEntitled, size(with_target));
    trace.figure(FigureKind::Seats, seats);
    trace.observed(|| targets().filter_map(|(feature, _)| usage.feature_last_day(feature)).max());
    Ok(size(deep) / size(with_target))
}

pub(super) fn silence(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let first_day = recorded_since(subject)?;
    let last_day = subject.seen().usage().last_day();
    let since = last_day.unwrap_or(first_day);
    trace.observed(|| last_day);
    trace.rows(|| Rows::Usage {
        features: None,
        window: Window::new(since, subject.month().end),
        baseline: None,
    });
    let days = days_between(since, subject.day());
    if last_day.is_none() && days < YOUNG_DAYS { Err(Missing::TooYoung) } else { Ok(count(days)) }
}

pub(super) fn error_rate(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    recorded_since(subject)?;
    trace_month(subject, trace);
    let totals = subject.month_usage();
    trace.figure(FigureKind::Uses, count(totals.count));
    trace.figure(FigureKind::Errors, count(totals.errors));
    if totals.count < MIN_ERROR_RATE_USES {
        return Err(Missing::TooFew);
    }
    Ok(count(totals.errors.max(0)) / count(totals.count))
}

/// The first day of usage, or why there is none.
fn recorded_since(subject: &Subject<'_>) -> Result<Day, Missing> {
    let missing = if subject.tracked().usage { Missing::NeverRecorded } else { Missing::NotTracked };
    subject.seen().usage().first_day().ok_or(missing)
}

fn trace_month(subject: &Subject<'_>, trace: &mut impl Trace) {
    trace.rows(|| Rows::Usage { features: None, window: subject.month(), baseline: None });
    trace.observed(|| subject.seen().usage().last_day());
}

#[expect(clippy::cast_precision_loss, reason = "counts of uses and days are far below 2^53")]
fn count(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "a number of features")]
fn size(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, catalog, daily, day},
        measures::Measure,
        tracked::Tracked,
    };
    use laer8_domain::{
        history::AccountHistory,
        usage::{UsageHistory, UsageRow},
    };

    const TODAY: &str = "2026-06-30";

    /// An account of five seats on plan 1 with this usage.
    fn account(rows: impl IntoIterator<Item = UsageRow>) -> AccountHistory {
        let mut account = examples::account();
        account.subscriptions = vec![examples::subscription(1, 1, 5, "2026-01-01", None)];
        account.usage = UsageHistory::new(rows.into_iter().collect());
        account
    }

    fn value(account: &AccountHistory, measure: Measure) -> Result<f64, Missing> {
        Subject::new(account.seen(day(TODAY)), &catalog(), Tracked::ALL).value(measure)
    }

    #[track_caller]
    fn assert_value(account: &AccountHistory, measure: Measure, expected: f64) {
        let value = value(account, measure);
        assert!(value.is_ok_and(|value| (value - expected).abs() < 1e-9), "{value:?}, not {expected}");
    }

    /// Feature 1 on each of `days` days until the last day before the month.
    fn baseline(days: i64, uses: i64) -> impl Iterator<Item = UsageRow> {
        daily("2026-06-02", days, uses)
    }

    #[test]
    fn a_third_less_than_usual_is_a_trend_of_minus_a_third() {
        // 91 days × 6 = 546 uses are 168 in 28 days; now they are 28 × 4 = 112.
        let account = account(baseline(91, 6).chain(daily(TODAY, 28, 4)));
        assert_value(&account, Measure::UsageTrend, 112.0 / 168.0 - 1.0);

        let catalog = catalog();
        let subject = Subject::new(account.seen(day(TODAY)), &catalog, Tracked::ALL);
        let (_, evidence) = subject.evidence(Measure::UsageTrend);
        assert_eq!(evidence.figure(FigureKind::Uses), Some(112.0));
        assert_eq!(evidence.figure(FigureKind::UsualUses), Some(168.0));
        assert_eq!(evidence.observed_on, Some(day(TODAY)));
        let window = Window::new(day("2026-06-03"), day("2026-07-01"));
        let baseline = Window::new(day("2026-03-04"), day("2026-06-03"));
        assert_eq!(evidence.rows, [Rows::Usage { features: None, window, baseline: Some(baseline) }]);
    }

    #[test]
    fn an_account_that_stopped_has_lost_everything() {
        assert_value(&account(baseline(91, 6)), Measure::UsageTrend, -1.0);
    }

    #[test]
    fn a_trend_needs_a_whole_baseline_with_enough_in_it() {
        let young = account(baseline(90, 6).chain(daily(TODAY, 28, 4)));
        assert_eq!(value(&young, Measure::UsageTrend), Err(Missing::TooYoung));
        let first = examples::usage(1, day("2026-03-01"), 1);
        let faint = account(baseline(29, 1).chain([first]));
        assert_eq!(value(&faint, Measure::UsageTrend), Err(Missing::TooFew));
    }

    #[test]
    fn active_days_are_days_of_the_last_28() {
        assert_value(&account(daily(TODAY, 60, 1)), Measure::ActiveDays, 28.0);
        assert_value(&account(daily("2026-06-05", 60, 1)), Measure::ActiveDays, 3.0);
    }

    #[test]
    fn people_active_are_the_most_on_one_day_and_fill_seats() {
        let mut rows: Vec<UsageRow> = daily(TODAY, 3, 9).collect();
        rows[0].people = Some(2);
        rows[1].people = Some(4);
        let account = account(rows);
        assert_value(&account, Measure::PeopleActive, 4.0);
        assert_value(&account, Measure::SeatsUsed, 0.8);
    }

    #[test]
    fn nobody_is_active_once_counted_people_stop_coming() {
        let mut row = examples::usage(1, day("2026-03-01"), 5);
        assert_eq!(value(&account([row]), Measure::PeopleActive), Err(Missing::PeopleNotCounted));
        row.people = Some(3);
        assert_value(&account([row]), Measure::PeopleActive, 0.0);
        let uncounted = examples::usage(1, day(TODAY), 5);
        assert_eq!(value(&account([row, uncounted]), Measure::SeatsUsed), Err(Missing::PeopleNotCounted));
    }

    #[test]
    fn seats_are_needed_to_fill_them() {
        let mut account = account(daily(TODAY, 1, 5).map(|row| UsageRow { people: Some(1), ..row }));
        account.subscriptions.clear();
        assert_eq!(value(&account, Measure::SeatsUsed), Err(Missing::SeatsUnknown));
        account.fields = vec![examples::field("2026-01-01", "seats", 4.0.into())];
        assert_value(&account, Measure::SeatsUsed, 0.25);
    }

    #[test]
    fn breadth_is_the_share_of_the_entitled_features() {
        // Entitled to 1 to 4; uses 1, 3 and, without being entitled to it, 5.
        let on_monday = |feature| examples::usage(feature, day("2026-06-29"), 2);
        let mut account = account([1, 3, 5].map(on_monday));
        assert_value(&account, Measure::Breadth, 0.5);
        account.subscriptions = vec![examples::subscription(1, 2, 5, "2026-01-01", None)];
        assert_eq!(value(&account, Measure::Breadth), Err(Missing::EntitlementUnknown));
    }

    #[test]
    fn depth_counts_the_core_features_used_to_their_target() {
        // Five seats × 10 uses: feature 1 reaches 50, feature 2 does not.
        let account_of =
            |second| account([examples::usage(1, day(TODAY), 50), examples::usage(2, day(TODAY), second)]);
        assert_value(&account_of(49), Measure::Depth, 0.5);
        assert_value(&account_of(50), Measure::Depth, 1.0);
    }

    #[test]
    fn silence_counts_from_the_last_use() {
        assert_value(&account(daily(TODAY, 5, 1)), Measure::Silence, 0.0);
        assert_value(&account(daily("2026-06-10", 5, 1)), Measure::Silence, 20.0);
    }

    #[test]
    fn who_never_used_it_is_silent_since_being_connected_but_for_two_weeks() {
        let connected = |on: &str| account([examples::usage(1, day(on), 0)]);
        assert_eq!(value(&connected("2026-06-17"), Measure::Silence), Err(Missing::TooYoung));
        assert_value(&connected("2026-06-16"), Measure::Silence, 14.0);
    }

    #[test]
    fn without_any_usage_nothing_is_known_of_it() {
        let account = account([]);
        let catalog = catalog();
        let untracked = Subject::new(account.seen(day(TODAY)), &catalog, Tracked::default());
        for measure in Measure::ALL.into_iter().filter(|it| it.properties().family == Family::Usage) {
            assert_eq!(value(&account, measure), Err(Missing::NeverRecorded), "{measure:?}");
            assert_eq!(untracked.value(measure), Err(Missing::NotTracked), "{measure:?}");
        }
    }

    #[test]
    fn errors_are_a_share_of_enough_uses() {
        let with_errors = |uses| account([UsageRow { errors: 5, ..examples::usage(1, day(TODAY), uses) }]);
        assert_value(&with_errors(100), Measure::ErrorRate, 0.05);
        assert_eq!(value(&with_errors(49), Measure::ErrorRate), Err(Missing::TooFew));
    }
}
