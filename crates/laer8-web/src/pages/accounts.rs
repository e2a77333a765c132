//! The accounts: the table that people work in.

use super::{Change, Health, shown};
use crate::{error::Trouble, frame::Frame, query::Query, request::Asked};
use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use laer8_app::{AccountRow, AccountsView, Filter};
use laer8_domain::{
    conditions::Condition,
    money::{Amount, Money},
};
use laer8_words::{Arg, Term, UNDEFINED, Words};
use std::{cmp::Ordering, collections::BTreeSet};

/// Rows on a page.
const ROWS: usize = 50;

/// The columns by which the table can be sorted.
const COLUMNS: [(&str, &str, bool); 10] = [
    ("name", "column-account", false),
    ("stage", "column-stage", false),
    ("score", "column-health", true),
    ("change", "column-trend", true),
    ("mrr", "column-mrr", true),
    ("seats", "web-column-seats", true),
    ("renewal", "column-renewal", true),
    ("potential", "web-column-potential", true),
    ("signals", "column-signals", true),
    ("owner", "column-owner", false),
];

struct Heading {
    name: String,
    address: String,
    /// `ascending`, `descending` or `none`.
    sorted: &'static str,
    right: bool,
}

struct Chip {
    text: String,
    without: String,
}

struct Choice {
    name: String,
    options: Vec<(String, String)>,
}

struct Row {
    name: String,
    address: String,
    segment: String,
    stage: String,
    overdue: String,
    health: Health,
    change: Change,
    mrr: String,
    seats: String,
    renewal: String,
    potential: String,
    signals: Vec<String>,
    owner: String,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct Page {
    frame: Frame,
    sub: String,
    headings: Vec<Heading>,
    chips: Vec<Chip>,
    choices: Vec<Choice>,
    asked_for: Vec<(String, String)>,
    typed: String,
    rows: Vec<Row>,
    total: String,
    total_mrr: String,
    csv: String,
    previous: Option<String>,
    next: Option<String>,
    place: String,
    clear: Option<String>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let (view, conditions) = found(&asked).await?;
    let words = asked.words;
    let pages = view.accounts.len().div_ceil(ROWS).max(1);
    let page = asked.query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages);
    let rows = view.accounts.iter().skip((page - 1) * ROWS).take(ROWS).map(|row| draw(&asked, &view, row));
    let place = words.say_with("web-page-of", &[("page", Arg::from(page)), ("pages", Arg::from(pages))]);
    let turn = |page: usize| asked.query.with("page", &page.to_string()).address("/accounts");
    let title = words.say("web-accounts");
    let whole = view.accounts.iter().map(|row| row.arr).sum::<Amount>();
    let money = |amount| Money { amount, currency: view.currency };
    let sub = words.say_with(
        "accounts-paying",
        &[
            ("accounts", Arg::from(view.accounts.len())),
            ("customers", Arg::from(view.customers)),
            ("arr", Arg::Text(&words.money_short(money(whole)))),
        ],
    );
    let is_filtered = !conditions.is_empty() || asked.query.get("q").is_some();
    let page = Page {
        frame: Frame::new(&asked, "/accounts", title, view.as_of),
        sub,
        headings: headings(&asked),
        chips: chips(&asked, &conditions),
        choices: choices(words, &view),
        asked_for: asked
            .query
            .without("page")
            .pairs()
            .iter()
            .filter(|(key, _)| key != "q")
            .cloned()
            .collect(),
        typed: asked.query.get("q").unwrap_or_default().to_owned(),
        rows: rows.collect(),
        total: words.say_with("accounts-count", &[("count", Arg::from(view.accounts.len()))]),
        total_mrr: words.money_whole(money(view.mrr)),
        csv: asked.query.without("page").address("/accounts.csv"),
        previous: (page > 1).then(|| turn(page - 1)),
        next: (page < pages).then(|| turn(page + 1)),
        place,
        clear: is_filtered.then(|| asked.link("/accounts")),
    };
    shown(&asked, &page)
}

