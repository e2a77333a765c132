//! What happened to the revenue, period by period.
//!
//! In every period: opening + new + expansion + reactivation − contraction −
//! churn + exchange = closing, exactly.

use crate::{
    book::{Selection, ends},
    exposure::RateTable,
    ledger::{AccountLedger, Movement},
};
use laer8_domain::{
    days::{Granularity, Window},
    ids::AccountId,
    money::Amount,
};
use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

/// One movement in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
#[schema(as = MovementLine)]
pub struct Line {
    /// How much in all, without sign, in the reporting currency.
    pub amount: Amount,
    /// How many ledger entries.
    pub entries: usize,
    /// How many accounts; one that expands twice counts once.
    pub accounts: usize,
}

/// The movements of one period. Amounts are MRR in the reporting currency.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PeriodMovements {
    /// Which days.
    pub window: Window,
    /// MRR at the end of the day before.
    pub opening: Amount,
    /// Customers for the first time.
    pub new: Line,
    /// Customers that pay more.
    pub expansion: Line,
    /// Customers that came back.
    pub reactivation: Line,
    /// Customers that pay less.
    pub contraction: Line,
    /// Customers that left.
    pub churn: Line,
    /// What exchange rates did; may be negative.
    pub exchange: Amount,
    /// MRR at the end of the last day.
    pub closing: Amount,
    /// Accounts that paid at the opening.
    pub opening_customers: usize,
    /// Accounts that paid at the closing: those at the opening + new +
    /// reactivated − churned.
    pub closing_customers: usize,
    /// New + reactivation.
    pub acquisition: Amount,
    /// Contraction + churn.
    pub attrition: Amount,
    /// (closing − opening) ÷ opening, exchange included; none over nothing.
    pub net_growth: Option<f64>,
    /// (new + expansion + reactivation) ÷ (contraction + churn); none over
    /// nothing.
    pub quick_ratio: Option<f64>,
}

impl PeriodMovements {
    /// The line of one movement.
    #[must_use]
    pub fn line(&self, movement: Movement) -> Line {
        match movement {
            Movement::New => self.new,
            Movement::Expansion => self.expansion,
            Movement::Reactivation => self.reactivation,
            Movement::Contraction => self.contraction,
            Movement::Churn => self.churn,
        }
    }
}

/// The movements of each calendar period of `window`; the first and the last
/// period may be shorter than the others.
#[must_use]
pub fn movements(
    selection: &Selection<'_>,
    window: Window,
    granularity: Granularity,
) -> Vec<PeriodMovements> {
    movements_of(selection, &granularity.split(window))
}

/// The movements of one window as a whole.
#[must_use]
pub fn movements_in(selection: &Selection<'_>, window: Window) -> PeriodMovements {
    let [movements] = <[_; 1]>::try_from(movements_of(selection, &[window])).expect("one window, one answer");
    movements
}

/// What exchange rates did to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ExchangeEffect {
    /// Which.
    pub account: AccountId,
    /// How much its MRR gained or lost, in the reporting currency.
    pub amount: Amount,
}

/// The accounts behind the exchange line of `window`.
#[must_use]
pub fn exchange_effects(selection: &Selection<'_>, window: Window) -> Vec<ExchangeEffect> {
    let table = closings(selection, &[window]);
    let effect = |ledger: &&AccountLedger<'_>| {
        let effect: Amount = exchange_by_period(ledger, &[window], &table).sum();
        (!effect.is_zero()).then(|| ExchangeEffect { account: ledger.account(), amount: effect })
    };
    selection.ledgers().iter().filter(|ledger| ledger.is_exposed()).filter_map(effect).collect()
}

/// The days on which the periods open and close: the opening of the first, then
/// the closing of each.
fn closings<'a>(selection: &Selection<'a>, periods: &[Window]) -> RateTable<'a> {
    let opening = periods.first().map(|first| ends(*first).0);
    RateTable::new(selection, opening.into_iter().chain(periods.iter().map(|window| ends(*window).1)))
}

