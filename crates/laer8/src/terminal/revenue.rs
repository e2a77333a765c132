//! Revenue: net growth first, then the waterfall, retention, periods, and what
//! is behind them.

use super::{
    bars, cohorts, moment,
    page::{INDENT, Page},
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::{EntryRow, Figures, RevenueView};
use laer8_domain::{
    days::{Granularity, Window},
    money::{Amount, Money},
};
use laer8_revenue::{breakdown::Breakdown, ledger::Movement, movements::PeriodMovements};
use laer8_words::{Arg, Term, Words};

/// How wide a bar is when there is room.
const BAR: usize = 40;

struct Drawing<'a> {
    words: Words,
    view: &'a RevenueView,
}

/// Revenue over a window, in periods of a length, by a facet where asked for.
pub(crate) fn draw(
    page: &mut Page,
    words: Words,
    view: &RevenueView,
    granularity: Granularity,
    facet: Option<&str>,
    limit: usize,
) {
    let drawing = Drawing { words, view };
    let window = words.window(Window::new(view.figures.from, view.figures.to));
    let title = words.say_with("revenue-title", &[("window", Arg::Text(&window))]);
    page.title(&title, "");
    moment::staleness(page, words, view.as_of);
    page.remark(&drawing.finding(), Tone::Strong);
    page.blank();
    page.table(&ratios(words, &view.figures));
    drawing.waterfall(page);
    if view.periods.len() > 1 {
        drawing.periods(page, granularity);
    }
    if let (Some(by), Some(facet)) = (&view.by, facet) {
        drawing.breakdown(page, by, facet);
    }
    if let Some(cohorts) = &view.cohorts {
        page.heading(&words.say("revenue-cohorts-title"));
        cohorts::draw(page, words, cohorts, view.currency);
    }
    if let Some(entries) = &view.entries {
        drawing.entries(page, entries, limit);
    }
}

/// Growth and retention, side by side.
pub(crate) fn ratios(words: Words, figures: &Figures) -> Table {
    let metric = |key: &str| Column::right(words.name(Term::Metric, key));
    let mut table = Table::new(vec![
        metric("net_growth"),
        metric("nrr"),
        metric("grr"),
        metric("logo_churn"),
        Column::right(words.say("short-quick-ratio")),
        metric("customers"),
    ]);
    let direction = figures.net_growth.map_or(Tone::Plain, |growth| Tone::of_direction(growth >= 0.0));
    let count = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    table.row(vec![
        Cell::new(words.signed_percent(figures.net_growth, 1), direction),
        Cell::strong(words.percent(figures.nrr, 1)),
        Cell::strong(words.percent(figures.grr, 1)),
        Cell::strong(words.percent(figures.logo_churn, 1)),
        Cell::strong(words.number(figures.quick_ratio, 2)),
        Cell::strong(format!("{} → {}", count(figures.opening_customers), count(figures.closing_customers))),
    ]);
    table
}