/// The accounts that the address asks for, in its order.
async fn found(asked: &Asked) -> Result<(AccountsView, Vec<(String, Condition)>), Trouble> {
    let wanted = asked.query.pairs().iter().filter(|(key, _)| key == "where");
    let mut conditions = Vec::new();
    for (_, text) in wanted {
        let condition = laer8_phrases::parse(text).map_err(|said| Trouble::bad(asked.clone(), said))?;
        conditions.push((text.clone(), condition));
    }
    let filter = Filter { conditions: conditions.iter().map(|(_, condition)| condition.clone()).collect() };
    let view = asked.site.app.accounts(&asked.actor, asked.as_of, &filter).await;
    let mut view = view.map_err(|error| Trouble::of(asked, &error))?;
    if let Some(name) = asked.query.get("q") {
        let name = name.to_lowercase();
        view.accounts.retain(|row| row.name.to_lowercase().contains(&name));
        view.mrr = view.accounts.iter().map(|row| row.mrr).sum();
        view.customers = view.accounts.iter().filter(|row| row.mrr.is_positive()).count();
    }
    sort(&mut view.accounts, asked.query.get("sort").unwrap_or("-mrr"));
    Ok((view, conditions))
}

fn sort(rows: &mut [AccountRow], by: &str) {
    let (key, down) = by.strip_prefix('-').map_or((by, false), |key| (key, true));
    let number = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        // What is unknown stands last, whichever way.
        (None, None) => Ordering::Equal,
        (None, Some(_)) => {
            if down {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        (Some(_), None) => {
            if down {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
    };
    let name = |a: &AccountRow, b: &AccountRow| a.name.to_lowercase().cmp(&b.name.to_lowercase());
    let order = |a: &AccountRow, b: &AccountRow| match key {
        "name" => name(a, b),
        "stage" => stage_place(a).cmp(&stage_place(b)),
        "score" => number(a.score, b.score),
        "change" => number(a.change_30, b.change_30),
        "seats" => number(a.seats.map(f64::from), b.seats.map(f64::from)),
        "renewal" => {
            let days = |row: &AccountRow| row.renewal_on.map(|day| f64::from(chrono_days(day)));
            number(days(a), days(b))
        }
        "potential" => number(a.potential, b.potential),
        "signals" => a.signals.len().cmp(&b.signals.len()),
        "owner" => a.owner.cmp(&b.owner),
        _ => a.mrr.cmp(&b.mrr),
    };
    rows.sort_by(|a, b| {
        let order = order(a, b);
        let order = if down { order.reverse() } else { order };
        order.then_with(|| name(a, b)).then(a.id.cmp(&b.id))
    });
}

fn chrono_days(day: laer8_domain::days::Day) -> i32 {
    let epoch = laer8_domain::days::Day::default();
    i32::try_from((day - epoch).num_days()).unwrap_or(i32::MAX)
}

fn stage_place(row: &AccountRow) -> usize {
    ["land", "adopt", "expand", "renew", "trial", "prospect", "former"]
        .iter()
        .position(|standing| *standing == row.standing)
        .unwrap_or(usize::MAX)
}

fn headings(asked: &Asked) -> Vec<Heading> {
    let by = asked.query.get("sort").unwrap_or("-mrr");
    let (current, down) = by.strip_prefix('-').map_or((by, false), |key| (key, true));
    let heading = |(key, name, right): (&str, &str, bool)| {
        let is_current = key == current;
        // Numbers are asked for from the largest, words from the first.
        let next_down = if is_current { !down } else { right && key != "renewal" };
        let sort = if next_down { format!("-{key}") } else { key.to_owned() };
        Heading {
            name: asked.words.say(name),
            address: asked.query.without("page").with("sort", &sort).address("/accounts"),
            sorted: match (is_current, down) {
                (false, _) => "none",
                (true, true) => "descending",
                (true, false) => "ascending",
            },
            right: right && key != "score" && key != "signals",
        }
    };
    COLUMNS.into_iter().map(heading).collect()
}

fn chips(asked: &Asked, conditions: &[(String, Condition)]) -> Vec<Chip> {
    let chip = |(typed, condition): &(String, Condition)| {
        let pairs = asked
            .query
            .pairs()
            .iter()
            .filter(|(key, value)| key != "page" && !(key == "where" && value == typed));
        Chip {
            text: laer8_phrases::condition(asked.words, condition),
            without: Query::new(pairs.cloned().collect()).address("/accounts"),
        }
    };
    conditions.iter().map(chip).collect()
}

/// What can be chosen, out of what there is.
fn choices(words: Words, view: &AccountsView) -> Vec<Choice> {
    let options = |facet: &str, values: BTreeSet<(String, String)>| {
        let option = |(name, value): (String, String)| (format!("{facet}={value}"), name);
        values.into_iter().map(option).collect::<Vec<_>>()
    };
    let of = |facet: &str, name: String, pick: &dyn Fn(&AccountRow) -> Vec<(String, String)>| {
        let values: BTreeSet<(String, String)> = view.accounts.iter().flat_map(pick).collect();
        Choice { name, options: options(facet, values) }
    };
    let named = |term: Term, key: &str| (words.name(term, key), key.to_owned());
    let mut choices = vec![
        of("stage", words.say("column-stage"), &|row| vec![named(Term::Standing, row.standing)]),
        of("band", words.say("column-health"), &|row| vec![named(Term::Band, row.band)]),
        of("segment", words.say("column-segment"), &|row| vec![named(Term::Segment, &row.segment)]),
        of("signal", words.say("column-signals"), &|row| {
            row.signals.iter().map(|signal| named(Term::Signal, signal)).collect()
        }),
        of("owner", words.say("column-owner"), &|row| {
            if row.owner.is_empty() { Vec::new() } else { vec![(row.owner.clone(), row.owner.clone())] }
        }),
    ];
    choices.retain(|choice| choice.options.len() > 1);
    choices
}

fn draw(asked: &Asked, view: &AccountsView, row: &AccountRow) -> Row {
    let words = asked.words;
    let overdue =
        row.overdue_days.map(|days| words.say_with("journey-overdue-days", &[("days", Arg::Count(days))]));
    Row {
        name: row.name.clone(),
        address: asked.link(&format!("/accounts/{}", row.id)),
        segment: words.name(Term::Segment, &row.segment),
        stage: words.name(Term::Standing, row.standing),
        overdue: overdue.unwrap_or_default(),
        health: Health::of(words, row),
        change: Change::of_points(words, row.change_30, 0),
        mrr: words.money_whole(Money { amount: row.mrr, currency: view.currency }),
        seats: row.seats.map_or_else(|| UNDEFINED.to_owned(), |seats| words.count(i64::from(seats))),
        renewal: match row.renewal_on {
            Some(day) => words.day(day),
            None if row.mrr.is_positive() => words.say("renewal-any-day"),
            None => UNDEFINED.to_owned(),
        },
        potential: words.percent(row.potential.map(|potential| potential / 100.0), 0),
        signals: row.signals.iter().map(|signal| words.name(Term::Signal, signal)).collect(),
        owner: super::short_name(&row.owner),
    }
}

/// Exactly what the table shows, all of its pages.
pub(crate) async fn csv(asked: Asked) -> Result<Response, Trouble> {
    let (view, _) = found(&asked).await?;
    let mut out = String::from(
        "id,name,segment,stage,overdue_days,score,band,change_30,mrr,arr,currency,seats,renewal_on,potential,works,signals,owner\n",
    );
    let number = |number: Option<f64>| number.map(|number| format!("{number:.4}")).unwrap_or_default();
    for row in &view.accounts {
        let cells = [
            row.id.to_string(),
            row.name.clone(),
            row.segment.clone(),
            row.standing.to_owned(),
            row.overdue_days.map(|days| days.to_string()).unwrap_or_default(),
            number(row.score),
            row.band.to_owned(),
            number(row.change_30),
            row.mrr.to_string(),
            row.arr.to_string(),
            view.currency.to_string(),
            row.seats.map(|seats| seats.to_string()).unwrap_or_default(),
            row.renewal_on.map(|day| day.to_string()).unwrap_or_default(),
            number(row.potential),
            number(row.works),
            row.signals.join(" "),
            row.owner.clone(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"accounts.csv\""),
    ];
    Ok((headers, out).into_response())
}

/// A cell as CSV has it. What a spreadsheet would take for a formula is
/// marked as text.
fn csv_cell(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    let guarded = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if !is_number => format!("'{text}"),
        _ => text.to_owned(),
    };
    if guarded.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_signs() {
        assert_eq!(csv_cell("Nordkap, Ltd"), "\"Nordkap, Ltd\"");
        assert_eq!(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_cell("-12.5"), "-12.5");
    }
}
