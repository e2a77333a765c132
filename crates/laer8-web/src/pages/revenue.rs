//! Revenue: net growth first, and every figure opens to its entries.

use super::{Change, shown};
use crate::{
    charts::{Line, Step, lines, waterfall},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use laer8_app::{Figures, RevenueQuery, RevenueView};
use laer8_domain::{
    days::{Day, Granularity},
    money::{Amount, Money},
};
use laer8_revenue::{cohorts::Cohort, ledger::Movement};
use laer8_words::{Arg, Term, UNDEFINED, Words};

/// For how many months back revenue can be asked.
const MONTHS: [u32; 4] = [3, 12, 24, 36];
/// By what it can be broken down.
const FACETS: [&str; 5] = ["plan", "segment", "industry", "country", "owner"];
/// Columns of the cohort table.
const COHORT_MONTHS: usize = 24;
/// Cohorts shown, the latest.
const COHORTS: usize = 24;

struct Figure {
    name: String,
    about: String,
    value: String,
    class: &'static str,
    note: String,
}

struct EntryLine {
    day: String,
    name: String,
    address: String,
    about: String,
    change: String,
    class: &'static str,
    after: String,
}

struct Cell {
    class: String,
    text: String,
    title: String,
}

struct CohortLine {
    month: String,
    accounts: String,
    start: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "revenue.html")]
struct Page {
    frame: Frame,
    sub: String,
    spans: Vec<(String, String, bool)>,
    figures: Vec<Figure>,
    waterfall: String,
    waterfall_note: String,
    periods: Vec<Vec<String>>,
    over_time: String,
    against: String,
    movement: Option<String>,
    entries: Vec<EntryLine>,
    entries_sum: String,
    close: String,
    facets: Vec<(String, String, bool)>,
    breakdown: Vec<(String, String, String, String, Option<String>)>,
    cohorts: Vec<CohortLine>,
    cohort_months: Vec<String>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let months = asked
        .query
        .get("months")
        .and_then(|it| it.parse().ok())
        .filter(|it| MONTHS.contains(it))
        .unwrap_or(12);
    let facet = asked.query.get("by").filter(|by| FACETS.contains(by)).unwrap_or("plan").to_owned();
    let movement = asked
        .query
        .get("movement")
        .and_then(|key| Movement::ALL.into_iter().find(|movement| movement.key() == key));
    let app = &asked.site.app;
    let fail = |error| Trouble::of(&asked, &error);
    let from = asked.query.get("from").and_then(|day| day.parse::<Day>().ok());
    let to = asked.query.get("to").and_then(|day| day.parse::<Day>().ok());
    let query = RevenueQuery {
        from,
        months: Some(months),
        to,
        granularity: Some(Granularity::Month),
        by: Some(facet.clone()),
        cohorts: true,
        entries: movement.map(Some),
        ..RevenueQuery::default()
    };
    let view = match app.revenue(&asked.actor, asked.as_of, &query).await {
        Ok(view) => view,
        // Where nobody has that field there is nothing to break down by.
        Err(laer8_app::AppError::NotFound { .. }) => {
            let query = RevenueQuery { by: Some("plan".to_owned()), ..query };
            app.revenue(&asked.actor, asked.as_of, &query).await.map_err(fail)?
        }
        Err(error) => return Err(fail(error)),
    };
    let drawing = Drawing { asked: &asked, words: asked.words, view: &view, months, facet };
    shown(&asked, &drawing.page(movement))
}

struct Drawing<'a> {
    asked: &'a Asked,
    words: Words,
    view: &'a RevenueView,
    months: u32,
    facet: String,
}

