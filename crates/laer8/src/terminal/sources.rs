//! The sources that send events.

use super::{
    page::Page,
    table::{Cell, Column, Table},
    tone::Tone,
};
use chrono::{DateTime, Utc};
use laer8_app::LiveSourceView;
use laer8_words::{UNDEFINED, Words};

/// The sources, as of a moment.
pub(crate) fn draw(page: &mut Page, words: Words, sources: &[LiveSourceView], now: DateTime<Utc>) {
    page.title(&words.say("sources-title"), "");
    page.blank();
    if sources.is_empty() {
        page.paragraph(&words.say("sources-none"), Tone::Plain);
        return;
    }
    let mut table = Table::new(vec![
        Column::flexible(words.say("sources-column-name"), 10),
        Column::left(words.say("sources-column-key")),
        Column::left(words.say("sources-column-heard")),
        Column::right(words.say("sources-column-accepted")),
        Column::right(words.say("sources-column-waiting")),
        Column::right(words.say("sources-column-refused")),
    ]);
    for source in sources {
        table.row(vec![
            Cell::strong(source.name.clone()),
            Cell::plain(source.write_key.clone().unwrap_or_else(|| UNDEFINED.to_owned())),
            heard(words, source, now),
            Cell::plain(count(words, source.accepted)),
            Cell::plain(count(words, source.waiting)),
            Cell::plain(count(words, source.refused)),
        ]);
    }
    page.table(&table);
}

fn count(words: Words, number: u64) -> String {
    words.count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn heard(words: Words, source: &LiveSourceView, now: DateTime<Utc>) -> Cell {
    if !source.active {
        return Cell::new(words.say("sources-off"), Tone::Quiet);
    }
    let Some(at) = source.last_received_at else {
        return Cell::new(words.say("sources-never"), Tone::Quiet);
    };
    let tone = if source.fresh { Tone::Plain } else { Tone::Bad };
    Cell::new(words.ago((now - at).num_seconds()), tone)
}
