//! What a change of scorecards would do, before anything is saved.

use crate::{
    measured::Measured,
    score::{Band, Outcome},
    scoring::{Place, Scored, Scoring},
    select::Scorecards,
};
use laer8_domain::{history::Seen, ids::AccountId, money::Amount};
use serde::Serialize;
use utoipa::ToSchema;

/// An account to be scored both ways.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'c> {
    /// The account on the day; its fields and contracts are enough.
    pub seen: Seen<'c>,
    /// What is measured of it.
    pub measured: &'c Measured,
    /// Where it stands on that day.
    pub place: Place<'c>,
    /// Its annual recurring revenue in the reporting currency.
    pub arr: Amount,
}

/// An account's score by the scorecards in force and by those proposed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ScoreComparison)]
pub struct Compared {
    /// The account.
    pub account: AccountId,
    /// What it is called.
    pub name: String,
    /// Its annual recurring revenue in the reporting currency.
    pub arr: Amount,
    /// By those in force.
    pub before: Outcome,
    /// By those proposed.
    pub after: Outcome,
    /// The key of the scorecard in force.
    pub card_before: String,
    /// The key of the scorecard proposed.
    pub card_after: String,
}

impl Compared {
    /// Whether it changes band.
    #[must_use]
    pub fn changes_band(&self) -> bool {
        self.before.band != self.after.band
    }

    /// How many points it gains; none where there is no score on a side.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        Some(self.after.score? - self.before.score?)
    }
}

/// Accounts and their annual recurring revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
#[schema(as = AccountsAndArr)]
pub struct Tally {
    /// How many accounts.
    pub accounts: usize,
    /// Their annual recurring revenue in the reporting currency.
    pub arr: Amount,
}

impl Tally {
    fn add(&mut self, arr: Amount) {
        self.accounts += 1;
        self.arr += arr;
    }
}

/// What is in a band before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct BandShift {
    /// The band.
    pub band: Band,
    /// By the scorecards in force.
    pub before: Tally,
    /// By those proposed.
    pub after: Tally,
}

/// Accounts that go from one band to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BandMove)]
pub struct Move {
    /// The band by the scorecards in force.
    pub from: Band,
    /// The band by those proposed.
    pub to: Band,
    /// How many, and their revenue.
    pub tally: Tally,
}

/// What a change does to the whole book.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIf {
    /// All accounts that change band.
    pub changed: Tally,
    /// Each way from band to band that at least one account goes, most
    /// revenue first.
    pub moves: Vec<Move>,
    /// Each band, best first.
    pub bands: Vec<BandShift>,
    /// Every account: those that change band first, by revenue, then the
    /// others, by revenue.
    pub accounts: Vec<Compared>,
}

/// Of something, by the scorecards in force and by those proposed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Both<T> {
    /// By those in force.
    pub before: T,
    /// By those proposed.
    pub after: T,
}

/// Steps of ten points that scores are counted in.
pub const STEPS: usize = 10;

impl WhatIf {
    /// The mean of the scores there are; none where nobody has one.
    #[must_use]
    pub fn mean(&self) -> Both<Option<f64>> {
        let mean = |pick: fn(&Compared) -> Option<f64>| {
            let scores: Vec<f64> = self.accounts.iter().filter_map(pick).collect();
            #[expect(clippy::cast_precision_loss, reason = "accounts")]
            let count = scores.len() as f64;
            (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / count)
        };
        Both { before: mean(|it| it.before.score), after: mean(|it| it.after.score) }
    }

    /// How many accounts score in each step of ten points; 100 counts to the
    /// last.
    #[must_use]
    pub fn steps(&self) -> [Both<usize>; STEPS] {
        let mut steps = [Both::default(); STEPS];
        for compared in &self.accounts {
            if let Some(score) = compared.before.score {
                steps[step(score)].before += 1;
            }
            if let Some(score) = compared.after.score {
                steps[step(score)].after += 1;
            }
        }
        steps
    }

    /// How many accounts score otherwise, by a tenth of a point or more.
    #[must_use]
    pub fn moved(&self) -> usize {
        let moves = |it: &&Compared| it.changes_band() || it.change().is_some_and(|by| by.abs() >= 0.1);
        self.accounts.iter().filter(moves).count()
    }
}

fn step(score: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score is 0 to 100")]
    let step = (score / 10.0) as usize;
    step.min(STEPS - 1)
}

/// Scores `candidates` by the scorecards in force and by those proposed.
#[must_use]
pub fn what_if<'c>(
    current: &Scoring<'_>,
    proposed: &Scorecards,
    candidates: impl IntoIterator<Item = Candidate<'c>>,
) -> WhatIf {
    let proposed = Scoring { cards: proposed, ..*current };
    let compared = candidates.into_iter().map(|Candidate { seen, measured, place, arr }| {
        let Scored { card: card_before, outcome: before } = current.score_measured(seen, place, measured);
        let Scored { card: card_after, outcome: after } = proposed.score_measured(seen, place, measured);
        let (card_before, card_after) = (card_before.key().to_owned(), card_after.key().to_owned());
        let (account, name) = (seen.id(), seen.name().to_owned());
        Compared { account, name, arr, before, after, card_before, card_after }
    });
    summarise(compared.collect())
}

