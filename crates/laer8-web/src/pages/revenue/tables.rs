//! The tables of revenue: period by period, by what it can be broken down by,
//! and what cohorts kept.

use super::Drawing;
use crate::{
    charts::{Bar, share},
    pages::{Change, count},
};
use laer8_app::{End, Figures};
use laer8_domain::{
    days::{Day, Granularity},
    money::Amount,
};
use laer8_revenue::{cohorts::Cohort, ledger::Movement, movements::PeriodMovements};
use laer8_words::UNDEFINED;

/// Columns of the cohort table.
const COHORT_MONTHS: usize = 24;
/// Cohorts shown, the latest.
const COHORTS: usize = 24;

/// A number of a table, and where it leads: nowhere where it is nothing.
pub(super) struct Number {
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) address: Option<String>,
}

/// A period, with its numbers in the order of the columns.
pub(super) struct PeriodRow {
    pub(super) name: String,
    pub(super) numbers: Vec<Number>,
}

/// What one plan, segment or country pays, and the accounts that do.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) bar: String,
    pub(super) arr: String,
    pub(super) share: String,
    pub(super) accounts: String,
}

pub(super) struct Cell {
    pub(super) class: String,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) address: String,
}

pub(super) struct CohortLine {
    pub(super) month: String,
    pub(super) accounts: String,
    pub(super) start: String,
    /// The entries with which they came.
    pub(super) came: String,
    pub(super) cells: Vec<Cell>,
}

/// The first day of a period and the day after its last; none for all that is shown.
type Days = Option<(Day, Day)>;

fn days(period: &PeriodMovements) -> Days {
    Some((period.window.start, period.window.end))
}

