//! Rows that were refused.

use super::{
    page::Page,
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::QuarantinedRow;
use laer8_words::{Arg, Term, Words};

/// The rows in quarantine, at most `limit` of them.
pub(crate) fn draw(page: &mut Page, words: Words, rows: &[QuarantinedRow], limit: usize) {
    page.title(&words.say("quarantine-title"), "");
    page.blank();
    if rows.is_empty() {
        page.paragraph(&words.say("quarantine-empty"), Tone::Plain);
        return;
    }
    let mut table = Table::new(vec![
        Column::flexible(words.say("import-column-file"), 14),
        Column::left(words.say("import-column-record")),
        Column::flexible(words.say("column-reason"), 24),
    ]);
    for row in rows.iter().take(limit) {
        table.row(vec![
            Cell::plain(format!("{}:{}", row.file, row.line)),
            Cell::quiet(words.name(Term::Record, &row.record)),
            Cell::plain(row.message.clone()),
        ]);
    }
    page.table(&table);
    page.blank();
    let count = words.say_with("quarantine-count", &[("rows", Arg::from(rows.len()))]);
    page.paragraph(&count, Tone::Strong);
    page.paragraph(&words.say("refused-hint"), Tone::Quiet);
}
