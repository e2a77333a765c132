//! Revenue: net growth first, and every figure opens to its entries.

mod behind;

use super::{Change, shown};
use crate::{
    charts::{Line, Step, lines, waterfall},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use behind::Behind;
use laer8_app::{End, EntryRow, Figures, RevenueQuery, RevenueView};
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
    address: String,
}

/// A number of a table, and where it leads.
struct Number {
    text: String,
    address: String,
}

struct EntryLine {
    day: String,
    name: String,
    address: String,
    about: String,
    change: String,
    /// The change as it is kept: what is written is rounded.
    exactly: Amount,
    class: &'static str,
    after: String,
}

struct Cell {
    class: String,
    text: String,
    title: String,
    address: String,
}

struct CohortLine {
    month: String,
    accounts: String,
    start: String,
    /// The entries with which they came.
    came: String,
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
    columns: Vec<String>,
    periods: Vec<(String, Vec<Number>)>,
    over_time: String,
    against: String,
    movement: Option<String>,
    entries: Vec<EntryLine>,
    entries_sum: String,
    entries_about: String,
    close: String,
    behind: Option<Behind>,
    facets: Vec<(String, String, bool)>,
    breakdown: Vec<(String, String, String, String, String)>,
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
    let mut facet = asked.query.get("by").filter(|by| FACETS.contains(by)).unwrap_or("plan").to_owned();
    let moved = asked.query.get("movement").and_then(Moved::of);
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
        entries: moved.map(Moved::one),
        ..RevenueQuery::default()
    };
    let view = match app.revenue(&asked.actor, asked.as_of, &query).await {
        Ok(view) => view,
        // Where nobody has that field there is nothing to break down by.
        Err(laer8_app::AppError::NotFound { .. }) => {
            let query = RevenueQuery { by: Some("plan".to_owned()), ..query.clone() };
            "plan".clone_into(&mut facet);
            app.revenue(&asked.actor, asked.as_of, &query).await.map_err(fail)?
        }
        Err(error) => return Err(fail(error)),
    };
    let listed = behind::read(&asked, &query, &facet).await?;
    let drawing = Drawing { asked: &asked, words: asked.words, view: &view, months, facet };
    let behind = listed.map(|(query, view)| drawing.behind(&query, &view));
    shown(&asked, &drawing.page(moved, behind))
}

/// Whose entries are listed.
#[derive(Clone, Copy)]
enum Moved {
    One(Movement),
    Acquisition,
    Attrition,
    All,
}

impl Moved {
    fn of(key: &str) -> Option<Self> {
        match key {
            "acquisition" => Some(Self::Acquisition),
            "attrition" => Some(Self::Attrition),
            "all" => Some(Self::All),
            key => Movement::ALL.into_iter().find(|movement| movement.key() == key).map(Self::One),
        }
    }

    /// What to ask for; more than is listed where it is several movements.
    fn one(self) -> Option<Movement> {
        match self {
            Self::One(movement) => Some(movement),
            _ => None,
        }
    }

    fn holds(self, movement: Movement) -> bool {
        match self {
            Self::One(one) => movement == one,
            Self::Acquisition => matches!(movement, Movement::New | Movement::Reactivation),
            Self::Attrition => matches!(movement, Movement::Contraction | Movement::Churn),
            Self::All => true,
        }
    }

    fn name(self, words: Words) -> String {
        match self {
            Self::One(movement) => words.name(Term::Movement, movement.key()),
            Self::Acquisition => words.name(Term::Metric, "acquisition"),
            Self::Attrition => words.name(Term::Metric, "attrition"),
            Self::All => words.say("behind-movements"),
        }
    }
}

struct Drawing<'a> {
    asked: &'a Asked,
    words: Words,
    view: &'a RevenueView,
    months: u32,
    facet: String,
}

