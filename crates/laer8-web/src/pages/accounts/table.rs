//! The rows of the table, in the columns that were chosen.

use super::{
    columns::heading,
    state::{PATH, State},
};
use crate::{
    pages::{Change, Health, count, short_name},
    request::Asked,
};
use laer8_app::{AccountRow, AccountsView, Column, ColumnKind, FacetKind, Sort};
use laer8_domain::{
    money::{Amount, Money},
    values::Value,
};
use laer8_words::{Arg, Term, UNDEFINED, Words};

pub(super) struct Heading {
    pub(super) name: String,
    pub(super) address: String,
    /// `ascending`, `descending` or `none`.
    pub(super) sorted: &'static str,
    pub(super) right: bool,
}

pub(super) struct Row {
    pub(super) name: String,
    pub(super) address: String,
    /// Unless it has a column of its own.
    pub(super) segment: Option<String>,
    pub(super) cells: Vec<Cell>,
}

/// What stands in a cell.
pub(super) enum Cell {
    Text {
        class: &'static str,
        text: String,
    },
    /// A stage, and its delay in short and in words.
    Stage {
        text: String,
        late: String,
        overdue: String,
    },
    Health(Health),
    /// Signals: the first, how many more, and all of them.
    Signals {
        first: String,
        more: String,
        all: String,
    },
}

/// How the columns of a view are read.
pub(super) struct Kinds<'v>(&'v [ColumnKind]);

impl<'v> Kinds<'v> {
    pub(super) fn new(kinds: &'v [ColumnKind]) -> Self {
        Self(kinds)
    }

    /// Whether a column is figures, which stand to the right.
    fn is_figures(&self, column: &Column) -> bool {
        let kind = self.0.iter().find(|it| it.column == *column).map(|it| it.kind);
        matches!(kind, Some(FacetKind::Number | FacetKind::Day)) && *column != Column::Score
    }
}

pub(super) fn headings(asked: &Asked, state: &State, kinds: &Kinds<'_>) -> Vec<Heading> {
    let columns = std::iter::once(&Column::Name).chain(&state.columns);
    let head = |column: &Column| {
        let is_current = *column == state.sort.by;
        // Figures are asked for from the largest, words and coming days from the first.
        let is_first_down = match column {
            Column::RenewalOn | Column::RenewalDays => false,
            Column::Score | Column::Signal => true,
            other => kinds.is_figures(other),
        };
        let descending = if is_current { !state.sort.descending } else { is_first_down };
        let sort = Sort { by: column.clone(), descending };
        Heading {
            name: heading(asked.words, column),
            address: state.base.with("sort", &sort.key()).address(PATH),
            sorted: match (is_current, state.sort.descending) {
                (false, _) => "none",
                (true, true) => "descending",
                (true, false) => "ascending",
            },
            right: kinds.is_figures(column),
        }
    };
    columns.map(head).collect()
}

pub(super) fn row(
    asked: &Asked,
    state: &State,
    kinds: &Kinds<'_>,
    view: &AccountsView,
    row: &AccountRow,
) -> Row {
    let words = asked.words;
    let segment =
        (!state.columns.contains(&Column::Segment)).then(|| words.name(Term::Segment, &row.segment));
    Row {
        name: if row.name.is_empty() { format!("#{}", row.id) } else { row.name.clone() },
        address: asked.link(&format!("/accounts/{}", row.id)),
        segment,
        cells: state.columns.iter().map(|column| cell(words, kinds, view, row, column)).collect(),
    }
}

fn cell(words: Words, kinds: &Kinds<'_>, view: &AccountsView, row: &AccountRow, column: &Column) -> Cell {
    let figures = |text: String| Cell::Text { class: "r", text };
    let money = |amount: Amount| figures(words.money_whole(Money { amount, currency: view.currency }));
    let points = |points: Option<f64>| {
        let change = Change::of_points(words, points, 0);
        let class = match change.class {
            "t-healthy" => "r t-healthy",
            "t-risk" => "r t-risk",
            _ => "r quiet",
        };
        Cell::Text { class, text: change.text }
    };
    let percent = |percent: Option<f64>| figures(words.percent(percent.map(|percent| percent / 100.0), 0));
    match column {
        Column::Stage => {
            let said = |key: &str| {
                row.overdue_days
                    .map(|days| words.say_with(key, &[("days", Arg::Count(days))]))
                    .unwrap_or_default()
            };
            let (late, overdue) = (said("table-late"), said("journey-overdue-days"));
            Cell::Stage { text: words.name(Term::Standing, row.standing), late, overdue }
        }
        Column::Score => Cell::Health(Health::of(words, row)),
        Column::Change30 => points(row.change_30),
        Column::Change90 => points(row.change_90),
        Column::Mrr => money(row.mrr),
        Column::Arr => money(row.arr),
        Column::Potential => percent(row.potential),
        Column::Works => percent(row.works),
        Column::Coverage => percent(Some(row.coverage * 100.0)),
        Column::RenewalOn if row.renewal_on.is_none() && row.mrr.is_positive() => {
            figures(words.say("renewal-any-day"))
        }
        Column::Owner => Cell::Text { class: "", text: short_name(&row.owner) },
        Column::Signal => {
            let names: Vec<String> = row.signals.iter().map(|it| words.name(Term::Signal, it)).collect();
            Cell::Signals {
                more: if names.len() > 1 { format!("+{}", names.len() - 1) } else { String::new() },
                all: names.join(", "),
                first: names.into_iter().next().unwrap_or_default(),
            }
        }
        other => {
            let values = row.fields.get(other.key()).map(Vec::as_slice).unwrap_or_default();
            let class = if kinds.is_figures(other) { "r" } else { "" };
            Cell::Text { class, text: listed(words, other, values) }
        }
    }
}

fn listed(words: Words, column: &Column, values: &[Value]) -> String {
    if values.is_empty() {
        return UNDEFINED.to_owned();
    }
    let said = values.iter().map(|value| laer8_phrases::facet_value(words, column.key(), value));
    said.collect::<Vec<_>>().join(", ")
}

/// What all accounts that were found add up to, under their columns.
pub(super) fn totals(asked: &Asked, state: &State, kinds: &Kinds<'_>, view: &AccountsView) -> Vec<Cell> {
    let words = asked.words;
    let money = |amount: Amount| words.money_whole(Money { amount, currency: view.currency });
    let total = |column: &Column| {
        let text = match column {
            Column::Mrr => money(view.mrr),
            Column::Arr => money(view.arr),
            Column::Seats => words.count(i64::try_from(view.seats).unwrap_or(i64::MAX)),
            Column::Customer => words.count(count(view.customers)),
            Column::Score => view.mean_score.map_or_else(String::new, |mean| {
                words.say_with("table-mean", &[("mean", Arg::Text(&words.number(mean, 0)))])
            }),
            _ => String::new(),
        };
        Cell::Text { class: if kinds.is_figures(column) { "r" } else { "" }, text }
    };
    state.columns.iter().map(total).collect()
}
