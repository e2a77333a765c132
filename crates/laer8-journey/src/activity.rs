//! Use day by day, arranged so that a criterion is a walk over a few bits.

use crate::{
    config::{Criterion, CriterionKind},
    rules::{Available, FeatureSet, Rules, Scope},
};
use laer8_domain::{
    days::{Day, Window, shift},
    history::Seen,
    usage::UsageRow,
};
use std::ops::Range;

/// The days of a window on which anything was used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Activity {
    days: Vec<Day>,
    /// For each day the set of features used, `words` words each.
    used: Vec<u64>,
    words: usize,
    /// For each day where its entries in `people` start; one more at the end.
    starts: Vec<usize>,
    /// Position of the feature and distinct people.
    people: Vec<(usize, u32)>,
}

impl Activity {
    /// The use of `window` as far as `seen` knows. Rows of one day and feature
    /// are netted: a correction to nothing is no use.
    pub(crate) fn new(rules: &Rules<'_>, seen: Seen<'_>, window: Window) -> Self {
        let mut rows: Vec<&UsageRow> = seen.usage().rows(window).collect();
        if !rows.is_sorted_by_key(|row| row.day) {
            rows.sort_by_key(|row| row.day);
        }
        let words = FeatureSet::none(rules.feature_count()).words().len();
        let days = usize::try_from(window.len()).unwrap_or(0).min(rows.len());
        let mut activity = Self {
            words,
            days: Vec::with_capacity(days),
            used: Vec::with_capacity(days * words),
            starts: Vec::with_capacity(days + 1),
            people: Vec::with_capacity(rows.len()),
        };
        activity.starts.push(0);
        let mut net: Vec<(usize, i64)> = Vec::new();
        for day in rows.chunk_by(|a, b| a.day == b.day) {
            activity.push_day(rules, day, &mut net);
        }
        activity
    }

    fn push_day(&mut self, rules: &Rules<'_>, rows: &[&UsageRow], net: &mut Vec<(usize, i64)>) {
        net.clear();
        for row in rows {
            let Some(position) = rules.position(row.feature) else { continue };
            match net.iter_mut().find(|(other, _)| *other == position) {
                Some((_, count)) => *count += row.count,
                None => net.push((position, row.count)),
            }
            if let Some(people) = row.people {
                self.people.push((position, people));
            }
        }
        net.retain(|(_, count)| *count > 0);
        if net.is_empty() {
            self.people.truncate(self.starts.last().copied().unwrap_or_default());
            return;
        }
        let first_word = self.used.len();
        self.used.resize(first_word + self.words, 0);
        for (position, _) in net.iter() {
            self.used[first_word + position / 64] |= 1 << (position % 64);
        }
        self.days.push(rows[0].day);
        self.starts.push(self.people.len());
    }

    /// The days with use in `window`, in order.
    pub(crate) fn days(&self, window: Window) -> &[Day] {
        &self.days[self.range(window)]
    }

    fn range(&self, window: Window) -> Range<usize> {
        let start = self.days.partition_point(|day| *day < window.start);
        let end = self.days.partition_point(|day| *day < window.end);
        start..end.max(start)
    }

    fn used_on(&self, position: usize) -> &[u64] {
        &self.used[position * self.words..(position + 1) * self.words]
    }

    fn active_days(&self, days: Range<usize>, features: &FeatureSet) -> u32 {
        let active = days.filter(|position| overlap(self.used_on(*position), features) > 0).count();
        u32::try_from(active).unwrap_or(u32::MAX)
    }

    fn features_used(&self, days: Range<usize>, features: &FeatureSet) -> u32 {
        let count = |word: usize| {
            let used = days.clone().fold(0, |used, day| used | self.used[day * self.words + word]);
            (used & features.words()[word]).count_ones()
        };
        (0..self.words).map(count).sum()
    }