impl Drawing<'_> {
    pub(super) fn has_exchange(&self) -> bool {
        self.view.periods.iter().any(|period| period.exchange != Amount::ZERO)
    }

    /// Whether no amount of the periods has cents: then none are written.
    fn is_whole(&self) -> bool {
        self.view.periods.iter().all(|period| {
            let moved = Movement::ALL.iter().all(|movement| period.line(*movement).amount.is_whole());
            moved && [period.opening, period.closing, period.exchange].iter().all(|amount| amount.is_whole())
        })
    }

    /// What was paid at an end of a period.
    fn paid(&self, amount: Amount, end: End, days: Days) -> Number {
        let text = match self.is_whole() {
            true => self.words.money_whole(self.money(amount)),
            false => self.cents(amount),
        };
        Number { text, class: "", address: Some(self.list(end, days)) }
    }

    /// An amount that may be nothing.
    fn quiet(&self, amount: Amount, text: String, address: String) -> Number {
        match amount {
            Amount::ZERO => Number { text: UNDEFINED.to_owned(), class: "quiet", address: None },
            _ => Number { text, class: "", address: Some(address) },
        }
    }

    /// An amount that adds to another: with its sign.
    fn added(&self, amount: Amount, address: String) -> Number {
        let money = self.money(amount);
        let text = match self.is_whole() {
            true => self.words.signed_money_whole(money),
            false => self.words.signed_money_cents(money),
        };
        self.quiet(amount, text, address)
    }

    fn grown(&self, growth: Option<f64>, days: Days) -> Number {
        let growth = Change::of_ratio(self.words, growth, 1);
        Number { text: growth.text, class: growth.class, address: Some(self.list(End::Either, days)) }
    }

    /// The periods, the latest first: every number with the accounts or the
    /// entries behind it.
    pub(super) fn periods(&self) -> Vec<PeriodRow> {
        let row = |period: &PeriodMovements| {
            let days = days(period);
            let mut numbers = vec![self.paid(period.opening, End::Opening, days)];
            numbers.extend(Movement::ALL.map(|movement| {
                let amount = period.line(movement).amount;
                let amount = if is_gain(movement) { amount } else { -amount };
                self.added(amount, self.moved(movement.key(), days))
            }));
            let exchange = || self.added(period.exchange, self.list(End::Exchange, days));
            numbers.extend(self.has_exchange().then(exchange));
            numbers.push(self.paid(period.closing, End::Closing, days));
            numbers.push(self.grown(period.net_growth, days));
            PeriodRow { name: self.words.month(period.window.start), numbers }
        };
        self.view.periods.iter().rev().map(row).collect()
    }

    /// All periods together.
    pub(super) fn total(&self, figures: &Figures) -> PeriodRow {
        let moved = [
            (figures.new, "new"),
            (figures.expansion, "expansion"),
            (figures.reactivation, "reactivation"),
            (-figures.contraction, "contraction"),
            (-figures.churn, "churn"),
        ];
        let mut numbers = vec![self.paid(figures.opening, End::Opening, None)];
        numbers.extend(moved.map(|(amount, key)| self.added(amount, self.moved(key, None))));
        let exchange = || self.added(figures.exchange, self.list(End::Exchange, None));
        numbers.extend(self.has_exchange().then(exchange));
        numbers.push(self.paid(figures.closing, End::Closing, None));
        numbers.push(self.grown(figures.net_growth, None));
        PeriodRow { name: self.words.say("revenue-total"), numbers }
    }

    /// What the charts draw, the latest period first: MRR, acquisition, attrition.
    pub(super) fn drawn(&self) -> Vec<PeriodRow> {
        let row = |period: &PeriodMovements| {
            let days = days(period);
            let mut numbers = vec![self.paid(period.closing, End::Closing, days)];
            numbers.extend(self.won_and_lost([period.acquisition, period.attrition], days, Self::cents));
            PeriodRow { name: self.words.month(period.window.start), numbers }
        };
        self.view.periods.iter().rev().map(row).collect()
    }

    /// Acquisition and attrition, as `written` writes an amount.
    pub(super) fn won_and_lost(
        &self,
        [won, lost]: [Amount; 2],
        days: Days,
        written: fn(&Self, Amount) -> String,
    ) -> [Number; 2] {
        [(won, "acquisition"), (lost, "attrition")]
            .map(|(amount, key)| self.quiet(amount, written(self, amount), self.moved(key, days)))
    }

    pub(super) fn breakdown(&self) -> Vec<Part> {
        let words = self.words;
        let Some(by) = &self.view.by else { return Vec::new() };
        let most = by.rows.iter().map(|row| row.arr.to_f64()).fold(0.0, f64::max);
        let part = |row: &laer8_revenue::breakdown::Row| Part {
            name: self.group_name(row.key.as_deref()),
            address: self.group(row.key.as_deref()),
            bar: share(&[Bar {
                share: if most > 0.0 { row.arr.to_f64() / most } else { 0.0 },
                class: "plain",
            }]),
            arr: self.short(row.arr),
            share: words.percent(row.share, 1),
            accounts: words.count(count(row.accounts)),
        };
        by.rows.iter().take(12).map(part).collect()
    }

    pub(super) fn cohorts(&self) -> (Vec<CohortLine>, Vec<String>) {
        let words = self.words;
        let Some(cohorts) = &self.view.cohorts else { return (Vec::new(), Vec::new()) };
        let shown = cohorts.iter().rev().take(COHORTS).filter(|cohort| !cohort.points.is_empty());
        let line = |cohort: &Cohort| CohortLine {
            month: words.month(cohort.month),
            accounts: words.count(count(cohort.accounts)),
            start: self.short(cohort.starting_mrr),
            came: self.moved("new", Some((cohort.month, Granularity::Month.next(cohort.month)))),
            cells: cohort
                .points
                .iter()
                .take(COHORT_MONTHS + 1)
                .map(|point| Cell {
                    class: shade(point.net_retained),
                    text: point
                        .net_retained
                        .map_or_else(|| UNDEFINED.to_owned(), |kept| words.number(kept * 100.0, 0)),
                    title: format!("{}: {}", words.day(point.day), self.cents(point.mrr)),
                    address: self.cohort_on(cohort.month, point.day),
                })
                .collect(),
        };
        let lines: Vec<CohortLine> = shown.map(line).collect();
        let columns = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        (lines, (0..columns).map(|month| words.count(count(month))).collect())
    }
}

fn is_gain(movement: Movement) -> bool {
    matches!(movement, Movement::New | Movement::Expansion | Movement::Reactivation)
}

/// The class of a share kept: from nothing to more than all.
fn shade(kept: Option<f64>) -> String {
    let Some(kept) = kept else { return "h-none".to_owned() };
    let step = match kept {
        kept if kept < 0.5 => 0,
        kept if kept < 0.7 => 1,
        kept if kept < 0.85 => 2,
        kept if kept < 0.95 => 3,
        kept if kept < 1.05 => 4,
        kept if kept < 1.2 => 5,
        _ => 6,
    };
    format!("h{step}")
}
