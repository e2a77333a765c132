//! How far a subscription has come: Land, Adopt or Expand, apart from renewal.
//!
//! The state is advanced day by day through what is known on *one* day, so it
//! says what is believed on that day of every day before. Criteria can only
//! begin to hold on a day with use, on which the terms change, or on which a
//! term begins; only those days are looked at.

use crate::{
    activity::{Activity, Look, Verdict},
    rules::{Available, Rules},
    stages::Stage,
};
use laer8_domain::{
    days::{Day, Window, shift},
    history::Seen,
    subscriptions::{PriceBasis, SubscriptionHistory, Terms},
};

/// How many days of use are arranged at a time.
const CHUNK: i64 = 120;

/// One subscription through the eyes of one day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Track<'a> {
    pub(crate) rules: &'a Rules<'a>,
    pub(crate) seen: Seen<'a>,
    pub(crate) history: &'a SubscriptionHistory,
    /// The first day on which it ever ran.
    pub(crate) started: Day,
    pub(crate) available: Available,
}

impl<'a> Track<'a> {
    /// Of a subscription that ran on some day by now.
    pub(crate) fn new(
        rules: &'a Rules<'a>,
        seen: Seen<'a>,
        history: &'a SubscriptionHistory,
        available: Available,
    ) -> Option<Self> {
        let first = history.steps(seen.day()).find(|step| step.state.terms().is_some())?;
        let started = first.effective_from;
        (started <= seen.day()).then_some(Self { rules, seen, history, started, available })
    }

    fn terms(&self, day: Day) -> Option<&'a Terms> {
        self.history.terms_on(day, self.seen.day())
    }

    fn next_step(&self, after: Day) -> Option<Day> {
        self.history.steps(self.seen.day()).map(|step| step.effective_from).find(|from| *from > after)
    }

    /// Use in `[from, end)` and as far before as criteria look back.
    pub(crate) fn activity(&self, from: Day, end: Day) -> Activity {
        let longest = i64::from(self.rules.config().longest_window());
        let first = shift(from, 1 - longest).max(self.started);
        Activity::new(self.rules, self.seen, Window::new(first, end))
    }

    /// The subscription on `day`, which `activity` must cover.
    pub(crate) fn look<'l>(&'l self, activity: &'l Activity, terms: &Terms, day: Day) -> Look<'l> {
        Look {
            activity,
            scope: self.rules.scope(terms.plan),
            available: self.available,
            started: self.started,
            seats: seats(terms),
            first: day,
            day,
        }
    }
}

/// The seats of a subscription; 0 where its one unit is a licence for everybody,
/// so that their share can't be known.
fn seats(terms: &Terms) -> u32 {
    let is_licence = terms.quantity == 1 && terms.price.basis == PriceBasis::Total;
    if is_licence { 0 } else { terms.quantity }
}

/// How far a subscription has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// The first day on which the activation criteria held.
    pub(crate) activated_on: Option<Day>,
    /// Land, Adopt or Expand.
    pub(crate) stage: Stage,
    /// Since when without a break.
    pub(crate) since: Day,
    /// The start of the term looked at last.
    term_start: Option<Day>,
    /// Whether the adoption criteria have held on some day of that term.
    adopted: bool,
}

impl Progress {
    /// On the first day, before anything was looked at.
    pub(crate) fn start(started: Day) -> Self {
        Self { activated_on: None, stage: Stage::Land, since: started, term_start: None, adopted: false }
    }

    /// Whether nothing in this term can change it any more.
    fn is_settled(&self) -> bool {
        self.activated_on.is_some() && self.adopted
    }

    /// Looks at the days `from..=until`. Advancing in several steps comes to
    /// the same as in one.
    pub(crate) fn advance(&mut self, track: &Track<'_>, from: Day, until: Day) {
        let mut day = from.max(track.started);
        let mut arranged: Option<(Window, Activity)> = None;
        while day <= until {
            let next_step = track.next_step(day).unwrap_or(Day::MAX);
            let Some(terms) = track.terms(day) else {
                day = next_step;
                continue;
            };
            let term = track.rules.review_term(terms, day);
            let mut end = term.end.min(next_step).min(shift(until, 1));
            if self.term_start != Some(term.start) {
                (self.term_start, self.adopted) = (Some(term.start), false);
            }
            if !self.is_settled() {
                if arranged.as_ref().is_none_or(|(window, _)| window.end <= day) {
                    let window = Window::new(day, shift(day, CHUNK).min(shift(until, 1)));
                    arranged = Some((window, track.activity(window.start, window.end)));
                }
                if let Some((window, activity)) = &arranged {
                    end = end.min(window.end);
                    self.look_at(track, activity, terms, Window::new(day, end));
                }
            }
            if end <= day {
                return; // the end of the calendar
            }
            day = end;
        }
    }

    /// Looks at the first day of `days` and at every later one with use.
    ///
    /// Where activation can't be known it is taken as given, so that a customer
    /// of years does not count as landing; where adoption can't be known it is
    /// not, since nothing speaks for it.
    fn look_at(&mut self, track: &Track<'_>, activity: &Activity, terms: &Terms, days: Window) {
        let config = track.rules.config();
        let look = track.look(activity, terms, days.start);
        let with_use = activity.days(Window::new(shift(days.start, 1), days.end));
        let mut candidates = Vec::with_capacity(with_use.len() + 1);
        candidates.push(days.start);
        candidates.extend_from_slice(with_use);
        let mut candidates = candidates.as_slice();
        if self.activated_on.is_none() {
            let Some(day) = look.first_day(candidates, &config.activation) else { return };
            self.activated_on = Some(day);
            self.enter(Stage::Adopt, day);
            candidates = &candidates[candidates.partition_point(|other| *other < day)..];
        }
        let can_be_known = look.verdict(&config.adoption) != Verdict::Undecided;
        let adopted_on = look.first_day(candidates, &config.adoption).filter(|_| can_be_known);
        if adopted_on != candidates.first().copied() {
            // In Expand at the end of the last term, and not at the start of this.
            self.enter(Stage::Adopt, candidates[0]);
        }
        if let Some(day) = adopted_on {
            self.adopted = true;
            self.enter(Stage::Expand, day);
        }
    }

    fn enter(&mut self, stage: Stage, day: Day) {
        if self.stage != stage {
            (self.stage, self.since) = (stage, day);
        }
    }
}

#[cfg(test)]
mod tests;
