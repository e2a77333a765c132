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
        let work = Work { book, evaluations, seen: &seen };
        let columns = computed.par_iter().chain(fields.par_iter());
        Self {
            columns: columns.map(|column| (column.clone(), work.cells(column))).collect(),
            folded: evaluations.par_iter().map(|evaluation| evaluation.name.to_lowercase()).collect(),
            mrr: evaluations.iter().map(|evaluation| evaluation.journey.mrr).collect(),
            arr: evaluations.iter().map(|evaluation| evaluation.arr).collect(),
            fields,
        }
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
}

impl Work<'_> {
    fn cells(&self, column: &Column) -> Cells {
        match column {
            Column::Name => self.words(|it| Some(&it.name)),
            Column::Owner => self.words(|it| Some(&it.owner)),
            Column::Segment => self.words(|it| Some(&it.segment)),
            Column::Stage => {
                let stages: Vec<&str> = Stage::ALL.map(Stage::key).into_iter().chain(PAYS_NOTHING).collect();
                self.listed(&stages, |it| Some(it.journey.standing.key()))
            }
            Column::Band => self.listed(&Band::ALL.map(Band::key), |it| Some(it.outcome.band.key())),
            Column::Quadrant => {
                self.listed(&Quadrant::ALL.map(Quadrant::key), |it| it.quadrant.map(Quadrant::key))
            }
            Column::Signal => {
                let signals = |it: &Arc<Evaluation>| {
                    let mut keys: Vec<&str> = it.signals.iter().map(|signal| signal.kind.key()).collect();
                    keys.dedup();
                    keys.into_iter().map(Value::from).collect()
                };
                Cells::coded(self.evaluations.iter().map(signals), Places::Count)
            }
            Column::StageSince => self.days(|it| it.journey.current.map(|span| span.since)),
            Column::RenewalOn => self.days(|it| it.journey.next_renewal),
            Column::Plan => self.plans(),
            Column::Customer => self.told(|seen| Some(seen.is_customer().into())),
            Column::Trial => self.told(|seen| Some(seen.is_trialing().into())),
            Column::TenureDays => {
                let tenure = |seen: &Option<Seen<'_>>| {
                    let seen = seen.as_ref()?;
                    Some(float(days_between(seen.customer_since()?, seen.day())))
                };
                Cells::numbers(self.seen.iter().map(tenure))
            }
            Column::Field(name) => {
                let values =
                    self.seen.iter().map(|seen| seen.and_then(|seen| seen.field(name)?.value.as_ref()));
                Cells::of(values.collect())
            }
            number => Cells::numbers(self.evaluations.iter().map(|it| self.number(number, it))),
        }
    }

    /// The columns that are numbers.
    fn number(&self, column: &Column, it: &Evaluation) -> Option<f64> {
        let change = |before: Option<f64>| Some(it.trend.now? - before?);
        match column {
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

    /// A column of words; an empty one is unknown.
    fn words(&self, pick: impl Fn(&Evaluation) -> Option<&String>) -> Cells {
        let word = |it| pick(it).filter(|word| !word.is_empty()).map(|word| word.as_str().into());
        Cells::coded(self.evaluations.iter().map(|it| word(it).into_iter().collect()), Places::Natural)
    }

    /// A column of codes, in the order of a list.
    fn listed(&self, list: &[&str], pick: impl Fn(&Evaluation) -> Option<&'static str>) -> Cells {
        let code = |it: &Arc<Evaluation>| pick(it).map(Value::from).into_iter().collect();
        Cells::coded(self.evaluations.iter().map(code), Places::Listed(list))
    }

    fn days(&self, pick: impl Fn(&Evaluation) -> Option<Day>) -> Cells {
        let day = |it: &Arc<Evaluation>| pick(it).map(Value::Day).into_iter().collect();
        Cells::coded(self.evaluations.iter().map(day), Places::Natural)
    }

    fn told(&self, pick: impl Fn(&Seen<'_>) -> Option<Value>) -> Cells {
        let value = |seen: &Option<Seen<'_>>| seen.as_ref().and_then(&pick).into_iter().collect();
        Cells::coded(self.seen.iter().map(value), Places::Natural)
    }

    fn plans(&self) -> Cells {
        let plans = |seen: &Option<Seen<'_>>| {
            let ids = seen.map(|seen| seen.plans()).unwrap_or_default();
            let plans = ids.into_iter().filter_map(|id| self.book.catalog.plan(id));
            plans.map(|plan| Value::Text(plan.key.clone())).collect()
        };
        Cells::coded(self.seen.iter().map(plans), Places::Natural)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of days")]
fn float(days: i64) -> f64 {
    days as f64
}