/// What rates did between the entries: all that changed, less the entries.
fn exchange_by_period(
    ledger: &AccountLedger<'_>,
    periods: &[Window],
    table: &RateTable<'_>,
) -> impl Iterator<Item = Amount> {
    let mut mrr = ledger.mrr_on_days(table);
    let mut opening = mrr.next().unwrap_or_default();
    let span = periods.first().zip(periods.last()).map(|(first, last)| Window::new(first.start, last.end));
    let mut entries = span.map_or(&[][..], |span| ledger.entries_in(span)).iter().peekable();
    periods.iter().zip(mrr).map(move |(window, closing)| {
        let mut moved = Amount::ZERO;
        while let Some(entry) = entries.next_if(|entry| entry.day < window.end) {
            moved += entry.change();
        }
        let effect = closing - opening - moved;
        opening = closing;
        effect
    })
}

/// The sums of one period.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    lines: [Line; 5],
    exchange: Amount,
}

/// The sums of all periods, and where they start.
#[derive(Debug, Clone)]
struct Tallies {
    opening: Amount,
    customers: usize,
    periods: Vec<Tally>,
}

impl Tallies {
    fn new(periods: usize) -> Self {
        Self { opening: Amount::ZERO, customers: 0, periods: vec![Tally::default(); periods] }
    }

    fn count(mut self, ledger: &AccountLedger<'_>, periods: &[Window], table: &RateTable<'_>) -> Self {
        let opening = ledger.mrr_on_days(table).next().unwrap_or_default();
        self.opening += opening;
        self.customers += usize::from(opening.is_positive());
        self.count_entries(ledger, periods);
        if ledger.is_exposed() {
            let effects = exchange_by_period(ledger, periods, table);
            self.periods.iter_mut().zip(effects).for_each(|(tally, effect)| tally.exchange += effect);
        }
        self
    }

    /// Entries and periods are both in order of days: one walk over both.
    fn count_entries(&mut self, ledger: &AccountLedger<'_>, periods: &[Window]) {
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
        let mut counted_in = [None; 5];
        let mut period = 0;
        for entry in ledger.entries_in(Window::new(first.start, last.end)) {
            while entry.day >= periods[period].end {
                period += 1;
            }
            let movement = entry.movement as usize;
            let line = &mut self.periods[period].lines[movement];
            line.amount += entry.amount();
            line.entries += 1;
            if counted_in[movement].replace(period) != Some(period) {
                line.accounts += 1;
            }
        }
    }

    fn merge(mut self, other: &Self) -> Self {
        self.opening += other.opening;
        self.customers += other.customers;
        for (mine, theirs) in self.periods.iter_mut().zip(&other.periods) {
            mine.exchange += theirs.exchange;
            for (mine, theirs) in mine.lines.iter_mut().zip(&theirs.lines) {
                mine.amount += theirs.amount;
                mine.entries += theirs.entries;
                mine.accounts += theirs.accounts;
            }
        }
        self
    }
}

/// `periods` join up: each starts where the one before ends.
fn movements_of(selection: &Selection<'_>, periods: &[Window]) -> Vec<PeriodMovements> {
    let table = closings(selection, periods);
    let tallies = selection
        .ledgers()
        .par_iter()
        .fold(|| Tallies::new(periods.len()), |tallies, ledger| tallies.count(ledger, periods, &table))
        .reduce(|| Tallies::new(periods.len()), |a, b| a.merge(&b));
    let mut opening = tallies.opening;
    let mut customers = tallies.customers;
    let mut answer = Vec::with_capacity(periods.len());
    for (window, tally) in periods.iter().zip(&tallies.periods) {
        let movements = finish(*window, opening, customers, tally);
        opening = movements.closing;
        customers = movements.closing_customers;
        answer.push(movements);
    }
    answer
}

fn finish(window: Window, opening: Amount, customers: usize, tally: &Tally) -> PeriodMovements {
    let [new, expansion, reactivation, contraction, churn] = tally.lines;
    let acquisition = new.amount + reactivation.amount;
    let attrition = contraction.amount + churn.amount;
    let closing = opening + acquisition + expansion.amount - attrition + tally.exchange;
    PeriodMovements {
        window,
        opening,
        new,
        expansion,
        reactivation,
        contraction,
        churn,
        exchange: tally.exchange,
        closing,
        opening_customers: customers,
        closing_customers: (customers + new.entries + reactivation.entries).saturating_sub(churn.entries),
        acquisition,
        attrition,
        net_growth: (closing - opening).ratio_to(opening),
        quick_ratio: (acquisition + expansion.amount).ratio_to(attrition),
    }
}
