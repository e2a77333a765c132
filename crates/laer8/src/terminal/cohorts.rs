//! The cohort triangle: of the revenue that started in a month, what is left.

use super::{
    page::Page,
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_domain::money::{Currency, Money};
use laer8_revenue::cohorts::Cohort;
use laer8_words::{Term, Words};

/// What the first three columns, and then each month, take.
const BEFORE: usize = 32;
const MONTH: usize = 6;
/// Steps between the months that are shown, the smallest that fits.
const STEPS: [usize; 5] = [1, 2, 3, 6, 12];

/// The cohorts, a line each.
pub(crate) fn draw(page: &mut Page, words: Words, cohorts: &[Cohort], currency: Currency) {
    let longest = cohorts.iter().map(|cohort| cohort.points.len()).max().unwrap_or(0).saturating_sub(1);
    let room = page.width().saturating_sub(BEFORE) / MONTH;
    let fits = |step: &usize| longest / step <= room;
    let step = STEPS.into_iter().find(fits).unwrap_or(12);
    let offsets: Vec<usize> = (step..=longest).step_by(step).take(room).collect();
    let mut columns = vec![
        Column::left(words.say("revenue-cohort-column-month")),
        Column::right(words.name(Term::Metric, "customers")),
        Column::right(words.name(Term::Metric, "mrr")),
    ];
    columns.extend(offsets.iter().map(|offset| Column::right(offset.to_string())));
    let mut table = Table::new(columns);
    for cohort in cohorts {
        let accounts = i64::try_from(cohort.accounts).unwrap_or(i64::MAX);
        let mut cells = vec![
            Cell::plain(words.month(cohort.month)),
            Cell::plain(words.count(accounts)),
            Cell::plain(words.money_short(Money { amount: cohort.starting_mrr, currency })),
        ];
        for offset in &offsets {
            let point = cohort.points.iter().find(|point| point.offset == *offset);
            cells.push(point.map_or_else(Cell::default, |point| kept(words, point.net_retained)));
        }
        table.row(cells);
    }
    page.table(&table);
    page.paragraph(&words.say("cohorts-about"), Tone::Quiet);
}

fn kept(words: Words, share: Option<f64>) -> Cell {
    let tone = match share {
        Some(share) if share >= 1.0 => Tone::Good,
        Some(share) if share < 0.8 => Tone::Bad,
        _ => Tone::Plain,
    };
    Cell::new(words.percent(share, 0), tone)
}
