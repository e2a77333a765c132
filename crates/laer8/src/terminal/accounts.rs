//! The accounts of the book, as a table.

use super::{
    marks, moment,
    page::Page,
    table::{Cell, Column, Table},
    today::renewal,
    tone::Tone,
};
use laer8_app::{AccountRow, AccountsView};
use laer8_domain::money::Money;
use laer8_words::{Arg, Term, UNDEFINED, Words};

/// From these widths on there is room for more columns.
const ROOM_FOR_OWNER: usize = 96;
const ROOM_FOR_SEGMENT: usize = 108;

/// The accounts, at most `limit` of them.
pub(crate) fn draw(page: &mut Page, words: Words, view: &AccountsView, limit: usize) {
    page.title(&words.say("accounts-title"), &moment::as_of(words, view.as_of));
    moment::staleness(page, words, view.as_of);
    page.blank();
    if view.accounts.is_empty() {
        page.paragraph(&words.say("nothing-found"), Tone::Plain);
        return;
    }
    let shown = &view.accounts[..view.accounts.len().min(limit)];
    page.table(&table(page.width(), words, view, shown));
    page.blank();
    let hidden = view.accounts.len() - shown.len();
    if hidden > 0 {
        page.paragraph(&words.say_with("more-accounts", &[("count", Arg::from(hidden))]), Tone::Quiet);
    }
    let arr = view.mrr.scaled(12, 1).unwrap_or_default();
    let total = words.say_with(
        "accounts-paying",
        &[
            ("accounts", Arg::from(view.accounts.len())),
            ("customers", Arg::from(view.customers)),
            ("arr", Arg::Text(&words.money_whole(Money { amount: arr, currency: view.currency }))),
        ],
    );
    page.paragraph(&total, Tone::Strong);
}

fn table(width: usize, words: Words, view: &AccountsView, shown: &[AccountRow]) -> Table {
    let mut columns = vec![
        Column::flexible(words.say("column-account"), 14),
        Column::left(words.say("column-stage")),
        Column::left(words.say("column-health")),
        Column::right(words.say("column-trend")),
        Column::right(words.say("column-arr")),
        Column::left(words.say("column-renewal")),
        Column::right(words.say("column-signals")),
    ];
    if width >= ROOM_FOR_OWNER {
        columns.push(Column::flexible(words.say("column-owner"), 8));
    }
    if width >= ROOM_FOR_SEGMENT {
        columns.push(Column::flexible(words.say("column-segment"), 8));
    }
    let mut table = Table::new(columns);
    for account in shown {
        let mut cells = cells(words, view, account);
        if width >= ROOM_FOR_OWNER {
            cells.push(Cell::quiet(owner(account)));
        }
        if width >= ROOM_FOR_SEGMENT {
            cells.push(Cell::quiet(words.name(Term::Segment, &account.segment)));
        }
        table.row(cells);
    }
    table
}

/// Who looks after an account; of an address what stands before the @.
pub(crate) fn owner(account: &AccountRow) -> &str {
    match account.owner.split('@').next() {
        None | Some("") => UNDEFINED,
        Some(name) => name,
    }
}

fn cells(words: Words, view: &AccountsView, account: &AccountRow) -> Vec<Cell> {
    let pays = account.mrr.is_positive();
    let stage_tone = if account.overdue_days.is_some() { Tone::Warning } else { Tone::Plain };
    let overdue = if account.overdue_days.is_some() { " !" } else { "" };
    let signals = match account.signals.len() {
        0 => String::new(),
        count => count.to_string(),
    };
    vec![
        Cell::plain(account.name.clone()),
        Cell::new(format!("{}{overdue}", words.name(Term::Standing, account.standing)), stage_tone),
        marks::score(words, account.band, account.score),
        marks::change(words, account.change_30),
        Cell::plain(words.money_short(Money { amount: account.arr, currency: view.currency })),
        Cell::plain(if pays { renewal(words, account.renewal_on) } else { UNDEFINED.to_owned() }),
        Cell::plain(signals),
    ]
}
