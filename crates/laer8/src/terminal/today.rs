//! Today: the book at a glance, then what to look at, the most urgent first.

use super::{
    accounts::owner,
    bars, marks, moment,
    page::{INDENT, Page},
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::{Glance, TodayItem, TodayView};
use laer8_domain::money::{Currency, Money};
use laer8_journey::signals::Severity;
use laer8_words::{Arg, Term, Words};

/// From this width on there is room for the owner.
const ROOM_FOR_OWNER: usize = 96;

/// Today's list, at most `limit` accounts of it.
pub(crate) fn draw(page: &mut Page, words: Words, view: &TodayView) {
    let day = words.day(view.as_of.day);
    page.title(&words.say_with("today-title", &[("day", Arg::Text(&day))]), "");
    moment::staleness(page, words, view.as_of);
    page.blank();
    glance(page, words, &view.glance, view.currency);
    page.blank();
    summary(page, words, view);
    if view.items.is_empty() {
        return;
    }
    page.blank();
    list(page, words, view, &view.items);
    let hidden = view.found - view.items.len();
    if hidden > 0 {
        page.blank();
        page.paragraph(&words.say_with("more-accounts", &[("count", Arg::from(hidden))]), Tone::Quiet);
    }
}

fn glance(page: &mut Page, words: Words, glance: &Glance, currency: Currency) {
    let metric = |key: &str| Column::right(words.name(Term::Metric, key));
    let mut figures = Table::new(vec![
        metric("customers"),
        metric("arr"),
        Column::right(words.say("net-growth-12")),
        metric("nrr"),
        metric("grr"),
        metric("logo_churn"),
    ]);
    let year = &glance.year;
    let direction = year.net_growth.map_or(Tone::Plain, |growth| Tone::of_direction(growth >= 0.0));
    figures.row(vec![
        Cell::strong(words.count(i64::try_from(glance.customers).unwrap_or(i64::MAX))),
        Cell::strong(words.money_short(Money { amount: glance.arr, currency })),
        Cell::new(words.signed_percent(year.net_growth, 1), direction),
        Cell::strong(words.percent(year.nrr, 1)),
        Cell::strong(words.percent(year.grr, 1)),
        Cell::strong(words.percent(year.logo_churn, 1)),
    ]);
    page.table(&figures);
    page.blank();
    bands(page, words, glance, currency);
}

/// One bar of the book by ARR, and what its parts are.
fn bands(page: &mut Page, words: Words, glance: &Glance, currency: Currency) {
    let parts: Vec<(f64, char)> =
        glance.bands.iter().map(|total| (total.arr.to_f64(), marks::mark(total.band))).collect();
    let width = page.width().saturating_sub(2 * INDENT).min(76);
    let bar: String = bars::shares(&parts, width)
        .iter()
        .zip(&glance.bands)
        .map(|((bar, _), total)| marks::tone(total.band).paint(bar))
        .collect();
    page.raw(&format!("{}{bar}", " ".repeat(INDENT)));
    let pieces: Vec<(String, Tone)> = glance
        .bands
        .iter()
        .filter(|total| total.accounts > 0)
        .map(|total| {
            let accounts = words.count(i64::try_from(total.accounts).unwrap_or(i64::MAX));
            let arr = words.money_short(Money { amount: total.arr, currency });
            (format!("{} {accounts} · {arr}", marks::band(words, total.band)), marks::tone(total.band))
        })
        .collect();
    page.flow(&pieces, 3);
}

fn summary(page: &mut Page, words: Words, view: &TodayView) {
    let money = |amount| words.money_short(Money { amount, currency: view.currency });
    let count = Arg::from(view.found);
    let line =
        words.say_with("today-count", &[("count", count), ("stake", Arg::Text(&money(view.risks.stake)))]);
    let gain = view.chances.stake;
    let line = match gain.is_positive() {
        true => format!("{line} {}", words.say_with("today-gain", &[("gain", Arg::Text(&money(gain)))])),
        false => line,
    };
    page.remark(&line, Tone::Strong);
    if !view.items.is_empty() {
        page.remark(&words.say("today-why"), Tone::Quiet);
    }
}

fn list(page: &mut Page, words: Words, view: &TodayView, shown: &[TodayItem]) {
    let with_owner = page.width() >= ROOM_FOR_OWNER;
    let mut columns = vec![
        Column::right("#"),
        Column::flexible(words.say("column-account"), 16),
        Column::left(words.say("column-health")),
        Column::right(words.say("column-stake")),
        Column::left(words.say("column-renewal")),
    ];
    if with_owner {
        columns.push(Column::flexible(words.say("column-owner"), 10));
    }
    let mut table = Table::new(columns);
    for item in shown {
        table.row(row(words, view, item, with_owner));
    }
    // The account's row, and below it what is the matter.
    let mut lines = table.lines(page.width() - INDENT).into_iter();
    let margin = " ".repeat(INDENT);
    page.raw(&format!("{margin}{}", lines.next().unwrap_or_default()));
    let indent = INDENT + shown.last().map_or(1, |item| item.position.to_string().len()) + 2;
    for (item, line) in shown.iter().zip(lines) {
        page.raw(&format!("{margin}{line}"));
        let reason = laer8_phrases::reason_and_others(words, &item.leading, &item.others, view.as_of.day);
        let mark = if item.leading.severity == Severity::Critical { "! " } else { "" };
        page.hanging(indent, mark, &reason, Tone::Plain);
        page.hanging(indent, "→ ", &laer8_phrases::step(words, &item.leading), Tone::Quiet);
    }
}

fn row(words: Words, view: &TodayView, item: &TodayItem, with_owner: bool) -> Vec<Cell> {
    let account = &item.account;
    let stake =
        laer8_phrases::stake(words, &item.leading, |amount| Money { amount, currency: view.currency });
    let tone = if item.leading.opportunity { Tone::Good } else { Tone::Strong };
    let mut cells = vec![
        Cell::quiet(item.position.to_string()),
        Cell::strong(account.name.clone()),
        marks::score(words, account.band, account.score),
        Cell::new(stake, tone),
        Cell::plain(renewal(words, account.renewal_on)),
    ];
    if with_owner {
        cells.push(Cell::quiet(owner(account)));
    }
    cells
}

/// When an account renews, or that it may leave whenever it likes.
pub(crate) fn renewal(words: Words, day: Option<laer8_domain::days::Day>) -> String {
    day.map_or_else(|| words.say("renewal-any-day"), |day| words.day(day))
}
