//! Daily usage: what was counted for an account and a feature on a day.
//!
//! Rows add up. A late arrival is one more row with a later `known_on`, and a
//! correction is the difference, so a sum over the rows known on a day is what
//! was believed on that day. Distinct people do not add up: of several rows
//! for the same day the largest number holds, which is a lower bound.

use crate::{
    days::{Day, Window, days_between, shift},
    ids::FeatureId,
};
use chrono::Datelike;
use serde::Serialize;

/// One row of usage of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UsageRow {
    /// Of what.
    pub feature: FeatureId,
    /// On which day.
    pub day: Day,
    /// Uses; negative in a correction.
    pub count: i64,
    /// Seconds of use; negative in a correction.
    pub seconds: i64,
    /// Errors met; negative in a correction.
    pub errors: i64,
    /// Distinct people, where known.
    pub people: Option<u32>,
    /// Since when it is known.
    pub known_on: Day,
}

/// Sums over some rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct UsageTotals {
    /// Uses.
    pub count: i64,
    /// Seconds of use.
    pub seconds: i64,
    /// Errors met.
    pub errors: i64,
}

impl UsageTotals {
    fn add(self, row: &UsageRow) -> Self {
        Self {
            count: self.count + row.count,
            seconds: self.seconds + row.seconds,
            errors: self.errors + row.errors,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            seconds: self.seconds + other.seconds,
            errors: self.errors + other.errors,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            count: self.count - other.count,
            seconds: self.seconds - other.seconds,
            errors: self.errors - other.errors,
        }
    }
}

/// Rows that arrive up to this many days after their day are kept with the
/// others; only the last few days of a query need a look at each of them.
const USUAL_LAG: i64 = 3;

/// A day as a number, for quick comparison.
fn number(day: Day) -> i32 {
    day.num_days_from_ce()
}

/// Rows in order of day with running sums, so that a window costs two binary
/// searches however many rows lie inside.
#[derive(Debug, Clone)]
struct Series {
    rows: Vec<UsageRow>,
    days: Vec<i32>,
    /// `sums[i]` is the total of the first `i` rows.
    sums: Vec<UsageTotals>,
    /// `active[i]` is how many days with use the first `i` rows touch.
    active: Vec<u32>,
    /// Rows that became known later than usual; few.
    late: Vec<UsageRow>,
}

impl Series {
    fn new(rows: impl Iterator<Item = UsageRow>) -> Self {
        let (sums, active) = (vec![UsageTotals::default()], vec![0]);
        let mut series = Self { rows: Vec::new(), days: Vec::new(), sums, active, late: Vec::new() };
        for row in rows {
            if days_between(row.day, row.known_on) > USUAL_LAG {
                series.late.push(row);
            } else {
                series.rows.push(row);
            }
        }
        series.rows.sort_by_key(|row| (row.day, row.known_on));
        let mut counted = None;
        let (mut sum, mut active) = (UsageTotals::default(), 0);
        for row in &series.rows {
            sum = sum.add(row);
            if row.count > 0 && counted != Some(row.day) {
                counted = Some(row.day);
                active += 1;
            }
            series.days.push(number(row.day));
            series.sums.push(sum);
            series.active.push(active);
        }
        series
    }

    fn position(&self, day: Day) -> usize {
        let day = number(day);
        self.days.partition_point(|other| *other < day)
    }