    /// Distinct people on the busiest day; somebody there must have been where
    /// anything was used.
    fn people(&self, days: Range<usize>, features: &FeatureSet) -> u32 {
        let somebody = u32::from(self.active_days(days.clone(), features) > 0);
        let entries = &self.people[self.starts[days.start]..self.starts[days.end]];
        let counted = entries.iter().filter(|(position, _)| features.contains(*position));
        counted.map(|(_, people)| *people).max().unwrap_or(0).max(somebody)
    }
}

fn overlap(used: &[u64], features: &FeatureSet) -> u32 {
    used.iter().zip(features.words()).map(|(used, features)| (used & features).count_ones()).sum()
}

/// One subscription's use on one day, against which criteria are held; or on a
/// run of days taken together, which no day of the run can exceed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) activity: &'a Activity,
    pub(crate) scope: &'a Scope,
    pub(crate) available: Available,
    /// No window reaches back before it.
    pub(crate) started: Day,
    pub(crate) seats: u32,
    /// The first day of the run: from it the windows reach back.
    pub(crate) first: Day,
    /// The last day of the run: with it the windows end.
    pub(crate) day: Day,
}

/// What the criteria say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    Unmet,
    /// None of them can be known.
    Undecided,
}

impl Look<'_> {
    /// What a criterion counts; nothing where it can't be known.
    pub(crate) fn value(&self, criterion: &Criterion) -> Option<f64> {
        if !self.available.usage {
            return None;
        }
        let first = shift(self.first, 1 - i64::from(criterion.days)).max(self.started);
        let days = self.activity.range(Window::new(first, shift(self.day, 1)));
        let Scope { features, core, entitlement_known } = self.scope;
        let share = |part: &FeatureSet, days| {
            let whole = part.len();
            let known = *entitlement_known && whole > 0;
            known.then(|| f64::from(self.activity.features_used(days, part)) / f64::from(whole))
        };
        match criterion.criterion {
            CriterionKind::ActiveDays => Some(f64::from(self.activity.active_days(days, features))),
            CriterionKind::FeaturesUsed => Some(f64::from(self.activity.features_used(days, features))),
            CriterionKind::Breadth => share(features, days),
            CriterionKind::CoreBreadth => share(core, days),
            CriterionKind::PeopleActive => {
                self.available.people.then(|| f64::from(self.activity.people(days, features)))
            }
            CriterionKind::SeatsUsed => (self.available.people && self.seats > 0)
                .then(|| f64::from(self.activity.people(days, features)) / f64::from(self.seats)),
        }
    }

    /// The least that is enough here.
    pub(crate) fn target(&self, criterion: &Criterion) -> f64 {
        let entitled = f64::from(self.scope.features.len());
        let capped = criterion.criterion == CriterionKind::FeaturesUsed && self.scope.entitlement_known;
        if capped { criterion.at_least.min(entitled) } else { criterion.at_least }
    }

    /// Whether a criterion holds; nothing where it can't be known. A hair's
    /// breadth below the target is rounding, not a miss.
    pub(crate) fn holds(&self, criterion: &Criterion) -> Option<bool> {
        Some(self.value(criterion)? >= self.target(criterion) - 1e-9)
    }

    /// What all of them say together, those left out that can't be known.
    pub(crate) fn verdict(&self, criteria: &[Criterion]) -> Verdict {
        let mut decided = false;
        for holds in criteria.iter().filter_map(|criterion| self.holds(criterion)) {
            if !holds {
                return Verdict::Unmet;
            }
            decided = true;
        }
        if decided { Verdict::Met } else { Verdict::Undecided }
    }

    /// The first of `days` on which the criteria are not unmet. Every criterion
    /// counts more in a longer window, so a run of days that falls short taken
    /// together is skipped as a whole.
    pub(crate) fn first_day(&self, days: &[Day], criteria: &[Criterion]) -> Option<Day> {
        let (first, day) = (*days.first()?, *days.last()?);
        if (Self { first, day, ..*self }).verdict(criteria) == Verdict::Unmet {
            return None;
        }
        if days.len() == 1 {
            return Some(day);
        }
        let (earlier, later) = days.split_at(days.len() / 2);
        self.first_day(earlier, criteria).or_else(|| self.first_day(later, criteria))
    }
}
