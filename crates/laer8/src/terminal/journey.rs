//! The loop: who is where, what moved, what is overdue; the layer-8 matrix.

use super::{
    bars, moment,
    page::{INDENT, Page},
    revenue::ratios,
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_app::{JourneyView, QuadrantTotal};
use laer8_domain::money::{Amount, Money};
use laer8_journey::{
    flows::{Flow, FlowKind, StageTotals},
    matrix::Quadrant,
};
use laer8_words::{Arg, Term, UNDEFINED, Words};
use unicode_width::UnicodeWidthStr as _;

/// Of the overdue accounts, those shown.
const OVERDUE: usize = 5;
/// What takes longer than it should.
const LATE: &str = "▒";

struct Drawing<'a> {
    words: Words,
    view: &'a JourneyView,
}

/// The loop on a day.
pub(crate) fn draw(page: &mut Page, words: Words, view: &JourneyView) {
    let drawing = Drawing { words, view };
    page.title(&words.say("journey-title"), &moment::as_of(words, view.as_of));
    moment::staleness(page, words, view.as_of);
    page.blank();
    drawing.stages(page);
    drawing.debt(page);
    drawing.flows(page);
    drawing.matrix(page);
    drawing.overdue(page);
}

impl Drawing<'_> {
    fn money(&self, amount: Amount) -> String {
        self.words.money_short(Money { amount, currency: self.view.currency })
    }

    fn name(&self, standing: &str) -> String {
        self.words.name(Term::Standing, standing)
    }

    fn stages(&self, page: &mut Page) {
        let words = self.words;
        let names = ["land", "adopt", "expand", "renew"].map(|stage| words.name(Term::Stage, stage));
        page.paragraph(&format!("{} → {} ↻", names[..3].join(" → "), names[3]), Tone::Quiet);
        page.blank();
        let mut table = Table::new(vec![
            Column::left(words.say("journey-column-stage")),
            Column::right(words.say("journey-column-accounts")),
            Column::right(words.say("journey-column-arr")),
            Column::right(words.say("journey-column-overdue")),
            Column::right(words.say("journey-column-overdue-arr")),
        ]);
        let stages: Vec<&StageTotals> =
            self.view.stages.iter().filter(|total| total.standing.stage().is_some()).collect();
        let most = stages.iter().map(|total| total.arr.to_f64()).fold(0.0, f64::max);
        for total in &stages {
            let is_late = total.overdue_accounts > 0;
            let late = if is_late { Tone::Warning } else { Tone::Quiet };
            let or_none = |text: String| if is_late { text } else { UNDEFINED.to_owned() };
            table.row(vec![
                Cell::strong(self.name(total.standing.key())),
                Cell::plain(words.count(total.accounts.into())),
                Cell::plain(self.money(total.arr)),
                Cell::new(or_none(words.count(total.overdue_accounts.into())), late),
                Cell::new(or_none(self.money(total.overdue_arr)), late),
            ]);
        }
        let lines = table.lines(page.width() - INDENT);
        let widest = lines.iter().map(|line| anstream::adapter::strip_str(line).to_string().width()).max();
        let used = INDENT + widest.unwrap_or(0) + 2;
        let room = page.width().saturating_sub(used);
        let bars =
            std::iter::once(String::new()).chain(stages.iter().map(|total| loop_bar(total, most, room)));
        for (line, bar) in lines.iter().zip(bars) {
            let gap = (used - INDENT).saturating_sub(anstream::adapter::strip_str(line).to_string().width());
            page.raw(&format!("{}{line}{}{bar}", " ".repeat(INDENT), " ".repeat(gap)));
        }
        self.others(page);
    }

    /// Those that pay nothing, in one line.
    fn others(&self, page: &mut Page) {
        let others = self.view.stages.iter().filter(|total| total.standing.stage().is_none());
        let pieces: Vec<(String, Tone)> = others
            .map(|total| {
                let count = self.words.count(total.accounts.into());
                (format!("{} {count}", self.name(total.standing.key())), Tone::Quiet)
            })
            .collect();
        if !pieces.is_empty() {
            page.flow(&pieces, 3);
        }
    }

    fn debt(&self, page: &mut Page) {
        let debt = self.view.adoption_debt;
        if debt.accounts == 0 {
            return;
        }
        let line = self.words.say_with(
            "journey-debt",
            &[("count", Arg::from(debt.accounts)), ("arr", Arg::Text(&self.money(debt.arr)))],
        );
        page.blank();
        page.paragraph(&line, Tone::Warning);
    }

    fn flows(&self, page: &mut Page) {
        let words = self.words;
        let since = words.day(self.view.flows_since);
        page.heading(&words.say_with("journey-flows-title", &[("day", Arg::Text(&since))]));
        page.table(&ratios(words, &self.view.figures));
        page.blank();
        let mut table = Table::new(vec![
            Column::left(words.say("column-flow")),
            Column::left(words.say("journey-column-from")),
            Column::left(words.say("journey-column-to")),
            Column::right(words.say("journey-column-accounts")),
            Column::right(words.say("column-arr-before")),
            Column::right(words.say("column-arr-after")),
        ]);
        let mut flows: Vec<&Flow> = self.view.flows.iter().filter(|flow| flow.from != flow.to).collect();
        flows.sort_by_key(|flow| flow.kind);
        for flow in flows {
            table.row(self.flow(flow));
        }
        if !table.is_empty() {
            page.table(&table);
        }
        let stayed: u32 =
            self.view.flows.iter().filter(|flow| flow.from == flow.to).map(|flow| flow.accounts).sum();
        if stayed > 0 {
            page.paragraph(&words.say_with("journey-stayed", &[("count", Arg::from(stayed))]), Tone::Quiet);
        }
    }

    fn flow(&self, flow: &Flow) -> Vec<Cell> {
        let (key, tone) = match flow.kind {
            FlowKind::Entered => ("entered", Tone::Good),
            FlowKind::Moved => ("moved", Tone::Plain),
            FlowKind::Left => ("left", Tone::Bad),
        };
        let arr = |mrr: Amount| match mrr.is_zero() {
            true => String::new(),
            false => self.money(mrr.scaled(12, 1).unwrap_or_default()),
        };
        vec![
            Cell::new(self.words.name(Term::Flow, key), tone),
            Cell::plain(self.name(flow.from.key())),
            Cell::plain(self.name(flow.to.key())),
            Cell::plain(self.words.count(flow.accounts.into())),
            Cell::plain(arr(flow.mrr_before)),
            Cell::plain(arr(flow.mrr_after)),
        ]
    }

    /// Works as promised, downwards; used to its potential, across.
    fn matrix(&self, page: &mut Page) {
        let words = self.words;
        page.heading(&words.say("journey-matrix-title"));
        let total = |quadrant: Quadrant| self.view.matrix.iter().find(|total| total.quadrant == quadrant);
        let mut table = Table::new(vec![
            Column::left(""),
            Column::left(words.say("matrix-used")),
            Column::left(words.say("matrix-unused")),
        ]);
        let rows = [
            ("matrix-works", Quadrant::Thriving, Quadrant::Layer8Gap),
            ("matrix-fails", Quadrant::ProductProblem, Quadrant::Rescue),
        ];
        for (row, used, unused) in rows {
            let name = |quadrant: Quadrant| Cell::strong(words.name(Term::Quadrant, quadrant.key()));
            table.row(vec![Cell::quiet(words.say(row)), name(used), name(unused)]);
            let figures =
                |quadrant| Cell::plain(total(quadrant).map_or_else(String::new, |it| self.field(it)));
            table.row(vec![Cell::default(), figures(used), figures(unused)]);
        }
        page.table(&table);
        if self.view.outside_matrix > 0 {
            let count = Arg::from(self.view.outside_matrix);
            page.paragraph(&words.say_with("journey-matrix-unknown", &[("count", count)]), Tone::Quiet);
        }
    }

    fn field(&self, total: &QuadrantTotal) -> String {
        let accounts = self.words.say_with("accounts-count", &[("count", Arg::from(total.accounts))]);
        format!("{accounts} · {}", self.money(total.arr))
    }

    fn overdue(&self, page: &mut Page) {
        let words = self.words;
        if self.view.overdue.is_empty() {
            return;
        }
        page.heading(&words.say("overdue-longest"));
        let mut table = Table::new(vec![
            Column::flexible(words.say("column-account"), 16),
            Column::left(words.say("column-stage")),
            Column::left(words.say("column-since")),
            Column::right(words.say("journey-column-overdue")),
            Column::right(words.say("column-arr")),
        ]);
        for account in self.view.overdue.iter().take(OVERDUE) {
            let days = account.overdue_days.unwrap_or(0);
            table.row(vec![
                Cell::plain(account.name.clone()),
                Cell::plain(self.name(account.standing)),
                Cell::plain(account.since.map_or_else(|| UNDEFINED.to_owned(), |day| words.day(day))),
                Cell::new(words.days(days), Tone::Warning),
                Cell::plain(self.money(account.arr)),
            ]);
        }
        page.table(&table);
        let hidden = self.view.overdue_found.saturating_sub(OVERDUE);
        if hidden > 0 {
            page.paragraph(
                &words.say_with("and-more-accounts", &[("count", Arg::from(hidden))]),
                Tone::Quiet,
            );
        }
    }
}

/// What a stage holds: on time, and in another pattern what is overdue.
fn loop_bar(total: &StageTotals, most: f64, room: usize) -> String {
    let whole = bars::bar(total.arr.to_f64(), most, room);
    let late = bars::columns(total.overdue_arr.to_f64(), most, room).min(whole.width());
    let on_time: String = whole.chars().take(whole.width() - late).collect();
    format!("{on_time}{}", Tone::Warning.paint(&LATE.repeat(late)))
}