    /// Splits a window at the day from which on rows may not be known yet on
    /// `known`: `(rows all known, rows to look at one by one)`.
    fn ranges(&self, window: Window, known: Day) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let start = self.position(window.start);
        let end = self.position(window.end).max(start);
        let sure = self.position(shift(known, 1 - USUAL_LAG)).clamp(start, end);
        (start..sure, sure..end)
    }

    fn known_late(&self, window: Window, known: Day) -> impl Iterator<Item = &UsageRow> {
        self.late.iter().filter(move |row| row.known_on <= known && window.contains(row.day))
    }

    fn totals(&self, window: Window, known: Day) -> UsageTotals {
        let (sure, recent) = self.ranges(window, known);
        let recent = self.rows[recent].iter().filter(|row| row.known_on <= known);
        let unusual = recent.chain(self.known_late(window, known));
        let rest = unusual.fold(UsageTotals::default(), UsageTotals::add);
        self.sums[sure.end].minus(self.sums[sure.start]).plus(rest)
    }

    fn active_days(&self, window: Window, known: Day) -> u32 {
        let (sure, recent) = self.ranges(window, known);
        let mut active = self.active[sure.end] - self.active[sure.start];
        let mut counted = None;
        for row in self.rows[recent].iter().filter(|row| row.known_on <= known && row.count > 0) {
            if counted != Some(row.day) {
                counted = Some(row.day);
                active += 1;
            }
        }
        let mut late_days: Vec<Day> = self.known_late(window, known).map(|row| row.day).collect();
        late_days.sort_unstable();
        late_days.dedup();
        for day in late_days {
            let only = Window::new(day, shift(day, 1));
            let on_time = self.position(day)..self.position(only.end);
            let was_active = self.rows[on_time].iter().any(|row| row.known_on <= known && row.count > 0);
            let is_active = self.totals(only, known).count > 0;
            match (was_active, is_active) {
                (false, true) => active += 1,
                (true, false) => active = active.saturating_sub(1),
                _ => {}
            }
        }
        active
    }

    fn last_day(&self, until: Day, known: Day) -> Option<Day> {
        let end = self.position(shift(until, 1));
        let is_known_use = |row: &&UsageRow| row.known_on <= known && row.count > 0;
        let mut on_time = self.rows[..end].iter().rev().filter(is_known_use).map(|row| row.day);
        if self.late.is_empty() {
            return on_time.next();
        }
        // A correction may have taken a day's use away again.
        let is_used = |day: &Day| self.totals(Window::new(*day, shift(*day, 1)), known).count > 0;
        let late = self.late.iter().filter(|row| row.day <= until).filter(is_known_use).map(|row| row.day);
        on_time.find(is_used).max(late.filter(is_used).max())
    }

    fn known_rows(&self, window: Window, known: Day) -> impl Iterator<Item = &UsageRow> {
        let range = self.position(window.start)..self.position(window.end).max(self.position(window.start));
        self.rows[range].iter().filter(move |row| row.known_on <= known).chain(self.known_late(window, known))
    }
}

/// All usage of one account.
#[derive(Debug, Clone)]
pub struct UsageHistory {
    features: Vec<(FeatureId, Series)>,
    all: Series,
}

/// No usage.
impl Default for UsageHistory {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl UsageHistory {
    /// From rows in any order.
    #[must_use]
    pub fn new(mut rows: Vec<UsageRow>) -> Self {
        rows.sort_by_key(|row| row.feature);
        let features = rows
            .chunk_by(|a, b| a.feature == b.feature)
            .map(|chunk| (chunk[0].feature, Series::new(chunk.iter().copied())))
            .collect();
        Self { features, all: Series::new(rows.into_iter()) }
    }

    /// Every row that was ever known, in no particular order.
    pub fn rows(&self) -> impl Iterator<Item = &UsageRow> {
        self.all.rows.iter().chain(&self.all.late)
    }

    fn series(&self, feature: FeatureId) -> Option<&Series> {
        let position = self.features.binary_search_by_key(&feature, |(id, _)| *id).ok()?;
        Some(&self.features[position].1)
    }
}

/// Usage through the eyes of one day; see [`crate::history::Seen`].
#[derive(Debug, Clone, Copy)]
pub struct UsageSeen<'a> {
    pub(crate) usage: &'a UsageHistory,
    pub(crate) day: Day,
}

impl<'a> UsageSeen<'a> {
    /// Sums over all features in `window`.
    #[must_use]
    pub fn totals(&self, window: Window) -> UsageTotals {
        self.usage.all.totals(self.clip(window), self.day)
    }

    /// Sums over one feature in `window`.
    #[must_use]
    pub fn feature_totals(&self, feature: FeatureId, window: Window) -> UsageTotals {
        self.usage
            .series(feature)
            .map(|series| series.totals(self.clip(window), self.day))
            .unwrap_or_default()
    }

