//! What an account holds in other currencies, and many conversions at once.

use crate::{book::Selection, ledger::AccountLedger, state::Totals};
use laer8_domain::{
    days::Day,
    exchange::{NoRate, Rates},
    money::{Amount, Currency, Money},
};
use rayon::prelude::*;
use std::ops::Range;

/// An amount held in one currency from a day on.
#[derive(Debug, Clone, Copy)]
struct Held {
    from: Day,
    mrr: Money,
}

/// What is held in each currency, from the first day with revenue in another
/// than the reporting one. Empty for most accounts: their entries say it all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exposure(Vec<Held>);

impl Exposure {
    /// From `day` on, an account holds `totals`. Days come in order.
    pub(crate) fn record(&mut self, from: Day, totals: &Totals, reporting: Currency) {
        if self.0.is_empty() && !totals.is_foreign(reporting) {
            return;
        }
        let length = self.0.len();
        self.0.extend(totals.revenue().map(|mrr| Held { from, mrr }));
        if self.0.len() == length {
            self.0.push(Held { from, mrr: Money { amount: Amount::ZERO, currency: reporting } });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is held at the end of `day`; none before the first other currency.
    pub(crate) fn on(&self, day: Day) -> Option<impl Iterator<Item = Money>> {
        let until = self.0.partition_point(|held| held.from <= day);
        let from = self.0[..until].last()?.from;
        Some(self.0[..until].iter().rev().take_while(move |held| held.from == from).map(|held| held.mrr))
    }

    /// Moves `run` on to what is held at the end of `day`. Days come in order,
    /// and the run is empty to begin with.
    pub(crate) fn advance(&self, run: &mut Range<usize>, day: Day) {
        while let Some(held) = self.0.get(run.end)
            && held.from <= day
        {
            if self.0[run.start].from != held.from {
                run.start = run.end;
            }
            run.end += 1;
        }
    }

    /// What a run holds, on the day at `index` of `table`.
    pub(crate) fn convert(&self, run: Range<usize>, table: &RateTable<'_>, index: usize) -> Amount {
        self.0[run].iter().map(|held| table.convert(held.mrr, index)).sum()
    }

    /// Adds the currencies that are held at any time.
    fn note_currencies(&self, currencies: &mut Vec<Currency>) {
        for held in &self.0 {
            if !currencies.contains(&held.mrr.currency) {
                currencies.push(held.mrr.currency);
            }
        }
    }
}

/// The currencies other than the reporting one that any of `ledgers` holds at
/// any time, in alphabetical order.
pub(crate) fn currencies(ledgers: &[AccountLedger<'_>], reporting: Currency) -> Vec<Currency> {
    let mut currencies = ledgers
        .par_iter()
        .fold(Vec::new, |mut currencies, ledger| {
            ledger.exposure().note_currencies(&mut currencies);
            currencies
        })
        .reduce(Vec::new, |a, b| [a, b].concat());
    currencies.sort_unstable();
    currencies.dedup();
    currencies.retain(|currency| *currency != reporting);
    currencies
}

/// Days of a report, with the rate of each currency on each of them: looked up
/// once, not once for each account.
#[derive(Debug)]
pub(crate) struct RateTable<'a> {
    days: Vec<Day>,
    currencies: &'a [Currency],
    /// For each day one rate for each currency; none where it has none yet.
    rates: Vec<Option<i64>>,
}

/// In units of a billionth, as [`Rates`] keeps them.
const RATE_SCALE: i64 = 1_000_000_000;

impl<'a> RateTable<'a> {
    /// For `days` in order; those after the day of the view count as that day.
    pub(crate) fn new(selection: &Selection<'a>, days: impl IntoIterator<Item = Day>) -> Self {
        let currencies = selection.currencies();
        let days: Vec<Day> = days.into_iter().map(|day| day.min(selection.known())).collect();
        let rates = days
            .iter()
            .flat_map(|day| currencies.iter().map(|currency| rate(selection.rates(), *currency, *day).ok()))
            .collect();
        Self { days, currencies, rates }
    }

    pub(crate) fn days(&self) -> &[Day] {
        &self.days
    }

    /// The same as [`Rates::convert`] on the day at `index`.
    fn convert(&self, money: Money, index: usize) -> Amount {
        let Some(column) = self.currencies.iter().position(|currency| *currency == money.currency) else {
            return money.amount;
        };
        let rate = self.rates[index * self.currencies.len() + column];
        let rate = rate.expect("the ledger was written with a rate on an earlier day");
        money.amount.scaled(rate, RATE_SCALE).unwrap_or_default()
    }
}

/// The rate in billionths: what a billion of the smallest units become.
fn rate(rates: &Rates, currency: Currency, day: Day) -> Result<i64, NoRate> {
    let billion = Money { amount: Amount::from_ten_thousandths(RATE_SCALE), currency };
    rates.convert(billion, day).map(Amount::ten_thousandths)
}
