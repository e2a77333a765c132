//! The book as a sheet: a column for everything that can be asked of an
//! account, worked out once and kept with the book.

use super::{
    cells::{Cells, Places},
    columns::Column,
};
use crate::{AppError, book::Book, evaluation::Evaluation};
use laer8_domain::{
    accounts::fields,
    conditions::Condition,
    days::{Day, days_between},
    history::Seen,
    money::Amount,
    values::Value,
};
use laer8_health::score::Band;
use laer8_journey::{matrix::Quadrant, stages::Stage};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{collections::BTreeSet, sync::Arc};

/// The standings after those of customers, in the order in which lists have
/// them.
const PAYS_NOTHING: [&str; 3] = ["trial", "prospect", "former"];

/// All columns, each with a cell for every account, in the accounts' order.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    columns: FxHashMap<Column, Cells>,
    /// Fields and traits, by name.
    fields: Vec<Column>,
    /// Names as a search compares them.
    folded: Vec<String>,
    pub(super) mrr: Vec<Amount>,
    pub(super) arr: Vec<Amount>,
}

/// The accounts that pass, and which came near.
#[derive(Debug, Clone)]
pub(super) struct Passing {
    /// The columns that conditions are on.
    asked: Vec<Column>,
    /// For each account 0 where it passes, the number of the one column that
    /// it fails by (from 1), or [`FAR`].
    states: Vec<u16>,
}

/// An account that fails by several columns.
const FAR: u16 = u16::MAX;

impl Passing {
    /// The positions of the accounts that pass.
    pub(super) fn rows(&self) -> Vec<u32> {
        (0_u32..).zip(&self.states).filter(|(_, state)| **state == 0).map(|(row, _)| row).collect()
    }

    /// The positions of the accounts that pass but for what is asked of
    /// `column`.
    pub(super) fn rows_but_for(&self, column: &Column) -> impl Iterator<Item = usize> + '_ {
        let own = self.asked.iter().position(|asked| asked == column).and_then(number);
        let passes = move |state: u16| state == 0 || Some(state) == own;
        self.states.iter().enumerate().filter(move |(_, state)| passes(**state)).map(|(row, _)| row)
    }
}

/// The number by which a column is told in the states.
fn number(position: usize) -> Option<u16> {
    u16::try_from(position + 1).ok().filter(|number| *number != FAR)
}

impl Sheet {
    pub(crate) fn of(book: &Book, evaluations: &[Arc<Evaluation>]) -> Self {
        let seen: Vec<Option<Seen<'_>>> = evaluations
            .par_iter()
            .map(|evaluation| Some(book.history(evaluation.account)?.seen(book.day())))
            .collect();
        let computed: Vec<Column> = Column::computed().collect();
        let mut names: FxHashSet<&str> = book
            .histories
            .iter()
            .flat_map(|history| &history.fields)
            .map(|fact| fact.field.as_str())
            .collect();
        names.extend(fields::BUILT_IN);
        let names: BTreeSet<&str> = names.into_iter().collect();
        let fields: Vec<Column> = names
            .into_iter()
            .map(Column::from_key)
            .filter(|column| matches!(column, Column::Field(_)))
            .collect();
        let work = Work::new(book, evaluations, &seen);
        let columns = computed.par_iter().chain(fields.par_iter());
        Self {
            columns: columns.map(|column| (column.clone(), work.cells(column))).collect(),
            folded: evaluations.par_iter().map(|evaluation| evaluation.name.to_lowercase()).collect(),
            mrr: evaluations.iter().map(|evaluation| evaluation.journey.mrr).collect(),
            arr: evaluations.iter().map(|evaluation| evaluation.arr).collect(),
            fields,
        }
    }

    /// What is worked out for one account, anew; its fields must be as they
    /// were. The facts of `book` must be the new ones already.
    pub(crate) fn work_out_again(&mut self, book: &Book, evaluation: &Arc<Evaluation>, row: usize) {
        let seen = [book.history(evaluation.account).map(|history| history.seen(book.day()))];
        let work = Work::new(book, std::slice::from_ref(evaluation), &seen);
        for column in Column::computed() {
            let Some(cells) = self.columns.get_mut(&column) else { continue };
            match work.kind(&column) {
                Some(places) => cells.set(row, work.values(&column, 0), places),
                None => cells.set_number(row, work.number(&column, 0)),
            }
        }
        self.folded[row] = evaluation.name.to_lowercase();
        self.mrr[row] = evaluation.journey.mrr;
        self.arr[row] = evaluation.arr;
    }

    /// The fields and traits that any account ever had.
    pub(super) fn fields(&self) -> &[Column] {
        &self.fields
    }

    /// A column. One that no account has is a slip of the pen, not an empty
    /// answer.
    pub(super) fn column(&self, column: &Column) -> Result<&Cells, AppError> {
        self.columns.get(column).ok_or_else(|| self.no_column(column.key()))
    }

    fn no_column(&self, name: &str) -> AppError {
        let known: BTreeSet<&str> = self.columns.keys().map(Column::key).collect();
        let known: Vec<&str> = known.into_iter().collect();
        let hint = format!("; there are {}", known.join(", "));
        AppError::NotFound { kind: "field", name: name.to_owned(), hint }
    }