impl Drawing<'_> {
    fn money(&self, amount: Amount) -> Money {
        Money { amount, currency: self.view.currency }
    }

    fn finding(&self) -> String {
        let figures = &self.view.figures;
        let day = self.words.day(figures.from);
        let Some(growth) = figures.net_growth else {
            return self.words.say_with("revenue-from-nothing", &[("day", Arg::Text(&day))]);
        };
        let said = self.words.signed_percent(growth, 1);
        let args = [("growth", Arg::Text(&said)), ("day", Arg::Text(&day))];
        if figures.closing == figures.opening {
            return self.words.say_with("revenue-steady", &args[1..]);
        }
        let grows = figures.closing > figures.opening;
        self.words.say_with(if grows { "revenue-growing" } else { "revenue-shrinking" }, &args)
    }

    /// Opening, what came and went, closing: to the cent.
    fn waterfall(&self, page: &mut Page) {
        let words = self.words;
        page.heading(&words.say("waterfall-title"));
        let steps = self.steps();
        let levels = steps.iter().flat_map(|step| [step.from, step.to]).map(Amount::to_f64);
        let inner =
            steps[1..steps.len() - 1].iter().flat_map(|step| [step.from, step.to]).map(Amount::to_f64);
        let high = levels.fold(0.0, f64::max);
        let low = scale_start(inner.fold(high, f64::min), high);
        let mut table = Table::new(vec![Column::left(""), Column::right(""), Column::left("")]);
        let room = page.width().saturating_sub(INDENT + 40).clamp(10, BAR);
        for step in &steps {
            let amount = self.money(step.amount());
            let (text, tone) = match step.is_level {
                true => (words.money_cents(amount), Tone::Strong),
                false => (words.signed_money_cents(amount), step.tone()),
            };
            let from = if step.is_level { low } else { step.from.to_f64() };
            let bar = bars::step(from, step.to.to_f64(), low, high, room);
            let name =
                if step.is_level { Cell::strong(step.name.clone()) } else { Cell::plain(step.name.clone()) };
            let bar = Cell::new(bar, if step.is_level { Tone::Plain } else { tone });
            table.row(vec![name, Cell::new(text, tone), bar]);
        }
        page.table(&table);
        if low > 0.0 {
            let from = words.money_short(self.money(Amount::from_ten_thousandths(ten_thousandths(low))));
            page.paragraph(&words.say_with("bars-begin-at", &[("amount", Arg::Text(&from))]), Tone::Quiet);
        }
        page.paragraph(&words.say("waterfall-ties"), Tone::Quiet);
    }

    fn steps(&self) -> Vec<Step> {
        let figures = &self.view.figures;
        let level = |key: &str, amount: Amount| Step {
            name: self.words.name(Term::Metric, key),
            from: Amount::ZERO,
            to: amount,
            is_level: true,
        };
        let mut steps = vec![level("opening", figures.opening)];
        let mut reached = figures.opening;
        let changes = [
            ("new", figures.new),
            ("expansion", figures.expansion),
            ("reactivation", figures.reactivation),
            ("contraction", -figures.contraction),
            ("churn", -figures.churn),
            ("exchange", figures.exchange),
        ];
        for (key, change) in changes {
            if key == "exchange" && change.is_zero() {
                continue;
            }
            let name = self.words.name(Term::Movement, key);
            steps.push(Step { name, from: reached, to: reached + change, is_level: false });
            reached += change;
        }
        steps.push(level("closing", figures.closing));
        steps
    }

    fn periods(&self, page: &mut Page, granularity: Granularity) {
        let words = self.words;
        page.heading(&words.say("periods-title"));
        let with_exchange = self.view.periods.iter().any(|period| !period.exchange.is_zero());
        let titles =
            ["short-new", "short-expansion", "short-reactivation", "short-contraction", "short-churn"];
        let mut columns = vec![Column::left(words.say("revenue-column-period"))];
        columns.extend(titles.map(|title| Column::right(words.say(title))));
        if with_exchange {
            columns.push(Column::right(words.say("short-exchange")));
        }
        columns.push(Column::right(words.name(Term::Metric, "closing")));
        columns.push(Column::right(words.say("short-growth")));
        let mut table = Table::new(columns);
        for period in &self.view.periods {
            table.row(self.period(period, granularity, with_exchange));
        }
        page.table(&table);
    }

    fn period(&self, period: &PeriodMovements, granularity: Granularity, with_exchange: bool) -> Vec<Cell> {
        let words = self.words;
        let mut cells = vec![Cell::plain(words.period(granularity, period.window.start))];
        for movement in Movement::ALL {
            let amount = period.line(movement).amount;
            let (signed, tone) = match (amount.is_zero(), movement.is_gain()) {
                (true, _) => (amount, Tone::Quiet),
                (false, true) => (amount, Tone::Good),
                (false, false) => (-amount, Tone::Bad),
            };
            cells.push(Cell::new(words.signed_money_short(self.money(signed)), tone));
        }
        if with_exchange {
            cells.push(Cell::quiet(words.signed_money_short(self.money(period.exchange))));
        }
        cells.push(Cell::strong(words.money_short(self.money(period.closing))));
        cells.push(Cell::plain(words.signed_percent(period.net_growth, 1)));
        cells
    }

    fn breakdown(&self, page: &mut Page, by: &Breakdown, facet: &str) {
        let words = self.words;
        let name = words.name(Term::Field, facet);
        page.heading(&words.say_with("revenue-by", &[("facet", Arg::Text(&name.to_lowercase()))]));
        let mut table = Table::new(vec![
            Column::flexible(name, 14),
            Column::right(words.say("revenue-column-accounts")),
            Column::right(words.say("revenue-column-arr")),
            Column::right(words.say("revenue-column-share")),
            Column::left(""),
        ]);
        let most = by.rows.iter().map(|row| row.arr.to_f64()).fold(0.0, f64::max);
        let room = page.width().saturating_sub(56).clamp(8, BAR);
        let count = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
        for row in &by.rows {
            let key = row.key.as_deref().filter(|key| !key.is_empty());
            let named =
                |key: &str| if facet == "segment" { words.name(Term::Segment, key) } else { key.to_owned() };
            table.row(vec![
                key.map_or_else(|| Cell::quiet(words.say("revenue-no-key")), |key| Cell::plain(named(key))),
                Cell::plain(count(row.accounts)),
                Cell::plain(words.money_whole(self.money(row.arr))),
                Cell::plain(words.percent(row.share, 1)),
                Cell::plain(bars::bar(row.arr.to_f64(), most, room)),
            ]);
        }
        table.row(vec![
            Cell::strong(words.say("revenue-total")),
            Cell::strong(count(by.accounts)),
            Cell::strong(words.money_whole(self.money(by.arr))),
            Cell::default(),
            Cell::default(),
        ]);
        page.table(&table);
    }

    fn entries(&self, page: &mut Page, entries: &[EntryRow], limit: usize) {
        let words = self.words;
        page.heading(&words.say("revenue-ledger-title"));
        let mut table = Table::new(vec![
            Column::left(words.say("revenue-ledger-column-day")),
            Column::flexible(words.say("revenue-ledger-column-account"), 14),
            Column::left(words.say("revenue-column-movement")),
            Column::right(words.say("revenue-ledger-column-change")),
            Column::right(words.say("revenue-ledger-column-after")),
        ]);
        for entry in entries.iter().take(limit) {
            let change = self.money(entry.after - entry.before);
            table.row(vec![
                Cell::plain(words.day(entry.day)),
                Cell::plain(entry.name.clone()),
                Cell::plain(words.name(Term::Movement, entry.movement.key())),
                Cell::new(words.signed_money_cents(change), Tone::of_direction(entry.movement.is_gain())),
                Cell::plain(words.money_cents(self.money(entry.after))),
            ]);
        }
        page.table(&table);
        let hidden = entries.len().saturating_sub(limit);
        if hidden > 0 {
            page.paragraph(&words.say_with("more-entries", &[("count", Arg::from(hidden))]), Tone::Quiet);
        }
    }
}

/// A bar of the waterfall.
struct Step {
    name: String,
    from: Amount,
    to: Amount,
    is_level: bool,
}

impl Step {
    fn amount(&self) -> Amount {
        self.to - self.from
    }

    fn tone(&self) -> Tone {
        if self.amount().is_zero() { Tone::Quiet } else { Tone::of_direction(self.to > self.from) }
    }
}

/// Where the bars begin: at nothing, unless the steps would be too small to see
/// beside the whole.
fn scale_start(lowest: f64, high: f64) -> f64 {
    if lowest < 0.6 * high {
        return 0.0;
    }
    let span = (high - lowest).max(high * 0.02);
    (lowest - span * 0.5).max(0.0)
}

#[expect(clippy::cast_possible_truncation, reason = "an amount of the book, brought back from a scale")]
fn ten_thousandths(value: f64) -> i64 {
    (value * 10_000.0).round() as i64
}
