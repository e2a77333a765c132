//! What a changed scorecard would do.

use super::{
    marks, moment,
    page::Page,
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::WhatIfView;
use laer8_domain::money::{Amount, Money};
use laer8_health::whatif::Compared;
use laer8_words::{Arg, Words};

/// What would change, with at most `limit` of the accounts that change band.
pub(crate) fn draw(page: &mut Page, words: Words, view: &WhatIfView, limit: usize) {
    let money = |amount: Amount| words.money_short(Money { amount, currency: view.currency });
    page.title(&words.say("what-if-title"), &moment::as_of(words, view.as_of));
    moment::staleness(page, words, view.as_of);
    page.paragraph(&view.proposed.join(", "), Tone::Quiet);
    page.blank();
    let changed = view.result.changed;
    let line = words.say_with(
        "what-if-changed",
        &[("accounts", Arg::from(changed.accounts)), ("arr", Arg::Text(&money(changed.arr)))],
    );
    page.remark(&line, Tone::Strong);
    for way in &view.result.moves {
        let line = words.say_with(
            "what-if-move",
            &[
                ("from", Arg::Text(&marks::band(words, way.from.key()))),
                ("to", Arg::Text(&marks::band(words, way.to.key()))),
                ("accounts", Arg::from(way.tally.accounts)),
                ("arr", Arg::Text(&money(way.tally.arr))),
            ],
        );
        page.paragraph(&line, Tone::Plain);
    }
    let changing: Vec<&Compared> = view.result.accounts.iter().filter(|it| it.changes_band()).collect();
    if changing.is_empty() {
        return;
    }
    page.blank();
    let mut table = Table::new(vec![
        Column::flexible(words.say("column-account"), 16),
        Column::right(words.say("column-arr")),
        Column::left(words.say("what-if-column-before")),
        Column::left(words.say("what-if-column-after")),
        Column::right(words.say("column-adds")),
    ]);
    for compared in changing.iter().take(limit) {
        table.row(vec![
            Cell::plain(compared.name.clone()),
            Cell::plain(money(compared.arr)),
            marks::score(words, compared.before.band.key(), compared.before.score),
            marks::score(words, compared.after.band.key(), compared.after.score),
            marks::change(words, compared.change()),
        ]);
    }
    page.table(&table);
    let hidden = changing.len().saturating_sub(limit);
    if hidden > 0 {
        page.paragraph(&words.say_with("more-accounts", &[("count", Arg::from(hidden))]), Tone::Quiet);
    }
}