    /// The accounts for which every condition holds and whose name contains
    /// what is searched for.
    pub(super) fn passing(&self, conditions: &[Condition], search: &str) -> Result<Passing, AppError> {
        let mut by_column: Vec<(Column, Vec<&Condition>)> = Vec::new();
        for condition in conditions {
            let column = Column::from_key(&condition.facet);
            match by_column.iter_mut().find(|(other, _)| *other == column) {
                Some((_, conditions)) => conditions.push(condition),
                None => by_column.push((column, vec![condition])),
            }
        }
        let mut states = vec![0_u16; self.folded.len()];
        for (position, (column, conditions)) in by_column.iter().enumerate() {
            let own = number(position).unwrap_or(FAR);
            let cells = self.column(column)?;
            cells.fail(conditions, |row| states[row] = if states[row] == 0 { own } else { FAR });
        }
        let search = search.trim().to_lowercase();
        if !search.is_empty() {
            let pairs = states.iter_mut().zip(&self.folded);
            pairs.filter(|(_, name)| !name.contains(&search)).for_each(|(state, _)| *state = FAR);
        }
        Ok(Passing { asked: by_column.into_iter().map(|(column, _)| column).collect(), states })
    }
}

/// What columns are worked out from.
struct Work<'a> {
    book: &'a Book,
    evaluations: &'a [Arc<Evaluation>],
    seen: &'a [Option<Seen<'a>>],
    /// The stages and standings, in the order in which lists have them.
    standings: Vec<&'static str>,
    bands: [&'static str; Band::ALL.len()],
    quadrants: [&'static str; Quadrant::ALL.len()],
}

impl<'a> Work<'a> {
    fn new(book: &'a Book, evaluations: &'a [Arc<Evaluation>], seen: &'a [Option<Seen<'a>>]) -> Self {
        Self {
            book,
            evaluations,
            seen,
            standings: Stage::ALL.map(Stage::key).into_iter().chain(PAYS_NOTHING).collect(),
            bands: Band::ALL.map(Band::key),
            quadrants: Quadrant::ALL.map(Quadrant::key),
        }
    }
}

impl Work<'_> {
    fn cells(&self, column: &Column) -> Cells {
        let rows = 0..self.evaluations.len();
        if let Column::Field(name) = column {
            let values = self.seen.iter().map(|seen| seen.and_then(|seen| seen.field(name)?.value.as_ref()));
            return Cells::of(values.collect());
        }
        match self.kind(column) {
            Some(places) => Cells::coded(rows.map(|row| self.values(column, row)), places),
            None => Cells::numbers(rows.map(|row| self.number(column, row))),
        }
    }

    /// In which order the values of a column that is worked out stand; none for
    /// numbers.
    fn kind(&self, column: &Column) -> Option<Places<'_>> {
        Some(match column {
            Column::Name
            | Column::Owner
            | Column::Segment
            | Column::StageSince
            | Column::RenewalOn
            | Column::Plan
            | Column::Customer
            | Column::Trial
            | Column::Field(_) => Places::Natural,
            Column::Stage => Places::Listed(&self.standings),
            Column::Band => Places::Listed(&self.bands),
            Column::Quadrant => Places::Listed(&self.quadrants),
            Column::Signal => Places::Count,
            _ => return None,
        })
    }

    /// The values of an account in a column that is worked out and holds no
    /// numbers.
    fn values(&self, column: &Column, row: usize) -> Vec<Value> {
        let it = &self.evaluations[row];
        // An empty word is unknown.
        let word = |word: &str| (!word.is_empty()).then(|| Value::from(word));
        let day = |day: Option<Day>| day.map(Value::Day);
        let one = match column {
            Column::Name => word(&it.name),
            Column::Owner => word(&it.owner),
            Column::Segment => word(&it.segment),
            Column::Stage => word(it.journey.standing.key()),
            Column::Band => word(it.outcome.band.key()),
            Column::Quadrant => it.quadrant.and_then(|quadrant| word(quadrant.key())),
            Column::StageSince => day(it.journey.current.map(|span| span.since)),
            Column::RenewalOn => day(it.journey.next_renewal),
            Column::Customer => self.seen[row].map(|seen| seen.is_customer().into()),
            Column::Trial => self.seen[row].map(|seen| seen.is_trialing().into()),
            Column::Signal => {
                let mut keys: Vec<&str> = it.signals.iter().map(|signal| signal.kind.key()).collect();
                keys.dedup();
                return keys.into_iter().map(Value::from).collect();
            }
            Column::Plan => return self.plans(row),
            _ => None,
        };
        one.into_iter().collect()
    }

    /// The number of an account in a column of numbers.
    fn number(&self, column: &Column, row: usize) -> Option<f64> {
        let it = &self.evaluations[row];
        let change = |before: Option<f64>| Some(it.trend.now? - before?);
        match column {
            Column::TenureDays => {
                let seen = self.seen[row].as_ref()?;
                Some(float(days_between(seen.customer_since()?, seen.day())))
            }
            Column::OverdueDays => it.journey.current?.overdue_days.map(float),
            Column::Score => it.outcome.score,
            Column::Coverage => Some(it.outcome.coverage),
            Column::Change30 => change(it.trend.days_30_ago),
            Column::Change90 => change(it.trend.days_90_ago),
            Column::Mrr => Some(it.journey.mrr.to_f64()),
            Column::Arr => Some(it.arr.to_f64()),
            Column::Seats => it.seats.map(f64::from),
            Column::RenewalDays => {
                it.journey.next_renewal.map(|day| float(days_between(self.book.day(), day)))
            }
            Column::Potential => it.potential.as_ref().map(|potential| potential.percent),
            Column::Works => it.works.as_ref().map(|works| works.percent),
            _ => None,
        }
    }

    fn plans(&self, row: usize) -> Vec<Value> {
        let ids = self.seen[row].map(|seen| seen.plans()).unwrap_or_default();
        let plans = ids.into_iter().filter_map(|id| self.book.catalog.plan(id));
        plans.map(|plan| Value::Text(plan.key.clone())).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of days")]
fn float(days: i64) -> f64 {
    days as f64
}