impl Drawing<'_> {
    fn page(&self, movement: Option<Movement>) -> Page {
        let words = self.words;
        let figures = &self.view.figures;
        let growth = words.signed_percent(figures.net_growth, 1);
        let title = words.say_with("web-revenue-title", &[("growth", Arg::Text(&growth))]);
        let (waterfall, waterfall_note) = self.waterfall(figures);
        let (cohorts, cohort_months) = self.cohorts();
        let (over_time, against) = self.over_time();
        let (entries, entries_sum) = self.entries();
        let window = laer8_domain::days::Window::new(figures.from, figures.to);
        Page {
            frame: Frame::new(self.asked, "/revenue", title, self.view.as_of),
            sub: words.say_with("revenue-title", &[("window", Arg::Text(&words.window(window)))]),
            spans: MONTHS.map(|months| self.span(months)).into(),
            figures: self.figures(figures),
            waterfall,
            waterfall_note,
            periods: self.periods(),
            over_time,
            against,
            movement: movement.map(|movement| words.name(Term::Movement, movement.key())),
            entries,
            entries_sum,
            close: format!("{}#movements", self.asked.query.without("movement").address("/revenue")),
            facets: FACETS.map(|facet| self.facet_link(facet)).into(),
            breakdown: self.breakdown(),
            cohorts,
            cohort_months,
        }
    }

    fn span(&self, months: u32) -> (String, String, bool) {
        let said = self.words.say_with("web-months", &[("months", Arg::from(months))]);
        let query = self.asked.query.without("from").without("to").with("months", &months.to_string());
        (said, query.address("/revenue"), months == self.months && self.asked.query.get("from").is_none())
    }

    fn facet_link(&self, facet: &str) -> (String, String, bool) {
        let address = self.asked.query.with("by", facet).address("/revenue");
        (self.words.name(Term::Field, facet), format!("{address}#by"), facet == self.facet)
    }

    fn money(&self, amount: Amount) -> Money {
        Money { amount, currency: self.view.currency }
    }

    fn cents(&self, amount: Amount) -> String {
        self.words.money_cents(self.money(amount))
    }

    fn short(&self, amount: Amount) -> String {
        self.words.money_short(self.money(amount))
    }

    fn figures(&self, figures: &Figures) -> Vec<Figure> {
        let words = self.words;
        let growth = Change::of_ratio(words, figures.net_growth, 1);
        let figure = |key: &str, value: String, class: &'static str, note: String| Figure {
            name: words.name(Term::Metric, key),
            about: words.about(Term::Metric, key).unwrap_or_default(),
            value,
            class,
            note,
        };
        let arr = figures.closing.scaled(12, 1).unwrap_or_default();
        let from_to = format!("{} → {}", self.short(figures.opening), self.short(figures.closing));
        let customers = format!(
            "{} → {}",
            words.count(super::count(figures.opening_customers)),
            words.count(super::count(figures.closing_customers))
        );
        vec![
            figure("net_growth", growth.text, growth.class, from_to),
            figure(
                "arr",
                self.short(arr),
                "",
                format!("{} {}", self.short(figures.closing), words.name(Term::Metric, "mrr")),
            ),
            figure("nrr", words.percent(figures.nrr, 1), "", words.say("web-nrr-note")),
            figure("grr", words.percent(figures.grr, 1), "", words.say("web-grr-note")),
            figure("logo_churn", words.percent(figures.logo_churn, 1), "", customers),
            figure("quick_ratio", words.number(figures.quick_ratio, 2), "", words.say("web-quick-note")),
        ]
    }

    fn waterfall(&self, figures: &Figures) -> (String, String) {
        let words = self.words;
        let moves = [
            ("new", figures.new, true),
            ("expansion", figures.expansion, true),
            ("reactivation", figures.reactivation, true),
            ("contraction", figures.contraction, false),
            ("churn", figures.churn, false),
        ];
        let bar = |key: &str, amount: Amount| Step {
            name: words.name(Term::Metric, key),
            written: self.short(amount),
            from: 0.0,
            to: amount.to_f64(),
            class: "total",
            address: None,
        };
        let mut at = figures.opening.to_f64();
        let mut steps = vec![bar("opening", figures.opening)];
        for (key, amount, gain) in moves {
            let from = at;
            at += if gain { amount.to_f64() } else { -amount.to_f64() };
            let signed = if gain { amount } else { -amount };
            steps.push(Step {
                name: words.name(Term::Movement, key),
                written: words.signed_money_short(self.money(signed)),
                from,
                to: at,
                class: if gain { "gain" } else { "loss" },
                address: Some(format!(
                    "{}#entries",
                    self.asked.query.with("movement", key).address("/revenue")
                )),
            });
        }
        if figures.exchange != Amount::ZERO {
            let from = at;
            at += figures.exchange.to_f64();
            steps.push(Step {
                name: words.name(Term::Movement, "exchange"),
                written: words.signed_money_short(self.money(figures.exchange)),
                from,
                to: at,
                class: if at >= from { "gain" } else { "loss" },
                address: None,
            });
        }
        steps.push(bar("closing", figures.closing));
        // Where the movements are small beside the whole, the bars begin higher, and the page says so.
        let least =
            steps.iter().map(|step| step.to.min(if step.class == "total" { step.to } else { step.from }));
        let least = least.fold(f64::MAX, f64::min);
        let most = steps.iter().map(|step| step.to.max(step.from)).fold(0.0, f64::max);
        let floor = if most > 0.0 && least / most > 0.5 { floor_below(least - (most - least)) } else { 0.0 };
        let note = if floor > 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "a round number below an amount")]
            let amount = self.short(Amount::from_major(floor as i64));
            words.say_with("bars-begin-at", &[("amount", Arg::Text(&amount))])
        } else {
            words.say("revenue-ties")
        };
        let steps: Vec<Step> = steps
            .into_iter()
            .map(|step| if step.class == "total" { Step { from: floor, ..step } } else { step })
            .collect();
        (waterfall(&words.say("waterfall-title"), &steps, floor), note)
    }

    fn periods(&self) -> Vec<Vec<String>> {
        let words = self.words;
        let row = |period: &laer8_revenue::movements::PeriodMovements| {
            let amount = |movement| self.cents(period.line(movement).amount);
            vec![
                words.month(period.window.start),
                self.cents(period.opening),
                amount(Movement::New),
                amount(Movement::Expansion),
                amount(Movement::Reactivation),
                amount(Movement::Contraction),
                amount(Movement::Churn),
                self.cents(period.closing),
                words.signed_percent(period.net_growth, 1),
            ]
        };
        self.view.periods.iter().rev().map(row).collect()
    }

    fn over_time(&self) -> (String, String) {
        let words = self.words;
        let periods = &self.view.periods;
        let labels: Vec<String> = periods.iter().map(|period| words.month(period.window.start)).collect();
        let line = |name: String,
                    class,
                    pick: &dyn Fn(&laer8_revenue::movements::PeriodMovements) -> Amount| {
            Line { name, class, values: periods.iter().map(|period| Some(pick(period).to_f64())).collect() }
        };
        let metric = |key| words.name(Term::Metric, key);
        #[expect(clippy::cast_possible_truncation, reason = "an axis")]
        let money = |value: f64| self.short(Amount::from_major(value.round() as i64));
        let mrr = [line(String::new(), "c1", &|period| period.closing)];
        let both = [
            line(metric("acquisition"), "c-healthy", &|period| period.acquisition),
            line(metric("attrition"), "c-risk", &|period| period.attrition),
        ];
        (
            lines(&words.say("web-mrr-over-time"), &labels, &mrr, None, &money),
            lines(&words.say("web-won-and-lost"), &labels, &both, None, &money),
        )
    }

    fn entries(&self) -> (Vec<EntryLine>, String) {
        let words = self.words;
        let Some(entries) = &self.view.entries else { return (Vec::new(), String::new()) };
        let sum: Amount = entries.iter().map(|entry| entry.after - entry.before).sum();
        let line = |entry: &laer8_app::EntryRow| {
            let change = entry.after - entry.before;
            EntryLine {
                day: words.day(entry.day),
                name: entry.name.clone(),
                address: format!("{}#ledger", self.asked.link(&format!("/accounts/{}", entry.account))),
                about: laer8_phrases::parts(words, entry),
                change: words.signed_money_cents(self.money(change)),
                class: if change.is_positive() { "t-healthy" } else { "t-risk" },
                after: self.cents(entry.after),
            }
        };
        (entries.iter().rev().map(line).collect(), words.signed_money_cents(self.money(sum)))
    }

    fn breakdown(&self) -> Vec<(String, String, String, String, Option<String>)> {
        let words = self.words;
        let Some(by) = &self.view.by else { return Vec::new() };
        let row = |row: &laer8_revenue::breakdown::Row| {
            let name = match &row.key {
                Some(key) if self.facet == "segment" => words.name(Term::Segment, key),
                Some(key) => key.clone(),
                None => words.say("revenue-no-key"),
            };
            let address = row
                .key
                .as_ref()
                .map(|key| self.asked.link_with("/accounts", &[("where", &format!("{}={key}", self.facet))]));
            (
                name,
                self.short(row.arr),
                words.percent(row.share, 1),
                words.count(super::count(row.accounts)),
                address,
            )
        };
        by.rows.iter().take(12).map(row).collect()
    }

    fn cohorts(&self) -> (Vec<CohortLine>, Vec<String>) {
        let words = self.words;
        let Some(cohorts) = &self.view.cohorts else { return (Vec::new(), Vec::new()) };
        let shown = cohorts.iter().rev().take(COHORTS).filter(|cohort| !cohort.points.is_empty());
        let line = |cohort: &Cohort| CohortLine {
            month: words.month(cohort.month),
            accounts: words.count(super::count(cohort.accounts)),
            start: self.short(cohort.starting_mrr),
            cells: cohort
                .points
                .iter()
                .take(COHORT_MONTHS + 1)
                .map(|point| Cell {
                    class: shade(point.net_retained),
                    text: point
                        .net_retained
                        .map_or_else(|| UNDEFINED.to_owned(), |kept| words.number(kept * 100.0, 0)),
                    title: format!("{}: {}", words.day(point.day), self.cents(point.mrr)),
                })
                .collect(),
        };
        let lines: Vec<CohortLine> = shown.map(line).collect();
        let columns = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        (lines, (0..columns).map(|month| words.count(super::count(month))).collect())
    }
}

/// The class of a share kept: from nothing to more than all.
fn shade(kept: Option<f64>) -> String {
    let Some(kept) = kept else { return "h-none".to_owned() };
    let step = match kept {
        kept if kept < 0.5 => 0,
        kept if kept < 0.7 => 1,
        kept if kept < 0.85 => 2,
        kept if kept < 0.95 => 3,
        kept if kept < 1.05 => 4,
        kept if kept < 1.2 => 5,
        _ => 6,
    };
    format!("h{step}")
}

/// A round number below.
fn floor_below(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    (value / power).floor() * power
}
