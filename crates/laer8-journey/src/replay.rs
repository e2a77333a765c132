//! The journey of one account day after day.
//!
//! [`crate::accounts::account_journey`] looks at a subscription's whole life
//! for one day. A replay carries what it has seen from day to day, and comes to
//! exactly the same.

use crate::{
    accounts::{AccountJourney, Standing, assemble},
    progress::{Progress, Track},
    rules::{Available, Rules},
    stages::{Detail, subscription_stage},
    tracking::Tracked,
};
use laer8_domain::{
    days::{Day, days_between, shift},
    exchange::Rates,
    history::AccountHistory,
    subscriptions::SubscriptionHistory,
};

/// Facts may arrive this many days late without anything being looked at again
/// from the start.
const MARGIN: i64 = 7;

/// What is settled is moved on by at least so many days at a time.
const STRIDE: i64 = 7;

/// What is carried from day to day for one subscription.
#[derive(Debug, Clone, Copy)]
struct Memo {
    /// Its progress at the end of `through`.
    progress: Progress,
    through: Day,
}

/// The journey of one account, asked for one day after the other.
#[derive(Debug, Clone)]
pub struct Replay<'a> {
    rules: &'a Rules<'a>,
    history: &'a AccountHistory,
    /// Usage that became known after its day: since when, and its day.
    late: Vec<(Day, Day)>,
    any_usage_since: Option<Day>,
    people_since: Option<Day>,
    memos: Vec<Option<Memo>>,
    last: Option<(Day, Available)>,
}

impl<'a> Replay<'a> {
    /// From the account's first day.
    #[must_use]
    pub fn new(rules: &'a Rules<'a>, history: &'a AccountHistory) -> Self {
        let visible = |row: &laer8_domain::usage::UsageRow| row.day.max(row.known_on);
        let mut late: Vec<(Day, Day)> = history
            .usage
            .rows()
            .filter(|row| row.known_on > row.day)
            .map(|row| (row.known_on, row.day))
            .collect();
        late.sort_unstable();
        Self {
            rules,
            history,
            late,
            any_usage_since: history.usage.rows().map(visible).min(),
            people_since: history.usage.rows().filter(|row| row.people.is_some()).map(visible).min(),
            memos: vec![None; history.subscriptions.len()],
            last: None,
        }
    }

    /// Where the account stands on `day`. Days are meant to be asked in order;
    /// an earlier one costs as much as the first.
    pub fn on(&mut self, day: Day, tracked: Tracked, rates: &Rates) -> AccountJourney {
        self.look(day, tracked, rates, Detail::Full)
    }

    /// Only the standing: the same as [`Replay::on`] says, for less.
    pub fn standing_on(&mut self, day: Day, tracked: Tracked, rates: &Rates) -> Standing {
        self.look(day, tracked, rates, Detail::StageOnly).standing
    }

    fn look(&mut self, day: Day, tracked: Tracked, rates: &Rates, detail: Detail) -> AccountJourney {
        let seen = self.history.seen(day);
        let available = self.available(day, tracked);
        self.forget(day, available);
        let mut stages = Vec::new();
        for active in seen.paid() {
            let this = |history: &SubscriptionHistory| history.id == active.history.id;
            let Some(position) = self.history.subscriptions.iter().position(this) else { continue };
            let Some(track) = Track::new(self.rules, seen, active.history, available) else { continue };
            let progress = progress_on(&mut self.memos[position], &track);
            stages.push(subscription_stage(&track, &active, &progress, rates, detail));
        }
        self.last = Some((day, available));
        assemble(self.rules, seen, stages)
    }

    fn available(&self, day: Day, tracked: Tracked) -> Available {
        let by_now = |since: Option<Day>| since.is_some_and(|since| since <= day);
        let people = tracked.people && (by_now(self.people_since) || !by_now(self.any_usage_since));
        Available { usage: tracked.usage, people }
    }

    /// Forgets what facts that became known since the last day may have changed.
    fn forget(&mut self, day: Day, available: Available) {
        let Some((last, available_then)) = self.last else { return };
        if day < last || available != available_then {
            self.memos.fill(None);
            return;
        }
        let first = self.late.partition_point(|(known, _)| *known <= last);
        let newly_known = self.late[first..].iter().take_while(|(known, _)| *known <= day);
        let touched = newly_known.map(|(_, of)| *of).min().unwrap_or(Day::MAX);
        for (memo, history) in self.memos.iter_mut().zip(&self.history.subscriptions) {
            let changed = |through| touched <= through || changed_before(history, last, day, through);
            if memo.is_some_and(|memo| changed(memo.through)) {
                *memo = None;
            }
        }
    }
}

/// Whether a version that became known in `(last, day]` holds from the day after
/// `through` or earlier.
fn changed_before(history: &SubscriptionHistory, last: Day, day: Day, through: Day) -> bool {
    history.versions().iter().any(|version| {
        version.effective_from <= shift(through, 1) && version.known_on > last && version.known_on <= day
    })
}

/// The progress at the end of the day, carried on from the memo, which is left
/// a few days behind so that what arrives a little late need not undo it.
fn progress_on(memo: &mut Option<Memo>, track: &Track<'_>) -> Progress {
    let day = track.seen.day();
    let mut settled = memo.unwrap_or_else(|| Memo {
        progress: Progress::start(track.started),
        through: shift(track.started, -1),
    });
    let until = shift(day, -MARGIN);
    if days_between(settled.through, until) >= STRIDE {
        settled.progress.advance(track, shift(settled.through, 1), until);
        settled.through = until;
    }
    *memo = Some(settled);
    let mut progress = settled.progress;
    progress.advance(track, shift(settled.through, 1), day);
    progress
}

#[cfg(test)]
mod tests;
