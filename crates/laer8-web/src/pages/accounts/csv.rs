//! The table as CSV: the same accounts, columns and order, all pages of it.

use super::state::State;
use crate::{error::Trouble, request::Asked};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use laer8_app::{AccountRow, AccountsQuery, AccountsView, Column, Facets, Start};
use laer8_domain::values::Value;

/// Exactly what the table shows, all of its pages. What a cell shows in two
/// parts, such as a stage and its delay, are two columns.
pub(crate) async fn csv(asked: Asked) -> Result<Response, Trouble> {
    let state = State::of(&asked)?;
    let query = AccountsQuery { start: Start::default(), limit: None, facets: Facets::None, ..state.query() };
    let view = asked.site.app.accounts(&asked.actor, asked.as_of, &query).await;
    let view = view.map_err(|error| Trouble::of(&asked, &error))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"accounts.csv\""),
    ];
    Ok((headers, written(&state, &view)).into_response())
}

fn written(state: &State, view: &AccountsView) -> String {
    let mut columns = vec![Column::Name];
    for column in &state.columns {
        let beside = match column {
            Column::Stage => Some(Column::OverdueDays),
            Column::Score => Some(Column::Band),
            _ => None,
        };
        let both = std::iter::once(column.clone()).chain(beside);
        columns.extend(both.filter(|it| it == column || !state.columns.contains(it)));
    }
    let has_money = columns.iter().any(|column| matches!(column, Column::Mrr | Column::Arr));
    let mut out = String::from("id");
    for column in &columns {
        out.push(',');
        push_cell(&mut out, column.key());
    }
    out.push_str(if has_money { ",currency\n" } else { "\n" });
    for row in &view.accounts {
        out.push_str(&row.id.to_string());
        for column in &columns {
            out.push(',');
            push_cell(&mut out, &cell(row, column));
        }
        if has_money {
            out.push(',');
            out.push_str(view.currency.code());
        }
        out.push('\n');
    }
    out
}

/// What a program reads: keys rather than names, days as ISO 8601, plain
/// numbers.
fn cell(row: &AccountRow, column: &Column) -> String {
    match column {
        Column::Name => row.name.clone(),
        Column::Mrr => row.mrr.to_string(),
        Column::Arr => row.arr.to_string(),
        Column::OverdueDays => row.overdue_days.map(|days| days.to_string()).unwrap_or_default(),
        Column::Band => row.band.to_owned(),
        other => {
            let values = row.fields.get(other.key()).map(Vec::as_slice).unwrap_or_default();
            values.iter().map(plain).collect::<Vec<_>>().join("; ")
        }
    }
}

/// A number has four decimals at most, and no more than it needs.
fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => {
            let text = format!("{number:.4}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => other.to_string(),
    }
}

/// A cell as CSV has it. What a spreadsheet would take for a formula is
/// marked as text.
fn push_cell(out: &mut String, text: &str) {
    let is_number = text.parse::<f64>().is_ok();
    let guarded = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if !is_number => format!("'{text}"),
        _ => text.to_owned(),
    };
    if guarded.contains(['"', ',', '\n', '\r']) {
        out.push('"');
        out.push_str(&guarded.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&guarded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        push_cell(&mut out, text);
        out
    }

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_signs() {
        assert_eq!(written("Nordkap, Ltd"), "\"Nordkap, Ltd\"");
        assert_eq!(written("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(written("-12.5"), "-12.5");
    }

    #[test]
    fn a_number_has_the_decimals_that_it_needs() {
        for (number, text) in [(12.0, "12"), (0.5, "0.5"), (-2.34567, "-2.3457"), (100.0, "100")] {
            assert_eq!(plain(&Value::Number(number)), text);
        }
    }
}
