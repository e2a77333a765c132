//! Health: how the book is now, by segment, and how it went.

mod over_time;

use super::{Health, band_class, shown};
use crate::{
    charts::{Bar, share},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use laer8_app::{
    AccountRow, BandCount, BandTotal, Filter, HealthOverview, HealthQuery, HealthSoFar, ScoreStep,
    SegmentHealth,
};
use laer8_domain::money::{Amount, Money};
use laer8_words::{Arg, Term, Words};
use over_time::{Working, Year};

/// In the address: whose health over time.
const SEGMENT: &str = "segment";

/// Over how many days health is followed.
const DAYS: u32 = 366;

struct BandRow {
    health: Health,
    accounts: String,
    arr: String,
    share: String,
    address: String,
}

/// A step of ten points, and the customers in it.
struct Bucket {
    range: String,
    bar: String,
    customers: String,
    /// Where they are; none where there are none.
    address: Option<String>,
}

struct SegmentRow {
    name: String,
    bar: String,
    accounts: String,
    at_risk: String,
    mean: String,
    address: String,
}

struct Mover {
    name: String,
    address: String,
    health: Health,
    change: super::Change,
    arr: String,
}

#[derive(Template)]
#[template(path = "health.html")]
struct Page {
    frame: Frame,
    scorecards: String,
    sub: String,
    bar: String,
    bands: Vec<BandRow>,
    /// Customers, their revenue and their mean score.
    totals: [String; 3],
    buckets: Vec<Bucket>,
    segments: Vec<SegmentRow>,
    /// Whose health over time: everybody's, or a segment's.
    whose: Vec<(String, String, bool)>,
    year: Option<Year>,
    /// How far a year that is being worked out has got.
    working: Option<Working>,
    /// All that fell or rose, the most first.
    all_fell: String,
    all_rose: String,
    fell: Vec<Mover>,
    rose: Vec<Mover>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let app = &asked.site.app;
    let fail = |error| Trouble::of(&asked, &error);
    let view = app.health_overview(&asked.actor, asked.as_of, &Filter::default()).await.map_err(fail)?;
    let segment = asked.query.get(SEGMENT).filter(|it| !it.is_empty()).map(ToOwned::to_owned);
    let query = HealthQuery { days: DAYS, segment };
    let history = app.health_so_far(&asked.actor, asked.as_of, &query).await.map_err(fail)?;
    let drawing = Drawing { asked: &asked, words: asked.words, view: &view };
    let words = asked.words;
    let (year, working) = match &history {
        HealthSoFar::Ready(history) => (Some(Year::of(words, history)), None),
        HealthSoFar::Working { done, of } => (None, Some(Working::of(&asked, *done, *of))),
    };
    let moved = [("fell", Arg::from(view.fell)), ("rose", Arg::from(view.rose))];
    let page = Page {
        frame: Frame::new(&asked, "/health", drawing.title(), view.as_of),
        scorecards: asked.link("/health/scorecards"),
        sub: words.say_with("web-health-sub", &moved),
        bar: bar(&view.bands),
        bands: drawing.bands(),
        totals: [
            words.count(super::count(view.customers)),
            drawing.short(view.arr),
            words.number(view.mean_score, 0),
        ],
        buckets: drawing.buckets(),
        segments: drawing.segments(),
        whose: drawing.whose(query.segment.as_deref()),
        year,
        working,
        all_fell: asked.link_with("/accounts", &[("where", "change_30<0"), ("sort", "change_30")]),
        all_rose: asked.link_with("/accounts", &[("where", "change_30>=0"), ("sort", "-change_30")]),
        fell: drawing.movers(&view.fell_most),
        rose: drawing.movers(&view.rose_most),
    };
    shown(&asked, &page)
}

struct Drawing<'a> {
    asked: &'a Asked,
    words: Words,
    view: &'a HealthOverview,
}

/// The revenue of each band, as a bar.
/// The whole points of a step: the last holds 100 too.
fn range(from: u32, to: u32) -> String {
    let last = if to < 100 { to.saturating_sub(1) } else { to };
    format!("{from}–{last}")
}