    /// The features used in `window` with their sums, by id.
    pub fn features(&self, window: Window) -> impl Iterator<Item = (FeatureId, UsageTotals)> + use<'a> {
        let (window, day) = (self.clip(window), self.day);
        self.usage
            .features
            .iter()
            .map(move |(feature, series)| (*feature, series.totals(window, day)))
            .filter(|(_, totals)| totals.count > 0)
    }

    /// On how many days in `window` anything was used.
    #[must_use]
    pub fn active_days(&self, window: Window) -> u32 {
        self.usage.all.active_days(self.clip(window), self.day)
    }

    /// The last day on which anything was used.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        self.usage.all.last_day(self.day, self.day)
    }

    /// The last day on which `feature` was used.
    #[must_use]
    pub fn feature_last_day(&self, feature: FeatureId) -> Option<Day> {
        self.usage.series(feature)?.last_day(self.day, self.day)
    }

    /// The first day of any row known by now.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        let known = |row: &&UsageRow| row.known_on <= self.day && row.day <= self.day;
        let on_time = self.usage.all.rows.iter().find(known).map(|row| row.day);
        let late = self.usage.all.late.iter().filter(known).map(|row| row.day).min();
        match (on_time, late) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// The largest number of distinct people on one day in `window`, over any
    /// feature: a lower bound of how many used it. None when nobody counted
    /// people.
    #[must_use]
    pub fn people(&self, window: Window) -> Option<u32> {
        self.usage.all.known_rows(self.clip(window), self.day).filter_map(|row| row.people).max()
    }

    /// Each row in `window`, by day but for the late ones at the end.
    pub fn rows(&self, window: Window) -> impl Iterator<Item = &'a UsageRow> + use<'a> {
        self.usage.all.known_rows(self.clip(window), self.day)
    }

    /// What lies after the day was not seen.
    fn clip(&self, window: Window) -> Window {
        Window::new(window.start, window.end.min(shift(self.day, 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(offset: i64) -> Day {
        shift("2026-01-01".parse().expect("a day"), offset)
    }

    fn row(feature: i64, on: i64, known: i64, count: i64) -> UsageRow {
        UsageRow {
            feature: FeatureId(feature),
            day: day(on),
            count,
            seconds: 10 * count,
            errors: 0,
            people: Some(u32::try_from(count).unwrap_or(0)),
            known_on: day(known),
        }
    }

    #[test]
    fn an_account_without_usage_has_none() {
        let usage = UsageHistory::default();
        let seen = UsageSeen { usage: &usage, day: day(0) };
        let window = Window::last_days(day(0), 28);
        assert_eq!(seen.totals(window), UsageTotals::default());
        assert_eq!((seen.active_days(window), seen.last_day(), seen.people(window)), (0, None, None));
    }

    #[test]
    fn late_arrivals_add_up_from_the_day_they_are_known() {
        let usage = UsageHistory::new(vec![row(1, 0, 0, 5), row(1, 0, 20, 3), row(2, 4, 30, 1)]);
        let seen = |on| UsageSeen { usage: &usage, day: day(on) };
        let all = Window::new(day(0), day(10));
        assert_eq!(seen(19).totals(all).count, 5);
        assert_eq!(seen(20).totals(all).count, 8);
        assert_eq!(seen(20).active_days(all), 1);
        assert_eq!(seen(30).active_days(all), 2);
        assert_eq!(seen(30).last_day(), Some(day(4)));
        assert_eq!(seen(29).last_day(), Some(day(0)));
    }

    #[test]
    fn a_correction_to_nothing_takes_the_day_away() {
        let mut correction = row(1, 3, 20, -5);
        correction.people = None;
        let usage = UsageHistory::new(vec![row(1, 3, 3, 5), correction]);
        let seen = UsageSeen { usage: &usage, day: day(20) };
        assert_eq!(seen.totals(Window::last_days(day(20), 28)).count, 0);
        assert_eq!(seen.active_days(Window::last_days(day(20), 28)), 0);
        assert_eq!(seen.last_day(), None);
    }

    proptest! {
        /// The running sums say what adding every known row says.
        #[test]
        fn running_sums_are_plain_sums(
            rows in prop::collection::vec((1i64..4, 0i64..60, prop_oneof![0i64..4, 4i64..40], 0i64..9), 0..120),
            on in 0i64..100, start in 0i64..60, length in 0i64..60,
        ) {
            let rows: Vec<UsageRow> =
                rows.into_iter().map(|(feature, at, lag, count)| row(feature, at, at + lag, count)).collect();
            let usage = UsageHistory::new(rows.clone());
            let seen = UsageSeen { usage: &usage, day: day(on) };
            let window = Window::new(day(start), day(start + length));
            let known: Vec<&UsageRow> = rows
                .iter()
                .filter(|row| row.known_on <= day(on) && row.day <= day(on))
                .collect();
            let inside = || known.iter().filter(|row| window.contains(row.day));
            prop_assert_eq!(seen.totals(window).count, inside().map(|row| row.count).sum::<i64>());
            let one = seen.feature_totals(FeatureId(1), window).count;
            prop_assert_eq!(one, inside().filter(|row| row.feature == FeatureId(1)).map(|row| row.count).sum::<i64>());
            let mut days: Vec<Day> = inside().filter(|row| row.count > 0).map(|row| row.day).collect();
            days.sort_unstable();
            days.dedup();
            prop_assert_eq!(seen.active_days(window) as usize, days.len());
            prop_assert_eq!(seen.last_day(), known.iter().filter(|row| row.count > 0).map(|row| row.day).max());
            prop_assert_eq!(seen.people(window), inside().filter_map(|row| row.people).max());
        }
    }
}
