//! Which columns the table has, and in which order.

use super::state::{PATH, State, grouped, usual_columns};
use crate::{query::Query, request::Asked};
use laer8_app::{AccountsView, Column};
use laer8_words::{Term, Words};

/// The menu in which columns are chosen.
pub(super) struct Chooser {
    pub(super) open: bool,
    /// What the address asks for besides.
    pub(super) kept: Vec<(String, String)>,
    /// The columns that are shown, in order.
    pub(super) shown: Vec<Shown>,
    /// Those that can be added.
    pub(super) others: Vec<(String, Vec<(String, String)>)>,
    /// The table with its usual columns.
    pub(super) reset: Option<String>,
}

/// A column that is shown.
pub(super) struct Shown {
    pub(super) key: String,
    pub(super) name: String,
    /// The table with it one place earlier, and later.
    pub(super) earlier: Option<String>,
    pub(super) later: Option<String>,
}

impl Chooser {
    pub(super) fn new(asked: &Asked, state: &State, view: &AccountsView) -> Self {
        let words = asked.words;
        let rest = state.base.without("col");
        let moved = |from: usize, to: usize| {
            let mut columns = state.columns.clone();
            columns.swap(from, to);
            let query = columns.iter().fold(rest.clone(), |query, column| query.and("col", column.key()));
            query.and("panel", "columns").address(PATH)
        };
        let last = state.columns.len() - 1;
        let shown = state.columns.iter().enumerate().map(|(position, column)| Shown {
            key: column.key().to_owned(),
            name: name(words, column),
            earlier: (position > 0).then(|| moved(position, position - 1)),
            later: (position < last).then(|| moved(position, position + 1)),
        });
        let is_other = |column: &Column| *column != Column::Name && !state.columns.contains(column);
        let others = grouped(view.columns.iter().map(|it| it.column.clone()).filter(is_other));
        let named = |column: Column| (column.key().to_owned(), name(words, &column));
        let others = others
            .into_iter()
            .map(|(group, columns)| (words.say(group), columns.into_iter().map(named).collect()));
        let is_usual = state.columns == usual_columns();
        Self {
            open: asked.query.get("panel") == Some("columns"),
            kept: rest.pairs().to_vec(),
            shown: shown.collect(),
            others: others.collect(),
            reset: (!is_usual).then(|| reset(&rest)),
        }
    }
}

fn reset(rest: &Query) -> String {
    rest.and("panel", "columns").address(PATH)
}

/// What a column is called where there is room.
pub(super) fn name(words: Words, column: &Column) -> String {
    words.name(Term::Field, column.key())
}

/// What a column is called above the table.
pub(super) fn heading(words: Words, column: &Column) -> String {
    match column {
        Column::Name => words.say("column-account"),
        Column::Score => words.say("column-health"),
        Column::Change30 => words.say("column-trend"),
        Column::Change90 => words.say("table-column-change-90"),
        Column::Potential => words.say("web-column-potential"),
        Column::Coverage => words.say("table-column-coverage"),
        Column::TenureDays => words.say("table-column-tenure"),
        other => name(words, other),
    }
}
