//! What can be asked of accounts, and how many have which value.

use super::{
    cells::Cells,
    columns::Column,
    sheet::{Passing, Sheet},
};
use crate::AppError;
use laer8_domain::values::Value;
use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

/// From more values on, a column is no choice any more.
const FEW: usize = 200;

/// Values listed of a column at most, those of most accounts.
const LISTED: usize = FEW;

/// What shall be told of facets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Facets {
    /// Nothing.
    #[default]
    None,
    /// Those columns, whatever they hold.
    Of(Vec<Column>),
    /// Every column.
    All,
}

/// How a column is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FacetKind {
    /// By choosing among few values.
    Choice,
    /// By a word, of which there are many.
    Text,
    /// By a range of numbers.
    Number,
    /// By a range of days.
    Day,
}

/// A column, and how it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ColumnKind {
    /// The column.
    #[schema(value_type = String, examples("stage"))]
    pub column: Column,
    /// How it is asked for.
    pub kind: FacetKind,
}

/// What can be asked of a column, over the accounts that pass everything else
/// that is asked: so a second value can be added to a first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Facet {
    /// The column.
    #[schema(value_type = String, examples("stage"))]
    pub column: Column,
    /// How it is asked for.
    pub kind: FacetKind,
    /// How many accounts have which value: in the column's own order where it
    /// has one, else those of most accounts first. None for numbers, and for
    /// words of which there are too many unless the column was asked for.
    pub values: Vec<FacetValue>,
    /// How many further values are not listed.
    pub more: usize,
    /// Accounts that have none.
    pub unknown: usize,
    /// The least number or first day.
    #[schema(value_type = Option<laer8_domain::values::TraitValue>)]
    pub least: Option<Value>,
    /// The largest number or last day.
    #[schema(value_type = Option<laer8_domain::values::TraitValue>)]
    pub most: Option<Value>,
}

/// How many accounts have a value.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FacetValue {
    /// The value.
    #[schema(value_type = laer8_domain::values::TraitValue)]
    pub value: Value,
    /// How many.
    pub accounts: usize,
}

impl Sheet {
    /// Every column and how it is asked for, what was worked out before fields
    /// and traits.
    pub(super) fn kinds(&self) -> Vec<ColumnKind> {
        let columns = Column::computed().chain(self.fields().iter().cloned());
        columns
            .filter_map(|column| Some(ColumnKind { kind: kind(self.column(&column).ok()?), column }))
            .collect()
    }

    /// What was asked to be told.
    pub(super) fn facets(&self, wanted: &Facets, passing: &Passing) -> Result<Vec<Facet>, AppError> {
        let all: Vec<Column>;
        let (columns, by_name) = match wanted {
            Facets::None => return Ok(Vec::new()),
            Facets::Of(columns) => (columns, true),
            Facets::All => {
                all = Column::computed().chain(self.fields().iter().cloned()).collect();
                (&all, false)
            }
        };
        let facet = |column: &Column| {
            let cells = self.column(column)?;
            Ok(facet(column, cells, by_name, passing.rows_but_for(column)))
        };
        columns.par_iter().map(facet).collect()
    }
}

fn kind(cells: &Cells) -> FacetKind {
    let distinct = match cells {
        Cells::Numbers(_) => return FacetKind::Number,
        Cells::Coded { distinct, .. } => distinct,
    };
    let are_days = || distinct.iter().flatten().all(|value| matches!(value, Value::Day(_)));
    match distinct.len() {
        0 => FacetKind::Text,
        _ if are_days() => FacetKind::Day,
        1..=FEW => FacetKind::Choice,
        _ => FacetKind::Text,
    }
}

fn facet(column: &Column, cells: &Cells, by_name: bool, rows: impl Iterator<Item = usize>) -> Facet {
    let mut facet = Facet {
        column: column.clone(),
        kind: kind(cells),
        values: Vec::new(),
        more: 0,
        unknown: 0,
        least: None,
        most: None,
    };
    match cells {
        Cells::Numbers(_) => facet.range(cells, rows),
        Cells::Coded { distinct, .. } => {
            let mut counts = vec![0_usize; distinct.len()];
            for row in rows {
                match cells.code(row) {
                    Some(code) => counts[code] += 1,
                    None => facet.unknown += 1,
                }
            }
            facet.count(distinct, &counts, by_name);
        }
    }
    facet
}

impl Facet {
    fn range(&mut self, cells: &Cells, rows: impl Iterator<Item = usize>) {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for row in rows {
            match cells.number(row) {
                Some(number) => (least, most) = (least.min(number), most.max(number)),
                None => self.unknown += 1,
            }
        }
        if least <= most {
            (self.least, self.most) = (Some(Value::Number(least)), Some(Value::Number(most)));
        }
    }

    fn count(&mut self, distinct: &[Vec<Value>], counts: &[usize], by_name: bool) {
        let there = || distinct.iter().zip(counts).filter(|(_, count)| **count > 0);
        if self.kind == FacetKind::Day {
            self.least = there().next().and_then(|(values, _)| values.first().cloned());
            self.most = there().next_back().and_then(|(values, _)| values.first().cloned());
            return;
        }
        if self.kind == FacetKind::Text && !by_name {
            self.more = there().count();
            return;
        }
        let mut values: Vec<FacetValue> = Vec::new();
        if distinct.iter().any(|values| values.len() > 1) {
            // Few sets of few values: an account counts for each of its values.
            for (set, accounts) in there() {
                for value in set {
                    match values.iter_mut().find(|known| known.value == *value) {
                        Some(known) => known.accounts += accounts,
                        None => values.push(FacetValue { value: value.clone(), accounts: *accounts }),
                    }
                }
            }
        } else {
            let mut most: Vec<(&Vec<Value>, usize)> = there().map(|(set, count)| (set, *count)).collect();
            if most.len() > LISTED {
                most.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
                self.more = most.len() - LISTED;
                most.truncate(LISTED);
            }
            let value = |(set, accounts): (&Vec<Value>, usize)| {
                Some(FacetValue { value: set.first()?.clone(), accounts })
            };
            values = most.into_iter().filter_map(value).collect();
        }
        if !has_order(&self.column) {
            values.sort_by_key(|value| std::cmp::Reverse(value.accounts));
        }
        self.values = values;
    }
}

/// Whether a column's values are read in an order of their own.
fn has_order(column: &Column) -> bool {
    matches!(column, Column::Stage | Column::Band | Column::Quadrant | Column::Customer | Column::Trial)
}