fn bar(bands: &[BandTotal]) -> String {
    let whole: f64 = bands.iter().map(|band| band.arr.to_f64()).sum();
    let part = |band: &BandTotal| Bar {
        share: if whole > 0.0 { band.arr.to_f64() / whole } else { 0.0 },
        class: band_class(band.band),
    };
    share(&bands.iter().map(part).collect::<Vec<_>>())
}

fn at_risk(bands: &[BandTotal]) -> Option<&BandTotal> {
    bands.iter().find(|band| band.band == "at_risk")
}

impl Drawing<'_> {
    fn title(&self) -> String {
        let (count, arr) =
            at_risk(&self.view.bands).map_or((0, Amount::default()), |band| (band.accounts, band.arr));
        let args = [("count", Arg::from(count)), ("arr", Arg::Text(&self.short(arr)))];
        self.words.say_with("web-health-title", &args)
    }

    fn short(&self, amount: Amount) -> String {
        self.words.money_short(Money { amount, currency: self.view.currency })
    }

    /// Where the customers are for which this holds.
    fn customers(&self, condition: &str) -> String {
        self.asked.link_and("/accounts", &[("where", condition), ("where", "customer=true")])
    }

    fn bands(&self) -> Vec<BandRow> {
        let row = |band: &BandTotal| BandRow {
            health: Health::new(self.words, band.band, None),
            accounts: self.words.count(super::count(band.accounts)),
            arr: self.short(band.arr),
            share: self.words.percent(band.arr.ratio_to(self.view.arr), 0),
            address: self.customers(&format!("band={}", band.band)),
        };
        self.view.bands.iter().map(row).collect()
    }

    /// How many customers have a score in each step of ten, by band; a bar as
    /// long as the fullest step.
    fn buckets(&self) -> Vec<Bucket> {
        let sum = |step: &ScoreStep| step.bands.iter().map(|band| band.customers).sum::<u32>();
        let most = self.view.distribution.iter().map(sum).max().unwrap_or(1).max(1);
        let bucket = |step: &ScoreStep| {
            let part = |band: &BandCount| Bar {
                share: f64::from(band.customers) / f64::from(most),
                class: band_class(band.band),
            };
            let bars: Vec<Bar> = step.bands.iter().map(part).collect();
            let from = format!("score>={}", step.from);
            let to = format!("score<{}", step.to);
            // The last step holds 100 too.
            let wanted = [("where", from.as_str()), ("where", to.as_str())];
            let wanted = if step.to < 100 { &wanted[..] } else { &wanted[..1] };
            let customers = sum(step);
            Bucket {
                range: range(step.from, step.to),
                bar: share(&bars),
                customers: self.words.count(i64::from(customers)),
                address: (customers > 0).then(|| self.asked.link_and("/accounts", wanted)),
            }
        };
        self.view.distribution.iter().map(bucket).collect()
    }

    fn segments(&self) -> Vec<SegmentRow> {
        let row = |it: &SegmentHealth| SegmentRow {
            name: self.words.name(Term::Segment, &it.segment),
            bar: bar(&it.bands),
            accounts: self.words.count(super::count(it.customers)),
            at_risk: self.words.count(super::count(at_risk(&it.bands).map_or(0, |band| band.accounts))),
            mean: self.words.number(it.mean_score, 0),
            address: self.customers(&format!("segment={}", it.segment)),
        };
        self.view.segments.iter().map(row).collect()
    }

    fn movers(&self, rows: &[AccountRow]) -> Vec<Mover> {
        let mover = |row: &AccountRow| Mover {
            name: row.name.clone(),
            address: self.asked.link(&format!("/accounts/{}", row.id)),
            health: Health::of(self.words, row),
            change: super::Change::of_points(self.words, row.change_30, 0),
            arr: self.short(row.arr),
        };
        rows.iter().map(mover).collect()
    }
}
