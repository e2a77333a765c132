//! The health of the book on a day: by band, by segment, by score, and who
//! moved.

use crate::{
    AccountRow, Actor, App, AppError, AsOf, Filter, Moment, accounts::chosen, evaluation::Evaluation,
    reckoned::Reckoned, today::BandTotal,
};
use laer8_domain::{
    money::{Amount, Currency},
    users::Role,
};
use laer8_health::score::Band;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;

/// Accounts listed for each way in which scores moved.
const MOVERS: usize = 10;

/// From how many points in 30 days on an account counts as having moved.
const MOVED: f64 = 5.0;

/// From how many points on it can be listed: less is shown as none.
const LISTED: f64 = 0.5;

/// Steps of ten points.
const STEPS: usize = 10;

/// The health of the customers of the book on a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HealthOverview {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// How many customers there are.
    pub customers: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
    /// The mean score of those that have one.
    pub mean_score: Option<f64>,
    /// By band.
    pub bands: Vec<BandTotal>,
    /// By segment, by key.
    pub segments: Vec<SegmentHealth>,
    /// By score, in steps of ten points; the last holds 100 too.
    pub distribution: Vec<ScoreStep>,
    /// How many fell by five points or more in 30 days.
    pub fell: usize,
    /// How many rose by five points or more in 30 days.
    pub rose: usize,
    /// Those that fell most in 30 days, at most ten.
    pub fell_most: Vec<AccountRow>,
    /// Those that rose most in 30 days, at most ten.
    pub rose_most: Vec<AccountRow>,
}

/// The health of a segment's customers.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SegmentHealth {
    /// The segment's key.
    pub segment: String,
    /// How many customers it has.
    pub customers: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
    /// The mean score of those that have one.
    pub mean_score: Option<f64>,
    /// By band.
    pub bands: Vec<BandTotal>,
}

/// How many customers have a score in a step of ten points.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScoreStep {
    /// The least score inside.
    pub from: u32,
    /// Where the step ends.
    pub to: u32,
    /// How many are in it, by band, healthiest first.
    pub bands: Vec<BandCount>,
}

/// How many customers of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct BandCount {
    /// The band.
    #[schema(value_type = Band)]
    pub band: &'static str,
    /// How many.
    pub customers: u32,
}

impl App {
    /// The health of the customers that pass `filter`. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::NotFound`] for a filter on what no account has,
    /// [`AppError::Store`].
    pub async fn health_overview(
        &self,
        actor: &Actor,
        as_of: AsOf,
        filter: &Filter,
    ) -> Result<HealthOverview, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        if let Some(kept) = reckoned.answers.health(filter) {
            return Ok(HealthOverview::clone(&kept));
        }
        let view = Arc::new(overview(&reckoned, filter)?);
        reckoned.answers.keep_health(filter, &view);
        Ok(Arc::unwrap_or_clone(view))
    }
}

fn overview(reckoned: &Reckoned, filter: &Filter) -> Result<HealthOverview, AppError> {
    let mut counted = Counted::default();
    for evaluation in chosen(reckoned, filter)? {
        if evaluation.journey.mrr.is_positive() {
            counted.count(evaluation);
        }
    }
    Ok(counted.told(reckoned))
}

/// What is counted in one pass: the results of a large book are spread over
/// hundreds of megabytes, and going there is what takes time.
#[derive(Default)]
struct Counted<'e> {
    all: Totals,
    segments: BTreeMap<&'e str, Totals>,
    steps: [[u32; Band::ALL.len()]; STEPS],
    moved: Vec<(f64, &'e Evaluation)>,
}

/// What some customers add up to.
#[derive(Default)]
struct Totals {
    customers: usize,
    arr: Amount,
    scores: f64,
    scored: u32,
    bands: [(usize, Amount); Band::ALL.len()],
}

impl Totals {
    fn count(&mut self, it: &Evaluation, band: usize) {
        self.customers += 1;
        self.arr += it.arr;
        if let Some(score) = it.outcome.score {
            self.scores += score;
            self.scored += 1;
        }
        let (accounts, arr) = &mut self.bands[band];
        *accounts += 1;
        *arr += it.arr;
    }

    fn mean_score(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.scores / f64::from(self.scored))
    }

    fn bands(&self) -> Vec<BandTotal> {
        let total =
            |(band, (accounts, arr)): (Band, (usize, Amount))| BandTotal { band: band.key(), accounts, arr };
        Band::ALL.into_iter().zip(self.bands).map(total).collect()
    }
}

impl<'e> Counted<'e> {
    fn count(&mut self, it: &'e Evaluation) {
        let Some(band) = Band::ALL.iter().position(|band| *band == it.outcome.band) else { return };
        self.all.count(it, band);
        self.segments.entry(&it.segment).or_default().count(it, band);
        if let Some(score) = it.outcome.score {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a score is 0 to 100"
            )]
            let step = (score / 10.0) as usize;
            self.steps[step.min(STEPS - 1)][band] += 1;
        }
        if let Some(change) = change(it) {
            self.moved.push((change, it));
        }
    }

    fn told(mut self, reckoned: &Reckoned) -> HealthOverview {
        let moved = |by: fn(f64) -> bool| self.moved.iter().filter(|(change, _)| by(*change)).count();
        let (fell, rose) = (moved(|change| change <= -MOVED), moved(|change| change >= MOVED));
        let segment = |(segment, totals): (&&str, &Totals)| SegmentHealth {
            segment: (*segment).to_owned(),
            customers: totals.customers,
            arr: totals.arr,
            mean_score: totals.mean_score(),
            bands: totals.bands(),
        };
        HealthOverview {
            as_of: reckoned.book.moment,
            currency: reckoned.book.currency,
            customers: self.all.customers,
            arr: self.all.arr,
            mean_score: self.all.mean_score(),
            bands: self.all.bands(),
            segments: self.segments.iter().map(segment).collect(),
            distribution: (0..).zip(self.steps).map(step).collect(),
            fell,
            rose,
            fell_most: movers(&mut self.moved, -1.0),
            rose_most: movers(&mut self.moved, 1.0),
        }
    }
}

fn step((from, counts): (u32, [u32; Band::ALL.len()])) -> ScoreStep {
    let count = |(band, customers): (Band, u32)| BandCount { band: band.key(), customers };
    ScoreStep {
        from: from * 10,
        to: from * 10 + 10,
        bands: Band::ALL.into_iter().zip(counts).map(count).collect(),
    }
}

/// Points gained in 30 days.
fn change(it: &Evaluation) -> Option<f64> {
    Some(it.trend.now? - it.trend.days_30_ago?)
}

/// Those that moved most one way: upwards for 1, downwards for −1.
fn movers(moved: &mut [(f64, &Evaluation)], way: f64) -> Vec<AccountRow> {
    let further = |(a, first): &(f64, &Evaluation), (b, second): &(f64, &Evaluation)| {
        (b * way).total_cmp(&(a * way)).then_with(|| first.account.cmp(&second.account))
    };
    // Only the few that are shown need an order.
    if moved.len() > MOVERS {
        moved.select_nth_unstable_by(MOVERS, further);
    }
    let shown = MOVERS.min(moved.len());
    let most = &mut moved[..shown];
    most.sort_unstable_by(further);
    most.iter().filter(|(change, _)| change * way >= LISTED).map(|(_, it)| AccountRow::of(it)).collect()
}
