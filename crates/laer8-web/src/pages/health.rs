//! Health: how the book is now, by segment, and how it went.

use super::{Health, band_class, shown};
use crate::{
    charts::{Bar, Line, lines, share},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::response::Response;
use laer8_app::{AccountRow, Filter, HealthOverTime};
use laer8_domain::money::{Amount, Currency, Money};
use laer8_words::{Arg, Term, Words};
use std::collections::BTreeMap;

const BANDS: [&str; 4] = ["healthy", "watch", "at_risk", "not_enough_data"];
/// Over how many days health is followed.
const DAYS: u32 = 366;
/// Accounts listed for each way.
const MOVERS: usize = 10;

struct BandRow {
    health: Health,
    accounts: String,
    arr: String,
    share: String,
    address: String,
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
    sub: String,
    bar: String,
    bands: Vec<BandRow>,
    buckets: Vec<(String, String, String)>,
    segments: Vec<SegmentRow>,
    over_time: String,
    mean_over_time: String,
    fell: Vec<Mover>,
    rose: Vec<Mover>,
    months: Vec<[String; 6]>,
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let app = &asked.site.app;
    let fail = |error| Trouble::of(&asked, &error);
    let view = app.accounts(&asked.actor, asked.as_of, &Filter::default()).await.map_err(fail)?;
    let history = app.health_over_time(&asked.actor, asked.as_of, DAYS).await.map_err(fail)?;
    let rows: Vec<&AccountRow> = view.accounts.iter().filter(|row| row.mrr.is_positive()).collect();
    let drawing = Drawing { asked: &asked, words: asked.words, currency: view.currency, rows };
    let words = asked.words;
    let at_risk = drawing.band("at_risk");
    let arr: Amount = at_risk.iter().map(|row| row.arr).sum();
    let title = words.say_with(
        "web-health-title",
        &[("count", Arg::from(at_risk.len())), ("arr", Arg::Text(&drawing.short(arr)))],
    );
    let (over_time, mean_over_time) = over_time(words, &history);
    let page = Page {
        frame: Frame::new(&asked, "/health", title, view.as_of),
        sub: drawing.sub(),
        bar: drawing.bar(&drawing.rows),
        bands: drawing.bands(),
        buckets: drawing.buckets(),
        segments: drawing.segments(),
        over_time,
        mean_over_time,
        fell: drawing.movers(true),
        rose: drawing.movers(false),
        months: monthly(words, &history),
    };
    shown(&asked, &page)
}

struct Drawing<'a> {
    asked: &'a Asked,
    words: Words,
    currency: Currency,
    /// Customers.
    rows: Vec<&'a AccountRow>,
}

