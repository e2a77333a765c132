//! Revenue: net growth first, and every figure opens to its entries.

mod behind;
mod tables;

use super::{
    Change, direction,
    pager::{PAGE, Pager, Shown, passed_over},
    shown,
};
use crate::{
    charts::{Line, Place, Step, lines, waterfall},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use behind::Behind;
use laer8_app::{
    AsOf, End, EntryRow, EntryStart, Figures, Filter, Moved, PayingDoubts, RevenueEntriesQuery,
    RevenueEntriesView, RevenueQuery, RevenueView,
};
use laer8_domain::{
    days::{Day, Granularity},
    money::{Amount, Money},
};
use laer8_words::{Arg, Term, Words};
use tables::{CohortLine, Number, Part, PeriodRow};

/// For how many months back revenue can be asked.
const MONTHS: [u32; 4] = [3, 12, 24, 36];
/// By what it can be broken down.
const FACETS: [&str; 5] = ["plan", "segment", "industry", "country", "owner"];
/// In the address: of whose accounts alone.
const OWNER: &str = "owner";
/// Entries, or accounts behind a sum, on a page.
const ROWS: usize = 50;

struct Figure {
    name: String,
    about: String,
    value: String,
    class: &'static str,
    note: String,
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

/// The entries behind a movement, a page of them.
struct Entries {
    movement: String,
    /// The sum of all of them, on whichever page.
    sum: String,
    about: String,
    lines: Vec<EntryLine>,
    pager: Option<Pager>,
}

#[derive(Template)]
#[template(path = "revenue.html")]
struct Page {
    frame: Frame,
    sub: String,
    /// Whose accounts alone it is about, and where all are.
    owner: Option<(String, String)>,
    spans: Vec<(String, String, bool)>,
    figures: Vec<Figure>,
    /// What contradicts that accounts pay, and where it is.
    doubts: Vec<(String, String)>,
    waterfall: String,
    /// The steps of the waterfall, by name.
    steps: Vec<(String, String)>,
    waterfall_note: String,
    /// Whether there is exchange among the columns of the periods.
    has_exchange: bool,
    periods: Vec<PeriodRow>,
    total: PeriodRow,
    /// What both charts draw.
    drawn: Vec<PeriodRow>,
    /// Acquisition and attrition of all periods together, in short and exactly.
    won_and_lost: [[Number; 2]; 2],
    over_time: String,
    against: String,
    entries: Option<Entries>,
    close: String,
    behind: Option<Behind>,
    facets: Vec<(String, String, bool)>,
    /// By what, as the name of a column and in the heading.
    facet: String,
    by: String,
    breakdown: Vec<Part>,
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
    let owner = asked.query.get(OWNER);
    let query = RevenueQuery {
        filter: owner.iter().fold(Filter::default(), |filter, owner| filter.owned_by(owner)),
        from,
        months: Some(months),
        to,
        granularity: Some(Granularity::Month),
        by: Some(facet.clone()),
        cohorts: true,
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
    let entries = match moved {
        None => None,
        Some(moved) => {
            let wanted = RevenueEntriesQuery {
                of: query,
                moved,
                newest_first: true,
                start: EntryStart::Offset(passed_over(&asked.query, ROWS)),
                limit: Some(ROWS),
            };
            let view = app.revenue_entries(&asked.actor, asked.as_of, &wanted).await.map_err(fail)?;
            Some(drawing.entries(moved, &view))
        }
    };
    // Of a past day nobody can say: what was found was found in what is known now.
    let doubts = match asked.as_of {
        AsOf::Day(_) => None,
        AsOf::Newest | AsOf::Today => app.paying_doubts(&asked.actor).await.map_err(fail)?,
    };
    let doubts = doubts.map(|doubts| drawing.doubts(&doubts)).unwrap_or_default();
    shown(&asked, &Page { doubts, ..drawing.page(entries, behind) })
}

/// What entries are of.
fn name(words: Words, moved: Moved) -> String {
    match moved {
        Moved::One(movement) => words.name(Term::Movement, movement.key()),
        Moved::Acquisition => words.name(Term::Metric, "acquisition"),
        Moved::Attrition => words.name(Term::Metric, "attrition"),
        Moved::All => words.say("behind-movements"),
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
    fn page(&self, entries: Option<Entries>, behind: Option<Behind>) -> Page {
        let words = self.words;
        let figures = &self.view.figures;
        let growth = words.signed_percent(figures.net_growth, 1);
        let days = laer8_domain::days::Window::new(figures.from, figures.to);
        let title = self.title(figures, &growth);
        let (waterfall, steps, waterfall_note) = self.waterfall(figures);
        let (cohorts, cohort_months) = self.cohorts();
        let (over_time, against) = self.over_time();
        Page {
            frame: Frame::new(self.asked, "/revenue", title, self.view.as_of),
            sub: words.say_with("revenue-title", &[("window", Arg::Text(&words.window(days)))]),
            owner: self
                .asked
                .query
                .get(OWNER)
                .map(|owner| (super::short_name(owner), self.asked.query.without(OWNER).address("/revenue"))),
            spans: MONTHS.map(|months| self.span(months)).into(),
            figures: self.figures(figures),
            doubts: Vec::new(),
            waterfall,
            steps,
            waterfall_note,
            has_exchange: self.has_exchange(),
            periods: self.periods(),
            total: self.total(figures),
            drawn: self.drawn(),
            won_and_lost: [Self::short, Self::cents]
                .map(|written| self.won_and_lost([figures.acquisition, figures.attrition], None, written)),
            over_time,
            against,
            entries,
            behind,
            close: format!("{}#movements", self.asked.query.without_any(&behind::OPEN).address("/revenue")),
            facets: FACETS.map(|facet| self.facet_link(facet)).into(),
            by: words.say_with(
                "revenue-by",
                &[("facet", Arg::Text(&words.name(Term::Field, &self.facet).to_lowercase()))],
            ),
            facet: words.name(Term::Field, &self.facet),
            breakdown: self.breakdown(),
            cohorts,
            cohort_months,
        }
    }

    fn span(&self, months: u32) -> (String, String, bool) {
        let said = self.words.say_with("web-months", &[("months", Arg::from(months))]);
        let query = self.asked.query.without_any(&["from", "to", PAGE]).with("months", &months.to_string());
        (said, query.address("/revenue"), months == self.months && self.asked.query.get("from").is_none())
    }

    fn facet_link(&self, facet: &str) -> (String, String, bool) {
        let address = self.asked.query.without(PAGE).with("by", facet).address("/revenue");
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
        let customers = [figures.opening_customers, figures.closing_customers];
        let customers = customers.map(|count| words.count(super::count(count)));
        let customers = [("before", Arg::Text(&customers[0])), ("after", Arg::Text(&customers[1]))];
        let customers = words.say_with("web-customers-from-to", &customers);
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

    /// As a picture, as rows, and what is to be said of it.
    fn waterfall(&self, figures: &Figures) -> (String, Vec<(String, String)>, String) {
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
        let rows = steps.iter().map(|step| (step.name.clone(), step.written.clone())).collect();
        (waterfall(&words.say("waterfall-title"), &steps, floor), rows, note)
    }

    fn doubts(&self, doubts: &PayingDoubts) -> Vec<(String, String)> {
        let address = self.asked.link(&format!("/imports/{}", doubts.run));
        let said = |finding: &laer8_app::FindingReport| {
            let count = i64::try_from(finding.count).unwrap_or(i64::MAX);
            let name = self.words.name(Term::Finding, &finding.kind);
            (format!("{name}: {}", self.words.count(count)), address.clone())
        };
        doubts.findings.iter().map(said).collect()
    }

    /// The finding: over how many months it grew or shrank; growth alone where
    /// two days were asked for.
    fn title(&self, figures: &Figures, growth: &str) -> String {
        let words = self.words;
        let Some(ratio) = figures.net_growth.filter(|_| self.asked.query.get("from").is_none()) else {
            return words.say_with("web-revenue-title", &[("growth", Arg::Text(growth))]);
        };
        let size = words.percent(ratio.abs(), 1);
        let args = [("growth", Arg::Text(&size)), ("months", Arg::from(self.months))];
        match direction(ratio) {
            Some(true) => words.say_with("web-revenue-grew", &args),
            Some(false) => words.say_with("web-revenue-shrank", &args),
            None => words.say_with("web-revenue-title", &[("growth", Arg::Text(growth))]),
        }
    }

    fn over_time(&self) -> (String, String) {
        let words = self.words;
        let periods = &self.view.periods;
        let place = |month: String| Place { tick: month.clone(), said: month };
        let places: Vec<Place> =
            periods.iter().map(|period| place(words.month(period.window.start))).collect();
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
            lines(&words.say("web-mrr-over-time"), &places, &mrr, None, &money),
            lines(&words.say("web-won-and-lost"), &places, &both, None, &money),
        )
    }

    /// What the entries are for, and how the quick ratio comes of all of them.
    fn entries_about(&self, moved: Moved, view: &RevenueEntriesView) -> String {
        let words = self.words;
        if moved != Moved::All {
            return words.say("web-entries-about");
        }
        let (gained, lost) = (self.cents(view.gained), self.cents(view.lost));
        let ratio = words.number(self.view.figures.quick_ratio, 2);
        let args = [
            ("ratio", Arg::Text(ratio.as_str())),
            ("gained", Arg::Text(&gained)),
            ("lost", Arg::Text(&lost)),
        ];
        words.say_with("behind-how-quick", &args)
    }

    fn entries(&self, moved: Moved, view: &RevenueEntriesView) -> Entries {
        let words = self.words;
        let line = |entry: &EntryRow| {
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
        let of = Shown { offset: view.offset, rows: view.entries.len(), found: view.found };
        let to = |page: &str| {
            let address = self.asked.query.with(PAGE, page).address("/revenue");
            format!("{address}#entries")
        };
        Entries {
            movement: name(words, moved),
            sum: words.signed_money_cents(self.money(view.gained - view.lost)),
            about: self.entries_about(moved, view),
            lines: view.entries.iter().map(line).collect(),
            pager: Pager::of(words, ROWS, of, to),
        }
    }
}

/// A round number below.
fn floor_below(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    (value / power).floor() * power
}