impl Drawing<'_> {
    fn page(&self, moved: Option<Moved>, behind: Option<Behind>) -> Page {
        let words = self.words;
        let figures = &self.view.figures;
        let growth = words.signed_percent(figures.net_growth, 1);
        let title = words.say_with("web-revenue-title", &[("growth", Arg::Text(&growth))]);
        let (waterfall, waterfall_note) = self.waterfall(figures);
        let (cohorts, cohort_months) = self.cohorts();
        let (over_time, against) = self.over_time();
        let (entries, entries_sum) = self.entries(moved);
        let (columns, periods) = self.periods();
        let window = laer8_domain::days::Window::new(figures.from, figures.to);
        Page {
            frame: Frame::new(self.asked, "/revenue", title, self.view.as_of),
            sub: words.say_with("revenue-title", &[("window", Arg::Text(&words.window(window)))]),
            spans: MONTHS.map(|months| self.span(months)).into(),
            figures: self.figures(figures),
            waterfall,
            waterfall_note,
            columns,
            periods,
            over_time,
            against,
            movement: moved.map(|moved| moved.name(words)),
            entries,
            entries_sum,
            entries_about: self.entries_about(moved),
            behind,
            close: format!("{}#movements", self.asked.query.without_any(&behind::OPEN).address("/revenue")),
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
        let figure = |key: &str, value: String, note: String, address: String| Figure {
            name: words.name(Term::Metric, key),
            about: words.about(Term::Metric, key).unwrap_or_default(),
            value,
            class: if key == "net_growth" { growth.class } else { "" },
            note,
            address,
        };
        let arr = figures.closing.scaled(12, 1).unwrap_or_default();
        let from_to = format!("{} → {}", self.short(figures.opening), self.short(figures.closing));
        let customers = format!(
            "{} → {}",
            words.count(super::count(figures.opening_customers)),
            words.count(super::count(figures.closing_customers))
        );
        let mrr = format!("{} {}", self.short(figures.closing), words.name(Term::Metric, "mrr"));
        let percent = |it| words.percent(it, 1);
        let kept = self.list(End::Opening, None);
        vec![
            figure("net_growth", growth.text.clone(), from_to, self.list(End::Either, None)),
            figure("arr", self.short(arr), mrr, self.list(End::Closing, None)),
            figure("nrr", percent(figures.nrr), words.say("web-nrr-note"), kept.clone()),
            figure("grr", percent(figures.grr), words.say("web-grr-note"), kept.clone()),
            figure("logo_churn", percent(figures.logo_churn), customers, kept),
            figure(
                "quick_ratio",
                words.number(figures.quick_ratio, 2),
                words.say("web-quick-note"),
                self.moved("all", None),
            ),
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
            address: Some(self.list(if key == "opening" { End::Opening } else { End::Closing }, None)),
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
                address: Some(self.moved(key, None)),
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
                address: Some(self.list(End::Exchange, None)),
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

    /// The periods, the latest first: every number with the accounts or the
    /// entries behind it.
    fn periods(&self) -> (Vec<String>, Vec<(String, Vec<Number>)>) {
        let words = self.words;
        let has_exchange = self.view.periods.iter().any(|period| period.exchange != Amount::ZERO);
        let mut columns = vec![words.name(Term::Metric, "opening")];
        columns.extend(Movement::ALL.map(|movement| words.name(Term::Movement, movement.key())));
        columns.extend(has_exchange.then(|| words.name(Term::Movement, "exchange")));
        let more = ["closing", "net_growth", "acquisition", "attrition"];
        columns.extend(more.map(|key| words.name(Term::Metric, key)));
        let row = |period: &laer8_revenue::movements::PeriodMovements| {
            let window = Some((period.window.start, period.window.end));
            let list = |text: String, end| Number { text, address: self.list(end, window) };
            let moved =
                |amount: Amount, key| Number { text: self.cents(amount), address: self.moved(key, window) };
            let mut cells = vec![list(self.cents(period.opening), End::Opening)];
            cells.extend(Movement::ALL.map(|movement| moved(period.line(movement).amount, movement.key())));
            cells.extend(has_exchange.then(|| list(self.cents(period.exchange), End::Exchange)));
            cells.push(list(self.cents(period.closing), End::Closing));
            cells.push(list(words.signed_percent(period.net_growth, 1), End::Either));
            cells.push(moved(period.acquisition, "acquisition"));
            cells.push(moved(period.attrition, "attrition"));
            (words.month(period.window.start), cells)
        };
        (columns, self.view.periods.iter().rev().map(row).collect())
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

    /// The entries that are listed.
    fn listed(&self, moved: Moved) -> Vec<&EntryRow> {
        self.view.entries.iter().flatten().filter(|entry| moved.holds(entry.movement)).collect()
    }

    /// What the entries are for, and how the quick ratio comes of all of them.
    fn entries_about(&self, moved: Option<Moved>) -> String {
        let words = self.words;
        if !matches!(moved, Some(Moved::All)) {
            return words.say("web-entries-about");
        }
        let changes = || self.view.entries.iter().flatten().map(|entry| entry.after - entry.before);
        let gained: Amount = changes().filter(|change| change.is_positive()).sum();
        let lost: Amount = changes().filter(|change| !change.is_positive()).map(|change| -change).sum();
        let (gained, lost) = (self.cents(gained), self.cents(lost));
        let ratio = words.number(self.view.figures.quick_ratio, 2);
        let args = [
            ("ratio", Arg::Text(ratio.as_str())),
            ("gained", Arg::Text(&gained)),
            ("lost", Arg::Text(&lost)),
        ];
        words.say_with("behind-how-quick", &args)
    }

    fn entries(&self, moved: Option<Moved>) -> (Vec<EntryLine>, String) {
        let words = self.words;
        let Some(moved) = moved else { return (Vec::new(), String::new()) };
        let entries = self.listed(moved);
        let sum: Amount = entries.iter().map(|entry| entry.after - entry.before).sum();
        let line = |entry: &&EntryRow| {
            let change = entry.after - entry.before;
            EntryLine {
                day: words.day(entry.day),
                name: entry.name.clone(),
                address: format!("{}#ledger", self.asked.link(&format!("/accounts/{}", entry.account))),
                about: laer8_phrases::parts(words, entry),
                change: words.signed_money_cents(self.money(change)),
                exactly: change,
                class: if change.is_positive() { "t-healthy" } else { "t-risk" },
                after: self.cents(entry.after),
            }
        };
        (entries.iter().rev().map(line).collect(), words.signed_money_cents(self.money(sum)))
    }

    fn breakdown(&self) -> Vec<(String, String, String, String, String)> {
        let words = self.words;
        let Some(by) = &self.view.by else { return Vec::new() };
        let row = |row: &laer8_revenue::breakdown::Row| {
            (
                self.group_name(row.key.as_deref()),
                self.short(row.arr),
                words.percent(row.share, 1),
                words.count(super::count(row.accounts)),
                self.group(row.key.as_deref()),
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
            came: self.moved("new", Some((cohort.month, Granularity::Month.next(cohort.month)))),
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
                    address: self.cohort_on(cohort.month, point.day),
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