impl Drawing<'_> {
    fn short(&self, amount: Amount) -> String {
        self.words.money_short(Money { amount, currency: self.currency })
    }

    fn band(&self, band: &str) -> Vec<&AccountRow> {
        self.rows.iter().copied().filter(|row| row.band == band).collect()
    }

    fn sub(&self) -> String {
        let fell = self.rows.iter().filter(|row| row.change_30.is_some_and(|change| change <= -5.0)).count();
        let rose = self.rows.iter().filter(|row| row.change_30.is_some_and(|change| change >= 5.0)).count();
        self.words.say_with("web-health-sub", &[("fell", Arg::from(fell)), ("rose", Arg::from(rose))])
    }

    fn bar(&self, rows: &[&AccountRow]) -> String {
        let whole: f64 = rows.iter().map(|row| row.arr.to_f64()).sum();
        let part = |band: &str| {
            let arr: f64 = rows.iter().filter(|row| row.band == band).map(|row| row.arr.to_f64()).sum();
            Bar { share: if whole > 0.0 { arr / whole } else { 0.0 }, class: band_class(band) }
        };
        share(&BANDS.map(part))
    }

    fn bands(&self) -> Vec<BandRow> {
        let whole: f64 = self.rows.iter().map(|row| row.arr.to_f64()).sum();
        let row = |band: &'static str| {
            let those = self.band(band);
            let arr: Amount = those.iter().map(|row| row.arr).sum();
            BandRow {
                health: Health::new(self.words, band, None),
                accounts: self.words.count(super::count(those.len())),
                arr: self.short(arr),
                share: self.words.percent((whole > 0.0).then(|| arr.to_f64() / whole), 0),
                address: self.asked.link_with("/accounts", &[("where", &format!("band={band}"))]),
            }
        };
        BANDS.map(row).into()
    }

    /// How many customers have a score in each step of ten, by band; a bar as
    /// long as the fullest step.
    fn buckets(&self) -> Vec<(String, String, String)> {
        let mut counts = [[0_u32; BANDS.len()]; 10];
        for row in &self.rows {
            let (Some(score), Some(band)) = (row.score, BANDS.iter().position(|band| *band == row.band))
            else {
                continue;
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a score is 0 to 100"
            )]
            let bucket = ((score / 10.0) as usize).min(9);
            counts[bucket][band] += 1;
        }
        let most = counts.iter().map(|bands| bands.iter().sum::<u32>()).max().unwrap_or(1).max(1);
        let bucket = |(position, bands): (usize, &[u32; BANDS.len()])| {
            let part = |(band, count): (&&'static str, &u32)| Bar {
                share: f64::from(*count) / f64::from(most),
                class: band_class(band),
            };
            let bars: Vec<Bar> = BANDS.iter().zip(bands).map(part).collect();
            let count = self.words.count(i64::from(bands.iter().sum::<u32>()));
            (format!("{}–{}", position * 10, position * 10 + 10), count, share(&bars))
        };
        counts.iter().enumerate().map(bucket).collect()
    }

    fn segments(&self) -> Vec<SegmentRow> {
        let mut segments: BTreeMap<&str, Vec<&AccountRow>> = BTreeMap::new();
        for row in &self.rows {
            segments.entry(row.segment.as_str()).or_default().push(row);
        }
        let row = |(segment, rows): (&str, Vec<&AccountRow>)| {
            let scores: Vec<f64> = rows.iter().filter_map(|row| row.score).collect();
            #[expect(clippy::cast_precision_loss, reason = "accounts")]
            let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
            let at_risk = rows.iter().filter(|row| row.band == "at_risk").count();
            SegmentRow {
                name: self.words.name(Term::Segment, segment),
                bar: self.bar(&rows),
                accounts: self.words.count(super::count(rows.len())),
                at_risk: self.words.count(super::count(at_risk)),
                mean: self.words.number(mean, 0),
                address: self.asked.link_with("/accounts", &[("where", &format!("segment={segment}"))]),
            }
        };
        segments.into_iter().map(row).collect()
    }

    fn movers(&self, down: bool) -> Vec<Mover> {
        let mut rows: Vec<(&AccountRow, f64)> =
            self.rows.iter().filter_map(|row| Some((*row, row.change_30?))).collect();
        rows.retain(|(_, change)| if down { *change <= -0.5 } else { *change >= 0.5 });
        rows.sort_by(|a, b| if down { a.1.total_cmp(&b.1) } else { b.1.total_cmp(&a.1) });
        let mover = |(row, change): (&AccountRow, f64)| Mover {
            name: row.name.clone(),
            address: self.asked.link(&format!("/accounts/{}", row.id)),
            health: Health::of(self.words, row),
            change: super::Change::of_points(self.words, Some(change), 0),
            arr: self.short(row.arr),
        };
        rows.into_iter().take(MOVERS).map(mover).collect()
    }
}

/// The accounts of each band, and the mean score, week by week.
fn over_time(words: Words, history: &HealthOverTime) -> (String, String) {
    let days: Vec<_> = history.days.iter().rev().step_by(7).collect::<Vec<_>>().into_iter().rev().collect();
    let labels: Vec<String> = days.iter().map(|day| words.day_short(day.day)).collect();
    let band = |band: &str, class, pick: &dyn Fn(&laer8_app::HealthOfDay) -> u32| Line {
        name: words.name(Term::Band, band),
        class,
        values: days.iter().map(|day| Some(f64::from(pick(day)))).collect(),
    };
    let bands = [
        band("healthy", "c-healthy", &|day| day.healthy),
        band("watch", "c-watch", &|day| day.watch),
        band("at_risk", "c-risk", &|day| day.at_risk),
    ];
    let mean =
        Line { name: String::new(), class: "c1", values: days.iter().map(|day| day.mean_score).collect() };
    let count = |value: f64| words.number(value, 0);
    (
        lines(&words.say("web-health-over-time"), &labels, &bands, None, &count),
        lines(&words.say("web-mean-score"), &labels, &[mean], Some((0.0, 100.0)), &count),
    )
}

/// The same as a table, by the ends of the months.
fn monthly(words: Words, history: &HealthOverTime) -> Vec<[String; 6]> {
    let days = &history.days;
    let is_end = |position: usize| match days.get(position + 1) {
        Some(next) => next.day.format("%m").to_string() != days[position].day.format("%m").to_string(),
        None => true,
    };
    let row = |day: &laer8_app::HealthOfDay| {
        let count = |number: u32| words.count(i64::from(number));
        let cells = [count(day.healthy), count(day.watch), count(day.at_risk), count(day.not_enough_data)];
        let [healthy, watch, at_risk, unknown] = cells;
        [words.day(day.day), healthy, watch, at_risk, unknown, words.number(day.mean_score, 1)]
    };
    let ends = days.iter().enumerate().filter(|(position, _)| is_end(*position));
    ends.map(|(_, day)| row(day)).rev().collect()
}
