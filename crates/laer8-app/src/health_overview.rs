//! The health of the book on a day: by band, by segment, by score, and who
//! moved.

use crate::{
    AccountRow, Actor, App, AppError, AsOf, Filter, Moment,
    accounts::chosen,
    evaluation::Evaluation,
    today::{BandTotal, band_totals},
};
use laer8_domain::{
    money::{Amount, Currency},
    users::Role,
};
use laer8_health::score::Band;
use serde::Serialize;
use std::collections::BTreeMap;
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
        let mut customers = chosen(&reckoned, filter)?;
        customers.retain(|it| it.journey.mrr.is_positive());
        let moved =
            |by: fn(f64) -> bool| customers.iter().filter_map(|it| change(it)).filter(|it| by(*it)).count();
        Ok(HealthOverview {
            as_of: reckoned.book.moment,
            currency: reckoned.book.currency,
            customers: customers.len(),
            arr: customers.iter().map(|it| it.arr).sum(),
            mean_score: mean(&customers),
            bands: band_totals(&customers),
            segments: segments(&customers),
            distribution: distribution(&customers),
            fell: moved(|change| change <= -MOVED),
            rose: moved(|change| change >= MOVED),
            fell_most: movers(&customers, -1.0),
            rose_most: movers(&customers, 1.0),
        })
    }
}

/// Points gained in 30 days.
fn change(it: &Evaluation) -> Option<f64> {
    Some(it.trend.now? - it.trend.days_30_ago?)
}

fn mean(customers: &[&Evaluation]) -> Option<f64> {
    let (mut sum, mut scored) = (0.0, 0_u32);
    for score in customers.iter().filter_map(|it| it.outcome.score) {
        sum += score;
        scored += 1;
    }
    (scored > 0).then(|| sum / f64::from(scored))
}

fn segments(customers: &[&Evaluation]) -> Vec<SegmentHealth> {
    let mut segments: BTreeMap<&str, Vec<&Evaluation>> = BTreeMap::new();
    for customer in customers {
        segments.entry(&customer.segment).or_default().push(customer);
    }
    let health = |(segment, inside): (&str, Vec<&Evaluation>)| SegmentHealth {
        segment: segment.to_owned(),
        customers: inside.len(),
        arr: inside.iter().map(|it| it.arr).sum(),
        mean_score: mean(&inside),
        bands: band_totals(&inside),
    };
    segments.into_iter().map(health).collect()
}

fn distribution(customers: &[&Evaluation]) -> Vec<ScoreStep> {
    let mut counts = [[0_u32; Band::ALL.len()]; STEPS];
    for customer in customers {
        let Some(score) = customer.outcome.score else { continue };
        let Some(band) = Band::ALL.iter().position(|band| *band == customer.outcome.band) else { continue };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score is 0 to 100")]
        let step = (score / 10.0) as usize;
        counts[step.min(STEPS - 1)][band] += 1;
    }
    let step = |(from, counts): (u32, [u32; Band::ALL.len()])| ScoreStep {
        from: from * 10,
        to: from * 10 + 10,
        bands: Band::ALL
            .into_iter()
            .zip(counts)
            .map(|(band, customers)| BandCount { band: band.key(), customers })
            .collect(),
    };
    (0..).zip(counts).map(step).collect()
}

/// Those that moved most one way: upwards for 1, downwards for −1.
fn movers(customers: &[&Evaluation], way: f64) -> Vec<AccountRow> {
    let by = |it: &&&Evaluation| change(it).map(|change| change * way);
    let mut moved: Vec<(&Evaluation, f64)> =
        customers.iter().filter_map(|it| Some((*it, by(&it)?))).filter(|(_, by)| *by >= LISTED).collect();
    moved.sort_by(|(a, by_a), (b, by_b)| by_b.total_cmp(by_a).then_with(|| a.account.cmp(&b.account)));
    moved.into_iter().take(MOVERS).map(|(it, _)| AccountRow::of(it)).collect()
}