/// Adds up what changes.
#[must_use]
pub fn summarise(mut accounts: Vec<Compared>) -> WhatIf {
    accounts.sort_by_key(|it| (!it.changes_band(), std::cmp::Reverse(it.arr), it.account));
    let mut changed = Tally::default();
    let mut moves: Vec<Move> = Vec::new();
    let mut bands =
        Band::ALL.map(|band| BandShift { band, before: Tally::default(), after: Tally::default() });
    for compared in &accounts {
        let (from, to, arr) = (compared.before.band, compared.after.band, compared.arr);
        bands[from as usize].before.add(arr);
        bands[to as usize].after.add(arr);
        if from == to {
            continue;
        }
        changed.add(arr);
        match moves.iter_mut().find(|it| it.from == from && it.to == to) {
            Some(known) => known.tally.add(arr),
            None => moves.push(Move { from, to, tally: Tally { accounts: 1, arr } }),
        }
    }
    moves.sort_by_key(|it| (std::cmp::Reverse(it.tally.arr), it.from, it.to));
    WhatIf { changed, moves, bands: bands.into(), accounts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, daily, day},
        tracked::TrackedSince,
    };
    use laer8_domain::{
        exchange::Rates,
        history::AccountHistory,
        money::{Amount, Currency},
        usage::UsageHistory,
    };

    /// An account that has been silent for so many days.
    fn silent(id: i64, days: i64) -> AccountHistory {
        let last = laer8_domain::days::shift(day("2026-06-30"), -days).to_string();
        let usage = UsageHistory::new(daily(&last, 3, 1).collect());
        AccountHistory { usage, ..AccountHistory::empty(AccountId(id)) }
    }

    fn cards(curve: &str) -> Scorecards {
        let card = examples::card("key = 'only'\npriority = 1\ndefault = true", curve);
        Scorecards::new(vec![card]).expect("one default")
    }

    #[test]
    fn a_stricter_curve_shows_whom_it_moves_and_what_they_are_worth() {
        // 100 points up to 5 days, none from 25 on: 5 a day. Then 10 a day.
        let (lenient, strict) = (cards("[[5, 100], [25, 0]]"), cards("[[5, 100], [15, 0]]"));
        let accounts = [silent(1, 0), silent(2, 9), silent(3, 11), silent(4, 30)];
        let arr = [1_000, 2_000, 4_000, 8_000].map(Amount::from_major);
        let (catalog, rates) = (examples::catalog(), Rates::new(Currency::EUR));
        let tracked = TrackedSince::of(&accounts);
        let current = Scoring { cards: &lenient, catalog: &catalog, rates: &rates, tracked };
        let measured = accounts.each_ref().map(|account| current.measured(account.seen(day("2026-06-30"))));
        let candidates = accounts.iter().zip(&measured).zip(arr).map(|((account, measured), arr)| {
            Candidate { seen: account.seen(day("2026-06-30")), measured, place: Place::default(), arr }
        });

        let result = what_if(&current, &strict, candidates);

        // The second goes from 80 to 60, the third from 70 to 40; the first
        // stays at 100, the fourth at 0.
        assert_eq!(result.changed, Tally { accounts: 2, arr: Amount::from_major(6_000) });
        let order: Vec<i64> = result.accounts.iter().map(|it| it.account.0).collect();
        assert_eq!(order, [3, 2, 4, 1]);
        let moves: Vec<(Band, Band)> = result.moves.iter().map(|it| (it.from, it.to)).collect();
        assert_eq!(moves, [(Band::Watch, Band::AtRisk), (Band::Healthy, Band::Watch)]);
        let counts: Vec<(usize, usize)> =
            result.bands.iter().map(|it| (it.before.accounts, it.after.accounts)).collect();
        assert_eq!(counts, [(2, 1), (1, 1), (1, 2), (0, 0)]);
        assert!(result.accounts[0].change().is_some_and(|change| (change + 30.0).abs() < 1e-9));
        // 100, 80, 70 and 0; then 100, 60, 40 and 0.
        assert_eq!(result.mean(), Both { before: Some(62.5), after: Some(50.0) });
        let steps = result.steps();
        let taken: Vec<usize> = (0..STEPS).filter(|step| steps[*step].after > 0).collect();
        assert_eq!(taken, [0, 4, 6, 9], "100 is in the last step");
        assert_eq!(result.moved(), 2);
    }

    #[test]
    fn the_same_scorecards_change_nothing() {
        let same = cards("[[5, 100], [25, 0]]");
        let accounts = [silent(1, 0), silent(2, 9)];
        let (catalog, rates) = (examples::catalog(), Rates::new(Currency::EUR));
        let tracked = TrackedSince::of(&accounts);
        let current = Scoring { cards: &same, catalog: &catalog, rates: &rates, tracked };
        let measured = accounts.each_ref().map(|account| current.measured(account.seen(day("2026-06-30"))));
        let candidates = accounts.iter().zip(&measured).map(|(account, measured)| Candidate {
            seen: account.seen(day("2026-06-30")),
            measured,
            place: Place::default(),
            arr: Amount::from_major(1),
        });
        let result = what_if(&current, &same, candidates);
        assert_eq!((result.changed, result.moves), (Tally::default(), vec![]));
    }
}
